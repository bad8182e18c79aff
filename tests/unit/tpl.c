#include "tpl/tpl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../built.h"
#include "unit.h"

#define ATTACK "\"'><script>alert(1)</script>&javascript:"

static struct tpl_set *set;
static struct tpl_dict *page;
static struct buf out;

static void setup(void)
{
    set = tpl_load(built("unit-templates"));
    ck_assert_ptr_nonnull(set);
    page = tpl_open();
}

static void teardown(void)
{
    tpl_close(page);
    tpl_unload(set);
    buf_free(&out);
}

static const char *rendered(const char *name, const char *lang)
{
    buf_clear(&out);
    ck_assert(tpl_render(set, name, page, lang, &out));
    return buf_string(&out);
}

START_TEST(escapes_in_every_place)
{
    tpl_value(page, "title", ATTACK);
    tpl_value(page, "evil", ATTACK);
    for (int i = 0; i < 2; i++) {
        struct tpl_dict *row = tpl_row(page, "rows");
        tpl_value(row, "name", ATTACK);
        tpl_value(row, "value", "1234.5");
        if (i == 1)
            tpl_value(row, "evil", "second" ATTACK);
    }
    const char *html = rendered("city", "id");
    ck_assert_ptr_null(strstr(html, "<script"));
    ck_assert_ptr_null(strstr(html, "'><s"));
    ck_assert_ptr_nonnull(strstr(html, "<title>&quot;&#39;&gt;&lt;script&gt;"));
    ck_assert_ptr_nonnull(strstr(html, "<p title=\"&quot;&#39;&gt;&lt;script&gt;"));
    ck_assert_ptr_nonnull(strstr(html, "?q=%22%27%3E%3Cscript%3E"));
    ck_assert_ptr_nonnull(strstr(html, "<li class=\"second&quot;&#39;&gt;&lt;script&gt;"));
    ck_assert_ptr_nonnull(strstr(html, "<i title=\"second&quot;&#39;&gt;&lt;script&gt;"));
    ck_assert_ptr_nonnull(strstr(html, "|1.234,5</i>"));
    ck_assert_ptr_nonnull(strstr(html, "<hr>"));
    ck_assert_ptr_null(strstr(strstr(html, "<hr>") + 1, "<hr>"));
}
END_TEST

START_TEST(refuses_addresses_that_run_scripts)
{
    tpl_value(page, "evil", "javascript:alert(1)");
    ck_assert_ptr_nonnull(strstr(rendered("city", "id"), "<a href=\"#\">a</a>"));
    tpl_value(page, "evil", "https://example.org/?a=1&b=2");
    ck_assert_ptr_nonnull(
        strstr(rendered("city", "id"), "<a href=\"https://example.org/?a=1&amp;b=2\">a</a>"));
}
END_TEST

START_TEST(formats_in_the_language_asked_for)
{
    tpl_value(page, "value", "1234.5");
    tpl_value(page, "day", "2022-12-05T07:20:00Z");
    ck_assert_str_eq(rendered("numbers", "id"),
                     "1.234,5 1.234,50 +1.234,5 +1.234,50 5 Desember 2022 5 Desember 2022 pukul "
                     "14.20 WIB <data value=\"1234.5\">1.234,5</data>");
    ck_assert_str_eq(rendered("numbers", "en"),
                     "1,234.5 1,234.50 +1,234.5 +1,234.50 5 December 2022 5 December 2022, "
                     "14:20 WIB <data value=\"1234.5\">1,234.5</data>");
}
END_TEST

START_TEST(leaves_what_is_no_number_as_it_is)
{
    tpl_value(page, "value", "tb");
    tpl_value(page, "day", NULL);
    ck_assert_str_eq(rendered("numbers", "id"), "tb tb tb tb   <data value=\"tb\">tb</data>");
}
END_TEST

START_TEST(chooses_the_word_for_a_number)
{
    tpl_value(page, "value", "1");
    ck_assert_str_eq(rendered("plural", "en"), "1 region<i title=\"a&amp;b\"></i>1");
    tpl_value(page, "value", "21");
    ck_assert_str_eq(rendered("plural", "en"), "21 many regions<i title=\"&quot;\"></i>21");
}
END_TEST

START_TEST(lets_the_innermost_word_on_a_name_decide)
{
    tpl_value(page, "value", "page");
    tpl_show(page, "shown", true);
    struct tpl_dict *silent = tpl_row(page, "rows");
    struct tpl_dict *absent = tpl_row(page, "rows");
    struct tpl_dict *own = tpl_row(page, "rows");
    tpl_value(tpl_row(silent, "inner"), "name", "1");
    tpl_value(absent, "value", NULL);
    tpl_show(absent, "shown", false);
    tpl_value(tpl_row(absent, "inner"), "name", "2");
    tpl_value(own, "value", "own");
    tpl_show(own, "shown", false);
    tpl_show(own, "shown", true);
    tpl_show(tpl_row(own, "inner"), "shown", false);
    ck_assert_str_eq(rendered("nested", "id"), "page+[page+(page1+)][(2)][own+(own)]");
}
END_TEST

START_TEST(hides_what_nobody_mentions)
{
    ck_assert_str_eq(rendered("nested", "id"), "");
    tpl_show(page, "rows", true);
    ck_assert_str_eq(rendered("nested", "id"), "[]");
    tpl_show(page, "rows", false);
    tpl_value(page, "value", "first");
    tpl_value(page, "value", "last");
    ck_assert_str_eq(rendered("nested", "id"), "last");
}
END_TEST

START_TEST(keeps_rows_apart_from_where_they_are_kept)
{
    for (int i = 0; i < 1000; i++)
        tpl_value(tpl_row(page, "rows"), "value", i % 2 == 0 ? "a" : "b");
    const char *html = rendered("nested", "id");
    ck_assert_uint_eq(strlen(html), 3000);
    ck_assert_int_eq(strncmp(html, "[a][b][a]", 9), 0);
}
END_TEST

/* Cells of a test: a row is an array of texts. */
static const char *cell_of(const void *source, size_t row, size_t column, size_t *length)
{
    const char *text = ((const char *const(*)[3])source)[row][column];

    *length = text != NULL ? strlen(text) : 0;
    return text;
}

START_TEST(reads_tables_where_they_lie)
{
    static const struct tpl_column columns[] = {
        {"value", 5, false}, {"shown", 5, true}, {"", 0, false}};
    static const char *const cells[][3] = {
        {"one", "t", "x"}, {NULL, "f", "x"}, {"three", NULL, "x"}};
    const struct tpl_table table = {columns, 3, cells, cell_of};

    tpl_read(page, &table, 0);
    tpl_rows(page, "rows", &table, 3);
    tpl_rows(page, "inner", &table, 0);
    ck_assert_str_eq(rendered("nested", "id"), "one+[one+][][three]");
    tpl_value(tpl_row(tpl_get_row(page, "rows", 0), "inner"), "name", "1");
    tpl_value(tpl_get_row(page, "rows", 1), "value", "two");
    tpl_show(tpl_get_row(page, "rows", 2), "shown", true);
    tpl_read(page, &table, 1);
    ck_assert_str_eq(rendered("nested", "id"), "[one+(one1+)][two][three+]");
}
END_TEST

START_TEST(finds_every_column_of_a_wide_table)
{
    enum { COLUMNS = 300 };
    static char names[COLUMNS][8];
    static struct tpl_column columns[COLUMNS];
    static const char *cells[1][3] = {{"a", "b", "c"}};
    const struct tpl_table table = {columns, COLUMNS, cells, cell_of};

    for (int i = 0; i < COLUMNS; i++) {
        snprintf(names[i], sizeof names[i], "n%d", i);
        columns[i] = (struct tpl_column){names[i], strlen(names[i]), true};
    }
    columns[1] = (struct tpl_column){"value", 5, false};
    tpl_read(page, &table, 0);
    ck_assert_str_eq(rendered("nested", "id"), "b");
}
END_TEST

START_TEST(leaves_the_buffer_alone_when_it_fails)
{
    buf_text(&out, "before");
    ck_assert(!tpl_render(set, "nothing", page, "id", &out));
    ck_assert_uint_eq(out.len, 6);
}
END_TEST

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[200];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    fclose(file);
}

/* What could not be read is read anew, a shared part of it too; what was read is not. */
START_TEST(reads_a_template_at_its_first_use)
{
    static const char *const names[] = {"id/error.html", "id/page.html", "id/_foot.html", "id", ""};
    char folder[] = "/tmp/unit-tpl-XXXXXX", path[100];

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_ptr_null(tpl_load(folder));
    snprintf(path, sizeof path, "%s/id", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    write_file(folder, "id/error.html", "{{#broken}}");
    struct tpl_set *some = tpl_load(folder);
    ck_assert_ptr_nonnull(some);
    ck_assert(!tpl_render(some, "page", page, "id", &out));
    write_file(folder, "id/page.html", "a{{>id__foot}}");
    ck_assert(!tpl_render(some, "page", page, "id", &out));
    write_file(folder, "id/_foot.html", "{{#b}}");
    ck_assert(!tpl_render(some, "page", page, "id", &out));
    write_file(folder, "id/_foot.html", "b");
    ck_assert(tpl_render(some, "page", page, "id", &out));
    write_file(folder, "id/page.html", "other");
    ck_assert(tpl_render(some, "page", page, "id", &out));
    ck_assert(!tpl_render(some, "page", page, "en", &out));
    ck_assert_str_eq(buf_string(&out), "abab");
    tpl_unload(some);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        ck_assert_int_eq(remove(path), 0);
    }
}
END_TEST

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

static const struct {
    const char *text, *reason;
} texts[] = {
    {PRAGMA "<p>{{value}}</p>{{>id__foot}}", ""},
    {PRAGMA "{{#rows}}", "File ended before all sections were closed"},
    {PRAGMA "{{#a}}{{#b}}{{/a}}{{/b}}", "Found end of different section than the one I am in"},
    {PRAGMA "<p {{value}}=\"x\">", "Auto-Escape: Failed parsing: =\"x\">"},
    {PRAGMA "{{value:nonsense}}", "Unknown modifier for variable value: 'nonsense'"},
};

START_TEST(says_what_is_wrong_with_a_text)
{
    ck_assert_int_eq(tpl_check(texts[_i].text, strlen(texts[_i].text), &out),
                     *texts[_i].reason == '\0');
    ck_assert_str_eq(buf_string(&out), texts[_i].reason);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tpl");
    TCase *tests = tcase_create("tpl");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, escapes_in_every_place);
    tcase_add_test(tests, refuses_addresses_that_run_scripts);
    tcase_add_test(tests, formats_in_the_language_asked_for);
    tcase_add_test(tests, leaves_what_is_no_number_as_it_is);
    tcase_add_test(tests, chooses_the_word_for_a_number);
    tcase_add_test(tests, lets_the_innermost_word_on_a_name_decide);
    tcase_add_test(tests, hides_what_nobody_mentions);
    tcase_add_test(tests, keeps_rows_apart_from_where_they_are_kept);
    tcase_add_test(tests, reads_tables_where_they_lie);
    tcase_add_test(tests, finds_every_column_of_a_wide_table);
    tcase_add_test(tests, leaves_the_buffer_alone_when_it_fails);
    tcase_add_test(tests, reads_a_template_at_its_first_use);
    tcase_add_loop_test(tests, says_what_is_wrong_with_a_text, 0, UNIT_ROWS(texts));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
