/* Page report: the ruler. */
#include "http/page.h"
#include "tpl/tpl.h"
#include "web/_ruler.h"
#include "web/fill.h"

/* A sheet has no room for the line of the years: its table stands alone. */
void fill_report(struct req *req)
{
    ruler_draw(req);
    tpl_show(page_dict(req), "has_chart", false);
    tpl_show(page_dict(req), "no_chart", true);
}
