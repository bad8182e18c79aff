#include "http/param.h"

#include <stdlib.h>
#include <string.h>

#include "http/pages.h"
#include "http/route.h"
#include "unit.h"

#define ALLOWED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!()*,/%+=&"

enum { CITY, ROUND, SORT, YEAR, SEARCH, CITIES, PARAMS };

static const struct param params[] = {
    [CITY] = {.name = "city", .kind = PARAM_SLUG},
    [ROUND] = {.name = "putaran", .kind = PARAM_CODE},
    [SORT] = {.name = "urut", .kind = PARAM_ENUM, .words = "nilai nama", .standard = "nilai"},
    [YEAR] = {.name = "tahun", .kind = PARAM_INT, .min = 2000, .max = 2100},
    [SEARCH] = {.name = "q", .kind = PARAM_TEXT, .max = 10},
    [CITIES] = {.name = "kota", .kind = PARAM_SLUGS, .max = 3},
    {0},
};
static const struct page page = {.name = "x", .path = "/x/:city", .params = params};

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
    const char *query;
    int which;
    const char *value;
} accepted[] = {
    {"", ROUND, NULL},
    {"", SORT, "nilai"},
    {"", CITIES, NULL},
    {"putaran=2022", ROUND, "2022"},
    {"putaran=", ROUND, NULL},
    {"putaran=&putaran=2022&putaran=", ROUND, "2022"},
    {"putaran=++2022+", ROUND, "2022"},
    {"putaran=+", ROUND, NULL},
    {"putaran=+&putaran=2022", ROUND, "2022"},
    {"urut=nama", SORT, "nama"},
    {"urut=", SORT, "nilai"},
    {"tahun=2000", YEAR, "2000"},
    {"tahun=2100", YEAR, "2100"},
    {"q=%3Cb%3E", SEARCH, "<b>"},
    {"q=1234567890", SEARCH, "1234567890"},
    {"q=+1234567890+", SEARCH, "1234567890"},
    {"kota=a", CITIES, "{a}"},
    {"kota=a,b,c", CITIES, "{a,b,c}"},
    {"kota=a&kota=b&kota=c", CITIES, "{a,b,c}"},
    {"kota=b,a,b&kota=a", CITIES, "{b,a}"},
    {"kota=,,a,", CITIES, "{a}"},
    {"kota=+a,b+", CITIES, "{a,b}"},
    {"kota=a,+b+,%20,c", CITIES, "{a,b,c}"},
    {"kota=,", CITIES, NULL},
    {"unknown=%zz&other=%ff&a&=&putaran=1", ROUND, "1"},
    {"Putaran=x%20x", ROUND, NULL},
    {"city=other", CITY, "kota-kediri"},
    {"city=%ff&city=2", CITY, "kota-kediri"},
};

static const char *values[PARAMS];
static struct inputs inputs = {.values = values};

static int read_params(const char *query)
{
    struct route route = {.page = &page, .count = 1, .values = {{"city", "kota-kediri"}}};

    return param_read(arena, page.params, &route, query, &inputs);
}

START_TEST(reads_what_is_declared)
{
    ck_assert_int_eq(read_params(accepted[_i].query), 0);
    const char *got = values[accepted[_i].which];
    ck_assert_int_eq(got == NULL, accepted[_i].value == NULL);
    if (got != NULL)
        ck_assert_str_eq(got, accepted[_i].value);
}
END_TEST

static const struct {
    const char *query, *field, *what;
} refused[] = {
    {"putaran=20%2022", "putaran", "bad_code"},
    {"putaran=2022'--", "putaran", "bad_code"},
    {"putaran=1&putaran=1", "putaran", "repeated"},
    {"putaran=%zz", "putaran", "bad_utf8"},
    {"putaran=%ff", "putaran", "bad_utf8"},
    {"putaran=1&putaran=%ff", "putaran", "repeated"},
    {"urut=harga", "urut", "bad_enum"},
    {"urut=nilai+nama", "urut", "bad_enum"},
    {"tahun=1999", "tahun", "bad_int"},
    {"tahun=2101", "tahun", "bad_int"},
    {"tahun=02022", "tahun", "bad_int"},
    {"tahun=2e3", "tahun", "bad_int"},
    {"tahun=99999999999999999999", "tahun", "bad_int"},
    {"q=12345678901", "q", "bad_text"},
    {"q=a%0Ab", "q", "bad_text"},
    {"q=a%00b", "q", "bad_utf8"},
    {"kota=a,b,c,d", "kota", "bad_slugs"},
    {"kota=a&kota=b&kota=c&kota=d", "kota", "bad_slugs"},
    {"kota=a,B", "kota", "bad_slugs"},
    {"kota=a+b", "kota", "bad_slugs"},
    {"kota={a}", "kota", "bad_slugs"},
    {"kota=%22", "kota", "bad_slugs"},
    {"kota=a&kota=%ff", "kota", "bad_utf8"},
};

START_TEST(names_the_field_that_is_wrong)
{
    ck_assert_int_eq(read_params(refused[_i].query), 400);
    ck_assert_str_eq(inputs.fault.field, refused[_i].field);
    ck_assert_str_eq(inputs.fault.what, refused[_i].what);
}
END_TEST

static const struct {
    const char *query, *canonical;
} canonicals[] = {
    {"", ""},
    {"&&", ""},
    {"x=1&y", ""},
    {"putaran=", ""},
    {"putaran", ""},
    {"=2022", ""},
    {"putaran=2022", "putaran=2022"},
    {"kota=a,+b&kota=+c+", "kota=a,b,c"},
    {"%70utaran=20%32%32", "putaran=2022"},
    {"&putaran=2022&&", "putaran=2022"},
    {"Putaran=2022", ""},
    {"putaran=2022&x=1", "putaran=2022"},
    {"putaran=&putaran=+2022+", "putaran=2022"},
    {"tahun=2022&urut=nama&putaran=1", "putaran=1&urut=nama&tahun=2022"},
    {"urut=nilai", ""},
    {"putaran=1&urut=nilai", "putaran=1"},
    {"q=a%20b", "q=a+b"},
    {"q=a+b", "q=a+b"},
    {"q=%2b%3d%26%3B", "q=%2B%3D%26%3B"},
    {"q=a;b=c", "q=a%3Bb%3Dc"},
    {"q=\xc3\xa9%c3%A9", "q=%C3%A9%C3%A9"},
    {"q=%E2%80%89", "q=%E2%80%89"},
    {"q=a?b", "q=a%3Fb"},
    {"kota=b%2Ca,b&kota=c", "kota=b,a,c"},
    {"kota=,,", ""},
    {"city=x&city=y", ""},
};

START_TEST(has_one_form_of_a_query)
{
    ck_assert_int_eq(read_params(canonicals[_i].query), 0);
    ck_assert_str_eq(inputs.query, canonicals[_i].canonical);
}
END_TEST

/* A query of up to eight pairs, of names and values that come near to good ones. */
static const char *random_query(void)
{
    static const char *const names[] = {"putaran", "urut", "tahun", "q",   "kota", "%71",
                                        "k%6Fta",  "city", "x",     "%ff", "Q",    ""};
    static const char *const pieces[] = {
        "a",   "B",      "-",        ".",   ",", "+",   "%20", "%2C",      "%2c",  "%3b",
        "%26", "%C3%A9", "\xc3\xa9", "=",   ";", "?",   "'",   "2022",     "nama", "nilai",
        "%32", "~",      "%7e",      "%ff", "%", "%00", "/",   "%E2%80%8B"};
    const char *query = "";

    for (int pairs = rand() % 8; pairs > 0; pairs--) {
        query = arena_format(arena, "%s%s%s", query, rand() % 8 > 0 ? "&" : "",
                             names[rand() % UNIT_ROWS(names)]);
        if (rand() % 8 > 0)
            query = arena_format(arena, "%s=", query);
        for (int i = rand() % 3; i > 0; i--)
            query = arena_format(arena, "%s%s", query, pieces[rand() % UNIT_ROWS(pieces)]);
    }
    return query;
}

/* The canonical form of anything is its own canonical form, means the same, and is text for an
 * address. */
START_TEST(means_the_same_in_its_one_form)
{
    int good = 0;

    srand(20220815);
    for (int i = 0; i < 20000; i++) {
        const char *query = random_query();
        const char *before[PARAMS];
        if (read_params(query) != 0)
            continue;
        const char *canonical = inputs.query;
        memcpy(before, values, sizeof before);
        ck_assert_int_eq(read_params(canonical), 0);
        ck_assert_str_eq(inputs.query, canonical);
        ck_assert_str_eq(canonical, arena_copy(arena, canonical, strspn(canonical, ALLOWED)));
        for (int j = 0; j < PARAMS; j++)
            ck_assert_pstr_eq(values[j], before[j]);
        good += *canonical != '\0';
    }
    ck_assert_int_gt(good, 1000);
}
END_TEST

START_TEST(tells_range_and_words)
{
    read_params("tahun=1");
    ck_assert_int_eq(inputs.fault.min, 2000);
    ck_assert_int_eq(inputs.fault.max, 2100);
    read_params("urut=1");
    ck_assert_str_eq(inputs.fault.words, "nilai nama");
}
END_TEST

START_TEST(does_not_know_a_page_whose_path_is_not_of_its_kind)
{
    struct route route = {.page = &page, .count = 1, .values = {{"city", "Kota Kediri"}}};

    ck_assert_int_eq(param_read(arena, page.params, &route, "", &inputs), 404);
}
END_TEST

START_TEST(counts_and_names)
{
    ck_assert_uint_eq(param_count(page.params), PARAMS);
    ck_assert_str_eq(param_kind_name(PARAM_SLUGS), "slugs");
    for (int kind = 0; kind < PARAM_MAX; kind++)
        ck_assert_ptr_nonnull(param_kind_name((enum param_kind)kind));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("param");
    TCase *tests = tcase_create("param");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, reads_what_is_declared, 0, UNIT_ROWS(accepted));
    tcase_add_loop_test(tests, names_the_field_that_is_wrong, 0, UNIT_ROWS(refused));
    tcase_add_loop_test(tests, has_one_form_of_a_query, 0, UNIT_ROWS(canonicals));
    tcase_add_test(tests, means_the_same_in_its_one_form);
    tcase_add_test(tests, tells_range_and_words);
    tcase_add_test(tests, does_not_know_a_page_whose_path_is_not_of_its_kind);
    tcase_add_test(tests, counts_and_names);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
