#include "db/db.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/db_conn.h"
#include "db/db_verdict.h"
#include "db/pq.h"

/* Warming may use one part in WARM_PARTS of a processor, and has WARM_CREDIT_US of it in advance:
 * enough for all workers of a fresh start, but not for workers that are killed and replaced without
 * end. */
static const long WARM_PARTS = 4, WARM_CREDIT_US = 16000000;
enum { WARM_LATER_MS = 1000, LOOK_MS = 1000, IDLE = -1 };

/* One pipeline: queries that are asked, or that are only prepared and described. */
struct reading {
    struct db *db;
    struct db_query *queries;
    size_t count;
    const char *const *values; /* NULL: all are NULL */
    bool ask;
    bool write;
    bool again;  /* a write that may be sent twice */
    bool repair; /* forget all statements and repeat where that may help */
    long end;
    bool failed;
    struct verdict verdict; /* on the first failure: what follows in a pipeline is only aborted */
    const char *culprit;    /* function that failed, or NULL */
};

static bool send_prepare(struct db *db, const struct db_statement *statement)
{
    struct buf text = {0};

    buf_format(&text, "select * from %s(", statement->function);
    for (size_t i = 1; i <= statement->value_count; i++)
        buf_format(&text, i > 1 ? ", $%zu" : "$%zu", i);
    buf_char(&text, ')');
    bool sent = PQsendPrepare(db->conn, statement->function, text.data, 0, NULL) == 1;
    buf_free(&text);
    return sent;
}

/* One statement sees one moment by itself. */
static bool is_transaction(const struct reading *r)
{
    return r->write || r->count > 1;
}

static bool send_all(const struct reading *r)
{
    const char *begin = r->write ? "begin isolation level read committed read write"
                                 : "begin isolation level repeatable read read only";
    PGconn *conn = r->db->conn;
    bool sent = PQenterPipelineMode(conn) == 1;

    if (is_transaction(r))
        sent = sent && PQsendQueryParams(conn, begin, 0, NULL, NULL, NULL, NULL, 0);
    for (size_t i = 0; i < r->count && sent; i++) {
        const struct db_statement *s = r->queries[i].statement;
        const char *const *values = r->queries[i].values != NULL ? r->queries[i].values : r->values;
        if (!s->prepared)
            sent = send_prepare(r->db, s);
        if (!r->ask)
            sent = sent && PQsendDescribePrepared(conn, s->function);
        else
            sent = sent && PQsendQueryPrepared(conn, s->function, (int)s->value_count, values, NULL,
                                               NULL, 0);
    }
    if (is_transaction(r))
        sent = sent && PQsendQueryParams(conn, "commit", 0, NULL, NULL, NULL, NULL, 0);
    return sent && PQpipelineSync(conn);
}

static struct verdict blame(const struct db *db, const char *function, const PGresult *result)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    if (message == NULL)
        message = PQerrorMessage(db->conn);
    bool lost = state == NULL || PQstatus(db->conn) != CONNECTION_OK;
    struct verdict verdict =
        lost ? (struct verdict){DB_UNAVAILABLE, true, true} : db_judge(state, message);
    if (verdict.outcome == DB_ENOUGH)
        log_event(LOG_INFO, "enough_for_a_day", "function", function);
    else
        db_log_failure(function, state, message, verdict.repeat);
    return verdict;
}

static void fail(struct reading *r, struct verdict verdict, const char *culprit)
{
    if (!r->failed) {
        r->verdict = verdict;
        r->culprit = culprit;
    }
    r->failed = true;
}

/* Takes one result. Returns it when it is fine; otherwise clears it and notes the failure. */
static PGresult *next_result(struct reading *r, const char *what)
{
    PGresult *result = NULL;

    if (r->failed && r->verdict.lost)
        return NULL;
    if (!pq_take(r->db->conn, r->end, &result)) {
        db_log_failure("read", NULL, NULL, false);
        fail(r, (struct verdict){DB_TIMEOUT, false, true}, NULL);
        return NULL;
    }
    ExecStatusType status = result != NULL ? PQresultStatus(result) : PGRES_FATAL_ERROR;
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC)
        return result;
    if (!r->failed)
        fail(r, blame(r->db, what, result), what);
    PQclear(result);
    return NULL;
}

static void take_all(struct reading *r)
{
    if (is_transaction(r))
        PQclear(next_result(r, "begin"));
    for (size_t i = 0; i < r->count; i++) {
        struct db_statement *s = r->queries[i].statement;
        if (!s->prepared) {
            PGresult *made = next_result(r, s->function);
            s->prepared = made != NULL;
            atomic_fetch_add(&r->db->gate->prepared, s->prepared);
            PQclear(made);
        }
        r->queries[i].result = next_result(r, s->function);
        s->warm |= r->ask && r->queries[i].result != NULL;
    }
    if (is_transaction(r))
        PQclear(next_result(r, "commit"));
    PQclear(next_result(r, "sync"));
}

/* After a failure: closes the transaction that the aborted pipeline left, or the connection if it
 * can not be. */
static void clean_up(const struct reading *r, long end)
{
    struct db *db = r->db;
    bool clean = !r->verdict.lost && PQstatus(db->conn) == CONNECTION_OK &&
                 PQexitPipelineMode(db->conn) == 1 &&
                 (!is_transaction(r) || pq_run(db->conn, "rollback", end));

    if (clean && r->verdict.repeat && r->repair) {
        clean = pq_run(db->conn, "deallocate all", end);
        db_forget(db);
    }
    if (!clean)
        db_disconnect(db);
}

static void read_once(struct reading *r, long end)
{
    struct db *db = r->db;

    r->failed = false;
    if (!db_connect(db, end)) {
        fail(r, (struct verdict){DB_UNAVAILABLE, false, true}, NULL);
        return;
    }
    r->end = db_earlier(end, clock_us() + ANSWER_US);
    if (send_all(r))
        take_all(r);
    else
        fail(r, blame(db, "send", NULL), NULL);
    if (!r->failed &&
        (PQexitPipelineMode(db->conn) != 1 || PQtransactionStatus(db->conn) != PQTRANS_IDLE))
        fail(r, blame(db, "commit", NULL), NULL);
    if (!r->failed)
        return;
    for (size_t i = 0; i < r->count; i++) {
        PQclear(r->queries[i].result);
        r->queries[i].result = NULL;
    }
    clean_up(r, end);
}

/* Tells the gate what a read has found. Silence may also be that of one session, or of a page whose
 * queries are slow taken together: whether the server still takes connections decides. */
static void tell_gate(const struct reading *r, enum gate_pass pass, long end)
{
    struct gate *gate = &r->db->gate->answer;
    bool lost = r->failed && r->verdict.lost;

    if (!lost) {
        gate_open(gate);
        return;
    }
    bool silent = r->verdict.outcome == DB_TIMEOUT;
    if (silent || pass == GATE_PROBER)
        gate_shut(gate, SHUT_US);
    if (silent && db_connect(r->db, db_earlier(end, clock_us() + LOOK_US)))
        gate_open(gate);
}

/* Whether a second try can help and can do no harm. Of a write whose connection was lost nobody
 * knows what became of it. */
static bool may_repeat(const struct reading *r)
{
    return r->failed && r->verdict.repeat && r->repair &&
           (!r->write || r->again || !r->verdict.lost);
}

/* Reads or writes, and repeats once what can be repaired. */
static enum db_outcome read_all(struct reading *r)
{
    enum gate_pass pass = gate_enter(&r->db->gate->answer, CLAIM_US);
    long end = clock_us() + READ_US;

    if (pass == GATE_SHUT)
        return DB_UNAVAILABLE;
    read_once(r, end);
    if (may_repeat(r))
        read_once(r, end);
    tell_gate(r, pass, end);
    return r->failed ? r->verdict.outcome : DB_OK;
}

static bool is_asked(const struct db *db, const struct db_statement *s)
{
    return s->place >= DB_PLACES ||
           (atomic_load(&db->gate->asked[s->place / 64]) >> s->place % 64 & 1) != 0;
}

/* Tells the other processes that somebody wants it. */
static void note_asked(const struct db *db, const struct db_statement *s)
{
    if (s->place >= 0 && s->place < DB_PLACES && !is_asked(db, s))
        atomic_fetch_or(&db->gate->asked[s->place / 64], 1UL << s->place % 64);
}

static enum db_outcome run_all(struct reading *r, size_t value_count)
{
    for (size_t i = 0; i < r->count; i++) {
        struct db_query *query = &r->queries[i];
        query->result = NULL;
        query->statement = db_statement(r->db, query->function,
                                        query->values != NULL ? query->value_count : value_count);
        note_asked(r->db, query->statement);
    }
    enum db_outcome outcome = read_all(r);
    atomic_fetch_add(&r->db->gate->reads[outcome], 1);
    return outcome;
}

enum db_outcome db_read(struct db *db, struct db_query *queries, size_t count,
                        const char *const *values, size_t value_count)
{
    struct reading r = {.db = db,
                        .queries = queries,
                        .count = count,
                        .values = values,
                        .ask = true,
                        .repair = true};

    return run_all(&r, value_count);
}

enum db_outcome db_write(struct db *db, struct db_query *queries, size_t count, bool again)
{
    struct reading r = {.db = db,
                        .queries = queries,
                        .count = count,
                        .ask = true,
                        .repair = true,
                        .write = true,
                        .again = again};

    return run_all(&r, 0);
}

const char *db_value(const PGresult *result, const char *column)
{
    int field = PQfnumber(result, column);

    if (field < 0 || PQntuples(result) == 0 || PQgetisnull(result, 0, field))
        return NULL;
    return PQgetvalue(result, 0, field);
}

void db_expect(struct db *db, const char *function, size_t value_count)
{
    struct db_statement *statement = db_statement(db, function, value_count);

    if (statement->place < 0)
        statement->place = (int)db->statement_count - 1;
}

/* The first expected query that was not asked on this connection; with `asked` one that somebody
 * wants. Others, such as acts, are no reads that could be asked for nothing. */
static struct db_statement *first_cold(const struct db *db, bool asked)
{
    for (size_t i = 0; i < db->statement_count; i++) {
        struct db_statement *s = db->statements[i];
        if (s->place >= 0 && !s->warm && (!asked || is_asked(db, s)))
            return s;
    }
    return NULL;
}

bool db_is_warm(const struct db *db)
{
    return first_cold(db, false) == NULL;
}

/* Puts what a step took on the account of all processes. */
static void spend(_Atomic long *account, long from, long took)
{
    long seen = atomic_load(account);

    while (!atomic_compare_exchange_weak(account, &seen,
                                         (seen > from ? seen : from) + took * WARM_PARTS))
        continue;
}

/* Nobody waits here, so a shut gate is left to those who do. */
int db_warm(struct db *db)
{
    struct db_statement *cold = first_cold(db, true);
    long from = clock_us();
    long ahead = atomic_load(&db->gate->warming) - from;

    if (db_is_warm(db))
        return IDLE;
    if (cold == NULL && db_is_connected(db))
        return LOOK_MS;
    if (!gate_is_open(&db->gate->answer) ||
        (!db_is_connected(db) && !gate_is_open(&db->gate->connect)))
        return WARM_LATER_MS;
    if (ahead > WARM_CREDIT_US)
        return (int)((ahead - WARM_CREDIT_US) / 1000 + 1);
    if (cold == NULL)
        return db_connect(db, from + CONNECT_US) ? 0 : WARM_LATER_MS;
    struct db_query query = {.function = cold->function, .statement = cold};
    struct reading r = {.db = db, .queries = &query, .count = 1, .ask = true};
    read_all(&r);
    PQclear(query.result);
    spend(&db->gate->warming, from, clock_us() - from);
    /* What fails now will fail again, or not, when somebody asks for it. */
    cold->warm = db_is_connected(db);
    return cold->warm ? 0 : WARM_LATER_MS;
}

enum db_outcome db_check(struct db *db, const char **culprit)
{
    struct db_query *queries = mem_alloc(db->statement_count, sizeof *queries);
    struct reading r = {.db = db, .queries = queries, .count = db->statement_count, .repair = true};

    for (size_t i = 0; i < r.count; i++)
        queries[i] = (struct db_query){.function = db->statements[i]->function,
                                       .statement = db->statements[i]};
    enum db_outcome outcome = read_all(&r);
    for (size_t i = 0; i < r.count; i++)
        PQclear(queries[i].result);
    free(queries);
    *culprit = outcome == DB_FAILED ? r.culprit : NULL;
    return outcome;
}
