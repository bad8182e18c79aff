#include "tpl/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "unit.h"

static struct arena *arena;
static struct buf seen;

static void setup(void)
{
    arena = arena_open();
}

static void teardown(void)
{
    arena_close(arena);
    buf_free(&seen);
}

/* In a piece of memory of just that size, so that the sanitizers see who reads beyond it. */
static struct doc_node *read_bytes(const char *bytes, size_t length)
{
    char *text = mem_alloc(length + 1, 1);

    memcpy(text, bytes, length);
    text[length] = '\0';
    arena_defer(arena, free, text);
    return doc_read(arena, text, length);
}

static struct doc_node *read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

/* The tree as text: the name, and the value in a bracket that tells its kind. */
static void show(const struct doc_node *node)
{
    static const char *const words[] = {
        [DOC_NULL] = "null", [DOC_FALSE] = "false", [DOC_TRUE] = "true"};

    buf_format(&seen, "%s=", node->name);
    if (node->kind <= DOC_TRUE)
        buf_text(&seen, words[node->kind]);
    else if (node->kind == DOC_NUMBER)
        buf_format(&seen, "<%s>", node->text);
    else if (node->kind == DOC_TEXT)
        buf_format(&seen, "'%s'", node->text);
    else
        buf_format(&seen, node->kind == DOC_ARRAY ? "%u[" : "%u{", node->length);
    for (const struct doc_node *child = node->first; child != NULL; child = child->next) {
        show(child);
        buf_char(&seen, child->next != NULL ? ' ' : node->kind == DOC_ARRAY ? ']' : '}');
    }
}

static const struct {
    const char *text, *tree;
} trees[] = {
    {"null", "=null"},
    {" \t\r\ntrue \n", "=true"},
    {"false", "=false"},
    {"0", "=<0>"},
    {"-0.10", "=<-0.10>"},
    {"1180591620717411303424", "=<1180591620717411303424>"},
    {"1e5", "=<1e5>"},
    {"1.5E-07 ", "=<1.5E-07>"},
    {"\"\"", "=''"},
    {"\"a\\\"b\\\\c\\/d\"", "='a\"b\\c/d'"},
    {"\"\\b\\f\\n\\r\\t\"", "='\b\f\n\r\t'"},
    {"\"\\u0041\\u00e9\\u20AC\\uD83d\\uDe00.\"", "='A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.'"},
    {"\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"", "='\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf'"},
    {"\"\\ud800\\udc00\\udbff\\udfff\"", "='\xf0\x90\x80\x80\xf4\x8f\xbf\xbf'"},
    {"[]", "=0["},
    {"{}", "=0{"},
    {"[1,2 , 30]", "=3[=<1> =<2> =<30>]"},
    {"{\"a\":1,\"b\" : \"x\",\"c\":null}", "=3{a=<1> b='x' c=null}"},
    {"{\"list\":[{\"a\":0.00}, \n {\"a\":true}],\"z\":false}",
     "=2{list=2[list=1{a=<0.00>} list=1{a=true}] z=false}"},
    {"{\"tags\":[\"x\",null]}", "=1{tags=2[tags='x' tags=null]}"},
    {"{\"a\\u0062\":1}", "=1{ab=<1>}"},
    {"{\"a\":1,\"a\":2}", "=2{a=<1> a=<2>}"},
    {"[\",[{\",1]", "=2[=',[{' =<1>]"},
};

START_TEST(reads_a_tree)
{
    struct doc_node *root = read_text(trees[_i].text);

    ck_assert_ptr_nonnull(root);
    show(root);
    ck_assert_str_eq(buf_string(&seen), trees[_i].tree);
}
END_TEST

static const char *const broken[] = {
    "",
    " ",
    "nul",
    "nulll",
    "True",
    "tru",
    "NaN",
    "Infinity",
    "-",
    "+1",
    "01",
    "-01",
    "1.",
    ".5",
    "1.e5",
    "1e",
    "1e+",
    "0x1",
    "1 2",
    "'a'",
    "\"",
    "\"a",
    "\"a\\",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u123g\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\n\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\n\"",
    "\"\x1f\"",
    "\"\xff\"",
    "\"\xc3\"",
    "\"\xed\xa0\x80\"",
    "\xef\xbb\xbf"
    "1",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "]",
    "[1}",
    "{",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{\"a\":}",
    "{\"a\":1]",
    "{,}",
    "}",
    "[]]",
    "{} x",
    "/**/1",
    "[1//\n]",
    "\\u0031",
};

START_TEST(refuses_what_is_no_document)
{
    ck_assert_msg(read_text(broken[_i]) == NULL, "%s", broken[_i]);
}
END_TEST

START_TEST(reads_no_further_than_it_is_long)
{
    char text[] = "12";

    ck_assert_ptr_null(doc_read(arena, text, 1));
    ck_assert_ptr_null(read_bytes("1\0", 2));
    ck_assert_ptr_null(read_bytes("\"a\0b\"", 5));
    ck_assert_ptr_null(read_bytes("[1,\0]", 5));
}
END_TEST

START_TEST(refuses_to_go_too_deep)
{
    for (size_t depth = DOC_DEPTH; depth <= DOC_DEPTH + 1; depth++) {
        char text[2 * DOC_DEPTH + 3] = "";
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        ck_assert(doc_is(read_text(text)) == (depth == DOC_DEPTH));
    }
    char *endless = mem_alloc(20001, 1);
    memset(endless, '[', 20000);
    endless[20000] = '\0';
    ck_assert_ptr_null(doc_read(arena, endless, 20000));
    free(endless);
}
END_TEST

/* Where the text is read to its end although something in it looked like one, what was read stays
 * as it was. */
START_TEST(leaves_each_text_with_an_end_of_its_own)
{
    struct doc_node *root =
        read_text("{\"a\":1,\"b\":[10,20],\"c\":{\"d\":3},\"e\":\"x\",\"f\":4 }");

    ck_assert_str_eq(doc_text(root, "a"), "1");
    ck_assert_str_eq(doc_list(root, "b")->text, "10");
    ck_assert_str_eq(doc_list(root, "b")->next->text, "20");
    ck_assert_str_eq(doc_text(doc_get(root, "c"), "d"), "3");
    ck_assert_str_eq(doc_text(root, "e"), "x");
    ck_assert_str_eq(doc_text(root, "f"), "4");
}
END_TEST

START_TEST(finds_members_and_notes_who_was_asked_for)
{
    struct doc_node *root =
        read_text("{\"a\":1,\"a\":2,\"b\":null,\"kind_word\":\"x\",\"list\":[{\"c\":\"d\"}]}");

    ck_assert_str_eq(doc_text(root, "a"), "1");
    ck_assert_ptr_null(doc_get(root, "none"));
    ck_assert_ptr_null(doc_get(NULL, "a"));
    ck_assert_ptr_null(doc_get(doc_get(root, "a"), "a"));
    ck_assert_ptr_null(doc_text(root, "b"));
    ck_assert_ptr_null(doc_text(root, "list"));
    ck_assert_ptr_null(doc_list(root, "a"));
    ck_assert_str_eq(doc_text(doc_list(root, "list"), "c"), "d");
    ck_assert(root->first->is_read && !root->first->next->is_read);
    ck_assert(doc_get(root, "kind_word")->is_word && !doc_get(root, "b")->is_word);
}
END_TEST

static const struct {
    const char *value;
    bool something;
} values[] = {
    {"null", false}, {"false", false}, {"\"\"", false},        {"[]", false},
    {"true", true},  {"0", true},      {"\"0\"", true},        {"0.00", true},
    {"[0]", true},   {"{}", true},     {"{\"a\":null}", true}, {"[null]", true},
    {"\" \"", true}, {"-0", true},
};

START_TEST(knows_what_nothing_is)
{
    ck_assert_int_eq(doc_is(read_text(values[_i].value)), values[_i].something);
    ck_assert(!doc_is(NULL) && !doc_has(NULL, "a"));
}
END_TEST

START_TEST(adds_what_a_hook_has_made)
{
    struct doc_node *root = read_text("{\"a\":1}");
    struct doc_node *chart = doc_add(arena, root, "chart", DOC_OBJECT);
    struct doc_node *points = doc_add(arena, chart, "points", DOC_ARRAY);

    for (int i = 0; i < 2; i++) {
        struct doc_node *point = doc_add(arena, points, NULL, DOC_OBJECT);
        doc_add_text(arena, point, "x", arena_format(arena, "%d", i));
        doc_add_flag(arena, point, "here", i == 1);
    }
    doc_add_text(arena, root, "gone", NULL);
    show(root);
    ck_assert_str_eq(buf_string(&seen), "=3{a=<1> chart=1{points=2[points=2{x='0' here=false} "
                                        "points=2{x='1' here=true}]} gone=null}");
    ck_assert_str_eq(doc_text(doc_list(doc_get(root, "chart"), "points")->next, "x"), "1");
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
    Suite *suite = suite_create("doc");

    add(suite, "reads_a_tree", reads_a_tree, UNIT_ROWS(trees));
    add(suite, "refuses_what_is_no_document", refuses_what_is_no_document, UNIT_ROWS(broken));
    add(suite, "reads_no_further_than_it_is_long", reads_no_further_than_it_is_long, 1);
    add(suite, "refuses_to_go_too_deep", refuses_to_go_too_deep, 1);
    add(suite, "leaves_each_text_with_an_end_of_its_own", leaves_each_text_with_an_end_of_its_own,
        1);
    add(suite, "finds_members_and_notes_who_was_asked_for",
        finds_members_and_notes_who_was_asked_for, 1);
    add(suite, "knows_what_nothing_is", knows_what_nothing_is, UNIT_ROWS(values));
    add(suite, "adds_what_a_hook_has_made", adds_what_a_hook_has_made, 1);
    return unit_run(suite);
}
