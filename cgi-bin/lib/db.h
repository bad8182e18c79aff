/* db: the one database connection of a program, and reads that see one moment.
 *
 * A read sends all its queries in one pipeline inside one REPEATABLE READ READ ONLY transaction. Each query is
 * `select * from <function>($1, ..)`, prepared under the function's name when it is first used. What a replaced
 * function or a restarted server breaks is repaired and repeated once: prepared statements are forgotten, a lost
 * connection is made again. No transaction is ever left open. */
#ifndef TOLOK_DB_H
#define TOLOK_DB_H

#include <libpq-fe.h>
#include <stddef.h>

/* How a read ended. Whatever is not DB_OK has been logged with its SQLSTATE and the server's words. */
enum db_outcome {
    DB_OK,
    DB_UNAVAILABLE,  /* no connection, too many of them, or the server is starting or stopping: try again later */
    DB_TIMEOUT,      /* the server took longer than it may */
    DB_FAILED,       /* an error of ours */
    DB_OUTCOME_MAX
};

/* One query of a read. */
struct db_query {
    const char *function;  /* qualified name, like "page.city_scores"; it becomes part of the query's text and must
                              never come from a visitor */
    PGresult *result;      /* set by db_read when it returns DB_OK; the caller clears it */
};

struct db;

/* What all connections of a program know about the server, in memory that they share: while it does not answer, only
 * one at a time tries, and the others fail at once. */
struct db_gate {
    _Atomic long closed_until;  /* log_clock; 0: open */
};

/* A handle for the connection string; `application` is the name that the server shows. Connects at the first read.
 * Both strings and the gate have to live as long as the handle. */
struct db *db_open(const char *conninfo, const char *application, struct db_gate *gate);

/* Ends the connection and frees the handle. NULL is allowed. */
void db_close(struct db *db);

/* Runs the count queries, of different functions, each with the same values (text form; NULL is NULL). On anything but DB_OK all results are
 * NULL. Takes at most about 5 seconds, also when the server hangs. */
enum db_outcome db_read(struct db *db, struct db_query *queries, size_t count, const char *const *values,
                        size_t value_count);

#endif
