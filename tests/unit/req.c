#include "http/req.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "unit.h"

static const struct site site = {0};
static struct req req;

/* Opens a request with a variable "NAME=value", or two of them. */
static void open_with(const char *first, const char *second)
{
    static char copies[2][5000];
    static char *variables[3];
    const char *const given[] = {first, second};

    for (size_t i = 0; i < 2; i++) {
        variables[i] = NULL;
        if (given[i] != NULL)
            variables[i] = memcpy(copies[i], given[i], strlen(given[i]) + 1);
    }
    req_open(&req, &site, variables);
}

static void setup(void)
{
    ck_assert_int_ge(sodium_init(), 0);
}

static void teardown(void)
{
    req_close(&req);
}

START_TEST(has_standards_for_a_run_by_hand)
{
    open_with(NULL, NULL);
    ck_assert_int_eq(req.method, REQ_GET);
    ck_assert_str_eq(req.path, "/");
    ck_assert_str_eq(req.query, "");
    ck_assert_str_eq(req.lang, "id");
    ck_assert_ptr_null(req.if_none_match);
    ck_assert_int_eq(req.refused, 0);
    ck_assert_uint_eq(strlen(req.scope.request_id), 32);
    ck_assert_str_eq(req.scope.phase, "parse");
}
END_TEST

START_TEST(takes_path_and_query_as_they_are)
{
    open_with("PATH_INFO=/kota/kota-kediri", "QUERY_STRING=a=%41");
    ck_assert_str_eq(req.path, "/kota/kota-kediri");
    ck_assert_str_eq(req.query, "a=%41");
}
END_TEST

static const struct {
    const char *first, *second;
    int refused;
} refusals[] = {
    {"REQUEST_METHOD=GET", NULL, 0},
    {"REQUEST_METHOD=HEAD", NULL, 0},
    {"REQUEST_METHOD=POST", NULL, 405},
    {"REQUEST_METHOD=get", NULL, 405},
    {"REQUEST_METHOD=", NULL, 405},
    {"REQUEST_METHOD=DELETE", "CONTENT_LENGTH=x", 405},
    {"CONTENT_LENGTH=", NULL, 0},
    {"CONTENT_LENGTH=0", NULL, 0},
    {"CONTENT_LENGTH=1048576", NULL, 0},
    {"CONTENT_LENGTH=1048577", NULL, 413},
    {"CONTENT_LENGTH=9223372036854775808", NULL, 413},
    {"CONTENT_LENGTH=99999999999999999999999999", NULL, 413},
    {"CONTENT_LENGTH=-1", NULL, 400},
    {"CONTENT_LENGTH=+1", NULL, 400},
    {"CONTENT_LENGTH=1e3", NULL, 400},
    {"CONTENT_LENGTH=1, 1", NULL, 400},
    {"CONTENT_LENGTH= 1", NULL, 400},
    {"CONTENT_LENGTH=01", NULL, 400},
    {"CONTENT_LENGTH=0x10", NULL, 400},
    {"PATH_INFO=kota", NULL, 400},
    {"PATH_INFO=/kota/\xff", NULL, 400},
    {"PATH_INFO=/kota/\xc0\xaf", NULL, 400},
    {"PATH_INFO=/kota/a\nb", NULL, 400},
    {"PATH_INFO=/kota/a\x7f", NULL, 400},
    {"PATH_INFO=/kota/\xc3\xa9", NULL, 0},
    {"PATH_INFO=/kota/../x", NULL, 0},
    {"PATH_INFO=", NULL, 0},
};

START_TEST(notes_what_is_not_a_request)
{
    open_with(refusals[_i].first, refusals[_i].second);
    ck_assert_int_eq(req.refused, refusals[_i].refused);
    ck_assert_int_eq(*req.path, '/');
}
END_TEST

static const struct {
    const char *start;
    size_t length;
    int refused;
} lengths[] = {
    {"PATH_INFO=/", 1024, 0},   {"PATH_INFO=/", 1025, 414},   {"PATH_INFO=/\xff", 1025, 414},
    {"QUERY_STRING=", 4096, 0}, {"QUERY_STRING=", 4097, 414},
};

START_TEST(refuses_an_endless_address)
{
    char variable[5000];
    size_t start = strlen(lengths[_i].start);
    size_t end = strcspn(lengths[_i].start, "=") + 1 + lengths[_i].length;

    memset(variable, 'a', sizeof variable);
    memcpy(variable, lengths[_i].start, start);
    variable[end] = '\0';
    open_with(variable, NULL);
    ck_assert_int_eq(req.refused, lengths[_i].refused);
    if (lengths[_i].refused != 0)
        ck_assert_str_eq(req.path, "/");
}
END_TEST

/* What a client says about itself, its path or its method beside the request as such. */
static const char *const claims[] = {
    "HTTP_PROXY=http://jahat.example",
    "HTTP_X_FORWARDED_FOR=10.0.0.1",
    "HTTP_X_FORWARDED_HOST=jahat.example",
    "HTTP_X_FORWARDED_PROTO=https",
    "HTTP_FORWARDED=host=jahat.example",
    "HTTP_X_ORIGINAL_URL=/kota/x",
    "HTTP_X_REWRITE_URL=/kota/x",
    "HTTP_X_HTTP_METHOD_OVERRIDE=DELETE",
    "HTTP_X_HTTP_METHOD=DELETE",
    "HTTP_X_METHOD_OVERRIDE=DELETE",
    "HTTP_X_ACCEL_REDIRECT=/kota/x",
    "HTTP_TOLOK_ACCEL=1",
    "HTTP_TOLOK_WATCH=1",
    "HTTP_HOST=jahat.example",
    "HTTP_PATH_INFO=/kota/x",
    "HTTP_REQUEST_METHOD=DELETE",
    "HTTP_QUERY_STRING=q=x",
    "HTTP_CONTENT_LENGTH=x",
    "HTTP_TRANSFER_ENCODING=chunked",
    "HTTP_ACCEPT_LANGUAGE=en",
    "REQUEST_URI=/kota/x",
    "SCRIPT_NAME=/kota/x",
    "SERVER_NAME=jahat.example",
    "REMOTE_ADDR=::1",
    "PATH=/tmp",
};

START_TEST(believes_no_other_header)
{
    open_with(claims[_i], "PATH_INFO=/kota");
    ck_assert_int_eq(req.method, REQ_GET);
    ck_assert_str_eq(req.path, "/kota");
    ck_assert_str_eq(req.query, "");
    ck_assert_str_eq(req.lang, "id");
    ck_assert_int_eq(req.refused, 0);
    ck_assert(!req.accel && !req.watch && !req.gzip);
    ck_assert_ptr_null(req.if_none_match);
}
END_TEST

static const char *const doubled[][2] = {
    {"PATH_INFO=/kota", "PATH_INFO=/other"},
    {"REQUEST_METHOD=GET", "REQUEST_METHOD=POST"},
    {"QUERY_STRING=", "QUERY_STRING=q=x"},
    {"CONTENT_LENGTH=", "CONTENT_LENGTH=x"},
    {"TOLOK_ACCEL=0", "TOLOK_ACCEL=1"},
    {"TOLOK_WATCH=", "TOLOK_WATCH=1"},
    {"HTTP_ACCEPT_ENCODING=", "HTTP_ACCEPT_ENCODING=gzip"},
};

START_TEST(takes_the_first_of_a_doubled_variable)
{
    open_with(doubled[_i][0], doubled[_i][1]);
    ck_assert_str_eq(req.path, _i == 0 ? "/kota" : "/");
    ck_assert_str_eq(req.query, "");
    ck_assert_int_eq(req.refused, 0);
    ck_assert(!req.accel && !req.watch && !req.gzip);
}
END_TEST

static const struct {
    const char *given;
    bool taken;
} ids[] = {
    {"0123456789abcdef0123456789abcdef", true},   {"0123456789ABCDEF0123456789ABCDEF", false},
    {"0123456789abcdef0123456789abcde", false},   {"0123456789abcdef0123456789abcdef0", false},
    {"0123456789abcdef\r\nSet-Cookie: a", false}, {"", false},
};

START_TEST(takes_an_id_from_the_web_server_only)
{
    char variable[100] = "REQUEST_ID=";

    memcpy(variable + strlen(variable), ids[_i].given, strlen(ids[_i].given) + 1);
    open_with(variable, "HTTP_X_REQUEST_ID=ffffffffffffffffffffffffffffffff");
    ck_assert_int_eq(strcmp(req.scope.request_id, ids[_i].given) == 0, ids[_i].taken);
    ck_assert_uint_eq(strlen(req.scope.request_id), 32);
    ck_assert_uint_eq(strspn(req.scope.request_id, "0123456789abcdef"), 32);
    ck_assert_str_ne(req.scope.request_id, "ffffffffffffffffffffffffffffffff");
}
END_TEST

static const struct {
    const char *header;
    bool gzip;
} encodings[] = {
    {"gzip", true}, {"", false}, {"gzip;q=0", false}, {"gzip, br", false}, {"*", false},
};

START_TEST(knows_who_takes_gzip)
{
    char variable[100];

    snprintf(variable, sizeof variable, "HTTP_ACCEPT_ENCODING=%s", encodings[_i].header);
    open_with(variable, NULL);
    ck_assert_int_eq(req.gzip, encodings[_i].gzip);
}
END_TEST

static const struct {
    const char *variable;
    bool accel;
} accels[] = {
    {"TOLOK_ACCEL=1", true},   {"TOLOK_ACCEL=", false},       {"TOLOK_ACCEL=0", false},
    {"TOLOK_ACCEL=11", false}, {"HTTP_TOLOK_ACCEL=1", false},
};

START_TEST(reroutes_for_the_web_server_only)
{
    open_with(accels[_i].variable, NULL);
    ck_assert_int_eq(req.accel, accels[_i].accel);
}
END_TEST

START_TEST(measures_phases)
{
    open_with(NULL, NULL);
    req_enter(&req, REQ_QUERY);
    ck_assert_str_eq(req.scope.phase, "query");
    long before = clock_us();
    while (clock_us() - before < 2000)
        continue;
    req_enter(&req, REQ_SEND);
    ck_assert_int_ge(req.phase_us[REQ_QUERY], 2000);
    ck_assert_int_lt(req.phase_us[REQ_PARSE], 2000);
    ck_assert_str_eq(req.scope.phase, "send");
}
END_TEST

START_TEST(finds_whole_variables)
{
    char a[] = "AB=1", b[] = "A=2", c[] = "EMPTY=", d[] = "NOTHING";
    char *variables[] = {a, b, c, d, NULL};

    open_with(NULL, NULL);
    ck_assert_str_eq(req_variable(variables, "A"), "2");
    ck_assert_str_eq(req_variable(variables, "AB"), "1");
    ck_assert_str_eq(req_variable(variables, "EMPTY"), "");
    ck_assert_ptr_null(req_variable(variables, "NOTHING"));
    ck_assert_ptr_null(req_variable(variables, "B"));
}
END_TEST

/* Gives what there is in pieces of three bytes. */
static size_t take_three(void *peer, char *bytes, size_t len)
{
    const char **left = peer;
    size_t piece = strnlen(*left, len < 3 ? len : 3);

    memcpy(bytes, *left, piece);
    *left += piece;
    return piece;
}

static const struct {
    const char *sent;
    bool whole;
} bodies[] = {{"a=1&b=22", true}, {"a=1&b=", false}, {"", false}, {"a=1&b=22 and more", true}};

START_TEST(reads_a_body_as_long_as_it_was_announced)
{
    struct buf body = {0};
    const char *left = bodies[_i].sent;

    open_with("CONTENT_LENGTH=8", NULL);
    ck_assert(!req_body(&req, &body));
    req.take = take_three;
    req.peer = &left;
    ck_assert_int_eq(req_body(&req, &body), bodies[_i].whole);
    if (bodies[_i].whole)
        ck_assert_str_eq(buf_string(&body), "a=1&b=22");
    buf_free(&body);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("req");
    TCase *tests = tcase_create("req");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, has_standards_for_a_run_by_hand);
    tcase_add_test(tests, takes_path_and_query_as_they_are);
    tcase_add_loop_test(tests, notes_what_is_not_a_request, 0, UNIT_ROWS(refusals));
    tcase_add_loop_test(tests, refuses_an_endless_address, 0, UNIT_ROWS(lengths));
    tcase_add_loop_test(tests, believes_no_other_header, 0, UNIT_ROWS(claims));
    tcase_add_loop_test(tests, takes_the_first_of_a_doubled_variable, 0, UNIT_ROWS(doubled));
    tcase_add_loop_test(tests, takes_an_id_from_the_web_server_only, 0, UNIT_ROWS(ids));
    tcase_add_loop_test(tests, knows_who_takes_gzip, 0, UNIT_ROWS(encodings));
    tcase_add_loop_test(tests, reroutes_for_the_web_server_only, 0, UNIT_ROWS(accels));
    tcase_add_loop_test(tests, reads_a_body_as_long_as_it_was_announced, 0, UNIT_ROWS(bodies));
    tcase_add_test(tests, measures_phases);
    tcase_add_test(tests, finds_whole_variables);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
