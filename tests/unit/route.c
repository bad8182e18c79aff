#include "http/route.h"

#include "http/pages.h"
#include "unit.h"

static const struct page table[] = {
    {.name = "home", .path = "/"},
    {.name = "cities", .path = "/kota"},
    {.name = "city", .path = "/kota/:city"},
    {.name = "report", .path = "/kota/:city/:round"},
    {.name = "ranking", .path = "/peringkat/:round?"},
    {.name = "whatif", .path = "/peringkat/:round/simulasi"},
    {0},
};

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
    const char *path, *page, *city, *round; /* page NULL: none */
} addresses[] = {
    {"/", "home", NULL, NULL},
    {"/kota", "cities", NULL, NULL},
    {"/kota/kota-kediri", "city", "kota-kediri", NULL},
    {"/kota/kota-kediri/2022", "report", "kota-kediri", "2022"},
    {"/kota/kota", "city", "kota", NULL},
    {"/kota/a b\xc3\xa9", "city", "a b\xc3\xa9", NULL},
    {"/peringkat", "ranking", NULL, NULL},
    {"/peringkat/2022", "ranking", NULL, "2022"},
    {"/peringkat/2022/simulasi", "whatif", NULL, "2022"},
    {"/peringkat/2022/lain", NULL, NULL, NULL},
    {"/kota/a/b/c", NULL, NULL, NULL},
    {"/kota//2022", NULL, NULL, NULL},
    {"//", NULL, NULL, NULL},
    {"//kota", NULL, NULL, NULL},
    {"/kotak", NULL, NULL, NULL},
    {"/kot", NULL, NULL, NULL},
    {"/Kota", NULL, NULL, NULL},
    {"/:city", NULL, NULL, NULL},
    {"/kota/..", "city", "..", NULL},
};

static void check_value(const char *got, const char *expected)
{
    ck_assert_int_eq(got == NULL, expected == NULL);
    if (expected != NULL)
        ck_assert_str_eq(got, expected);
}

START_TEST(finds_the_page_and_its_values)
{
    struct route route;

    ck_assert_int_eq(pages_find(arena, table, addresses[_i].path, &route),
                     addresses[_i].page != NULL);
    ck_assert_int_eq(route.page != NULL, addresses[_i].page != NULL);
    if (route.page == NULL)
        return;
    ck_assert_str_eq(route.page->name, addresses[_i].page);
    check_value(route_value(&route, "city"), addresses[_i].city);
    check_value(route_value(&route, "round"), addresses[_i].round);
    check_value(route_value(&route, "nothing"), NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("route");
    TCase *tests = tcase_create("route");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, finds_the_page_and_its_values, 0, UNIT_ROWS(addresses));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
