/* act: what acts are made of. An act calls one function of schema act in one transaction that
 * act.enter begins, and is answered by what that function says, a data.outcome
 * (sql/schema/62_win.sql):
 *
 *   done        303 to `then`
 *   signed_out  the page that asks to sign in, 403, after which the form goes on (resume.h)
 *   forbidden   404: what somebody may not see is not there
 *   unproved    the page that asks once more who it is, 403; its form goes on to the act with all
 *               that was typed (prove.h)
 *   others      the page it belongs to once more, with what was typed: 409 for conflict, state and
 *               key_used, 422 for all others
 *
 * Only a page that is a form (struct page) can be shown again; an act of another page is answered
 * with the error page of 409. A form without the session's CSRF token gets 403: it is not ours.
 * Where the browser says that it comes from a page of ours, it is from before signing in or out,
 * and goes on in the same way. `sent` is what was typed, {"title": "..."}, without secrets; a list
 * is an array. `answer` is the outcome:
 * {"outcome": "invalid", "id": 7, "n": 1, "row_version": 3, "faults": {"title": "long"}}.
 *
 * A function is called again after a lost connection when its form has an idempotency key, the
 * field `key`: the second call then finds what the first one did. */
#ifndef TOLOK_ACT_H
#define TOLOK_ACT_H

#include <stdbool.h>
#include <stddef.h>

#include "desk/act_entry.h"
#include "desk/form.h"
#include "desk/visit.h"
#include "http/page.h"
#include "http/route.h"

/* An act that is being done. */
struct act_call {
    struct visit *visit;
    const struct act *act;
    struct route route;      /* what its path took */
    const char *path;        /* its address, without language */
    struct form form;        /* the declared fields that were sent */
    const struct page *page; /* the page it belongs to, and the values of that page's functions */
    const char **values;
    const char *sent;  /* what is shown in the place of the fields that were sent, or NULL */
    const char *token; /* the token that was made for the act, or NULL */
    /* The same token sealed, for the mail with its link, or NULL: no mail is sent. */
    const char *sealed;
    const char **recovery; /* the recovery codes that were made, or NULL */
};

/* What a function of schema act said; texts belong to the arena. */
struct act_outcome {
    const char *word;                          /* "done" */
    const char *id, *n, *row_version, *faults; /* NULL: none */
};

/* A field as it was sent; "" when it was not. */
const char *act_field(const struct act_call *call, const char *name);

/* For acts that hash: whether so many are waiting to sign in that this one has waited too long
 * (five seconds). Then it has been answered, with 503, before any work was done for it, so that the
 * line moves on and nobody waits in vain until the web server gives up. */
bool act_is_late(struct act_call *call);

/* A new random token for the act. */
char *act_token(struct act_call *call);

/* Runs one function in a transaction of its own. NULL when it could not be: then that has been
 * answered. The result belongs to the arena. */
const PGresult *act_ask(struct act_call *call, const char *function, const char *const *values,
                        size_t count, bool again);

/* The same for one that returns a data.outcome. */
bool act_do(struct act_call *call, const char *function, const char *const *values, size_t count,
            struct act_outcome *outcome);

/* Another page in the place of the one that the act belongs to, one without parameters of its own,
 * or that one again. */
void act_page(struct act_call *call, const char *name);

/* The page once more, with that status. */
void act_again(struct act_call *call, int status, const struct act_outcome *outcome);

/* Answers an act whose sender has not signed in, or has signed in anew since the form was made: by
 * the page that asks to sign in, with what was sent in it (resume.h). */
void act_resume(struct act_call *call);

/* Whether the outcome has that word. */
bool act_is(const struct act_outcome *outcome, const char *word);

/* The address of a pattern, with what the outcome, if there is one, or the act's own path has for
 * its names. */
const char *act_path(const struct act_call *call, const char *pattern,
                     const struct act_outcome *outcome);

/* Answers by the outcome, as above. */
void act_finish(struct act_call *call, const struct act_outcome *outcome);

/* Goes on with page `name`, the next step of signing in, when a form waits. False: none does. */
bool act_step(struct act_call *call, const char *name);

#endif
