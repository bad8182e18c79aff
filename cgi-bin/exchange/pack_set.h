/* pack_set: the files of a package as named byte strings. */
#ifndef TOLOK_PACK_SET_H
#define TOLOK_PACK_SET_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { PACK_FILES_MAX = 40, PACK_BYTES_MAX = 100 * 1000 * 1000 };

struct pack_file {
    const char *name; /* without the folder; any bytes but '/' */
    const char *bytes;
    size_t len;
};

struct pack {
    struct pack_file files[PACK_FILES_MAX]; /* in byte order of name */
    size_t count;
    const char *extra; /* the first of what was left aside (pack_is_extra); NULL: nothing */
    size_t extras;     /* how many there were */
};

/* Whether systems add a file of that path by themselves, which nobody chose: __MACOSX/, ._NAME,
 * .DS_Store, Thumbs.db, desktop.ini, .~lock.NAME#. */
bool pack_is_extra(const char *path);

/* Counts one that is left aside. */
void pack_leave(struct pack *pack, struct arena *arena, const char *path);

/* Adds a file, of which there are fewer than PACK_FILES_MAX; copies belong to the arena. */
void pack_add(struct pack *pack, struct arena *arena, const char *name, const char *bytes,
              size_t len);

/* Brings them into order. */
void pack_sort(struct pack *pack);

/* The file of that name, or NULL. */
const struct pack_file *pack_find(const struct pack *pack, const char *name);

/* Is told what is wrong with one entry. name is the entry's whole name as the package has it. */
typedef void pack_fault_fn(void *context, const char *name, const char *fault);

#endif
