/* smtp: hands a mail to the mail server. */
#ifndef TOLOK_SMTP_H
#define TOLOK_SMTP_H

#include <stddef.h>

#include "base/buf.h"
#include "base/config.h"

enum smtp_outcome {
    SMTP_SENT,
    SMTP_LATER, /* the server could not be reached, would not have us or asks to come back */
    SMTP_NEVER, /* the server has said that it will never take this mail */
    SMTP_OUTCOME_MAX
};

enum { SMTP_SAID_SIZE = 300 };

/* Writes a mail of plain text: UTF-8, lines that end with a line feed. `to` is an address without
 * blanks, control characters and angle brackets; `id` names the mail for ever: letters, digits, '.'
 * and '-'. */
void smtp_write(struct buf *out, const struct config *config, const char *to, const char *id,
                const char *subject, const char *text);

/* Sends it, within a minute. Over TLS, unless the server is this machine. `said` gets what was
 * wrong, "" when nothing was; it holds nothing of the mail. */
enum smtp_outcome smtp_send(const struct config *config, const char *to, const struct buf *mail,
                            char said[static SMTP_SAID_SIZE]);

#endif
