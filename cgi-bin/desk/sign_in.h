/* sign_in: the acts of signing in and out, which the program has to help: it hashes passwords and
 * judges codes. */
#ifndef TOLOK_SIGN_IN_H
#define TOLOK_SIGN_IN_H

#include <stdbool.h>

#include "safe/secret.h"

struct act_call;
struct req;

void run_sign_in(struct act_call *call);
void run_code(struct act_call *call);
void run_enrol(struct act_call *call);
void run_sign_out(struct act_call *call);

/* Opens a sealed secret of one-time codes. False: it was not sealed by this instance. */
bool sign_in_secret(struct act_call *call, char secret[static SECRET_TEXT_MAX + 1],
                    const char *sealed);

/* Makes recovery codes, which become call->recovery; returns them as an array of SQL. */
const char *recovery_make(struct act_call *call);

/* The fill hook of page enrol: a new secret, or after a wrong code the one of before. */
void fill_enrol(struct req *req);

#endif
