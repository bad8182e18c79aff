#include "base/config.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char before[PATH_MAX], folder[PATH_MAX];
static struct config config;

/* An empty folder as the current one, and none of the variables set. */
static void setup(void)
{
    static const char *const names[] = {"VAR",
                                        "TOLOK_DB",
                                        "TOLOK_TEMPLATES",
                                        "TOLOK_SITE",
                                        "TOLOK_CONTACT",
                                        "TOLOK_PUBLISHER",
                                        "TOLOK_TIMEOUT",
                                        "TOLOK_REQUESTS",
                                        "TOLOK_SMTP",
                                        "TOLOK_MAIL_FROM",
                                        "TOLOK_SMTP_PASSWORD_FILE"};
    char name[] = "/tmp/unit-config-XXXXXX";

    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_ptr_nonnull(mkdtemp(name));
    ck_assert_ptr_nonnull(realpath(name, folder));
    ck_assert_int_eq(chdir(folder), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
}

static void teardown(void)
{
    config_free(&config);
    unlink("run");
    rmdir("short");
    ck_assert_int_eq(chdir(before), 0);
    rmdir(folder);
}

/* folder/name, valid until the next call. */
static const char *below(const char *name)
{
    static char path[PATH_MAX * 2];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

START_TEST(has_standards)
{
    ck_assert(config_load(&config, "tolok_web"));
    ck_assert_int_eq(config.timeout, 10);
    ck_assert_int_eq(config.requests, 100000);
    ck_assert_int_eq(*config.var, '/');
    ck_assert_int_eq(*config.templates, '/');
    ck_assert_ptr_null(config.site);
    ck_assert_ptr_nonnull(strstr(config.var, "var"));
    ck_assert_ptr_nonnull(strstr(config.templates, "templates"));
    ck_assert_ptr_nonnull(strstr(config.db, "' dbname=tolok user=tolok_web"));
}
END_TEST

START_TEST(takes_what_is_set)
{
    setenv("VAR", ".", 1);
    setenv("TOLOK_DB", "host=a,b dbname=x", 1);
    setenv("TOLOK_TEMPLATES", "/nowhere/at/all", 1);
    setenv("TOLOK_SITE", "https://tolok.example:8443", 1);
    setenv("TOLOK_CONTACT", "kantor.kota@tolok.example", 1);
    setenv("TOLOK_PUBLISHER", "Kantor Gerakan \"Kota Cerdas\" & Mitra", 1);
    ck_assert(!config_mails(&config));
    setenv("TOLOK_SMTP", "smtp://tolok@mail.example:587", 1);
    setenv("TOLOK_MAIL_FROM", "tolok@uji.example", 1);
    setenv("TOLOK_SMTP_PASSWORD_FILE", "password", 1);
    setenv("TOLOK_TIMEOUT", "3", 1);
    setenv("TOLOK_REQUESTS", "7", 1);
    ck_assert(config_load(&config, "tolok_web"));
    ck_assert_str_eq(config.var, folder);
    ck_assert_str_eq(config.run, below("run"));
    ck_assert_str_eq(config.db, "host=a,b dbname=x");
    ck_assert_str_eq(config.templates, "/nowhere/at/all");
    ck_assert_str_eq(config.site, "https://tolok.example:8443");
    ck_assert_str_eq(config.contact, "kantor.kota@tolok.example");
    ck_assert_str_eq(config.publisher, "Kantor Gerakan \"Kota Cerdas\" & Mitra");
    ck_assert_str_eq(config.smtp, "smtp://tolok@mail.example:587");
    ck_assert_str_eq(config.mail_from, "tolok@uji.example");
    ck_assert_str_eq(config.smtp_password, below("password"));
    ck_assert(config_mails(&config));
    ck_assert_int_eq(config.timeout, 3);
    ck_assert_int_eq(config.requests, 7);
}
END_TEST

START_TEST(takes_an_empty_variable_for_unset)
{
    setenv("TOLOK_TIMEOUT", "", 1);
    setenv("TOLOK_DB", "", 1);
    ck_assert(config_load(&config, "tolok_admin"));
    ck_assert_int_eq(config.timeout, 10);
    ck_assert_ptr_nonnull(strstr(config.db, "user=tolok_admin"));
}
END_TEST

START_TEST(follows_the_link_to_a_short_folder_of_sockets)
{
    ck_assert_int_eq(mkdir("short", 0700), 0);
    ck_assert_int_eq(symlink("short", "run"), 0);
    setenv("VAR", folder, 1);
    ck_assert(config_load(&config, "tolok_web"));
    ck_assert_str_eq(config.run, below("short"));
    ck_assert_int_eq(strncmp(config.db, "host='", 6), 0);
    ck_assert_int_eq(strncmp(config.db + 6, below("short"), strlen(below("short"))), 0);
}
END_TEST

START_TEST(quotes_the_folder_in_the_connection_string)
{
    setenv("VAR", "it's a\\b", 1);
    ck_assert(config_load(&config, "tolok_web"));
    ck_assert_ptr_nonnull(strstr(config.db, "/it\\'s a\\\\b/run' dbname=tolok user=tolok_web"));
}
END_TEST

static const struct {
    const char *name, *value;
} wrong[] = {
    {"TOLOK_TIMEOUT", "0"},
    {"TOLOK_TIMEOUT", "3601"},
    {"TOLOK_TIMEOUT", "10s"},
    {"TOLOK_TIMEOUT", "ten"},
    {"TOLOK_REQUESTS", "-1"},
    {"TOLOK_REQUESTS", "1000000001"},
    {"TOLOK_SMTP", "mail.example"},
    {"TOLOK_SMTP", "http://mail.example"},
    {"TOLOK_SMTP", "smtp://"},
    {"TOLOK_SMTP", "smtp://name:password@mail.example"},
    {"TOLOK_SMTP", "smtp://mail.example/x"},
    {"TOLOK_SMTP", "smtp://a\r\nb@mail.example"},
    {"TOLOK_MAIL_FROM", "mail.example"},
    {"TOLOK_MAIL_FROM", "a@b\r\nTo: c@d"},
    {"TOLOK_MAIL_FROM", "<a@b>"},
    {"TOLOK_SITE", "tolok.example"},
    {"TOLOK_SITE", "https://"},
    {"TOLOK_SITE", "https://tolok.example/"},
    {"TOLOK_SITE", "ftp://tolok.example"},
    {"TOLOK_SITE", "http://a b"},
    {"TOLOK_CONTACT", "kantor"},
    {"TOLOK_CONTACT", "@b"},
    {"TOLOK_CONTACT", "a@"},
    {"TOLOK_CONTACT", "a b@c"},
    {"TOLOK_CONTACT", "a@b@c"},
    {"TOLOK_CONTACT", "javascript:alert(1)"},
    {"TOLOK_CONTACT", "https://"},
    {"TOLOK_CONTACT", "https://a\"b"},
    {"TOLOK_CONTACT", "http://a"},
    {"TOLOK_PUBLISHER", "Kantor\nKota"},
};

START_TEST(refuses_what_is_out_of_range)
{
    setenv(wrong[_i].name, wrong[_i].value, 1);
    ck_assert(!config_load(&config, "tolok_web"));
    ck_assert_ptr_null(config.var);
}
END_TEST

START_TEST(explains_every_variable)
{
    struct buf help = {0};

    config_help(&help);
    ck_assert_ptr_nonnull(strstr(help.data, "  VAR "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_DB "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_TEMPLATES "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_SITE "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_CONTACT "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_PUBLISHER "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_TIMEOUT "));
    ck_assert_ptr_nonnull(strstr(help.data, "  TOLOK_REQUESTS "));
    buf_free(&help);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config");
    TCase *tests = tcase_create("load");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, has_standards);
    tcase_add_test(tests, takes_what_is_set);
    tcase_add_test(tests, takes_an_empty_variable_for_unset);
    tcase_add_test(tests, follows_the_link_to_a_short_folder_of_sockets);
    tcase_add_test(tests, quotes_the_folder_in_the_connection_string);
    tcase_add_loop_test(tests, refuses_what_is_out_of_range, 0, UNIT_ROWS(wrong));
    suite_add_tcase(suite, tests);
    unit_add(suite, "help", explains_every_variable);
    return unit_run(suite);
}
