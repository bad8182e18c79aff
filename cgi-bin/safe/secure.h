/* secure: what the desk keeps passwords and the secrets of one-time codes safe with, on this
 * machine. */
#ifndef TOLOK_SECURE_H
#define TOLOK_SECURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "safe/secret.h"

/* The key that a password gives (secret_key). Of all workers two at most compute one at a time, so
 * that nobody can use up the machine by guessing. False when both places were taken for five
 * seconds, and when the setting is none. */
bool secure_key(const struct config *config, char out[static SECRET_KEY_SIZE], const char *password,
                const char *setting);

/* The key that seals the secrets of one-time codes, from the file seal.key in the instance's
 * folder, which is made when it is not there. Without that file no such secret can be opened again:
 * it belongs in a backup, and not beside that of the database. False, after a log line, when it can
 * be neither read nor made. */
bool secure_seal(const struct config *config, unsigned char lock[static SECRET_LOCK_BYTES]);

/* Opens a sealed secret of one-time codes. False: it was not sealed by this instance. */
bool secure_open(const struct config *config, char secret[static SECRET_TEXT_MAX + 1],
                 const char *sealed);

#endif
