#include "web/_slope.h"

#include <math.h>
#include <stdlib.h>

#include "http/page.h"
#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"

/* How many labels stand apart, how many of those that moved farthest have one where not all can,
 * and how many lines can be told from each other: of more, only those with a label are drawn. */
enum { LABELLED = 18, FARTHEST = 5, CALM_MOST = 150, LEVELS = 12 };

/* Pixels: where the axes begin, how far labels are apart, how high the picture is at least and at
 * most, and how far a label's line lies below its middle. */
static const double top = 30, gap = 20, lowest = 130, highest = 420, text_drop = 5;

/* What moved less than that did not move; values of equal moves differ less. */
static const double tiny = 1e-9;

/* A dot of the document that has a value in both rounds. */
struct slope {
    struct doc_node *dot;
    size_t row;
    double from, to, moved; /* values, later places */
    double from_text, to_text;
    bool marked, chosen, hot, labelled, drawn;
};

struct slopes {
    struct slope *all;
    size_t count, labelled;
    double low, high, height;
    bool filtered;
    const char *hot; /* why a line is: "mine", "filter", "far"; or NULL, none is */
};

static void read_slopes(struct req *req, struct slopes *slopes)
{
    struct doc_node *dots = doc_get(req->document, "dots");
    size_t row = 0;

    slopes->all = arena_alloc(req->arena, dots != NULL ? dots->length : 0, sizeof *slopes->all);
    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL;
         dot = dot->next, row++) {
        struct slope *slope = &slopes->all[slopes->count];
        *slope = (struct slope){.dot = dot, .row = row};
        if (!chart_number(doc_text(dot, "previous"), &slope->from) ||
            !chart_number(doc_text(dot, "value"), &slope->to))
            continue;
        bool first = slopes->count++ == 0;
        slope->moved = fabs(slope->to - slope->from);
        slope->marked = doc_has(dot, "marked");
        slope->chosen = slopes->filtered && doc_has(dot, "listed");
        slopes->low = fmin(first ? slope->from : slopes->low, fmin(slope->from, slope->to));
        slopes->high = fmax(first ? slope->from : slopes->high, fmax(slope->from, slope->to));
    }
}

/* The visitor's own region first, then those that were asked for, then who moved farthest. */
static int by_weight(const void *a, const void *b)
{
    const struct slope *left = a, *right = b;

    if (left->marked != right->marked)
        return left->marked ? -1 : 1;
    if (left->chosen != right->chosen)
        return left->chosen ? -1 : 1;
    if (fabs(left->moved - right->moved) > tiny)
        return left->moved > right->moved ? -1 : 1;
    return left->row < right->row ? -1 : 1;
}

/* Hot is one line or none, but for those that a filter leaves: the visitor's own, else the one that
 * moved farther than all others. */
static void choose(struct slopes *slopes)
{
    struct slope *all = slopes->all;
    size_t count = slopes->count;

    qsort(all, count, sizeof *all, by_weight);
    if (all[0].marked)
        slopes->hot = "mine";
    else if (slopes->filtered)
        slopes->hot = all[0].chosen ? "filter" : NULL;
    else if (all[0].moved > all[1].moved + tiny)
        slopes->hot = "far";
    for (size_t i = 0; i < count; i++) {
        all[i].hot = all[i].chosen || (i == 0 && slopes->hot != NULL);
        bool wanted = all[i].hot || count <= LABELLED || (!slopes->filtered && i < FARTHEST);
        all[i].labelled = i < LABELLED && wanted;
        slopes->labelled += all[i].labelled;
        all[i].drawn = all[i].labelled || all[i].hot || count <= CALM_MOST;
    }
}

/* Those with a label come first. */
static void place(struct req *req, struct slopes *slopes)
{
    double bottom = top + slopes->height;
    double *from = arena_alloc(req->arena, slopes->count, sizeof *from);
    double *to = arena_alloc(req->arena, slopes->count, sizeof *to);

    for (size_t i = 0; i < slopes->count; i++) {
        struct slope *slope = &slopes->all[i];
        from[i] = slope->from = chart_height(slope->from, slopes->low, slopes->high, top, bottom);
        to[i] = slope->to = chart_height(slope->to, slopes->low, slopes->high, top, bottom);
    }
    chart_spread(from, slopes->labelled, gap, top, bottom);
    chart_spread(to, slopes->labelled, gap, top, bottom);
    for (size_t i = 0; i < slopes->labelled; i++) {
        slopes->all[i].from_text = from[i];
        slopes->all[i].to_text = to[i];
    }
}

static void draw(struct req *req, const struct slope *slope)
{
    struct arena *arena = req->arena;
    struct doc_node *line =
        doc_add(arena, slope->dot, "line", slope->drawn ? DOC_OBJECT : DOC_NULL);

    if (!slope->drawn)
        return;
    doc_add_text(arena, line, "from_y", chart_text(arena, slope->from));
    doc_add_text(arena, line, "to_y", chart_text(arena, slope->to));
    doc_add_flag(arena, line, "hot", slope->hot);
    struct doc_node *label =
        doc_add(arena, line, "labelled", slope->labelled ? DOC_OBJECT : DOC_NULL);
    if (!slope->labelled)
        return;
    doc_add_text(arena, label, "from_text_y", chart_text(arena, slope->from_text + text_drop));
    doc_add_text(arena, label, "to_text_y", chart_text(arena, slope->to_text + text_drop));
    doc_add_text(arena, label, "from_lead_y", chart_text(arena, slope->from_text));
    doc_add_text(arena, label, "to_lead_y", chart_text(arena, slope->to_text));
}

static void draw_all(struct req *req, struct slopes *slopes, struct doc_node *drawing)
{
    struct arena *arena = req->arena;

    slopes->height = fmax(lowest, fmin(highest, gap * (double)(slopes->count + 1)));
    place(req, slopes);
    for (size_t i = 0; i < slopes->count; i++)
        draw(req, &slopes->all[i]);
    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL; dot = dot->next) {
        if (doc_get(dot, "line") == NULL)
            doc_add(arena, dot, "line", DOC_NULL);
    }
    doc_add_text(arena, drawing, "slope_low", chart_decimal(arena, slopes->low));
    doc_add_text(arena, drawing, "slope_high", chart_decimal(arena, slopes->high));
    doc_add_text(arena, drawing, "slope_bottom", chart_text(arena, top + slopes->height));
    doc_add_text(arena, drawing, "slope_height", chart_text(arena, top + slopes->height + gap / 2));
    doc_add_text(arena, drawing, "hot_word", slopes->hot);
    doc_add_text(arena, drawing, "hot_name",
                 slopes->hot != NULL ? doc_text(slopes->all[0].dot, "name") : NULL);
}

void slope_draw(struct req *req)
{
    struct slopes slopes = {.filtered = doc_has(req->document, "filtered")};
    double min = 0, max = 0;

    if (axis_scale(req, &min, &max))
        read_slopes(req, &slopes);
    bool drawn = slopes.count > 1;
    struct doc_node *drawing =
        doc_add(req->arena, req->document, "slope", drawn ? DOC_OBJECT : DOC_NULL);
    if (!drawn)
        return;
    chart_span(min, max, LEVELS, &slopes.low, &slopes.high);
    choose(&slopes);
    draw_all(req, &slopes, drawing);
}
