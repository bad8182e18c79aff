/* answer: how a form that was sent is answered: its act is found, its fields are read, and it is
 * done, as acts.c declares. */
#ifndef TOLOK_ANSWER_H
#define TOLOK_ANSWER_H

#include <stdbool.h>

struct act_call;
struct req;
struct visit;

/* The path of the page whose form sends to the address that is asked for, which is none of a page;
 * NULL when no form does. Belongs to the arena. */
const char *answer_page(struct visit *visit);

/* Whether a path, without language, is that of an act of a page for those who have signed in. */
bool answer_knows(struct req *req, const char *path);

/* Makes the token of a link for the act: of a form with a key the same each time it is sent as it
 * was, for the same `whom`; and seals it where mails go out. False when that has been answered. */
bool answer_link(struct act_call *call, const char *whom);

/* Answers a POST. */
void answer_act(struct visit *visit);

#endif
