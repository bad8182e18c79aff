#include "web/_bar.h"

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"

static bool place(struct req *req, struct doc_node *row, const char *name, double *percent)
{
    double min = 0, max = 0, value = 0;

    if (!axis_scale(req, &min, &max) || !chart_number(doc_text(row, name), &value))
        return false;
    *percent = chart_percent(value, min, max);
    return true;
}

const char *bar_place(struct req *req, struct doc_node *row, const char *name)
{
    double percent = 0;

    return place(req, row, name, &percent) ? chart_text(req->arena, percent) : NULL;
}

void bar_rows(struct req *req, struct doc_node *row)
{
    double percent = 0;

    for (; row != NULL; row = row->next) {
        bool valued = place(req, row, "value", &percent);
        doc_add_text(req->arena, row, "bar", valued ? chart_bar(req->arena, percent) : NULL);
    }
}

void bar_marks(struct req *req, struct doc_node *row)
{
    for (; row != NULL; row = row->next)
        doc_add_text(req->arena, row, "marked_x", bar_place(req, row, "marked_shown"));
}
