/* depot: a content-addressed store: files of visitors, each once, named by its SHA-256 alone. The
 * folder lies outside of everything that the web server shows. A file that is there is whole, since
 * it gets its name after its bytes and the folder have reached the disk; it is never written again.
 */
#ifndef TOLOK_DEPOT_H
#define TOLOK_DEPOT_H

#include <stdbool.h>
#include <stddef.h>

enum { DEPOT_NAME_SIZE = 65 }; /* 256 bits in hexadecimal digits, and the NUL */

enum depot_outcome {
    DEPOT_KEPT,
    DEPOT_FULL,   /* no room on the disk */
    DEPOT_FAILED, /* the folder can not be written: logged */
    DEPOT_OUTCOME_MAX
};

/* The name of those bytes. */
void depot_name(char name[static DEPOT_NAME_SIZE], const char *bytes, size_t len);

/* Keeps the bytes in the folder, which exists, and sets the name. Bytes that are there already are
 * only compared; a file that was damaged is replaced. */
enum depot_outcome depot_keep(const char *folder, const char *bytes, size_t len,
                              char name[static DEPOT_NAME_SIZE]);

/* Whether the folder has a whole file of that name. */
bool depot_has(const char *folder, const char *name);

/* Opens the folder and locks it: until the descriptor is closed depot_keep waits in every process.
 * -1 when it can not be opened: logged. A caller that knows which names are in use may meanwhile
 * remove others (garbage collection), as depot_keep renews the time of a file that was there. */
int depot_hold(const char *folder);

/* Calls `visit` with each file in the folder: its name, the seconds since it was kept last, and its
 * bytes. False when not all could be read. */
bool depot_walk(int folder, void (*visit)(void *context, const char *name, long age, size_t bytes),
                void *context);

/* Removes the file of that name. */
bool depot_remove(int folder, const char *name);

#endif
