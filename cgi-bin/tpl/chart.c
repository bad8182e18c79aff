#include "tpl/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool chart_number(const char *text, double *value)
{
    char *end = NULL;

    if (text == NULL || *text == '\0' || strspn(text, "0123456789.-") != strlen(text))
        return false;
    double number = strtod(text, &end);
    if (*end != '\0' || !isfinite(number))
        return false;
    *value = number;
    return true;
}

double chart_percent(double value, double min, double max)
{
    if (!(max > min) || !(value > min))
        return 0;
    return value >= max ? 100 : (value - min) / (max - min) * 100;
}

double chart_height(double value, double low, double high, double top, double bottom)
{
    return bottom - (bottom - top) * chart_percent(value, low, high) / 100;
}

double chart_axis_start(const double *values, size_t count, double min, double max)
{
    double middle = min + (max - min) / 2;

    for (size_t i = 0; i < count; i++) {
        if (values[i] < middle)
            return min;
    }
    return middle;
}

/* value with at most `decimals` decimals, which is not 0. */
static const char *plain(struct arena *arena, double value, int decimals)
{
    double unit = pow(10, decimals);
    double rounded = round(value * unit) / unit;
    char *text = arena_format(arena, "%.*f", decimals, rounded == 0 ? 0 : rounded);
    size_t length = strlen(text);

    while (text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.')
        length--;
    text[length] = '\0';
    return text;
}

const char *chart_text(struct arena *arena, double value)
{
    return plain(arena, value, 2);
}

const char *chart_bar(struct arena *arena, double percent)
{
    return percent > 0 ? arena_format(arena, "%s%%", chart_text(arena, percent)) : "3";
}

const char *chart_decimal(struct arena *arena, double value)
{
    return plain(arena, value, 9);
}

/* What a rounding error may be, as a part of a step. */
static const double slack = 1e-9;

/* The number of multiples of step in min..max. A multiple that misses an end by a rounding error
 * counts. */
static double multiples(double min, double max, double step, double *first)
{
    *first = ceil(min / step - slack);
    return floor(max / step + slack) - *first + 1;
}

double chart_step(double min, double max, size_t wanted)
{
    static const double factors[] = {1, 2, 5, 10, 20};
    double first = 0, step = 0;

    if (!(max > min) || wanted < 2 || wanted > CHART_TICKS_MAX || !isfinite(max - min))
        return 0;
    double power = pow(10, floor(log10((max - min) / (double)wanted)));
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        step = factors[i] * power;
        if (multiples(min, max, step, &first) <= (double)wanted)
            break;
    }
    return step;
}

size_t chart_axis(double min, double max, size_t wanted, double ticks[CHART_TICKS_MAX + 2])
{
    double step = chart_step(min, max, wanted), first = 0;
    size_t count = 0;

    if (!(step > 0))
        return 0;
    double between = multiples(min, max, step, &first);
    ticks[count++] = min;
    for (double i = 0; i < between; i++) {
        double tick = (first + i) * step;
        if (tick - min >= step * 0.499 && max - tick >= step * 0.499)
            ticks[count++] = tick;
    }
    ticks[count++] = max;
    return count;
}

void chart_span(double min, double max, size_t wanted, double *low, double *high)
{
    double step = chart_step(*low, *high, wanted);

    if (!(step > 0)) {
        *low = min;
        *high = max;
        return;
    }
    *low = fmax(min, floor(*low / step + slack) * step);
    *high = fmin(max, ceil(*high / step - slack) * step);
}

size_t chart_swarm(const double *at, size_t count, double gap, size_t *levels)
{
    double *last = mem_alloc(count, sizeof *last);
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        size_t level = 0;
        while (level < used && at[i] - last[level] < gap)
            level++;
        used += level == used;
        last[level] = at[i];
        levels[i] = level;
    }
    free(last);
    return used;
}

/* A run of labels that touch: they keep the gap between them and move as one. */
struct run {
    size_t first, count;
    double start; /* place of its first label */
};

/* The labels' best start: the mean of where each wants the run to start, kept inside the room. */
static void settle(struct run *run, const double *at, double gap, double low, double high)
{
    double sum = 0;

    for (size_t i = 0; i < run->count; i++)
        sum += at[run->first + i] - (double)i * gap;
    run->start = sum / (double)run->count;
    double last = high - (double)(run->count - 1) * gap;
    if (run->start > last)
        run->start = last;
    if (run->start < low)
        run->start = low;
}

void chart_place(double *at, size_t count, double gap, double low, double high)
{
    if (count == 0)
        return;
    if (count > 1 && gap * (double)(count - 1) > high - low)
        gap = (high - low) / (double)(count - 1);
    struct run *runs = mem_alloc(count, sizeof *runs);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        runs[used] = (struct run){.first = i, .count = 1};
        settle(&runs[used], at, gap, low, high);
        used++;
        while (used > 1) {
            struct run *before = &runs[used - 2];
            if (runs[used - 1].start >= before->start + (double)before->count * gap)
                break;
            before->count += runs[used - 1].count;
            used--;
            settle(before, at, gap, low, high);
        }
    }
    for (size_t r = 0; r < used; r++) {
        for (size_t i = 0; i < runs[r].count; i++)
            at[runs[r].first + i] = runs[r].start + (double)i * gap;
    }
    free(runs);
}

void chart_spread(double *at, size_t count, double gap, double low, double high)
{
    double *sorted = mem_alloc(count + 1, sizeof *sorted);
    size_t *from = mem_alloc(count + 1, sizeof *from);

    /* Labels are few: each is put in its place among those before it. */
    for (size_t i = 0; i < count; i++) {
        size_t place = i;
        for (; place > 0 && sorted[place - 1] > at[i]; place--) {
            sorted[place] = sorted[place - 1];
            from[place] = from[place - 1];
        }
        sorted[place] = at[i];
        from[place] = i;
    }
    chart_place(sorted, count, gap, low, high);
    for (size_t i = 0; i < count; i++)
        at[from[i]] = sorted[i];
    free(sorted);
    free(from);
}

size_t chart_letters(const char *text, size_t bytes)
{
    size_t count = 0;

    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}
