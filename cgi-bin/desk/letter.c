#include "desk/letter.h"

#include "desk/bring.h"
#include "desk/picture.h"
#include "http/req.h"

/* Asks for the letter, or adds it. */
static bool say(struct act_call *call, const char *function, const struct brought *told,
                struct act_outcome *outcome)
{
    struct arena *arena = call->visit->req->arena;
    const struct made *made = &told->made;
    bool small = made->small.bytes != NULL;
    const char *values[] = {act_field(call, "key"),
                            act_field(call, "region"),
                            act_field(call, "year"),
                            made->name,
                            made->file.bytes != NULL ? made->file.digest : NULL,
                            media_word(made->kind),
                            arena_format(arena, "%zu", made->file.len),
                            told->faults,
                            small ? made->small.digest : NULL,
                            arena_format(arena, "%zu", made->small.len)};

    return act_do(call, function, values, sizeof values / sizeof *values, outcome);
}

void run_letter_add(struct act_call *call)
{
    struct req *req = call->visit->req;
    const struct form_field *file = form_find(&call->form, "file");
    struct act_outcome outcome;
    struct brought told;

    bring_judge(req->arena, file, &told);
    if (told.faults == NULL && told.made.kind != MEDIA_PDF && !picture_is(told.made.kind))
        told.faults = bring_fault(req->arena, "kind");
    if (!say(call, "act.letter_ask", &told, &outcome))
        return;
    if (act_is(&outcome, "reserved")) {
        req_enter(req, REQ_FILL);
        const char *word = bring_keep(&req->site->config, req->arena, file, &told);
        told.faults = word != NULL ? bring_fault(req->arena, word) : NULL;
        if (!say(call, "act.letter_add", &told, &outcome))
            return;
        if (word == NULL && !act_is(&outcome, "done"))
            bring_drop(call, &told);
    }
    act_finish(call, &outcome);
}
