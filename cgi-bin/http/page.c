#include "http/page.h"

#include <string.h>

#include "base/clock.h"
#include "base/fmt.h"
#include "base/str.h"
#include "base/url.h"
#include "http/keep.h"
#include "http/out.h"
#include "http/param.h"
#include "http/req.h"
#include "http/route.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

enum { MAX_AGE_LIMIT = 365 * 24 * 3600 };

/* The function of a page's document; the text belongs to the arena. */
static const char *function_of(struct arena *arena, const struct page *page)
{
    return arena_format(arena, "page.%s", page->name);
}

void page_expect(const struct page *table, struct db *db)
{
    struct arena *arena = arena_open();

    for (const struct page *page = table; page->name != NULL; page++)
        db_expect(db, function_of(arena, page), page_values(page));
    arena_close(arena);
}

/* Only the day is told, so that a body and its ETag stay the same for a day. */
static void fill_day(struct req *req)
{
    char made[CLOCK_UTC_SIZE];

    clock_utc(made, req->made + FMT_WIB_HOURS * 3600, 0);
    doc_add_text(req->arena, req->frame, "made",
                 arena_copy(req->arena, made, strlen("2022-12-05")));
}

/* The page's names in every language's address are those of what was asked for, which an error does
 * not say again. An id would make each body a new one, with an ETag that never matches: only errors
 * show it. */
static void fill_frame(struct req *req, int status)
{
    struct buf address = {0};

    if (status >= 400) {
        req->frame = out_frame(req, "/");
        doc_add_text(req->arena, req->frame, "request_id", req->scope.request_id);
    } else {
        url_path(&address, req->path);
        if (req->own_query != NULL && *req->own_query != '\0')
            buf_format(&address, "?%s", req->own_query);
        req->frame = out_frame(req, address.data);
        doc_add_flag(req->arena, req->frame, "sited", req->site->config.site != NULL);
        fill_day(req);
        buf_free(&address);
    }
    doc_add_text(req->arena, req->frame, "nav_word", req->page->nav);
    if (req->layout != NULL)
        req->layout(req);
}

/* A number that the document says about its answer, or the standard when there is none or a
 * senseless one. */
static long number_of(struct doc_node *http, const char *name, long min, long max, long standard)
{
    const char *value = doc_text(http, name);
    long number = standard;

    if (value != NULL && !str_int(value, min, max, &number))
        log_event(LOG_ERROR, "bad_document", name, value);
    return number;
}

/* Whether the answer is a file: then it was given. */
static bool answer_file(struct req *req, struct doc_node *file, long max_age)
{
    const char *digest = doc_text(file, "digest"), *kind = doc_text(file, "kind");
    const char *name = doc_text(file, "name");

    if (digest == NULL || kind == NULL || name == NULL)
        return false;
    out_file(req, digest, kind, name, max_age);
    return true;
}

/* Whether the answer is a table to take along: then it was given. */
static bool answer_sheet(struct req *req, struct doc_node *sheet)
{
    const char *name = doc_text(sheet, "name"), *text = doc_text(sheet, "text");

    if (name == NULL || text == NULL)
        return false;
    out_sheet(req, name, text);
    return true;
}

static void render(struct req *req, int status, long max_age)
{
    struct buf body = {0};

    req_enter(req, REQ_FILL);
    fill_frame(req, status);
    if (req->page->fill != NULL)
        req->page->fill(req);
    req_enter(req, REQ_RENDER);
    if (tpl_render(req->site->templates, req->page->name, req->frame, req->document, req->lang,
                   &body)) {
        keep_links(req, &body);
        out_page(req, status, max_age, &body);
    } else {
        out_error(req, 500, NULL);
    }
    buf_free(&body);
}

/* To the same language. What is no address of this site stays none. */
static void redirect(struct req *req, int status, const char *location, long max_age)
{
    struct buf address = {0}, kept = {0};

    lang_address(&address, str_is_local_path(location) ? req->lang : lang_codes[0], location,
                 strlen(location));
    keep_address(&kept, req, address.data, address.len, true);
    out_redirect(req, status, kept.data, max_age);
    buf_free(&address);
    buf_free(&kept);
}

void page_show(struct req *req)
{
    struct doc_node *http = doc_get(req->document, "http");

    if (req->document == NULL) {
        out_error(req, 404, NULL);
        return;
    }
    const char *location = doc_text(http, "location");
    long max_age = number_of(http, "max_age", 0, MAX_AGE_LIMIT, req->page->max_age);
    int standard = location != NULL ? 302 : req->shown != 0 ? req->shown : 200;
    int status = (int)number_of(http, "status", 200, 599, standard);
    if (location != NULL)
        redirect(req, status, location, max_age);
    else if (!answer_file(req, doc_get(http, "file"), max_age) &&
             !answer_sheet(req, doc_get(http, "sheet")))
        render(req, status, max_age);
}

/* Without the slash at the end, unless the slash is all there is. */
static size_t path_length(const char *path)
{
    size_t length = strlen(path);

    return length - (length > 1 && path[length - 1] == '/');
}

bool page_find(struct req *req, struct route *route)
{
    if (req->refused != 0) {
        out_error(req, req->refused, NULL);
        return false;
    }
    if (!pages_find(req->arena, req->site->pages,
                    arena_copy(req->arena, req->path, path_length(req->path)), route)) {
        out_error(req, 404, NULL);
        return false;
    }
    req->page = route->page;
    req->scope.page = route->page->name;
    return true;
}

/* A page has one address: `/kota/` is `/kota` with a slash too many, and a query string has a
 * canonical form. A visitor is sent on because of a slash only; the web server, who keeps what it
 * gets under its address, for both. True when the request was answered with the way to the right
 * address. */
static bool send_on(struct req *req, const char *query)
{
    size_t length = path_length(req->asked);
    bool slash = req->asked[length] != '\0';
    bool accel = req->accel && strcmp(req->query, query) != 0;
    struct buf address = {0};

    if (!slash && !accel)
        return false;
    url_path(&address, accel ? req->asked : arena_copy(req->arena, req->asked, length));
    if (*query != '\0')
        buf_format(&address, "?%s", query);
    if (accel)
        out_reroute(req, address.data);
    else
        out_redirect(req, 301, address.data, req->page->max_age);
    buf_free(&address);
    return true;
}

bool page_inputs(struct req *req, const struct route *route, const char **values)
{
    struct inputs inputs = {.values = values + 1};

    values[0] = req->lang;
    int status = param_read(req->arena, route->page->params, route, req->query, &inputs);
    if (status != 0) {
        out_error(req, status, status == 400 ? &inputs.fault : NULL);
        return false;
    }
    if (send_on(req, inputs.query))
        return false;
    req->query = inputs.query;
    req->own_query = inputs.own;
    req->kept = inputs.kept;
    req->kept_value = inputs.kept_value;
    return true;
}

void page_fail(struct req *req, enum db_outcome outcome)
{
    static const int outcome_status[DB_OUTCOME_MAX] = {
        [DB_UNAVAILABLE] = 503, [DB_TIMEOUT] = 503, [DB_FAILED] = 500, [DB_ENOUGH] = 429};

    out_error(req, outcome_status[outcome], NULL);
}

bool page_read(struct req *req, char *text, size_t length)
{
    req->document = doc_read(req->arena, text, length);
    if (req->document != NULL && req->document->kind == DOC_OBJECT)
        return true;
    log_event(LOG_ERROR, "bad_document", "page", req->page->name);
    out_error(req, 500, NULL);
    return false;
}

static void clear(void *result)
{
    PQclear(result);
}

/* What the page's function gave, after what comes before it in the same transaction; it belongs to
 * the arena. NULL when that failed, and an error was answered. */
static const PGresult *ask(struct req *req, const char *const *values)
{
    struct db_query queries[2];
    size_t count = 0;

    req_enter(req, REQ_QUERY);
    if (req->enter != NULL)
        queries[count++] = *req->enter;
    queries[count++] = (struct db_query){.function = function_of(req->arena, req->page)};
    enum db_outcome outcome =
        db_read(req->site->db, queries, count, values, page_values(req->page));
    if (outcome != DB_OK) {
        page_fail(req, outcome);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        arena_defer(req->arena, clear, queries[i].result);
    if (req->enter != NULL)
        *req->enter = queries[0];
    return queries[count - 1].result;
}

/* A page without a row has no document: page_show says that it is not there. */
static bool take_document(struct req *req, const PGresult *result)
{
    return PQntuples(result) == 0 ||
           page_read(req, PQgetvalue(result, 0, 0), (size_t)PQgetlength(result, 0, 0));
}

bool page_ask(struct req *req, const char *const *values)
{
    const PGresult *result = ask(req, values);

    return result != NULL && take_document(req, result);
}

/* Finds the page of the address and asks it, as `ask`. */
static const PGresult *look(struct req *req)
{
    struct route route = {0};

    if (!page_find(req, &route))
        return NULL;
    const char **values = arena_alloc(req->arena, page_values(req->page), sizeof *values);
    return page_inputs(req, &route, values) ? ask(req, values) : NULL;
}

void page_answer(struct req *req)
{
    const PGresult *result = look(req);

    if (result != NULL && take_document(req, result))
        page_show(req);
}

void page_tell(struct req *req)
{
    const PGresult *result = look(req);

    if (result == NULL)
        return;
    if (PQntuples(result) > 0)
        req->send(req->peer, PQgetvalue(result, 0, 0), (size_t)PQgetlength(result, 0, 0), "\n", 1);
    else
        out_error(req, 404, NULL);
}
