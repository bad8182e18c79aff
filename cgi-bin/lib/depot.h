/* depot: files of visitors on disk, each once, under the SHA-256 of its bytes and nothing else. The folder lies outside of
 * everything that the web server shows. A file that is there is whole, since it gets its name after its bytes and the
 * folder have reached the disk; it is never written again. */
#ifndef TOLOK_DEPOT_H
#define TOLOK_DEPOT_H

#include <stdbool.h>
#include <stddef.h>

enum { DEPOT_NAME_SIZE = 65 };  /* 256 bits in hexadecimal digits, and the NUL */

enum depot_outcome {
    DEPOT_KEPT,
    DEPOT_FULL,    /* no room on the disk */
    DEPOT_FAILED,  /* the folder can not be written: logged */
    DEPOT_OUTCOME_MAX
};

/* The name of those bytes. */
void depot_name(char name[static DEPOT_NAME_SIZE], const char *bytes, size_t len);

/* Keeps the bytes in the folder, which exists, and sets the name. Bytes that are there already are only compared; a file that
 * was damaged is replaced. */
enum depot_outcome depot_keep(const char *folder, const char *bytes, size_t len, char name[static DEPOT_NAME_SIZE]);

/* Whether the folder has a whole file of that name. */
bool depot_has(const char *folder, const char *name);

#endif
