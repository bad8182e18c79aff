/* password: what is not good enough to be one. Length and what there is to guess decide, not the
 * kinds of characters: libzxcvbn counts it, which knows stolen passwords, English words, dates,
 * keyboards and repetitions, and is told our own words and those of the person. */
#ifndef TOLOK_PASSWORD_H
#define TOLOK_PASSWORD_H

enum {
    PASSWORD_MIN = 12, /* characters */
    PASSWORD_BYTES_MAX = 4096
};

/* What is wrong with a password: NULL (nothing), "short", "long", or "common". `own` are words that
 * say who chooses it, such as their address and name, in one text. */
const char *password_fault(const char *password, const char *own);

#endif
