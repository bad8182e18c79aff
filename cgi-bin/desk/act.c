#include "act.h"

#include <string.h>

#include "../lib/json_text.h"
#include "../lib/out.h"
#include "../lib/param.h"
#include "../lib/secure.h"

enum { FIELD_LIST = 1, FIELD_SECRET = 2, FIELD_FILE = 4 };

/* One declared field after another: moves *fields on; false at the end. */
static bool next_field(const char **fields, const char **name, size_t *len, int *marks)
{
    *fields += strspn(*fields, " ");
    *name = *fields;
    *len = strcspn(*fields, " []!@");
    *marks = 0;
    for (*fields += *len; **fields != '\0' && **fields != ' '; ++*fields)
        *marks |= **fields == '[' ? FIELD_LIST : **fields == '!' ? FIELD_SECRET : **fields == '@' ? FIELD_FILE : 0;
    return *len > 0;
}

static bool is_named(const char *text, const char *name, size_t len)
{
    return strlen(text) == len && memcmp(text, name, len) == 0;
}

const char *act_field(const struct act_call *call, const char *name)
{
    const char *value = form_value(&call->form, name);

    return value != NULL ? value : "";
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

static bool is_argument(const struct act *act, const char *name, size_t len)
{
    for (const struct act_value *value = act->values; value != NULL && value->source != ACT_NONE; value++) {
        if (value->source == ACT_FIELD && is_named(value->name, name, len))
            return true;
    }
    return false;
}

/* The values that were sent for a field, as JSON: a text, or of a list an array; nothing when there is none. */
static void add_json(struct buf *out, const struct act_call *call, const char *name, size_t len, bool list)
{
    size_t found = 0;

    for (size_t i = 0; i < call->form.count; i++) {
        const struct form_field *field = &call->form.fields[i];
        if (field->is_file || !is_named(field->name, name, len))
            continue;
        if (found++ == 0)
            buf_format(out, "%s\"%.*s\":%s", out->len > 1 ? "," : "", (int)len, name, list ? "[" : "");
        else
            buf_char(out, ',');
        json_text(out, field->value);
    }
    if (found > 0 && list)
        buf_char(out, ']');
}

/* The fields as one object: those that are no argument of their own, or all that may be shown again. */
static const char *fields_json(const struct act_call *call, bool again)
{
    const char *fields = call->act->fields, *name = NULL;
    struct buf out = {0};
    size_t len = 0;
    int marks = 0;

    buf_char(&out, '{');
    while (next_field(&fields, &name, &len, &marks)) {
        if (again ? (marks & FIELD_SECRET) == 0 : !is_argument(call->act, name, len))
            add_json(&out, call, name, len, (marks & FIELD_LIST) != 0);
    }
    buf_char(&out, '}');
    const char *text = arena_copy(call->visit->req->arena, out.data, out.len);
    buf_free(&out);
    return text;
}

static void clear(void *result)
{
    PQclear(result);
}

const PGresult *act_ask(struct act_call *call, const char *function, const char *const *values, size_t count, bool again)
{
    struct req *req = call->visit->req;
    static const char *const none[] = {NULL};
    const char *link[] = {call->token, call->sealed};
    struct db_query queries[] = {visit_enter(call->visit),
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

    *outcome = (struct act_outcome){word != NULL ? word : "", page_result(result, 0, "id"), page_result(result, 0, "n"),
                                    page_result(result, 0, "row_version"), page_result(result, 0, "faults")};
    return word != NULL;
}

bool act_do(struct act_call *call, const char *function, const char *const *values, size_t count, struct act_outcome *outcome)
{
    const PGresult *result = act_ask(call, function, values, count, strcmp(act_field(call, "key"), "") != 0);

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

/* The page with what was sent and said, for whoever may see it; after a `done` without asking once more, as he may be another one now. */
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
static const char *fill_path(const struct act_call *call, const char *pattern, const struct act_outcome *outcome)
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
    bool conflict = act_is(outcome, "conflict") || act_is(outcome, "state") || act_is(outcome, "key_used");

    if (act_is(outcome, "done") && call->act->then == NULL)
        act_again(call, 200, outcome);
    else if (act_is(outcome, "done"))
        visit_go(call->visit, fill_path(call, call->act->then, outcome));
    else if (act_is(outcome, "signed_out"))
        visit_sign_in(call->visit, call->visit->req->path);
    else if (act_is(outcome, "forbidden"))
        out_error(call->visit->req, 404, NULL);
    else
        act_again(call, conflict ? 409 : 422, outcome);
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
    for (size_t i = 0; i < count; i++) {
        const char *name = act->values[i].name;
        if (act->values[i].source == ACT_PATH)
            values[i] = route_value(&call->route, name);
        else if (act->values[i].source == ACT_LANG)
            values[i] = call->visit->req->lang;
        else if (act->values[i].source == ACT_TOKEN)
            values[i] = call->token = act_token(call);
        else if (act->values[i].source == ACT_FIELDS)
            values[i] = fields_json(call, false);
        else if (*act_field(call, name) != '\0')
            values[i] = act_field(call, name);
    }
    if (call->token != NULL)
        call->sealed = seal_link(call);
    if (act_do(call, act->function, values, count, &outcome))
        act_finish(call, &outcome);
}

static void wipe_body(void *body)
{
    struct buf *bytes = body;

    if (bytes->data != NULL)
        secret_wipe(bytes->data, bytes->len);
    buf_free(bytes);
}

/* The marks of a declared field; -1: it is not declared. */
static int declared(const struct act *act, const char *wanted)
{
    const char *fields = act->fields, *name = NULL;
    size_t len = 0;
    int marks = 0;

    while (next_field(&fields, &name, &len, &marks)) {
        if (is_named(wanted, name, len))
            return marks;
    }
    return strcmp(wanted, "form") == 0 ? 0 : -1;
}

/* Leaves only what the act declares. False when a field that is no list was sent twice. */
static bool keep_declared(struct act_call *call)
{
    size_t kept = 0;

    for (size_t i = 0; i < call->form.count; i++) {
        const struct form_field field = call->form.fields[i];
        int marks = declared(call->act, field.name);
        if (marks < 0 || field.is_file != ((marks & FIELD_FILE) != 0))
            continue;
        if (field.repeated && (marks & FIELD_LIST) == 0)
            return false;
        call->form.fields[kept++] = field;
    }
    call->form.count = kept;
    return true;
}

/* Reads the body. 0, or the status that it deserves. */
static int read_fields(struct act_call *call)
{
    static const int statuses[FORM_FAULT_MAX] = {[FORM_TYPE] = 415, [FORM_BROKEN] = 400, [FORM_MANY] = 400};
    struct req *req = call->visit->req;
    struct buf *body = arena_alloc(req->arena, 1, sizeof *body);

    if (req->length > (strchr(call->act->fields, '@') != NULL ? FORM_UPLOAD_MAX : FORM_BODY_MAX))
        return 413;
    arena_defer(req->arena, wipe_body, body);
    if (!req_body(req, body))
        return 400;
    int status = statuses[form_read(req->arena, req_variable(req->variables, "CONTENT_TYPE"), buf_string(body), body->len, &call->form)];
    return status == 0 && !keep_declared(call) ? 400 : status;
}

/* The values of the act's page before anything is sent: its parameters as far as the act's path has them. */
static void open_page(struct act_call *call)
{
    struct req *req = call->visit->req;
    const struct page *page = req->site->pages;

    while (page->name != NULL && strcmp(page->name, call->act->page) != 0)
        page++;
    call->page = req->page = page;
    req->scope.page = page->name;
    call->values = arena_alloc(req->arena, page_values(page), sizeof *call->values);
    call->values[0] = req->lang;
    for (size_t i = 0; page->params[i].name != NULL; i++) {
        const char *value = route_value(&call->route, page->params[i].name);
        call->values[i + 1] = value != NULL ? value : page->params[i].standard;
    }
    req->path = fill_path(call, page->path, NULL);
    req->query = "";
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
        out_error(req, route_find(req->arena, req->site->pages, req->path, &route) ? 405 : 404, NULL);
        return;
    }
    open_page(&call);
    int status = read_fields(&call);
    if (status == 0 && !visit_is_ours(visit, act_field(&call, "form")))
        status = 403;
    if (status != 0)
        out_error(req, status, NULL);
    else if (call.act->run != NULL)
        call.act->run(&call);
    else
        run_declared(&call);
}
