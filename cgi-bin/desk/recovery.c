#include "desk/recovery.h"

#include "desk/act.h"
#include "safe/otp.h"
#include "tpl/doc.h"

const char *recovery_make(struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    const char **codes = arena_alloc(arena, OTP_RECOVERY_CODES, sizeof *codes);
    const char *array = "";

    for (size_t i = 0; i < OTP_RECOVERY_CODES; i++) {
        char *code = arena_alloc(arena, OTP_RECOVERY_SIZE, 1);
        otp_recovery(code);
        codes[i] = code;
        array = arena_format(arena, "%s%s%s", array, i > 0 ? "," : "", code);
    }
    call->recovery = codes;
    return arena_format(arena, "{%s}", array);
}

void recovery_show(struct req *req)
{
    const struct visit *visit = req->own;
    const char *const *codes = visit->call != NULL ? visit->call->recovery : NULL;
    struct doc_node *list =
        doc_add(req->arena, req->document, "codes", codes != NULL ? DOC_ARRAY : DOC_NULL);

    for (size_t i = 0; codes != NULL && i < OTP_RECOVERY_CODES; i++)
        doc_add_text(req->arena, list, NULL, codes[i]);
}
