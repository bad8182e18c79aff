/* pack_zip: a package as a zip archive. */
#ifndef TOLOK_PACK_ZIP_H
#define TOLOK_PACK_ZIP_H

#include "exchange/pack_set.h"

/* As pack_read (pack.h), of the len bytes of a zip archive. */
const char *pack_unzip(struct pack *pack, struct arena *arena, const char *bytes, size_t len,
                       pack_fault_fn *fault, void *context);

#endif
