#include "admin/call.h"

#include "admin/message.h"
#include "admin/store.h"
#include "base/arena.h"

PGresult *call_rows(const char *function, size_t count, const char *const *values, int *status)
{
    struct store *store = store_open();
    PGresult *rows = store != NULL ? store_call(store, function, count, values) : NULL;

    *status = EXIT_DONE;
    if (rows == NULL || !store_commit(store)) {
        *status = store != NULL ? store_exit(store) : EXIT_UNREACHABLE;
        PQclear(rows);
        rows = NULL;
    }
    store_close(store);
    return rows;
}

int call_print(const struct args *args, const char *function, size_t count,
               const char *const *values, call_tell *tell)
{
    int status = EXIT_DONE;
    PGresult *rows = call_rows(function, count, values, &status);

    if (rows != NULL && tell != NULL)
        status = tell(args, rows);
    PQclear(rows);
    return status;
}

static const char *cell(const struct list *list, struct arena *arena, const PGresult *rows, int row,
                        size_t column)
{
    const char *text = list->cell != NULL ? list->cell(arena, rows, row, column) : NULL;

    if (text == NULL)
        text = store_value(rows, row, list->columns[column]);
    return text != NULL ? text : "-";
}

static void print_list(const struct list *list, const PGresult *rows)
{
    struct arena *arena = arena_open();
    size_t count = (size_t)PQntuples(rows);
    const char **cells = arena_alloc(arena, (count + 1) * list->count, sizeof *cells);

    for (size_t i = 0; i < list->count; i++)
        cells[i] = list->headings[i];
    for (size_t i = list->count; i < (count + 1) * list->count; i++)
        cells[i] = cell(list, arena, rows, (int)(i / list->count) - 1, i % list->count);
    table_print(cells, count + 1, list->count, list->right);
    arena_close(arena);
}

int call_list(const struct list *list)
{
    int status = EXIT_DONE;
    PGresult *rows = call_rows(list->function, list->value_count, list->values, &status);

    if (rows != NULL && PQntuples(rows) > 0)
        print_list(list, rows);
    else if (rows != NULL)
        message("%s", list->empty);
    PQclear(rows);
    return status;
}
