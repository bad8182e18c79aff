#include "http/page.h"

#include <sodium.h>
#include <string.h>

#include "../built.h"
#include "http/req.h"
#include "scratch.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "unit.h"

/* Page plain: what its document says depends on the name in the path. */
static const char functions[] =
    "create schema page;"
    "create function page.plain(lang text, name text, year integer, cities text[]) "
    "returns setof json language sql stable as $$"
    "select case when name = 'list' then '[1]' else row_to_json(d) end from ("
    "select 'Judul <' || lang || '>' as title, 'd' as description, name, "
    "case when name = 'broken' then 1 / (length(name) - 6) else 1180591620717411303424 end "
    "as value, "
    "name = 'simulated' as simulated, cities::text || year as given, year, 'kota' as kind_word, "
    "(select row_to_json(h) from (select "
    "case name when 'gone' then 410 when 'odd' then 1000 when 'moved' then 301 end as status, "
    "case name when 'moved' then '/plain/here?tahun=2022' when 'stray' then '//jahat.example/' end "
    "as location, case name when 'brief' then 5 end as max_age) h) as http, "
    "(select json_agg(x) from (values ('Kediri & co', 3.31, true), ('Serang', null, null), "
    "('Madiun', 0.00, false)) x (name, value, top) where year is null) as scores) d "
    "where name <> 'none'$$;"
    "create function page.numbers(lang text) returns setof json language sql stable as "
    "$$select json_build_object('value', 1.5, 'day', date '2022-12-05')$$;"
    "create function page.linked(lang text, tahun integer) returns setof json language sql stable "
    "as $$select json_build_object('value', 1.5)$$;"
    "create function page.absent(lang text) returns setof json language sql stable as "
    "$$select json_build_object('title', 'x')$$;";

/* A bar for each score that has a value. */
static void fill(struct req *req)
{
    for (struct doc_node *score = doc_list(req->document, "scores"); score != NULL;
         score = score->next) {
        double value = 0;
        bool drawn = chart_number(doc_text(score, "value"), &value);
        struct doc_node *bar = doc_add(req->arena, score, "bar", drawn ? DOC_OBJECT : DOC_NULL);
        if (drawn)
            doc_add_text(req->arena, bar, "width",
                         chart_text(req->arena, chart_percent(value, 0, 4)));
    }
}

static const struct param params[] = {
    {.name = "name", .kind = PARAM_SLUG},
    {.name = "tahun", .kind = PARAM_INT, .min = 2000, .max = 2100},
    {.name = "kota", .kind = PARAM_SLUGS, .max = 6},
    {0},
};
static const struct param linked_params[] = {
    {.name = "tahun", .kind = PARAM_INT, .min = 2000, .max = 2100}, {0}};
static const struct param no_params[] = {{0}};

static const struct page table[] = {
    {.name = "numbers", .path = "/", .params = no_params, .max_age = 60},
    {.name = "plain",
     .path = "/plain/:name",
     .nav = "cities",
     .params = params,
     .max_age = 60,
     .fill = fill,
     .fills = "bar"},
    {.name = "absent", .path = "/absent", .params = no_params, .max_age = 60},
    {.name = "linked", .path = "/linked", .params = linked_params, .max_age = 60},
    {.name = "unwritten", .path = "/unwritten", .params = no_params, .max_age = 60},
    {0},
};

static struct site site = {.pages = table};
static struct db_gate gate;
static struct buf sent;
static time_t now =
    1669136399; /* 2022-11-22T16:59:59Z, a second before midnight in western Indonesia */

static bool keep(void *peer, const char *head, size_t head_len, const char *body, size_t len)
{
    buf_add(peer, head, head_len);
    buf_add(peer, body, len);
    return true;
}

static void setup(void)
{
    ck_assert_int_ge(sodium_init(), 0);
    site.templates = tpl_load(built("unit-templates"));
    gate = (struct db_gate){0};
    site.db = db_open(scratch_conninfo, "unit-page", &gate);
}

static void teardown(void)
{
    db_close(site.db);
    tpl_unload(site.templates);
    buf_free(&sent);
}

/* The whole answer to GET path?query, with a variable "NAME=value" more. */
static const char *get_with(const char *path, const char *query, char *variable)
{
    char copies[2][200];
    char *variables[] = {copies[0], copies[1], variable, NULL};
    struct req req;

    snprintf(copies[0], sizeof copies[0], "PATH_INFO=%s", path);
    snprintf(copies[1], sizeof copies[1], "QUERY_STRING=%s", query);
    buf_clear(&sent);
    req_open(&req, &site, variables);
    req.made = now;
    req.send = keep;
    req.peer = &sent;
    page_answer(&req);
    req_close(&req);
    return sent.data;
}

static const char *get(const char *path, const char *query)
{
    return get_with(path, query, NULL);
}

static void has(const char *answer, const char *part)
{
    ck_assert_msg(strstr(answer, part) != NULL, "%s is not in:\n%s", part, answer);
}

static void lacks(const char *answer, const char *part)
{
    ck_assert_msg(strstr(answer, part) == NULL, "%s is in:\n%s", part, answer);
}

#define VALUE "1.180.591.620.717.411.303.424,00"

static const char page_plain[] =
    "\r\n\r\n<!DOCTYPE html>\n<html lang=\"id\"><title>Judul &lt;id&gt;</title>\n"
    "<p>id /plain/kediri cities</p>\n<p>kediri: " VALUE " kapan saja kota</p>\n<ul>"
    "<li>Kediri &amp; co 3,31 82.75 top</li><li>Serang</li><li>Madiun 0,00 0</li></ul>\n"
    "<p>2022-11-22 22 November 2022</p>";

START_TEST(draws_the_document_in_its_frame)
{
    const char *answer = get("/plain/kediri", "");

    has(answer, "Status: 200 OK\r\n");
    has(answer, "Cache-Control: public, max-age=60, ");
    has(answer, "X-Made: 2022-11-22T16:59:59Z\r\n");
    has(answer, page_plain);
    lacks(answer, "simulasi");
    has(get("/plain/kediri", "unknown=%ff&unknown=2&tahun="), page_plain);
    has(get("/plain/kediri", "tahun=2022"), VALUE " kota</p>\n\n<p>2022");
}
END_TEST

START_TEST(speaks_the_language_of_the_address)
{
    has(get("/linked", "x&tahun=2022"), "\n<p>id /linked in_id /linked?tahun=2022 "
                                        "/en/linked?tahun=2022  1,5 <a href=\"/plain/x\">");
    has(sent.data, "Content-Language: id\r\n");
    has(get("/en/linked", "x&tahun=2022"), "\n<p>en /en/linked in_en /linked?tahun=2022 "
                                           "/en/linked?tahun=2022  1.5 <a href=\"/en/plain/x\">");
    has(sent.data, "Content-Language: en\r\n");
    site.config.site = "https://tolok.example";
    has(get("/en/linked", ""), " https://tolok.example/en/linked https://tolok.example/linked "
                               "https://tolok.example/en/linked 1.5");
    site.config.site = NULL;
    has(get("/en/nowhere", ""), " /en/nowhere error s404");
    has(get("/en/linked", "tahun=1"), "Status: 400 ");
    has(get("/enlinked", ""), "Status: 404 ");
}
END_TEST

START_TEST(keeps_the_language_on_the_way)
{
    char accel[] = "TOLOK_ACCEL=1";

    has(get("/en/plain/moved", ""), "\r\nLocation: /en/plain/here?tahun=2022\r\n");
    has(get("/en/plain/stray", ""), "Status: 500 ");
    has(get("/en/linked/", "x&tahun=2022"), "\r\nLocation: /en/linked?tahun=2022\r\n");
    has(get("/en/", "x"), "\r\nLocation: /en\r\n");
    has(get("/en", ""), "Status: 200 ");
    has(get_with("/en/linked", "x&tahun=2022", accel),
        "\r\nX-Accel-Redirect: /en/linked?tahun=2022\r\n");
}
END_TEST

START_TEST(gives_the_same_body_twice)
{
    char etag[80];

    snprintf(etag, sizeof etag, "%.40s", strstr(get("/plain/kediri", ""), "ETag: "));
    has(get("/plain/kediri", ""), etag);
    lacks(get("/plain/serang", ""), etag);
}
END_TEST

START_TEST(is_dated_in_western_indonesia)
{
    has(get("/plain/kediri", ""), "<p>2022-11-22 22 November 2022</p>");
    now++;
    has(get("/plain/kediri", ""), "<p>2022-11-23 23 November 2022</p>");
    has(sent.data, "X-Made: 2022-11-22T17:00:00Z\r\n");
    lacks(get("/plain/gone", ""), "X-Made");
    lacks(sent.data, "November");
}
END_TEST

START_TEST(hands_inputs_over)
{
    const char *answer = get("/plain/simulated", "kota=a,b&kota=c&tahun=2022");

    has(answer, " {a,b,c}2022</p>");
    has(answer, "</title><b>simulasi</b>");
    has(answer, VALUE " simulasi");
}
END_TEST

START_TEST(follows_what_the_document_says_of_the_answer)
{
    has(get("/plain/none", ""), "Status: 404 Not Found\r\n");
    has(sent.data, " s404</p>");
    has(get("/plain/moved", ""), "Status: 301 Moved Permanently\r\n");
    has(sent.data, "\r\nLocation: /plain/here?tahun=2022\r\n");
    has(get("/plain/brief", ""), "Cache-Control: public, max-age=5, s-maxage=2, ");
    has(get("/plain/gone", ""), "Status: 410 Gone\r\n");
    has(sent.data, "Cache-Control: no-store\r\n");
    has(sent.data, "<p>gone: " VALUE);
    has(get("/plain/odd", ""), "Status: 200 OK\r\n");
    has(get("/plain/stray", ""), "Status: 500 ");
    lacks(sent.data, "jahat");
    has(get("/plain/list", ""), "Status: 500 ");
}
END_TEST

START_TEST(shows_the_request_id_on_errors_only)
{
    char id[33];

    snprintf(id, sizeof id, "%s", strstr(get("/plain/kediri", ""), "Id: ") + 4);
    lacks(strstr(sent.data, "\r\n\r\n"), id);
    snprintf(id, sizeof id, "%s", strstr(get("/plain/gone", ""), "Id: ") + 4);
    has(strstr(sent.data, "\r\n\r\n"), id);
}
END_TEST

static const struct {
    const char *path, *query, *status, *part;
} refusals[] = {
    {"/nowhere", "", "404 Not Found", " s404"},
    {"/plain", "", "404 Not Found", " s404"},
    {"/plain/A%20b", "", "404 Not Found", " s404"},
    {"/plain//", "", "404 Not Found", " s404"},
    {"/plain/kediri", "tahun=1999", "400 Bad Request", "<p>tahun int 2000 2100</p>"},
    {"/plain/kediri", "tahun=2022&tahun=2022", "400 Bad Request", "<p>tahun repeated</p>"},
    {"/plain/kediri", "tahun=%zz", "400 Bad Request", "<p>tahun utf8</p>"},
    {"/plain/\xff", "", "400 Bad Request", "<p>address</p>"},
    {"/plain/broken", "", "500 Internal Server Error", " s500"},
    {"/absent", "", "500 Internal Server Error", " s500"},
    {"/unwritten", "", "500 Internal Server Error", " s500"},
};

START_TEST(answers_what_goes_wrong)
{
    const char *answer = get(refusals[_i].path, refusals[_i].query);

    ck_assert_int_eq(strncmp(answer + 8, refusals[_i].status, strlen(refusals[_i].status)), 0);
    has(answer, refusals[_i].part);
    has(answer, "Cache-Control: no-store\r\n");
    lacks(answer, "division");
    lacks(answer, "page.");
}
END_TEST

START_TEST(drops_a_slash_at_the_end)
{
    has(get("/plain/kediri/", "kota=b%2Ca&tahun=2022&q=%41 \r\n\"x"),
        "Status: 301 Moved Permanently\r\n");
    has(sent.data, "\r\nLocation: /plain/kediri?tahun=2022&kota=b,a\r\n");
    has(get("/plain/kediri/", "tahun=1"), "Status: 400 Bad Request\r\n");
    has(get("/absent/", ""), "\r\nLocation: /absent\r\n");
    has(get("/nowhere/", ""), "Status: 404 Not Found\r\n");
    has(get("/", ""), "Status: 200 OK\r\n");
    has(get("", ""), "Status: 200 OK\r\n");
}
END_TEST

static const struct {
    const char *path, *query, *address;
} detours[] = {
    {"/plain/kediri", "x=1", "/plain/kediri"},
    {"/plain/kediri", "&", "/plain/kediri"},
    {"/plain/kediri", "name=other", "/plain/kediri"},
    {"/plain/kediri", "kota=a%2Cb&tahun=2022", "/plain/kediri?tahun=2022&kota=a,b"},
    {"/plain/kediri/", "tahun=2022&x", "/plain/kediri/?tahun=2022"},
    {"/", "x", "/"},
    {"", "x", "/"},
};

START_TEST(sends_the_web_server_to_the_canonical_address)
{
    char accel[] = "TOLOK_ACCEL=1";
    char line[100];

    get_with(detours[_i].path, detours[_i].query, accel);
    snprintf(line, sizeof line, "\r\nX-Accel-Redirect: %s\r\n", detours[_i].address);
    has(sent.data, line);
    has(sent.data, "Content-Length: 0\r\n");
    lacks(sent.data, "\r\nLocation: ");
    lacks(sent.data, "Cache-Control");
    lacks(get(detours[_i].path, detours[_i].query), "X-Accel-Redirect");
}
END_TEST

START_TEST(answers_the_canonical_address_itself)
{
    char accel[] = "TOLOK_ACCEL=1";

    has(get_with("/plain/kediri", "tahun=2022&kota=a,b", accel), "Status: 200 OK\r\n");
    has(get_with("/plain/kediri", "", accel), "Status: 200 OK\r\n");
    has(get_with("/plain/kediri/", "tahun=2022", accel),
        "\r\nLocation: /plain/kediri?tahun=2022\r\n");
    has(get_with("/plain/kediri", "tahun=1&x", accel), "Status: 400 Bad Request\r\n");
    has(get_with("/nowhere", "x", accel), "Status: 404 Not Found\r\n");
}
END_TEST

START_TEST(says_when_to_come_back_without_a_database)
{
    db_close(site.db);
    site.db = db_open("host=/nowhere dbname=x user=x", "unit-page", &gate);
    has(get("/plain/kediri", ""), "Status: 503 Service Unavailable\r\n");
    has(sent.data, "\r\nRetry-After: 5\r\n");
    has(sent.data, " s503");
    has(get("/nowhere", ""), "Status: 404 Not Found\r\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page");
    bool server = scratch_create("page", functions);
    TCase *tests = tcase_create("page");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, says_when_to_come_back_without_a_database);
    tcase_add_loop_test(tests, sends_the_web_server_to_the_canonical_address, 0,
                        UNIT_ROWS(detours));
    if (server) {
        tcase_add_test(tests, draws_the_document_in_its_frame);
        tcase_add_test(tests, speaks_the_language_of_the_address);
        tcase_add_test(tests, keeps_the_language_on_the_way);
        tcase_add_test(tests, gives_the_same_body_twice);
        tcase_add_test(tests, is_dated_in_western_indonesia);
        tcase_add_test(tests, hands_inputs_over);
        tcase_add_test(tests, follows_what_the_document_says_of_the_answer);
        tcase_add_test(tests, shows_the_request_id_on_errors_only);
        tcase_add_loop_test(tests, answers_what_goes_wrong, 0, UNIT_ROWS(refusals));
        tcase_add_test(tests, drops_a_slash_at_the_end);
        tcase_add_test(tests, answers_the_canonical_address_itself);
    }
    suite_add_tcase(suite, tests);
    int status = unit_run_apart(suite);
    if (server)
        scratch_drop();
    return status;
}
