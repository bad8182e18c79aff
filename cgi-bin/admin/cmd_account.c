#include <stdio.h>

#include "admin/call.h"
#include "admin/mail.h"
#include "admin/store.h"
#include "safe/secret.h"

int cmd_account_create(const struct args *args)
{
    char token[SECRET_TOKEN_SIZE];

    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    secret_token(token);
    const char *values[] = {args->operands[0],
                            args->options[OPTION_NAME],
                            args->operands[1],
                            args->options[OPTION_REGION],
                            args->options[OPTION_DIMENSION],
                            token};
    PGresult *result = store_call(store, "act.account_create", 6, values);
    int status = result != NULL && mail_add(store, token) && store_commit(store)
                     ? EXIT_DONE
                     : store_exit(store);
    if (status == EXIT_DONE) {
        printf("%s: invited as %s, %s\n", store_value(result, 0, "address"), args->operands[1],
               store_value(result, 0, "shown_name"));
        printf("/undangan/%s\n", token);
    }
    PQclear(result);
    store_close(store);
    return status;
}

int cmd_account_list(const struct args *args)
{
    static const char *const columns[] = {"email", "role",  "region",    "dimension",
                                          "state", "codes", "signed_in", "name"};
    static const char *const headings[] = {"EMAIL", "ROLE",  "REGION",    "DIMENSION",
                                           "STATE", "CODES", "SIGNED IN", "NAME"};
    static const struct list accounts = {
        .function = "act.account_list",
        .columns = columns,
        .headings = headings,
        .count = sizeof columns / sizeof *columns,
        .right = TABLE_LEFT,
        .empty = "no accounts yet; begin with `tolok account create EMAIL office`"};

    (void)args;
    return call_list(&accounts);
}

static int print_disabled(const struct args *args, const PGresult *rows)
{
    (void)args;
    printf("%s: disabled, its sessions are over\n", store_value(rows, 0, "address"));
    return EXIT_DONE;
}

int cmd_account_disable(const struct args *args)
{
    const char *values[] = {args->operands[0], args->options[OPTION_REASON]};

    return call_print(args, "act.account_disable", 2, values, print_disabled);
}

static int print_forgotten(const struct args *args, const PGresult *rows)
{
    (void)args;
    printf("%s: has no authenticator any more, its sessions are over\n",
           store_value(rows, 0, "address"));
    return EXIT_DONE;
}

int cmd_account_forget(const struct args *args)
{
    const char *values[] = {args->operands[0], args->options[OPTION_REASON],
                            mail_goes_out() ? "true" : "false"};

    return call_print(args, "act.account_authenticator", 3, values, print_forgotten);
}
