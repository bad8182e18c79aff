#include "http/req.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "tpl/lang.h"

enum { BODY_MAX = 1024 * 1024, PATH_MAX_BYTES = 1024, QUERY_MAX_BYTES = 4096, ID_BYTES = 16 };

static const char *const phase_names[REQ_PHASE_MAX] = {[REQ_PARSE] = "parse",
                                                       [REQ_QUERY] = "query",
                                                       [REQ_FILL] = "fill",
                                                       [REQ_RENDER] = "render",
                                                       [REQ_SEND] = "send"};

const char *req_variable(char *const *variables, const char *name)
{
    size_t length = strlen(name);

    for (; *variables != NULL; variables++) {
        if (strncmp(*variables, name, length) == 0 && (*variables)[length] == '=')
            return *variables + length + 1;
    }
    return NULL;
}

/* The web server gives each request an id, so that its log and ours can be joined; by hand there is
 * none. */
static const char *request_id(struct req *req, const char *given)
{
    enum { HEX_SIZE = ID_BYTES * 2 + 1 };

    if (given != NULL && strlen(given) == HEX_SIZE - 1 &&
        strspn(given, "0123456789abcdef") == HEX_SIZE - 1)
        return given;
    unsigned char random[ID_BYTES];
    char *id = arena_alloc(req->arena, HEX_SIZE, 1);
    randombytes_buf(random, sizeof random);
    return sodium_bin2hex(id, HEX_SIZE, random, sizeof random);
}

static enum req_method method(const char *name)
{
    if (strcmp(name, "GET") == 0)
        return REQ_GET;
    if (strcmp(name, "POST") == 0)
        return REQ_POST;
    return strcmp(name, "HEAD") == 0 ? REQ_HEAD : REQ_OTHER;
}

static bool is_set(const char *value)
{
    return value != NULL && strcmp(value, "1") == 0;
}

/* 0, or the status that a body of the announced length deserves. */
static int check_length(const char *given, long max, long *length)
{
    if (given == NULL || *given == '\0')
        return 0;
    if (*given == '-' || strspn(given, "0123456789") != strlen(given))
        return 400;
    return str_int(given, 0, max, length) ? 0 : *given == '0' ? 400 : 413;
}

/* The same of an address. */
static int check_address(const char *path, const char *query)
{
    if (strlen(path) > PATH_MAX_BYTES || strlen(query) > QUERY_MAX_BYTES)
        return 414;
    return *path == '/' && str_is_text(path, PATH_MAX_BYTES) ? 0 : 400;
}

static const char *or_empty(const char *value)
{
    return value != NULL ? value : "";
}

void req_open(struct req *req, const struct site *site, char *const *variables)
{
    const char *path = or_empty(req_variable(variables, "PATH_INFO"));
    const char *name = req_variable(variables, "REQUEST_METHOD");

    *req = (struct req){.site = site,
                        .variables = variables,
                        .arena = arena_open(),
                        .made = time(NULL),
                        .phase_start = clock_us()};
    req->scope.request_id = request_id(req, req_variable(variables, "REQUEST_ID"));
    req->scope.phase = phase_names[REQ_PARSE];
    log_within(&req->scope);
    req->method_name = name != NULL ? name : "GET";
    req->method = method(req->method_name);
    req->asked = *path != '\0' ? path : "/";
    req->query = or_empty(req_variable(variables, "QUERY_STRING"));
    req->if_none_match = req_variable(variables, "HTTP_IF_NONE_MATCH");
    req->watch = is_set(req_variable(variables, "TOLOK_WATCH"));
    /* Content negotiation is the web server's, which hands on this word or none. */
    req->gzip = strcmp(or_empty(req_variable(variables, "HTTP_ACCEPT_ENCODING")), "gzip") == 0;
    req->accel = is_set(req_variable(variables, "TOLOK_ACCEL"));
    if (req->method == REQ_OTHER || (req->method == REQ_POST && site->body_max == 0))
        req->refused = 405;
    else
        req->refused =
            check_length(req_variable(variables, "CONTENT_LENGTH"),
                         site->body_max > BODY_MAX ? site->body_max : BODY_MAX, &req->length);
    int fault = check_address(req->asked, req->query);
    if (fault != 0) {
        req->refused = fault;
        req->asked = "/";
    }
    req->lang = lang_of(req->asked, &req->path);
}

bool req_body(struct req *req, struct buf *body)
{
    size_t left = (size_t)req->length;

    buf_reserve(body, left);
    while (left > 0) {
        char bytes[16384];
        size_t got = req->take != NULL
                         ? req->take(req->peer, bytes, left < sizeof bytes ? left : sizeof bytes)
                         : 0;
        if (got == 0)
            return false;
        buf_add(body, bytes, got);
        left -= got;
    }
    return true;
}

void req_enter(struct req *req, enum req_phase phase)
{
    long now = clock_us();

    req->phase_us[req->phase] += now - req->phase_start;
    req->phase_start = now;
    req->phase = phase;
    req->scope.phase = phase_names[phase];
}

static void log_request(const struct req *req)
{
    struct log_line line = log_open(req->status >= 500 ? LOG_ERROR : LOG_INFO, "request");
    long total = 0;

    log_text(&line, "method", req->method_name);
    log_text(&line, "path", req->logged != NULL ? req->logged : req->asked);
    log_int(&line, "status", req->status);
    log_int(&line, "bytes", (long)req->bytes);
    for (int i = 0; i < REQ_PHASE_MAX; i++) {
        char key[16];
        snprintf(key, sizeof key, "%s_ms", phase_names[i]);
        log_ms(&line, key, req->phase_us[i]);
        total += req->phase_us[i];
    }
    log_ms(&line, "ms", total);
    log_close(&line);
}

void req_close(struct req *req)
{
    req_enter(req, req->phase);
    req->scope.phase = NULL;
    log_request(req);
    log_within(NULL);
    arena_close(req->arena);
    *req = (struct req){0};
}
