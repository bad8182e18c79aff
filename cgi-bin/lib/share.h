/* share: the little memory that all workers of a program have in common: their counters, and the gate before the
 * database. It is a file in the folder of sockets that each worker maps; where that can not be made a worker has such
 * memory for itself, and counts alone. Nothing in it is needed to answer a request. */
#ifndef TOLOK_SHARE_H
#define TOLOK_SHARE_H

#include "db.h"

struct share {
    struct db_gate gate;
};

/* Maps the file, which is made when it is not there. Never NULL. */
struct share *share_open(const char *path);

/* Ends the mapping. NULL is allowed. */
void share_close(struct share *share);

#endif
