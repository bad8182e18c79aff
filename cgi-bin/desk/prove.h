/* prove: step-up authentication: before something grave a person shows again who they are, by their
 * password or a one-time code. */
#ifndef TOLOK_PROVE_H
#define TOLOK_PROVE_H

#include <stdbool.h>

#include "safe/secret.h"

struct act_call;
struct req;

/* What the form's field `password` proves: fills the first two values of an act, the attempt and
 * the key. False when it was answered otherwise. */
bool prove_password(struct act_call *call, const char **values, char key[static SECRET_KEY_SIZE]);

/* Answers that all places for hashing are taken: the person is asked to come back, and the attempt
 * that act.sign_in_begin began is not counted against them. */
void prove_later(struct act_call *call, const char *attempt);

/* Takes the form's field `proof`. False when it was answered otherwise; else the act goes on. */
bool prove_take(struct act_call *call);

/* The fill hook of page prove. */
void fill_prove(struct req *req);

#endif
