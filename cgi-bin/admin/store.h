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

/* The same as another role, where TOLOK_DB does not say which, and without a transaction: each call
 * is one of its own until store_begin. */
struct store *store_connect(const char *role);
bool store_begin(struct store *store);

/* Waits until the server has something to say (LISTEN), or so many milliseconds. False: the
 * connection is gone. */
bool store_wait(struct store *store, int ms);

/* What is done while the server works, several times a second; false: the call is to be given up,
 * which the server is told. */
typedef bool store_tick(void *context);

/* What the work says that it is at (calc.tell). */
typedef void store_told(void *context, const char *stage);

/* Has long calls of this connection watched, and nothing complained of: store_fault tells. */
void store_watch(struct store *store, store_tick *tick, store_told *told, void *context);

/* Why the last call failed; texts live until the next one. */
struct store_fault {
    char state[6]; /* SQLSTATE; "" where the connection broke */
    char message[400], detail[400];
};
const struct store_fault *store_fault(const struct store *store);

/* Ends the connection; what was not committed is undone. NULL is allowed. */
void store_close(struct store *store);

/* Rows of `select * from function($1, ..)`, parameters in text form. NULL: it failed. The caller
 * clears the result. While the server works the progress line moves. */
PGresult *store_call(struct store *store, const char *function, size_t count,
                     const char *const *values);

bool store_commit(struct store *store);

/* Undoes what the transaction has done. */
bool store_undo(struct store *store);

/* Runs a statement without parameters and rows. */
bool store_execute(struct store *store, const char *statement);

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
