#include "safe/otp.h"

#include <ctype.h>
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "safe/secret.h"

enum { STEP = 30, WINDOW = 1, DIGITS = 6, SECRET_BYTES = 20, LETTERS = 16, GROUP = 4 };

/* 32 letters and digits that nobody takes for another one. */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void otp_secret(char out[static OTP_SECRET_SIZE])
{
    _Static_assert(SECRET_BYTES * 8 / 5 == OTP_SECRET_SIZE - 1, "five bits a character");
    if (sodium_init() < 0)
        abort();
    for (size_t i = 0; i < OTP_SECRET_SIZE - 1; i++)
        out[i] = base32[randombytes_uniform(32)];
    out[OTP_SECRET_SIZE - 1] = '\0';
}

/* Over what stands between the signs of a code and is none of them, as programs write codes and
 * letters carry them: blanks and hyphens of any kind, and marks that nobody sees. */
static const char *next_sign(const char *text)
{
    /* In UTF-8, which has the order of the code points. */
    static const struct {
        const char *first, *last;
    } gaps[] = {
        {"\t", "\r"}, /* U+0009 to U+000D */
        {" ", " "},
        {"-", "-"},
        {"\xc2\xa0", "\xc2\xa0"},         /* U+00A0, no break */
        {"\xc2\xad", "\xc2\xad"},         /* U+00AD, soft hyphen */
        {"\xe2\x80\x80", "\xe2\x80\x95"}, /* U+2000 to U+2015: blanks, marks, dashes */
        {"\xe2\x80\xa8", "\xe2\x80\xaf"}, /* U+2028 to U+202F: ends of lines, directions */
        {"\xe2\x81\x9f", "\xe2\x81\xa9"}, /* U+205F to U+2069 */
        {"\xe2\x88\x92", "\xe2\x88\x92"}, /* U+2212, minus */
        {"\xe3\x80\x80", "\xe3\x80\x80"}, /* U+3000, ideographic space */
        {"\xef\xbb\xbf", "\xef\xbb\xbf"}, /* U+FEFF */
    };

    for (size_t i = 0; i < sizeof gaps / sizeof *gaps;) {
        size_t len = strlen(gaps[i].first);
        if (strncmp(text, gaps[i].first, len) >= 0 && strncmp(text, gaps[i].last, len) <= 0) {
            text += len;
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

/* Six digits out of what was typed. */
static bool read_digits(char out[static DIGITS + 1], const char *typed)
{
    size_t len = 0;

    for (typed = next_sign(typed); *typed != '\0'; typed = next_sign(typed + 1)) {
        if (*typed < '0' || *typed > '9' || len == DIGITS)
            return false;
        out[len++] = *typed;
    }
    out[len] = '\0';
    return len == DIGITS;
}

long otp_step(const char *secret, const char *code, time_t now, long used)
{
    char digits[DIGITS + 1], *key = NULL;
    size_t len = 0;
    uint64_t step = 0;

    if (now < STEP * (WINDOW + 1) || !read_digits(digits, code) || oath_init() != OATH_OK)
        return 0;
    if (oath_base32_decode(secret, strlen(secret), &key, &len) != OATH_OK)
        return 0;
    int found = oath_totp_validate4(key, len, now, STEP, OATH_TOTP_DEFAULT_START_TIME, WINDOW, NULL,
                                    &step, 0, digits);
    secret_wipe(key, len);
    free(key);
    return found >= 0 && step <= (uint64_t)now && (long)step > used ? (long)step : 0;
}

bool otp_code(char out[static OTP_CODE_SIZE], const char *secret, time_t now)
{
    char *key = NULL;
    size_t len = 0;

    *out = '\0';
    if (oath_init() != OATH_OK || oath_base32_decode(secret, strlen(secret), &key, &len) != OATH_OK)
        return false;
    bool made = oath_totp_generate(key, len, now, STEP, OATH_TOTP_DEFAULT_START_TIME, DIGITS,
                                   out) == OATH_OK;
    secret_wipe(key, len);
    free(key);
    return made;
}

void otp_uri(struct buf *out, const char *secret, const char *email)
{
    /* The path's own signs stay as they are in an address; '&' and '=' are none of a mail
     * address's. */
    buf_text(out, "otpauth://totp/Tolok%20Kota:");
    url_path(out, email);
    buf_format(out, "?secret=%s&issuer=Tolok%%20Kota&algorithm=SHA1&digits=%d&period=%d", secret,
               DIGITS, STEP);
}

void otp_recovery(char out[static OTP_RECOVERY_SIZE])
{
    if (sodium_init() < 0)
        abort();
    for (size_t i = 0; i < OTP_RECOVERY_SIZE - 1; i++)
        out[i] =
            i % (GROUP + 1) == GROUP ? '-' : alphabet[randombytes_uniform(sizeof alphabet - 1)];
    out[OTP_RECOVERY_SIZE - 1] = '\0';
}

bool otp_recovery_read(char out[static OTP_RECOVERY_SIZE], const char *typed)
{
    size_t len = 0, letters = 0;

    for (typed = next_sign(typed); *typed != '\0'; typed = next_sign(typed + 1)) {
        int c = tolower((unsigned char)*typed);
        if (letters == LETTERS || strchr(alphabet, c) == NULL) {
            *out = '\0';
            return false;
        }
        if (letters > 0 && letters % GROUP == 0)
            out[len++] = '-';
        out[len++] = (char)c;
        letters++;
    }
    out[letters == LETTERS ? len : 0] = '\0';
    return letters == LETTERS;
}
