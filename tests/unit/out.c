#include "http/out.h"

#include "http/param.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "../built.h"
#include "unit.h"

static struct site site;
static struct req req;
static struct buf sent;
static bool gone;

static bool keep(void *peer, const char *head, size_t head_len, const char *body, size_t len)
{
    buf_add(peer, head, head_len);
    buf_add(peer, body, len);
    return !gone;
}

static void open_request(const char *method, const char *if_none_match)
{
    static char copies[2][200];
    static char *variables[] = {copies[0], copies[1], NULL};

    snprintf(copies[0], sizeof copies[0], "REQUEST_METHOD=%s", method);
    snprintf(copies[1], sizeof copies[1], "HTTP_IF_NONE_MATCH=%s", if_none_match);
    req_open(&req, &site, variables);
    req.send = keep;
    req.peer = &sent;
    req.made = 1669120205;
}

static void setup(void)
{
    ck_assert_int_ge(sodium_init(), 0);
    site.templates = tpl_load(built("unit-templates"));
    open_request("GET", "");
}

static void teardown(void)
{
    req_close(&req);
    tpl_unload(site.templates);
    buf_free(&sent);
}

static void send_page(int status, const char *text)
{
    struct buf body = {0};

    buf_text(&body, text);
    out_page(&req, status, 60, &body);
    buf_free(&body);
}

static void check_header(const char *line)
{
    struct buf wanted = {0};

    buf_format(&wanted, "%s\r\n", line);
    ck_assert_msg(strstr(sent.data, wanted.data) != NULL, "%s is not in:\n%s", line, sent.data);
    buf_free(&wanted);
}

static void check_no_header(const char *name)
{
    ck_assert_msg(strstr(sent.data, name) == NULL, "%s is in:\n%s", name, sent.data);
}

/* What follows the head. */
static const char *body_sent(void)
{
    const char *end = strstr(sent.data, "\r\n\r\n");

    ck_assert_ptr_nonnull(end);
    return end + 4;
}

START_TEST(sends_a_page_whole)
{
    send_page(200, "<p>halo</p>");
    ck_assert_int_eq(strncmp(sent.data, "Status: 200 OK\r\n", 16), 0);
    check_header("Content-Type: text/html; charset=utf-8");
    check_header("Content-Language: id");
    check_header("Content-Length: 11");
    check_header("Vary: Accept-Encoding");
    check_no_header("Content-Encoding");
    check_header("Cache-Control: public, max-age=60, s-maxage=2, stale-while-revalidate=8, "
                 "stale-if-error=2592000");
    check_header("X-Made: 2022-11-22T12:30:05Z");
    /* BLAKE2b of the body, 128 bits. */
    check_header("ETag: \"c39f108f46da1936ef915917c176c76b\"");
    ck_assert_str_eq(body_sent(), "<p>halo</p>");
    ck_assert_int_eq(req.status, 200);
    ck_assert_uint_eq(req.bytes, 11);
}
END_TEST

START_TEST(is_shared_no_longer_than_it_may_be_kept)
{
    struct buf body = {0};

    out_page(&req, 200, 1, &body);
    check_header("Cache-Control: public, max-age=1, s-maxage=1, stale-while-revalidate=8, "
                 "stale-if-error=2592000");
    buf_clear(&sent);
    out_page(&req, 200, 0, &body);
    check_header("Cache-Control: public, max-age=0, s-maxage=0, stale-while-revalidate=8, "
                 "stale-if-error=2592000");
}
END_TEST

START_TEST(answers_head_like_get_without_a_body)
{
    send_page(200, "<p>halo</p>");
    size_t head = (size_t)(body_sent() - sent.data);
    char *id = strstr(sent.data, "X-Request-Id: ");
    memset(id + 14, '0', 32);
    struct buf get = sent;
    sent = (struct buf){0};
    req_close(&req);
    open_request("HEAD", "");
    send_page(200, "<p>halo</p>");
    memset(strstr(sent.data, "X-Request-Id: ") + 14, '0', 32);
    ck_assert_uint_eq(sent.len, head);
    ck_assert_mem_eq(sent.data, get.data, head);
    buf_free(&get);
}
END_TEST

START_TEST(does_not_send_what_the_client_has)
{
    req_close(&req);
    open_request("GET", "\"other\", W/\"c39f108f46da1936ef915917c176c76b\"");
    send_page(200, "<p>halo</p>");
    ck_assert_int_eq(strncmp(sent.data, "Status: 304 Not Modified\r\n", 26), 0);
    check_header("ETag: \"c39f108f46da1936ef915917c176c76b\"");
    check_header("Cache-Control: public, max-age=60, s-maxage=2, stale-while-revalidate=8, "
                 "stale-if-error=2592000");
    check_header("X-Made: 2022-11-22T12:30:05Z");
    check_header("Vary: Accept-Encoding");
    check_no_header("\nContent-Length");
    check_no_header("\nContent-Type");
    ck_assert_str_eq(body_sent(), "");
}
END_TEST

/* A page of so many bytes. */
static void send_long_page(int status, size_t size)
{
    char text[1000];

    ck_assert_uint_lt(size, sizeof text);
    memset(text, 'x', size);
    text[size] = '\0';
    send_page(status, text);
}

/* The header's value, in an array that the next call uses again. */
static const char *header(const char *name)
{
    static char value[100];
    const char *at = strstr(sent.data, name);

    ck_assert_msg(at != NULL, "%s is not in:\n%s", name, sent.data);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(at + strlen(name), "\r"), at + strlen(name));
    return value;
}

static const struct {
    const char *method;
    int status;
} packs[] = {{"GET", 200}, {"HEAD", 200}, {"GET", 404}};

START_TEST(packs_a_long_page_for_whom_that_suits)
{
    req_close(&req);
    open_request(packs[_i].method, "");
    req.gzip = true;
    send_long_page(packs[_i].status, 500);
    check_header("Content-Encoding: gzip");
    check_header("Vary: Accept-Encoding");
    long length = strtol(header("Content-Length: "), NULL, 10);
    ck_assert_int_gt(length, 0);
    ck_assert_int_lt(length, 100);
    bool head = strcmp(packs[_i].method, "HEAD") == 0;
    ck_assert_uint_eq(sent.len - (size_t)(body_sent() - sent.data), head ? 0 : (size_t)length);
    ck_assert_int_eq(head || strncmp(body_sent(), "\x1f\x8b", 2) == 0, 1);
}
END_TEST

START_TEST(leaves_a_short_page_as_it_is)
{
    req.gzip = true;
    send_long_page(200, 499);
    check_no_header("Content-Encoding");
    check_header("Content-Length: 499");
    check_header("Vary: Accept-Encoding");
}
END_TEST

/* Plain and packed bodies differ, so do their tags, and each is known by its own only. */
START_TEST(tells_forms_of_a_page_apart)
{
    char plain[100], packed[100];

    send_long_page(200, 500);
    snprintf(plain, sizeof plain, "%s", header("ETag: "));
    req.gzip = true;
    buf_clear(&sent);
    send_long_page(200, 500);
    snprintf(packed, sizeof packed, "%s", header("ETag: "));
    ck_assert_str_ne(plain, packed);
    for (int gzip = 0; gzip < 2; gzip++) {
        for (int given = 0; given < 2; given++) {
            req_close(&req);
            open_request("GET", given ? packed : plain);
            req.gzip = gzip != 0;
            buf_clear(&sent);
            send_long_page(200, 500);
            ck_assert_int_eq(req.status, gzip == given ? 304 : 200);
            ck_assert_str_eq(header("ETag: "), gzip ? packed : plain);
            check_header("Vary: Accept-Encoding");
        }
    }
}
END_TEST

START_TEST(lets_nobody_keep_what_is_not_200)
{
    req_close(&req);
    open_request("GET", "*");
    send_page(404, "<p>halo</p>");
    ck_assert_int_eq(strncmp(sent.data, "Status: 404 Not Found\r\n", 23), 0);
    check_header("Cache-Control: no-store");
    check_no_header("ETag");
    check_no_header("X-Made");
    ck_assert_str_eq(body_sent(), "<p>halo</p>");
}
END_TEST

static const int redirects[] = {301, 302, 303, 307, 308};

START_TEST(redirects_inside_the_site)
{
    char start[32];

    out_redirect(&req, redirects[_i], "/kota/kota-kediri?putaran=2022", 600);
    snprintf(start, sizeof start, "Status: %d ", redirects[_i]);
    ck_assert_int_eq(strncmp(sent.data, start, strlen(start)), 0);
    check_header("Location: /kota/kota-kediri?putaran=2022");
    check_header("Cache-Control: public, max-age=600, s-maxage=2, stale-while-revalidate=8, "
                 "stale-if-error=2592000");
    check_header("X-Made: 2022-11-22T12:30:05Z");
    check_header("Content-Length: 0");
    ck_assert_str_eq(body_sent(), "");
}
END_TEST

static const struct {
    int status;
    const char *location;
} strays[] = {
    {302, "https://jahat.example/"},
    {302, "//jahat.example/"},
    {302, "/\\jahat.example"},
    {302, "kota"},
    {302, ""},
    {302, "/a\r\nSet-Cookie: a=b"},
    {302, "/a b"},
    {200, "/kota"},
    {304, "/kota"},
    {404, "/kota"},
};

START_TEST(redirects_nowhere_else)
{
    out_redirect(&req, strays[_i].status, strays[_i].location, 600);
    ck_assert_int_eq(strncmp(sent.data, "Status: 500 ", 12), 0);
    check_no_header("Location");
    check_no_header("Set-Cookie");
}
END_TEST

static const struct {
    int status;
    const char *start, *header, *section;
} errors[] = {
    {400, "Status: 400 Bad Request\r\n", "Cache-Control: no-store", "s400"},
    {404, "Status: 404 Not Found\r\n", "Cache-Control: no-store", "s404"},
    {405, "Status: 405 Method Not Allowed\r\n", "Allow: GET, HEAD", "s405"},
    {413, "Status: 413 Content Too Large\r\n", "Cache-Control: no-store", "s413"},
    {414, "Status: 414 URI Too Long\r\n", "Cache-Control: no-store", "s414"},
    {500, "Status: 500 Internal Server Error\r\n", "Cache-Control: no-store", "s500"},
    {503, "Status: 503 Service Unavailable\r\n", "Retry-After: 5", "s503"},
};

START_TEST(has_a_page_for_every_error)
{
    struct buf line = {0};

    out_error(&req, errors[_i].status, NULL);
    ck_assert_int_eq(strncmp(sent.data, errors[_i].start, strlen(errors[_i].start)), 0);
    check_header(errors[_i].header);
    check_header("Content-Type: text/html; charset=utf-8");
    buf_format(&line, "<p>%d %s / error %s</p>", errors[_i].status, req.scope.request_id,
               errors[_i].section);
    ck_assert_ptr_nonnull(strstr(body_sent(), line.data));
    ck_assert_int_eq(strstr(body_sent(), "<p>wait 5</p>") != NULL, errors[_i].status == 503);
    ck_assert_int_eq(strstr(body_sent(), "<p>address</p>") != NULL, errors[_i].status == 400);
    buf_free(&line);
}
END_TEST

START_TEST(says_which_input_is_wrong)
{
    struct param_fault range = {"tahun", "bad_int", 2000, 2100, NULL};
    struct param_fault word = {"<b>", "bad_enum", 0, 0, "nilai nama"};

    out_error(&req, 400, &range);
    ck_assert_ptr_nonnull(strstr(body_sent(), "<p>tahun int 2000 2100</p>"));
    ck_assert_ptr_null(strstr(body_sent(), "<p>address</p>"));
    buf_clear(&sent);
    out_error(&req, 400, &word);
    ck_assert_ptr_nonnull(strstr(body_sent(), "<p>&lt;b&gt; enum nilai nama</p>"));
}
END_TEST

START_TEST(has_an_answer_without_any_template)
{
    tpl_unload(site.templates);
    site.templates = tpl_load("tests/unit/templates/broken");
    ck_assert_ptr_nonnull(site.templates);
    out_error(&req, 503, NULL);
    check_header("Content-Type: text/plain; charset=utf-8");
    check_header("Retry-After: 5");
    ck_assert_int_eq(strncmp(body_sent(), "503 ", 4), 0);
    ck_assert_int_eq(strncmp(body_sent() + 4, req.scope.request_id, 32), 0);
}
END_TEST

START_TEST(counts_nothing_when_the_client_has_gone)
{
    gone = true;
    send_page(200, "<p>halo</p>");
    gone = false;
    ck_assert_uint_eq(req.bytes, 0);
}
END_TEST

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

START_TEST(has_the_web_server_send_a_file)
{
    out_file(&req, DIGEST, "pdf", "Foto \xc3\xa9.pdf", 60);
    ck_assert_int_eq(req.status, 200);
    check_header("X-Accel-Redirect: /tersimpan/01/" /* and the rest of the digest */
                 "23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    check_header("Content-Type: application/pdf");
    check_header("Cache-Control: public, max-age=60");
    check_header("Content-Disposition: inline; filename=\"Foto___.pdf\"; "
                 "filename*=UTF-8''Foto%20%C3%A9.pdf");
    buf_clear(&sent);
    req.private = true;
    out_file(&req, DIGEST, "xlsx", "a.xlsx", 60);
    check_header("Cache-Control: no-store");
    check_header("Content-Disposition: attachment; filename=\"a.xlsx\"; filename*=UTF-8''a.xlsx");
}
END_TEST

static const struct {
    const char *digest, *kind;
} no_files[] = {{DIGEST, "exe"}, {DIGEST "0", "pdf"}, {"../../../../etc/passwd", "pdf"}};

START_TEST(sends_no_other_file)
{
    out_file(&req, no_files[_i].digest, no_files[_i].kind, "a.pdf", 60);
    ck_assert_int_eq(req.status, 500);
    check_no_header("X-Accel-Redirect");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("out");
    TCase *tests = tcase_create("out");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, sends_a_page_whole);
    tcase_add_test(tests, is_shared_no_longer_than_it_may_be_kept);
    tcase_add_test(tests, answers_head_like_get_without_a_body);
    tcase_add_test(tests, does_not_send_what_the_client_has);
    tcase_add_loop_test(tests, packs_a_long_page_for_whom_that_suits, 0, UNIT_ROWS(packs));
    tcase_add_test(tests, leaves_a_short_page_as_it_is);
    tcase_add_test(tests, tells_forms_of_a_page_apart);
    tcase_add_test(tests, lets_nobody_keep_what_is_not_200);
    tcase_add_loop_test(tests, redirects_inside_the_site, 0, UNIT_ROWS(redirects));
    tcase_add_loop_test(tests, redirects_nowhere_else, 0, UNIT_ROWS(strays));
    tcase_add_loop_test(tests, has_a_page_for_every_error, 0, UNIT_ROWS(errors));
    tcase_add_test(tests, has_the_web_server_send_a_file);
    tcase_add_loop_test(tests, sends_no_other_file, 0, UNIT_ROWS(no_files));
    tcase_add_test(tests, says_which_input_is_wrong);
    tcase_add_test(tests, has_an_answer_without_any_template);
    tcase_add_test(tests, counts_nothing_when_the_client_has_gone);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
