#include "desk/account.h"

#include <string.h>

#include "desk/act.h"
#include "desk/password.h"
#include "desk/prove.h"
#include "desk/recovery.h"
#include "http/out.h"
#include "safe/secure.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

/* Shows the page again because of one field. */
static void refuse_field(struct act_call *call, const char *field, const char *word)
{
    struct act_outcome outcome = {
        .word = "invalid",
        .faults = arena_format(call->visit->req->arena, "{\"%s\":\"%s\"}", field, word)};

    act_again(call, 422, &outcome);
}

/* Whether the new password of the form is one and was typed twice; else the page has been shown
 * again. */
static bool accept_new(struct act_call *call, const char *own)
{
    const char *password = act_field(call, "new");
    const char *fault = password_fault(password, own);

    if (fault == NULL && strcmp(password, act_field(call, "repeat")) != 0)
        refuse_field(call, "repeat", "differs");
    else if (fault != NULL)
        refuse_field(call, "new", fault);
    else
        return true;
    return false;
}

/* A setting of today and the key of the form's new password. False when it was answered otherwise.
 */
static bool make_key(struct act_call *call, char setting[static SECRET_SETTING_SIZE],
                     char key[static SECRET_KEY_SIZE])
{
    secret_setting(setting);
    if (secure_key(&call->visit->req->site->config, key, act_field(call, "new"), setting))
        return true;
    out_error(call->visit->req, 503, NULL);
    return false;
}

void run_invitation(struct act_call *call)
{
    const char *invitation = route_value(&call->route, "token");
    struct act_outcome outcome = {.word = "refused"};
    char setting[SECRET_SETTING_SIZE], key[SECRET_KEY_SIZE], *token = act_token(call);

    if (act_is_late(call))
        return;
    const PGresult *found = act_ask(call, "act.invitation_find", &invitation, 1, true);
    if (found == NULL)
        return;
    if (PQntuples(found) == 0) {
        act_again(call, 410, &outcome);
        return;
    }
    const char *own = arena_format(call->visit->req->arena, "%s %s", db_value(found, "email"),
                                   db_value(found, "name"));
    if (!accept_new(call, own) || !make_key(call, setting, key))
        return;
    const char *values[] = {invitation, setting, key, token};
    bool answered = act_do(call, "act.invitation_accept", values, 4, &outcome);
    secret_wipe(key, sizeof key);
    if (answered && act_is(&outcome, "done")) {
        visit_token(call->visit, token);
        visit_go(call->visit, "/masuk/daftar-kode");
    } else if (answered) {
        act_again(call, 410, &outcome);
    }
}

void run_password(struct act_call *call)
{
    struct act_outcome outcome;
    char setting[SECRET_SETTING_SIZE], new_key[SECRET_KEY_SIZE], key[SECRET_KEY_SIZE];
    const char *values[] = {NULL, NULL, setting, new_key};

    if (!accept_new(call, "") || !prove_password(call, values, key))
        return;
    if (make_key(call, setting, new_key) &&
        act_do(call, "act.password_change", values, 4, &outcome))
        act_finish(call, &outcome);
    secret_wipe(key, sizeof key);
    secret_wipe(new_key, sizeof new_key);
}

void run_recovery(struct act_call *call)
{
    struct act_outcome outcome;
    char key[SECRET_KEY_SIZE];
    const char *values[] = {NULL, NULL, NULL};

    if (!prove_password(call, values, key))
        return;
    values[2] = recovery_make(call);
    bool answered = act_do(call, "act.recovery_renew", values, 3, &outcome);
    secret_wipe(key, sizeof key);
    if (answered && act_is(&outcome, "done")) {
        act_again(call, 200, &outcome);
    } else if (answered) {
        call->recovery = NULL;
        act_finish(call, &outcome);
    }
}

void run_authenticator(struct act_call *call)
{
    struct act_outcome outcome;
    char key[SECRET_KEY_SIZE];
    const char *token = act_token(call);
    const char *values[] = {
        NULL, NULL, config_mails(&call->visit->req->site->config) ? "true" : "false", token};

    if (!prove_password(call, values, key))
        return;
    bool answered = act_do(call, "act.authenticator_renew", values, 4, &outcome);
    secret_wipe(key, sizeof key);
    if (answered && act_is(&outcome, "done")) {
        visit_token(call->visit, token);
        visit_go(call->visit, "/masuk/daftar-kode");
    } else if (answered) {
        act_finish(call, &outcome);
    }
}

void fill_account(struct req *req)
{
    recovery_show(req);
}

void fill_users(struct req *req)
{
    const struct visit *visit = req->own;
    const char *token = visit->call != NULL && req->shown == 200 ? visit->call->token : NULL;
    const char *site = req->site->config.site;
    struct buf link = {0};

    if (token != NULL) {
        const char *path = arena_format(req->arena, "/undangan/%s", token);
        buf_text(&link, site != NULL ? site : "");
        lang_address(&link, lang_codes[0], path, strlen(path));
    }
    doc_add_text(req->arena, req->document, "link",
                 token != NULL ? arena_copy(req->arena, link.data, link.len) : NULL);
    buf_free(&link);
}

void fill_invites(struct req *req)
{
    const char *site = req->site->config.site;

    doc_add_text(req->arena, req->document, "links_from",
                 arena_format(req->arena, "%s/undangan/", site != NULL ? site : ""));
    doc_add_flag(req->arena, req->document, "mailing", config_mails(&req->site->config));
}

void fill_forgot(struct req *req)
{
    doc_add_flag(req->arena, req->document, "mailing", config_mails(&req->site->config));
}
