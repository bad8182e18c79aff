#include "desk/act.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "desk/fields.h"
#include "exchange/json_text.h"
#include "http/out.h"
#include "safe/secret.h"

enum { LATE_SECONDS = 5 };

const char *act_field(const struct act_call *call, const char *name)
{
    const char *value = form_value(&call->form, name);

    return value != NULL ? value : "";
}

bool act_is_late(struct act_call *call)
{
    struct req *req = call->visit->req;
    /* When the web server passed it on: "1763800000.123". */
    const char *sent = req_variable(req->variables, "TOLOK_SENT");
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
    if (outcome == DB_ENOUGH) {
        act_again(call, 429, &(const struct act_outcome){.word = "enough"});
        return NULL;
    }
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
    const char *word = db_value(result, "outcome");

    *outcome = (struct act_outcome){
        word != NULL ? word : "", db_value(result, "id"), db_value(result, "n"),
        db_value(result, "row_version"), db_value(result, "faults")};
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

/* The page with what was sent and said, if the visitor may see it; after a `done` that is not asked
 * once more, as the act may have changed who they are. */
static void show_page(struct act_call *call, int status, const struct act_outcome *outcome)
{
    struct req *req = call->visit->req;
    size_t count = page_values(call->page);

    call->values[count - 2] =
        call->sent != NULL ? call->sent : fields_json(req->arena, call->act, &call->form, true);
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

const char *act_path(const struct act_call *call, const char *pattern,
                     const struct act_outcome *outcome)
{
    struct arena *arena = call->visit->req->arena;
    struct buf out = {0};

    while (*pattern != '\0') {
        size_t plain = strcspn(pattern, ":");
        buf_add(&out, pattern, plain);
        pattern += plain;
        size_t len = strspn(pattern, ":abcdefghijklmnopqrstuvwxyz");
        if (len == 0)
            continue;
        const char *name = arena_copy(arena, pattern, len);
        const char *value = NULL;
        if (outcome != NULL && strcmp(name, ":id") == 0)
            value = outcome->id;
        else if (outcome != NULL && strcmp(name, ":n") == 0)
            value = outcome->n;
        if (value == NULL)
            value = route_value(&call->route, name + 1);
        buf_text(&out, value != NULL ? value : name);
        pattern += len;
    }
    const char *path = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    return path;
}

/* The page that asks for a proof, in the place of the act's answer; its form goes on to the act
 * with all that was typed. */
static void ask_for_proof(struct act_call *call, const struct act_outcome *outcome)
{
    act_page(call, "prove");
    act_again(call, 403, outcome);
}

/* What the act was sent, under the names by which it goes along. */
static const char *kept_json(const struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    struct buf out = {0};

    buf_text(&out, "{\"to\":");
    json_text(&out, call->path);
    for (size_t i = 0; i < call->form.count; i++) {
        const struct form_field *field = &call->form.fields[i];
        if (!fields_shown(call->act, field) || strcmp(field->name, "form") == 0)
            continue;
        buf_format(&out, ",\"k_%s\":", field->name);
        json_text(&out, field->value);
    }
    buf_char(&out, '}');
    const char *text = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    return text;
}

void act_resume(struct act_call *call)
{
    const struct act_outcome outcome = {.word = "ended"};

    /* A file is chosen anew. */
    if (strchr(call->act->fields, '@') != NULL || !call->page->form ||
        call->page->door != PAGE_SIGNED_IN) {
        visit_sign_in(call->visit, call->visit->req->path);
        return;
    }
    call->sent = kept_json(call);
    act_page(call, "resume");
    act_again(call, 403, &outcome);
}

void act_finish(struct act_call *call, const struct act_outcome *outcome)
{
    bool conflict =
        act_is(outcome, "conflict") || act_is(outcome, "state") || act_is(outcome, "key_used");

    if (act_is(outcome, "done") && call->act->then == NULL)
        act_again(call, 200, outcome);
    else if (act_is(outcome, "done"))
        visit_go(call->visit, act_path(call, call->act->then, outcome));
    else if (act_is(outcome, "signed_out"))
        act_resume(call);
    else if (act_is(outcome, "unproved"))
        ask_for_proof(call, outcome);
    else if (act_is(outcome, "forbidden"))
        out_error(call->visit->req, 404, NULL);
    else
        act_again(call, conflict ? 409 : act_is(outcome, "quota") ? 429 : 422, outcome);
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

bool act_step(struct act_call *call, const char *name)
{
    const struct act_outcome outcome = {.word = "done"};

    if (*act_field(call, "to") == '\0')
        return false;
    act_page(call, name);
    act_again(call, 200, &outcome);
    return true;
}
