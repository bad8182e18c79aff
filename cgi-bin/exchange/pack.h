/* pack: a package, be it a folder or a zip of one, as a set of named byte strings. Nothing is ever
 * written to disk, and no name of an archive is used as a path. */
#ifndef TOLOK_PACK_H
#define TOLOK_PACK_H

#include "exchange/pack_set.h"

/* Reads the folder or zip at path. NULL when that worked, though entries may have been reported as
 * faults and left out; else one sentence on why nothing can be read. What pack points at belongs to
 * the arena. */
const char *pack_read(struct pack *pack, struct arena *arena, const char *path,
                      pack_fault_fn *fault, void *context);

#endif
