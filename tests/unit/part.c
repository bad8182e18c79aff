#include "tpl/part.h"

#include <string.h>

#include "unit.h"

#define TEMPLATES "tests/unit/templates"

static struct buf out, fault;

static void teardown(void)
{
    buf_free(&out);
    buf_free(&fault);
}

START_TEST(puts_parts_in_place)
{
    ck_assert(part_expand(TEMPLATES, "plain", NULL, NULL, &out, &fault));
    ck_assert_str_eq(buf_string(&fault), "");
    const char *start =
        PART_PRAGMA "\n<!DOCTYPE html>\n<html lang=\"{{lang}}\"><title>{{title}}</title>"
                    "{{#simulated}}<b>simulasi</b>{{/simulated}}\n<p>{{lang}}";
    ck_assert_int_eq(strncmp(out.data, start, strlen(start)), 0);
    ck_assert_ptr_null(strstr(out.data + 1, PART_PRAGMA));
    ck_assert_ptr_null(strstr(out.data, "{{>"));
}
END_TEST

START_TEST(drops_indentation_only)
{
    ck_assert(part_expand(TEMPLATES, "city", NULL, NULL, &out, &fault));
    ck_assert_ptr_nonnull(
        strstr(out.data, "\n{{#rows}}\n<li class=\"{{evil}}\"><i title=\"{{evil}}\">{{name}}|"));
    ck_assert_ptr_null(strstr(out.data, "\n "));
    ck_assert_ptr_nonnull(strstr(out.data, "a</a> <a"));
}
END_TEST

START_TEST(says_the_words_of_the_head_again)
{
    ck_assert(part_expand(TEMPLATES, "shared", NULL, NULL, &out, &fault));
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
    {"missing_part", "_nowhere.html can not be read"},
    {"bare_part", "_bare.html does not begin with the auto-escape pragma"},
    {"bare", "bare.html does not begin with the auto-escape pragma"},
    {"empty", "empty.html does not begin with the auto-escape pragma"},
    {"not_a_part", "not_a_part.html has a {{> that does not name a part"},
    {"endless", "_endless.html is nested too deep"},
    {"nul", "nul.html has a NUL byte"},
    {"quoted_title", "quoted_title.html has a quote in its title"},
    {"../plain/../x", "../plain/../x.html can not be read"},
};

START_TEST(says_what_is_wrong)
{
    ck_assert(!part_expand(TEMPLATES "/broken", broken[_i].name, NULL, NULL, &out, &fault));
    ck_assert_str_eq(buf_string(&fault), broken[_i].fault);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("part");
    TCase *tests = tcase_create("part");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, puts_parts_in_place);
    tcase_add_test(tests, drops_indentation_only);
    tcase_add_test(tests, says_the_words_of_the_head_again);
    tcase_add_loop_test(tests, says_what_is_wrong, 0, UNIT_ROWS(broken));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
