/* lang: the languages of the pages, and how an address says which one is wanted. The first is the
 * language that the templates are written in; its addresses are plain. Those of another begin with
 * its code: /en/kota is /kota in English. There is no other content negotiation about languages. */
#ifndef TOLOK_LANG_H
#define TOLOK_LANG_H

#include "base/buf.h"

/* The codes, "id" first; NULL ends them. */
extern const char *const lang_codes[];

/* The language that a path asks for; *rest becomes the same path in the first language, a part of
 * `path` or "/". */
const char *lang_of(const char *path, const char **rest);

/* Adds the address, len bytes that begin with '/' and ask for the first language, as one that asks
 * for lang. */
void lang_address(struct buf *out, const char *lang, const char *address, size_t len);

#endif
