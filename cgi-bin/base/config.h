/* config: everything that an installation may set, read once from the environment when a program
 * starts. */
#ifndef TOLOK_CONFIG_H
#define TOLOK_CONFIG_H

#include <stdbool.h>

#include "base/buf.h"

struct config {
    const char *var; /* absolute path of the instance's folder */
    const char
        *run; /* absolute path of its sockets; links are followed, a socket's path must be short */
    const char *db;        /* libpq connection string */
    const char *templates; /* absolute path of the folder of templates */
    const char *site;    /* scheme and host of the site for visitors, without a slash at the end, or
                            NULL: not known */
    const char *contact; /* whom visitors may write to: a mail address or a https address, or NULL:
                            nobody */
    const char *publisher; /* who publishes the site, or NULL: not said */
    const char *smtp;    /* the mail server, such as smtp://name@mail.example:587 or
                            smtps://mail.example, or NULL: none */
    const char *mail_from;     /* whose address mails bear, or NULL */
    const char *smtp_password; /* absolute path of the file with the password for the mail server,
                                  or NULL: it wants none */
    const char *clamd; /* absolute path of the socket of a virus scanner that looks at files of
                          visitors (scan.h), or NULL: none */
    const char *pool;  /* which of its program's pools a worker belongs to, or NULL: the only one */
    long answer_days;  /* in how many the office means to decide on what was sent; 0: not said */
    long timeout;      /* seconds that one request may take, 1..3600 */
    long requests; /* requests after which a FastCGI process ends, to be started anew; 1..1000000000
                    */
};

/* Fills *config from the environment; `role` is the database role of a program whose TOLOK_DB is
 * not set. The strings live until config_free. False, after a log line that names the variable,
 * when one is not valid. */
bool config_load(struct config *config, const char *role);

void config_free(struct config *config);

/* Whether mails can go out: the server and whose address they bear are known. */
bool config_mails(const struct config *config);

/* Adds one line per variable: its name, its standard, what it is. For --help. */
void config_help(struct buf *out);

#endif
