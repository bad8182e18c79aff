/* visit: who is asking. A browser is known by a random token in its cookie. The database alone says
 * whether that is a session, and of whom: act.enter, which comes first in every transaction.
 * A visitor who has not signed in has such a token too, as soon as they see a form: the form's CSRF
 * token is made from it. Every step of signing in makes a new one. */
#ifndef TOLOK_VISIT_H
#define TOLOK_VISIT_H

#include <stdbool.h>

#include "http/page.h"
#include "http/req.h"

struct act_call;

struct visit {
    struct req *req;
    struct act_call *call; /* the act that is being done, or NULL */
    bool local; /* by plain http on this machine: the only way on which a cookie may be without
                   `Secure` */
    const char *token;    /* "" without a cookie of ours */
    const char *enter[5]; /* the values of act.enter */
    struct db_query entrance;
};

/* Reads who is asking from the request's variables; it becomes req->own and belongs to the arena.
 */
struct visit *visit_open(struct req *req);

/* A query of act.enter for a transaction of its own. */
struct db_query visit_enter(const struct visit *visit);

/* After page_ask: a column of act.enter, or NULL; whether the visitor may open the page. When they
 * may not, they are sent on to where they can. */
const char *visit_value(const struct visit *visit, const char *column);
bool visit_admit(struct visit *visit);

/* The layout hook of all pages (struct req): makes sure that the browser has a token, and adds what
 * desk.h says. */
void visit_layout(struct req *req);

/* The hook of error pages: the menu of who has signed in, where the database can say who that is;
 * else they are `signed_out`, or `unknown`. */
void visit_error_layout(struct req *req);

/* Whether a form comes from a page of ours in this browser: by the headers of the request, and by
 * its field `form`. */
bool visit_is_ours(const struct visit *visit, const char *form);

/* Whether the browser says that the form comes from a page of ours, whatever token it has. */
bool visit_is_near(const struct visit *visit);

/* Gives the browser this token from now on, or "": forgets the one it has. */
void visit_token(struct visit *visit, const char *token);

/* Before the last step of signing in: the browser's mark, by which the database knows it again when
 * others try passwords from the same place; a new one where it has none. After it: the browser
 * keeps it, for half a year from now. It opens nothing. */
void visit_mark(struct visit *visit);
void visit_marked(struct visit *visit);

/* Sends the visitor on to a path of ours, in their language. */
void visit_go(struct visit *visit, const char *path);

/* To the sign-in, and from there back to a page. */
void visit_sign_in(struct visit *visit, const char *path);

/* Whether a path (perhaps with a query) is that of a page for those who have signed in. */
bool visit_leads_back(const struct visit *visit, const char *path);

#endif
