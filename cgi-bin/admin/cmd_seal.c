/* What lies sealed in the database, and its key. */
#include <stdio.h>
#include <string.h>

#include "admin/command.h"
#include "admin/mail.h"
#include "admin/message.h"
#include "admin/seal.h"
#include "safe/secure.h"

bool seal_key(struct store *store, const struct config *config,
              unsigned char lock[static SECRET_LOCK_BYTES])
{
    PGresult *any = NULL;
    bool made = true;

    if (!secure_has_seal(config)) {
        any = store_call(store, "act.sealed_any", 0, NULL);
        made = any != NULL && strcmp(store_value(any, 0, "sealed_any"), "f") == 0;
        if (made)
            secure_make_seal(config);
        else if (any != NULL)
            message("%s/seal.key is missing, and what lies sealed can not be opened without it: "
                    "bring it back from its backup (tolok seal --help)",
                    config->var);
        PQclear(any);
    }
    return made && secure_seal(config, lock);
}

/* What was sealed: how much is sealed anew, and how much the key does not open. */
struct count {
    int anew, closed;
};

/* Seals the secret of a row for its purpose and owner, when it is not yet. */
static bool reseal(struct store *store, const PGresult *rows, int row,
                   const unsigned char lock[static SECRET_LOCK_BYTES], struct count *count)
{
    const char *word = store_value(rows, row, "purpose"), *owner = store_value(rows, row, "owner"),
               *before = store_value(rows, row, "sealed");
    enum secret_purpose purpose = strcmp(word, "codes") == 0 ? SECRET_CODES : SECRET_LINK;
    char text[SECRET_TEXT_MAX + 1], sealed[SECRET_SEALED_SIZE];
    bool bound = secret_open(text, before, purpose, owner, lock);
    bool known = bound || secret_open_unbound(text, before, lock);
    PGresult *done = NULL;

    if (known && !bound) {
        secret_seal(sealed, text, purpose, owner, lock);
        const char *values[] = {word, store_value(rows, row, "id"), before, sealed};
        done = store_call(store, "act.reseal", 4, values);
    }
    count->anew += done != NULL;
    count->closed += !known;
    secret_wipe(text, sizeof text);
    PQclear(done);
    return bound || !known || done != NULL;
}

static int reseal_all(struct store *store, const struct config *config)
{
    unsigned char lock[SECRET_LOCK_BYTES];
    struct count count = {0};
    PGresult *rows =
        seal_key(store, config, lock) ? store_call(store, "act.sealed", 0, NULL) : NULL;
    bool done = rows != NULL;

    for (int i = 0; done && i < PQntuples(rows); i++)
        done = reseal(store, rows, i, lock, &count);
    PQclear(rows);
    secret_wipe(lock, sizeof lock);
    if (!done || !store_commit(store))
        return store_exit(store);
    if (count.anew > 0)
        printf("%d sealed anew\n", count.anew);
    if (count.closed > 0)
        message("%d can not be opened with %s/seal.key: is it that of this database?", count.closed,
                config->var);
    return count.closed > 0 ? EXIT_REFUSED : EXIT_DONE;
}

/* Forgets all that only a lost key could open, and begins with another one. */
static int begin_anew(struct store *store, const struct config *config)
{
    const char *mails[] = {mail_goes_out() ? "true" : "false"};
    unsigned char lock[SECRET_LOCK_BYTES];

    if (secure_has_seal(config)) {
        message("%s/seal.key is there: it is not lost", config->var);
        return EXIT_REFUSED;
    }
    PGresult *gone = store_call(store, "act.sealed_forget", 1, mails);
    if (gone == NULL || !store_commit(store)) {
        PQclear(gone);
        return store_exit(store);
    }
    store_print_count(gone, "accounts", "account", "accounts", " without an authenticator, ");
    store_print_count(gone, "links", "link", "links", " given up\n");
    PQclear(gone);
    secure_make_seal(config);
    bool made = secure_seal(config, lock);
    secret_wipe(lock, sizeof lock);
    return made ? EXIT_DONE : EXIT_REFUSED;
}

int cmd_seal(const struct args *args)
{
    struct config config;

    if (!config_load(&config, "tolok_admin"))
        return EXIT_REFUSED;
    struct store *store = store_open();
    int status = EXIT_UNREACHABLE;
    if (store != NULL && args->options[OPTION_LOST] != NULL)
        status = begin_anew(store, &config);
    else if (store != NULL)
        status = reseal_all(store, &config);
    store_close(store);
    config_free(&config);
    return status;
}
