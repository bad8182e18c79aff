/* otp: one-time codes of an authenticator (RFC 6238: SHA-1, six digits, 30 seconds) and the
 * recovery codes that stand in for it.
 *
 * A secret is 160 random bits in base32; it is kept sealed (secret.h). A code is judged here and
 * used up in the database: the step that otp_step returns goes to act.code_accept (or
 * act.code_enrol, for the first code of a new secret, with the recovery codes), which takes each
 * step once, and 0 goes there too, as a wrong code that counts. The page shows otp_uri as a picture
 * (libqrencode, as an SVG path through a template) and the secret as text beside it. */
#ifndef TOLOK_OTP_H
#define TOLOK_OTP_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"

enum {
    OTP_SECRET_SIZE = 33,    /* 32 characters of base32, and the NUL */
    OTP_RECOVERY_SIZE = 20,  /* "abcd-efgh-jkmn-pqrs": 80 bits, and the NUL */
    OTP_RECOVERY_CODES = 10, /* how many an account is given */
    OTP_CODE_SIZE = 7        /* six digits, and the NUL */
};

/* A new secret. */
void otp_secret(char out[static OTP_SECRET_SIZE]);

/* The step (30 seconds since 1970) that the code belongs to: that of `now` or the one before or
 * after it, later than `used`, the newest step that was accepted before. 0 when there is none.
 * Blanks and hyphens in the code, of any kind, do not count. */
long otp_step(const char *secret, const char *code, time_t now, long used);

/* The code of a moment. False when the secret is none. */
bool otp_code(char out[static OTP_CODE_SIZE], const char *secret, time_t now);

/* Adds the address that an authenticator reads: otpauth://totp/... */
void otp_uri(struct buf *out, const char *secret, const char *email);

/* A new recovery code, without letters and digits that look alike. */
void otp_recovery(char out[static OTP_RECOVERY_SIZE]);

/* What somebody typed as such a code, written as we write it: capitals, blanks and hyphens of any
 * kind do not matter. False when it can be none; out is then "". */
bool otp_recovery_read(char out[static OTP_RECOVERY_SIZE], const char *typed);

#endif
