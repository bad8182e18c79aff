/* Page compare: the values of each criterion as dots on one line, and each city's main value over
 * the rounds. Every city is a letter in both. */
#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
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

/* Some values of one row of a picture, by the row of the section that they come from. */
struct values {
    double at[CITIES];
    size_t rows[CITIES], count;
};

/* One criterion, whose cities begin at that row of section cells and end before `end`: its span,
 * its dots and their letters. */
static void draw_criterion(struct req *req, size_t begin, size_t end, double top, double min,
                           double max)
{
    struct values values = {0};
    double low = 100, high = 0, number = 0;

    for (size_t i = begin; i < end && values.count < CITIES; i++) {
        struct tpl_dict *row = page_row_dict(req, "cells", i);
        if (!page_true(page_cell(req, "cells", i, "is_city")) ||
            !chart_number(page_cell(req, "cells", i, "value"), &number))
            continue;
        double x = chart_percent(number, min, max);
        tpl_value(row, "dot_x", chart_text(req->arena, x));
        tpl_value(row, "letter", letter(req, i - begin));
        low = x < low ? x : low;
        high = x > high ? x : high;
        values.at[values.count] = x;
        values.rows[values.count++] = i;
    }
    chart_spread(values.at, values.count, letter_width, 2, 98);
    for (size_t i = 0; i < values.count; i++) {
        struct tpl_dict *row = page_row_dict(req, "cells", values.rows[i]);
        tpl_value(row, "letter_x", chart_text(req->arena, values.at[i]));
    }
    struct tpl_dict *first = page_row_dict(req, "cells", begin);
    tpl_value(first, "strip_y", chart_text(req->arena, top));
    tpl_value(first, "span_low", chart_text(req->arena, low));
    tpl_value(first, "span_high", chart_text(req->arena, high));
}

/* All criteria of the overview, one below the other. */
static void draw_overview(struct req *req)
{
    size_t rows = page_rows(req, "cells"), drawn = 0;
    double min = 0, max = 0;

    bool scaled = axis_scale(req, &min, &max);
    for (size_t i = 0, end = 0; i < rows && scaled; i = end) {
        for (end = i + 1;
             end < rows && !page_true(page_cell(req, "cells", end, "first_of_measure")); end++)
            ;
        if (page_true(page_cell(req, "cells", i, "in_measures")) &&
            page_true(page_cell(req, "cells", i, "overview")))
            draw_criterion(req, i, end, axis_height + height * (double)drawn++, min, max);
    }
    tpl_show(page_dict(req), "has_overview", drawn >= FEWEST);
    if (drawn < FEWEST)
        return;
    tpl_value(page_dict(req), "overview_height",
              chart_text(req->arena, axis_height + height * (double)drawn));
    axis_marks(req, min, max, LABELS, 100);
}

/* The rounds that are on the page's scale, by their place among the heads. */
struct rounds {
    size_t *heads, count, width; /* width: how many heads there are */
};

static void read_rounds(struct req *req, struct rounds *rounds)
{
    size_t rows = page_rows(req, "years");

    rounds->heads = arena_alloc(req->arena, rows, sizeof *rounds->heads);
    while (rounds->width < rows && page_true(page_cell(req, "years", rounds->width, "head"))) {
        if (page_true(page_cell(req, "years", rounds->width, "charted")))
            rounds->heads[rounds->count++] = rounds->width;
        rounds->width++;
    }
}

/* The values of one round; each is joined with its city's value before, unless the method changed
 * between them. */
static void draw_round(struct req *req, const struct line *line, const struct rounds *rounds,
                       size_t round, size_t *before)
{
    size_t rows = page_rows(req, "years");
    struct values values = {0};
    double number = 0, past = 0;

    for (size_t city = 0; city < CITIES && city * rounds->width < rows; city++) {
        size_t i = city * rounds->width + rounds->heads[round];
        struct tpl_dict *row = page_row_dict(req, "years", i);
        if (!chart_number(page_cell(req, "years", i, "value"), &number))
            continue;
        bool joined =
            before[city] < rounds->count && page_true(page_cell(req, "years", i, "comparable"));
        tpl_value(row, "point_x", chart_text(req->arena, line_x(line, round)));
        tpl_value(row, "point_y", chart_text(req->arena, line_y(line, number)));
        tpl_value(row, "letter", letter(req, city));
        tpl_show(row, "pointed", true);
        tpl_show(row, "joined", joined);
        if (joined) {
            chart_number(page_cell(req, "years", city * rounds->width + rounds->heads[before[city]],
                                   "value"),
                         &past);
            tpl_value(row, "from_x", chart_text(req->arena, line_x(line, before[city])));
            tpl_value(row, "from_y", chart_text(req->arena, line_y(line, past)));
        }
        before[city] = round;
        values.at[values.count] = line_y(line, number) - letter_lift;
        values.rows[values.count++] = i;
    }
    chart_spread(values.at, values.count, letter_height, LINE_TEXT_LOW, LINE_TEXT_HIGH);
    for (size_t i = 0; i < values.count; i++) {
        struct tpl_dict *row = page_row_dict(req, "years", values.rows[i]);
        tpl_value(row, "letter_y", chart_text(req->arena, values.at[i]));
    }
}

static void draw_years(struct req *req)
{
    struct rounds rounds = {0};
    struct line line = {0};
    size_t rows = page_rows(req, "years"), count = 0, before[CITIES];
    double *reach = arena_alloc(req->arena, rows, sizeof *reach);

    read_rounds(req, &rounds);
    for (size_t i = 0; i < rows; i++) {
        bool charted = page_true(page_cell(req, "years", i, "charted"));
        count += charted && chart_number(page_cell(req, "years", i, "value"), &reach[count]);
    }
    bool drawn =
        rounds.count > 1 && count >= FEWEST && line_begin(req, &line, NULL, rounds.count, reach, count);
    tpl_show(page_dict(req), "has_chart", drawn);
    if (!drawn)
        return;
    for (size_t city = 0; city < CITIES; city++)
        before[city] = rounds.count;
    for (size_t round = 0; round < rounds.count; round++) {
        size_t head = rounds.heads[round];
        line_stop(req, &line, round, page_cell(req, "years", head, "head_label"),
                  page_cell(req, "years", head, "head_year"),
                  page_true(page_cell(req, "years", head, "cell_here")),
                  page_true(page_cell(req, "years", head, "method_changed")));
        draw_round(req, &line, &rounds, round, before);
    }
}

void fill_compare(struct req *req)
{
    for (size_t i = 0; i < page_rows(req, "chosen"); i++)
        tpl_value(page_row_dict(req, "chosen", i), "letter", letter(req, i));
    draw_overview(req);
    draw_years(req);
}
