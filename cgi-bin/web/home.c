/* Page home: the map, bars, and the best values as dots on the ruler, each with a line of its own
 * to its label. */
#include "http/page.h"
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"
#include "web/_map.h"
#include "web/chart.h"
#include "web/fill.h"

enum { FEWEST = 2, LABELS = 6 };

/* Percent that the ruler takes, so that the label of a highest value has room; pixels between
 * labels and above the first. */
static const double width = 78, line_height = 25, first_y = 62;

/* Adds its place to each row, null where there is no picture. Returns how many there are. */
static size_t place_rows(struct req *req, bool drawn, double min, double max)
{
    size_t count = 0;
    double value = min;

    for (struct doc_node *row = doc_list(req->document, "ranking"); row != NULL; row = row->next) {
        struct doc_node *spot = doc_add(req->arena, row, "spot", drawn ? DOC_OBJECT : DOC_NULL);
        double y = first_y + line_height * (double)count++;
        if (!drawn)
            continue;
        chart_number(doc_text(row, "value"), &value);
        double x = width / 100 * chart_percent(value, min, max);
        doc_add_text(req->arena, spot, "strip_x", chart_text(req->arena, x));
        doc_add_text(req->arena, spot, "strip_y", chart_text(req->arena, y));
    }
    return count;
}

/* Who rose most: from where to where. */
static void place_movers(struct req *req)
{
    for (struct doc_node *row = doc_list(req->document, "movers"); row != NULL; row = row->next) {
        struct doc_node *move = doc_add(req->arena, row, "move", DOC_OBJECT);
        doc_add_text(req->arena, move, "from_x", bar_place(req, row, "previous"));
        doc_add_text(req->arena, move, "to_x", bar_place(req, row, "value"));
    }
}

void fill_home(struct req *req)
{
    struct doc_node *ranking = doc_get(req->document, "ranking");
    double min = 0, max = 0;

    map_draw(req);
    bar_rows(req, doc_list(req->document, "ranking"));
    place_movers(req);
    bool drawn = axis_scale(req, &min, &max) && ranking != NULL && ranking->length >= FEWEST;
    struct doc_node *strip =
        doc_add(req->arena, req->document, "strip", drawn ? DOC_OBJECT : DOC_NULL);
    size_t count = place_rows(req, drawn, min, max);
    if (!drawn)
        return;
    double height = first_y + line_height * (double)count;
    doc_add_text(req->arena, strip, "strip_height", chart_text(req->arena, height));
    axis_draw(req, strip, min, max, LABELS, width);
}
