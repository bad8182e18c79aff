#include <stdio.h>
#include <string.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/store.h"
#include "admin/table.h"
#include "base/arena.h"

enum { COLUMNS = 6, CODE = 0, YEAR, STATE, REGIONS, DIGEST, TITLE };

static const char *state(struct arena *arena, const PGresult *result, int row)
{
    const char *edition = store_value(result, row, "edition");
    bool draft = store_value(result, row, "draft")[0] == 't';

    if (edition == NULL)
        return "draft";
    return arena_format(arena, "published %s%s", edition, draft ? ", draft" : "");
}

static void fill_row(struct arena *arena, const PGresult *result, int row,
                     const char *cells[COLUMNS])
{
    const char *digest = store_value(result, row, "digest");
    bool simulated = store_value(result, row, "simulated")[0] == 't';

    cells[CODE] = store_value(result, row, "code");
    cells[YEAR] = store_value(result, row, "year");
    cells[STATE] = state(arena, result, row);
    cells[REGIONS] = store_value(result, row, "regions");
    cells[DIGEST] = digest != NULL ? arena_format(arena, "%.12s", digest) : "-";
    cells[TITLE] = arena_format(arena, "%s%s", store_value(result, row, "title"),
                                simulated ? " (simulated)" : "");
}

static void print_table(struct arena *arena, const PGresult *result)
{
    static const char *const heading[COLUMNS] = {"CODE",    "YEAR",   "STATE",
                                                 "REGIONS", "DIGEST", "TITLE"};
    size_t rows = (size_t)PQntuples(result);
    const char *(*cells)[COLUMNS] = arena_alloc(arena, rows + 1, sizeof *cells);

    memcpy(cells[0], heading, sizeof heading);
    for (size_t row = 1; row <= rows; row++)
        fill_row(arena, result, (int)row - 1, cells[row]);
    table_print(cells[0], rows + 1, COLUMNS, REGIONS);
}

int cmd_rounds(const struct args *args)
{
    (void)args;
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    PGresult *result = store_call(store, "act.rounds", 0, NULL);
    int status = result != NULL ? EXIT_DONE : store_exit(store);
    if (result != NULL && PQntuples(result) == 0) {
        message("no rounds yet; begin with `tolok import`");
    } else if (result != NULL) {
        struct arena *arena = arena_open();
        print_table(arena, result);
        arena_close(arena);
    }
    PQclear(result);
    store_close(store);
    return status;
}
