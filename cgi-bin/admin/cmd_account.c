#include <stdio.h>
#include <string.h>

#include "admin/command.h"
#include "admin/mail.h"
#include "admin/message.h"
#include "admin/store.h"
#include "admin/table.h"
#include "base/arena.h"
#include "safe/secret.h"

enum { COLUMNS = 8 };

int cmd_account_create(const struct args *args)
{
    char token[SECRET_TOKEN_SIZE];

    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    secret_token(token);
    const char *values[] = {args->operands[0], args->name,      args->operands[1],
                            args->region,      args->dimension, token};
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

static void print_accounts(struct arena *arena, const PGresult *result)
{
    static const char *const heading[COLUMNS] = {"EMAIL", "ROLE",  "REGION",    "DIMENSION",
                                                 "STATE", "CODES", "SIGNED IN", "NAME"};
    static const char *const columns[COLUMNS] = {"email", "role",  "region",    "dimension",
                                                 "state", "codes", "signed_in", "name"};
    size_t rows = (size_t)PQntuples(result);
    const char *(*cells)[COLUMNS] = arena_alloc(arena, rows + 1, sizeof *cells);

    memcpy(cells[0], heading, sizeof heading);
    for (size_t row = 1; row <= rows; row++) {
        for (size_t i = 0; i < COLUMNS; i++) {
            const char *value = store_value(result, (int)row - 1, columns[i]);
            cells[row][i] = value != NULL ? value : "-";
        }
    }
    table_print(cells[0], rows + 1, COLUMNS, TABLE_LEFT);
}

int cmd_account_list(const struct args *args)
{
    (void)args;
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    PGresult *result = store_call(store, "act.account_list", 0, NULL);
    int status = result != NULL ? EXIT_DONE : store_exit(store);
    if (result != NULL && PQntuples(result) == 0) {
        message("no accounts yet; begin with `tolok account create EMAIL office`");
    } else if (result != NULL) {
        struct arena *arena = arena_open();
        print_accounts(arena, result);
        arena_close(arena);
    }
    PQclear(result);
    store_close(store);
    return status;
}

/* Calls a function with the first `count` of address, reason and whether mails go out, and prints
 * what it did to the address. */
static int tell_account(const struct args *args, const char *function, size_t count,
                        const char *done)
{
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    const char *values[] = {args->operands[0], args->reason, mail_goes_out() ? "true" : "false"};
    PGresult *result = store_call(store, function, count, values);
    int status = result != NULL && store_commit(store) ? EXIT_DONE : store_exit(store);
    if (status == EXIT_DONE)
        printf("%s: %s\n", store_value(result, 0, "address"), done);
    PQclear(result);
    store_close(store);
    return status;
}

int cmd_account_disable(const struct args *args)
{
    return tell_account(args, "act.account_disable", 2, "disabled, its sessions are over");
}

int cmd_account_forget(const struct args *args)
{
    return tell_account(args, "act.account_authenticator", 3,
                        "has no authenticator any more, its sessions are over");
}
