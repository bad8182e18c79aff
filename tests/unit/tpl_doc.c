/* What templates make of documents: the rules in tpl.h. */
#include <stdio.h>
#include <string.h>

#include "../built.h"
#include "base/arena.h"
#include "tpl/doc.h"
#include "tpl/tpl.h"
#include "unit.h"

static struct tpl_set *set;
static struct arena *arena;
static struct doc_node *frame;
static struct buf out;

static void setup(void)
{
    set = tpl_load(built("unit-templates"));
    ck_assert_ptr_nonnull(set);
    arena = arena_open();
    frame = NULL;
}

static void teardown(void)
{
    tpl_unload(set);
    arena_close(arena);
    buf_free(&out);
}

/* The template with the document, without the ends of its lines. */
static const char *rendered(const char *name, const char *text)
{
    struct doc_node *root = doc_read(arena, arena_copy(arena, text, strlen(text)), strlen(text));

    ck_assert_msg(root != NULL, "%s", text);
    buf_clear(&out);
    ck_assert(tpl_render(set, name, frame, root, "id", &out));
    size_t len = 0;
    for (size_t i = 0; i < out.len; i++) {
        if (out.data[i] != '\n')
            out.data[len++] = out.data[i];
    }
    out.data[len] = '\0';
    return out.data;
}

/* What each value is as {{x}}, {{#x}}, {{#has_x}}, {{#no_x}} and as a word: kota, 0 or the empty
 * one. */
static const struct {
    const char *value, *seen;
} values[] = {
    {"null", "|||n|"},
    {"false", "|||n|"},
    {"\"\"", "|||n|"},
    {"[]", "|||n|"},
    {"true", "|s|h||"},
    {"0", "0|s|h||"},
    {"\"0\"", "0|s|h||0"},
    {"0.00", "0.00|s|h||"},
    {"{}", "|s|h||"},
    {"1180591620717411303424", "1180591620717411303424|s|h||"},
    {"\"kota\"", "kota|s|h||k"},
    {"\"kotak\"", "kotak|s|h||"},
    {"[1,2]", "|ss|h||"},
    {"[null]", "|s|h||"},
    {"{\"a\":1}", "|s|h||"},
};

START_TEST(a_value_of_the_page_and_inherited_in_a_row)
{
    const char *value = values[_i].value;
    const char *text = arena_format(
        arena, "{\"x\":%s,\"kind_word\":%s,\"rows\":[{\"a\":1},{\"a\":2}]}", value, value);

    ck_assert_str_eq(rendered("values", text), arena_format(arena, "%s;%s;%s;", values[_i].seen,
                                                            values[_i].seen, values[_i].seen));
}
END_TEST

/* Whatever the page says. */
START_TEST(a_value_of_a_row_decides_there)
{
    const char *value = values[_i].value;
    const char *text = arena_format(
        arena, "{\"x\":\"page\",\"kind_word\":\"kota\",\"rows\":[{\"x\":%s,\"kind_word\":%s}]}",
        value, value);

    ck_assert_str_eq(rendered("values", text),
                     arena_format(arena, "page|s|h||k;%s;", values[_i].seen));
}
END_TEST

START_TEST(a_key_that_nobody_has_shows_nothing)
{
    ck_assert_str_eq(rendered("values", "{\"rows\":[{\"a\":1}]}"), "||||;||||;");
    ck_assert_str_eq(rendered("values", "{}"), "||||;");
    ck_assert_str_eq(rendered("values", "[]"), "||||;");
}
END_TEST

START_TEST(lists_stand_in_lists)
{
    ck_assert_str_eq(rendered("tree",
                              "{\"count\":2,\"groups\":[{\"name\":\"a\",\"rows\":[{\"name\":\"b\","
                              "\"tags\":[\"t\",\"u\"]},{\"name\":null,\"tags\":[\"v\"]}]},"
                              "{\"name\":\"c\",\"rows\":null}]}"),
                     "2:<a b+t+u +v?>,<c>");
    ck_assert_str_eq(rendered("tree", "{\"groups\":[]}"), "none");
    ck_assert_str_eq(rendered("tree", "{\"groups\":null,\"state_word\":\"open\"}"), "noneopen");
}
END_TEST

START_TEST(an_object_has_its_names_in_reach)
{
    ck_assert_str_eq(
        rendered("tree", "{\"slug\":\"s\",\"city\":{\"name\":\"a\",\"mayor\":{\"name\":\"b\"}}}"),
        "(a s b)");
    ck_assert_str_eq(rendered("tree", "{\"slug\":\"s\",\"city\":{\"name\":\"a\",\"mayor\":null}}"),
                     "(a s)");
    ck_assert_str_eq(rendered("tree", "{\"slug\":\"s\",\"city\":null}"), "");
}
END_TEST

/* state_name is a key of its own, further out than state_word. */
START_TEST(a_name_as_it_stands_comes_before_a_word)
{
    ck_assert_str_eq(rendered("tree", "{\"state_word\":\"open\",\"state_name\":false}"), "open");
    ck_assert_str_eq(
        rendered("tree", "{\"state_word\":\"shut\",\"state_name\":\"x\",\"state_open\":1}"),
        "openname");
    ck_assert_str_eq(rendered("tree", "{\"state_word\":\"name\"}"), "name");
}
END_TEST

START_TEST(the_frame_comes_before_the_document_and_after_its_elements)
{
    frame = doc_object(arena);
    doc_add_text(arena, frame, "x", "c");
    doc_add_flag(arena, frame, "has_x", false);
    doc_add_text(arena, frame, "kind_word", "kota");
    ck_assert_str_eq(rendered("values", "{\"x\":\"page\",\"kind_word\":null,\"rows\":null}"),
                     "c|s|||k;");
    ck_assert_str_eq(rendered("values", "{\"x\":\"page\",\"rows\":[{\"x\":\"row\"}]}"),
                     "c|s|||k;row|s|||k;");
}
END_TEST

START_TEST(tells_which_names_were_asked_for)
{
    struct buf notes = {0};
    char text[] = "{\"x\":[1],\"kind_word\":\"a\",\"rows\":null,\"unused\":1}";
    struct doc_node *root = doc_read(arena, text, sizeof text - 1);

    ck_assert_ptr_nonnull(root);
    tpl_notes(&notes);
    ck_assert(tpl_render(set, "values", NULL, root, "id", &out));
    tpl_notes(NULL);
    ck_assert_ptr_nonnull(strstr(notes.data, "textless x\n"));
    ck_assert_ptr_nonnull(strstr(notes.data, "found no_x\n"));
    ck_assert_ptr_nonnull(strstr(notes.data, "found kind_kota\n"));
    ck_assert_ptr_null(strstr(notes.data, "unknown"));
    for (const struct doc_node *node = root->first; node != NULL; node = node->next)
        ck_assert_int_eq(node->is_read, strcmp(node->name, "unused") != 0);
    buf_clear(&notes);
    tpl_notes(&notes);
    ck_assert(tpl_render(set, "tree", NULL, root, "id", &out));
    tpl_notes(NULL);
    ck_assert_ptr_nonnull(strstr(notes.data, "unknown wrong\n"));
    ck_assert_ptr_nonnull(strstr(notes.data, "unknown no_wrong\n"));
    ck_assert_ptr_nonnull(strstr(notes.data, "unknown state_open\n"));
    buf_free(&notes);
}
END_TEST

static void add(Suite *suite, const char *name, const TTest *test, int count)
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test, 0, count);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("tpl_doc");

    add(suite, "a_value_of_the_page_and_inherited_in_a_row",
        a_value_of_the_page_and_inherited_in_a_row, UNIT_ROWS(values));
    add(suite, "a_value_of_a_row_decides_there", a_value_of_a_row_decides_there, UNIT_ROWS(values));
    add(suite, "a_key_that_nobody_has_shows_nothing", a_key_that_nobody_has_shows_nothing, 1);
    add(suite, "lists_stand_in_lists", lists_stand_in_lists, 1);
    add(suite, "an_object_has_its_names_in_reach", an_object_has_its_names_in_reach, 1);
    add(suite, "a_name_as_it_stands_comes_before_a_word", a_name_as_it_stands_comes_before_a_word,
        1);
    add(suite, "the_frame_comes_before_the_document_and_after_its_elements",
        the_frame_comes_before_the_document_and_after_its_elements, 1);
    add(suite, "tells_which_names_were_asked_for", tells_which_names_were_asked_for, 1);
    return unit_run(suite);
}
