/* pack_zip: a package as a zip archive. */
#ifndef TOLOK_PACK_ZIP_H
#define TOLOK_PACK_ZIP_H

#include "base/buf.h"
#include "exchange/pack_set.h"

/* As pack_read (pack.h), of the len bytes of a zip archive. */
const char *pack_unzip(struct pack *pack, struct arena *arena, const char *bytes, size_t len,
                       pack_fault_fn *fault, void *context);

/* Adds a zip archive of the pack's files, in their order, in a folder of that name: the same bytes
 * for the same files. */
void pack_zip(struct buf *out, const struct pack *pack, const char *folder);

#endif
