#include "words/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

static char path[] = "/tmp/unit-catalog-XXXXXX";
static struct arena *arena;
static struct buf fault;

static void setup(void)
{
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    close(fd);
    arena = arena_open();
}

static void teardown(void)
{
    unlink(path);
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    arena_close(arena);
    buf_free(&fault);
}

static struct catalog *read_text(const char *text)
{
    FILE *out = fopen(path, "w");

    ck_assert_ptr_nonnull(out);
    ck_assert_int_ge(fputs(text, out), 0);
    fclose(out);
    return catalog_read(arena, path, &fault);
}

START_TEST(finds_what_is_there)
{
    static const char text[] = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\n#: a.html\n"
                               "msgid \"tu\"\n\"juh\"\nmsgstr \"\"\n\"se\"\n\"ven\"\n\n"
                               "msgid \"dua \\\"2\\\"\"\nmsgstr \"two \\\\n\"\n"
                               "#~ msgid \"lima\"\nmsgid \"satu\"\nmsgstr \"\"";
    const struct catalog *catalog = read_text(text);

    ck_assert_msg(catalog != NULL, "%s", buf_string(&fault));
    ck_assert_str_eq(catalog_find(catalog, "dua \"2\""), "two \\n");
    ck_assert_str_eq(catalog_find(catalog, "tujuh"), "seven");
    ck_assert_int_eq(catalog_line(catalog, catalog_find(catalog, "tujuh")), 8);
    ck_assert_int_eq(catalog_line(catalog, catalog_find(catalog, "dua \"2\"")), 13);
    ck_assert_ptr_null(catalog_find(catalog, "satu"));
    ck_assert_ptr_null(catalog_find(catalog, "lima"));
    ck_assert_ptr_null(catalog_find(catalog, ""));
    ck_assert_ptr_null(catalog_find(read_text(""), "satu"));
}
END_TEST

static const struct {
    const char *text;
    long line;
} broken[] = {
    {"#: a.html\nmsgid \"satu\nmsgstr \"one\"\n", 2},
    {"msgid \"satu\" x\nmsgstr \"one\"\n", 1},
    {"msgid satu\nmsgstr \"one\"\n", 1},
    {"msgid \"sa\\tu\"\nmsgstr \"one\"\n", 1},
    {"msgid \"satu\\", 1},
    {"msgid \"satu\"\n\nmsgstr \"one\"\n", 2},
    {"msgid \"satu\"\nmsgid \"dua\"\n", 2},
    {"msgid \"satu\"\n", 2},
    {"\n\"one\"\n", 2},
    {"msgstr \"one\"\n", 1},
    {"msgctxt \"a\"\nmsgid \"satu\"\nmsgstr \"one\"\n", 1},
    {"#, fuzzy\nmsgid \"satu\"\nmsgstr \"one\"\n", 1},
};

START_TEST(names_the_line_that_is_none)
{
    char expected[100];

    snprintf(expected, sizeof expected, "%s:%ld: is no line of a catalogue\n", path,
             broken[_i].line);
    ck_assert_ptr_null(read_text(broken[_i].text));
    ck_assert_str_eq(buf_string(&fault), expected);
}
END_TEST

START_TEST(says_what_can_not_be_read)
{
    ck_assert_ptr_null(catalog_read(arena, "/nowhere/en.po", &fault));
    ck_assert_str_eq(buf_string(&fault), "/nowhere/en.po:0: can not be read\n");
}
END_TEST

START_TEST(writes_entries)
{
    struct buf out = {0};

    catalog_entry(&out, "city", "a \"b\" \\c");
    ck_assert_str_eq(out.data, "\n#: city.html\nmsgid \"a \\\"b\\\" \\\\c\"\nmsgstr \"\"\n");
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog");
    TCase *tests = tcase_create("catalog");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, finds_what_is_there);
    tcase_add_loop_test(tests, names_the_line_that_is_none, 0, UNIT_ROWS(broken));
    tcase_add_test(tests, says_what_can_not_be_read);
    tcase_add_test(tests, writes_entries);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
