/* pq: libpq kept to a time limit. `end` is a moment of clock_us; when it has passed a call
 * returns, whatever the server does. Only the name of a host that is no folder and no number is
 * looked up without a limit. */
#ifndef TOLOK_PQ_H
#define TOLOK_PQ_H

#include <libpq-fe.h>
#include <stdbool.h>

/* Connects with PQconnectStartParams' keys and values; in a "dbname" a whole connection string may
 * stand. Never NULL: PQstatus tells whether it worked, and PQerrorMessage why not; that is empty
 * when the time was over. */
PGconn *pq_connect(const char *const *keys, const char *const *values, long end);

/* Takes the result of the next command and the NULL that ends it; of the pipeline, when there is
 * one. *result is NULL when the connection failed. False when the time was over. */
bool pq_take(PGconn *conn, long end, PGresult **result);

/* Runs a command without values, outside a pipeline. True when it is done. */
bool pq_run(PGconn *conn, const char *command, long end);

#endif
