/* tolok tidy: what nobody needs any more goes, in small steps, in nobody's way. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "admin/call.h"
#include "admin/message.h"
#include "admin/store.h"
#include "base/arena.h"
#include "base/config.h"
#include "safe/depot.h"

/* Rows of each kind in a step, and the rest after it. */
#define STEP "500"
enum { REST_MS = 20 };

/* Old rows, until there are none. */
static int tidy_rows(long *removed)
{
    static const char *const most[] = {STEP};
    const struct timespec rest = {.tv_nsec = REST_MS * 1000000L};
    int status = EXIT_DONE;
    long step = 0;

    do {
        PGresult *rows = call_rows("act.tidy", 1, most, &status);
        step = rows != NULL ? strtol(store_value(rows, 0, "removed"), NULL, 10) : 0;
        PQclear(rows);
        *removed += step;
        if (step > 0)
            nanosleep(&rest, NULL);
    } while (step > 0);
    return status;
}

/* Bytes that were reserved and never added. Nobody keeps any while they are looked for. */
static int tidy_files(struct store *store, int folder, long *removed)
{
    PGresult *rows = store_call(store, "act.file_lapsed", 0, NULL);

    for (int row = 0; rows != NULL && row < PQntuples(rows); row++)
        *removed += depot_remove(folder, store_value(rows, row, "digest"));
    bool done = rows != NULL && store_commit(store);
    PQclear(rows);
    return done ? EXIT_DONE : store_exit(store);
}

int cmd_tidy(const struct args *args)
{
    struct config config;
    long rows = 0, files = 0;

    (void)args;
    if (!config_load(&config, "tolok_admin"))
        return EXIT_REFUSED;
    int status = tidy_rows(&rows);
    struct arena *arena = arena_open();
    struct store *store = status == EXIT_DONE ? store_open() : NULL;
    int folder = store != NULL ? depot_hold(arena_format(arena, "%s/files", config.var)) : -1;
    if (folder >= 0) {
        status = tidy_files(store, folder, &files);
        close(folder);
    } else if (status == EXIT_DONE) {
        status = store != NULL ? EXIT_REFUSED : EXIT_UNREACHABLE;
    }
    store_close(store);
    arena_close(arena);
    config_free(&config);
    if (rows > 0 || files > 0)
        printf("%ld rows, %ld files removed\n", rows, files);
    return status;
}
