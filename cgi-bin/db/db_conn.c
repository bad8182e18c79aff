#include "db/db_conn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/pq.h"

void db_log_failure(const char *function, const char *state, const char *message, bool repeat)
{
    struct log_line line = log_open(repeat ? LOG_WARN : LOG_ERROR, "db_failed");

    log_text(&line, "function", function);
    log_text(&line, "sqlstate", state);
    log_text(&line, "message", message != NULL ? message : "the server did not answer in time");
    log_close(&line);
}

struct db *db_open(const char *conninfo, const char *application, struct db_gate *gate)
{
    struct db *db = mem_alloc(1, sizeof *db);

    *db = (struct db){.conninfo = conninfo, .application = application, .gate = gate};
    return db;
}

void db_forget(struct db *db)
{
    for (size_t i = 0; i < db->statement_count; i++)
        db->statements[i]->prepared = db->statements[i]->warm = false;
}

void db_disconnect(struct db *db)
{
    PQfinish(db->conn);
    db->conn = NULL;
    db_forget(db);
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    db_disconnect(db);
    for (size_t i = 0; i < db->statement_count; i++) {
        free(db->statements[i]->function);
        free(db->statements[i]);
    }
    free(db->statements);
    free(db);
}

struct db_statement *db_statement(struct db *db, const char *function, size_t value_count)
{
    for (size_t i = 0; i < db->statement_count; i++) {
        if (strcmp(db->statements[i]->function, function) == 0)
            return db->statements[i];
    }
    size_t size = strlen(function) + 1;
    struct db_statement *new = mem_alloc(1, sizeof *new);
    *new = (struct db_statement){.function = memcpy(mem_alloc(size, 1), function, size),
                                 .value_count = value_count,
                                 .place = -1};
    db->statements = mem_resize(db->statements, db->statement_count + 1, sizeof *db->statements);
    return db->statements[db->statement_count++] = new;
}

/* The server's notices are not for stderr; an error is logged where it is judged. */
static void drop_notice(void *unused, const PGresult *notice)
{
    (void)unused;
    (void)notice;
}

bool db_is_connected(const struct db *db)
{
    return db->conn != NULL && PQstatus(db->conn) == CONNECTION_OK;
}

/* True when it was this process that lacked memory, or may open no further file. */
static bool is_own_fault(const char *message)
{
    int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);

    if (fd >= 0)
        close(fd);
    else if (errno == EMFILE || errno == ENFILE)
        return true;
    return strstr(message, "out of memory") != NULL;
}

/* What stands before dbname may be overridden by the connection string in it, what follows may not.
 * A failure shuts the gate; one that says nothing about the server lets another one try at once. */
bool db_connect(struct db *db, long end)
{
    const char *const keys[] = {"tcp_user_timeout", "application_name", "dbname", "client_encoding",
                                NULL};
    const char *const values[] = {"3000", db->application, db->conninfo, "UTF8", NULL};

    if (db_is_connected(db))
        return true;
    db_disconnect(db);
    if (gate_enter(&db->gate->connect, CLAIM_US) == GATE_SHUT)
        return false;
    db->conn = pq_connect(keys, values, db_earlier(end, clock_us() + CONNECT_US));
    if (db_is_connected(db)) {
        gate_open(&db->gate->connect);
        atomic_fetch_add(&db->gate->connections, 1);
        PQsetNoticeReceiver(db->conn, drop_notice, NULL);
        return true;
    }
    bool refused = PQstatus(db->conn) == CONNECTION_BAD;
    db_log_failure("connect", NULL, refused ? PQerrorMessage(db->conn) : NULL, false);
    gate_shut(&db->gate->connect, is_own_fault(PQerrorMessage(db->conn)) ? 0 : SHUT_US);
    db_disconnect(db);
    return false;
}

int db_socket(const struct db *db)
{
    return db->conn != NULL ? PQsocket(db->conn) : -1;
}

void db_attend(struct db *db)
{
    if (db->conn == NULL)
        return;
    if (PQconsumeInput(db->conn) != 1 || PQisBusy(db->conn) || PQstatus(db->conn) != CONNECTION_OK)
        db_disconnect(db);
}
