#include "web/_profile.h"

#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
#include "web/chart.h"

enum { FEWEST = 3 };

/* Pixels: how high a dimension is, and what the axis needs above. */
static const double height = 46, axis_height = 20;

struct scale {
    double min, max;
};

/* Where a column of a row lies on the scale; false when it has no value. */
static bool place(struct req *req, const struct scale *scale, size_t row, const char *column,
                  double *x)
{
    if (!chart_number(page_cell(req, "measures", row, column), x))
        return false;
    *x = chart_percent(*x, scale->min, scale->max);
    return true;
}

static void draw_row(struct req *req, const struct scale *scale, size_t row, double top)
{
    struct tpl_dict *dict = page_row_dict(req, "measures", row);
    double value = 0, median = 0, low = 0, high = 0;

    tpl_value(dict, "profile_y", chart_text(req->arena, top));
    if (place(req, scale, row, "value", &value))
        tpl_value(dict, "profile_x", chart_text(req->arena, value));
    if (place(req, scale, row, "median", &median))
        tpl_value(dict, "profile_median", chart_text(req->arena, median));
    if (place(req, scale, row, "quartile_low", &low) &&
        place(req, scale, row, "quartile_high", &high)) {
        tpl_value(dict, "profile_low", chart_text(req->arena, low));
        tpl_value(dict, "profile_width", chart_text(req->arena, high - low));
    }
}

void profile_draw(struct req *req)
{
    struct scale scale = {0};
    size_t valued = 0, drawn = 0;
    double value = 0;

    if (!axis_scale(req, &scale.min, &scale.max))
        return;
    for (size_t i = 0; i < page_rows(req, "measures"); i++) {
        if (!page_true(page_cell(req, "measures", i, "known")))
            continue;
        draw_row(req, &scale, i, axis_height + height * (double)drawn++);
        valued += place(req, &scale, i, "value", &value);
    }
    tpl_show(page_dict(req), "has_profile", valued >= FEWEST);
    tpl_show(page_dict(req), "no_profile", valued < FEWEST);
    tpl_value(page_dict(req), "profile_height",
              chart_text(req->arena, axis_height + height * (double)drawn));
}
