#include "http/serve.h"

#include <malloc.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "http/param.h"
#include "http/render.h"
#include "http/req.h"
#include "http/share.h"
#include "http/watch.h"
#include "http/worker.h"

extern char **environ;

enum { LISTEN_FD = 0, LARGE = 128 * 1024 };

/* Whether the program answers by hand; whether a byte of that answer has left; whether the program
 * ends of itself. */
static bool by_hand, begun, ending;

static void (*answer_request)(struct req *);

static bool send_out(void *peer, const char *head, size_t head_len, const char *body, size_t len)
{
    const int *fd = peer;

    begun = true;
    return io_write(*fd, head, head_len) && io_write(*fd, body, len);
}

/* The answer by hand when none can be made: there is no memory, or the program does not start. */
static void send_unavailable(void)
{
    static const char text[] =
        "Status: 503 Service Unavailable\r\nRetry-After: 5\r\nCache-Control: no-store\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Length: 4\r\n\r\n503\n";

    if (by_hand && !begun)
        io_write(STDOUT_FILENO, text, sizeof text - 1);
}

/* Said before a process without memory ends. */
static void on_exhausted(void)
{
    log_emergency("out_of_memory");
    send_unavailable();
}

/* ctemplate ends the process when it gets no memory in some places. */
static void on_exit_of_others(void)
{
    if (ending)
        return;
    log_emergency("library_gave_up");
    send_unavailable();
}

static size_t take_in(void *peer, char *bytes, size_t len)
{
    (void)peer;
    ssize_t got = read(STDIN_FILENO, bytes, len);

    return got > 0 ? (size_t)got : 0;
}

static void answer(const struct site *site, char *const *variables, req_send *send, req_take *take,
                   void *peer)
{
    struct req req;

    req_open(&req, site, variables);
    req.send = send;
    req.take = take;
    req.peer = peer;
    if (!watch_answer(&req))
        answer_request(&req);
    watch_count(&req);
    req_close(&req);
}

static void print_help(const struct serve_program *program)
{
    struct buf text = {0};

    buf_format(
        &text,
        "%s: %s\n\nStarted with a listening socket as standard input it is a FastCGI worker; by "
        "hand, "
        "PATH_INFO=/path %s\nanswers one request like a CGI program.\n\n  --help      this text\n"
        "  --pages     the pages as a table: name, path, parameters, names added by C\n"
        "  --check     0 when a worker could start, else 1 after log lines that say why not\n"
        "%s  --names P   what the template of page P asks for, drawn from documents on standard "
        "input\n\nEnvironment:\n",
        program->name, program->doc, program->name,
        program->answer != NULL
            ? ""
            : "  --document  the document of an address, instead of its page\n"
              "  --render P  page P, drawn from the document on standard input\n");
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
        for (size_t i = 0; page->params[i].name != NULL; i++)
            printf("%s%s:%s", i > 0 ? " " : "", page->params[i].name,
                   param_kind_name(page->params[i].kind));
        printf("\t%s\n", page->fills != NULL ? page->fills : "");
    }
}

/* FCGX_IsCGI would tell too, but sets up libfcgi, with its signal handlers and standard waiting
 * times. */
static bool is_listening(int fd)
{
    int listening = 0;
    socklen_t size = sizeof listening;

    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0;
}

/* Opens what all requests share and answers them. */
static int open_and_answer(const struct serve_program *program)
{
    struct site site = {
        .pages = program->pages, .body_max = program->body_max, .unready = program->unready};
    char application[64];
    int status = 1;

    if (!config_load(&site.config, program->role))
        return 1;
    snprintf(application, sizeof application, "tolok-%s", program->name);
    site.share = watch_open(by_hand ? NULL : site.config.run, program->name, program->pages);
    site.db = db_open(site.config.db, application, &site.share->gate);
    page_expect(site.pages, site.db);
    site.templates = tpl_load(site.config.templates);
    if (site.templates != NULL && by_hand) {
        int out = STDOUT_FILENO;
        answer(&site, environ, send_out, take_in, &out);
        status = 0;
    } else if (site.templates != NULL) {
        share_join(site.share);
        status = worker_run(&site, LISTEN_FD, answer);
        share_leave(SHARE_ENDS);
    }
    tpl_unload(site.templates);
    db_close(site.db);
    share_close(site.share);
    config_free(&site.config);
    return status;
}

/* What a worker needs to start, without starting. */
static int check(const struct serve_program *program)
{
    struct config config;

    if (!config_load(&config, program->role))
        return 1;
    struct tpl_set *templates = tpl_load(config.templates);
    int status = templates != NULL ? 0 : 1;
    tpl_unload(templates);
    config_free(&config);
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
    if (argc == 2 && strcmp(argv[1], "--check") == 0)
        return check(program);
    if (argc == 3 && strcmp(argv[1], "--render") == 0 && program->answer == NULL)
        return render_page(program->pages, program->role, argv[2]);
    if (argc == 3 && strcmp(argv[1], "--names") == 0)
        return render_names(program->pages, program->role, program->answer == NULL, argv[2]);
    bool tell = argc == 2 && strcmp(argv[1], "--document") == 0 && program->answer == NULL;
    if (argc != 1 && !tell) {
        fprintf(stderr, "%s: unknown argument; see %s --help\n", program->name, program->name);
        return 2;
    }
    if (sodium_init() < 0) {
        log_event(LOG_ERROR, "sodium_failed", NULL, NULL);
        return 1;
    }
    answer_request = program->answer != NULL ? program->answer : tell ? page_tell : page_answer;
    by_hand = tell || !is_listening(LISTEN_FD);
    /* Said once, they stay: else glibc would keep, after one large page, twice its size in each
     * worker. */
    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, LARGE);
    mem_last_words(on_exhausted);
    atexit(on_exit_of_others);
    int status = open_and_answer(program);
    if (status != 0)
        send_unavailable();
    ending = true;
    return status;
}
