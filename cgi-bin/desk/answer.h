/* answer: how a form that was sent is answered: its act is found, its fields are read, and it is
 * done, as acts.c declares. */
#ifndef TOLOK_ANSWER_H
#define TOLOK_ANSWER_H

#include <stdbool.h>

struct req;
struct visit;

/* Whether the address is that of an act. */
bool answer_takes(struct req *req);

/* Answers a POST. */
void answer_act(struct visit *visit);

#endif
