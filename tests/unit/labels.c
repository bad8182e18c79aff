/* Labels of pictures: whatever the names and the values are, none touches another. */
#include <math.h>
#include <string.h>

#include "unit.h"
#include "web/_matrix.h"
#include "web/_name.h"

/* Pixels: a letter, a line of text, and the narrowest drawing. */
static const double letter = 7, line = 15, narrow = 288;

enum { CASES = 1000, MOST = 6 };

/* The same numbers at each run. */
static unsigned next(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % below;
}

/* A name of one to four words. */
static void make_name(unsigned *seed, char *name, size_t size)
{
    size_t words = 1 + next(seed, 4), at = 0;

    for (size_t word = 0; word < words; word++) {
        for (size_t left = 2 + next(seed, 9); left > 0 && at + 2 < size; left--)
            name[at++] = (char)('a' + next(seed, 26));
        if (word + 1 < words && at + 2 < size)
            name[at++] = ' ';
    }
    name[at] = '\0';
}

START_TEST(names_of_lines_keep_apart)
{
    unsigned seed = (unsigned)_i + 1;
    char names[MOST][48];
    struct name_label labels[MOST] = {0};
    size_t count = 1 + next(&seed, MOST);

    for (size_t i = 0; i < count; i++) {
        make_name(&seed, names[i], sizeof names[i]);
        /* Now and then all of them want the same place. */
        double at = next(&seed, 4) == 0 ? 120 : 16 + next(&seed, 221);
        labels[i] = (struct name_label){.name = names[i], .shown = "3.31", .at = at};
    }
    name_place(labels, count, 11, 246);
    for (size_t i = 0; i < count; i++) {
        double tall = line * (labels[i].broken ? 2 : 1);
        ck_assert_double_ge(labels[i].at - tall / 2, 11 - 0.01);
        ck_assert_double_le(labels[i].at + tall / 2, 246 + 0.01);
        ck_assert(!labels[i].broken || names[i][labels[i].first] == ' ');
        for (size_t j = 0; j < i; j++) {
            double other = line * (labels[j].broken ? 2 : 1);
            ck_assert_double_ge(fabs(labels[i].at - labels[j].at), (tall + other) / 2 - 0.01);
        }
    }
}
END_TEST

START_TEST(names_of_columns_keep_apart)
{
    unsigned seed = (unsigned)_i + 1;
    double at[MOST] = {0}, weights[MOST], sum = 0;
    size_t lengths[MOST], count = 2 + next(&seed, MOST - 1);
    int levels[MOST];
    bool ends[MOST];

    for (size_t i = 0; i < count; i++) {
        weights[i] = 1 + next(&seed, 40);
        lengths[i] = 3 + next(&seed, 18);
        sum += weights[i];
    }
    for (size_t i = 1; i < count; i++)
        at[i] = at[i - 1] + 100 * weights[i - 1] / sum;
    int most = matrix_heads(at, lengths, count, narrow, levels, ends);
    for (size_t i = 0; i < count; i++) {
        double wide = letter * (double)lengths[i];
        double from = ends[i] ? narrow - wide : at[i] * narrow / 100;
        ck_assert(levels[i] >= 0 && levels[i] < most);
        ck_assert_double_ge(from, 0);
        ck_assert_double_le(from + wide, narrow + 0.01);
        for (size_t j = 0; j < i; j++) {
            double end = letter * (double)lengths[j];
            double start = ends[j] ? narrow - end : at[j] * narrow / 100;
            ck_assert(levels[i] != levels[j] || start + end <= from || from + wide <= start);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("labels");
    TCase *cases = tcase_create("labels");

    tcase_add_loop_test(cases, names_of_lines_keep_apart, 0, CASES);
    tcase_add_loop_test(cases, names_of_columns_keep_apart, 0, CASES);
    suite_add_tcase(suite, cases);
    return unit_run(suite);
}
