#include "web/_axis.h"

#include "http/page.h"
#include "http/req.h"
#include "web/chart.h"

bool axis_scale(const struct req *req, double *min, double *max)
{
    return chart_number(page_value(req, "scale_min"), min) &&
           chart_number(page_value(req, "scale_max"), max) && *max > *min;
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
