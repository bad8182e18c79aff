#include "admin/call.h"
#include "admin/store.h"
#include "base/arena.h"

enum { CODE, YEAR, STATE, REGIONS, DIGEST, TITLE };

static const char *const columns[] = {"code", "year", "edition", "regions", "digest", "title"};
static const char *const headings[] = {"CODE", "YEAR", "STATE", "REGIONS", "DIGEST", "TITLE"};

static const char *cell(struct arena *arena, const PGresult *rows, int row, size_t column)
{
    const char *text = store_value(rows, row, columns[column]);

    if (column == STATE) {
        bool draft = store_value(rows, row, "draft")[0] == 't';
        return text == NULL ? "draft"
                            : arena_format(arena, "published %s%s", text, draft ? ", draft" : "");
    }
    if (column == DIGEST && text != NULL)
        return arena_format(arena, "%.12s", text);
    if (column == TITLE && store_value(rows, row, "simulated")[0] == 't')
        return arena_format(arena, "%s (simulated)", text);
    return text;
}

int cmd_rounds(const struct args *args)
{
    static const struct list rounds = {.function = "act.rounds",
                                       .columns = columns,
                                       .headings = headings,
                                       .count = sizeof columns / sizeof *columns,
                                       .right = REGIONS,
                                       .empty = "no rounds yet; begin with `tolok import`",
                                       .cell = cell};

    (void)args;
    return call_list(&rounds);
}
