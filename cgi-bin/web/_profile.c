#include "web/_profile.h"

#include "http/req.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/chart.h"

enum { FEWEST = 3 };

/* Pixels: how high a dimension is, and what the axis needs above. */
static const double height = 46, axis_height = 20;

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

/* The end of a bar: a lowest value has a stub of three pixels, so that it is seen as a value. */
static const char *bar_end(struct req *req, double x)
{
    return x > 0 ? arena_format(req->arena, "%s%%", chart_text(req->arena, x)) : "3";
}

static void draw_bar(struct req *req, const struct scale *scale, struct doc_node *row)
{
    struct doc_node *bar = doc_add(req->arena, row, "drawn", DOC_OBJECT);
    double value = 0, median = 0, low = 0, high = 0;
    bool valued = place(row, scale, "value", &value);
    bool compared = place(row, scale, "median", &median);
    bool boxed = place(row, scale, "quartile_low", &low) &&
                 place(row, scale, "quartile_high", &high);

    doc_add_text(req->arena, bar, "end", valued ? bar_end(req, value) : NULL);
    add(req, bar, "middle", compared, median);
    add(req, bar, "low", boxed, low);
    add(req, bar, "width", boxed, high - low);
}

void profile_bars(struct req *req)
{
    struct doc_node *row = doc_list(req->document, "measures");
    struct scale scale = {0};

    axis_scale(req, &scale.min, &scale.max);
    for (; row != NULL; row = row->next)
        draw_bar(req, &scale, row);
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
