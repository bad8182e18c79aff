#include "desk/act.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "desk/fields.h"
#include "desk/prove.h"
#include "exchange/json_text.h"
#include "http/out.h"
#include "http/param.h"
#include "safe/secure.h"

enum { LATE_SECONDS = 5 };

const char *act_field(const struct act_call *call, const char *name)
{
    const char *value = form_value(&call->form, name);

    return value != NULL ? value : "";
}

bool act_is_late(struct act_call *call)
{
    struct req *req = call->visit->req;
    const char *sent = req_variable(
        req->variables, "TOLOK_SENT"); /* when the web server passed it on: "1763800000.123" */
    long then = 0;

    if (sent == NULL ||
        !str_int(arena_copy(req->arena, sent, strcspn(sent, ".")), 0, LONG_MAX, &then) ||
        time(NULL) - then <= LATE_SECONDS)
        return false;
    log_event(LOG_WARN, "line_is_long", NULL, NULL);
    out_error(req, 503, NULL);
    return true;
}

char *act_token(struct act_call *call)
{
    char *token = arena_alloc(call->visit->req->arena, SECRET_TOKEN_SIZE, 1);

    secret_token(token);
    return token;
}

/* The token as it may lie in the outbox until its mail has gone; NULL when no mail goes out. */
static const char *seal_link(const struct act_call *call)
{
    const struct req *req = call->visit->req;
    unsigned char lock[SECRET_LOCK_BYTES];
    char *sealed = NULL;

    if (config_mails(&req->site->config) && secure_seal(&req->site->config, lock)) {
        sealed = arena_alloc(req->arena, SECRET_SEALED_SIZE, 1);
        secret_seal(sealed, call->token, lock);
        secret_wipe(lock, sizeof lock);
    }
    return sealed;
}

bool act_is(const struct act_outcome *outcome, const char *word)
{
    return strcmp(outcome->word, word) == 0;
}

static void clear(void *result)
{
    PQclear(result);
}

const PGresult *act_ask(struct act_call *call, const char *function, const char *const *values,
                        size_t count, bool again)
{
    struct req *req = call->visit->req;
    static const char *const none[] = {NULL};
    const char *link[] = {call->token, call->sealed};
    struct db_query queries[] = {
        visit_enter(call->visit),
        {.function = function, .values = values != NULL ? values : none, .value_count = count},
        {.function = "act.mail_link", .values = link, .value_count = 2}};

    req_enter(req, REQ_QUERY);
    enum db_outcome outcome = db_write(req->site->db, queries, call->sealed != NULL ? 3 : 2, again);
    if (outcome != DB_OK) {
        page_fail(req, outcome);
        return NULL;
    }
    PQclear(queries[0].result);
    PQclear(queries[2].result);
    arena_defer(req->arena, clear, queries[1].result);
    return queries[1].result;
}

static bool read_outcome(const PGresult *result, struct act_outcome *outcome)
{
    const char *word = page_result(result, 0, "outcome");

    *outcome = (struct act_outcome){
        word != NULL ? word : "", page_result(result, 0, "id"), page_result(result, 0, "n"),
        page_result(result, 0, "row_version"), page_result(result, 0, "faults")};
    return word != NULL;
}

bool act_do(struct act_call *call, const char *function, const char *const *values, size_t count,
            struct act_outcome *outcome)
{
    const PGresult *result =
        act_ask(call, function, values, count, strcmp(act_field(call, "key"), "") != 0);

    if (result == NULL)
        return false;
    if (!read_outcome(result, outcome)) {
        log_event(LOG_ERROR, "no_outcome", "function", function);
        out_error(call->visit->req, 500, NULL);
        return false;
    }
    return true;
}

static void add_number(struct buf *out, const char *name, const char *value)
{
    if (value != NULL)
        buf_format(out, ",\"%s\":%s", name, value);
}

static const char *answer_json(struct arena *arena, const struct act_outcome *outcome)
{
    struct buf out = {0};

    buf_text(&out, "{\"outcome\":");
    json_text(&out, outcome->word);
    add_number(&out, "id", outcome->id);
    add_number(&out, "n", outcome->n);
    add_number(&out, "row_version", outcome->row_version);
    add_number(&out, "faults", outcome->faults);
    buf_char(&out, '}');
    const char *text = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    return text;
}

/* The page with what was sent and said, for whoever may see it; after a `done` without asking once
 * more, as he may be another one now. */
static void show_page(struct act_call *call, int status, const struct act_outcome *outcome)
{
    struct req *req = call->visit->req;
    size_t count = page_values(call->page);

    call->values[count - 2] = fields_json(call, true);
    call->values[count - 1] = answer_json(req->arena, outcome);
    req->shown = status;
    if (page_ask(req, call->values) && (act_is(outcome, "done") || visit_admit(call->visit)))
        page_show(req);
}

void act_again(struct act_call *call, int status, const struct act_outcome *outcome)
{
    if (call->page->form)
        show_page(call, status, outcome);
    else
        out_error(call->visit->req, 409, NULL);
}

/* The address of a pattern, with what the outcome or the act's own path has for its names. */
static const char *fill_path(const struct act_call *call, const char *pattern,
                             const struct act_outcome *outcome)
{
    struct arena *arena = call->visit->req->arena;
    struct buf out = {0};

    while (*pattern != '\0') {
        size_t len = strcspn(pattern + 1, "/") + 1;
        const char *name = arena_copy(arena, pattern + 1, len - 1);
        const char *value = NULL;
        if (outcome != NULL && strcmp(name, ":id") == 0)
            value = outcome->id;
        else if (outcome != NULL && strcmp(name, ":n") == 0)
            value = outcome->n;
        if (*name == ':' && value == NULL)
            value = route_value(&call->route, name + 1);
        buf_format(&out, "/%s", value != NULL ? value : name);
        pattern += len;
    }
    const char *path = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    return path;
}

void act_finish(struct act_call *call, const struct act_outcome *outcome)
{
    bool conflict =
        act_is(outcome, "conflict") || act_is(outcome, "state") || act_is(outcome, "key_used");

    if (act_is(outcome, "done") && call->act->then == NULL)
        act_again(call, 200, outcome);
    else if (act_is(outcome, "done"))
        visit_go(call->visit, fill_path(call, call->act->then, outcome));
    else if (act_is(outcome, "signed_out"))
        visit_sign_in(call->visit, call->visit->req->path);
    else if (act_is(outcome, "unproved"))
        prove_ask(call, outcome);
    else if (act_is(outcome, "forbidden"))
        out_error(call->visit->req, 404, NULL);
    else
        act_again(call, conflict ? 409 : 422, outcome);
}

/* What an argument is. */
static const char *argument(struct act_call *call, const struct act_value *value)
{
    const char *field = value->source == ACT_FIELD || value->source == ACT_NUMBER
                            ? act_field(call, value->name)
                            : "";
    long number = 0;

    switch (value->source) {
    case ACT_PATH: return route_value(&call->route, value->name);
    case ACT_FIELD: return *field != '\0' ? field : NULL;
    case ACT_NUMBER: return str_int(field, 0, INT_MAX, &number) ? field : NULL;
    case ACT_FIELDS: return fields_json(call, false);
    case ACT_LANG: return call->visit->req->lang;
    case ACT_MAILS: return config_mails(&call->visit->req->site->config) ? "true" : "false";
    case ACT_TOKEN: return call->token = act_token(call);
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

    while (act->values[count].source != ACT_NONE)
        count++;
    const char **values = arena_alloc(arena, count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = argument(call, &act->values[i]);
    if (call->token != NULL)
        call->sealed = seal_link(call);
    if (act_do(call, act->function, values, count, &outcome))
        act_finish(call, &outcome);
}

/* With the values of the page before anything is sent: its parameters as far as the act's path has
 * them. */
void act_page(struct act_call *call, const char *name)
{
    struct req *req = call->visit->req;
    const struct page *page = req->site->pages;

    while (page->name != NULL && strcmp(page->name, name) != 0)
        page++;
    call->page = req->page = page;
    req->scope.page = page->name;
    call->values = arena_alloc(req->arena, page_values(page), sizeof *call->values);
    call->values[0] = req->lang;
    for (size_t i = 0; page->params[i].name != NULL; i++) {
        const char *value = route_value(&call->route, page->params[i].name);
        call->values[i + 1] = value != NULL ? value : page->params[i].standard;
    }
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

static const struct act *find_act(struct req *req, struct route *route)
{
    for (const struct act *act = acts; act->path != NULL; act++) {
        *route = (struct route){0};
        if (route_fits(req->arena, act->path, req->path, route))
            return act;
    }
    return NULL;
}

void act_answer(struct visit *visit)
{
    struct req *req = visit->req;
    struct act_call call = {.visit = visit};
    struct route route;

    visit->call = &call;
    call.act = find_act(req, &call.route);
    if (call.act == NULL || !has_good_path(&call)) {
        out_error(req, route_find(req->arena, req->site->pages, req->path, &route) ? 405 : 404,
                  NULL);
        return;
    }
    call.path = req->path;
    act_page(&call, call.act->page);
    req->path = fill_path(&call, call.page->path, NULL);
    req->query = "";
    int status = fields_read(&call);
    if (status == 0 && !visit_is_ours(visit, act_field(&call, "form")))
        status = 403;
    if (status != 0)
        out_error(req, status, NULL);
    else if (*act_field(&call, "proof") == '\0' || prove_take(&call))
        run(&call);
}
