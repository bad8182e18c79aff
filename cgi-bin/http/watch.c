#include "http/watch.h"

#include <string.h>

#include "http/out.h"
#include "http/page.h"
#include "http/pages.h"
#include "http/param.h"
#include "http/watch_metrics.h"

static const char plain[] = "text/plain; charset=utf-8";

static void send_health(struct req *req)
{
    struct buf text = {0};

    buf_text(&text, "ok\n");
    out_text(req, 200, plain, &text);
    buf_free(&text);
}

/* Only what keeps pages from being answered makes a program unready. That nothing has been
 * published yet does not: the pages say so themselves. */
static void send_ready(struct req *req)
{
    struct buf text = {0}, own = {0};
    const char *culprit = NULL;

    req_enter(req, REQ_QUERY);
    enum db_outcome outcome = db_check(req->site->db, &culprit);
    if (outcome == DB_OK && req->site->unready != NULL)
        req->site->unready(req->site, &own);
    bool ready = outcome == DB_OK && own.len == 0;
    buf_text(&text, ready ? "ready\n" : "not ready\n");
    buf_add(&text, own.data, own.len);
    if (outcome == DB_UNAVAILABLE)
        buf_text(&text, "database: can not be reached\n");
    else if (outcome == DB_TIMEOUT)
        buf_text(&text, "database: does not answer in time\n");
    else if (outcome == DB_FAILED)
        buf_format(&text, "schema: %s does not fit this program\n",
                   culprit != NULL ? culprit : "something");
    if (share_is_alone())
        buf_text(
            &text,
            "degraded: this worker counts alone, its figures are not in those of the others\n");
    out_text(req, ready ? 200 : 503, plain, &text);
    buf_free(&text);
    buf_free(&own);
}

static void send_metrics(struct req *req)
{
    struct buf text = {0};

    metrics_text(&text, req->site);
    out_text(req, 200, "text/plain; version=0.0.4; charset=utf-8", &text);
    buf_free(&text);
}

static const struct view {
    const char *path;
    void (*send)(struct req *);
} views[] = {{"/healthz", send_health}, {"/readyz", send_ready}, {"/metrics", send_metrics}};

/* The view that a request means; NULL when it means none. */
static const struct view *find_view(const struct req *req)
{
    for (size_t i = 0; i < sizeof views / sizeof *views && req->watch && req->refused == 0; i++) {
        if (strcmp(req->asked, views[i].path) == 0)
            return &views[i];
    }
    return NULL;
}

struct share *watch_open(const char *run, const char *program, const struct page *table)
{
    struct buf path = {0}, layout = {0};

    if (run != NULL)
        buf_format(&path, "%s/%s.share", run, program);
    metrics_layout(&layout, table);
    struct share *share = share_open(path.data, layout.data, metrics_pages(table));
    buf_free(&path);
    buf_free(&layout);
    return share;
}

bool watch_answer(struct req *req)
{
    const struct view *view = find_view(req);

    if (view != NULL)
        view->send(req);
    return view != NULL;
}

void watch_count(const struct req *req)
{
    if (find_view(req) == NULL)
        metrics_count(req);
}
