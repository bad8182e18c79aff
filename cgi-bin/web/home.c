/* Page home: who moved as lines; or the highest values as dots on the ruler, each with a line of
 * its own to its label. */
#include "http/page.h"
#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_slope.h"
#include "web/fill.h"

enum { LABELS = 6 };

/* Percent that the ruler takes, so that the label of a highest value has room; pixels between
 * labels and above the first. */
static const double width = 62, line_height = 25, first_y = 62;

/* Adds its place to each row. Returns how many there are. */
static size_t place_rows(struct req *req, double min, double max)
{
    size_t count = 0;
    double value = min;

    for (struct doc_node *row = doc_list(req->document, "ranking"); row != NULL; row = row->next) {
        struct doc_node *spot = doc_add(req->arena, row, "spot", DOC_OBJECT);
        double y = first_y + line_height * (double)count++;
        chart_number(doc_text(row, "value"), &value);
        double x = width / 100 * chart_percent(value, min, max);
        doc_add_text(req->arena, spot, "strip_x", chart_text(req->arena, x));
        doc_add_text(req->arena, spot, "strip_y", chart_text(req->arena, y));
    }
    return count;
}

void fill_home(struct req *req)
{
    double min = 0, max = 0;

    slope_draw(req);
    bool drawn = axis_scale(req, &min, &max) && doc_has(req->document, "ranking");
    struct doc_node *strip =
        doc_add(req->arena, req->document, "strip", drawn ? DOC_OBJECT : DOC_NULL);
    if (!drawn)
        return;
    size_t count = place_rows(req, min, max);
    double height = first_y + line_height * (double)count;
    doc_add_text(req->arena, strip, "strip_height", chart_text(req->arena, height));
    axis_draw(req, strip, min, max, LABELS, width);
}
