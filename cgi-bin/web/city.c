/* Page city: the ruler, the matrix, and the main value over the rounds as a line. */
#include <math.h>

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_bar.h"
#include "web/_line.h"
#include "web/_matrix.h"
#include "web/_profile.h"
#include "web/_ruler.h"
#include "web/fill.h"

enum { FEWEST = 3 };

/* Pixels between two numbers. */
static const double text_gap = 16;

/* An element of history that is on the chart. */
struct point {
    struct doc_node *row;
    double value, aim, own, x, y, aim_y;
    bool valued, aimed, marked;
};

/* What is on the chart, and all values that the axis must reach. */
struct picture {
    struct point *points;
    double *reach;
    size_t count, reached, valued;
};

static void read_points(struct req *req, struct picture *picture)
{
    struct doc_node *history = doc_get(req->document, "history");
    size_t rows = history != NULL ? history->length : 0;

    picture->points = arena_alloc(req->arena, rows, sizeof *picture->points);
    picture->reach = arena_alloc(req->arena, 3 * rows, sizeof *picture->reach);
    for (struct doc_node *row = doc_list(req->document, "history"); row != NULL; row = row->next) {
        struct point *point = &picture->points[picture->count];
        *point = (struct point){.row = row};
        if (!doc_has(row, "charted")) {
            doc_add(req->arena, row, "drawn", DOC_NULL);
            continue;
        }
        point->valued = chart_number(doc_text(row, "value"), &point->value);
        point->aimed = chart_number(doc_text(row, "aim"), &point->aim);
        point->marked = chart_number(doc_text(row, "marked_shown"), &point->own);
        if (point->valued)
            picture->reach[picture->reached++] = point->value;
        if (point->aimed)
            picture->reach[picture->reached++] = point->aim;
        if (point->marked)
            picture->reach[picture->reached++] = point->own;
        picture->valued += point->valued;
        picture->count++;
    }
}

/* The numbers of a point: its value under its dot, or above when there is no room, and its target
 * beside the flag; where they would touch they make way. */
static void draw_numbers(struct req *req, struct doc_node *drawn, const struct point *point)
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
    doc_add_text(req->arena, drawn, "label_y", chart_text(req->arena, value));
    doc_add_text(req->arena, drawn, "aim_y", chart_text(req->arena, point->aim_y - 10));
    doc_add_text(req->arena, drawn, "aim_text_y", chart_text(req->arena, aim));
    doc_add_flag(req->arena, drawn, "aim_left", point->x > 80);
}

/* One point, joined with the one before it that has a value, unless the method changed between
 * them. */
static void draw_point(struct req *req, const struct line *line, const struct point *point,
                       const struct point *before)
{
    struct doc_node *drawn = doc_add(req->arena, point->row, "drawn", DOC_OBJECT), *from;
    bool joined = before != NULL && doc_has(point->row, "change");

    doc_add_text(req->arena, drawn, "x", chart_text(req->arena, point->x));
    doc_add_text(req->arena, drawn, "y", chart_text(req->arena, point->y));
    draw_numbers(req, drawn, point);
    doc_add_text(req->arena, drawn, "marked_y",
                 point->marked ? chart_text(req->arena, line_y(line, point->own)) : NULL);
    from = doc_add(req->arena, drawn, "from", joined ? DOC_OBJECT : DOC_NULL);
    if (joined) {
        doc_add_text(req->arena, from, "from_x", chart_text(req->arena, before->x));
        doc_add_text(req->arena, from, "from_y", chart_text(req->arena, before->y));
    }
}

/* The history as a line, when there are at least three values: two are on the ruler. */
static void draw_history(struct req *req, struct doc_node *drawn)
{
    struct picture picture = {0};
    const struct point *before = NULL;
    struct line line = {0};

    read_points(req, &picture);
    if (picture.valued < FEWEST ||
        !line_begin(req, &line, drawn, picture.count, picture.reach, picture.reached)) {
        doc_add(req->arena, drawn, "line", DOC_NULL);
        return;
    }
    for (size_t i = 0; i < picture.count; i++) {
        struct point *point = &picture.points[i];
        point->x = line_x(&line, i);
        point->y = line_y(&line, point->value);
        point->aim_y = line_y(&line, point->aim);
        line_stop(req, &line, i, doc_text(point->row, "past_label"),
                  doc_text(point->row, "past_year"), doc_has(point->row, "now"),
                  doc_has(point->row, "method_changed"), 100);
        draw_point(req, &line, point, before);
        if (point->valued)
            before = point;
    }
}

void fill_city(struct req *req)
{
    struct doc_node *drawn = ruler_draw(req);

    profile_bars(req);
    matrix_draw(req, doc_get(req->document, "matrix"), false);
    struct doc_node *peers = doc_list(doc_get(req->document, "alike"), "peers");
    bar_rows(req, peers);
    bar_marks(req, peers);
    draw_history(req, drawn);
}
