/* recovery: the recovery codes of an account, which are shown once, when they are made. */
#ifndef TOLOK_RECOVERY_H
#define TOLOK_RECOVERY_H

struct act_call;
struct req;

/* Makes them, which become call->recovery; returns them as an array of SQL. */
const char *recovery_make(struct act_call *call);

/* Adds them to the page's document as the list `codes`; null where none were made. */
void recovery_show(struct req *req);

#endif
