/* Page report: the ruler, the bars and the matrix. */
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_matrix.h"
#include "web/_profile.h"
#include "web/_ruler.h"
#include "web/fill.h"

void fill_report(struct req *req)
{
    profile_bars(req);
    matrix_draw(req, doc_get(req->document, "matrix"), true);
    (void)ruler_draw(req);
}
