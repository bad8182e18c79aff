/* Page ranking: all values as dots, as lines from the round before, and as bars in the tables. */
#include <math.h>
#include <stdlib.h>

#include "http/page.h"
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"
#include "web/_strip.h"
#include "web/chart.h"
#include "web/fill.h"

/* How many lines are drawn strong where the visitor chose none, how many labels stand apart, and
 * how many lines can be told from each other at all: of more, only those with a label are drawn. */
enum { STRONG = 5, LABELLED = 18, CALM_MOST = 150, LEVELS = 12 };

/* Pixels from the top: where the axes begin, how far labels are apart, and how high the picture is
 * at least and at most. */
static const double top = 30, gap = 19, lowest = 160, highest = 420, text_drop = 4;

/* And where the lines of a small profile end at most, and where they begin. */
static const double six_top = 4, six_bottom = 24;

/* A dot of the document and, where it has a value in both rounds, its line. */
struct slope {
    struct doc_node *dot;
    size_t row;
    double from, to, gain; /* values, later places; how much better it became */
    double from_text, to_text;
    bool chosen, labelled, drawn;
};

struct slopes {
    struct slope *all, **order; /* order: those with a line, by whatever is asked */
    size_t dots, count, chosen, labelled;
    double low, high, height;
};

static void read_slopes(struct req *req, struct slopes *slopes)
{
    struct doc_node *dots = doc_get(req->document, "dots");
    size_t rows = dots != NULL ? dots->length : 0;
    double sign = doc_has(req->document, "higher_better") ? 1 : -1;

    slopes->all = arena_alloc(req->arena, rows, sizeof *slopes->all);
    slopes->order = arena_alloc(req->arena, rows, sizeof *slopes->order);
    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL; dot = dot->next) {
        struct slope *slope = &slopes->all[slopes->dots];
        *slope =
            (struct slope){.dot = dot, .row = slopes->dots++, .chosen = doc_has(dot, "listed")};
        if (!chart_number(doc_text(dot, "previous"), &slope->from) ||
            !chart_number(doc_text(dot, "value"), &slope->to))
            continue;
        slope->gain = sign * (slope->to - slope->from);
        slopes->low = slopes->count == 0 ? slope->from : slopes->low;
        slopes->high = slopes->count == 0 ? slope->from : slopes->high;
        slopes->low = fmin(slopes->low, fmin(slope->from, slope->to));
        slopes->high = fmax(slopes->high, fmax(slope->from, slope->to));
        slopes->order[slopes->count++] = slope;
    }
}

/* The chosen before the others, then the largest gain first; equal ones as the list has them. */
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
    qsort(slopes->order, slopes->count, sizeof *slopes->order, by_gain);
    for (size_t i = 0; i < slopes->count; i++) {
        struct slope *slope = slopes->order[i];
        slope->chosen = filtered ? slope->chosen : i < STRONG && slope->gain > 0;
        slopes->chosen += slope->chosen;
        slope->labelled =
            i < LABELLED && (slope->chosen || (!filtered && slopes->count <= LABELLED));
        slopes->labelled += slope->labelled;
        slope->drawn = slope->chosen || slope->labelled || slopes->count <= CALM_MOST;
    }
}

static void place_lines(struct slopes *slopes)
{
    slopes->height = fmax(lowest, fmin(highest, gap * (double)(slopes->count + 1)));
    for (size_t i = 0; i < slopes->count; i++) {
        struct slope *slope = slopes->order[i];
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
        if (right)
            slopes->order[i]->to_text = at[i] + text_drop;
        else
            slopes->order[i]->from_text = at[i] + text_drop;
    }
}

static void draw_line(struct req *req, const struct slope *slope)
{
    struct arena *arena = req->arena;
    struct doc_node *line =
        doc_add(arena, slope->dot, "line", slope->drawn ? DOC_OBJECT : DOC_NULL);

    if (!slope->drawn)
        return;
    doc_add_text(arena, line, "from_y", chart_text(arena, slope->from));
    doc_add_text(arena, line, "to_y", chart_text(arena, slope->to));
    doc_add_flag(arena, line, "strong", slope->chosen);
    struct doc_node *label =
        doc_add(arena, line, "labelled", slope->labelled ? DOC_OBJECT : DOC_NULL);
    if (!slope->labelled)
        return;
    doc_add_text(arena, label, "from_text_y", chart_text(arena, slope->from_text));
    doc_add_text(arena, label, "to_text_y", chart_text(arena, slope->to_text));
}

/* The lines, when there are at least two to compare. */
static void draw_slopes(struct req *req)
{
    struct arena *arena = req->arena;
    struct slopes slopes = {0};
    double min = 0, max = 0;

    if (axis_scale(req, &min, &max))
        read_slopes(req, &slopes);
    bool drawn = slopes.count > 1;
    struct doc_node *slope = doc_add(arena, req->document, "slope", drawn ? DOC_OBJECT : DOC_NULL);
    if (!drawn)
        return;
    chart_span(min, max, LEVELS, &slopes.low, &slopes.high);
    choose(&slopes, doc_has(req->document, "filtered"));
    place_lines(&slopes);
    place_labels(req, &slopes, false);
    place_labels(req, &slopes, true);
    for (size_t i = 0; i < slopes.dots; i++)
        draw_line(req, &slopes.all[i]);
    doc_add_text(arena, slope, "slope_low", chart_decimal(arena, slopes.low));
    doc_add_text(arena, slope, "slope_high", chart_decimal(arena, slopes.high));
    doc_add_text(arena, slope, "slope_bottom", chart_text(arena, top + slopes.height));
    doc_add_text(arena, slope, "slope_height", chart_text(arena, top + slopes.height + gap / 2));
    doc_add_flag(arena, slope, "some_strong", slopes.chosen > 0);
}

static void add_percent(struct req *req, struct doc_node *range, const char *name, double rank,
                        double last)
{
    doc_add_text(req->arena, range, name, chart_text(req->arena, chart_percent(rank, 1, last)));
}

/* The interval of a row's rank, along a line from the first to the last. */
static void draw_range(struct req *req, struct doc_node *row, bool wanted, double last)
{
    double rank = 0, from = 0, to = 0;
    bool drawn = wanted && chart_number(doc_text(row, "rank"), &rank);
    struct doc_node *range = doc_add(req->arena, row, "range", drawn ? DOC_OBJECT : DOC_NULL);

    if (!drawn)
        return;
    from = to = rank;
    chart_number(doc_text(row, "rank_from"), &from);
    chart_number(doc_text(row, "rank_to"), &to);
    add_percent(req, range, "span_from", from, last);
    add_percent(req, range, "span_to", to, last);
    add_percent(req, range, "rank_x", rank, last);
}

/* The ends of the six lines of a small profile; a line without a value has no length. */
static void draw_six(struct req *req, struct doc_node *row, double min, double max)
{
    static const char *const names[] = {"governance", "branding", "economy",
                                        "living",     "society",  "environment"};
    struct doc_node *values = doc_get(row, "profile");
    struct doc_node *six = doc_add(req->arena, row, "six", doc_is(values) ? DOC_OBJECT : DOC_NULL);
    double value = 0;

    for (size_t i = 0; doc_is(values) && i < sizeof names / sizeof *names; i++) {
        value = min;
        chart_number(doc_text(values, names[i]), &value);
        /* A tie of two decimals may lie a little below itself. */
        double y = chart_height(value, min, max, six_top, six_bottom) + 1e-9;
        doc_add_text(req->arena, six, names[i], chart_text(req->arena, round(10 * y) / 10));
    }
}

/* What stands in the tables: each group has its own. */
static void draw_tables(struct req *req)
{
    double min = 0, max = 0, last = 0;

    axis_scale(req, &min, &max);
    for (struct doc_node *table = doc_list(req->document, "tables"); table != NULL;
         table = table->next) {
        bool ranges = doc_has(table, "intervals");
        last = 0;
        chart_number(doc_text(table, "group_of"), &last);
        doc_add_text(req->arena, table, "median_x", bar_place(req, table, "median"));
        bar_rows(req, doc_list(table, "rows"));
        for (struct doc_node *row = doc_list(table, "rows"); row != NULL; row = row->next) {
            draw_range(req, row, ranges, fmax(last, 2));
            draw_six(req, row, min, max);
        }
    }
}

void fill_ranking(struct req *req)
{
    strip_draw(req);
    draw_slopes(req);
    draw_tables(req);
}
