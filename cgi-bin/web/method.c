/* Page method: the values that are walked through, as bars. */
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_bar.h"
#include "web/fill.h"

void fill_method(struct req *req)
{
    bar_rows(req, doc_list(doc_get(req->document, "example"), "parts"));
}
