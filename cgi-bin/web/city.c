/* Page city: the ruler, the six dimensions against their group, and the main value over the rounds
 * as a line. */
#include <math.h>

#include "http/page.h"
#include "http/req.h"
#include "web/_line.h"
#include "web/_profile.h"
#include "web/_ruler.h"
#include "web/chart.h"
#include "web/fill.h"

/* Pixels between two numbers. */
static const double text_gap = 16;

/* A row of section history that is on the chart. */
struct point {
    size_t row;
    double value, aim, x, y, aim_y;
    bool valued, aimed;
};

static const char *cell(const struct req *req, const struct point *point, const char *column)
{
    return page_cell(req, "history", point->row, column);
}

/* Collects the points, and all that the axis must reach; returns how many points there are. */
static size_t read_points(struct req *req, struct point *points, double *reach, size_t *reached,
                          size_t *valued)
{
    size_t count = 0;

    for (size_t i = 0; i < page_rows(req, "history"); i++) {
        struct point *point = &points[count];
        *point = (struct point){.row = i};
        if (!page_true(cell(req, point, "charted")))
            continue;
        point->valued = chart_number(cell(req, point, "value"), &point->value);
        point->aimed = chart_number(cell(req, point, "aim"), &point->aim);
        if (point->valued)
            reach[(*reached)++] = point->value;
        if (point->aimed)
            reach[(*reached)++] = point->aim;
        *valued += point->valued;
        count++;
    }
    return count;
}

/* The numbers of a point: its value under its dot, or above when there is no room, and its target
 * beside the flag; where they would touch they make way. */
static void draw_numbers(struct req *req, struct tpl_dict *row, const struct point *point)
{
    double value = point->y + 24 > LINE_TEXT_HIGH ? point->y - 12 : point->y + 24,
           aim = point->aim_y - 14;
    double at[2] = {fmin(value, aim), fmax(value, aim)};

    if (point->valued && point->aimed) {
        chart_place(at, 2, text_gap, LINE_TEXT_LOW, LINE_TEXT_HIGH);
        bool above = value < aim;
        value = at[above ? 0 : 1];
        aim = at[above ? 1 : 0];
    } else {
        chart_place(&aim, 1, text_gap, LINE_TEXT_LOW, LINE_TEXT_HIGH);
    }
    tpl_value(row, "label_y", chart_text(req->arena, value));
    tpl_value(row, "aim_y", chart_text(req->arena, point->aim_y - 10));
    tpl_value(row, "aim_text_y", chart_text(req->arena, aim));
    tpl_show(row, "aim_left", point->x > 80);
    tpl_show(row, "aim_right", !(point->x > 80));
}

/* One point, joined with the one before it that has a value, unless the method changed between
 * them. */
static void draw_point(struct req *req, const struct point *point, const struct point *before)
{
    struct tpl_dict *row = tpl_row(page_dict(req), "points");
    bool joined = point->valued && before != NULL && page_true(cell(req, point, "comparable"));

    tpl_value(row, "point_x", chart_text(req->arena, point->x));
    tpl_value(row, "point_y", chart_text(req->arena, point->y));
    tpl_value(row, "point_value", cell(req, point, "value"));
    tpl_value(row, "point_shown", cell(req, point, "shown"));
    tpl_value(row, "point_round", cell(req, point, "past_label"));
    tpl_show(row, "valued", point->valued);
    tpl_show(row, "aimed_at", point->aimed);
    tpl_value(row, "aim_shown", cell(req, point, "aim"));
    draw_numbers(req, row, point);
    tpl_show(row, "joined", joined);
    if (joined) {
        tpl_value(row, "from_x", chart_text(req->arena, before->x));
        tpl_value(row, "from_y", chart_text(req->arena, before->y));
    }
}

/* The history as a line, when there are at least two values. */
static void draw_history(struct req *req)
{
    size_t rows = page_rows(req, "history"), reached = 0, valued = 0;
    struct point *points = arena_alloc(req->arena, rows, sizeof *points);
    double *reach = arena_alloc(req->arena, 2 * rows, sizeof *reach);
    size_t count = read_points(req, points, reach, &reached, &valued);
    const struct point *before = NULL;
    struct line line = {0};

    bool drawn = valued > 1 && line_begin(req, &line, count, reach, reached);
    tpl_show(page_dict(req), "has_chart", drawn);
    tpl_show(page_dict(req), "no_chart", !drawn);
    if (!drawn)
        return;
    line_levels(req, &line);
    for (size_t i = 0; i < count; i++) {
        struct point *point = &points[i];
        point->x = line_x(&line, i);
        point->y = line_y(&line, point->value);
        point->aim_y = line_y(&line, point->aim);
        line_stop(req, &line, i, cell(req, point, "past_label"), cell(req, point, "past_year"),
                  page_true(cell(req, point, "now")),
                  page_true(cell(req, point, "method_changed")));
        draw_point(req, point, before);
        if (point->valued)
            before = point;
    }
}

void fill_city(struct req *req)
{
    ruler_draw(req);
    profile_draw(req);
    draw_history(req);
}
