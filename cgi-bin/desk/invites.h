/* invites: many invitations at once. Each line, or each account that has not come, is an act of its
 * own: what is sound goes out, and the page shows what became of each, in the answer's faults:
 * {"rows": [{"number": 3, "text": "..", "outcome": "invalid", "id": null, "faults": {..},
 * "token": ""}]}. Sent once more, each has the link that it had. */
#ifndef TOLOK_INVITES_H
#define TOLOK_INVITES_H

struct act_call;

/* Of the field `list`, one a line; those after 200 lines stay there. */
void run_invites(struct act_call *call);

/* A new link for everybody who was invited days ago and has not come. */
void run_reminders(struct act_call *call);

#endif
