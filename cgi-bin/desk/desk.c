#include "desk/desk.h"

#include <string.h>

#include "desk/answer.h"
#include "desk/visit.h"
#include "http/out.h"
#include "http/page.h"

/* An address that only takes forms says so. */
static bool is_act_only(struct req *req)
{
    struct route route = {0};

    return req->refused == 0 && !pages_find(req->arena, req->site->pages, req->path, &route) &&
           answer_takes(req);
}

static void look(struct visit *visit)
{
    struct req *req = visit->req;
    struct route route;

    if (is_act_only(req)) {
        req->allow = "POST";
        out_error(req, 405, NULL);
        return;
    }
    if (!page_find(req, &route))
        return;
    const char **values = arena_alloc(req->arena, page_values(req->page), sizeof *values);
    if (page_inputs(req, &route, values) && page_ask(req, values) && visit_admit(visit))
        page_show(req);
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
