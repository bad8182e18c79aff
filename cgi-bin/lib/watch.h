/* watch: what an operator's eyes ask a program: is it alive, can it work, how has it been doing. The answers are for
 * the internal listener of the web server only, which marks its requests with the variable TOLOK_WATCH. */
#ifndef TOLOK_WATCH_H
#define TOLOK_WATCH_H

#include <stdbool.h>

#include "req.h"

/* Answers /healthz, /readyz and /metrics when the request came by the internal listener. False when it is another
 * address or another way: then nothing has been sent. */
bool watch_answer(struct req *req);

/* Counts an answered request in the memory that the workers share. */
void watch_count(const struct req *req);

#endif
