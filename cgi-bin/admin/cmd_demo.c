/* Accounts and a rehearsal to look around with. */
#include <stdio.h>
#include <time.h>

#include "admin/call.h"
#include "admin/message.h"
#include "admin/seal.h"
#include "admin/store.h"
#include "admin/table.h"
#include "base/arena.h"
#include "base/config.h"
#include "safe/otp.h"
#include "safe/secure.h"

/* One of each role; of the office two, as one publishes what the other one asks for, and of cities
 * two, so that it can be seen that they do not see each other's drafts. */
static const struct {
    const char *email, *name, *role, *region, *dimension;
} people[] = {
    {"kantor@demo.example", "Demo kantor program", "office", NULL, NULL},
    {"kantor2@demo.example", "Demo kantor, orang kedua", "office", NULL, NULL},
    {"asesor@demo.example", "Demo asesor", "assessor", NULL, NULL},
    {"kediri@demo.example", "Demo operator kota", "operator", "kota-kediri", NULL},
    {"governance.kediri@demo.example", "Demo pengampu governance", "owner", "kota-kediri",
     "governance"},
    {"madiun@demo.example", "Demo operator kota lain", "operator", "kota-madiun", NULL},
};
enum { PEOPLE = sizeof people / sizeof *people, COLUMNS = 4 };

/* Makes one of them, with a new password and a new secret, and fills its line of the table. */
static bool make(struct store *store, struct arena *arena, size_t i,
                 const unsigned char lock[static SECRET_LOCK_BYTES], const char **cells)
{
    char *password = arena_alloc(arena, OTP_RECOVERY_SIZE, 1),
         *secret = arena_alloc(arena, OTP_SECRET_SIZE, 1);
    char setting[SECRET_SETTING_SIZE], key[SECRET_KEY_SIZE], sealed[SECRET_SEALED_SIZE];

    otp_recovery(password);
    otp_secret(secret);
    secret_seal(sealed, secret, SECRET_CODES, people[i].email, lock);
    secret_setting(setting);
    if (!secret_key(key, password, OTP_RECOVERY_SIZE - 1, setting))
        return false;
    const char *values[] = {people[i].email,
                            people[i].name,
                            people[i].role,
                            people[i].region,
                            people[i].dimension,
                            setting,
                            key,
                            sealed};
    PGresult *result = store_call(store, "act.demo_make", 8, values);
    cells[0] = people[i].role;
    cells[1] = people[i].email;
    cells[2] = password;
    cells[3] = secret;
    PQclear(result);
    return result != NULL;
}

static bool load_key(struct store *store, unsigned char lock[static SECRET_LOCK_BYTES])
{
    struct config config;

    if (!config_load(&config, "tolok_admin"))
        return false;
    bool good = seal_key(store, &config, lock);
    config_free(&config);
    return good;
}

int cmd_account_demo(const struct args *args)
{
    static const char *const heading[COLUMNS] = {"ROLE", "EMAIL", "PASSWORD",
                                                 "SECRET OF ITS CODES"};
    unsigned char lock[SECRET_LOCK_BYTES];
    struct arena *arena = arena_open();
    const char *(*cells)[COLUMNS] = arena_alloc(arena, PEOPLE + 1, sizeof *cells);

    (void)args;
    struct store *store = store_open();
    bool done = store != NULL && load_key(store, lock);
    for (size_t i = 0; i < COLUMNS; i++)
        cells[0][i] = heading[i];
    for (size_t i = 0; done && i < PEOPLE; i++)
        done = make(store, arena, i, lock, cells[i + 1]);
    int status = store == NULL                 ? EXIT_UNREACHABLE
                 : done && store_commit(store) ? EXIT_DONE
                                               : store_exit(store);
    if (status == EXIT_DONE)
        table_print(cells[0], PEOPLE + 1, COLUMNS, TABLE_LEFT);
    store_close(store);
    arena_close(arena);
    secret_wipe(lock, sizeof lock);
    return status;
}

static int print_code(const struct args *args, const PGresult *rows)
{
    struct config config;
    char secret[SECRET_TEXT_MAX + 1], code[OTP_CODE_SIZE];

    if (PQntuples(rows) == 0) {
        message("there is no demo account %s", args->operands[0]);
        return EXIT_REFUSED;
    }
    if (!config_load(&config, "tolok_admin"))
        return EXIT_REFUSED;
    bool known = secure_open(&config, secret, store_value(rows, 0, "sealed"), SECRET_CODES,
                             store_value(rows, 0, "email")) &&
                 otp_code(code, secret, time(NULL));
    secret_wipe(secret, sizeof secret);
    config_free(&config);
    if (!known) {
        message("its secret can not be opened with the key of this instance");
        return EXIT_REFUSED;
    }
    printf("%s\n", code);
    return EXIT_DONE;
}

int cmd_account_code(const struct args *args)
{
    return call_print(args, "act.demo_secret", 1, &args->operands[0], print_code);
}

int cmd_account_demo_end(const struct args *args)
{
    return call_print(args, "act.demo_end", 0, NULL, NULL);
}

static int print_round(const struct args *args, const PGresult *rows)
{
    (void)args;
    printf("%s: %s cities, %s cells, %s open for the plenary\n", store_value(rows, 0, "round"),
           store_value(rows, 0, "cities"), store_value(rows, 0, "cells"),
           store_value(rows, 0, "open"));
    return EXIT_DONE;
}

int cmd_demo_round(const struct args *args)
{
    return call_print(args, "act.demo_round", 1, &args->operands[0], print_round);
}
