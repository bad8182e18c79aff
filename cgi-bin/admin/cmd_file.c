#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin/call.h"
#include "admin/message.h"
#include "admin/store.h"
#include "base/arena.h"
#include "base/config.h"
#include "safe/depot.h"

/* Younger bytes may be those of a row that is about to be committed. */
enum { SWEEP_SECONDS = 24 * 3600 };

/* What lies in the folder. */
struct lying {
    int folder;
    const char **names; /* those that rows have, in their order; NULL: files are counted only */
    size_t count;
    long files, bad; /* how many there were, or were removed; how many could not be */
    uint64_t bytes;
};

static void count_one(void *context, const char *name, long age, size_t bytes)
{
    struct lying *lying = context;

    (void)name;
    (void)age;
    lying->files++;
    lying->bytes += bytes;
}

/* How many files lie in the folder, of which some may have no row. */
static long count_files(const char *folder)
{
    struct lying lying = {.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};

    if (lying.folder < 0)
        return 0;
    depot_walk(lying.folder, count_one, &lying);
    close(lying.folder);
    return lying.files;
}

/* Compares the files that rows name with those on disk; EXIT_REFUSED when one is missing or
 * damaged. */
static int verify(const char *folder, const PGresult *rows)
{
    uint64_t bytes = 0;
    int bad = 0, count = PQntuples(rows);

    for (int row = 0; row < count; row++) {
        const char *digest = store_value(rows, row, "digest");
        bytes += strtoul(store_value(rows, row, "bytes"), NULL, 10);
        if (depot_has(folder, digest))
            continue;
        message("%s is missing or damaged", digest);
        bad++;
    }
    printf("%d files, %" PRIu64
           " bytes, %d missing or damaged; %ld on disk that nobody can ask for\n",
           count, bytes, bad, count_files(folder) - (count - bad));
    return bad > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sweep_one(void *context, const char *name, long age, size_t bytes)
{
    struct lying *lying = context;

    if (age < SWEEP_SECONDS ||
        bsearch(&name, lying->names, lying->count, sizeof *lying->names, by_name) != NULL)
        return;
    if (!depot_remove(lying->folder, name)) {
        message("%s can not be removed", name);
        lying->bad++;
        return;
    }
    printf("%s removed\n", name);
    count_one(lying, name, age, bytes);
}

/* Removes what rows do not name. The folder is held since before they were read. */
static int sweep(const PGresult *rows, int folder)
{
    struct arena *arena = arena_open();
    struct lying lying = {.folder = folder, .count = (size_t)PQntuples(rows)};

    lying.names = arena_alloc(arena, lying.count + 1, sizeof *lying.names);
    for (size_t row = 0; row < lying.count; row++)
        lying.names[row] = store_value(rows, (int)row, "digest");
    qsort(lying.names, lying.count, sizeof *lying.names, by_name);
    bool all = depot_walk(folder, sweep_one, &lying);
    arena_close(arena);
    printf("%ld files, %" PRIu64 " bytes removed\n", lying.files, lying.bytes);
    return all && lying.bad == 0 ? EXIT_DONE : EXIT_REFUSED;
}

int cmd_file_sweep(const struct args *args)
{
    struct config config;

    (void)args;
    if (!config_load(&config, "tolok_admin"))
        return EXIT_REFUSED;
    struct arena *arena = arena_open();
    struct store *store = store_open();
    int status = store != NULL ? EXIT_REFUSED : EXIT_UNREACHABLE,
        folder = store != NULL ? depot_hold(arena_format(arena, "%s/files", config.var)) : -1;
    PGresult *rows = folder >= 0 ? store_call(store, "act.file_list", 0, NULL) : NULL;
    if (rows != NULL && PQntuples(rows) == 0)
        message("the database names no file at all, so nothing is removed");
    else if (folder >= 0)
        status = rows != NULL ? sweep(rows, folder) : store_exit(store);
    PQclear(rows);
    store_close(store);
    if (folder >= 0)
        close(folder);
    arena_close(arena);
    config_free(&config);
    return status;
}

static int print_files(const struct args *args, const PGresult *rows)
{
    struct config config;

    (void)args;
    if (!config_load(&config, "tolok_admin"))
        return EXIT_REFUSED;
    struct arena *arena = arena_open();
    int status = verify(arena_format(arena, "%s/files", config.var), rows);
    arena_close(arena);
    config_free(&config);
    return status;
}

int cmd_file_verify(const struct args *args)
{
    return call_print(args, "act.file_list", 0, NULL, print_files);
}
