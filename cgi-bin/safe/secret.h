/* secret: what accounts are kept safe with: random tokens, CSRF tokens, keys derived from passwords
 * (a password hash), and authenticated encryption of short texts under a key of the instance.
 *
 * Nothing that this file hands out may be logged or become part of an address of ours. sodium_init
 * has to have been called; without it nothing is random, and every function that may be first
 * checks.
 *
 * How the desk uses it: the cookie holds a token of 43 characters, and the first statement of each
 * transaction is act.enter with it; the database keeps the SHA-256. Forms carry secret_form of that
 * token, compared with secret_same. A password becomes a key by the setting that act.sign_in_begin
 * returns, outside any transaction, by two processes at a time at most (a lock on one of two files
 * in the instance's run folder), and act.sign_in compares its digest: no account is ever told apart
 * from none by what this program does. When the setting is old, the next sign-in makes the key of a
 * new one. */
#ifndef TOLOK_SECRET_H
#define TOLOK_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* How passwords are hashed now: argon2id, 46 MiB, twice over them, about 50 ms of one processor. A
 * setting is this and a salt. */
#define SECRET_STANDARD "$argon2id$v=19$m=47104,t=2,p=1$"

enum {
    SECRET_TOKEN_SIZE = 44, /* 256 bits as base64url, and the NUL */
    SECRET_KEY_SIZE = 65,   /* 256 bits in hexadecimal digits, and the NUL */
    SECRET_SETTING_SIZE =
        64, /* SECRET_STANDARD or an older one, 22 characters of salt, and the NUL */
    SECRET_LOCK_BYTES = 32,  /* the key that keys for sealing are derived from */
    SECRET_TEXT_MAX = 64,    /* bytes that can be sealed at once */
    SECRET_SEALED_SIZE = 140 /* of any of them, sealed, and the NUL */
};

/* What a text is sealed for, each with a key of its own, and whom it belongs to. The numbers are
 * part of what lies sealed: they stay. */
enum secret_purpose {
    SECRET_CODES = 1,     /* what makes an account's codes: its address */
    SECRET_ENROLMENT = 2, /* the same before its first code: the number of the session */
    SECRET_LINK = 3       /* the token of a link in the outbox: its SHA-256 */
};

/* A random token: letters, digits, '-' and '_'. Ends the process when the system has no random
 * bytes. */
void secret_token(char out[static SECRET_TOKEN_SIZE]);

/* The CSRF token of a session: what its forms hold to prove that they are ours. Nobody can work out
 * the session's token from it. */
void secret_form(char out[static SECRET_TOKEN_SIZE], const char *token);

/* The token of a link that a session makes: the same each time for what it is about, so that a form
 * that is sent once more shows the link that was made. Who has neither the session's token nor the
 * link can not work it out. */
void secret_link(char out[static SECRET_TOKEN_SIZE], const char *token, const char *about);

/* Whether two texts are the same, in a time that depends on their lengths only. */
bool secret_same(const char *a, const char *b);

/* A setting of today with a new salt. */
void secret_setting(char out[static SECRET_SETTING_SIZE]);

/* Whether the setting is not as one of today would be, so that it should be replaced. */
bool secret_setting_is_old(const char *setting);

/* The key that the len bytes of a password give, exactly as they are. False when the setting is not
 * one of argon2id with one lane, 8 MiB to 256 MiB and one to ten times, or memory is short; out is
 * then "". */
bool secret_key(char out[static SECRET_KEY_SIZE], const char *password, size_t len,
                const char *setting);

/* Seals a text of at most SECRET_TEXT_MAX bytes, each time differently (XChaCha20-Poly1305; the
 * owner is associated data). */
void secret_seal(char out[static SECRET_SEALED_SIZE], const char *text, enum secret_purpose purpose,
                 const char *owner, const unsigned char lock[static SECRET_LOCK_BYTES]);

/* The way back; out takes SECRET_TEXT_MAX bytes and a NUL. False when it was not sealed with this
 * lock for this purpose and this owner, or was changed; out is then "". */
bool secret_open(char out[static SECRET_TEXT_MAX + 1], const char *sealed,
                 enum secret_purpose purpose, const char *owner,
                 const unsigned char lock[static SECRET_LOCK_BYTES]);

/* Opens what was sealed before purposes and owners were part of it, to seal it anew. */
bool secret_open_unbound(char out[static SECRET_TEXT_MAX + 1], const char *sealed,
                         const unsigned char lock[static SECRET_LOCK_BYTES]);

/* Overwrites what is not needed any more. */
void secret_wipe(void *bytes, size_t len);

#endif
