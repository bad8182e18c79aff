/* chart: figures as text, an axis for them, and labels beside them. Lines: both ends of the axis,
 * how many ticks are wanted, the gap between labels; then one place per line. Ends beyond what
 * figures have only must not do harm. */
#include "tpl/chart.h"

#include <math.h>

#include "fuzz.h"

enum { PLACES_MAX = 20 };

static double number(struct arena *arena, struct fuzz_input *input)
{
    const char *line = fuzz_line(arena, input);
    double value = 0;
    char *end = NULL;

    bool good = chart_number(line, &value);
    double expected = strtod(line, &end);
    bool plain = *line != '\0' && *end == '\0' && isfinite(expected) &&
                 strpbrk(line, "+eExXpPiInN \t\n\v\f\r") == NULL;
    fuzz_check(good == plain && (!good || value == expected));
    return value;
}

static bool is_usual(double value)
{
    return fabs(value) < 1e9 && (value == 0 || fabs(value) > 1e-6);
}

static void check_text(struct arena *arena, double value)
{
    double again = 0;

    if (!is_usual(value))
        return;
    fuzz_check(chart_number(chart_text(arena, value), &again) && fabs(again - value) <= 0.00501);
    fuzz_check(chart_number(chart_decimal(arena, value), &again) && fabs(again - value) <= 1e-6);
    fuzz_check(!fuzz_same(chart_text(arena, value), "-0"));
}

static void check_axis(struct arena *arena, double min, double max, size_t wanted)
{
    double *ticks = arena_alloc(arena, CHART_TICKS_MAX + 2, sizeof *ticks);
    size_t count = chart_axis(min, max, wanted, ticks);

    fuzz_check(count <= CHART_TICKS_MAX + 2);
    bool usual = is_usual(min) && is_usual(max) && max - min > 1e-3;
    fuzz_check(!usual || (count >= 2) == (wanted >= 2 && wanted <= CHART_TICKS_MAX));
    if (!usual || count == 0)
        return;
    double step = chart_step(min, max, wanted);
    fuzz_check(ticks[0] == min && ticks[count - 1] == max && count <= wanted + 2);
    for (size_t i = 1; i < count; i++) {
        fuzz_check(ticks[i] > ticks[i - 1]);
        bool inner = i + 1 < count;
        fuzz_check(!inner || fabs(ticks[i] / step - round(ticks[i] / step)) < 1e-5);
    }
}

/* Labels are in the room and in order, and as far apart as there is room for; with enough of it
 * nothing moves. */
static void check_places(struct arena *arena, const double *wanted, size_t count, double gap,
                         double low, double high)
{
    double *at = arena_alloc(arena, count, sizeof *at);
    double room = count > 1 ? (high - low) / (double)(count - 1) : high - low;
    double slack = 1e-9 * (fabs(low) + fabs(high) + gap + 1);
    bool moved = false, crowded = false;

    for (size_t i = 0; i < count; i++) {
        at[i] = wanted[i];
        crowded = crowded || wanted[i] < low || wanted[i] > high ||
                  (i > 0 && wanted[i] - wanted[i - 1] < gap);
    }
    chart_place(at, count, gap, low, high);
    for (size_t i = 0; i < count; i++) {
        fuzz_check(at[i] >= low - slack && at[i] <= high + slack);
        fuzz_check(i == 0 || at[i] - at[i - 1] >= fmin(gap, room) - slack);
        moved = moved || fabs(at[i] - wanted[i]) > slack;
    }
    fuzz_check(crowded || !moved);
    /* The same labels in the opposite order go to the same places. */
    double *back = arena_alloc(arena, count, sizeof *back);
    for (size_t i = 0; i < count; i++)
        back[count - 1 - i] = wanted[i];
    chart_spread(back, count, gap, low, high);
    for (size_t i = 0; i < count; i++)
        fuzz_check(fabs(back[count - 1 - i] - at[i]) <= slack ||
                   (i > 0 && wanted[i] == wanted[i - 1]) ||
                   (i + 1 < count && wanted[i] == wanted[i + 1]));
}

/* A piece of the scale holds what it is for; dots of one level are apart, and none stands higher
 * than it must. */
static void check_dots(struct arena *arena, const double *at, size_t count, double gap, double min,
                       double max)
{
    size_t *levels = arena_alloc(arena, count, sizeof *levels);
    double low = fmax(at[0], min), high = fmin(at[count - 1], max);
    double from = low, to = high;

    chart_span(min, max, 6, &from, &to);
    double slack = 1e-6 * (fabs(min) + fabs(max) + 1);
    fuzz_check(!(low < high) ||
               (from <= low + slack && to >= high - slack && from >= min && to <= max));
    size_t used = chart_swarm(at, count, gap, levels);
    for (size_t i = 0; i < count; i++) {
        fuzz_check(levels[i] < used);
        size_t taken = 0;
        for (size_t k = 0; k < i; k++) {
            bool near = at[i] - at[k] < gap;
            fuzz_check(!near || levels[k] != levels[i]);
            taken += near;
        }
        fuzz_check(levels[i] <= taken);
    }
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    double places[PLACES_MAX];
    size_t count = 0;

    double min = number(arena, &input), max = number(arena, &input);
    size_t wanted = strtoul(fuzz_line(arena, &input), NULL, 10);
    double gap = fabs(number(arena, &input));
    check_axis(arena, min, max, wanted);
    while (count < PLACES_MAX && input.at < input.end) {
        double place = number(arena, &input);
        double percent = chart_percent(place, min, max);
        fuzz_check(percent >= 0 && percent <= 100 && (max > min || percent == 0));
        check_text(arena, place);
        if (is_usual(place))
            places[count++] = place;
    }
    qsort(places, count, sizeof *places, ascending);
    if (is_usual(min) && is_usual(max) && max > min && is_usual(gap))
        check_places(arena, places, count, gap, min, max);
    if (count > 0 && is_usual(min) && is_usual(max) && max > min && is_usual(gap))
        check_dots(arena, places, count, gap, min, max);
    arena_close(arena);
    return 0;
}
