#include "web/_line.h"

#include <math.h>
#include <string.h>

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"

/* A label longer than a year has no room. */
enum { LEVELS = 6, LABEL_BYTES = 4 };

/* Pixels: the narrowest drawing, on a telephone, and from a year to the next. */
static const double narrow = 288, year_width = 38;

/* Percent: where the first round stands, and how far it is to the last. */
static const double left = 10, width = 84;

/* The levels of the axis, whose scale begins at min. */
static void draw_levels(struct req *req, const struct line *line, double min)
{
    struct doc_node *levels = doc_add(req->arena, line->drawn, "levels", DOC_ARRAY);
    double ticks[CHART_TICKS_MAX + 2];
    size_t count = chart_axis(line->low, line->high, LEVELS, ticks);

    for (size_t i = 0; i < count; i++) {
        struct doc_node *level = doc_add(req->arena, levels, NULL, DOC_OBJECT);
        double y = line_y(line, ticks[i]);
        doc_add_text(req->arena, level, "level_y", chart_text(req->arena, y));
        doc_add_text(req->arena, level, "level_text_y", chart_text(req->arena, y - 5));
        doc_add_text(req->arena, level, "level", chart_decimal(req->arena, ticks[i]));
    }
    doc_add_flag(req->arena, line->drawn, "from_middle", line->low > min);
    doc_add_text(req->arena, line->drawn, "axis_start", chart_decimal(req->arena, line->low));
}

bool line_begin(struct req *req, struct line *line, struct doc_node *drawn, size_t rounds,
                const double *values, size_t count)
{
    double min = 0, max = 0;

    if (!axis_scale(req, &min, &max))
        return false;
    *line = (struct line){
        .rounds = rounds, .low = chart_axis_start(values, count, min, max), .high = max};
    line->drawn = doc_add(req->arena, drawn, "line", DOC_OBJECT);
    draw_levels(req, line, min);
    line->stops = doc_add(req->arena, line->drawn, "stops", DOC_ARRAY);
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

void line_stop(struct req *req, const struct line *line, size_t round, const char *label,
               const char *year, bool here, bool changed, double room)
{
    struct doc_node *stop = doc_add(req->arena, line->stops, NULL, DOC_OBJECT);
    bool fits = label != NULL && strlen(label) <= LABEL_BYTES;
    double apart = narrow * width / 100 * room / 100 / fmax((double)line->rounds - 1, 1);
    size_t step = (size_t)fmax(ceil(year_width / apart), 1);
    bool written = (line->rounds - 1 - round) % step == 0;
    bool broken = changed && round > 0;
    double middle =
        broken ? (line_x(line, round - 1) + line_x(line, round)) / 2 * room / 100 : 0;

    double x = line_x(line, round) * room / 100;
    doc_add_text(req->arena, stop, "stop_x", chart_text(req->arena, x));
    doc_add_text(req->arena, stop, "stop_label", !written ? NULL : fits ? label : year);
    doc_add_flag(req->arena, stop, "stop_here", here);
    doc_add_text(req->arena, stop, "break_x", broken ? chart_text(req->arena, middle) : NULL);
}
