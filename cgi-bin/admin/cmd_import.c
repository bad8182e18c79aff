#include <stdio.h>
#include <stdlib.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/stage.h"
#include "base/arena.h"
#include "base/buf.h"

/* A fault of one entry of the package, as pack tells it. */
static void add_entry_fault(void *context, const char *name, const char *fault)
{
    struct import *import = context;

    faults_add(import->faults, &(struct fault){.file = name, .message = fault});
}

/* The files that were not read whole, as a PostgreSQL array. */
static const char *broken_files(const struct import *import, struct buf *array)
{
    buf_char(array, '{');
    for (int file = FILE_ROUND; file <= FILE_OFFICIAL; file++) {
        if (faults_has(import->faults, (enum package_file)file))
            buf_format(array, "%s%s", array->len > 1 ? "," : "", package_file_names[file]);
    }
    buf_char(array, '}');
    return buf_string(array);
}

/* Has the database judge what is staged. False: it failed, which has been told. */
static bool check(struct import *import, bool new_regions)
{
    struct buf broken = {0};
    char most[8];

    snprintf(most, sizeof most, "%d", FAULTS_SHOWN);
    progress("checking");
    const char *values[] = {broken_files(import, &broken), new_regions ? "true" : "false", most};
    PGresult *result = store_call(import->store, "act.import_check", 3, values);
    buf_free(&broken);
    if (result == NULL)
        return false;
    int rows = PQntuples(result);
    for (int row = 0; row < rows; row++) {
        const char *line = store_value(result, row, "line");
        faults_add(import->faults,
                   &(struct fault){.file = store_value(result, row, "file"),
                                   .line = line != NULL ? strtol(line, NULL, 10) : 0,
                                   .column = store_value(result, row, "column"),
                                   .message = store_value(result, row, "message")});
    }
    if (rows > 0)
        faults_count(import->faults,
                     strtoul(store_value(result, 0, "total"), NULL, 10) - (size_t)rows);
    PQclear(result);
    return true;
}

static bool stage(struct import *import)
{
    PGresult *begun = store_call(import->store, "act.import_begin", 0, NULL);

    if (begun == NULL)
        return false;
    PQclear(begun);
    return stage_round(import) && stage_tables(import) && stage_texts(import);
}

static void print_summary(const PGresult *result)
{
    const char *round = store_value(result, 0, "round");
    const char *edition = store_value(result, 0, "publication");

    printf("%s: ", round);
    store_print_count(result, "regions", "region", "regions", " (");
    store_print_count(result, "new_regions", "new", "new", "), ");
    store_print_count(result, "criteria", "criterion", "criteria", ", ");
    store_print_count(result, "marks", "mark", "marks", ", ");
    store_print_count(result, "official", "official figure", "official figures", "\n");
    if (store_value(result, 0, "replaced")[0] == 't')
        printf("%s: the draft before it is replaced\n", round);
    if (edition != NULL)
        printf("%s: pages show publication %s until this draft is published\n", round, edition);
    printf("Next: tolok publish %s\n", round);
}

/* What is no fault, and may be an oversight. False: the database failed, which has been told. */
static bool print_notes(struct import *import)
{
    const struct pack *pack = &import->pack;

    if (pack->extras > 0)
        message_line(arena_format(import->arena, "%s: note: left aside, as systems add it (%zu)",
                                  pack->extra, pack->extras));
    PGresult *result = store_call(import->store, "act.import_notes", 0, NULL);
    if (result == NULL)
        return false;
    for (int row = 0; row < PQntuples(result); row++)
        message_line(
            arena_format(import->arena, "%s:%s: %s: note: %s", store_value(result, row, "file"),
                         store_value(result, row, "line"), store_value(result, row, "column"),
                         store_value(result, row, "message")));
    PQclear(result);
    return true;
}

static int apply(struct import *import)
{
    if (!print_notes(import))
        return store_exit(import->store);
    progress("writing");
    PGresult *result = store_call(import->store, "act.import_apply", 0, NULL);
    if (result == NULL || !store_commit(import->store)) {
        PQclear(result);
        return store_exit(import->store);
    }
    print_summary(result);
    PQclear(result);
    return EXIT_DONE;
}

static int refuse(struct import *import)
{
    size_t total = faults_total(import->faults);

    faults_print(import->faults);
    message("%s: %zu fault%s, nothing was imported", import->path, total, total == 1 ? "" : "s");
    return EXIT_REFUSED;
}

static int run(struct import *import, bool new_regions)
{
    const char *problem =
        pack_read(&import->pack, import->arena, import->path, add_entry_fault, import);

    if (problem != NULL) {
        faults_print(import->faults);
        message("%s: %s, nothing was imported", import->path, problem);
        return EXIT_REFUSED;
    }
    stage_files(import);
    import->store = store_open();
    if (import->store == NULL)
        return EXIT_UNREACHABLE;
    if (!stage(import) || !check(import, new_regions))
        return store_exit(import->store);
    /* Last, so that a changed file does not count as one that was not read. */
    stage_sums(import);
    return faults_total(import->faults) > 0 ? refuse(import) : apply(import);
}

int cmd_import(const struct args *args)
{
    struct import import = {.arena = arena_open(), .path = args->operands[0]};

    progress_open(args->options[OPTION_PROGRESS] != NULL);
    import.faults = faults_open(import.arena);
    int status = run(&import, args->options[OPTION_NEW_REGIONS] != NULL);
    store_close(import.store);
    arena_close(import.arena);
    return status;
}
