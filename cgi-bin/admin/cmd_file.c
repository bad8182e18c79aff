#include <dirent.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/arena.h"
#include "../lib/config.h"
#include "../lib/depot.h"
#include "command.h"
#include "message.h"
#include "store.h"

/* How many files lie in the folder, of which some may have no row. */
static long count_files(const char *folder)
{
    struct dirent **found = NULL;
    long count = 0;

    int names = scandir(folder, &found, NULL, NULL);
    for (int i = 0; i < names; i++) {
        const char *name = found[i]->d_name;
        if (found[i]->d_type == DT_DIR && name[0] != '.') {
            struct arena *arena = arena_open();
            count += count_files(arena_format(arena, "%s/%s", folder, name));
            arena_close(arena);
        }
        count += found[i]->d_type == DT_REG && name[0] != '.';
        free(found[i]);
    }
    free(found);
    return count;
}

/* Compares the files that rows name with those on disk; EXIT_REFUSED when one is missing or damaged. */
static int verify(const PGresult *rows, const char *folder)
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
    printf("%d files, %" PRIu64 " bytes, %d missing or damaged; %ld on disk that nobody can ask for\n", count, bytes, bad,
           count_files(folder) - (count - bad));
    return bad > 0 ? EXIT_REFUSED : EXIT_DONE;
}

int cmd_file_verify(const struct args *args)
{
    struct config config;

    (void)args;
    if (!config_load(&config, "tolok_admin"))
        return EXIT_REFUSED;
    struct store *store = store_open();
    int status = EXIT_UNREACHABLE;
    if (store != NULL) {
        PGresult *rows = store_call(store, "act.file_list", 0, NULL);
        struct arena *arena = arena_open();
        status = rows != NULL ? verify(rows, arena_format(arena, "%s/files", config.var)) : store_exit(store);
        arena_close(arena);
        PQclear(rows);
        store_close(store);
    }
    config_free(&config);
    return status;
}
