#include "http/page.h"

#include <string.h>

#include "base/clock.h"
#include "base/fmt.h"
#include "base/str.h"
#include "base/url.h"
#include "http/out.h"
#include "http/param.h"
#include "http/req.h"
#include "http/route.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

enum { BOOLEAN_OID = 16, MAX_AGE_LIMIT = 365 * 24 * 3600 };

/* Columns of the head row that steer the answer instead of filling the template. */
static const char reserved[] = "status location max_age file file_kind file_name";

static void clear_results(void *object)
{
    struct req *req = object;

    for (size_t i = 0; i < req->query_count; i++)
        PQclear(req->queries[i].result);
    if (req->enter != NULL)
        PQclear(req->enter->result);
}

static const char *cell(const PGresult *result, size_t row, int column)
{
    if (column < 0 || row >= (size_t)PQntuples(result) || PQgetisnull(result, (int)row, column))
        return NULL;
    return PQgetvalue(result, (int)row, column);
}

/* PQfnumber would copy the name each time to take capitals and quotes out of it. */
static int column_of(const PGresult *result, const char *name)
{
    int count = PQnfields(result);

    for (int i = 0; i < count; i++) {
        if (strcmp(PQfname(result, i), name) == 0)
            return i;
    }
    return -1;
}

const char *page_result(const PGresult *result, size_t row, const char *column)
{
    return cell(result, row, column_of(result, column));
}

/* The index of a section's query; 0, which is the head's, when the page has no such section. */
static size_t section_query(const struct req *req, const char *section)
{
    for (size_t i = 0; !page_is_document(req->page) && req->page->sections[i] != NULL; i++) {
        if (strcmp(req->page->sections[i], section) == 0)
            return i + 1;
    }
    return 0;
}

const char *page_value(const struct req *req, const char *column)
{
    const PGresult *head = req->queries[0].result;

    return cell(head, 0, column_of(head, column));
}

size_t page_rows(const struct req *req, const char *section)
{
    size_t query = section_query(req, section);

    return query > 0 ? (size_t)PQntuples(req->queries[query].result) : 0;
}

const char *page_cell(const struct req *req, const char *section, size_t row, const char *column)
{
    size_t query = section_query(req, section);
    const PGresult *result = req->queries[query].result;

    return query > 0 ? cell(result, row, column_of(result, column)) : NULL;
}

bool page_true(const char *cell)
{
    return cell != NULL && *cell == 't';
}

struct tpl_dict *page_dict(struct req *req)
{
    return req->view;
}

struct tpl_dict *page_row_dict(struct req *req, const char *section, size_t row)
{
    size_t query = section_query(req, section);

    return query > 0 && row < page_rows(req, section) ? tpl_get_row(req->view, section, row) : NULL;
}

/* The queries of a page, the head's first, with room for one before it; they belong to the arena.
 */
static struct db_query *page_queries(struct arena *arena, const struct page *page, size_t *count)
{
    for (*count = 1; !page_is_document(page) && page->sections[*count - 1] != NULL;)
        ++*count;
    struct db_query *queries = arena_alloc(arena, *count + 1, sizeof *queries);
    queries++;
    queries[0].function = arena_format(arena, "page.%s", page->name);
    for (size_t i = 1; i < *count; i++)
        queries[i].function = arena_format(arena, "page.%s_%s", page->name, page->sections[i - 1]);
    return queries;
}

void page_expect(const struct page *table, struct db *db)
{
    struct arena *arena = arena_open();

    for (const struct page *page = table; page->name != NULL; page++) {
        size_t count = 0;
        const struct db_query *queries = page_queries(arena, page, &count);
        for (size_t i = 0; i < count; i++)
            db_expect(db, queries[i].function, page_values(page));
    }
    arena_close(arena);
}

static const char *read_cell(const void *source, size_t row, size_t column, size_t *length)
{
    const char *text = cell(source, row, (int)column);

    *length = text != NULL ? (size_t)PQgetlength(source, (int)row, (int)column) : 0;
    return text;
}

/* A result as templates read it; it belongs to the arena. A column of the head that steers the
 * answer has no name there. */
static const struct tpl_table *as_table(struct arena *arena, const PGresult *result, bool head)
{
    size_t count = (size_t)PQnfields(result);
    struct tpl_column *columns = arena_alloc(arena, count, sizeof *columns);
    struct tpl_table *table = arena_alloc(arena, 1, sizeof *table);

    for (size_t i = 0; i < count; i++) {
        const char *name = PQfname(result, (int)i);
        if (head && str_is_word(name, reserved))
            name = "";
        columns[i] =
            (struct tpl_column){name, strlen(name), PQftype(result, (int)i) == BOOLEAN_OID};
    }
    *table = (struct tpl_table){columns, count, result, read_cell};
    return table;
}

/* A column that ends so says with its text which section is shown. */
#define WORD "_word"

static void show_words(struct req *req, const PGresult *result, const char *section)
{
    for (int column = 0; column < PQnfields(result); column++) {
        const char *name = PQfname(result, column);
        size_t length = strlen(name), end = length - strlen(WORD);
        if (length <= strlen(WORD) || strcmp(name + end, WORD) != 0)
            continue;
        for (size_t row = 0; row < (size_t)PQntuples(result); row++) {
            const char *word = cell(result, row, column);
            if (word != NULL && *word != '\0')
                tpl_show(section != NULL ? page_row_dict(req, section, row) : req->view,
                         arena_format(req->arena, "%.*s_%s", (int)end, name, word), true);
        }
    }
}

static void fill_queries(struct req *req)
{
    if (page_is_document(req->page)) {
        tpl_document(req->view, req->document);
        return;
    }
    tpl_read(req->view, as_table(req->arena, req->queries[0].result, true), 0);
    show_words(req, req->queries[0].result, NULL);
    for (size_t i = 1; i < req->query_count; i++) {
        const PGresult *result = req->queries[i].result;
        tpl_rows(req->view, req->page->sections[i - 1], as_table(req->arena, result, false),
                 (size_t)PQntuples(result));
        show_words(req, result, req->page->sections[i - 1]);
    }
}

/* Only the day is told, so that a body and its ETag stay the same for a day. */
static void fill_day(struct req *req)
{
    char made[CLOCK_UTC_SIZE];

    clock_utc(made, req->made + FMT_WIB_HOURS * 3600, 0);
    tpl_value(req->view, "made", arena_copy(req->arena, made, strlen("2022-12-05")));
    tpl_show(req->view, "made", true);
}

/* Where the same page is in other languages. An error has no such place: what was asked for is not
 * said again. */
static void fill_languages(struct req *req)
{
    struct buf address = {0};

    url_path(&address, req->path);
    if (*req->query != '\0')
        buf_format(&address, "?%s", req->query);
    out_languages(req, req->view, address.data);
    tpl_show(req->view, "sited", req->site->config.site != NULL);
    buf_free(&address);
}

static void fill_layout(struct req *req, int status)
{
    const struct page *page = req->page;

    if (page->nav != NULL)
        tpl_show(req->view, arena_format(req->arena, "nav_%s", page->nav), true);
    /* An id would make each body a new one, with an ETag that never matches: only errors show it.
     */
    if (status >= 400) {
        tpl_value(req->view, "request_id", req->scope.request_id);
    } else {
        fill_day(req);
        fill_languages(req);
    }
}

/* What a page says about its answer: in the object http of its document, or in a column of its
 * head row. */
static const char *steering(const struct req *req, const char *name)
{
    if (page_is_document(req->page))
        return doc_text(doc_get(req->document, "http"), name);
    return page_value(req, name);
}

/* A number of that kind, or the standard when there is none or a senseless one. */
static long steering_number(const struct req *req, const char *name, long min, long max,
                            long standard)
{
    const char *value = steering(req, name);
    long number = standard;

    if (value != NULL && !str_int(value, min, max, &number))
        log_event(LOG_ERROR, "bad_column", name, value);
    return number;
}

/* Whether the answer is a file: then it was given. */
static bool answer_file(struct req *req, long max_age)
{
    struct doc_node *own = doc_get(doc_get(req->document, "http"), "file");
    const char *file = own != NULL ? doc_text(own, "digest") : steering(req, "file");
    const char *kind = own != NULL ? doc_text(own, "kind") : steering(req, "file_kind");
    const char *name = own != NULL ? doc_text(own, "name") : steering(req, "file_name");

    if (file == NULL || kind == NULL || name == NULL)
        return false;
    out_file(req, file, kind, name, max_age);
    return true;
}

static void render(struct req *req, int status, long max_age)
{
    struct buf body = {0};

    req_enter(req, REQ_FILL);
    req->view = out_view(req);
    fill_queries(req);
    fill_layout(req, status);
    if (req->layout != NULL)
        req->layout(req);
    if (req->page->fill != NULL)
        req->page->fill(req);
    req_enter(req, REQ_RENDER);
    if (tpl_render(req->site->templates, req->page->name, req->view, req->lang, &body))
        out_page(req, status, max_age, &body);
    else
        out_error(req, 500, NULL);
    buf_free(&body);
}

/* To the same language. What is no address of this site stays none. */
static void redirect(struct req *req, int status, const char *location, long max_age)
{
    struct buf address = {0};

    lang_address(&address, str_is_local_path(location) ? req->lang : lang_codes[0], location,
                 strlen(location));
    out_redirect(req, status, address.data, max_age);
    buf_free(&address);
}

void page_show(struct req *req)
{
    bool found =
        page_is_document(req->page) ? req->document != NULL : PQntuples(req->queries[0].result) > 0;
    if (!found) {
        out_error(req, 404, NULL);
        return;
    }
    const char *location = steering(req, "location");
    long max_age = steering_number(req, "max_age", 0, MAX_AGE_LIMIT, req->page->max_age);
    int standard = location != NULL ? 302 : req->shown != 0 ? req->shown : 200;
    int status = (int)steering_number(req, "status", 200, 599, standard);
    if (location != NULL)
        redirect(req, status, location, max_age);
    else if (!answer_file(req, max_age))
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
    return true;
}

void page_fail(struct req *req, enum db_outcome outcome)
{
    static const int outcome_status[DB_OUTCOME_MAX] = {
        [DB_UNAVAILABLE] = 503, [DB_TIMEOUT] = 503, [DB_FAILED] = 500};

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

/* A page without a row has no document: page_show says that it is not there. */
static bool take_document(struct req *req)
{
    const PGresult *result = req->queries[0].result;

    return PQntuples(result) == 0 ||
           page_read(req, PQgetvalue(result, 0, 0), (size_t)PQgetlength(result, 0, 0));
}

static bool ask(struct req *req, const char *const *values)
{
    struct db_query *first = NULL;

    req_enter(req, REQ_QUERY);
    req->queries = page_queries(req->arena, req->page, &req->query_count);
    first = req->queries;
    if (req->enter != NULL) {
        first--;
        *first = *req->enter;
        req->enter = first;
    }
    arena_defer(req->arena, clear_results, req);
    enum db_outcome outcome =
        db_read(req->site->db, first, req->query_count + (first != req->queries), values,
                page_values(req->page));
    if (outcome != DB_OK) {
        page_fail(req, outcome);
        return false;
    }
    return true;
}

bool page_ask(struct req *req, const char *const *values)
{
    return ask(req, values) && (!page_is_document(req->page) || take_document(req));
}

/* Finds the page of the address, and has it asked. */
static bool look(struct req *req, bool (*ask_page)(struct req *, const char *const *))
{
    struct route route = {0};

    if (!page_find(req, &route))
        return false;
    const char **values = arena_alloc(req->arena, page_values(req->page), sizeof *values);
    return page_inputs(req, &route, values) && ask_page(req, values);
}

void page_answer(struct req *req)
{
    if (look(req, page_ask))
        page_show(req);
}

void page_tell(struct req *req)
{
    if (!look(req, ask))
        return;
    const PGresult *result = req->queries[0].result;
    if (page_is_document(req->page) && PQntuples(result) > 0)
        req->send(req->peer, PQgetvalue(result, 0, 0), (size_t)PQgetlength(result, 0, 0), "\n", 1);
    else
        out_error(req, 404, NULL);
}
