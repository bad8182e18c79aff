/* Page report: the ruler and the bars. */
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_profile.h"
#include "web/_ruler.h"
#include "web/fill.h"

/* A sheet has no room for the line of the years: its table stands alone. */
void fill_report(struct req *req)
{
    profile_bars(req);
    doc_add(req->arena, ruler_draw(req), "line", DOC_NULL);
}
