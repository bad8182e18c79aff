#include "db.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "log.h"

enum { READ_MS = 4000 };

struct db {
    const char *conninfo, *application;
    struct db_gate *gate;
    PGconn *conn;            /* NULL: never connected, or given up */
    char **prepared;         /* functions that this connection knows by name; owned */
    size_t prepared_count;
};

/* What an error means for the read: the outcome when it stays, and whether a repetition can help. */
struct verdict {
    enum db_outcome outcome;
    bool repeat;     /* worth a second try on this connection, with statements prepared anew */
    bool lost;       /* the connection is gone or of no more use */
};

static const struct {
    const char *state;  /* SQLSTATE or how it begins */
    struct verdict verdict;
} verdicts[] = {
    {"40P01", {DB_UNAVAILABLE, true, false}},   /* deadlock, with the code being replaced */
    {"40001", {DB_UNAVAILABLE, true, false}},   /* a standby had to drop what we were reading */
    {"0A000", {DB_FAILED, true, false}},        /* a function's columns changed */
    {"26000", {DB_FAILED, true, false}},        /* a statement is not prepared, though we thought so */
    {"42883", {DB_FAILED, true, false}},        /* a function is being replaced */
    {"42P05", {DB_FAILED, true, false}},        /* a statement is prepared, though we thought not */
    {"57014", {DB_TIMEOUT, false, false}},      /* statement_timeout */
    {"55P03", {DB_TIMEOUT, false, false}},      /* lock_timeout */
    {"57P", {DB_UNAVAILABLE, true, true}},      /* the server stops, starts, or ended our session */
    {"25P0", {DB_UNAVAILABLE, true, true}},     /* the session sat idle for too long */
    {"53", {DB_UNAVAILABLE, false, false}},     /* out of memory, disk or connections */
    {"08", {DB_UNAVAILABLE, true, true}},       /* connection exceptions */
};

static struct verdict judge(const char *state, const char *message)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        if (strncmp(state, verdicts[i].state, strlen(verdicts[i].state)) == 0)
            return verdicts[i].verdict;
    }
    /* A function was dropped between planning and running. */
    bool vanished = strstr(message, "cache lookup failed") != NULL;
    return (struct verdict){DB_FAILED, vanished, false};
}

/* What can be repaired is a warning: when that fails too, the request's own line is an error. */
static void log_failure(const char *function, const char *state, const char *message, bool repeat)
{
    struct log_line line = log_open(repeat ? LOG_WARN : LOG_ERROR, "db_failed");

    log_text(&line, "function", function);
    log_text(&line, "sqlstate", state);
    log_text(&line, "message", message);
    log_close(&line);
}

struct db *db_open(const char *conninfo, const char *application, struct db_gate *gate)
{
    struct db *db = mem_alloc(1, sizeof *db);

    *db = (struct db){.conninfo = conninfo, .application = application, .gate = gate};
    return db;
}

static void forget(struct db *db)
{
    while (db->prepared_count > 0)
        free(db->prepared[--db->prepared_count]);
}

static void disconnect(struct db *db)
{
    PQfinish(db->conn);
    db->conn = NULL;
    forget(db);
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    disconnect(db);
    free(db->prepared);
    free(db);
}

/* The server's notices are not for stderr; an error is logged where it is judged. */
static void drop_notice(void *unused, const PGresult *notice)
{
    (void)unused;
    (void)notice;
}

/* What stands before dbname may be overridden by the connection string in it, what follows may not. */
static bool connect_once(struct db *db)
{
    const char *const keys[] = {"connect_timeout", "tcp_user_timeout", "application_name", "dbname",
                                "client_encoding", NULL};
    const char *const values[] = {"2", "3000", db->application, db->conninfo, "UTF8", NULL};

    if (db->conn != NULL && PQstatus(db->conn) == CONNECTION_OK)
        return true;
    disconnect(db);
    db->conn = PQconnectdbParams(keys, values, 1);
    if (PQstatus(db->conn) == CONNECTION_OK) {
        PQsetNoticeReceiver(db->conn, drop_notice, NULL);
        return true;
    }
    log_failure("connect", NULL, PQerrorMessage(db->conn), false);
    disconnect(db);
    return false;
}

static bool is_prepared(const struct db *db, const char *function)
{
    for (size_t i = 0; i < db->prepared_count; i++) {
        if (strcmp(db->prepared[i], function) == 0)
            return true;
    }
    return false;
}

static void remember(struct db *db, const char *function)
{
    size_t size = strlen(function) + 1;

    db->prepared = mem_resize(db->prepared, db->prepared_count + 1, sizeof *db->prepared);
    db->prepared[db->prepared_count++] = memcpy(mem_alloc(size, 1), function, size);
}

static bool send_prepare(struct db *db, const char *function, size_t value_count)
{
    struct buf text = {0};

    buf_format(&text, "select * from %s(", function);
    for (size_t i = 1; i <= value_count; i++)
        buf_format(&text, i > 1 ? ", $%zu" : "$%zu", i);
    buf_char(&text, ')');
    bool sent = PQsendPrepare(db->conn, function, text.data, 0, NULL) == 1;
    buf_free(&text);
    return sent;
}

static bool send_all(struct db *db, const struct db_query *queries, size_t count, const char *const *values,
                     size_t value_count)
{
    static const char begin[] = "begin isolation level repeatable read read only";
    bool sent = PQenterPipelineMode(db->conn) == 1 && PQsendQueryParams(db->conn, begin, 0, NULL, NULL, NULL, NULL, 0);

    for (size_t i = 0; i < count && sent; i++) {
        if (!is_prepared(db, queries[i].function))
            sent = send_prepare(db, queries[i].function, value_count);
        sent = sent && PQsendQueryPrepared(db->conn, queries[i].function, (int)value_count, values, NULL, NULL, 0);
    }
    return sent && PQsendQueryParams(db->conn, "commit", 0, NULL, NULL, NULL, NULL, 0) && PQpipelineSync(db->conn);
}

/* Waits until a result can be taken without blocking. False when the connection fails or `end` (log_clock) passes. */
static bool wait_result(PGconn *conn, long end)
{
    while (PQisBusy(conn)) {
        struct pollfd fd = {.fd = PQsocket(conn), .events = POLLIN};
        long left = (end - log_clock() + 999) / 1000;  /* up, so that no time is left only when `end` has passed */
        if (left <= 0)
            return false;
        int ready = poll(&fd, 1, (int)left);
        if (ready < 0 && errno != EINTR)
            return false;
        if (ready > 0 && PQconsumeInput(conn) != 1)
            return PQisBusy(conn) == 0;
    }
    return true;
}

/* Takes the result of the next command of the pipeline and the NULL that ends it. *result is NULL when the connection
 * failed. False when the server hangs. */
static bool take_result(PGconn *conn, long end, PGresult **result)
{
    *result = NULL;
    if (!wait_result(conn, end))
        return log_clock() < end;
    *result = PQgetResult(conn);
    if (*result == NULL || PQresultStatus(*result) == PGRES_PIPELINE_SYNC)
        return true;
    if (!wait_result(conn, end))
        return log_clock() < end;
    PQclear(PQgetResult(conn));
    return true;
}

static struct verdict blame(const struct db *db, const char *function, const PGresult *result)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    if (message == NULL)
        message = PQerrorMessage(db->conn);
    bool lost = state == NULL || PQstatus(db->conn) != CONNECTION_OK;
    struct verdict verdict = lost ? (struct verdict){DB_UNAVAILABLE, true, true} : judge(state, message);
    log_failure(function, state, message, verdict.repeat);
    return verdict;
}

/* The results of one pipeline, in the order in which they come. */
struct reading {
    struct db *db;
    long end;
    bool failed;
    struct verdict verdict;
};

/* Takes one result. Returns it when it is fine; otherwise clears it and keeps the verdict on the first failure: what
 * follows in the pipeline is only aborted. */
static PGresult *next_result(struct reading *r, const char *function)
{
    PGresult *result = NULL;

    if (r->failed && r->verdict.lost)
        return NULL;
    if (!take_result(r->db->conn, r->end, &result)) {
        log_failure("read", NULL, "the server did not answer in time", false);
        r->failed = true;
        r->verdict = (struct verdict){DB_TIMEOUT, false, true};
        return NULL;
    }
    ExecStatusType status = result != NULL ? PQresultStatus(result) : PGRES_FATAL_ERROR;
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC)
        return result;
    if (!r->failed)
        r->verdict = blame(r->db, function, result);
    r->failed = true;
    PQclear(result);
    return NULL;
}

static void take_all(struct reading *r, struct db_query *queries, size_t count)
{
    PQclear(next_result(r, "begin"));
    for (size_t i = 0; i < count; i++) {
        if (!is_prepared(r->db, queries[i].function)) {
            PGresult *made = next_result(r, queries[i].function);
            if (made != NULL)
                remember(r->db, queries[i].function);
            PQclear(made);
        }
        queries[i].result = next_result(r, queries[i].function);
    }
    PQclear(next_result(r, "commit"));
    PQclear(next_result(r, "sync"));
}

/* After a failure: closes the transaction that the aborted pipeline left, or the connection if it can not be. */
static void clean_up(struct db *db, const struct verdict *verdict)
{
    PGresult *result = NULL;

    if (!verdict->lost && PQstatus(db->conn) == CONNECTION_OK && PQexitPipelineMode(db->conn) == 1) {
        result = PQexec(db->conn, "rollback");
        if (verdict->repeat && PQresultStatus(result) == PGRES_COMMAND_OK) {
            PQclear(result);
            result = PQexec(db->conn, "deallocate all");
            forget(db);
        }
    }
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        disconnect(db);
    PQclear(result);
}

static struct verdict read_once(struct db *db, struct db_query *queries, size_t count, const char *const *values,
                                size_t value_count)
{
    struct reading r = {.db = db, .end = log_clock() + READ_MS * 1000L};

    if (!connect_once(db))
        return (struct verdict){DB_UNAVAILABLE, false, true};
    if (send_all(db, queries, count, values, value_count)) {
        take_all(&r, queries, count);
    } else {
        r.failed = true;
        r.verdict = blame(db, "send", NULL);
    }
    if (!r.failed && PQexitPipelineMode(db->conn) == 1 && PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return (struct verdict){DB_OK, false, false};
    if (!r.failed)
        r.verdict = blame(db, "commit", NULL);
    for (size_t i = 0; i < count; i++) {
        PQclear(queries[i].result);
        queries[i].result = NULL;
    }
    clean_up(db, &r.verdict);
    return r.verdict;
}

enum db_outcome db_read(struct db *db, struct db_query *queries, size_t count, const char *const *values,
                        size_t value_count)
{
    for (size_t i = 0; i < count; i++)
        queries[i].result = NULL;
    struct verdict verdict = read_once(db, queries, count, values, value_count);
    if (verdict.outcome != DB_OK && verdict.repeat)
        verdict = read_once(db, queries, count, values, value_count);
    return verdict.outcome;
}
