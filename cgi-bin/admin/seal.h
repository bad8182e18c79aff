/* seal: the key with which secrets lie sealed in the database (safe/secure.h), for commands. */
#ifndef TOLOK_SEAL_H
#define TOLOK_SEAL_H

#include <stdbool.h>

#include "admin/store.h"
#include "base/config.h"
#include "safe/secret.h"

/* The key. Where there is none it is made, unless something lies sealed that only the missing one
 * opens. False, told on stderr. */
bool seal_key(struct store *store, const struct config *config,
              unsigned char lock[static SECRET_LOCK_BYTES]);

#endif
