#include "tpl/tpl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../built.h"
#include "base/arena.h"
#include "tpl/doc.h"
#include "unit.h"

#define ATTACK "\"'><script>alert(1)</script>&javascript:"

static struct tpl_set *set;
static struct arena *arena;
static struct doc_node *page;
static struct buf out;

static void setup(void)
{
    set = tpl_load(built("unit-templates"));
    ck_assert_ptr_nonnull(set);
    arena = arena_open();
    page = doc_object(arena);
}

static void teardown(void)
{
    arena_close(arena);
    tpl_unload(set);
    buf_free(&out);
}

static const char *rendered(const char *name, const char *lang)
{
    buf_clear(&out);
    ck_assert(tpl_render(set, name, NULL, page, lang, &out));
    return buf_string(&out);
}

static void add_text(struct doc_node *object, const char *name, const char *text)
{
    doc_add_text(arena, object, name, text);
}

START_TEST(escapes_in_every_place)
{
    add_text(page, "title", ATTACK);
    add_text(page, "evil", ATTACK);
    struct doc_node *rows = doc_add(arena, page, "rows", DOC_ARRAY);
    for (int i = 0; i < 2; i++) {
        struct doc_node *row = doc_add(arena, rows, NULL, DOC_OBJECT);
        add_text(row, "name", ATTACK);
        add_text(row, "value", "1234.5");
        if (i == 1)
            add_text(row, "evil", "second" ATTACK);
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
    add_text(page, "evil", "javascript:alert(1)");
    ck_assert_ptr_nonnull(strstr(rendered("city", "id"), "<a href=\"#\">a</a>"));
    page = doc_object(arena);
    add_text(page, "evil", "https://example.org/?a=1&b=2");
    ck_assert_ptr_nonnull(
        strstr(rendered("city", "id"), "<a href=\"https://example.org/?a=1&amp;b=2\">a</a>"));
}
END_TEST

START_TEST(formats_in_the_language_asked_for)
{
    add_text(page, "value", "1234.5");
    add_text(page, "day", "2022-12-05T07:20:00Z");
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
    add_text(page, "value", "tb");
    add_text(page, "day", NULL);
    ck_assert_str_eq(rendered("numbers", "id"), "tb tb tb tb   <data value=\"tb\">tb</data>");
}
END_TEST

START_TEST(chooses_the_word_for_a_number)
{
    add_text(page, "value", "1");
    ck_assert_str_eq(rendered("plural", "en"), "1 region<i title=\"a&amp;b\"></i>1");
    page = doc_object(arena);
    add_text(page, "value", "21");
    ck_assert_str_eq(rendered("plural", "en"), "21 many regions<i title=\"&quot;\"></i>21");
}
END_TEST

START_TEST(leaves_the_buffer_alone_when_it_fails)
{
    buf_text(&out, "before");
    ck_assert(!tpl_render(set, "nothing", NULL, page, "id", &out));
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
    ck_assert(!tpl_render(some, "page", NULL, page, "id", &out));
    write_file(folder, "id/page.html", "a{{>id__foot}}");
    ck_assert(!tpl_render(some, "page", NULL, page, "id", &out));
    write_file(folder, "id/_foot.html", "{{#b}}");
    ck_assert(!tpl_render(some, "page", NULL, page, "id", &out));
    write_file(folder, "id/_foot.html", "b");
    ck_assert(tpl_render(some, "page", NULL, page, "id", &out));
    write_file(folder, "id/page.html", "other");
    ck_assert(tpl_render(some, "page", NULL, page, "id", &out));
    ck_assert(!tpl_render(some, "page", NULL, page, "en", &out));
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
    tcase_add_test(tests, leaves_the_buffer_alone_when_it_fails);
    tcase_add_test(tests, reads_a_template_at_its_first_use);
    tcase_add_loop_test(tests, says_what_is_wrong_with_a_text, 0, UNIT_ROWS(texts));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
