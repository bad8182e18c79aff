#include "web/_profile.h"

#include <math.h>

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"

/* Pixels: how thick the bar of the largest weight is. */
static const double thickest = 24;

struct scale {
    double min, max;
};

/* Where a number of an element lies on the scale; false when it has none. */
static bool place(struct doc_node *row, const struct scale *scale, const char *name, double *x)
{
    if (!chart_number(doc_text(row, name), x))
        return false;
    *x = chart_percent(*x, scale->min, scale->max);
    return true;
}

/* The width of a bar's line, by its weight. */
static const char *stroke(struct req *req, struct doc_node *row, double heaviest)
{
    double weight = 0;

    if (!chart_number(doc_text(row, "weight"), &weight) || !(heaviest > 0))
        return NULL;
    return chart_text(req->arena, round(10 * fmax(1, thickest * weight / heaviest)) / 10);
}

static void draw_bar(struct req *req, const struct scale *scale, struct doc_node *row,
                     double heaviest)
{
    struct doc_node *bar = doc_add(req->arena, row, "drawn", DOC_OBJECT);
    double value = 0, median = 0;
    bool valued = place(row, scale, "value", &value);
    bool compared = place(row, scale, "median", &median);

    doc_add_text(req->arena, bar, "end", valued ? chart_bar(req->arena, value) : NULL);
    doc_add_text(req->arena, bar, "middle", compared ? chart_text(req->arena, median) : NULL);
    doc_add_text(req->arena, bar, "marked_x", bar_place(req, row, "marked_shown"));
    doc_add_text(req->arena, bar, "stroke", stroke(req, row, heaviest));
}

void profile_bars(struct req *req)
{
    struct doc_node *rows = doc_list(req->document, "measures");
    struct scale scale = {0};
    double weight = 0, heaviest = 0;

    axis_scale(req, &scale.min, &scale.max);
    for (struct doc_node *row = rows; row != NULL; row = row->next)
        heaviest =
            chart_number(doc_text(row, "weight"), &weight) ? fmax(heaviest, weight) : heaviest;
    for (struct doc_node *row = rows; row != NULL; row = row->next)
        draw_bar(req, &scale, row, heaviest);
}
