/* Page city: the ruler, and the main value over the years as a line. */
#include <math.h>
#include <string.h>

#include "../lib/chart.h"
#include "../lib/page.h"
#include "../lib/req.h"
#include "_ruler.h"
#include "fill.h"

/* A long history has no room for every year's label and value. */
enum { LEVELS = 6, POINTS_ROOMY = 12, LABEL_BYTES = 9 };

/* The line: pixels from the top, percent from the left. */
static const double top = 16, bottom = 236, text_low = 11, text_high = 246, text_gap = 16, left = 10, width = 84;

/* A row of section history that is on the chart. */
struct point {
    size_t row;
    double x, y, aim_y;
    bool valued, aimed;
};

struct line {
    struct point *points;
    size_t count, valued;
    double low, high;  /* the axis */
};

static const char *cell(const struct req *req, const struct point *point, const char *column)
{
    return page_cell(req, "history", point->row, column);
}

static bool is_true(const char *text)
{
    return text != NULL && *text == 't';
}

/* Collects the points; for now their y is the value itself. */
static void read_points(struct req *req, struct line *line)
{
    size_t rows = page_rows(req, "history");

    line->points = arena_alloc(req->arena, rows, sizeof *line->points);
    for (size_t i = 0; i < rows; i++) {
        struct point *point = &line->points[line->count];
        *point = (struct point){.row = i};
        if (!is_true(cell(req, point, "charted")))
            continue;
        point->valued = chart_number(cell(req, point, "value"), &point->y);
        point->aimed = chart_number(cell(req, point, "aim"), &point->aim_y);
        line->valued += point->valued;
        line->count++;
    }
}

/* The axis begins in the middle of the scale when everything lies above. */
static void choose_axis(struct line *line)
{
    double middle = (line->low + line->high) / 2;

    for (size_t i = 0; i < line->count; i++) {
        const struct point *point = &line->points[i];
        if ((point->valued && point->y < middle) || (point->aimed && point->aim_y < middle))
            return;
    }
    line->low = middle;
}

static double height(const struct line *line, double value)
{
    return bottom - (bottom - top) * chart_percent(value, line->low, line->high) / 100;
}

static void place_points(struct line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        struct point *point = &line->points[i];
        point->x = left + width * (double)i / fmax((double)line->count - 1, 1);
        point->y = height(line, point->y);
        point->aim_y = height(line, point->aim_y);
    }
}

static void draw_levels(struct req *req, const struct line *line, double scale_min)
{
    double ticks[CHART_TICKS_MAX + 2];
    size_t count = chart_axis(line->low, line->high, LEVELS, ticks);

    for (size_t i = 0; i < count; i++) {
        struct tpl_dict *level = tpl_row(page_dict(req), "levels");
        double y = height(line, ticks[i]);
        tpl_value(level, "level_y", chart_text(req->arena, y));
        tpl_value(level, "level_text_y", chart_text(req->arena, y - 5));
        tpl_value(level, "level", chart_decimal(req->arena, ticks[i]));
    }
    tpl_show(page_dict(req), "from_middle", line->low > scale_min);
    tpl_value(page_dict(req), "axis_start", chart_decimal(req->arena, line->low));
}

/* The year stands for a long name; of many years only some are written. */
static const char *point_label(const struct req *req, const struct line *line, size_t i)
{
    const char *label = cell(req, &line->points[i], "past_label");

    if (line->count > POINTS_ROOMY && (i + 1) % (1 + line->count / POINTS_ROOMY) != 0)
        return NULL;
    bool fits = line->count <= POINTS_ROOMY && label != NULL && strlen(label) <= LABEL_BYTES;
    return fits ? label : cell(req, &line->points[i], "past_year");
}

/* The numbers of a point: its value under its dot, or above when there is no room, and its target beside the flag; where they
 * would touch they make way. */
static void draw_numbers(struct req *req, struct tpl_dict *row, const struct point *point)
{
    double value = point->y + 24 > text_high ? point->y - 12 : point->y + 24, aim = point->aim_y - 14;
    double at[2] = {fmin(value, aim), fmax(value, aim)};

    if (point->valued && point->aimed) {
        chart_place(at, 2, text_gap, text_low, text_high);
        bool above = value < aim;
        value = at[above ? 0 : 1];
        aim = at[above ? 1 : 0];
    } else {
        chart_place(&aim, 1, text_gap, text_low, text_high);
    }
    tpl_value(row, "label_y", chart_text(req->arena, value));
    tpl_value(row, "aim_y", chart_text(req->arena, point->aim_y - 10));
    tpl_value(row, "aim_text_y", chart_text(req->arena, aim));
    tpl_show(row, "aim_left", point->x > 80);
    tpl_show(row, "aim_right", !(point->x > 80));
}

/* One point, joined with the one before it that has a value. */
static void draw_point(struct req *req, const struct line *line, size_t i, const struct point *before)
{
    const struct point *point = &line->points[i];
    struct tpl_dict *row = tpl_row(page_dict(req), "points");
    bool joined = point->valued && before != NULL;
    bool comparable = is_true(cell(req, point, "comparable"));

    tpl_value(row, "point_x", chart_text(req->arena, point->x));
    tpl_value(row, "point_y", chart_text(req->arena, point->y));
    tpl_value(row, "point_label", point_label(req, line, i));
    tpl_show(row, "at_now", is_true(cell(req, point, "now")));
    tpl_show(row, "valued", point->valued);
    tpl_show(row, "aimed_at", point->aimed);
    tpl_value(row, "point_shown", line->count <= POINTS_ROOMY ? cell(req, point, "shown") : NULL);
    tpl_value(row, "point_name", cell(req, point, "past_label"));
    tpl_value(row, "point_value", cell(req, point, "value"));
    tpl_value(row, "aim_shown", cell(req, point, "aim"));
    draw_numbers(req, row, point);
    tpl_show(row, "joined_up", joined && comparable);
    tpl_show(row, "broken", joined && !comparable);
    if (joined) {
        tpl_value(row, "from_x", chart_text(req->arena, before->x));
        tpl_value(row, "from_y", chart_text(req->arena, before->y));
    }
}

/* The history as a line, when there are at least two values to join. */
static void draw_line(struct req *req)
{
    struct line line = {0};
    const struct point *before = NULL;
    double scale_min = 0;

    bool scaled = chart_number(page_value(req, "scale_min"), &line.low) && chart_number(page_value(req, "scale_max"), &line.high);
    if (scaled)
        read_points(req, &line);
    tpl_show(page_dict(req), "has_chart", line.valued > 1);
    tpl_show(page_dict(req), "no_chart", line.valued <= 1);
    if (line.valued <= 1)
        return;
    scale_min = line.low;
    choose_axis(&line);
    place_points(&line);
    draw_levels(req, &line, scale_min);
    for (size_t i = 0; i < line.count; i++) {
        draw_point(req, &line, i, before);
        if (line.points[i].valued)
            before = &line.points[i];
    }
}

void fill_city(struct req *req)
{
    ruler_draw(req);
    draw_line(req);
}
