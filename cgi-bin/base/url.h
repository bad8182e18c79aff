/* url: percent-decoding, query strings, and the way back. Pure functions; anything may come in. */
#ifndef TOLOK_URL_H
#define TOLOK_URL_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* What is wrong with a piece of an address. */
enum url_fault {
    URL_FINE,
    URL_BAD_ESCAPE, /* '%' without two hexadecimal digits after it */
    URL_BAD_UTF8,   /* not well-formed UTF-8, or a NUL */
    URL_FAULT_MAX
};

/* One name=value of a query string, in its order. */
struct url_pair {
    const char *name;     /* decoded; "" when the name is not well-formed */
    const char *value;    /* decoded; "" when there is a fault */
    enum url_fault fault; /* of the value */
};

/* Decodes the len bytes at s once: %XX, and '+' as a blank. The text belongs to the arena; on a
 * fault it is "". */
const char *url_decode(struct arena *arena, const char *s, size_t len, enum url_fault *fault);

/* Splits a raw query string ("a=1&b=%41") and decodes its parts. Returns the number of pairs;
 * *pairs belongs to the arena. A part without '=' is a name with an empty value; an empty part is
 * left out. */
size_t url_query(struct arena *arena, const char *query, struct url_pair **pairs);

/* Adds a decoded path as it stands in an address: bytes other than letters, digits and
 * "/-._~:@!$&()*,;=" escaped. */
void url_path(struct buf *out, const char *path);

/* Adds name=value to a query string, with '&' before it unless it is the first. Encoded as links on
 * our pages are, by ctemplate's {{value:u}}: a blank is '+', bytes other than letters, digits and
 * "-._~!()*,/" are escaped. */
void url_add(struct buf *query, const char *name, const char *value);

#endif
