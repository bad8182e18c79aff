/* call: what most commands are: one call of a function of schema act, whose rows are told to the
 * operator. */
#ifndef TOLOK_CALL_H
#define TOLOK_CALL_H

#include <libpq-fe.h>
#include <stddef.h>

#include "admin/command.h"
#include "admin/table.h"

struct arena;

/* Rows of `select * from function($1, ..)`, in a transaction of its own. The caller clears them.
 * NULL: it failed, which has been told, and *status is how the program ends. */
PGresult *call_rows(const char *function, size_t count, const char *const *values, int *status);

/* Tells rows to the operator and returns how the program ends. */
typedef int call_tell(const struct args *args, const PGresult *rows);

/* The same, and what is told of them. */
int call_print(const struct args *args, const char *function, size_t count,
               const char *const *values, call_tell *tell);

/* What a command lists: a function's columns, each below its heading. */
struct list {
    const char *function;
    const char *const *values; /* its parameters; NULL: it has none */
    size_t value_count;
    const char *const *columns, *const *headings;
    size_t count;
    size_t right;      /* the column whose cells stand at its right edge, or TABLE_LEFT */
    const char *empty; /* what is said when there are no rows */
    /* The text of a cell; NULL: the column's own, and "-" for none. */
    const char *(*cell)(struct arena *arena, const PGresult *rows, int row, size_t column);
};

int call_list(const struct list *list);

#endif
