/* mail: the outbox, for the commands that make links. */
#ifndef TOLOK_MAIL_H
#define TOLOK_MAIL_H

#include <stdbool.h>

#include "admin/store.h"

/* Adds a mail with the link of that token, which was made in this transaction, when a mail server
 * is configured. False: it failed, and that has been told. */
bool mail_add(struct store *store, const char *token);

/* Whether a mail server is configured. */
bool mail_goes_out(void);

#endif
