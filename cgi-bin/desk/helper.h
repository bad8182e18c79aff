/* helper: runs a program of a Debian package on some bytes, in a process of its own that has
 * little: no open file of ours, no socket, an environment of a few words, limits of memory, time
 * and output, and only those calls of the kernel and those files that it needs (confine.h). What a
 * stranger sends is taken apart there, and not in the worker, which knows sessions.
 */
#ifndef TOLOK_HELPER_H
#define TOLOK_HELPER_H

#include <stddef.h>

#include "base/buf.h"

enum helper_end {
    HELPER_DONE,    /* it ended with status 0 */
    HELPER_REFUSED, /* with another one: it can not do that with these bytes */
    HELPER_STOPPED, /* a limit of processor, memory or output ended it */
    HELPER_FAILED   /* it could not be started, or did not end in time; the log says which */
};

/* Runs argv[0] of /usr/bin, which reads the len bytes from its standard input,
 * a file that it may also open again and go about in. What it writes is put into *out, a buffer of
 * the caller's, when it is done; a program's messages go nowhere. It has HELPER_SECONDS of a
 * processor, eight times as many by the clock, HELPER_MEMORY bytes, and room for HELPER_OUTPUT
 * bytes. */
enum helper_end helper_run(const char *const *argv, const char *bytes, size_t len, struct buf *out);

enum { HELPER_SECONDS = 4, HELPER_MEMORY = 512 * 1024 * 1024, HELPER_OUTPUT = 12 * 1024 * 1024 };

#endif
