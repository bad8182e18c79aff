#include "serve.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "param.h"
#include "req.h"
#include "share.h"
#include "watch.h"

extern char **environ;

enum { LISTEN_FD = 0, WATCHDOG_STATUS = 3 };

static const int stop_signals[] = {SIGTERM, SIGINT, SIGUSR1};
enum { STOP_SIGNALS = sizeof stop_signals / sizeof *stop_signals };

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

static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    sigaction(signal_number, &action, NULL);
}

/* Starts the clock of one request, or stops it with 0 seconds. */
static void watch(long seconds)
{
    struct itimerval timer = {.it_value.tv_sec = seconds};

    setitimer(ITIMER_REAL, &timer, NULL);
}

static bool send_fcgi(void *peer, const char *data, size_t len)
{
    FCGX_Stream *out = peer;

    return len <= INT_MAX && FCGX_PutStr(data, (int)len, out) == (int)len;
}

static bool send_file(void *peer, const char *data, size_t len)
{
    FILE *file = peer;

    return fwrite(data, 1, len, file) == len && fflush(file) == 0;
}

static void answer(const struct site *site, char *const *variables, bool (*send)(void *, const char *, size_t),
                   void *peer)
{
    struct req req;

    req_open(&req, site, variables);
    req.send = send;
    req.peer = peer;
    if (!watch_answer(&req))
        page_answer(&req);
    watch_count(&req);
    req_close(&req);
}

/* A worker must not outlive the supervisor that would restart it. False when that has already happened. */
static bool follow_supervisor(void)
{
    pid_t supervisor = getppid();

    return prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == supervisor;
}

/* A ppoll that finds a connection at once returns without delivering a signal: while there is always a next request,
 * only this sees the wish to stop. */
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

/* Blocks the signals that stop a worker, except while it waits; *waiting is the mask to wait with. libfcgi sets its own
 * handlers only where there are none, and waits for a silent client 2 seconds unless told otherwise. */
static bool prepare_worker(sigset_t *waiting)
{
    sigset_t stop;

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
    int flags = fcntl(LISTEN_FD, F_GETFL);
    return flags >= 0 && fcntl(LISTEN_FD, F_SETFL, flags | O_NONBLOCK) == 0 &&
           setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "200", 1) == 0 &&
           setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 1) == 0 && FCGX_Init() == 0 && follow_supervisor();
}

/* Serves until told to stop. Another worker may be faster at a connection: then accept has nothing for us. */
static int work(const struct site *site)
{
    FCGX_Request request;
    sigset_t waiting;

    if (!prepare_worker(&waiting) || FCGX_InitRequest(&request, LISTEN_FD, 0) != 0) {
        log_event(LOG_ERROR, "worker_not_started", NULL, NULL);
        return 1;
    }
    for (long served = 0; served < site->config.requests && !should_stop();) {
        struct pollfd listening = {.fd = LISTEN_FD, .events = POLLIN};
        if (ppoll(&listening, 1, NULL, &waiting) < 0) {
            if (errno == EINTR)
                continue;
            log_event(LOG_ERROR, "poll_failed", "error", strerror(errno));
            return 1;
        }
        watch(site->config.timeout);
        if (FCGX_Accept_r(&request) == 0) {
            answer(site, request.envp, send_fcgi, request.out);
            FCGX_Finish_r(&request);
            served++;
        }
        watch(0);
    }
    return 0;
}

static void print_help(const struct serve_program *program)
{
    struct buf text = {0};

    buf_format(&text, "%s: %s\n\nStarted with a listening socket as standard input it is a FastCGI worker; by hand, "
               "PATH_INFO=/path %s\nanswers one request like a CGI program.\n\n  --help   this text\n"
               "  --pages  the pages as a table: name, path, sections, parameters, names added by C\n\nEnvironment:\n",
               program->name, program->doc, program->name);
    config_help(&text);
    buf_text(&text, "\nPages:\n");
    for (const struct page *page = program->pages; page->name != NULL; page++)
        buf_format(&text, "  %-22s %s\n", page->path, page->doc);
    fputs(text.data, stdout);
    buf_free(&text);
}

static void print_pages(const struct page *page)
{
    for (; page->name != NULL; page++) {
        printf("%s\t%s\t", page->name, page->path);
        for (size_t i = 0; page->sections[i] != NULL; i++)
            printf("%s%s", i > 0 ? " " : "", page->sections[i]);
        putchar('\t');
        for (size_t i = 0; page->params[i].name != NULL; i++)
            printf("%s%s:%s", i > 0 ? " " : "", page->params[i].name, param_kind_name(page->params[i].kind));
        printf("\t%s\n", page->fills != NULL ? page->fills : "");
    }
}

/* FCGX_IsCGI would tell too, but sets up libfcgi, with its signal handlers and standard waiting times. */
static bool is_listening(int fd)
{
    int listening = 0;
    socklen_t size = sizeof listening;

    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0;
}

/* Opens what all requests share and answers them. A worker refuses to start with a broken template; by hand only the
 * page that it belongs to is broken. */
static int open_and_answer(const struct serve_program *program)
{
    struct site site = {.pages = program->pages};
    char application[64];
    int broken = 0;
    int status = 1;

    if (!config_load(&site.config, program->role))
        return 1;
    snprintf(application, sizeof application, "tolok-%s", program->name);
    bool worker = is_listening(LISTEN_FD);
    site.share = watch_open(worker ? site.config.run : NULL, program->name, program->pages);
    site.db = db_open(site.config.db, application, &site.share->gate);
    page_expect(site.pages, site.db);
    site.templates = tpl_load(site.config.templates, &broken);
    if (site.templates != NULL && !worker) {
        answer(&site, environ, send_file, stdout);
        status = 0;
    } else if (site.templates != NULL && broken == 0) {
        share_join(site.share);
        status = work(&site);
        share_leave(SHARE_ENDS);
    }
    tpl_unload(site.templates);
    db_close(site.db);
    share_close(site.share);
    config_free(&site.config);
    return status;
}

int serve_run(int argc, char **argv, const struct serve_program *program)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_help(program);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--pages") == 0) {
        print_pages(program->pages);
        return 0;
    }
    if (argc != 1) {
        fprintf(stderr, "%s: unknown argument; see %s --help\n", program->name, program->name);
        return 2;
    }
    if (sodium_init() < 0) {
        log_event(LOG_ERROR, "sodium_failed", NULL, NULL);
        return 1;
    }
    return open_and_answer(program);
}
