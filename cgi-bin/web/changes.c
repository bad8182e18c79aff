/* Page changes: from where to where each region moved. */
#include "http/req.h"
#include "tpl/doc.h"
#include "web/_bar.h"
#include "web/fill.h"

void fill_changes(struct req *req)
{
    for (struct doc_node *pair = doc_list(req->document, "pairs"); pair != NULL;
         pair = pair->next) {
        for (struct doc_node *row = doc_list(pair, "rows"); row != NULL; row = row->next) {
            struct doc_node *move = doc_add(req->arena, row, "move", DOC_OBJECT);
            doc_add_text(req->arena, move, "from_x", bar_place(req, row, "previous"));
            doc_add_text(req->arena, move, "to_x", bar_place(req, row, "value"));
        }
    }
}
