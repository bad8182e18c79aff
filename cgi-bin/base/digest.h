/* digest: SHA-256, as 64 lower-case hexadecimal digits. */
#ifndef TOLOK_DIGEST_H
#define TOLOK_DIGEST_H

#include <stddef.h>

enum { DIGEST_SIZE = 65 };

/* Writes the digest of the len bytes and a NUL. bytes may be NULL when len is 0. */
void digest_hex(char out[static DIGEST_SIZE], const void *bytes, size_t len);

#endif
