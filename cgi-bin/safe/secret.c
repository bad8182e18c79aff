#include "safe/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum {
    RANDOM_BYTES = 32,
    BASE64URL = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    BASE64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
    MEMORY_MIN = 8 * 1024,
    MEMORY_MAX = 256 * 1024,
    TIMES_MAX = 10 /* KiB */
};

_Static_assert(SECRET_TOKEN_SIZE == sodium_base64_ENCODED_LEN(RANDOM_BYTES, BASE64URL),
               "a token is 32 bytes");
/* What is sealed begins with a random nonce and ends with what proves it. */
enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    AROUND = NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES
};

_Static_assert(SECRET_LOCK_BYTES == crypto_kdf_KEYBYTES, "keys are derived from a lock");
_Static_assert(SECRET_LOCK_BYTES == crypto_secretbox_KEYBYTES &&
                   NONCE == crypto_secretbox_NONCEBYTES &&
                   AROUND == NONCE + crypto_secretbox_MACBYTES,
               "what was sealed before has the same parts");
_Static_assert(SECRET_SEALED_SIZE >= sodium_base64_ENCODED_LEN(AROUND + SECRET_TEXT_MAX, BASE64URL),
               "there is room for what is sealed");

/* Random bytes are worth nothing unless the library is ready. */
static void fill_random(void *bytes, size_t len)
{
    if (sodium_init() < 0)
        abort();
    randombytes_buf(bytes, len);
}

void secret_token(char out[static SECRET_TOKEN_SIZE])
{
    unsigned char bytes[RANDOM_BYTES];

    fill_random(bytes, sizeof bytes);
    sodium_bin2base64(out, SECRET_TOKEN_SIZE, bytes, sizeof bytes, BASE64URL);
    secret_wipe(bytes, sizeof bytes);
}

/* What follows from a token for one purpose, and tells nothing of it. */
static void follow(char out[static SECRET_TOKEN_SIZE], const char *token, const char *purpose,
                   const char *about)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, (const unsigned char *)token, strlen(token));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)about, strlen(about));
    crypto_auth_hmacsha256_final(&state, mac);
    secret_wipe(&state, sizeof state);
    sodium_bin2base64(out, SECRET_TOKEN_SIZE, mac, sizeof mac, BASE64URL);
    secret_wipe(mac, sizeof mac);
}

void secret_form(char out[static SECRET_TOKEN_SIZE], const char *token)
{
    follow(out, token, "form", "");
}

void secret_link(char out[static SECRET_TOKEN_SIZE], const char *token, const char *about)
{
    follow(out, token, "link ", about);
}

bool secret_same(const char *a, const char *b)
{
    size_t len = strlen(a);

    return len == strlen(b) && sodium_memcmp(a, b, len) == 0;
}

void secret_setting(char out[static SECRET_SETTING_SIZE])
{
    unsigned char salt[crypto_pwhash_SALTBYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof salt, BASE64)];

    fill_random(salt, sizeof salt);
    sodium_bin2base64(text, sizeof text, salt, sizeof salt, BASE64);
    snprintf(out, SECRET_SETTING_SIZE, SECRET_STANDARD "%s", text);
}

bool secret_setting_is_old(const char *setting)
{
    return strncmp(setting, SECRET_STANDARD, strlen(SECRET_STANDARD)) != 0;
}

/* Takes `before`, a number from min to max and `after` off the text, which moves on. */
static bool take_number(const char **text, const char *before, const char *after, long min,
                        long max, long *value)
{
    char digits[12] = "";
    size_t skip = strlen(before);

    if (strncmp(*text, before, skip) != 0)
        return false;
    const char *start = *text + skip;
    size_t len = strcspn(start, after);
    if (len == 0 || len >= sizeof digits || start[len] == '\0')
        return false;
    memcpy(digits, start, len);
    *text = start + len + 1;
    return str_int(digits, min, max, value);
}

/* Reads a setting; memory in KiB. */
static bool read_setting(const char *setting, long *memory, long *times,
                         unsigned char salt[static crypto_pwhash_SALTBYTES])
{
    long lanes = 0;
    size_t len = 0;
    const char *end = NULL;

    return take_number(&setting, "$argon2id$v=19$m=", ",", MEMORY_MIN, MEMORY_MAX, memory) &&
           take_number(&setting, "t=", ",", 1, TIMES_MAX, times) &&
           take_number(&setting, "p=", "$", 1, 1, &lanes) &&
           sodium_base642bin(salt, crypto_pwhash_SALTBYTES, setting, strlen(setting), NULL, &len,
                             &end, BASE64) == 0 &&
           len == crypto_pwhash_SALTBYTES && *end == '\0';
}

bool secret_key(char out[static SECRET_KEY_SIZE], const char *password, size_t len,
                const char *setting)
{
    unsigned char salt[crypto_pwhash_SALTBYTES], key[(SECRET_KEY_SIZE - 1) / 2];
    long memory = 0, times = 0;

    *out = '\0';
    if (sodium_init() < 0 || !read_setting(setting, &memory, &times, salt))
        return false;
    bool done = crypto_pwhash(key, sizeof key, password, len, salt, (unsigned long long)times,
                              (size_t)memory * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
    if (done)
        sodium_bin2hex(out, SECRET_KEY_SIZE, key, sizeof key);
    secret_wipe(key, sizeof key);
    return done;
}

/* The key of a purpose. */
static void derive(unsigned char key[static crypto_aead_xchacha20poly1305_ietf_KEYBYTES],
                   enum secret_purpose purpose, const unsigned char lock[static SECRET_LOCK_BYTES])
{
    crypto_kdf_derive_from_key(key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, purpose,
                               "tolokkot", lock);
}

void secret_seal(char out[static SECRET_SEALED_SIZE], const char *text, enum secret_purpose purpose,
                 const char *owner, const unsigned char lock[static SECRET_LOCK_BYTES])
{
    unsigned char bytes[AROUND + SECRET_TEXT_MAX], key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    size_t len = strlen(text);

    /* A longer text would be a fault of ours; what was cut off could never be opened. */
    if (len > SECRET_TEXT_MAX)
        abort();
    fill_random(bytes, NONCE);
    derive(key, purpose, lock);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + NONCE, NULL, (const unsigned char *)text,
                                               len, (const unsigned char *)owner, strlen(owner),
                                               NULL, bytes, key);
    secret_wipe(key, sizeof key);
    sodium_bin2base64(out, SECRET_SEALED_SIZE, bytes, AROUND + len, BASE64URL);
}

/* The bytes of what was sealed; 0: it is no such text. */
static size_t read_sealed(unsigned char bytes[static AROUND + SECRET_TEXT_MAX], const char *sealed)
{
    size_t len = 0;
    const char *end = NULL;
    bool whole = sodium_base642bin(bytes, AROUND + SECRET_TEXT_MAX, sealed, strlen(sealed), NULL,
                                   &len, &end, BASE64URL) == 0 &&
                 *end == '\0';

    return whole && len >= AROUND ? len : 0;
}

bool secret_open(char out[static SECRET_TEXT_MAX + 1], const char *sealed,
                 enum secret_purpose purpose, const char *owner,
                 const unsigned char lock[static SECRET_LOCK_BYTES])
{
    unsigned char bytes[AROUND + SECRET_TEXT_MAX], key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    size_t len = read_sealed(bytes, sealed);

    memset(out, 0, SECRET_TEXT_MAX + 1);
    derive(key, purpose, lock);
    bool good = len > 0 && crypto_aead_xchacha20poly1305_ietf_decrypt(
                               (unsigned char *)out, NULL, NULL, bytes + NONCE, len - NONCE,
                               (const unsigned char *)owner, strlen(owner), bytes, key) == 0;
    secret_wipe(key, sizeof key);
    if (!good)
        *out = '\0';
    return good;
}

bool secret_open_unbound(char out[static SECRET_TEXT_MAX + 1], const char *sealed,
                         const unsigned char lock[static SECRET_LOCK_BYTES])
{
    unsigned char bytes[AROUND + SECRET_TEXT_MAX];
    size_t len = read_sealed(bytes, sealed);

    memset(out, 0, SECRET_TEXT_MAX + 1);
    bool good = len > 0 && crypto_secretbox_open_easy((unsigned char *)out, bytes + NONCE,
                                                      len - NONCE, bytes, lock) == 0;
    if (!good)
        *out = '\0';
    return good;
}

void secret_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}
