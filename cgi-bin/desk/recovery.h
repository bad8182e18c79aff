/* recovery: the recovery codes of an account, which are shown once, when they are made. */
#ifndef TOLOK_RECOVERY_H
#define TOLOK_RECOVERY_H

struct act_call;
struct tpl_dict;

/* Makes them, which become call->recovery; returns them as an array of SQL. */
const char *recovery_make(struct act_call *call);

/* Adds them to a page as the rows of section `codes`. */
void recovery_show(struct tpl_dict *view, const struct act_call *call);

#endif
