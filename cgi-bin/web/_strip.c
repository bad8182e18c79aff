#include "web/_strip.h"

#include <math.h>

#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
#include "web/chart.h"

enum { FEWEST = 8, LABELS = 6 };

/* Pixels from the top: the lowest dots, how far apart dots stand above each other, and how high all
 * of them may be. */
static const double floor_y = 96, dot_height = 11, room = 74;

/* Percent: how far apart dots stand so that they do not touch on a telephone. Of very many some
 * have to. */
static const double dot_gap = 2.8, dots_roomy = 50;

static void place_dots(struct req *req, const double *at, size_t count)
{
    bool hidden = false;
    size_t *levels = arena_alloc(req->arena, count, sizeof *levels);
    size_t used = chart_swarm(at, count, dot_gap * fmin(1, dots_roomy / (double)count), levels);
    double height = fmin(dot_height, room / fmax((double)used - 1, 1));

    for (size_t i = 0; i < count; i++) {
        struct tpl_dict *row = page_row_dict(req, "dots", i);
        tpl_value(row, "x", chart_text(req->arena, at[i]));
        tpl_value(row, "y", chart_text(req->arena, floor_y - height * (double)levels[i]));
        const char *others = page_cell(req, "dots", i, "others");
        hidden = hidden || (others != NULL && *others == 't');
    }
    tpl_show(page_dict(req), "some_hidden", hidden);
}

/* Where a column of the head row lies on the axis. */
static double head_place(const struct req *req, const char *column, double low, double high)
{
    double value = low;

    chart_number(page_value(req, column), &value);
    return chart_percent(value, low, high);
}

/* The label of the median begins or ends at its line where there is no room around it. */
static void place_box(struct req *req, double low, double high)
{
    double from = head_place(req, "quartile_low", low, high),
           to = head_place(req, "quartile_high", low, high);
    double middle = head_place(req, "median", low, high);

    tpl_value(page_dict(req), "box_x", chart_text(req->arena, from));
    tpl_value(page_dict(req), "box_width", chart_text(req->arena, to - from));
    tpl_value(page_dict(req), "median_at", chart_text(req->arena, middle));
    tpl_show(page_dict(req), "label_right", middle < 15);
    tpl_show(page_dict(req), "label_left", middle > 85);
    tpl_show(page_dict(req), "label_middle", !(middle < 15) && !(middle > 85));
}

void strip_draw(struct req *req)
{
    size_t count = page_rows(req, "dots");
    double *at = arena_alloc(req->arena, count, sizeof *at);
    double min = 0, max = 0;

    bool scaled = axis_scale(req, &min, &max);
    for (size_t i = 0; i < count && scaled; i++)
        scaled = chart_number(page_cell(req, "dots", i, "value"), &at[i]);
    tpl_show(page_dict(req), "has_strip", scaled && count >= FEWEST);
    if (!scaled || count < FEWEST)
        return;
    double low = at[0], high = at[count - 1];
    chart_span(min, max, LABELS, &low, &high);
    for (size_t i = 0; i < count; i++)
        at[i] = chart_percent(at[i], low, high);
    place_dots(req, at, count);
    place_box(req, low, high);
    axis_marks(req, low, high, LABELS, 100);
    tpl_value(page_dict(req), "axis_low", chart_decimal(req->arena, low));
    tpl_value(page_dict(req), "axis_high", chart_decimal(req->arena, high));
}
