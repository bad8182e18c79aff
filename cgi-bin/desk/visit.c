#include "desk/visit.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"
#include "base/url.h"
#include "http/out.h"
#include "http/route.h"
#include "safe/secret.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

/* The browser takes a name with this beginning only with Secure, for this host and for all paths,
 * and over TLS. */
#define COOKIE_HOST "__Host-tolok"
#define COOKIE_LOCAL "tolok"
#define MARK "-kenal"

#define TOKEN_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

static const char *variable(const struct req *req, const char *name)
{
    const char *value = req_variable(req->variables, name);

    return value != NULL ? value : "";
}

/* "127.0.0.1", "localhost" or "[::1]", perhaps with a port. */
static bool is_this_machine(const char *host)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]);
        if (strncmp(host, names[i], len) == 0 &&
            (host[len] == '\0' ||
             (host[len] == ':' && host[len + 1 + strspn(host + len + 1, "0123456789")] == '\0')))
            return true;
    }
    return false;
}

static bool is_token(const char *text, size_t len)
{
    return len == SECRET_TOKEN_SIZE - 1 && strspn(text, TOKEN_LETTERS) >= len;
}

/* The token in a Cookie header, or "". */
static const char *find_token(struct arena *arena, const char *cookies, const char *name)
{
    size_t name_len = strlen(name);

    while (*cookies != '\0') {
        cookies += strspn(cookies, " ;");
        size_t len = strcspn(cookies, ";");
        if (len > name_len && strncmp(cookies, name, name_len) == 0 && cookies[name_len] == '=' &&
            is_token(cookies + name_len + 1, len - name_len - 1))
            return arena_copy(arena, cookies + name_len + 1, len - name_len - 1);
        cookies += len;
    }
    return "";
}

struct visit *visit_open(struct req *req)
{
    struct visit *visit = arena_alloc(req->arena, 1, sizeof *visit);
    const char *site = req->site->config.site;

    visit->req = req;
    visit->local = site != NULL && strncmp(site, "http://", 7) == 0 && is_this_machine(site + 7) &&
                   is_this_machine(variable(req, "HTTP_HOST"));
    visit->token = find_token(req->arena, variable(req, "HTTP_COOKIE"),
                              visit->local ? COOKIE_LOCAL : COOKIE_HOST);
    visit->enter[4] = find_token(req->arena, variable(req, "HTTP_COOKIE"),
                                 visit->local ? COOKIE_LOCAL MARK : COOKIE_HOST MARK);
    visit->enter[0] = visit->token;
    visit->enter[1] = req->scope.request_id;
    visit->enter[2] = variable(req, "REMOTE_ADDR");
    visit->enter[3] = variable(req, "HTTP_USER_AGENT");
    if (!str_utf8(visit->enter[3], strlen(visit->enter[3])))
        visit->enter[3] = "?";
    visit->entrance = visit_enter(visit);
    req->own = visit;
    req->enter = &visit->entrance;
    req->layout = visit_layout;
    req->error_layout = visit_error_layout;
    req->private = true;
    return visit;
}

struct db_query visit_enter(const struct visit *visit)
{
    return (struct db_query){.function = "act.enter", .values = visit->enter, .value_count = 5};
}

const char *visit_value(const struct visit *visit, const char *column)
{
    return db_value(visit->req->enter->result, column);
}

static void clear(void *result)
{
    PQclear(result);
}

static void touch(struct visit *visit)
{
    struct db_query queries[] = {visit_enter(visit),
                                 {.function = "act.touch", .values = visit->enter}};

    if (db_write(visit->req->site->db, queries, 2, true) != DB_OK)
        return;
    PQclear(queries[0].result);
    PQclear(queries[1].result);
}

bool visit_admit(struct visit *visit)
{
    static const char *const levels[] = {[PAGE_SIGNED_IN] = "full", [PAGE_HALF] = "password"};
    const char *level = visit_value(visit, "level"), *stale = visit_value(visit, "stale");
    enum page_door door = visit->req->page->door;

    if (stale != NULL && *stale == 't')
        touch(visit);
    if (door == PAGE_ANYONE || (level != NULL && strcmp(level, levels[door]) == 0))
        return true;
    if (level == NULL)
        visit_sign_in(visit, door == PAGE_SIGNED_IN ? visit->req->path : "/meja");
    else
        visit_go(visit, door == PAGE_HALF ? "/meja" : "/masuk/kode");
    return false;
}

void visit_token(struct visit *visit, const char *token)
{
    visit->token = visit->enter[0] = token;
    visit->req->cookie =
        arena_format(visit->req->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
                     visit->local ? COOKIE_LOCAL : COOKIE_HOST, token,
                     visit->local ? "" : "; Secure", *token == '\0' ? "; Max-Age=0" : "");
}

void visit_mark(struct visit *visit)
{
    char *mark = arena_alloc(visit->req->arena, SECRET_TOKEN_SIZE, 1);

    if (*visit->enter[4] != '\0')
        return;
    secret_token(mark);
    visit->enter[4] = mark;
}

void visit_marked(struct visit *visit)
{
    enum { DAYS = 180 };

    visit->req->mark =
        arena_format(visit->req->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                     visit->local ? COOKIE_LOCAL MARK : COOKIE_HOST MARK, visit->enter[4],
                     DAYS * 24 * 60 * 60, visit->local ? "" : "; Secure");
}

void visit_layout(struct req *req)
{
    struct visit *visit = req->own;
    struct doc_node *frame = req->frame;
    struct arena *arena = req->arena;
    char *form = arena_alloc(arena, SECRET_TOKEN_SIZE, 1);
    char *token = arena_alloc(arena, SECRET_TOKEN_SIZE, 1);
    const char *role = visit_value(visit, "role");

    if (*visit->token == '\0') {
        secret_token(token);
        visit_token(visit, token);
    }
    secret_form(form, visit->token);
    doc_add_text(arena, frame, "form", form);
    char *key = arena_alloc(arena, SECRET_TOKEN_SIZE, 1);
    secret_token(key);
    doc_add_text(arena, frame, "key", key);
    bool signed_in = role != NULL && strcmp(visit_value(visit, "level"), "full") == 0;
    doc_add_flag(arena, frame, "signed_in", signed_in);
    doc_add_text(arena, frame, "me_name", visit_value(visit, "name"));
    doc_add_text(arena, frame, "me_email", visit_value(visit, "email"));
    doc_add_text(arena, frame, "me_region_name", visit_value(visit, "region_name"));
    if (signed_in)
        doc_add_flag(arena, frame, arena_format(arena, "role_%s", role), true);
    doc_add_text(arena, frame, "seconds_left",
                 signed_in ? visit_value(visit, "seconds_left") : NULL);
}

/* Whether it is known who asks, or could be asked now. */
static bool is_known(struct visit *visit)
{
    struct req *req = visit->req;
    struct db_query query = visit_enter(visit);

    if (req->enter->result != NULL)
        return true;
    if (db_read(req->site->db, &query, 1, NULL, 0) != DB_OK)
        return false;
    arena_defer(req->arena, clear, query.result);
    *req->enter = query;
    return true;
}

void visit_error_layout(struct req *req)
{
    struct visit *visit = req->own;
    bool asked = *visit->token != '\0';
    /* A database that has just failed is not asked again. */
    bool known = asked && strcmp(doc_text(req->frame, "status"), "503") != 0 && is_known(visit);
    const char *level = known ? visit_value(visit, "level") : NULL;
    bool signed_in = level != NULL && strcmp(level, "full") == 0;

    if (signed_in)
        visit_layout(req);
    doc_add_flag(req->arena, req->frame, "signed_out", !asked || (known && !signed_in));
    doc_add_flag(req->arena, req->frame, "unknown", asked && !known);
}

/* Whether `origin`, from a header Origin, is this site: that of TOLOK_SITE or of the request. */
static bool is_our_origin(const struct visit *visit, const char *origin)
{
    const struct req *req = visit->req;

    if (visit->local)
        return strcmp(origin, arena_format(req->arena, "http://%s", variable(req, "HTTP_HOST"))) ==
               0;
    return req->site->config.site != NULL && strcmp(origin, req->site->config.site) == 0;
}

/* What a header says of where a form comes from: 1 from us, -1 from elsewhere, 0 nothing. */
static int judge_origin(const struct visit *visit)
{
    const char *from = variable(visit->req, "HTTP_SEC_FETCH_SITE");
    const char *origin = variable(visit->req, "HTTP_ORIGIN");

    if ((*from != '\0' && strcmp(from, "same-origin") != 0) ||
        (*origin != '\0' && !is_our_origin(visit, origin)))
        return -1;
    return *from != '\0' || *origin != '\0';
}

bool visit_is_ours(const struct visit *visit, const char *form)
{
    char expected[SECRET_TOKEN_SIZE];

    if (judge_origin(visit) < 0)
        return false;
    secret_form(expected, visit->token);
    return *visit->token != '\0' && secret_same(expected, form);
}

bool visit_is_near(const struct visit *visit)
{
    return judge_origin(visit) > 0;
}

void visit_go(struct visit *visit, const char *path)
{
    struct buf address = {0};

    lang_address(&address, visit->req->lang, path, strlen(path));
    out_redirect(visit->req, 303, address.data, 0);
    buf_free(&address);
}

void visit_sign_in(struct visit *visit, const char *path)
{
    struct buf way = {0}, address = {0}, query = {0};

    url_path(&way, path);
    buf_text(&address, "/masuk");
    if (strcmp(path, "/meja") != 0) {
        url_add(&query, "ke", way.data);
        buf_format(&address, "?%s", query.data);
    }
    visit_go(visit, address.data);
    buf_free(&way);
    buf_free(&address);
    buf_free(&query);
}

bool visit_leads_back(const struct visit *visit, const char *path)
{
    struct route route;

    return str_is_local_path(path) &&
           pages_find(visit->req->arena, visit->req->site->pages,
                      arena_copy(visit->req->arena, path, strcspn(path, "?#")), &route) &&
           route.page->door == PAGE_SIGNED_IN;
}
