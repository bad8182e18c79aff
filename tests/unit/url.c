#include "base/url.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "unit.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_open();
}

static void teardown(void)
{
    arena_close(arena);
}

static const struct {
    const char *raw, *decoded;
    enum url_fault fault;
} values[] = {
    {"kota-kediri", "kota-kediri", URL_FINE},
    {"", "", URL_FINE},
    {"a+b%20c", "a b c", URL_FINE},
    {"%2B%2b", "++", URL_FINE},
    {"%252F", "%2F", URL_FINE},
    {"%C3%A9", "\xc3\xa9", URL_FINE},
    {"\xc3\xa9", "\xc3\xa9", URL_FINE},
    {"%3Cscript%3E", "<script>", URL_FINE},
    {"%0a", "\n", URL_FINE},
    {"%", "", URL_BAD_ESCAPE},
    {"%1", "", URL_BAD_ESCAPE},
    {"a%", "", URL_BAD_ESCAPE},
    {"%zz", "", URL_BAD_ESCAPE},
    {"%1g", "", URL_BAD_ESCAPE},
    {"% 1", "", URL_BAD_ESCAPE},
    {"%-1", "", URL_BAD_ESCAPE},
    {"%u0041", "", URL_BAD_ESCAPE},
    {"a%00b", "", URL_BAD_UTF8},
    {"%ff", "", URL_BAD_UTF8},
    {"%c0%af", "", URL_BAD_UTF8},
    {"%ed%a0%80", "", URL_BAD_UTF8},
    {"%e2%82", "", URL_BAD_UTF8},
};

START_TEST(decodes_once)
{
    enum url_fault fault = URL_FAULT_MAX;
    const char *decoded = url_decode(arena, values[_i].raw, strlen(values[_i].raw), &fault);

    ck_assert_str_eq(decoded, values[_i].decoded);
    ck_assert_int_eq(fault, values[_i].fault);
}
END_TEST

START_TEST(splits_a_query)
{
    struct url_pair *pairs = NULL;

    ck_assert_uint_eq(url_query(arena, "", &pairs), 0);
    ck_assert_uint_eq(url_query(arena, "&&", &pairs), 0);
    size_t count = url_query(arena, "a=1&&b=%41+x&c&=d&e=&f=g=h&%61=2&i=%zz&%ff=3", &pairs);
    static const struct url_pair expected[] = {
        {"a", "1", URL_FINE}, {"b", "A x", URL_FINE},    {"c", "", URL_FINE},
        {"", "d", URL_FINE},  {"e", "", URL_FINE},       {"f", "g=h", URL_FINE},
        {"a", "2", URL_FINE}, {"i", "", URL_BAD_ESCAPE}, {"", "3", URL_FINE},
    };
    ck_assert_uint_eq(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(pairs[i].name, expected[i].name);
        ck_assert_str_eq(pairs[i].value, expected[i].value);
        ck_assert_int_eq(pairs[i].fault, expected[i].fault);
    }
}
END_TEST

START_TEST(writes_paths_for_a_header)
{
    struct buf out = {0};

    url_path(&out, "/kota/kota-kediri/a b?c#d\xc3\xa9%\r\n");
    ck_assert_str_eq(out.data, "/kota/kota-kediri/a%20b%3Fc%23d%C3%A9%25%0D%0A");
    ck_assert(str_is_local_path(out.data));
    buf_free(&out);
}
END_TEST

START_TEST(writes_queries_as_links_do)
{
    struct buf out = {0};

    url_add(&out, "q", "a b+c&d=e\"<>\\%'#?;\xc3\xa9\r\n");
    url_add(&out, "kota", "a-b.c_d~,*/!()");
    url_add(&out, "\xff", "");
    ck_assert_str_eq(
        out.data,
        "q=a+b%2Bc%26d%3De%22%3C%3E%5C%25%27%23%3F%3B%C3%A9%0D%0A&kota=a-b.c_d~,*/!()&%FF=");
    buf_free(&out);
}
END_TEST

/* Random strings out of the bytes that matter: nothing that is decoded may be anything but good
 * UTF-8. */
START_TEST(keeps_its_promise_whatever_comes)
{
    static const char bytes[] = "%%%%==&&&+0123456789abcdefABCDEFxyz\xc3\xa9\xff\x80\n";

    srand(20220815);
    for (int i = 0; i < 20000; i++) {
        char query[40];
        size_t length = (size_t)rand() % sizeof query;
        for (size_t j = 0; j < length; j++)
            query[j] = bytes[(size_t)rand() % (sizeof bytes - 1)];
        query[length > 0 ? length - 1 : 0] = '\0';
        struct url_pair *pairs = NULL;
        size_t count = url_query(arena, query, &pairs);
        for (size_t j = 0; j < count; j++) {
            bool name = str_utf8(pairs[j].name, strlen(pairs[j].name));
            bool value = str_utf8(pairs[j].value, strlen(pairs[j].value));
            if (!name || !value || (pairs[j].fault != URL_FINE && *pairs[j].value != '\0'))
                ck_abort_msg("%s", query);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url");
    TCase *tests = tcase_create("url");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, decodes_once, 0, UNIT_ROWS(values));
    tcase_add_test(tests, splits_a_query);
    tcase_add_test(tests, writes_paths_for_a_header);
    tcase_add_test(tests, writes_queries_as_links_do);
    tcase_add_test(tests, keeps_its_promise_whatever_comes);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
