#include "http/keep.h"

#include "http/pages.h"
#include "http/req.h"
#include "unit.h"

static const struct param kept_params[] = {{.name = "round", .kind = PARAM_CODE},
                                           {.name = "daerah", .kind = PARAM_SLUG, .kept = true},
                                           {0}};
static const struct param other_params[] = {{.name = "daerah", .kind = PARAM_SLUG}, {0}};
static const struct page table[] = {
    {.name = "kept", .path = "/a/:round?", .params = kept_params},
    {.name = "other", .path = "/b", .params = other_params},
    {0},
};
static const struct site site = {.pages = table};
static struct req req;

static void setup(void)
{
    req = (struct req){
        .site = &site, .arena = arena_open(), .kept = "daerah", .kept_value = "kota-serang"};
}

static void teardown(void)
{
    arena_close(req.arena);
}

static const struct {
    const char *before, *after;
} bodies[] = {
    {"<a href=\"/a\">", "<a href=\"/a?daerah=kota-serang\">"},
    {"<a class=\"x\" href=\"/en/a/2024\">",
     "<a class=\"x\" href=\"/en/a/2024?daerah=kota-serang\">"},
    {"<a href=\"/a?x=1\">", "<a href=\"/a?x=1&amp;daerah=kota-serang\">"},
    {"<a href=\"/a?x=1#y\">", "<a href=\"/a?x=1&amp;daerah=kota-serang#y\">"},
    {"<a href=\"/a#?\">", "<a href=\"/a?daerah=kota-serang#?\">"},
    {"<a href=\"/a?bukandaerah=1\">", "<a href=\"/a?bukandaerah=1&amp;daerah=kota-serang\">"},
    /* A link that names it, another page, another site, no page, no link. */
    {"<a href=\"/a?daerah=\">", NULL},
    {"<a href=\"/a?x=1&amp;daerah=kota-kediri\">", NULL},
    {"<a href=\"/b\">", NULL},
    {"<a href=\"//a\">", NULL},
    {"<a href=\"https://a.example/a\">", NULL},
    {"<link href=\"/a/b/c\">", NULL},
    {"<img src=\"/a\">", NULL},
    {"<i data-href=\"/a\">", NULL},
    {"<a href=\"/a", "<a href=\"/a?daerah=kota-serang"},
    {"=\"/a\"", NULL},
    {"<form action=\"/a\">", NULL},
    {"", NULL},
};

START_TEST(links_to_pages_that_have_it_keep_it)
{
    struct buf body = {0};

    buf_text(&body, bodies[_i].before);
    keep_links(&req, &body);
    ck_assert_str_eq(buf_string(&body),
                     bodies[_i].after != NULL ? bodies[_i].after : bodies[_i].before);
    buf_free(&body);
}
END_TEST

START_TEST(nothing_is_kept_where_nothing_was_given)
{
    struct buf body = {0};

    req.kept = NULL;
    buf_text(&body, bodies[_i].before);
    keep_links(&req, &body);
    ck_assert_str_eq(buf_string(&body), bodies[_i].before);
    buf_free(&body);
}
END_TEST

START_TEST(a_redirect_keeps_it_too)
{
    struct buf out = {0};

    keep_address(&out, &req, "/a?x=1#yz", 7, true);
    ck_assert_str_eq(buf_string(&out), "/a?x=1&daerah=kota-serang#");
    buf_clear(&out);
    keep_address(&out, &req, "/b", 2, true);
    ck_assert_str_eq(buf_string(&out), "/b");
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keep");
    TCase *tests = tcase_create("keep");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, links_to_pages_that_have_it_keep_it, 0, UNIT_ROWS(bodies));
    tcase_add_loop_test(tests, nothing_is_kept_where_nothing_was_given, 0, UNIT_ROWS(bodies));
    tcase_add_test(tests, a_redirect_keeps_it_too);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
