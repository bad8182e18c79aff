/* watch: what an operator's eyes ask a program: is it alive, can it work, how has it been doing.
 * The answers are for the internal listener of the web server only, which marks its requests with
 * the variable TOLOK_WATCH. */
#ifndef TOLOK_WATCH_H
#define TOLOK_WATCH_H

#include <stdbool.h>

#include "http/req.h"

/* Opens the memory that the workers of the program share, in the folder `run`; NULL for a process
 * that counts alone. The caller ends it with share_close. */
struct share *watch_open(const char *run, const char *program, const struct page *table);

/* Answers when the request came by the internal listener and its address is one of these:
 *   /healthz   200 "ok": the process lives
 *   /readyz    200 "ready", or 503 with one line for each thing that keeps it from answering pages
 *   /metrics   200 and the counters of all workers, as Prometheus reads them
 * False when it is another address or came another way: then nothing has been sent. */
bool watch_answer(struct req *req);

/* Counts an answered request in the memory that the workers share; not the answers of watch_answer.
 */
void watch_count(const struct req *req);

#endif
