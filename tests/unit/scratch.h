/* scratch: a database of a unit test's own, on the server that PGHOST names. Without PGHOST there
 * is none, and a test leaves out what needs one. */
#ifndef TOLOK_SCRATCH_H
#define TOLOK_SCRATCH_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char scratch_name[64];
static char scratch_conninfo[128];

/* Runs SQL in the database; false, after a word on stderr, when it fails. A new connection each
 * time: the tests run in processes of their own. */
static inline bool scratch_run_in(const char *conninfo, const char *sql)
{
    PGconn *conn = PQconnectdb(conninfo);
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!done)
        fprintf(stderr, "scratch: %s\n", PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
    return done;
}

static inline bool scratch_run(const char *sql)
{
    return scratch_run_in(scratch_conninfo, sql);
}

/* Makes the database, named after the test and the process, and runs sql in it. False when there is
 * no server. */
static inline bool scratch_create(const char *test, const char *sql)
{
    char create[128];

    if (getenv("PGHOST") == NULL)
        return false;
    snprintf(scratch_name, sizeof scratch_name, "unit_%s_%ld", test, (long)getpid());
    snprintf(scratch_conninfo, sizeof scratch_conninfo, "dbname=%s user=postgres", scratch_name);
    snprintf(create, sizeof create, "create database %s template template0", scratch_name);
    return scratch_run_in("dbname=postgres user=postgres", create) && scratch_run(sql);
}

static inline void scratch_drop(void)
{
    char drop[128];

    snprintf(drop, sizeof drop, "drop database if exists %s with (force)", scratch_name);
    scratch_run_in("dbname=postgres user=postgres", drop);
}

#endif
