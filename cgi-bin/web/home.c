/* Page home: the best values as dots on the ruler, each with a line of its own to its label. */
#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
#include "web/chart.h"
#include "web/fill.h"

enum { FEWEST = 2, LABELS = 6 };

/* Percent that the ruler takes, so that the label of a highest value has room; pixels between
 * labels and above the first. */
static const double width = 78, line_height = 25, first_y = 62;

void fill_home(struct req *req)
{
    size_t count = page_rows(req, "ranking");
    double min = 0, max = 0, value = 0;

    bool scaled = axis_scale(req, &min, &max);
    tpl_show(page_dict(req), "has_strip", scaled && count >= FEWEST);
    if (!scaled || count < FEWEST)
        return;
    for (size_t i = 0; i < count; i++) {
        struct tpl_dict *row = page_row_dict(req, "ranking", i);
        if (!chart_number(page_cell(req, "ranking", i, "value"), &value))
            continue;
        tpl_value(row, "strip_x",
                  chart_text(req->arena, width / 100 * chart_percent(value, min, max)));
        tpl_value(row, "strip_y", chart_text(req->arena, first_y + line_height * (double)i));
    }
    tpl_value(page_dict(req), "strip_height",
              chart_text(req->arena, first_y + line_height * (double)count));
    axis_marks(req, min, max, LABELS, width);
}
