/* worker: a FastCGI process, which takes one connection after another from a socket that it shares
 * with others. */
#ifndef TOLOK_WORKER_H
#define TOLOK_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "http/req.h"

/* Answers the request in the variables; what it sends goes to `send` and its body comes from
 * `take`, each with `peer`, as in struct req. */
typedef void worker_answer(const struct site *site, char *const *variables, req_send *send,
                           req_take *take, void *peer);

/* Serves connections of the listening socket until it gets SIGTERM or SIGINT, its supervisor dies,
 * or it has served config.requests; the request in hand is always finished. Returns the status of
 * the process: 0 done, 1 could not start.
 *
 * While nobody waits, at its start for the first time, it makes the database ready for its pages,
 * step by step. Under full load it does not: what it would take then from those who wait is more
 * than it would save them. A connection that is silent is closed after a second, and what is no
 * request at once. One that can not be accepted, because no file descriptor or memory is left, is
 * tried again ten times a second. A request that takes longer than config.timeout to come and to be
 * answered ends the process with a line in the log. */
int worker_run(const struct site *site, int listening, worker_answer *answer);

#endif
