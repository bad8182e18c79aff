/* account: the acts on accounts that the program has to help, since they hash passwords or show
 * what is shown once. */
#ifndef TOLOK_ACCOUNT_H
#define TOLOK_ACCOUNT_H

struct act_call;
struct req;

void run_invitation(struct act_call *call);
void run_password(struct act_call *call);
void run_recovery(struct act_call *call);
void run_authenticator(struct act_call *call);

/* Fill hooks: the recovery codes that were just made, the link that was just made, and whether this
 * portal sends mails. */
void fill_account(struct req *req);
void fill_users(struct req *req);
void fill_invites(struct req *req);
void fill_forgot(struct req *req);

#endif
