/* store: the operator's connection to the database: one transaction, calls of functions of schema
 * act, and COPY into the stage of an import. Every failure has been told on stderr when a function
 * returns. */
#ifndef TOLOK_STORE_H
#define TOLOK_STORE_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

#include "exchange/csv.h"

struct store;

/* Connects as VAR and TOLOK_DB say and begins a transaction. NULL: not reached. */
struct store *store_open(void);

/* Ends the connection; what was not committed is undone. NULL is allowed. */
void store_close(struct store *store);

/* Rows of `select * from function($1, ..)`, parameters in text form. NULL: it failed. The caller
 * clears the result. While the server works the progress line moves. */
PGresult *store_call(struct store *store, const char *function, size_t count,
                     const char *const *values);

bool store_commit(struct store *store);

/* What a failed call means to the caller of the program: EXIT_REFUSED, or EXIT_UNREACHABLE when the
 * connection is gone. */
int store_exit(const struct store *store);

/* Rows for one stage table: begin, any number of rows, end. Only begin and end can fail. */
bool store_copy_begin(struct store *store, const char *table);
void store_copy_row(struct store *store, long line, const struct csv_field *fields, size_t count);
bool store_copy_end(struct store *store);

/* A field of a result as C string; NULL for NULL. */
const char *store_value(const PGresult *result, int row, const char *column);

/* Prints the number in that column of the first row with its noun, "1 region" or "2 regions", and
 * `after`. */
void store_print_count(const PGresult *result, const char *column, const char *one,
                       const char *many, const char *after);

#endif
