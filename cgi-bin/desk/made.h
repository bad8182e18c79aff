/* made: what is kept of a file that somebody sends: a document as it is, a picture written anew in
 * two sizes. */
#ifndef TOLOK_MADE_H
#define TOLOK_MADE_H

#include "desk/media.h"
#include "safe/depot.h"

struct made_bytes {
    const char *bytes; /* NULL: there are none */
    size_t len;
    char digest[DEPOT_NAME_SIZE];
};

struct made {
    const char *name;              /* under which it is offered */
    enum media_kind kind;          /* MEDIA_NONE: not known */
    struct made_bytes file, small; /* `small` is a picture for pages */
};

/* Looks at the bytes and makes of them what is kept; the name is what they were sent under. What is
 * wrong with them, or MEDIA_FINE: else `made` has their name and what was sent. All belongs to the
 * arena, or to `bytes`. */
enum media_fault made_of(struct arena *arena, const char *name, const char *bytes, size_t len,
                         struct made *made);

#endif
