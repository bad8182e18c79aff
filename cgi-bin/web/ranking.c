/* Page ranking: all values as dots, and as lines from the round before. */
#include <math.h>
#include <stdlib.h>

#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
#include "web/_strip.h"
#include "web/chart.h"
#include "web/fill.h"

/* How many lines are drawn strong where the visitor chose none, how many labels stand apart, and
 * how many lines can be told from each other at all: of more, only those with a label are drawn. */
enum { STRONG = 5, LABELLED = 18, CALM_MOST = 150, LEVELS = 12 };

/* Pixels from the top: where the axes begin, how far labels are apart, and how high the picture is
 * at least and at most. */
static const double top = 30, gap = 19, lowest = 160, highest = 420, text_drop = 4;

/* A region with a value in both rounds. */
struct slope {
    size_t row;
    double from, to, gain; /* values, later places; how much better it became */
    bool chosen, labelled;
};

struct slopes {
    struct slope *all, **order; /* order: those with a label, by whatever is asked */
    size_t count, chosen, labelled;
    double low, high, height;
};

static void read_slopes(struct req *req, struct slopes *slopes)
{
    size_t rows = page_rows(req, "dots");
    double sign = page_true(page_value(req, "higher_better")) ? 1 : -1;

    slopes->all = arena_alloc(req->arena, rows, sizeof *slopes->all);
    slopes->order = arena_alloc(req->arena, rows, sizeof *slopes->order);
    for (size_t i = 0; i < rows; i++) {
        struct slope *slope = &slopes->all[slopes->count];
        *slope = (struct slope){.row = i, .chosen = page_true(page_cell(req, "dots", i, "listed"))};
        if (!chart_number(page_cell(req, "dots", i, "previous"), &slope->from) ||
            !chart_number(page_cell(req, "dots", i, "value"), &slope->to))
            continue;
        slope->gain = sign * (slope->to - slope->from);
        slopes->low = slopes->count == 0 ? slope->from : slopes->low;
        slopes->high = slopes->count == 0 ? slope->from : slopes->high;
        slopes->low = fmin(slopes->low, fmin(slope->from, slope->to));
        slopes->high = fmax(slopes->high, fmax(slope->from, slope->to));
        slopes->count++;
    }
}

/* The chosen before the others, then the largest gain first; equal ones as the section has them. */
static int by_gain(const void *a, const void *b)
{
    const struct slope *left = *(struct slope *const *)a, *right = *(struct slope *const *)b;

    if (left->chosen != right->chosen)
        return left->chosen ? -1 : 1;
    if (left->gain < right->gain || left->gain > right->gain)
        return left->gain > right->gain ? -1 : 1;
    return left->row < right->row ? -1 : 1;
}

/* Strong are the visitor's own choice or, without one, those that gained most; who did not gain is
 * not singled out. Labels are for them, and for all where there is room. */
static void choose(struct slopes *slopes, bool filtered)
{
    for (size_t i = 0; i < slopes->count; i++)
        slopes->order[i] = &slopes->all[i];
    qsort(slopes->order, slopes->count, sizeof *slopes->order, by_gain);
    for (size_t i = 0; i < slopes->count; i++) {
        struct slope *slope = slopes->order[i];
        slope->chosen = filtered ? slope->chosen : i < STRONG && slope->gain > 0;
        slopes->chosen += slope->chosen;
        slope->labelled =
            i < LABELLED && (slope->chosen || (!filtered && slopes->count <= LABELLED));
        slopes->labelled += slope->labelled;
    }
}

static void place_lines(struct slopes *slopes)
{
    slopes->height = fmax(lowest, fmin(highest, gap * (double)(slopes->count + 1)));
    for (size_t i = 0; i < slopes->count; i++) {
        struct slope *slope = &slopes->all[i];
        slope->from = top + slopes->height *
                                (1 - chart_percent(slope->from, slopes->low, slopes->high) / 100);
        slope->to =
            top + slopes->height * (1 - chart_percent(slope->to, slopes->low, slopes->high) / 100);
    }
}

static int by_from(const void *a, const void *b)
{
    const struct slope *left = *(struct slope *const *)a, *right = *(struct slope *const *)b;

    return (left->from > right->from) - (left->from < right->from);
}

static int by_to(const void *a, const void *b)
{
    const struct slope *left = *(struct slope *const *)a, *right = *(struct slope *const *)b;

    return (left->to > right->to) - (left->to < right->to);
}

/* The labels of one side, none over another. */
static void place_labels(struct req *req, struct slopes *slopes, bool right)
{
    double *at = arena_alloc(req->arena, slopes->labelled, sizeof *at);

    qsort(slopes->order, slopes->labelled, sizeof *slopes->order, right ? by_to : by_from);
    for (size_t i = 0; i < slopes->labelled; i++)
        at[i] = right ? slopes->order[i]->to : slopes->order[i]->from;
    chart_place(at, slopes->labelled, gap, top, top + slopes->height);
    for (size_t i = 0; i < slopes->labelled; i++) {
        struct tpl_dict *row = page_row_dict(req, "dots", slopes->order[i]->row);
        const char *y = chart_text(req->arena, at[i] + text_drop);
        if (right)
            tpl_value(row, "to_text_y", y);
        else
            tpl_value(row, "from_text_y", y);
    }
}

static void draw_lines(struct req *req, const struct slopes *slopes)
{
    for (size_t i = 0; i < slopes->count; i++) {
        const struct slope *slope = &slopes->all[i];
        struct tpl_dict *row = page_row_dict(req, "dots", slope->row);
        tpl_value(row, "from_y", chart_text(req->arena, slope->from));
        tpl_value(row, "to_y", chart_text(req->arena, slope->to));
        tpl_show(row, "strong", slope->chosen);
        tpl_show(row, "calm", !slope->chosen && (slope->labelled || slopes->count <= CALM_MOST));
        tpl_show(row, "labelled", slope->labelled);
    }
}

/* The lines, when there are at least two to compare. */
static void draw_slopes(struct req *req)
{
    struct slopes slopes = {0};
    double min = 0, max = 0;

    bool scaled = axis_scale(req, &min, &max);
    if (scaled)
        read_slopes(req, &slopes);
    tpl_show(page_dict(req), "has_slope", slopes.count > 1);
    if (slopes.count <= 1)
        return;
    chart_span(min, max, LEVELS, &slopes.low, &slopes.high);
    choose(&slopes, page_true(page_value(req, "filtered")));
    place_lines(&slopes);
    place_labels(req, &slopes, false);
    place_labels(req, &slopes, true);
    draw_lines(req, &slopes);
    tpl_value(page_dict(req), "slope_low", chart_decimal(req->arena, slopes.low));
    tpl_value(page_dict(req), "slope_high", chart_decimal(req->arena, slopes.high));
    tpl_value(page_dict(req), "slope_bottom", chart_text(req->arena, top + slopes.height));
    tpl_value(page_dict(req), "slope_height",
              chart_text(req->arena, top + slopes.height + gap / 2));
    tpl_show(page_dict(req), "some_strong", slopes.chosen > 0);
}

void fill_ranking(struct req *req)
{
    strip_draw(req);
    draw_slopes(req);
}
