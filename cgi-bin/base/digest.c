#include "base/digest.h"

#include <sodium.h>

_Static_assert(DIGEST_SIZE == 2 * crypto_hash_sha256_BYTES + 1, "two digits a byte and the NUL");

void digest_hex(char out[static DIGEST_SIZE], const void *bytes, size_t len)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, len > 0 ? bytes : (const unsigned char *)"", len);
    sodium_bin2hex(out, DIGEST_SIZE, hash, sizeof hash);
}
