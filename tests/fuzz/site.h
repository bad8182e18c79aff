/* site: the public pages as a program has them open, and a request to it as a worker answers it. */
#ifndef TOLOK_FUZZ_SITE_H
#define TOLOK_FUZZ_SITE_H

#include <sodium.h>

#include "../built.h"
#include "answer.h"
#include "http/page.h"
#include "http/watch.h"

/* With the database of TOLOK_DB, or one that is not there. Opened once and kept. */
static inline const struct site *site_open(void)
{
    static struct site site;
    const char *db = getenv("TOLOK_DB");

    if (site.templates != NULL)
        return &site;
    fuzz_check(sodium_init() >= 0);
    site.config.timeout = 10;
    site.config.requests = 1000;
    site.pages = pages;
    site.share = watch_open(NULL, "fuzz", pages);
    site.db = db_open(db != NULL ? db : "host=/nowhere dbname=x user=x", "fuzz", &site.share->gate);
    site.templates = tpl_load(built("templates"));
    fuzz_check(site.templates != NULL);
    return &site;
}

/* Answers; with `send` and `peer` as in struct req. Returns the method that the request had. */
static inline enum req_method site_answer(char *const *variables, req_send *send, void *peer)
{
    struct req req;

    req_open(&req, site_open(), variables);
    req.send = send;
    req.peer = peer;
    if (!watch_answer(&req))
        page_answer(&req);
    watch_count(&req);
    enum req_method method = req.method;
    req_close(&req);
    return method;
}

/* What no request may bring about: an error of ours, or words of the visitor that mean something in
 * HTML. Inputs hold such words: zx behind a sign of markup. */
static inline void site_check(struct arena *arena, const struct answer *answer)
{
    static const char *const wild[] = {"<zx", "\"zx", "'zx", "=\"javascript:", "=\"data:"};
    const char *body = arena_copy(arena, answer->body, answer->len);

    fuzz_check(answer->status != 500);
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++)
        fuzz_check(strstr(body, wild[i]) == NULL);
    fuzz_check(fuzz_utf8_length(body, answer->len) == answer->len);
}

#endif
