#include "desk/answer.h"

#include <limits.h>
#include <string.h>

#include "base/digest.h"
#include "base/str.h"
#include "desk/act.h"
#include "desk/fields.h"
#include "desk/prove.h"
#include "http/out.h"
#include "safe/secure.h"

/* Seals the token, as it may lie in the outbox until its mail has gone; where no mail goes out
 * there is none. False when that has been answered: a link that can not be sent is not made. */
static bool seal_link(struct act_call *call)
{
    struct req *req = call->visit->req;
    char digest[DIGEST_SIZE];

    if (!config_mails(&req->site->config))
        return true;
    char *sealed = arena_alloc(req->arena, SECRET_SEALED_SIZE, 1);
    digest_hex(digest, call->token, strlen(call->token));
    call->sealed = sealed;
    if (secure_close(&req->site->config, sealed, call->token, SECRET_LINK, digest))
        return true;
    out_error(req, 500, NULL);
    return false;
}

/* The token of a link that an act makes: of a form with a key the same each time it is sent as it
 * was, so that a page that is loaded again shows the link that was made. */
static char *link_token(struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    char *token = act_token(call);

    if (*act_field(call, "key") != '\0')
        secret_link(token, call->visit->token,
                    arena_format(arena, "%s %s", call->path,
                                 fields_json(arena, call->act, &call->form, true)));
    return token;
}

bool answer_link(struct act_call *call, const char *whom)
{
    struct arena *arena = call->visit->req->arena;
    char *token = act_token(call);

    if (*act_field(call, "key") != '\0')
        secret_link(token, call->visit->token,
                    arena_format(arena, "%s %s %s", call->path, act_field(call, "key"), whom));
    call->token = token;
    return seal_link(call);
}

/* What an argument is. */
static const char *argument(const struct act_call *call, const struct act_value *value)
{
    const char *field = value->source == ACT_FIELD || value->source == ACT_NUMBER
                            ? act_field(call, value->name)
                            : "";
    long number = 0;

    switch (value->source) {
    case ACT_PATH: return route_value(&call->route, value->name);
    case ACT_FIELD: return *field != '\0' ? field : NULL;
    case ACT_NUMBER: return str_int(field, 0, INT_MAX, &number) ? field : NULL;
    case ACT_FIELDS: return fields_json(call->visit->req->arena, call->act, &call->form, false);
    case ACT_LANG: return call->visit->req->lang;
    case ACT_MAILS: return config_mails(&call->visit->req->site->config) ? "true" : "false";
    case ACT_TOKEN: return call->token;
    default: return NULL;
    }
}

/* Does an act that is declared. */
static void run_declared(struct act_call *call)
{
    const struct act *act = call->act;
    struct arena *arena = call->visit->req->arena;
    struct act_outcome outcome;
    size_t count = 0;

    for (; act->values[count].source != ACT_NONE; count++) {
        if (act->values[count].source == ACT_TOKEN)
            call->token = link_token(call);
    }
    const char **values = arena_alloc(arena, count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = argument(call, &act->values[i]);
    if (call->token != NULL && !seal_link(call))
        return;
    if (act_do(call, act->function, values, count, &outcome))
        act_finish(call, &outcome);
}

/* Whether what the path takes is of its kind. */
static bool has_good_path(const struct act_call *call)
{
    const struct param *param = call->act->params;

    for (; param != NULL && param->name != NULL; param++) {
        const char *value = route_value(&call->route, param->name);
        if (value == NULL || !param_fits(param, value))
            return false;
    }
    return true;
}

static void run(struct act_call *call)
{
    if (call->act->run != NULL)
        call->act->run(call);
    else
        run_declared(call);
}

static const struct act *find_act(struct req *req, const char *path, struct route *route)
{
    for (const struct act *act = acts; act->path != NULL; act++) {
        *route = (struct route){0};
        if (route_fits(req->arena, act->path, path, route))
            return act;
    }
    return NULL;
}

const char *answer_page(struct visit *visit)
{
    struct act_call call = {.visit = visit};

    call.act = find_act(visit->req, visit->req->path, &call.route);
    if (call.act == NULL || !has_good_path(&call))
        return NULL;
    act_page(&call, call.act->page);
    return act_path(&call, call.page->path, NULL);
}

bool answer_knows(struct req *req, const char *path)
{
    struct act_call call = {0};

    call.act = find_act(req, path, &call.route);
    return strncmp(path, "/meja/", 6) == 0 && call.act != NULL && has_good_path(&call);
}

void answer_act(struct visit *visit)
{
    struct req *req = visit->req;
    struct act_call call = {.visit = visit};
    struct route route;

    visit->call = &call;
    call.act = find_act(req, req->path, &call.route);
    if (call.act == NULL || !has_good_path(&call)) {
        out_error(req, pages_find(req->arena, req->site->pages, req->path, &route) ? 405 : 404,
                  NULL);
        return;
    }
    call.path = req->path;
    act_page(&call, call.act->page);
    req->path = act_path(&call, call.page->path, NULL);
    req->query = "";
    int status = fields_read(req, call.act, &call.form);
    bool ours = status == 0 && visit_is_ours(visit, act_field(&call, "form"));
    /* Who has signed in in another tab has another session than the page that keeps the form. */
    if (status == 0 && !ours && visit_is_near(visit) && act_step(&call, "resume"))
        return;
    if (status == 0 && !ours && call.page->door == PAGE_SIGNED_IN &&
        strchr(call.act->fields, '@') == NULL && visit_is_near(visit))
        act_resume(&call);
    else if (!ours)
        out_error(req, status != 0 ? status : 403, NULL);
    else if (*act_field(&call, "proof") == '\0' || prove_take(&call))
        run(&call);
}
