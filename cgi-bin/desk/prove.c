#include "desk/prove.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "desk/act.h"
#include "http/out.h"
#include "safe/otp.h"
#include "safe/secure.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

/* Counts a try and says how it is judged. NULL when it was answered otherwise. */
static const PGresult *begin(struct act_call *call)
{
    static const char *const standard[] = {SECRET_STANDARD};
    struct act_outcome outcome = {.word = "throttled"};
    const PGresult *how =
        !act_is_late(call) ? act_ask(call, "act.confirm_begin", standard, 1, true) : NULL;

    if (how == NULL)
        return NULL;
    outcome.n = db_value(how, "wait");
    if (PQntuples(how) == 0)
        act_resume(call);
    else if (db_value(how, "setting") == NULL)
        act_again(call, 429, &outcome);
    else
        return how;
    return NULL;
}

void prove_later(struct act_call *call, const char *attempt)
{
    if (act_ask(call, "act.sign_in_back", &attempt, 1, true) != NULL)
        out_error(call->visit->req, 503, NULL);
}

/* The key of what was typed. False when that has been answered: all places for hashing are taken.
 */
static bool make_key(struct act_call *call, const PGresult *how, const char *typed,
                     char key[static SECRET_KEY_SIZE])
{
    if (secure_key(&call->visit->req->site->config, key, typed, db_value(how, "setting")))
        return true;
    prove_later(call, db_value(how, "attempt"));
    return false;
}

bool prove_password(struct act_call *call, const char **values, char key[static SECRET_KEY_SIZE])
{
    const PGresult *how = begin(call);

    if (how == NULL || !make_key(call, how, act_field(call, "password"), key))
        return false;
    values[0] = db_value(how, "attempt");
    values[1] = key;
    return true;
}

/* Whether it looks like a one-time code; no password is that short. */
static bool is_code(const char *typed)
{
    size_t digits = 0;

    for (; *typed != '\0'; typed++) {
        if (*typed >= '0' && *typed <= '9')
            digits++;
        else if (*typed != ' ')
            return false;
    }
    return digits == OTP_CODE_SIZE - 1;
}

/* The step of a right code as text, "0" for a wrong one. */
static const char *judge_code(struct act_call *call, const PGresult *how, const char *typed)
{
    const char *sealed = db_value(how, "sealed");
    char secret[SECRET_TEXT_MAX + 1];
    long used = 0, step = 0;

    str_int(db_value(how, "counter"), 0, LONG_MAX, &used);
    if (sealed != NULL && secure_open(&call->visit->req->site->config, secret, sealed, SECRET_CODES,
                                      db_value(how, "email")))
        step = otp_step(secret, typed, time(NULL), used);
    secret_wipe(secret, sizeof secret);
    return arena_format(call->visit->req->arena, "%ld", step);
}

bool prove_take(struct act_call *call)
{
    const char *typed = act_field(call, "proof");
    const char *values[] = {NULL, NULL, NULL};
    char key[SECRET_KEY_SIZE] = "";
    struct act_outcome outcome;

    act_page(call, "prove");
    const PGresult *how = begin(call);
    if (how == NULL || (!is_code(typed) && !make_key(call, how, typed, key)))
        return false;
    values[0] = db_value(how, "attempt");
    values[1] = key;
    values[2] = is_code(typed) ? judge_code(call, how, typed) : NULL;
    bool answered = act_do(call, "act.prove", values, 3, &outcome);
    secret_wipe(key, sizeof key);
    if (answered && act_is(&outcome, "done")) {
        act_page(call, call->act->page);
        return true;
    }
    if (answered)
        act_finish(call, &outcome);
    return false;
}

static const char *address_of(struct req *req, const char *path)
{
    struct buf out = {0};

    lang_address(&out, req->lang, path, strlen(path));
    const char *address = arena_copy(req->arena, out.data, out.len);
    buf_free(&out);
    return address;
}

void fill_prove(struct req *req)
{
    const struct visit *visit = req->own;

    doc_add_text(req->arena, req->document, "action_path", address_of(req, visit->call->path));
    doc_add_text(req->arena, req->document, "back_path", address_of(req, req->path));
}
