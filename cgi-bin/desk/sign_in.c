#include "desk/sign_in.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "base/url.h"
#include "desk/act.h"
#include "desk/prove.h"
#include "desk/qr.h"
#include "desk/recovery.h"
#include "desk/resume.h"
#include "http/out.h"
#include "safe/otp.h"
#include "safe/secure.h"
#include "tpl/doc.h"

enum { GROUP = 4 };

/* Where the visitor wanted to go, when that is a page of the desk; NULL: nowhere. */
static const char *way_back(const struct act_call *call)
{
    const char *path = act_field(call, "ke");

    return visit_leads_back(call->visit, path) ? path : NULL;
}

/* On to the next step, which is told where the visitor wanted to go. */
static void go_on(struct act_call *call, const char *step)
{
    const char *back = way_back(call);
    struct buf query = {0};

    if (back != NULL)
        url_add(&query, "ke", back);
    visit_go(call->visit, query.len > 0
                              ? arena_format(call->visit->req->arena, "%s?%s", step, query.data)
                              : step);
    buf_free(&query);
}

/* Keeps the password as it is hashed now when it was hashed otherwise. If that can not be at the
 * moment, the next sign-in does it. */
static void rehash(struct act_call *call, const char *setting, const char *key)
{
    struct req *req = call->visit->req;
    char new_setting[SECRET_SETTING_SIZE], new_key[SECRET_KEY_SIZE];
    const char *values[] = {key, new_setting, new_key};
    struct db_query queries[] = {
        visit_enter(call->visit),
        {.function = "act.password_rehash", .values = values, .value_count = 3}};

    if (!secret_setting_is_old(setting))
        return;
    secret_setting(new_setting);
    if (secure_key(&req->site->config, new_key, act_field(call, "password"), new_setting) &&
        db_write(req->site->db, queries, 2, true) == DB_OK) {
        PQclear(queries[0].result);
        PQclear(queries[1].result);
    }
    secret_wipe(new_key, sizeof new_key);
}

/* Whether whoever has given their password has an authenticator, which is only asked when a form
 * waits. */
static bool has_authenticator(struct act_call *call)
{
    const PGresult *state =
        *act_field(call, "to") != '\0' ? act_ask(call, "act.code_state", NULL, 0, true) : NULL;

    return state == NULL || db_value(state, "sealed") != NULL;
}

void run_sign_in(struct act_call *call)
{
    const char *email = act_field(call, "email");
    const char *begin[] = {email, SECRET_STANDARD};
    struct act_outcome outcome;
    char key[SECRET_KEY_SIZE];
    char *token = act_token(call);

    if (act_is_late(call))
        return;
    const PGresult *how = act_ask(call, "act.sign_in_begin", begin, 2, true);
    if (how == NULL)
        return;
    const char *setting = db_value(how, "setting");
    if (setting == NULL) {
        outcome = (struct act_outcome){.word = "throttled", .n = db_value(how, "wait")};
        act_again(call, 429, &outcome);
        return;
    }
    if (!secure_key(&call->visit->req->site->config, key, act_field(call, "password"), setting)) {
        prove_later(call, db_value(how, "attempt"));
        return;
    }
    const char *values[] = {db_value(how, "attempt"), email, key, token};
    bool answered = act_do(call, "act.sign_in", values, 4, &outcome);
    if (answered && act_is(&outcome, "done")) {
        visit_token(call->visit, token);
        rehash(call, setting, key);
        if (!act_step(call, has_authenticator(call) ? "code" : "enrol"))
            go_on(call, "/masuk/kode");
    } else if (answered) {
        act_again(call, 422, &outcome);
    }
    secret_wipe(key, sizeof key);
}

/* After the second step: to where the visitor wanted to go. */
static void finish_sign_in(struct act_call *call, const struct act_outcome *outcome,
                           const char *token)
{
    const char *back = way_back(call);

    if (act_is(outcome, "done")) {
        visit_token(call->visit, token);
        visit_marked(call->visit);
        if (!act_step(call, "resume"))
            visit_go(call->visit, back != NULL ? back : "/meja");
    } else {
        act_finish(call, outcome);
    }
}

void run_code(struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    const char *typed = act_field(call, "code");
    char secret[SECRET_TEXT_MAX + 1], recovery[OTP_RECOVERY_SIZE];
    struct act_outcome outcome;
    const char *token = act_token(call);
    long used = 0;

    const PGresult *state = act_ask(call, "act.code_state", NULL, 0, true);
    if (state == NULL)
        return;
    const char *sealed = db_value(state, "sealed");
    if (db_value(state, "account") == NULL) {
        if (!act_step(call, "resume"))
            visit_sign_in(call->visit, "/meja");
        return;
    }
    if (sealed == NULL) {
        if (!act_step(call, "enrol"))
            go_on(call, "/masuk/daftar-kode");
        return;
    }
    bool is_recovery = otp_recovery_read(recovery, typed);
    if (!is_recovery && !secure_open(&call->visit->req->site->config, secret, sealed, SECRET_CODES,
                                     db_value(state, "email"))) {
        log_event(LOG_ERROR, "secret_not_opened", NULL, NULL);
        out_error(call->visit->req, 500, NULL);
        return;
    }
    str_int(db_value(state, "counter"), 0, LONG_MAX, &used);
    const char *given = is_recovery
                            ? recovery
                            : arena_format(arena, "%ld", otp_step(secret, typed, time(NULL), used));
    secret_wipe(secret, sizeof secret);
    visit_mark(call->visit);
    if (act_do(call, is_recovery ? "act.recovery_accept" : "act.code_accept",
               (const char *[]){given, token}, 2, &outcome))
        finish_sign_in(call, &outcome, token);
}

/* A secret as people read it: in groups of four. */
static const char *in_groups(struct arena *arena, const char *secret)
{
    struct buf out = {0};

    for (size_t i = 0; secret[i] != '\0'; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_char(&out, ' ');
        buf_char(&out, secret[i]);
    }
    const char *text = arena_copy(arena, buf_string(&out), out.len);
    buf_free(&out);
    return text;
}

/* The secret that is being connected: that of the session, which keeps the first one that is made
 * for it. False when there is none to connect, or no key to keep it with. */
static bool take_secret(struct req *req, char secret[static SECRET_TEXT_MAX + 1])
{
    const struct config *config = &req->site->config;
    const char *session = visit_value(req->own, "session");
    char sealed[SECRET_SEALED_SIZE];
    const char *values[] = {sealed};
    struct db_query queries[] = {
        visit_enter(req->own), {.function = "act.enrol_begin", .values = values, .value_count = 1}};

    if (session == NULL)
        return false;
    otp_secret(secret);
    if (!secure_close(config, sealed, secret, SECRET_ENROLMENT, session) ||
        db_write(req->site->db, queries, 2, true) != DB_OK)
        return false;
    const char *kept = db_value(queries[1].result, "pending");
    bool taken = kept != NULL && secure_open(config, secret, kept, SECRET_ENROLMENT, session);
    PQclear(queries[0].result);
    PQclear(queries[1].result);
    return taken;
}

/* Adds the object `enrolling`, null when there is nothing to connect. */
static void show_secret(struct req *req, bool enrolling)
{
    char secret[SECRET_TEXT_MAX + 1];
    bool taken = enrolling && take_secret(req, secret);
    struct arena *arena = req->arena;
    struct doc_node *own =
        doc_add(arena, req->document, "enrolling", taken ? DOC_OBJECT : DOC_NULL);
    struct buf uri = {0};
    int size = 0;

    if (!taken)
        return;
    doc_add_text(arena, own, "secret", in_groups(arena, secret));
    otp_uri(&uri, secret, visit_value(req->own, "email"));
    /* The template has the scheme, as no other address may be one of a link. */
    const char *rest = strchr(buf_string(&uri), ':') + 1;
    doc_add_text(arena, own, "uri", arena_copy(arena, rest, strlen(rest)));
    doc_add_text(arena, own, "qr_path", qr_path(arena, uri.data, &size));
    doc_add_text(arena, own, "qr_size", arena_format(arena, "%d", size));
    secret_wipe(secret, sizeof secret);
    secret_wipe(uri.data, uri.len);
    buf_free(&uri);
}

void fill_enrol(struct req *req)
{
    doc_add_text(req->arena, req->document, "action_path", resume_address(req));
    recovery_show(req);
    show_secret(req, !doc_has(req->document, "codes"));
}

/* The step of a right code of the session's secret, which is then sealed for the account; 0. */
static long judge_enrolment(struct act_call *call, const PGresult *state,
                            char sealed[static SECRET_SEALED_SIZE])
{
    const struct config *config = &call->visit->req->site->config;
    const char *pending = db_value(state, "pending");
    char secret[SECRET_TEXT_MAX + 1];
    long step = 0;

    if (pending != NULL &&
        secure_open(config, secret, pending, SECRET_ENROLMENT, db_value(state, "session")))
        step = otp_step(secret, act_field(call, "code"), time(NULL), 0);
    if (step > 0 && !secure_close(config, sealed, secret, SECRET_CODES, db_value(state, "email")))
        step = 0;
    secret_wipe(secret, sizeof secret);
    return step;
}

void run_enrol(struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    char sealed[SECRET_SEALED_SIZE] = "";
    const char *token = act_token(call);
    struct act_outcome outcome;

    const PGresult *state = act_ask(call, "act.code_state", NULL, 0, true);
    if (state == NULL || (db_value(state, "account") == NULL && act_step(call, "resume")))
        return;
    long step = judge_enrolment(call, state, sealed);
    const char *values[] = {sealed, arena_format(arena, "%ld", step), recovery_make(call), token};
    visit_mark(call->visit);
    if (!act_do(call, "act.code_enrol", values, 4, &outcome))
        return;
    if (act_is(&outcome, "done")) {
        visit_token(call->visit, token);
        visit_marked(call->visit);
        act_again(call, 200, &outcome);
    } else {
        call->recovery = NULL;
        act_finish(call, &outcome);
    }
}

void run_sign_out(struct act_call *call)
{
    struct act_outcome outcome;

    if (!act_do(call, "act.sign_out", NULL, 0, &outcome))
        return;
    visit_token(call->visit, "");
    visit_go(call->visit, "/masuk?keluar=ya");
}
