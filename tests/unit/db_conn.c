#include "db/db_conn.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/clock.h"
#include "reader.h"

/* A server that takes a connection and never says a word. */
static int silent_server(const char *folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(fd, 5), 0);
    return fd;
}

/* Another one at the same gate does not wait in its turn. */
START_TEST(gives_up_on_a_server_that_says_nothing)
{
    char folder[] = "/tmp/unit-db-XXXXXX", conninfo[64], socket_path[64];
    struct db_query query = {.function = "page.echo"};

    ck_assert_ptr_nonnull(mkdtemp(folder));
    int fd = silent_server(folder);
    snprintf(conninfo, sizeof conninfo, "host=%s dbname=x user=x port=5432", folder);
    struct db *silent = db_open(conninfo, "unit-db", &gate);
    struct db *other = db_open(conninfo, "unit-db", &gate);
    long before = clock_us();
    ck_assert_int_eq(db_read(silent, &query, 1, NULL, 0), DB_UNAVAILABLE);
    long between = clock_us();
    ck_assert_int_lt(between - before, 3000000);
    ck_assert_int_eq(db_read(other, &query, 1, NULL, 0), DB_UNAVAILABLE);
    ck_assert_int_lt(clock_us() - between, 500000);
    db_close(silent);
    db_close(other);
    close(fd);
    snprintf(socket_path, sizeof socket_path, "%s/.s.PGSQL.5432", folder);
    unlink(socket_path);
    rmdir(folder);
}
END_TEST

START_TEST(goes_on_with_a_connection_while_none_can_be_made)
{
    struct db *other = db_open(scratch_conninfo, "unit-db", &gate);
    struct db_query query = {.function = "page.nowhere"};

    ck_assert_int_eq(read_one("page.echo", "before", NULL), DB_OK);
    gate_shut(&gate.connect, 60000000);
    ck_assert_int_eq(read_one("page.echo", "after", NULL), DB_OK);
    ck_assert_int_eq(db_read(other, &query, 1, NULL, 0), DB_UNAVAILABLE);
    db_close(other);
}
END_TEST

START_TEST(asks_nobody_who_is_known_to_be_silent)
{
    ck_assert_int_eq(read_one("page.echo", "before", NULL), DB_OK);
    gate_shut(&gate.answer, 60000000);
    ck_assert_int_eq(read_one("page.echo", "during", NULL), DB_UNAVAILABLE);
    gate_shut(&gate.answer, 0);
    ck_assert_int_eq(read_one("page.fails", "22012", NULL), DB_FAILED);
    ck_assert(gate_is_open(&gate.answer));
}
END_TEST

START_TEST(keeps_the_gate_shut_when_the_prober_fails)
{
    struct db *nowhere = db_open("host=/nowhere dbname=x user=x", "unit-db", &gate);
    struct db_query query = {.function = "page.echo"};

    gate_shut(&gate.answer, 0);
    ck_assert_int_eq(db_read(nowhere, &query, 1, NULL, 0), DB_UNAVAILABLE);
    ck_assert_int_eq(gate_enter(&gate.answer, 0), GATE_SHUT);
    db_close(nowhere);
}
END_TEST

START_TEST(waits_a_moment_when_there_are_too_many_connections)
{
    char conninfo[128], limit[128];
    struct db_query query = {.function = "page.nowhere"};

    snprintf(conninfo, sizeof conninfo, "dbname=%s user=tolok_web", scratch_name);
    snprintf(limit, sizeof limit, "alter database %s connection limit 0", scratch_name);
    ck_assert(scratch_run(limit));
    struct db *one_too_many = db_open(conninfo, "unit-db", &gate);
    ck_assert_int_eq(db_read(one_too_many, &query, 1, NULL, 0), DB_UNAVAILABLE);
    ck_assert(!gate_is_open(&gate.connect));
    snprintf(limit, sizeof limit, "alter database %s connection limit -1", scratch_name);
    ck_assert(scratch_run(limit));
    gate_shut(&gate.connect, 0);
    ck_assert_int_eq(db_read(one_too_many, &query, 1, NULL, 0), DB_FAILED);
    ck_assert(gate_is_open(&gate.connect));
    db_close(one_too_many);
}
END_TEST

/* It is this process that is in need: another one may try at once. */
START_TEST(blames_nobody_for_its_own_lack_of_descriptors)
{
    struct rlimit before, none;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = (struct rlimit){.rlim_cur = 1, .rlim_max = before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    enum db_outcome outcome = read_one("page.echo", NULL, NULL);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    ck_assert_int_eq(outcome, DB_UNAVAILABLE);
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
    ck_assert(gate_is_open(&gate.connect));
}
END_TEST

START_TEST(closes_a_connection_that_the_server_has_ended)
{
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
    reader_lose();
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
}
END_TEST

static void add_server_tests(Suite *suite)
{
    TCase *tests = tcase_create("server");

    tcase_add_checked_fixture(tests, reader_open, reader_close);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, goes_on_with_a_connection_while_none_can_be_made);
    tcase_add_test(tests, asks_nobody_who_is_known_to_be_silent);
    tcase_add_test(tests, waits_a_moment_when_there_are_too_many_connections);
    tcase_add_test(tests, blames_nobody_for_its_own_lack_of_descriptors);
    tcase_add_test(tests, closes_a_connection_that_the_server_has_ended);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("db_conn");
    bool server = scratch_create("db_conn", reader_functions);
    TCase *tests = tcase_create("no server");

    tcase_add_checked_fixture(tests, reader_open, reader_close);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, gives_up_on_a_server_that_says_nothing);
    tcase_add_test(tests, keeps_the_gate_shut_when_the_prober_fails);
    suite_add_tcase(suite, tests);
    if (server)
        add_server_tests(suite);
    int status = unit_run(suite);
    if (server)
        scratch_drop();
    return status;
}
