/* gzip: bodies made small for the way, by zlib, for clients whose Accept-Encoding takes it (content
 * negotiation: etc/nginx). The state that this takes, about 130 kB, is set up once per process. */
#ifndef TOLOK_GZIP_H
#define TOLOK_GZIP_H

#include <stdbool.h>

#include "base/buf.h"

/* Adds the len bytes at data to out in the gzip format; the same bytes always give the same result.
 * False, after a log line and with out as it was, when zlib can not. */
bool gzip_add(struct buf *out, const char *data, size_t len);

#endif
