/* Page dimension: all values as dots, and as bars. */
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_bar.h"
#include "web/_strip.h"
#include "web/fill.h"

void fill_dimension(struct req *req)
{
    strip_draw(req);
    bar_rows(req, doc_list(req->document, "rows"));
}
