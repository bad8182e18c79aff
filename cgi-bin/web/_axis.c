#include "web/_axis.h"

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"

bool axis_scale(const struct req *req, double *min, double *max)
{
    return chart_number(doc_text(req->document, "scale_min"), min) &&
           chart_number(doc_text(req->document, "scale_max"), max) && *max > *min;
}

void axis_draw(struct req *req, struct doc_node *drawing, double min, double max, size_t wanted,
               double width)
{
    double ticks[CHART_TICKS_MAX + 2];
    size_t count = chart_axis(min, max, wanted, ticks);
    struct doc_node *marks = doc_add(req->arena, drawing, "marks", DOC_ARRAY);

    for (size_t i = 0; i < count; i++) {
        struct doc_node *mark = doc_add(req->arena, marks, NULL, DOC_OBJECT);
        double x = width / 100 * chart_percent(ticks[i], min, max);
        doc_add_text(req->arena, mark, "mark_x", chart_text(req->arena, x));
        doc_add_text(req->arena, mark, "mark", chart_decimal(req->arena, ticks[i]));
        doc_add_flag(req->arena, mark, "inner_mark", i > 0 && i + 1 < count);
        doc_add_flag(req->arena, mark, "last_mark", i + 1 == count);
    }
}
