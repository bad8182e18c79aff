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
_Static_assert(SECRET_LOCK_BYTES == crypto_secretbox_KEYBYTES, "a lock is a key of secretbox");
_Static_assert(SECRET_SEALED_SIZE >=
                   sodium_base64_ENCODED_LEN(crypto_secretbox_NONCEBYTES +
                                                 crypto_secretbox_MACBYTES + SECRET_TEXT_MAX,
                                             BASE64URL),
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

void secret_form(char out[static SECRET_TOKEN_SIZE], const char *token)
{
    static const char purpose[] = "form";
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, (const unsigned char *)token, strlen(token));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, sizeof purpose - 1);
    crypto_auth_hmacsha256_final(&state, mac);
    secret_wipe(&state, sizeof state);
    sodium_bin2base64(out, SECRET_TOKEN_SIZE, mac, sizeof mac, BASE64URL);
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

void secret_seal(char out[static SECRET_SEALED_SIZE], const char *text,
                 const unsigned char lock[static SECRET_LOCK_BYTES])
{
    unsigned char bytes[crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + SECRET_TEXT_MAX];
    size_t len = strlen(text);

    /* A longer text would be a fault of ours; what was cut off could never be opened. */
    if (len > SECRET_TEXT_MAX)
        abort();
    fill_random(bytes, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES, (const unsigned char *)text, len,
                          bytes, lock);
    sodium_bin2base64(out, SECRET_SEALED_SIZE, bytes,
                      crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + len, BASE64URL);
}

bool secret_open(char out[static SECRET_TEXT_MAX + 1], const char *sealed,
                 const unsigned char lock[static SECRET_LOCK_BYTES])
{
    enum { AROUND = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES };
    unsigned char bytes[AROUND + SECRET_TEXT_MAX], text[SECRET_TEXT_MAX + 1] = {0};
    size_t len = 0;
    const char *end = NULL;

    *out = '\0';
    if (sodium_base642bin(bytes, sizeof bytes, sealed, strlen(sealed), NULL, &len, &end,
                          BASE64URL) != 0 ||
        *end != '\0' || len < AROUND ||
        crypto_secretbox_open_easy(text, bytes + crypto_secretbox_NONCEBYTES,
                                   len - crypto_secretbox_NONCEBYTES, bytes, lock) != 0)
        return false;
    memcpy(out, text, len - AROUND);
    out[len - AROUND] = '\0';
    secret_wipe(text, sizeof text);
    return true;
}

void secret_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}
