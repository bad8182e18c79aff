#include "http/worker.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/clock.h"

enum { WATCHDOG_STATUS = 3, CRASH_STATUS = 70 };

/* How long a client may stop in its body, or not take the answer; how long nobody accepts when that
 * fails. */
enum { PEER_SECONDS = 3, PAUSE_MS = 100 };

/* What libfcgi waits for: the first byte of a connection, and at its end a client that is still
 * sending. One that closes with bytes unread would take the answer from it. */
static const char silence_ms[] = "1000", linger_ms[] = "500";

/* A record of FastCGI: its head, the type of an answer, and what it may hold. */
enum { RECORD_HEAD = 8, RECORD_STDOUT = 6, RECORD_MOST = 65528, RECORDS_MOST = 32 };

/* Records on their way out; the bytes between their heads stay where they are. */
struct records {
    int fd, id;
    size_t count;
    unsigned char heads[RECORDS_MOST][RECORD_HEAD];
    struct iovec parts[2 * RECORDS_MOST];
};

static const int stop_signals[] = {SIGTERM, SIGINT, SIGUSR1};
static const int crash_signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
enum {
    STOP_SIGNALS = sizeof stop_signals / sizeof *stop_signals,
    CRASH_SIGNALS = sizeof crash_signals / sizeof *crash_signals
};

static volatile sig_atomic_t stopping;

static void on_stop(int signal_number)
{
    (void)signal_number;
    stopping = 1;
}

static void on_watchdog(int signal_number)
{
    (void)signal_number;
    share_leave(SHARE_WATCHDOGS);
    log_emergency("watchdog");
    _exit(WATCHDOG_STATUS);
}

/* libfcgi stops short like that when it gets no memory. The line says which request it was. */
static void on_crash(int signal_number)
{
    (void)signal_number;
    share_leave(SHARE_CRASHES);
    log_emergency("crashed");
    _exit(CRASH_STATUS);
}

static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    sigaction(signal_number, &action, NULL);
}

/* A sanitizer has handlers that know more. */
static void handle_unhandled(int signal_number, void (*handler)(int))
{
    struct sigaction present;

    if (sigaction(signal_number, NULL, &present) == 0 && present.sa_handler == SIG_DFL)
        handle(signal_number, handler);
}

/* Starts the clock of one request, or stops it with 0 seconds. */
static void watch(long seconds)
{
    struct itimerval timer = {.it_value.tv_sec = seconds};

    setitimer(ITIMER_REAL, &timer, NULL);
}

/* A worker must not outlive the supervisor that would restart it. False when that has already
 * happened. */
static bool follow_supervisor(void)
{
    pid_t supervisor = getppid();

    return prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == supervisor;
}

/* A ppoll that finds a connection at once returns without delivering a signal: while there is
 * always a next request, only this sees the wish to stop. */
static bool should_stop(void)
{
    sigset_t pending;

    sigpending(&pending);
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        if (sigismember(&pending, stop_signals[i]) == 1)
            return true;
    }
    return stopping != 0;
}

/* Blocks the signals that stop a worker, except while it waits; *waiting is the mask to wait with.
 * libfcgi sets its own handlers only where there are none. */
static bool prepare(int listening, sigset_t *waiting)
{
    sigset_t stop;

    log_never_wait();
    handle(SIGPIPE, SIG_IGN);
    handle(SIGALRM, on_watchdog);
    sigemptyset(&stop);
    sigprocmask(SIG_BLOCK, NULL, waiting);
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        handle(stop_signals[i], on_stop);
        sigaddset(&stop, stop_signals[i]);
        sigdelset(waiting, stop_signals[i]);
    }
    sigprocmask(SIG_BLOCK, &stop, NULL);
    for (size_t i = 0; i < CRASH_SIGNALS; i++)
        handle_unhandled(crash_signals[i], on_crash);
    setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", silence_ms, 1);
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", linger_ms, 1);
    int flags = fcntl(listening, F_GETFL);
    return flags >= 0 && fcntl(listening, F_SETFL, flags | O_NONBLOCK) == 0 && FCGX_Init() == 0 &&
           follow_supervisor();
}

static bool send_whole(int fd, struct iovec *parts, size_t count)
{
    while (count > 0) {
        const struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
        ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return false;
        for (size_t left = sent > 0 ? (size_t)sent : 0;
             count > 0 && (left > 0 || parts->iov_len == 0);) {
            size_t taken = left < parts->iov_len ? left : parts->iov_len;
            parts->iov_base = (char *)parts->iov_base + taken;
            parts->iov_len -= taken;
            left -= taken;
            count -= parts->iov_len == 0;
            parts += parts->iov_len == 0;
        }
    }
    return true;
}

static bool send_records(struct records *records)
{
    size_t count = records->count;

    records->count = 0;
    return send_whole(records->fd, records->parts, 2 * count);
}

/* Puts the records of some bytes behind those that are there, and sends what fills the list. */
static bool add_records(struct records *records, const char *data, size_t len)
{
    for (size_t at = 0, part; at < len; at += part) {
        if (records->count == RECORDS_MOST && !send_records(records))
            return false;
        part = len - at < RECORD_MOST ? len - at : RECORD_MOST;
        unsigned char *head = records->heads[records->count];
        memcpy(head,
               (const unsigned char[RECORD_HEAD]){
                   1, RECORD_STDOUT, (unsigned char)(records->id >> 8), (unsigned char)records->id,
                   (unsigned char)(part >> 8), (unsigned char)part, 0, 0},
               RECORD_HEAD);
        records->parts[2 * records->count] = (struct iovec){head, RECORD_HEAD};
        records->parts[2 * records->count + 1] = (struct iovec){(char *)data + at, part};
        records->count++;
    }
    return true;
}

/* libfcgi would write 8 KB at a time. nginx 1.22 forgets its timer when a piece fills its buffer,
 * and a request without one is cut when nginx reads its configuration again; and a worker may be
 * killed between two pieces. */
static bool send_fcgi(void *peer, const char *head, size_t head_len, const char *body, size_t len)
{
    const FCGX_Request *request = peer;
    struct records records = {.fd = request->ipcFd, .id = request->requestId};

    return add_records(&records, head, head_len) && add_records(&records, body, len) &&
           send_records(&records);
}

static size_t take_fcgi(void *peer, char *bytes, size_t len)
{
    const FCGX_Request *request = peer;
    int got = FCGX_GetStr(bytes, len < INT_MAX ? (int)len : INT_MAX, request->in);

    return got > 0 ? (size_t)got : 0;
}

/* Waits while no connection can be accepted: poll would find it again at once. One line for each
 * outage. */
static void pause_accepting(int error, const sigset_t *waiting, bool *failing)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};

    if (!*failing)
        log_event(LOG_ERROR, "accept_failed", "error", strerror(error));
    *failing = true;
    ppoll(NULL, 0, &pause, waiting);
}

/* Takes a connection and its request. False when there is none: another worker may have been
 * faster, or what came was no request. */
static bool take_request(FCGX_Request *request, const sigset_t *waiting)
{
    static bool failing;
    int error = -FCGX_Accept_r(request);

    if (error != 0 && error != EAGAIN && error != EINTR)
        pause_accepting(error, waiting, &failing);
    else
        failing = false;
    return error == 0;
}

/* The web server asks for one request a connection, and no other one is kept open. */
static void serve(const struct site *site, FCGX_Request *request, worker_answer *answer)
{
    const struct timeval patience = {.tv_sec = PEER_SECONDS};

    setsockopt(request->ipcFd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    setsockopt(request->ipcFd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    answer(site, request->envp, send_fcgi, take_fcgi, request);
    FCGX_Finish_r(request);
    if (request->ipcFd >= 0)
        FCGX_Free(request, 1);
}

/* Waits for a connection, or for the moment when the database can be made readier. Returns true
 * when there is a connection; *warm_ms is when to warm, as db_warm returns it. */
static bool wait_connection(const struct site *site, int listening, const sigset_t *waiting,
                            int *warm_ms)
{
    static bool failing;
    struct pollfd fds[] = {{.fd = listening, .events = POLLIN},
                           {.fd = db_socket(site->db), .events = POLLIN}};
    const struct timespec rest = {.tv_sec = *warm_ms / 1000, .tv_nsec = *warm_ms % 1000 * 1000000L};
    int ready = ppoll(fds, 2, *warm_ms >= 0 ? &rest : NULL, waiting);

    if (ready == 0)
        *warm_ms = db_warm(site->db);
    if (ready < 0 && errno != EINTR)
        pause_accepting(errno, waiting, &failing);
    if (ready <= 0)
        return false;
    failing = false;
    if (fds[1].revents != 0) {
        db_attend(site->db);
        *warm_ms = 0;
    }
    return fds[0].revents != 0;
}

int worker_run(const struct site *site, int listening, worker_answer *answer)
{
    FCGX_Request request;
    sigset_t waiting;
    long served = 0;
    int warm_ms = 0;

    if (!prepare(listening, &waiting) || FCGX_InitRequest(&request, listening, 0) != 0) {
        log_event(LOG_ERROR, "worker_not_started", NULL, NULL);
        return 1;
    }
    while (served < site->config.requests && !should_stop()) {
        if (!wait_connection(site, listening, &waiting, &warm_ms))
            continue;
        watch(site->config.timeout);
        if (take_request(&request, &waiting)) {
            serve(site, &request, answer);
            served++;
        }
        watch(0);
        if (warm_ms < 0 && !db_is_warm(site->db))
            warm_ms = 0;
    }
    return 0;
}
