/* reader: a handle of db in a scratch database, for the tests of reading and of connecting. */
#ifndef TOLOK_READER_H
#define TOLOK_READER_H

#include <poll.h>
#include <string.h>

#include "db/db.h"
#include "scratch.h"
#include "unit.h"

/* fails(code, message) raises the error on its first call in a session and is fine from then on: an
 * advisory lock is what a session keeps when a transaction is rolled back. */
static const char reader_functions[] =
    "create schema page;"
    "create function page.echo(a text, b integer, c text[]) returns table (a text, b integer, c "
    "text[]) language sql "
    "stable as 'select a, b, c';"
    "create function page.moment(a text, b integer, c text[]) returns table (at text, isolation "
    "text, readonly text) "
    "language sql stable as $$select now()::text, current_setting('transaction_isolation'), "
    "current_setting('transaction_read_only')$$;"
    "create function page.session(a text, b integer, c text[]) returns table (pid integer) "
    "language sql stable as "
    "'select pg_backend_pid()';"
    "create function page.shape(a text, b integer, c text[]) returns table (old text) language sql "
    "stable as "
    "$$select 'old'$$;"
    "create function page.prepared(a text, b integer, c text[]) returns table (count bigint) "
    "language sql stable as "
    "'select count(*) from pg_prepared_statements';"
    "create function page.slow(a text, b integer, c text[]) returns table (done boolean) language "
    "sql stable as "
    "'select pg_sleep(b) is not null';"
    "create function page.fails(code text, b integer, c text[]) returns table (done boolean) "
    "language plpgsql stable as "
    "$$begin if exists (select from pg_locks where locktype = 'advisory' and pid = "
    "pg_backend_pid()) then "
    "return query select true; return; end if; perform pg_advisory_lock(1); "
    "raise exception using errcode = split_part(code, ' ', 1), message = code || ' lookup failed'; "
    "end$$;";

static struct db *db;
static struct db_gate gate;
static struct db_query queries[3];

static inline void reader_open(void)
{
    gate = (struct db_gate){0};
    db = db_open(scratch_conninfo, "unit-db", &gate);
}

static inline void reader_close(void)
{
    for (size_t i = 0; i < 3; i++)
        PQclear(queries[i].result);
    memset(queries, 0, sizeof queries);
    db_close(db);
}

/* Reads one function with three values; the result of the read before is cleared. */
static inline enum db_outcome read_one(const char *function, const char *a, const char *b)
{
    const char *const values[] = {a, b, NULL};

    PQclear(queries[0].result);
    queries[0] = (struct db_query){.function = function};
    return db_read(db, queries, 1, values, 3);
}

static inline const char *value(size_t query, int column)
{
    return PQgetvalue(queries[query].result, 0, column);
}

/* Has the server end the connection, and waits until the handle knows. */
static inline void reader_lose(void)
{
    ck_assert(scratch_run("select pg_terminate_backend(pid) from pg_stat_activity where "
                          "application_name = 'unit-db' and "
                          "datname = current_database()"));
    while (db_socket(db) >= 0) {
        struct pollfd said = {.fd = db_socket(db), .events = POLLIN};
        ck_assert_int_eq(poll(&said, 1, 5000), 1);
        db_attend(db);
    }
}

#endif
