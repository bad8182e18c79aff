#include "words/part.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

#define TEMPLATES "tests/unit/templates"

static struct buf out, fault;
static const struct part_place place = {.folder = TEMPLATES, .lang = "id", .fault = &fault};

static void teardown(void)
{
    buf_free(&out);
    buf_free(&fault);
}

START_TEST(puts_parts_in_place)
{
    ck_assert(part_expand(&place, "plain", &out));
    ck_assert_str_eq(buf_string(&fault), "");
    const char *start =
        PART_PRAGMA "\n<!DOCTYPE html>\n<html lang=\"{{lang}}\"><title>{{title}}</title>"
                    "{{#simulated}}<b>simulasi</b>{{/simulated}}\n<p>{{lang}}";
    ck_assert_int_eq(strncmp(out.data, start, strlen(start)), 0);
    ck_assert_ptr_null(strstr(out.data + 1, PART_PRAGMA));
    ck_assert_ptr_null(strstr(out.data, "{{>"));
}
END_TEST

START_TEST(keeps_what_several_pages_share_under_a_name_of_its_language)
{
    const struct part_place broken = {.folder = TEMPLATES "/broken", .lang = "en", .fault = &fault};

    ck_assert(part_is_shared("_foot", 5) && !part_is_shared("_footer", 7) &&
              !part_is_shared("foot", 4));
    ck_assert(part_expand(&broken, "good", &out));
    ck_assert_str_eq(out.data, PART_PRAGMA "\n<p>{{value}}</p>{{>en__foot}}");
}
END_TEST

START_TEST(drops_indentation_only)
{
    ck_assert(part_expand(&place, "city", &out));
    ck_assert_ptr_nonnull(
        strstr(out.data, "\n{{#rows}}\n<li class=\"{{evil}}\"><i title=\"{{evil}}\">{{name}}|"));
    ck_assert_ptr_null(strstr(out.data, "\n "));
    ck_assert_ptr_nonnull(strstr(out.data, "a</a> <a"));
}
END_TEST

START_TEST(gives_each_number_an_argument)
{
    ck_assert(part_expand(&place, "numbers", &out));
    ck_assert_ptr_nonnull(
        strstr(out.data, "\n{{value:x-num=}} {{value:x-num=2}} {{value:x-num=+}} "));
}
END_TEST

START_TEST(says_the_words_of_the_head_again)
{
    ck_assert(part_expand(&place, "shared", &out));
    ck_assert_str_eq(out.data,
                     PART_PRAGMA "\n<meta property=\"og:title\" content=\"{{name}} – kota\">\n"
                                 "<meta property=\"og:description\" content=\"Nilai {{name}}.\">\n"
                                 "<title>{{name}} – kota – Tolok Kota</title>\n"
                                 "<meta name=\"description\" content=\"Nilai {{name}}.\">\n"
                                 "<svg><title>{{name}}</title></svg>");
}
END_TEST

static const struct {
    const char *name, *fault;
} broken[] = {
    {"missing_part", "missing_part.html:3: _nowhere.html can not be read\n"},
    {"bare_part", "_bare.html:1: does not begin with the auto-escape pragma\n"},
    {"bare", "bare.html:1: does not begin with the auto-escape pragma\n"},
    {"empty", "empty.html:1: does not begin with the auto-escape pragma\n"},
    {"not_a_part", "not_a_part.html:2: {{> does not name a part\n"},
    {"endless", "_endless.html:2: _endless.html is nested too deep\n"},
    {"nul", "nul.html:2: has a NUL byte\n"},
    {"quoted_title", "quoted_title.html:1: has a quote in its title\n"},
    {"../plain/../x", "../plain/../x.html:1: ../plain/../x.html can not be read\n"},
};

START_TEST(says_what_is_wrong)
{
    const struct part_place there = {.folder = TEMPLATES "/broken", .lang = "id", .fault = &fault};
    char expected[200];

    snprintf(expected, sizeof expected, TEMPLATES "/broken/%s", broken[_i].fault);
    ck_assert(!part_expand(&there, broken[_i].name, &out));
    ck_assert_str_eq(buf_string(&fault), expected);
}
END_TEST

/* Lines of what becomes of plain.html. */
static const struct {
    long line;
    const char *origin;
} origins[] = {
    {2, TEMPLATES "/_head.html:2"},
    {3, TEMPLATES "/_head.html:3"},
    {4, TEMPLATES "/plain.html:3"},
    {6, TEMPLATES "/plain.html:5"},
};

START_TEST(knows_where_a_line_came_from)
{
    part_origin(&place, "plain", origins[_i].line, &out);
    ck_assert_str_eq(out.data, origins[_i].origin);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("part");
    TCase *tests = tcase_create("part");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, puts_parts_in_place);
    tcase_add_test(tests, keeps_what_several_pages_share_under_a_name_of_its_language);
    tcase_add_test(tests, drops_indentation_only);
    tcase_add_test(tests, gives_each_number_an_argument);
    tcase_add_test(tests, says_the_words_of_the_head_again);
    tcase_add_loop_test(tests, says_what_is_wrong, 0, UNIT_ROWS(broken));
    tcase_add_loop_test(tests, knows_where_a_line_came_from, 0, UNIT_ROWS(origins));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
