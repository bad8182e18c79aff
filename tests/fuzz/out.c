/* out: the matching of If-None-Match against a reading sign by sign; and whatever is sent, the head
 * is only ours. Lines: If-None-Match, an entity tag, a method, a status, the place of a redirect;
 * the rest is a body. */
#include "http/out.h"

#include <sodium.h>

#include "../built.h"
#include "answer.h"
#include "base/str.h"

/* Goes through the header one sign at a time: a list of tags in quotes, each perhaps after W/,
 * between commas and blanks. What is anything else ends it. */
static bool slow_matches(struct arena *arena, const char *header, const char *etag)
{
    enum { BETWEEN, WEAK, INSIDE } state = BETWEEN;
    const char *start = NULL;

    while (*header == ' ' || *header == '\t')
        header++;
    if (strcmp(header, "*") == 0)
        return true;
    for (; *header != '\0'; header++) {
        if (state == INSIDE) {
            if (*header != '"')
                continue;
            if (fuzz_same(arena_copy(arena, start, (size_t)(header - start) + 1), etag))
                return true;
            state = BETWEEN;
        } else if (*header == '"') {
            start = header;
            state = INSIDE;
        } else if (state == BETWEEN && *header == 'W' && header[1] == '/') {
            header++;
            state = WEAK;
        } else if (state == WEAK || strchr(" \t,", *header) == NULL) {
            return false;
        }
    }
    return false;
}

/* A request like those that reach out. */
static void open_request(struct arena *arena, struct req *req, const struct site *site,
                         const char *method, const char *if_none_match, bool gzip)
{
    char *variables[] = {arena_format(arena, "REQUEST_METHOD=%s", method),
                         arena_format(arena, "HTTP_IF_NONE_MATCH=%s", if_none_match),
                         arena_copy(arena, "HTTP_ACCEPT_ENCODING=gzip", gzip ? 25 : 21), NULL};

    req_open(req, site, variables);
    req->send = answer_collect;
}

struct parts {
    const char *if_none_match, *method, *location, *status, *body;
};

static void check_redirect(struct arena *arena, const struct site *site, const struct parts *parts)
{
    struct buf bytes = {0};
    struct req req;

    open_request(arena, &req, site, parts->method, parts->if_none_match, false);
    req.peer = &bytes;
    int status = (int)(strtol(parts->status, NULL, 10) % 600);
    bool good =
        (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
        str_is_local_path(parts->location);
    out_redirect(&req, status, parts->location, 60);
    struct answer answer = answer_check(arena, &bytes, req.method);
    fuzz_check(answer.status == (good ? status : 500));
    if (good)
        fuzz_check(fuzz_same(answer_header(arena, &answer, "Location"), parts->location));
    req_close(&req);
    buf_free(&bytes);
}

/* A page is sent, and not sent to who has it. Returns its tag. */
static const char *check_page(struct arena *arena, const struct site *site,
                              const struct parts *parts, bool gzip)
{
    struct buf bytes = {0}, body = {0};
    struct req req;

    buf_text(&body, parts->body);
    open_request(arena, &req, site, parts->method, parts->if_none_match, gzip);
    req.peer = &bytes;
    out_page(&req, 200, 60, &body);
    struct answer answer = answer_check(arena, &bytes, req.method);
    const char *etag = answer_header(arena, &answer, "ETag");
    fuzz_check(etag != NULL && answer_header(arena, &answer, "Vary") != NULL);
    fuzz_check(answer.status == (slow_matches(arena, parts->if_none_match, etag) ? 304 : 200));
    if (answer.status == 200 && req.method != REQ_HEAD)
        fuzz_check(answer.len == body.len && memcmp(answer.body, buf_string(&body), body.len) == 0);
    fuzz_check(gzip || answer_header(arena, &answer, "Content-Encoding") == NULL);
    req_close(&req);
    buf_clear(&bytes);
    open_request(arena, &req, site, parts->method, arena_format(arena, "\"x\", W/%s", etag), gzip);
    req.peer = &bytes;
    out_page(&req, 200, 60, &body);
    fuzz_check(answer_check(arena, &bytes, req.method).status == 304);
    req_close(&req);
    buf_free(&bytes);
    buf_free(&body);
    return etag;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct site site;
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    struct parts parts = {0};

    if (site.templates == NULL)
        site.templates = tpl_load(built("unit-templates"));
    fuzz_check(site.templates != NULL && sodium_init() >= 0);
    parts.if_none_match = fuzz_line(arena, &input);
    const char *etag = fuzz_line(arena, &input);
    fuzz_check(out_matches(parts.if_none_match, etag) ==
               slow_matches(arena, parts.if_none_match, etag));
    parts.method = fuzz_line(arena, &input);
    parts.status = fuzz_line(arena, &input);
    parts.location = fuzz_line(arena, &input);
    parts.body = fuzz_rest(arena, &input);
    check_redirect(arena, &site, &parts);
    const char *plain = check_page(arena, &site, &parts, false);
    const char *packed = check_page(arena, &site, &parts, true);
    fuzz_check(fuzz_same(plain, packed) == (strlen(parts.body) < 500));
    arena_close(arena);
    return 0;
}
