#include "desk/recovery.h"

#include "desk/act.h"
#include "safe/otp.h"
#include "tpl/tpl.h"

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

void recovery_show(struct tpl_dict *view, const struct act_call *call)
{
    for (size_t i = 0; i < OTP_RECOVERY_CODES; i++) {
        struct tpl_dict *row = tpl_row(view, "codes");
        tpl_value(row, "recovery_code", call->recovery[i]);
    }
}
