#include "web/_slope.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/req.h"
#include "tpl/doc.h"
#include "unit.h"

static struct req req;

static void setup(void)
{
    req = (struct req){.arena = arena_open()};
}

static void teardown(void)
{
    arena_close(req.arena);
}

static void draw(const char *text)
{
    req.document = doc_read(req.arena, arena_copy(req.arena, text, strlen(text)), strlen(text));
    slope_draw(&req);
}

/* A page of random values of two rounds; sometimes there is none before, sometimes many are alike.
 */
static void draw_random(unsigned seed)
{
    struct buf text = {0};

    srand(seed);
    int count = 2 + rand() % 40, spread = 1 + rand() % 400;
    buf_format(&text, "{\"scale_min\":\"0\",\"scale_max\":\"4\",\"filtered\":%s,\"dots\":[",
               rand() % 3 == 0 ? "true" : "false");
    for (int i = 0; i < count; i++) {
        buf_format(&text, "%s{\"name\":\"R%d\",\"value\":\"%.2f\",", i > 0 ? "," : "", i,
                   (double)(rand() % spread) / 100);
        if (rand() % 5 == 0)
            buf_text(&text, "\"previous\":null,");
        else
            buf_format(&text, "\"previous\":\"%.2f\",", (double)(rand() % spread) / 100);
        buf_format(&text, "\"listed\":%s,\"marked\":%s}", rand() % 2 == 0 ? "true" : "false",
                   seed % 4 == 0 && i == 1 ? "true" : "false");
    }
    buf_text(&text, "]}");
    draw(text.data);
    buf_free(&text);
}

static double figure(struct doc_node *node, const char *name)
{
    return strtod(doc_text(node, name), NULL);
}

/* How many labels there are of that name, of which none touches another or leaves the picture. */
static size_t apart(const char *name)
{
    double at[50];
    size_t count = 0;
    double height = figure(doc_get(req.document, "slope"), "slope_height");

    for (struct doc_node *dot = doc_list(req.document, "dots"); dot != NULL; dot = dot->next) {
        struct doc_node *label = doc_get(doc_get(dot, "line"), "labelled");
        if (!doc_is(label))
            continue;
        double y = figure(label, name);
        ck_assert(y >= 30 && y <= height);
        for (size_t i = 0; i < count; i++)
            ck_assert_msg(fabs(at[i] - y) > 19.97, "%s: %f and %f", name, at[i], y);
        at[count++] = y;
    }
    return count;
}

START_TEST(no_label_touches_another_or_leaves_the_picture)
{
    draw_random((unsigned)_i);
    if (!doc_has(req.document, "slope"))
        return;
    ck_assert_uint_eq(apart("from_text_y"), apart("to_text_y"));
    ck_assert_uint_le(apart("to_text_y"), 18);
}
END_TEST

START_TEST(one_line_is_hot_unless_a_filter_asks_for_more)
{
    size_t hot = 0;

    draw_random((unsigned)_i);
    struct doc_node *slope = doc_get(req.document, "slope");
    const char *word = doc_text(slope, "hot_word");
    for (struct doc_node *dot = doc_list(req.document, "dots"); dot != NULL; dot = dot->next) {
        struct doc_node *line = doc_get(dot, "line");
        if (!doc_has(line, "hot"))
            continue;
        hot++;
        ck_assert(doc_has(dot, "marked") || !doc_has(req.document, "filtered") ||
                  doc_has(dot, "listed"));
        if (word != NULL && strcmp(word, "far") == 0)
            ck_assert_str_eq(doc_text(dot, "name"), doc_text(slope, "hot_name"));
    }
    if (!doc_has(req.document, "filtered"))
        ck_assert_uint_eq(hot, word != NULL);
    else if (word == NULL)
        ck_assert_uint_eq(hot, 0);
}
END_TEST

#define PAGE "{\"scale_min\":\"0\",\"scale_max\":\"4\",\"filtered\":false,\"dots\":["
#define DOT(name, from, to, marked) \
    "{\"name\":\"" name "\",\"previous\":" from ",\"value\":\"" to \
    "\",\"listed\":true,\"marked\":" marked "}"

static const struct {
    const char *dots, *word, *name;
} hots[] = {
    {DOT("A", "\"1\"", "2", "false") "," DOT("B", "\"1\"", "3", "false"), "far", "B"},
    {DOT("A", "\"3\"", "1", "false") "," DOT("B", "\"1\"", "2", "false"), "far", "A"},
    {DOT("A", "\"1\"", "2", "false") "," DOT("B", "\"3\"", "2", "false"), NULL, NULL},
    {DOT("A", "\"1\"", "1", "false") "," DOT("B", "\"3\"", "3", "false"), NULL, NULL},
    {DOT("A", "\"1\"", "2", "true") "," DOT("B", "\"1\"", "3", "false"), "mine", "A"},
    {DOT("C", "null", "2", "true") "," DOT("A", "\"1\"", "2", "false") "," DOT("B", "\"1\"", "3",
                                                                               "false"),
     "far", "B"},
};

START_TEST(who_moved_farthest_or_is_marked_stands_out)
{
    const char *word = NULL, *name = NULL;

    draw(arena_format(req.arena, PAGE "%s]}", hots[_i].dots));
    word = doc_text(doc_get(req.document, "slope"), "hot_word");
    name = doc_text(doc_get(req.document, "slope"), "hot_name");
    ck_assert_pstr_eq(word, hots[_i].word);
    ck_assert_pstr_eq(name, hots[_i].name);
}
END_TEST

START_TEST(one_line_is_no_picture)
{
    draw(PAGE DOT("A", "\"1\"", "2", "false") "," DOT("B", "null", "3", "false") "]}");
    ck_assert(!doc_has(req.document, "slope"));
    draw("{\"scale_min\":null,\"scale_max\":null,\"filtered\":false,\"dots\":null}");
    ck_assert(!doc_has(req.document, "slope"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("slope");
    TCase *tests = tcase_create("slope");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, no_label_touches_another_or_leaves_the_picture, 0, 1000);
    tcase_add_loop_test(tests, one_line_is_hot_unless_a_filter_asks_for_more, 0, 300);
    tcase_add_loop_test(tests, who_moved_farthest_or_is_marked_stands_out, 0, UNIT_ROWS(hots));
    tcase_add_test(tests, one_line_is_no_picture);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
