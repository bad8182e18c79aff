/* password: what is not good enough to be one. Length decides, not the kinds of characters: a
 * password has at least twelve, and is more than words that everybody tries and runs of neighbours
 * on a keyboard. */
#ifndef TOLOK_PASSWORD_H
#define TOLOK_PASSWORD_H

enum {
    PASSWORD_MIN = 12, /* characters */
    PASSWORD_BYTES_MAX = 4096
};

/* What is wrong with a password: NULL (nothing), "short", "long", or "common". `own` are words that
 * say who chooses it, such as his address and name, in one text. */
const char *password_fault(const char *password, const char *own);

#endif
