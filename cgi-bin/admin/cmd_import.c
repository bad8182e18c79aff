#include <stdio.h>
#include <stdlib.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/stage.h"
#include "base/arena.h"
#include "base/buf.h"

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

/* The package in the transaction's database, of which pack and faults are there. */
static int take_in(struct import *import, bool new_regions)
{
    if (!stage_all(import, new_regions))
        return store_exit(import->store);
    return faults_total(import->faults) > 0 ? refuse(import) : apply(import);
}

static int run(struct import *import, bool new_regions)
{
    const char *problem =
        pack_read(&import->pack, import->arena, import->path, stage_entry_fault, import);

    if (problem != NULL) {
        faults_print(import->faults);
        message("%s: %s, nothing was imported", import->path, problem);
        return EXIT_REFUSED;
    }
    import->store = store_open();
    if (import->store == NULL)
        return EXIT_UNREACHABLE;
    return take_in(import, new_regions);
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

static int gather(struct import *import)
{
    import->store = store_open();
    if (import->store == NULL)
        return EXIT_UNREACHABLE;
    PGresult *files = store_call(import->store, "act.gather_files", 1, &import->path);
    bool there = files != NULL && PQntuples(files) > 0;
    if (there)
        stage_gathered(import, files);
    else if (files != NULL)
        message("no published figure of %s can enter a round", import->path);
    int status = files == NULL ? store_exit(import->store) : EXIT_REFUSED;
    PQclear(files);
    return there ? take_in(import, false) : status;
}

int cmd_gather(const struct args *args)
{
    struct import import = {.arena = arena_open(), .path = args->operands[0]};

    progress_open(args->options[OPTION_PROGRESS] != NULL);
    import.faults = faults_open(import.arena);
    int status = gather(&import);
    store_close(import.store);
    arena_close(import.arena);
    return status;
}
