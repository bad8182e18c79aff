/* fcgi: the bytes of a connection, through the worker's own loop, its look at the head and libfcgi,
 * to the pages and back. What libfcgi makes of a head is what a second reading makes of it; what is
 * no head is closed; and another connection after it is served. */
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "http/fcgi_head.h"
#include "http/worker.h"
#include "site.h"

enum { HEADER = 8, PARAMS = 4, STDIN = 5, STDOUT = 6, VARIABLES_MAX = 64 };

/* The input as it is read here, and whether the worker came to answer it. */
static struct {
    struct arena *arena;
    bool whole, alone;
    char *variables[VARIABLES_MAX + 1];
    size_t count;
    enum req_method method;
    bool answered, ended;
} now;

static size_t number(const uint8_t *bytes, size_t len)
{
    size_t value = 0;

    for (size_t i = 0; i < len; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* Cuts a length from the front of the list. False when it is not all there. */
static bool cut_length(const uint8_t **at, const uint8_t *end, size_t *length)
{
    size_t size = *at < end && (**at & 0x80) != 0 ? 4 : 1;

    if ((size_t)(end - *at) < size)
        return false;
    *length = size == 1 ? **at : number(*at, 4) & 0x7fffffff;
    *at += size;
    return true;
}

static bool read_list(const uint8_t *at, size_t len)
{
    const uint8_t *end = at + len;
    size_t name = 0, value = 0;

    while (at < end) {
        if (!cut_length(&at, end, &name) || !cut_length(&at, end, &value) ||
            name + value > (size_t)(end - at))
            return false;
        if (now.count < VARIABLES_MAX) {
            char *text = arena_alloc(now.arena, name + value + 2, 1);
            memcpy(text, at, name);
            text[name] = '=';
            memcpy(text + name + 1, at + name, value);
            now.variables[now.count++] = text;
        }
        at += name + value;
    }
    return true;
}

/* The record at `at` is of that type and of the request that the first record begins; its content
 * is all there. */
static bool is_record(const uint8_t *data, size_t size, size_t at, int type)
{
    return at + HEADER <= size && data[at] == 1 && data[at + 1] == type &&
           memcmp(data + at + 2, data + 2, 2) == 0 &&
           number(data + at + 4, 2) <= size - at - HEADER;
}

/* Reads the whole head: a record that begins a request to a responder, then records of variables up
 * to an empty one. */
static bool read_head(const uint8_t *data, size_t size)
{
    struct buf list = {0};
    size_t at = 2 * HEADER, content = 1;
    bool good = size >= at && data[0] == 1 && data[1] == 1 && number(data + 2, 2) != 0 &&
                number(data + 4, 2) == 8 && data[6] == 0 && number(data + HEADER, 2) == 1;

    while (good && content > 0) {
        good = is_record(data, size, at, PARAMS);
        content = good ? number(data + at + 4, 2) : 0;
        if (content > 0)
            buf_add(&list, (const char *)data + at + HEADER, content);
        at += good ? HEADER + content + data[at + 6] : 0;
    }
    good = good && read_list((const uint8_t *)buf_string(&list), list.len);
    now.alone = good && is_record(data, size, at, STDIN) && number(data + at + 4, 2) == 0;
    buf_free(&list);
    return good;
}

/* What the worker calls for each request that it takes. The last one of a run tells it to stop. */
static void answer(const struct site *site, char *const *variables, req_send *send, req_take *take,
                   void *peer)
{
    (void)take;
    fuzz_check(site == site_open());
    if (req_variable(variables, "FUZZ_END") != NULL) {
        now.ended = true;
        raise(SIGTERM);
        return;
    }
    fuzz_check(now.whole && !now.answered);
    now.answered = true;
    /* Before them libfcgi puts the role. */
    for (size_t i = 0; i < now.count; i++)
        fuzz_check(variables[i + 1] != NULL && fuzz_same(variables[i + 1], now.variables[i]));
    fuzz_check(now.count == VARIABLES_MAX || variables[now.count + 1] == NULL);
    now.method = site_answer(variables, send, peer);
}

static int call(const struct sockaddr_un *address, const uint8_t *data, size_t size)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    fuzz_check(connect(fd, (const struct sockaddr *)address, sizeof *address) == 0);
    fuzz_check(send(fd, data, size, 0) == (ssize_t)size);
    shutdown(fd, SHUT_WR);
    return fd;
}

/* Reads what the worker sent; the records of a whole answer hold one that is as it should be. */
static void check_records(int fd, const uint8_t *data)
{
    struct buf records = {0}, bytes = {0};
    char piece[4096];
    ssize_t got = 0;
    size_t at = 0;

    while ((got = read(fd, piece, sizeof piece)) > 0)
        buf_add(&records, piece, (size_t)got);
    close(fd);
    while (at < records.len) {
        const uint8_t *record = (const uint8_t *)records.data + at;
        fuzz_check(records.len - at >= HEADER && record[0] == 1 &&
                   memcmp(record + 2, data + 2, 2) == 0);
        size_t content = number(record + 4, 2);
        if (record[1] == STDOUT)
            buf_add(&bytes, (const char *)record + HEADER, content);
        at += HEADER + content + record[6];
    }
    fuzz_check(at == records.len && (records.len > 0) == now.answered);
    if (now.answered) {
        struct answer sent = answer_check(now.arena, &bytes, now.method);
        site_check(now.arena, &sent);
    }
    buf_free(&records);
    buf_free(&bytes);
}

/* Has a worker serve the connection and then one that ends it. */
static void serve(const uint8_t *data, size_t size)
{
    static const uint8_t last[] = "\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0\1\4\0\1\0\13\0\0\10\1FUZZ_"
                                  "END1\1\4\0\1\0\0\0\0\1\5\0\1\0\0\0";
    static struct sockaddr_un address = {.sun_family = AF_UNIX};
    static int listening = -1;
    sigset_t before, stop;

    if (listening < 0) {
        snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "tolok-fuzz-%ld",
                 (long)getpid());
        listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        fuzz_check(bind(listening, (const struct sockaddr *)&address, sizeof address) == 0 &&
                   listen(listening, 8) == 0);
    }
    int first = call(&address, data, size), second = call(&address, last, sizeof last);
    sigprocmask(SIG_SETMASK, NULL, &before);
    fuzz_check(worker_run(site_open(), listening, answer) == 0);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    fuzz_check(sigtimedwait(&stop, NULL, &(struct timespec){0}) == SIGTERM);
    sigprocmask(SIG_SETMASK, &before, NULL);
    check_records(first, data);
    close(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    now.arena = arena_open();
    now.count = 0;
    now.answered = now.ended = false;
    now.whole = read_head(data, size);
    enum fcgi_head state = fcgi_head(data, size);
    fuzz_check((state == FCGI_HEAD_WHOLE || state == FCGI_HEAD_ALONE) == now.whole);
    fuzz_check(state != FCGI_HEAD_ALONE || now.alone);
    /* What comes first is never judged worse than the whole. */
    for (size_t part = size; part > 0 && state != FCGI_HEAD_BAD; part /= 2)
        fuzz_check(fcgi_head(data, part - 1) != FCGI_HEAD_BAD);
    serve(data, size);
    fuzz_check(now.ended && (now.answered || !now.whole));
    arena_close(now.arena);
    return 0;
}
