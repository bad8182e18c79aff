#include "tpl/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_open();
}

static void teardown(void)
{
    arena_close(arena);
}

START_TEST(reads_plain_decimals)
{
    double value = 42;

    ck_assert(chart_number("3.31", &value) && value > 3.309 && value < 3.311);
    ck_assert(chart_number("-2", &value) && value < -1.9);
    value = 42;
    static const char *const wrong[] = {"",   "x",  "1e5",   "NaN", "inf", "0x1",
                                        " 1", "1 ", "1.2.3", "1-2", "-",   "."};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!chart_number(wrong[i], &value), "%s", wrong[i]);
    ck_assert(!chart_number(NULL, &value));
    ck_assert_double_eq(value, 42);
}
END_TEST

START_TEST(places_a_value_on_a_scale)
{
    ck_assert_double_eq(chart_percent(0, 0, 4), 0);
    ck_assert_double_eq(chart_percent(4, 0, 4), 100);
    ck_assert_double_eq(chart_percent(3, 0, 4), 75);
    ck_assert_double_eq(chart_percent(3, 2, 4), 50);
    ck_assert_double_eq(chart_percent(0, -4, 4), 50);
    ck_assert_double_eq(chart_percent(-1, 0, 4), 0);
    ck_assert_double_eq(chart_percent(5, 0, 4), 100);
    ck_assert_double_eq(chart_percent(5, 4, 4), 0);
    ck_assert_double_eq(chart_percent(5, 4, 0), 0);
    ck_assert_double_eq(chart_percent((double)NAN, 0, 4), 0);
}
END_TEST

START_TEST(writes_numbers)
{
    ck_assert_str_eq(chart_text(arena, 82.75), "82.75");
    ck_assert_str_eq(chart_text(arena, 100.0 / 3), "33.33");
    ck_assert_str_eq(chart_text(arena, -0.001), "0");
    ck_assert_str_eq(chart_text(arena, 12.5), "12.5");
    ck_assert_str_eq(chart_text(arena, -12.345), "-12.35");
    ck_assert_str_eq(chart_text(arena, 1000), "1000");
    ck_assert_str_eq(chart_decimal(arena, 3 * 0.1), "0.3");
    ck_assert_str_eq(chart_decimal(arena, 0.0005), "0.0005");
    ck_assert_str_eq(chart_decimal(arena, 4), "4");
    ck_assert_str_eq(chart_decimal(arena, 2e8), "200000000");
    ck_assert_str_eq(chart_decimal(arena, -2.5), "-2.5");
}
END_TEST

static const struct {
    double min, max;
    size_t wanted;
    double step;
    const char *ticks;
} scales[] = {
    {0, 4, 5, 1, "0 1 2 3 4"},
    {0, 4, 9, 0.5, "0 0.5 1 1.5 2 2.5 3 3.5 4"},
    {0, 4, 4, 2, "0 2 4"},
    {2, 4, 6, 0.5, "2 2.5 3 3.5 4"},
    {1, 5, 5, 1, "1 2 3 4 5"},
    {0, 5, 5, 2, "0 2 4 5"},
    {0, 100, 6, 20, "0 20 40 60 80 100"},
    {0, 100, 5, 50, "0 50 100"},
    {50, 100, 6, 10, "50 60 70 80 90 100"},
    {0, 1, 11, 0.1, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1"},
    {0.3, 0.9, 7, 0.1, "0.3 0.4 0.5 0.6 0.7 0.8 0.9"},
    {-1, 1, 5, 0.5, "-1 -0.5 0 0.5 1"},
    {3.07, 3.65, 6, 0.1, "3.07 3.2 3.3 3.4 3.5 3.6 3.65"},
    {3.5, 7, 6, 1, "3.5 4 5 6 7"},
    {0.1, 0.9, 2, 0.5, "0.1 0.5 0.9"},
    {0, 1e9, 5, 5e8, "0 500000000 1000000000"},
    {7, 7, 5, 0, ""},
    {9, 7, 5, 0, ""},
    {0, 4, 1, 0, ""},
    {0, 4, 13, 0, ""},
};

START_TEST(finds_round_ticks)
{
    double ticks[CHART_TICKS_MAX + 2];
    double step = chart_step(scales[_i].min, scales[_i].max, scales[_i].wanted);
    size_t count = chart_axis(scales[_i].min, scales[_i].max, scales[_i].wanted, ticks);
    const char *all = "";

    for (size_t i = 0; i < count; i++)
        all = arena_format(arena, "%s%s%s", all, i > 0 ? " " : "", chart_decimal(arena, ticks[i]));
    ck_assert_double_eq_tol(step, scales[_i].step, 1e-9 * scales[_i].max);
    ck_assert_str_eq(all, scales[_i].ticks);
}
END_TEST

START_TEST(keeps_ticks_apart_and_inside)
{
    double ticks[CHART_TICKS_MAX + 2];

    srand(2022);
    for (int i = 0; i < 20000; i++) {
        double min = (rand() % 2000 - 1000) * pow(10, rand() % 9 - 4);
        double max = min + (rand() % 1000 + 1) * pow(10, rand() % 9 - 4);
        size_t wanted = (size_t)(rand() % (CHART_TICKS_MAX - 1) + 2);
        double step = chart_step(min, max, wanted);
        size_t count = chart_axis(min, max, wanted, ticks);
        bool fine = step > 0 && count >= 2 && count <= wanted + 2 && !(ticks[0] > min) &&
                    !(ticks[count - 1] < max);
        for (size_t j = 1; j < count; j++)
            fine = fine && ticks[j] - ticks[j - 1] >= fmin(0.4 * step, max - min);
        if (!fine)
            ck_abort_msg("%g to %g with %zu", min, max, wanted);
    }
}
END_TEST

START_TEST(chooses_the_piece_of_a_scale)
{
    static const struct {
        double min, max, low, high, from, to;
    } pieces[] = {
        {0, 4, 2.04, 3.93, 2, 4},    {0, 4, 2.5, 3.5, 2.4, 3.6}, /* an end on a step stays there;
                                                                    here the step is 0.2, and 2.5 is
                                                                    none */
        {0, 4, 2.4, 3.4, 2.4, 3.4},  {0, 4, 0, 3.9, 0, 4},        {0, 100, 61, 64, 61, 64},
        {-1, 1, -0.95, 0.99, -1, 1}, {0, 3.7, 1.1, 3.69, 1, 3.7}, /* not off the scale */
        {0, 4, 3, 3, 0, 4},          {0, 4, 3, 2, 0, 4},
    };

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        double low = pieces[i].low, high = pieces[i].high;
        chart_span(pieces[i].min, pieces[i].max, 6, &low, &high);
        ck_assert_double_eq_tol(low, pieces[i].from, 1e-9);
        ck_assert_double_eq_tol(high, pieces[i].to, 1e-9);
    }
}
END_TEST

START_TEST(stacks_dots_that_would_touch)
{
    static const double at[] = {10, 10, 11, 13, 13.5, 40};
    static const size_t expected[] = {0, 1, 2, 0, 1, 0};
    size_t levels[6];

    ck_assert_uint_eq(chart_swarm(at, 0, 3, levels), 0);
    ck_assert_uint_eq(chart_swarm(at, 6, 3, levels), 3);
    for (size_t i = 0; i < 6; i++)
        ck_assert_uint_eq(levels[i], expected[i]);
    ck_assert_uint_eq(chart_swarm(at, 6, 0, levels), 1);
}
END_TEST

START_TEST(moves_labels_apart)
{
    double none[1] = {5};
    double alone[] = {-3};
    double apart[] = {0, 30, 60};
    double pair[] = {50, 50};
    double bottom[] = {0, 1, 2};
    double chain[] = {10, 12, 40, 41, 100};
    double full[] = {0, 0, 0};

    chart_place(none, 0, 10, 0, 100);
    ck_assert_double_eq(none[0], 5);
    chart_place(alone, 1, 10, 0, 100);
    ck_assert_double_eq(alone[0], 0);
    chart_place(apart, 3, 19, 0, 100);
    ck_assert(apart[0] <= 0 && apart[1] >= 30 && apart[1] <= 30 && apart[2] >= 60 &&
              apart[2] <= 60);
    chart_place(pair, 2, 10, 0, 100);
    ck_assert_double_eq_tol(pair[0], 45, 1e-9);
    ck_assert_double_eq_tol(pair[1], 55, 1e-9);
    chart_place(bottom, 3, 10, 0, 100);
    ck_assert_double_eq_tol(bottom[2], 20, 1e-9);
    chart_place(chain, 5, 10, 0, 100);
    ck_assert_double_eq_tol(chain[0], 6, 1e-9);
    ck_assert_double_eq_tol(chain[1], 16, 1e-9);
    ck_assert_double_eq_tol(chain[2], 35.5, 1e-9);
    ck_assert_double_eq_tol(chain[3], 45.5, 1e-9);
    ck_assert_double_eq_tol(chain[4], 100, 1e-9);
    chart_place(full, 3, 60, 0, 100);
    ck_assert_double_eq_tol(full[1], 50, 1e-9);
    ck_assert_double_eq_tol(full[2], 100, 1e-9);
}
END_TEST

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

START_TEST(keeps_dots_apart_and_low)
{
    enum { DOTS = 60 };

    srand(7);
    for (int i = 0; i < 2000; i++) {
        double at[DOTS];
        size_t levels[DOTS], highest = 0;
        for (size_t j = 0; j < DOTS; j++)
            at[j] = rand() % 1000 / 10.0;
        qsort(at, DOTS, sizeof *at, ascending);
        size_t count = chart_swarm(at, DOTS, 2.8, levels);
        bool fine = true;
        for (size_t j = 0; j < DOTS; j++) {
            bool needed = levels[j] == 0; /* somebody near stands just below */
            for (size_t k = 0; k < j; k++) {
                bool near = at[j] - at[k] < 2.8;
                fine = fine && !(near && levels[k] == levels[j]);
                needed = needed || (near && levels[k] + 1 == levels[j]);
            }
            fine = fine && needed;
            highest = levels[j] > highest ? levels[j] : highest;
        }
        if (!fine || count != highest + 1)
            ck_abort_msg("case %d", i);
    }
}
END_TEST

START_TEST(keeps_distance_order_and_room)
{
    enum { LABELS = 12 };

    srand(50);
    for (int i = 0; i < 5000; i++) {
        double at[LABELS];
        size_t count = (size_t)(rand() % LABELS) + 1;
        double gap = rand() % 15;
        for (size_t j = 0; j < count; j++)
            at[j] = rand() % 140 - 20;
        qsort(at, count, sizeof *at, ascending);
        chart_place(at, count, gap, 0, 100);
        double least =
            count > 1 && gap * (double)(count - 1) > 100 ? 100 / (double)(count - 1) : gap;
        bool fine = at[0] >= -1e-9 && at[count - 1] <= 100 + 1e-9;
        for (size_t j = 1; j < count; j++)
            fine = fine && at[j] - at[j - 1] >= least - 1e-9;
        if (!fine)
            ck_abort_msg("%zu labels with gap %g, case %d", count, gap, i);
    }
}
END_TEST

START_TEST(places_a_value_above_the_foot_of_an_axis)
{
    ck_assert_double_eq_tol(chart_height(2, 2, 4, 16, 236), 236, 1e-9);
    ck_assert_double_eq_tol(chart_height(4, 2, 4, 16, 236), 16, 1e-9);
    ck_assert_double_eq_tol(chart_height(3.5, 2, 4, 16, 236), 71, 1e-9);
    ck_assert_double_eq_tol(chart_height(1, 2, 4, 16, 236), 236, 1e-9);
    ck_assert_double_eq_tol(chart_height(9, 2, 4, 16, 236), 16, 1e-9);
}
END_TEST

START_TEST(begins_an_axis_in_the_middle_when_all_lies_above)
{
    const double high[] = {2, 3.5, 4}, mixed[] = {3.5, 1.99, 4};

    ck_assert_double_eq(chart_axis_start(high, 3, 0, 4), 2);
    ck_assert_double_eq(chart_axis_start(mixed, 3, 0, 4), 0);
    ck_assert_double_eq(chart_axis_start(mixed, 1, 0, 4), 2);
    ck_assert_double_eq(chart_axis_start(high, 3, -10, 10), 0);
    ck_assert_double_eq(chart_axis_start(high, 3, 0, 100), 0);
}
END_TEST

START_TEST(counts_letters_not_bytes)
{
    ck_assert_uint_eq(chart_letters("Kota Ñandú", strlen("Kota Ñandú")), 10);
    ck_assert_uint_eq(chart_letters("", 0), 0);
}
END_TEST

START_TEST(moves_labels_of_any_order_apart)
{
    double at[] = {50, 20, 51, 49}, equal[] = {10, 10, 10}, one[] = {120};

    chart_spread(at, 4, 5, 0, 100);
    ck_assert_double_eq_tol(at[0], 50, 1e-9);
    ck_assert_double_eq_tol(at[1], 20, 1e-9);
    ck_assert_double_eq_tol(at[2], 55, 1e-9);
    ck_assert_double_eq_tol(at[3], 45, 1e-9);
    chart_spread(equal, 3, 4, 0, 100);
    ck_assert_double_eq_tol(equal[0], 6, 1e-9);
    ck_assert_double_eq_tol(equal[1], 10, 1e-9);
    ck_assert_double_eq_tol(equal[2], 14, 1e-9);
    chart_spread(one, 1, 4, 0, 100);
    ck_assert_double_eq_tol(one[0], 100, 1e-9);
    chart_spread(one, 0, 4, 0, 100);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart");
    TCase *tests = tcase_create("chart");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, reads_plain_decimals);
    tcase_add_test(tests, places_a_value_on_a_scale);
    tcase_add_test(tests, writes_numbers);
    tcase_add_loop_test(tests, finds_round_ticks, 0, UNIT_ROWS(scales));
    tcase_add_test(tests, keeps_ticks_apart_and_inside);
    tcase_add_test(tests, chooses_the_piece_of_a_scale);
    tcase_add_test(tests, stacks_dots_that_would_touch);
    tcase_add_test(tests, keeps_dots_apart_and_low);
    tcase_add_test(tests, moves_labels_apart);
    tcase_add_test(tests, keeps_distance_order_and_room);
    tcase_add_test(tests, places_a_value_above_the_foot_of_an_axis);
    tcase_add_test(tests, begins_an_axis_in_the_middle_when_all_lies_above);
    tcase_add_test(tests, counts_letters_not_bytes);
    tcase_add_test(tests, moves_labels_of_any_order_apart);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
