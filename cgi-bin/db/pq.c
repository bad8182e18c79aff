#include "db/pq.h"

#include <errno.h>
#include <poll.h>

#include "base/clock.h"
#include "base/mem.h"

/* Waits until the connection's socket is ready. False when it never was, or waiting failed. */
static bool wait_ready(PGconn *conn, short events, long end)
{
    for (;;) {
        struct pollfd fd = {.fd = PQsocket(conn), .events = events};
        long left = (end - clock_us() + 999) /
                    1000; /* up, so that no time is left only when `end` has passed */
        if (left <= 0)
            return false;
        int ready = poll(&fd, 1, (int)left);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

PGconn *pq_connect(const char *const *keys, const char *const *values, long end)
{
    PGconn *conn = PQconnectStartParams(keys, values, 1);
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;

    if (conn == NULL)
        mem_exhausted();
    while (PQstatus(conn) != CONNECTION_BAD && next != PGRES_POLLING_OK &&
           next != PGRES_POLLING_FAILED) {
        if (!wait_ready(conn, next == PGRES_POLLING_READING ? POLLIN : POLLOUT, end))
            break;
        next = PQconnectPoll(conn);
    }
    return conn;
}

/* Waits until a result can be taken without blocking. False when the connection fails or the time
 * is over. */
static bool wait_result(PGconn *conn, long end)
{
    while (PQisBusy(conn)) {
        if (!wait_ready(conn, POLLIN, end))
            return false;
        if (PQconsumeInput(conn) != 1)
            return PQisBusy(conn) == 0;
    }
    return true;
}

bool pq_take(PGconn *conn, long end, PGresult **result)
{
    *result = NULL;
    if (!wait_result(conn, end))
        return clock_us() < end;
    *result = PQgetResult(conn);
    if (*result == NULL || PQresultStatus(*result) == PGRES_PIPELINE_SYNC)
        return true;
    if (!wait_result(conn, end))
        return clock_us() < end;
    PQclear(PQgetResult(conn));
    return true;
}

bool pq_run(PGconn *conn, const char *command, long end)
{
    PGresult *result = NULL;
    bool done = PQsendQuery(conn, command) == 1 && pq_take(conn, end, &result) &&
                PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return done;
}
