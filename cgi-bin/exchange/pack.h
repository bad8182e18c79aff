/* pack: a package, be it a folder or a zip of one, as a set of named byte strings. Nothing is ever
 * written to disk, and no name of an archive is used as a path. */
#ifndef TOLOK_PACK_H
#define TOLOK_PACK_H

#include <stddef.h>

struct arena;

enum { PACK_FILES_MAX = 20, PACK_BYTES_MAX = 100 * 1000 * 1000 };

struct pack_file {
    const char *name; /* without the folder; any bytes but '/' */
    const char *bytes;
    size_t len;
};

struct pack {
    struct pack_file files[PACK_FILES_MAX]; /* in byte order of name */
    size_t count;
};

/* Is told what is wrong with one entry. name is the entry's whole name as the package has it. */
typedef void pack_fault_fn(void *context, const char *name, const char *fault);

/* Reads the folder or zip at path. NULL when that worked, though entries may have been reported as
 * faults and left out; else one sentence on why nothing can be read. What pack points at belongs to
 * the arena. */
const char *pack_read(struct pack *pack, struct arena *arena, const char *path,
                      pack_fault_fn *fault, void *context);

/* The same for the len bytes of a zip archive. */
const char *pack_unzip(struct pack *pack, struct arena *arena, const char *bytes, size_t len,
                       pack_fault_fn *fault, void *context);

/* The file of that name, or NULL. */
const struct pack_file *pack_find(const struct pack *pack, const char *name);

#endif
