/* db: the one database connection of a program, reads that see one moment, and writes.
 *
 * A read sends all its queries in one pipeline inside one REPEATABLE READ READ ONLY transaction; a
 * single query, which sees one moment by itself, without one. Each query is
 * `select * from <function>($1, ..)`, prepared under the function's name when it is first used.
 * What a replaced function or a restarted server breaks is repaired and repeated once: prepared
 * statements are forgotten, a lost connection is made again. No transaction is ever left open. A
 * write is a READ COMMITTED transaction, and repeated when nothing of it can have happened, or its
 * functions see to it that it happens once.
 *
 * Planning a page's queries for the first time on a connection takes the server about ten times as
 * long as running them. So a program tells what it will ask (db_expect), and what somebody asked
 * of one of its processes the others ask once, with nothing but NULLs, before somebody waits for
 * the answer: a warm-up (db_warm). What nobody wants is planned by none. */
#ifndef TOLOK_DB_H
#define TOLOK_DB_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

#include "db/gate.h"

/* How a read or a write ended. What is not DB_OK has been logged with its SQLSTATE and the server's
 * words, unless a gate was shut: then the process that shut it has logged why. */
enum db_outcome {
    DB_OK,
    DB_UNAVAILABLE, /* no connection, too many of them, or the server is starting or stopping: try
                       again later */
    DB_TIMEOUT,     /* the server took longer than it may */
    DB_FAILED,      /* an error of ours */
    DB_ENOUGH,      /* whoever asks has done as much as is taken in a day (act.note) */
    DB_OUTCOME_MAX
};

enum { DB_PLACES = 128 }; /* expected queries that are told apart; those beyond count as asked */

/* What all connections of a program know about the server, in memory that they share. All zero:
 * nothing yet. */
struct db_gate {
    struct gate connect;  /* shut when a connection could not be made: those who have one go on */
    struct gate answer;   /* shut when the server was silent for too long: nobody asks */
    _Atomic long warming; /* moment up to which the share of all warming is used up; see db_warm */
    _Atomic unsigned long asked[DB_PLACES / 64]; /* a bit for each expected query that any process
                                                    has asked since this memory was made */

    /* What was done so far: reads by how they ended, without those for db_warm and db_check;
     * connections made; statements prepared on them. */
    _Atomic long reads[DB_OUTCOME_MAX], connections, prepared;
};

struct db;
struct db_statement;

/* One query of a read or a write. */
struct db_query {
    const char *function; /* qualified name, like "page.city"; it becomes part of the query's
                             text and must never come from a visitor */
    PGresult *result;     /* set when the outcome is DB_OK; the caller clears it */
    const char *const
        *values; /* its own values (text form; NULL is NULL), or NULL: those of the read */
    size_t value_count;
    struct db_statement *statement; /* for db alone */
};

/* A handle for the connection string; `application` is the name that the server shows. Connects at
 * the first read. Both strings and the gate have to live as long as the handle. */
struct db *db_open(const char *conninfo, const char *application, struct db_gate *gate);

/* Ends the connection and frees the handle. NULL is allowed. */
void db_close(struct db *db);

/* Runs the count queries, of different functions, each with the same values (text form; NULL is
 * NULL) unless it has its own; a function is always asked with the same number of them. On anything
 * but DB_OK all results are NULL. Takes at most 5 seconds, whatever the server does; no time at all
 * when it is known to be away. */
enum db_outcome db_read(struct db *db, struct db_query *queries, size_t count,
                        const char *const *values, size_t value_count);

/* Runs the count queries, each with its own values, one after another in one transaction that
 * writes. With `again` it may be sent twice when a connection was lost before it was known what
 * became of it: its functions do nothing the second time. */
enum db_outcome db_write(struct db *db, struct db_query *queries, size_t count, bool again);

/* The text of a column of the first row; NULL when it is NULL, or there is no such row or column.
 */
const char *db_value(const PGresult *result, const char *column);

/* Tells of a query that the program will ask, for db_warm and db_check. The name is copied. */
void db_expect(struct db *db, const char *function, size_t value_count);

/* Takes one step towards a connection that has planned what is asked of the expected queries:
 * connects, or asks one of them. Takes at most as long as a read of it, and logs what fails.
 * Returns in how many milliseconds another step makes sense: 0 is at once, -1 when nothing is
 * left, until a connection is lost or code was replaced. All processes at the gate together spend
 * a quarter of one processor's time on it in the long run, and some seconds more at once. */
int db_warm(struct db *db);

/* True when db_warm has nothing to do. */
bool db_is_warm(const struct db *db);

/* Whether the server is there and every expected query can be prepared; it takes at most as long as
 * a read. When the outcome is DB_FAILED, *culprit is a function that can not, and otherwise NULL;
 * the name lives as long as the handle. */
enum db_outcome db_check(struct db *db, const char **culprit);

/* For a process that waits: the socket on which the server may say something unasked, or -1; and
 * what to call when it did. A connection that the server has ended is closed. */
int db_socket(const struct db *db);
void db_attend(struct db *db);

#endif
