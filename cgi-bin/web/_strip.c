#include "web/_strip.h"

#include <math.h>

#include "http/page.h"
#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"

enum { FEWEST = 8, LABELS = 6 };

/* Pixels from the top: the lowest dots, how far apart dots stand above each other, and how high all
 * of them may be. */
static const double floor_y = 96, dot_height = 11, room = 74;

/* Percent: how far apart dots stand so that they do not touch on a telephone. Of very many some
 * have to. */
static const double dot_gap = 2.8, dots_roomy = 50;

static void place_dots(struct req *req, struct doc_node *strip, const double *at, size_t count)
{
    bool hidden = false;
    size_t i = 0, *levels = arena_alloc(req->arena, count, sizeof *levels);
    size_t used = chart_swarm(at, count, dot_gap * fmin(1, dots_roomy / (double)count), levels);
    double height = fmin(dot_height, room / fmax((double)used - 1, 1));

    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL;
         dot = dot->next, i++) {
        hidden = hidden || !doc_has(dot, "listed");
        struct doc_node *spot = doc_add(req->arena, dot, "spot", DOC_OBJECT);
        double y = floor_y - height * (double)levels[i];
        doc_add_text(req->arena, spot, "x", chart_text(req->arena, at[i]));
        doc_add_text(req->arena, spot, "y", chart_text(req->arena, y));
    }
    doc_add_flag(req->arena, strip, "some_hidden", hidden);
}

/* Where a value of the document lies on the axis. */
static double place_of(const struct req *req, const char *name, double low, double high)
{
    double value = low;

    chart_number(doc_text(req->document, name), &value);
    return chart_percent(value, low, high);
}

/* The label of the median begins or ends at its line where there is no room around it. */
static void place_box(struct req *req, struct doc_node *strip, double low, double high)
{
    double from = place_of(req, "quartile_low", low, high),
           to = place_of(req, "quartile_high", low, high);
    double middle = place_of(req, "median", low, high);

    doc_add_text(req->arena, strip, "box_x", chart_text(req->arena, from));
    doc_add_text(req->arena, strip, "box_width", chart_text(req->arena, to - from));
    doc_add_text(req->arena, strip, "median_at", chart_text(req->arena, middle));
    doc_add_flag(req->arena, strip, "label_left", middle > 85);
    doc_add_flag(req->arena, strip, "label_middle", !(middle < 15) && !(middle > 85));
}

/* The values of all dots; false when the page has no scale. */
static bool read_dots(const struct req *req, double *at, double *min, double *max)
{
    bool scaled = axis_scale(req, min, max);

    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL; dot = dot->next)
        scaled = scaled && chart_number(doc_text(dot, "value"), at++);
    return scaled;
}

void strip_draw(struct req *req)
{
    struct doc_node *dots = doc_get(req->document, "dots");
    size_t count = dots != NULL ? dots->length : 0;
    double *at = arena_alloc(req->arena, count, sizeof *at);
    double min = 0, max = 0;

    bool drawn = read_dots(req, at, &min, &max) && count >= FEWEST;
    struct doc_node *strip =
        doc_add(req->arena, req->document, "strip", drawn ? DOC_OBJECT : DOC_NULL);
    if (!drawn)
        return;
    double low = at[0], high = at[count - 1];
    chart_span(min, max, LABELS, &low, &high);
    for (size_t i = 0; i < count; i++)
        at[i] = chart_percent(at[i], low, high);
    place_dots(req, strip, at, count);
    place_box(req, strip, low, high);
    axis_draw(req, strip, low, high, LABELS, 100);
    doc_add_text(req->arena, strip, "axis_low", chart_decimal(req->arena, low));
    doc_add_text(req->arena, strip, "axis_high", chart_decimal(req->arena, high));
}
