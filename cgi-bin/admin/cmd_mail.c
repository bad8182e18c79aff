#include <stdio.h>
#include <string.h>
#include <time.h>

#include "admin/call.h"
#include "admin/mail.h"
#include "admin/message.h"
#include "admin/seal.h"
#include "admin/smtp.h"
#include "base/buf.h"
#include "base/digest.h"

/* How long the service waits when nothing is due, and when the database does not answer. */
enum { IDLE_SECONDS = 3, OUTAGE_SECONDS = 20 };

/* What sending needs. */
struct sender {
    struct config config;
    unsigned char lock[SECRET_LOCK_BYTES];
    bool again; /* another mail may be due */
};

/* Adds the mail of a link, its token sealed. */
static bool add(struct store *store, const struct config *config, const char *token)
{
    unsigned char lock[SECRET_LOCK_BYTES];
    char sealed[SECRET_SEALED_SIZE], digest[DIGEST_SIZE];
    const char *values[] = {token, sealed};

    if (!seal_key(store, config, lock))
        return false;
    digest_hex(digest, token, strlen(token));
    secret_seal(sealed, token, SECRET_LINK, digest, lock);
    secret_wipe(lock, sizeof lock);
    PGresult *result = store_call(store, "act.mail_link", 2, values);
    PQclear(result);
    return result != NULL;
}

bool mail_add(struct store *store, const char *token)
{
    struct config config;

    if (!config_load(&config, "tolok_admin"))
        return false;
    bool done = !config_mails(&config) || add(store, &config, token);
    config_free(&config);
    return done;
}

bool mail_goes_out(void)
{
    struct config config;

    if (!config_load(&config, "tolok_admin"))
        return false;
    bool goes = config_mails(&config);
    config_free(&config);
    return goes;
}

static bool load_key(struct sender *sender)
{
    struct store *store = store_open();
    bool loaded = store != NULL && seal_key(store, &sender->config, sender->lock);

    store_close(store);
    return loaded;
}

static bool sender_open(struct sender *sender)
{
    *sender = (struct sender){0};
    if (!config_load(&sender->config, "tolok_admin"))
        return false;
    bool ready = config_mails(&sender->config) && sender->config.site != NULL;
    if (!ready)
        message("no mail goes out: TOLOK_SMTP, TOLOK_MAIL_FROM and TOLOK_SITE have to be set");
    else
        ready = load_key(sender);
    if (!ready)
        config_free(&sender->config);
    return ready;
}

static void sender_close(struct sender *sender)
{
    config_free(&sender->config);
    secret_wipe(sender->lock, sizeof sender->lock);
}

/* Writes the mail of a row of act.mail_next. A link without a token is that of the desk. False: its
 * token can not be opened with the key of this instance. */
static bool write_mail(struct buf *mail, const struct sender *sender, const PGresult *row)
{
    char token[SECRET_TEXT_MAX + 1], id[32];
    const char *sealed = store_value(row, 0, "sealed"), *rest = store_value(row, 0, "rest");
    struct buf text = {0};

    *token = '\0';
    if (sealed != NULL && (rest == NULL || !secret_open(token, sealed, SECRET_LINK,
                                                        store_value(row, 0, "digest"),
                                                        sender->lock)))
        return false;
    buf_text(&text, store_value(row, 0, "body"));
    if (rest != NULL)
        buf_format(&text, "%s%s%s%s", sender->config.site, sealed != NULL ? "/undangan/" : "/meja",
                   token, rest);
    snprintf(id, sizeof id, "surat-%.16s", store_value(row, 0, "mail"));
    smtp_write(mail, &sender->config, store_value(row, 0, "email"), id,
               store_value(row, 0, "subject"), text.data);
    secret_wipe(token, sizeof token);
    secret_wipe(text.data, text.len);
    buf_free(&text);
    return true;
}

/* Notes what became of a mail. */
static int note(const char *mail, const char *fault, bool final)
{
    const char *values[] = {mail, fault, final ? "true" : "false"};

    return call_print(NULL, "act.mail_done", 3, values, NULL);
}

/* Sends the mail of a row and notes what became of it. */
static int send_row(const struct sender *sender, const PGresult *row)
{
    const char *email = store_value(row, 0, "email");
    char said[SMTP_SAID_SIZE] = "its link can not be opened with the key of this instance";
    enum smtp_outcome outcome = SMTP_NEVER;
    struct buf mail = {0};

    if (write_mail(&mail, sender, row))
        outcome = smtp_send(&sender->config, email, &mail, said);
    if (mail.data != NULL)
        secret_wipe(mail.data, mail.len);
    buf_free(&mail);
    if (outcome == SMTP_SENT)
        printf("%s: sent\n", email);
    else
        printf("%s: %s: %s\n", email, outcome == SMTP_NEVER ? "given up" : "not yet", said);
    fflush(stdout);
    return note(store_value(row, 0, "mail"), outcome == SMTP_SENT ? NULL : said,
                outcome == SMTP_NEVER);
}

/* Sends the mail that waits longest. sender->again: there was one. */
static int send_next(struct sender *sender)
{
    int status = EXIT_DONE;
    PGresult *row = call_rows("act.mail_next", 0, NULL, &status);

    sender->again = row != NULL && PQntuples(row) > 0;
    if (sender->again)
        status = send_row(sender, row);
    PQclear(row);
    return status;
}

int cmd_mail_send(const struct args *args)
{
    struct sender sender;
    int status = EXIT_REFUSED;

    (void)args;
    if (!sender_open(&sender))
        return EXIT_REFUSED;
    do
        status = send_next(&sender);
    while (status == EXIT_DONE && sender.again);
    sender_close(&sender);
    return status;
}

int cmd_mail_serve(const struct args *args)
{
    struct sender sender;

    (void)args;
    if (!sender_open(&sender))
        return EXIT_REFUSED;
    for (;;) {
        int status = send_next(&sender);
        struct timespec wait = {.tv_sec = status != EXIT_DONE ? OUTAGE_SECONDS
                                          : sender.again      ? 0
                                                              : IDLE_SECONDS};
        nanosleep(&wait, NULL);
    }
}

int cmd_mail_list(const struct args *args)
{
    static const char *const columns[] = {"email", "purpose", "made", "state", "tries", "fault"};
    static const char *const headings[] = {"EMAIL", "ABOUT", "MADE",
                                           "STATE", "TRIES", "LAST ANSWER"};
    static const struct list mails = {.function = "act.mail_list",
                                      .columns = columns,
                                      .headings = headings,
                                      .count = sizeof columns / sizeof *columns,
                                      .right = TABLE_LEFT,
                                      .empty = "there are no mails"};

    (void)args;
    return call_list(&mails);
}
