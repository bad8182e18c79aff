/* Page ranking: all values as dots, as lines from the round before, and as bars in the tables. */

#include "http/page.h"
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_bar.h"
#include "web/_slope.h"
#include "web/_strip.h"
#include "web/fill.h"

/* What stands in the tables: each group has its own. */
static void draw_tables(struct req *req)
{
    for (struct doc_node *table = doc_list(req->document, "tables"); table != NULL;
         table = table->next) {
        doc_add_text(req->arena, table, "median_x", bar_place(req, table, "median"));
        bar_rows(req, doc_list(table, "rows"));
    }
}

void fill_ranking(struct req *req)
{
    strip_draw(req);
    slope_draw(req);
    draw_tables(req);
}
