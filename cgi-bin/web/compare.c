/* Page compare: the values of each criterion as dots on one line, and each city's main value over
 * the rounds. Every city is a letter in both. */
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"
#include "web/_line.h"
#include "web/chart.h"
#include "web/fill.h"

enum { CITIES = 6, LABELS = 5, FEWEST = 2 };

/* Pixels: how high a criterion is, and what the axis needs above; percent between two letters on a
 * telephone. Pixels between two letters above each other, and from the foot of a letter to the
 * middle of its dot. */
static const double height = 52, axis_height = 20, letter_width = 3.5, letter_height = 13,
                    letter_lift = 9;

static const char *letter(struct req *req, size_t city)
{
    return arena_format(req->arena, "%c", (char)('A' + city % CITIES));
}

/* Where the letters of some drawn values stand. */
struct letters {
    double at[CITIES];
    struct doc_node *drawn[CITIES];
    size_t count;
};

static void add_letter(struct letters *letters, double at, struct doc_node *drawn)
{
    letters->at[letters->count] = at;
    letters->drawn[letters->count++] = drawn;
}

static void place_letters(struct req *req, struct letters *letters, const char *name)
{
    for (size_t i = 0; i < letters->count; i++)
        doc_add_text(req->arena, letters->drawn[i], name, chart_text(req->arena, letters->at[i]));
}

/* One criterion: its span, its dots and their letters. */
static void draw_criterion(struct req *req, struct doc_node *measure, double top, double min,
                           double max)
{
    struct letters letters = {0};
    double low = 100, high = 0, number = 0;
    size_t n = 0;

    for (struct doc_node *city = doc_list(measure, "cities"); city != NULL && n < CITIES;
         city = city->next, n++) {
        bool valued = chart_number(doc_text(city, "value"), &number);
        struct doc_node *spot = doc_add(req->arena, city, "spot", valued ? DOC_OBJECT : DOC_NULL);
        if (!valued)
            continue;
        double x = chart_percent(number, min, max);
        doc_add_text(req->arena, spot, "dot_x", chart_text(req->arena, x));
        doc_add_text(req->arena, spot, "letter", letter(req, n));
        low = x < low ? x : low;
        high = x > high ? x : high;
        add_letter(&letters, x, spot);
    }
    chart_spread(letters.at, letters.count, letter_width, 2, 98);
    place_letters(req, &letters, "letter_x");
    struct doc_node *lane = doc_add(req->arena, measure, "lane", DOC_OBJECT);
    doc_add_text(req->arena, lane, "strip_y", chart_text(req->arena, top));
    doc_add_text(req->arena, lane, "span_low", chart_text(req->arena, low));
    doc_add_text(req->arena, lane, "span_high", chart_text(req->arena, high));
}

/* A criterion that is not in the picture. */
static void leave_criterion(struct req *req, struct doc_node *measure)
{
    for (struct doc_node *city = doc_list(measure, "cities"); city != NULL; city = city->next)
        doc_add(req->arena, city, "spot", DOC_NULL);
    doc_add(req->arena, measure, "lane", DOC_NULL);
}

/* All criteria of the overview, one below the other. */
static void draw_overview(struct req *req)
{
    struct doc_node *measures = doc_list(req->document, "measures");
    size_t wanted = 0, drawn = 0;
    double min = 0, max = 0;

    for (struct doc_node *measure = measures; measure != NULL; measure = measure->next)
        wanted += doc_has(measure, "leading");
    bool shown = axis_scale(req, &min, &max) && wanted >= FEWEST;
    for (struct doc_node *measure = measures; measure != NULL; measure = measure->next) {
        if (shown && doc_has(measure, "leading"))
            draw_criterion(req, measure, axis_height + height * (double)drawn++, min, max);
        else
            leave_criterion(req, measure);
    }
    struct doc_node *overview =
        doc_add(req->arena, req->document, "overview", shown ? DOC_OBJECT : DOC_NULL);
    if (!shown)
        return;
    doc_add_text(req->arena, overview, "overview_height",
                 chart_text(req->arena, axis_height + height * (double)drawn));
    axis_draw(req, overview, min, max, LABELS, 100);
}

/* A city's way through the rounds: its cell of the round that is drawn, and its last point. */
struct way {
    struct doc_node *cell;
    double x, y;
    bool begun;
};

/* The value of a city in a round that is on the page's scale, joined with its value before, unless
 * the method changed between them. */
static void draw_point(struct req *req, struct way *way, double x, double y, size_t city,
                       struct letters *letters)
{
    struct doc_node *point = doc_add(req->arena, way->cell, "point", DOC_OBJECT);
    bool joined = way->begun && doc_has(way->cell, "comparable");

    doc_add_text(req->arena, point, "point_x", chart_text(req->arena, x));
    doc_add_text(req->arena, point, "point_y", chart_text(req->arena, y));
    doc_add_text(req->arena, point, "letter", letter(req, city));
    struct doc_node *from = doc_add(req->arena, point, "from", joined ? DOC_OBJECT : DOC_NULL);
    if (joined) {
        doc_add_text(req->arena, from, "from_x", chart_text(req->arena, way->x));
        doc_add_text(req->arena, from, "from_y", chart_text(req->arena, way->y));
    }
    way->x = x;
    way->y = y;
    way->begun = true;
    add_letter(letters, y - letter_lift, point);
}

/* The values of all cities in one round, which the line has as number `round`. */
static void draw_round(struct req *req, const struct line *line, size_t round, bool charted,
                       struct way *ways)
{
    struct letters letters = {0};
    double number = 0;

    for (size_t city = 0; city < CITIES; city++) {
        struct way *way = &ways[city];
        if (way->cell == NULL)
            continue;
        if (charted && chart_number(doc_text(way->cell, "value"), &number))
            draw_point(req, way, line_x(line, round), line_y(line, number), city, &letters);
        else
            doc_add(req->arena, way->cell, "point", DOC_NULL);
        way->cell = way->cell->next;
    }
    chart_spread(letters.at, letters.count, letter_height, LINE_TEXT_LOW, LINE_TEXT_HIGH);
    place_letters(req, &letters, "letter_y");
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
    return count;
}

static void draw_years(struct req *req)
{
    struct doc_node *years = doc_get(req->document, "years"), *heads;
    struct way ways[CITIES] = {0};
    struct line line = {0};
    size_t city = 0, round = 0, rounds = 0;

    heads = doc_get(req->document, "heads");
    size_t room = years != NULL && heads != NULL ? (size_t)years->length * heads->length : 0;
    double *reach = arena_alloc(req->arena, room, sizeof *reach);
    size_t count = room > 0 ? read_reach(req, reach, &rounds) : 0;
    bool drawn = rounds > 1 && count >= FEWEST &&
                 line_begin(req, &line, req->document, rounds, reach, count);
    if (!drawn)
        doc_add(req->arena, req->document, "line", DOC_NULL);
    for (struct doc_node *year = doc_list(req->document, "years"); year != NULL && city < CITIES;
         year = year->next)
        ways[city++].cell = doc_list(year, "cells");
    for (struct doc_node *head = doc_list(req->document, "heads"); head != NULL;
         head = head->next) {
        bool charted = drawn && doc_has(head, "charted");
        if (charted)
            line_stop(req, &line, round, doc_text(head, "head_label"), doc_text(head, "head_year"),
                      doc_has(head, "head_here"), doc_has(head, "method_changed"));
        draw_round(req, &line, round, charted, ways);
        round += charted;
    }
}

/* The bars of the tables, and where the medians lie. */
static void draw_bars(struct req *req)
{
    for (struct doc_node *measure = doc_list(req->document, "measures"); measure != NULL;
         measure = measure->next) {
        bar_rows(req, doc_list(measure, "cities"));
        for (struct doc_node *row = doc_list(measure, "medians"); row != NULL; row = row->next)
            doc_add_text(req->arena, row, "bar", bar_place(req, row, "value"));
    }
}

void fill_compare(struct req *req)
{
    size_t n = 0;

    for (struct doc_node *city = doc_list(req->document, "chosen"); city != NULL; city = city->next)
        doc_add_text(req->arena, city, "letter", letter(req, n++));
    draw_bars(req);
    draw_overview(req);
    draw_years(req);
}
