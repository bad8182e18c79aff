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

/* Runs a statement that returns no rows. */
static bool execute(struct store *store, const char *statement, ExecStatusType wanted)
{
    PGresult *result = PQexec(store->conn, statement);
    bool done = PQresultStatus(result) == wanted;

    if (!done)
        complain(PQerrorMessage(store->conn));
    PQclear(result);
    return done;
}

static void keep_quiet(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

struct store *store_open(void)
{
    struct config config;

    if (!config_load(&config, "tolok_admin"))
        return NULL;
    struct store *store = mem_alloc(1, sizeof *store);
    const char *const names[] = {"dbname", "fallback_application_name", "connect_timeout",
                                 "client_encoding", NULL};
    const char *const values[] = {config.db, "tolok", "10", "UTF8", NULL};
    *store = (struct store){.conn = PQconnectdbParams(names, values, 1)};
    PQsetNoticeReceiver(store->conn, keep_quiet, NULL);
    if (PQstatus(store->conn) != CONNECTION_OK) {
        complain_unreachable(&config, PQerrorMessage(store->conn));
    } else if (execute(store, "begin", PGRES_COMMAND_OK)) {
        config_free(&config);
        return store;
    }
    config_free(&config);
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    PQfinish(store->conn);
    buf_free(&store->copy);
    free(store);
}

/* Waits for the answer of the query that was sent, at most until the connection breaks. */
static PGresult *wait_for_result(struct store *store)
{
    struct pollfd socket = {.fd = PQsocket(store->conn), .events = POLLIN};
    PGresult *last = NULL;

    for (;;) {
        while (PQisBusy(store->conn)) {
            progress_tick();
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
    /* What our functions raise is a sentence for the operator. */
    const char *sentence = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    complain(sentence != NULL ? sentence : PQerrorMessage(store->conn));
    PQclear(result);
    return NULL;
}

bool store_commit(struct store *store)
{
    return execute(store, "commit", PGRES_COMMAND_OK);
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
        complain(PQerrorMessage(store->conn));
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
