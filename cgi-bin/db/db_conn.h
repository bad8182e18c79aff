/* db_conn: what a handle of db holds: its connection, made within a time limit and through the
 * gate, and what that connection knows. For db_read.c. */
#ifndef TOLOK_DB_CONN_H
#define TOLOK_DB_CONN_H

#include <stdbool.h>

#include "db/db.h"

/* The limits of time, each below the next, so that whoever gives up first knows most about why:
 *   waiting for a lock           2 s   lock_timeout of the role, sql/policy
 *   a statement                  3 s   statement_timeout of the role, sql/policy
 *   a connection                 2 s   CONNECT_US
 *   the answers of a read        4 s   ANSWER_US, and LOOK_US to find out whether the server is up
 *   a read, repetition and all   5 s   READ_US
 *   a request                   10 s   TOLOK_TIMEOUT, config.c
 *   nginx waiting for a worker  15 s   fastcgi_read_timeout, etc/nginx
 * A gate stays shut for SHUT_US, which is how often somebody looks whether the server is back. A
 * prober's claim outlasts the longest try. */
enum db_limit {
    CONNECT_US = 2000000,
    ANSWER_US = 4000000,
    LOOK_US = 500000,
    READ_US = 5000000,
    SHUT_US = 1000000,
    CLAIM_US = 6000000
};

/* A query that the program asks or will ask. */
struct db_statement {
    char *function;
    size_t value_count;
    bool prepared; /* this connection knows it by its function's name */
    bool warm;     /* it has been asked on this connection */
    int place;     /* among the expected ones, in the order of all processes; -1: it is none */
};

struct db {
    const char *conninfo, *application;
    struct db_gate *gate;
    PGconn *conn;                     /* NULL: never connected, or given up */
    struct db_statement **statements; /* owned, and so is each */
    size_t statement_count;
};

/* The earlier of two moments. */
static inline long db_earlier(long a, long b)
{
    return a < b ? a : b;
}

/* The handle's statement for a function, which is added when it is a new one. */
struct db_statement *db_statement(struct db *db, const char *function, size_t value_count);

/* Notes that no statement is prepared any more. */
void db_forget(struct db *db);

/* True while there is a connection that is not known to be broken. */
bool db_is_connected(const struct db *db);

/* Connects unless it is, until `end` (clock_us). False, after a log line, when that failed, or
 * when the gate is shut. */
bool db_connect(struct db *db, long end);

/* Ends the connection, if there is one. */
void db_disconnect(struct db *db);

/* The log line of a failure. What can be repaired is a warning: when that fails too, the request's
 * own line is an error. `state` may be NULL; without a message it was the server's silence. */
void db_log_failure(const char *function, const char *state, const char *message, bool repeat);

#endif
