#include "desk/desk.h"

#include <string.h>

#include "desk/answer.h"
#include "desk/visit.h"
#include "http/out.h"
#include "http/page.h"
#include "safe/secure.h"
#include "tpl/doc.h"

static void look(struct visit *visit)
{
    struct req *req = visit->req;
    struct route route = {0};

    /* A page that a form's answer was shown at, and is loaded again: to where the form is. */
    if (req->refused == 0 && !pages_find(req->arena, req->site->pages, req->path, &route)) {
        const char *path = answer_page(visit);
        if (path != NULL) {
            visit_go(visit, path);
            return;
        }
    }
    if (!page_find(req, &route))
        return;
    const char **values = arena_alloc(req->arena, page_values(req->page), sizeof *values);
    if (page_inputs(req, &route, values) && page_ask(req, values) && visit_admit(visit))
        page_show(req);
}

void fill_sent(struct req *req)
{
    long days = req->site->config.answer_days;

    doc_add_text(req->arena, req->document, "answer_days",
                 days > 0 ? arena_format(req->arena, "%ld", days) : NULL);
}

void fill_opened(struct req *req)
{
    const char *win = doc_text(req->document, "opens");
    struct db_query queries[] = {{.function = "act.enter"},
                                 {.function = "act.win_open", .values = &win, .value_count = 1}};

    if (win == NULL || req->enter == NULL)
        return;
    queries[0].values = req->enter->values;
    queries[0].value_count = req->enter->value_count;
    if (db_write(req->site->db, queries, 2, true) != DB_OK)
        return;
    PQclear(queries[0].result);
    PQclear(queries[1].result);
}

/* Every act waits for the head of the trail, which somebody may hold who was stopped. */
static void look_at_trail(const struct site *site, struct buf *lines)
{
    struct db_query query = {.function = "act.trail_free"};

    if (db_write(site->db, &query, 1, true) == DB_OK &&
        strcmp(db_value(query.result, "free"), "f") == 0)
        buf_text(lines, "trail: its head has been locked for 2 seconds, nobody can do anything\n");
    PQclear(query.result);
}

void desk_unready(const struct site *site, struct buf *lines)
{
    struct db_query query = {.function = "act.sealed_any"};
    unsigned char lock[SECRET_LOCK_BYTES];

    /* An instance in which nothing lies sealed gets its key at the end of its start. */
    if (!secure_has_seal(&site->config)) {
        if (db_read(site->db, &query, 1, NULL, 0) == DB_OK &&
            strcmp(db_value(query.result, "sealed_any"), "t") == 0)
            buf_text(lines, "key: seal.key is missing, nobody can sign in with a code\n");
        PQclear(query.result);
    } else if (!secure_seal(&site->config, lock)) {
        buf_text(lines, "key: seal.key can not be read, nobody can sign in with a code\n");
    }
    secret_wipe(lock, sizeof lock);
    look_at_trail(site, lines);
}

void desk_answer(struct req *req)
{
    struct visit *visit = visit_open(req);

    /* What an invitation's address holds opens an account, also when the address is misspelt. */
    if (req->asked != NULL && strcasestr(req->asked, "undangan/") != NULL)
        req->logged = "/undangan/...";
    if (req->refused == 0 && req->method == REQ_POST)
        answer_act(visit);
    else
        look(visit);
}
