#include "desk/resume.h"

#include <string.h>

#include "desk/act.h"
#include "desk/answer.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

const char *resume_address(struct req *req)
{
    const struct visit *visit = req->own;
    const struct act_call *call = visit->call; /* NULL: the page was only asked for */
    const char *to = call == NULL || call->act == NULL ? "" : act_field(call, "to");
    struct buf out = {0};

    if (*to == '\0' && call != NULL)
        to = call->path;
    if (!answer_knows(req, to))
        to = "/meja";
    lang_address(&out, req->lang, to, strlen(to));
    const char *address = arena_copy(req->arena, out.data, out.len);
    buf_free(&out);
    return address;
}

void fill_resume(struct req *req)
{
    doc_add_text(req->arena, req->document, "action_path", resume_address(req));
}
