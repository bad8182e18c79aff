/* sign_in: the acts of signing in and out, which the program has to help: it hashes passwords and
 * judges codes. */
#ifndef TOLOK_SIGN_IN_H
#define TOLOK_SIGN_IN_H

struct act_call;
struct req;

void run_sign_in(struct act_call *call);
void run_code(struct act_call *call);
void run_enrol(struct act_call *call);
void run_sign_out(struct act_call *call);

/* The fill hook of page enrol: a new secret, or after a wrong code the one of before. */
void fill_enrol(struct req *req);

#endif
