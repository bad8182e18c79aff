/* secure: what the desk keeps passwords and the secrets of one-time codes safe with, on this
 * machine. */
#ifndef TOLOK_SECURE_H
#define TOLOK_SECURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "safe/secret.h"

/* The key that a password gives (secret_key). Of the workers of a pool (TOLOK_POOL: those at the
 * door, and those within) two at most compute one at a time, so that nobody can use up the machine
 * by guessing. False when both places were taken for five seconds, and when the setting is none. */
bool secure_key(const struct config *config, char out[static SECRET_KEY_SIZE], const char *password,
                const char *setting);

/* What secrets are sealed with (secret_seal), from the file seal.key in the instance's folder.
 * Without that file none can be opened again: it belongs in a backup, and not beside that of the
 * database. False, after a log line that names the file, when it is missing or is none. */
bool secure_seal(const struct config *config, unsigned char lock[static SECRET_LOCK_BYTES]);

/* Whether there is such a file, be it good or not. */
bool secure_has_seal(const struct config *config);

/* Makes that file, unless it is there. For whoever knows that nothing lies sealed: with another
 * key all of that would be lost. */
void secure_make_seal(const struct config *config);

/* secret_seal and secret_open with that key. False when there is none, and when it opens nothing;
 * the former has been logged. */
bool secure_close(const struct config *config, char sealed[static SECRET_SEALED_SIZE],
                  const char *secret, enum secret_purpose purpose, const char *owner);
bool secure_open(const struct config *config, char secret[static SECRET_TEXT_MAX + 1],
                 const char *sealed, enum secret_purpose purpose, const char *owner);

#endif
