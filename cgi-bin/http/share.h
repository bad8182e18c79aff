/* share: the little memory that all workers of a program have in common: their counters, and
 * the gate before the database. It is a file in the folder of sockets that each
 * worker maps; where that can not be made a worker has such memory for itself, and counts alone.
 * Nothing in it is needed to answer a request. */
#ifndef TOLOK_SHARE_H
#define TOLOK_SHARE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

/* What is counted for the program as a whole. Times are microseconds. */
enum share_count {
    SHARE_PARSE_US,
    SHARE_QUERY_US,
    SHARE_FILL_US,
    SHARE_RENDER_US,
    SHARE_SEND_US, /* in the order of enum req_phase */
    SHARE_BYTES,
    SHARE_PACKED,
    SHARE_REROUTES,
    SHARE_DROPPED,
    SHARE_STARTS,
    SHARE_ENDS,
    SHARE_CRASHES,
    SHARE_WATCHDOGS, /* workers that were told to end, that crashed, that hung */
    SHARE_COUNTS
};

enum { SHARE_STATUSES = 20, SHARE_BUCKETS = 13, SHARE_MARK_SIZE = 88 };

/* Answers of one page. watch_metrics.c decides which status and which time an index stands for. */
struct share_page {
    _Atomic uint64_t by_status[SHARE_STATUSES];
    _Atomic uint64_t by_time[SHARE_BUCKETS];
    _Atomic uint64_t us; /* microseconds that all of them took */
};

struct share {
    char mark[SHARE_MARK_SIZE]; /* what the file is and whom it fits: another mark is another layout
                                 */
    uint64_t size;              /* bytes of all this */
    uint64_t since;             /* seconds since 1970 when it was made */
    struct db_gate gate;
    _Atomic uint64_t counts[SHARE_COUNTS];
    struct share_page pages[];
};

/* Maps the file at path, which is made when it is not there. `layout` is a text that differs
 * whenever the meaning of an index does; a file for another layout or of an earlier boot is
 * replaced by a new one, which leaves its users theirs. There is room for `pages` pages. With NULL
 * for the path, and after a log line where there can be no such file, the memory is this process's
 * alone. Never NULL. */
struct share *share_open(const char *path, const char *layout, size_t pages);

/* True when this process counts alone although others may be counting: its memory is not in the
 * file that is at the path given to share_open. False without a path. */
bool share_is_alone(void);

/* Ends the mapping. NULL is allowed. */
void share_close(struct share *share);

/* Adds n to a count. Each addition takes the line of memory from the other processors, so nothing
 * is not added. */
static inline void share_add(_Atomic uint64_t *count, uint64_t n)
{
    if (n != 0)
        atomic_fetch_add_explicit(count, n, memory_order_relaxed);
}

/* Counts this process as a started worker. Once in a process. */
void share_join(struct share *share);

/* Counts the end of this worker: SHARE_ENDS, SHARE_CRASHES or SHARE_WATCHDOGS. Safe in a signal
 * handler; nothing happens before share_join or a second time. */
void share_leave(enum share_count how);

#endif
