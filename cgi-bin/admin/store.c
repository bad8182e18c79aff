#include "admin/store.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/command.h"
#include "admin/message.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/mem.h"

enum { TICK_MS = 200, COPY_BYTES = 64 * 1024, PARAMETERS_MAX = 9 };

struct store {
    PGconn *conn;
    struct buf copy; /* rows that wait to be sent */
    /* Of calls that are watched. */
    store_tick *tick;
    store_told *told;
    void *context;
    struct store_fault fault;
};

/* The words of the server or the library, in one line. */
static void complain(const char *text)
{
    struct buf line = {0};

    for (; *text != '\0'; text++) {
        if (*text != '\n')
            buf_char(&line, *text == '\t' ? ' ' : *text);
        else if (text[1] != '\0')
            buf_char(&line, ' ');
    }
    message("%s", buf_string(&line));
    buf_free(&line);
}

static void complain_unreachable(const struct config *config, const char *why)
{
    const char *var = getenv("VAR");
    const char *db = getenv("TOLOK_DB");

    message_set_command(NULL);
    if (db != NULL && *db != '\0')
        message("the database of TOLOK_DB does not answer");
    else
        message("no instance answers under %s (start it with `make start`)",
                var != NULL && *var != '\0' ? var : config->var);
    complain(why);
}

/* Keeps why a call failed, and tells the operator unless somebody watches. */
static void fail(struct store *store, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE),
               *sentence = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
               *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    struct store_fault *fault = &store->fault;

    /* What our functions raise is a sentence for the operator. */
    if (sentence == NULL)
        sentence = PQerrorMessage(store->conn);
    snprintf(fault->state, sizeof fault->state, "%s", state != NULL ? state : "");
    snprintf(fault->message, sizeof fault->message, "%s", sentence);
    snprintf(fault->detail, sizeof fault->detail, "%s", detail != NULL ? detail : "");
    if (store->tick == NULL)
        complain(sentence);
}

const struct store_fault *store_fault(const struct store *store)
{
    return &store->fault;
}

/* Runs a statement that returns no rows. */
static bool execute(struct store *store, const char *statement, ExecStatusType wanted)
{
    PGresult *result = PQexec(store->conn, statement);
    bool done = PQresultStatus(result) == wanted;

    if (!done)
        fail(store, result);
    PQclear(result);
    return done;
}

bool store_execute(struct store *store, const char *statement)
{
    return execute(store, statement, PGRES_COMMAND_OK);
}

bool store_begin(struct store *store)
{
    return store_execute(store, "begin");
}

/* What the work is at comes as a notice of a class of its own; others are nobody's. */
static void hear(void *context, const PGresult *notice)
{
    const struct store *store = context;
    const char *state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);

    if (store->told != NULL && state != NULL && strcmp(state, "TKSTG") == 0)
        store->told(store->context, PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
}

void store_watch(struct store *store, store_tick *tick, store_told *told, void *context)
{
    store->tick = tick;
    store->told = told;
    store->context = context;
}

struct store *store_connect(const char *role)
{
    struct config config;

    if (!config_load(&config, role))
        return NULL;
    struct store *store = mem_alloc(1, sizeof *store);
    const char *const names[] = {"dbname", "fallback_application_name", "connect_timeout",
                                 "client_encoding", NULL};
    const char *const values[] = {config.db, "tolok", "10", "UTF8", NULL};
    *store = (struct store){.conn = PQconnectdbParams(names, values, 1)};
    PQsetNoticeReceiver(store->conn, hear, store);
    bool reached = PQstatus(store->conn) == CONNECTION_OK;
    if (!reached)
        complain_unreachable(&config, PQerrorMessage(store->conn));
    config_free(&config);
    if (reached)
        return store;
    store_close(store);
    return NULL;
}

struct store *store_open(void)
{
    struct store *store = store_connect("tolok_admin");

    if (store != NULL && !store_begin(store)) {
        store_close(store);
        store = NULL;
    }
    return store;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    PQfinish(store->conn);
    buf_free(&store->copy);
    free(store);
}

bool store_wait(struct store *store, int ms)
{
    struct pollfd socket = {.fd = PQsocket(store->conn), .events = POLLIN};
    PGnotify *heard = NULL;

    if (poll(&socket, 1, ms) > 0 && !PQconsumeInput(store->conn))
        return false;
    while ((heard = PQnotifies(store->conn)) != NULL)
        PQfreemem(heard);
    return PQstatus(store->conn) == CONNECTION_OK;
}

/* Has the server give up what it does; the call then fails. */
static void give_up(struct store *store)
{
    PGcancel *cancel = PQgetCancel(store->conn);
    char said[256];

    if (cancel != NULL)
        (void)PQcancel(cancel, said, sizeof said);
    PQfreeCancel(cancel);
}

/* Once in a while that somebody waits. `stopped`: the server was told already. */
static void tick(struct store *store, bool *stopped)
{
    progress_tick();
    if (store->tick != NULL && !*stopped && !store->tick(store->context)) {
        *stopped = true;
        give_up(store);
    }
}

/* Waits for the answer of the query that was sent, at most until the connection breaks. */
static PGresult *wait_for_result(struct store *store)
{
    struct pollfd socket = {.fd = PQsocket(store->conn), .events = POLLIN};
    PGresult *last = NULL;
    bool stopped = false;

    for (;;) {
        while (PQisBusy(store->conn)) {
            tick(store, &stopped);
            if (poll(&socket, 1, TICK_MS) > 0 && !PQconsumeInput(store->conn))
                break;
        }
        PGresult *result = PQgetResult(store->conn);
        if (result == NULL)
            return last;
        /* A lost connection gives two errors; the first one says why. */
        if (last != NULL && PQresultStatus(last) == PGRES_FATAL_ERROR) {
            PQclear(result);
        } else {
            PQclear(last);
            last = result;
        }
    }
}

PGresult *store_call(struct store *store, const char *function, size_t count,
                     const char *const *values)
{
    struct buf query = {0};

    buf_format(&query, "select * from %s(", function);
    for (size_t i = 1; i <= count; i++)
        buf_format(&query, "%s$%zu", i > 1 ? ", " : "", i);
    buf_char(&query, ')');
    int sent =
        PQsendQueryParams(store->conn, buf_string(&query), (int)count, NULL, values, NULL, NULL, 0);
    buf_free(&query);
    PGresult *result = sent ? wait_for_result(store) : NULL;
    progress_clear();
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        return result;
    fail(store, result);
    PQclear(result);
    return NULL;
}

bool store_commit(struct store *store)
{
    return store_execute(store, "commit");
}

bool store_undo(struct store *store)
{
    return store_execute(store, "rollback");
}

int store_exit(const struct store *store)
{
    return PQstatus(store->conn) == CONNECTION_OK ? EXIT_REFUSED : EXIT_UNREACHABLE;
}

bool store_copy_begin(struct store *store, const char *table)
{
    struct buf statement = {0};

    buf_format(&statement, "copy pg_temp.%s from stdin", table);
    bool done = execute(store, buf_string(&statement), PGRES_COPY_IN);
    buf_free(&statement);
    return done;
}

static void add_escaped(struct buf *buf, const struct csv_field *field)
{
    size_t start = 0;

    for (size_t i = 0; i < field->len; i++) {
        const char *escape = NULL;
        switch (field->text[i]) {
        case '\\': escape = "\\\\"; break;
        case '\n': escape = "\\n"; break;
        case '\r': escape = "\\r"; break;
        case '\t': escape = "\\t"; break;
        default: continue;
        }
        buf_add(buf, field->text + start, i - start);
        buf_text(buf, escape);
        start = i + 1;
    }
    buf_add(buf, field->text + start, field->len - start);
}

/* A broken connection shows at the end of the copy. */
static void flush_copy(struct store *store)
{
    PQputCopyData(store->conn, buf_string(&store->copy), (int)store->copy.len);
    buf_clear(&store->copy);
}

void store_copy_row(struct store *store, long line, const struct csv_field *fields, size_t count)
{
    buf_format(&store->copy, "%ld", line);
    for (size_t i = 0; i < count; i++) {
        buf_char(&store->copy, '\t');
        add_escaped(&store->copy, &fields[i]);
    }
    buf_char(&store->copy, '\n');
    if (store->copy.len >= COPY_BYTES)
        flush_copy(store);
}

bool store_copy_end(struct store *store)
{
    flush_copy(store);
    bool done = PQputCopyEnd(store->conn, NULL) == 1;
    PGresult *result = wait_for_result(store);
    done = done && PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        fail(store, result);
    PQclear(result);
    return done;
}

const char *store_value(const PGresult *result, int row, const char *column)
{
    int field = PQfnumber(result, column);

    return field < 0 || PQgetisnull(result, row, field) ? NULL : PQgetvalue(result, row, field);
}

void store_print_count(const PGresult *result, const char *column, const char *one,
                       const char *many, const char *after)
{
    const char *count = store_value(result, 0, column);

    printf("%s %s%s", count, strcmp(count, "1") == 0 ? one : many, after);
}
