#include "web/_line.h"

#include <math.h>
#include <string.h>

#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
#include "web/chart.h"

/* A long label, or one of many, has no room. */
enum { LEVELS = 6, ROOMY = 12, LABEL_BYTES = 9 };

/* Percent: where the first round stands, and how far it is to the last. */
static const double left = 10, width = 84;

bool line_begin(struct req *req, struct line *line, size_t rounds, const double *values,
                size_t count)
{
    double min = 0, max = 0;

    if (!axis_scale(req, &min, &max))
        return false;
    *line = (struct line){
        .rounds = rounds, .low = chart_axis_start(values, count, min, max), .high = max};
    return true;
}

double line_x(const struct line *line, size_t round)
{
    return left + width * (double)round / fmax((double)line->rounds - 1, 1);
}

double line_y(const struct line *line, double value)
{
    return chart_height(value, line->low, line->high, LINE_TOP, LINE_BOTTOM);
}

void line_levels(struct req *req, const struct line *line)
{
    double ticks[CHART_TICKS_MAX + 2], min = line->low;
    size_t count = chart_axis(line->low, line->high, LEVELS, ticks);

    for (size_t i = 0; i < count; i++) {
        struct tpl_dict *level = tpl_row(page_dict(req), "levels");
        double y = line_y(line, ticks[i]);
        tpl_value(level, "level_y", chart_text(req->arena, y));
        tpl_value(level, "level_text_y", chart_text(req->arena, y - 5));
        tpl_value(level, "level", chart_decimal(req->arena, ticks[i]));
    }
    chart_number(page_value(req, "scale_min"), &min);
    tpl_show(page_dict(req), "from_middle", line->low > min);
    tpl_value(page_dict(req), "axis_start", chart_decimal(req->arena, line->low));
}

void line_stop(struct req *req, const struct line *line, size_t round, const char *label,
               const char *year, bool here, bool changed)
{
    struct tpl_dict *stop = tpl_row(page_dict(req), "stops");
    bool fits = line->rounds <= ROOMY && label != NULL && strlen(label) <= LABEL_BYTES;
    bool written = line->rounds <= ROOMY || (round + 1) % (1 + line->rounds / ROOMY) == 0;
    bool broken = changed && round > 0;

    tpl_value(stop, "stop_x", chart_text(req->arena, line_x(line, round)));
    tpl_value(stop, "stop_label", !written ? NULL : fits ? label : year);
    tpl_show(stop, "stop_here", here);
    tpl_show(stop, "break", broken);
    if (broken)
        tpl_value(stop, "break_x",
                  chart_text(req->arena, (line_x(line, round - 1) + line_x(line, round)) / 2));
}
