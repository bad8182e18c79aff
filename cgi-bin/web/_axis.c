#include "web/_axis.h"

#include "http/page.h"
#include "http/req.h"
#include "tpl/doc.h"
#include "web/chart.h"

static const char *page_text(const struct req *req, const char *name)
{
    return page_is_document(req->page) ? doc_text(req->document, name) : page_value(req, name);
}

bool axis_scale(const struct req *req, double *min, double *max)
{
    return chart_number(page_text(req, "scale_min"), min) &&
           chart_number(page_text(req, "scale_max"), max) && *max > *min;
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

void axis_marks(struct req *req, double min, double max, size_t wanted, double width)
{
    double ticks[CHART_TICKS_MAX + 2];
    size_t count = chart_axis(min, max, wanted, ticks);

    for (size_t i = 0; i < count; i++) {
        struct tpl_dict *mark = tpl_row(page_dict(req), "marks");
        tpl_value(mark, "mark_x",
                  chart_text(req->arena, width / 100 * chart_percent(ticks[i], min, max)));
        tpl_value(mark, "mark", chart_decimal(req->arena, ticks[i]));
        tpl_show(mark, "inner_mark", i > 0 && i + 1 < count);
        tpl_show(mark, "last_mark", i + 1 == count);
    }
}
