/* Page ranking: all values as dots, as lines from the round before, and as bars in the tables. */
#include <math.h>

#include "http/page.h"
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"
#include "web/_slope.h"
#include "web/_strip.h"
#include "web/chart.h"
#include "web/fill.h"

/* Pixels: where the lines of a small profile end at most, and where they begin. */
static const double six_top = 4, six_bottom = 24;

static void add_percent(struct req *req, struct doc_node *range, const char *name, double rank,
                        double last)
{
    doc_add_text(req->arena, range, name, chart_text(req->arena, chart_percent(rank, 1, last)));
}

/* The interval of a row's rank, along a line from the first to the last. */
static void draw_range(struct req *req, struct doc_node *row, bool wanted, double last)
{
    double rank = 0, from = 0, to = 0;
    bool drawn = wanted && chart_number(doc_text(row, "rank"), &rank);
    struct doc_node *range = doc_add(req->arena, row, "range", drawn ? DOC_OBJECT : DOC_NULL);

    if (!drawn)
        return;
    from = to = rank;
    chart_number(doc_text(row, "rank_from"), &from);
    chart_number(doc_text(row, "rank_to"), &to);
    add_percent(req, range, "span_from", from, last);
    add_percent(req, range, "span_to", to, last);
    add_percent(req, range, "rank_x", rank, last);
}

/* The ends of the six lines of a small profile; a line without a value has no length. */
static void draw_six(struct req *req, struct doc_node *row, double min, double max)
{
    static const char *const names[] = {"governance", "branding", "economy",
                                        "living",     "society",  "environment"};
    struct doc_node *values = doc_get(row, "profile");
    struct doc_node *six = doc_add(req->arena, row, "six", doc_is(values) ? DOC_OBJECT : DOC_NULL);
    double value = 0;

    for (size_t i = 0; doc_is(values) && i < sizeof names / sizeof *names; i++) {
        value = min;
        chart_number(doc_text(values, names[i]), &value);
        /* A tie of two decimals may lie a little below itself. */
        double y = chart_height(value, min, max, six_top, six_bottom) + 1e-9;
        doc_add_text(req->arena, six, names[i], chart_text(req->arena, round(10 * y) / 10));
    }
}

/* What stands in the tables: each group has its own. */
static void draw_tables(struct req *req)
{
    double min = 0, max = 0, last = 0;

    axis_scale(req, &min, &max);
    for (struct doc_node *table = doc_list(req->document, "tables"); table != NULL;
         table = table->next) {
        bool ranges = doc_has(table, "intervals");
        last = 0;
        chart_number(doc_text(table, "group_of"), &last);
        doc_add_text(req->arena, table, "median_x", bar_place(req, table, "median"));
        bar_rows(req, doc_list(table, "rows"));
        for (struct doc_node *row = doc_list(table, "rows"); row != NULL; row = row->next) {
            draw_range(req, row, ranges, fmax(last, 2));
            draw_six(req, row, min, max);
        }
    }
}

void fill_ranking(struct req *req)
{
    strip_draw(req);
    slope_draw(req);
    draw_tables(req);
}
