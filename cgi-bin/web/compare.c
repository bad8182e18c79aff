/* Page compare: bars, a matrix for each city, and each city's main value over the rounds as a line
 * that ends in its name. */
#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_bar.h"
#include "web/_line.h"
#include "web/_matrix.h"
#include "web/_name.h"
#include "web/fill.h"

enum { CITIES = 6, FEWEST = 2 };

/* Percent: the lines end here, so that names have room at their right. */
static const double line_room = 62;

/* A city's way through the rounds: its cell of the round that is drawn, and its last point. */
struct way {
    struct doc_node *cell, *year;
    double x, y;
    const char *shown;
    bool begun;
};

static double at_percent(const struct line *line, size_t round)
{
    return line_x(line, round) * line_room / 100;
}

/* The value of a city in a round that is on the page's scale, joined with its value before, unless
 * the method changed between them. */
static void draw_point(struct req *req, struct way *way, double x, double y)
{
    struct doc_node *point = doc_add(req->arena, way->cell, "point", DOC_OBJECT);
    bool joined = way->begun && doc_has(way->cell, "comparable");

    doc_add_text(req->arena, point, "point_x", chart_text(req->arena, x));
    doc_add_text(req->arena, point, "point_y", chart_text(req->arena, y));
    struct doc_node *from = doc_add(req->arena, point, "from", joined ? DOC_OBJECT : DOC_NULL);
    if (joined) {
        doc_add_text(req->arena, from, "from_x", chart_text(req->arena, way->x));
        doc_add_text(req->arena, from, "from_y", chart_text(req->arena, way->y));
    }
    way->x = x;
    way->y = y;
    way->shown = doc_text(way->cell, "shown");
    way->begun = true;
}

/* The values of all cities in one round, which the line has as number `round`. */
static void draw_round(struct req *req, const struct line *line, size_t round, bool charted,
                       struct way *ways)
{
    double number = 0;

    for (size_t city = 0; city < CITIES; city++) {
        struct way *way = &ways[city];
        if (way->cell == NULL)
            continue;
        if (charted && chart_number(doc_text(way->cell, "value"), &number))
            draw_point(req, way, at_percent(line, round), line_y(line, number));
        else
            doc_add(req->arena, way->cell, "point", DOC_NULL);
        way->cell = way->cell->next;
    }
}

/* Whose line stands out: the visitor's own region, or who was named first. */
static size_t emphasised(const struct way *ways)
{
    for (size_t city = 0; city < CITIES && ways[city].year != NULL; city++) {
        if (doc_has(ways[city].year, "marked"))
            return city;
    }
    return 0;
}

/* The value of the visitor's own region in a round. */
static void draw_own(struct req *req, const struct line *line, struct doc_node *head, size_t round,
                     bool charted)
{
    double number = 0;
    bool marked = charted && chart_number(doc_text(head, "marked_shown"), &number);
    struct doc_node *own = doc_add(req->arena, head, "own", marked ? DOC_OBJECT : DOC_NULL);

    if (!marked)
        return;
    doc_add_text(req->arena, own, "marked_x", chart_text(req->arena, at_percent(line, round)));
    doc_add_text(req->arena, own, "marked_y", chart_text(req->arena, line_y(line, number)));
}

/* The names beside the last point of each city, and a line from there to it. */
static void draw_names(struct req *req, const struct way *ways)
{
    struct name_label labels[CITIES] = {0};
    size_t count = 0;

    for (size_t city = 0; city < CITIES && ways[city].year != NULL; city++) {
        if (ways[city].begun)
            labels[count++] = (struct name_label){.name = doc_text(ways[city].year, "short"),
                                                  .shown = ways[city].shown,
                                                  .at = ways[city].y};
    }
    name_place(labels, count, LINE_TEXT_LOW, LINE_TEXT_HIGH);
    count = 0;
    size_t hot = emphasised(ways);
    for (size_t city = 0; city < CITIES && ways[city].year != NULL; city++) {
        const struct way *way = &ways[city];
        struct doc_node *end =
            doc_add(req->arena, way->year, "end", way->begun ? DOC_OBJECT : DOC_NULL);
        if (!way->begun)
            continue;
        doc_add_flag(req->arena, end, "end_first", city == hot);
        doc_add_text(req->arena, end, "end_x", chart_text(req->arena, way->x));
        doc_add_text(req->arena, end, "end_y", chart_text(req->arena, way->y));
        name_draw(req, end, &labels[count++]);
    }
}

/* The values that the axis has to reach, and how many rounds are on the page's scale. */
static size_t read_reach(struct req *req, double *reach, size_t *rounds)
{
    size_t count = 0;

    for (struct doc_node *year = doc_list(req->document, "years"); year != NULL;
         year = year->next) {
        struct doc_node *head = doc_list(req->document, "heads");
        *rounds = 0;
        for (struct doc_node *cell = doc_list(year, "cells"); cell != NULL && head != NULL;
             cell = cell->next, head = head->next) {
            bool charted = doc_has(head, "charted");
            *rounds += charted;
            count += charted && chart_number(doc_text(cell, "value"), &reach[count]);
        }
    }
    for (struct doc_node *head = doc_list(req->document, "heads"); head != NULL; head = head->next)
        count +=
            doc_has(head, "charted") && chart_number(doc_text(head, "marked_shown"), &reach[count]);
    return count;
}

static void draw_years(struct req *req)
{
    struct doc_node *years = doc_get(req->document, "years"), *heads;
    struct way ways[CITIES] = {0};
    struct line line = {0};
    size_t city = 0, round = 0, rounds = 0;

    heads = doc_get(req->document, "heads");
    size_t room = years != NULL && heads != NULL ? (size_t)(years->length + 1) * heads->length : 0;
    double *reach = arena_alloc(req->arena, room, sizeof *reach);
    size_t count = room > 0 ? read_reach(req, reach, &rounds) : 0;
    bool drawn = rounds > 1 && count >= FEWEST &&
                 line_begin(req, &line, req->document, rounds, reach, count);
    if (!drawn)
        doc_add(req->arena, req->document, "line", DOC_NULL);
    for (struct doc_node *year = doc_list(req->document, "years"); year != NULL && city < CITIES;
         year = year->next, city++)
        ways[city] = (struct way){.cell = doc_list(year, "cells"), .year = year};
    for (struct doc_node *head = doc_list(req->document, "heads"); head != NULL;
         head = head->next) {
        bool charted = drawn && doc_has(head, "charted");
        if (charted)
            line_stop(req, &line, round, doc_text(head, "head_label"), doc_text(head, "head_year"),
                      doc_has(head, "head_here"), doc_has(head, "method_changed"), line_room);
        draw_round(req, &line, round, charted, ways);
        draw_own(req, &line, head, round, charted);
        round += charted;
    }
    draw_names(req, ways);
}

/* The bars of the tables, and where the medians lie. */
static void draw_bars(struct req *req)
{
    for (struct doc_node *measure = doc_list(req->document, "measures"); measure != NULL;
         measure = measure->next) {
        bar_rows(req, doc_list(measure, "cities"));
        bar_marks(req, doc_list(measure, "cities"));
        for (struct doc_node *row = doc_list(measure, "medians"); row != NULL; row = row->next)
            doc_add_text(req->arena, row, "bar", bar_place(req, row, "value"));
    }
}

void fill_compare(struct req *req)
{
    draw_bars(req);
    for (struct doc_node *city = doc_list(req->document, "matrices"); city != NULL;
         city = city->next)
        matrix_draw(req, doc_get(city, "matrix"), false);
    draw_years(req);
}
