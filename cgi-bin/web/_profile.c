#include "web/_profile.h"

#include <math.h>

#include "http/req.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"
#include "web/chart.h"

enum { FEWEST = 3 };

/* Pixels: how high a dimension is, what the axis needs above, and how thick the bar of the largest
 * weight is. */
static const double height = 46, axis_height = 20, thickest = 24;

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

/* Adds a place; null when there is none. */
static void add(struct req *req, struct doc_node *bar, const char *name, bool known, double x)
{
    doc_add_text(req->arena, bar, name, known ? chart_text(req->arena, x) : NULL);
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
    double value = 0, median = 0, low = 0, high = 0;
    bool valued = place(row, scale, "value", &value);
    bool compared = place(row, scale, "median", &median);
    bool boxed =
        place(row, scale, "quartile_low", &low) && place(row, scale, "quartile_high", &high);

    doc_add_text(req->arena, bar, "end", valued ? bar_end(req, value) : NULL);
    add(req, bar, "middle", compared, median);
    add(req, bar, "low", boxed, low);
    add(req, bar, "width", boxed, high - low);
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

void profile_draw(struct req *req, struct doc_node *drawn)
{
    struct doc_node *row = doc_list(req->document, "measures"), *profile;
    struct scale scale = {0};
    size_t valued = 0, count = 0;

    axis_scale(req, &scale.min, &scale.max);
    for (; row != NULL; row = row->next) {
        struct doc_node *bar = doc_get(row, "drawn");
        double value = 0;
        if (!doc_has(row, "dimension"))
            continue;
        bool known = place(row, &scale, "value", &value);
        add(req, bar, "x", known, value);
        add(req, bar, "y", true, axis_height + height * (double)count++);
        valued += known;
    }
    profile = doc_add(req->arena, drawn, "profile", valued < FEWEST ? DOC_NULL : DOC_OBJECT);
    if (valued >= FEWEST)
        add(req, profile, "profile_height", true, axis_height + height * (double)count);
}
