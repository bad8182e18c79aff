#include "../../cgi-bin/lib/db.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "../../cgi-bin/lib/log.h"
#include "scratch.h"
#include "unit.h"

/* fails(code, message) raises the error on its first call in a session and is fine from then on: an advisory lock is
 * what a session keeps when a transaction is rolled back. */
static const char functions[] =
    "create schema page;"
    "create function page.echo(a text, b integer, c text[]) returns table (a text, b integer, c text[]) language sql "
    "stable as 'select a, b, c';"
    "create function page.moment(a text, b integer, c text[]) returns table (at text, isolation text, readonly text) "
    "language sql stable as $$select now()::text, current_setting('transaction_isolation'), "
    "current_setting('transaction_read_only')$$;"
    "create function page.session(a text, b integer, c text[]) returns table (pid integer) language sql stable as "
    "'select pg_backend_pid()';"
    "create function page.shape(a text, b integer, c text[]) returns table (old text) language sql stable as "
    "$$select 'old'$$;"
    "create function page.slow(a text, b integer, c text[]) returns table (done boolean) language sql stable as "
    "'select pg_sleep(b) is not null';"
    "create function page.fails(code text, b integer, c text[]) returns table (done boolean) language plpgsql stable as "
    "$$begin if exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) then "
    "return query select true; return; end if; perform pg_advisory_lock(1); "
    "raise exception using errcode = split_part(code, ' ', 1), message = code || ' lookup failed'; end$$;";

static struct db *db;
static struct db_gate gate;
static struct db_query queries[3];

static void setup(void)
{
    db = db_open(scratch_conninfo, "unit-db", &gate);
}

static void teardown(void)
{
    for (size_t i = 0; i < 3; i++)
        PQclear(queries[i].result);
    memset(queries, 0, sizeof queries);
    db_close(db);
}

/* Reads one function with three values; the result of the read before is cleared. */
static enum db_outcome read_one(const char *function, const char *a, const char *b)
{
    const char *const values[] = {a, b, NULL};

    PQclear(queries[0].result);
    queries[0] = (struct db_query){.function = function};
    return db_read(db, queries, 1, values, 3);
}

static const char *value(size_t query, int column)
{
    return PQgetvalue(queries[query].result, 0, column);
}

START_TEST(reads_all_queries_in_one_moment)
{
    const char *const values[] = {"x'; drop schema page; --", "7", "{a,b}"};

    queries[0].function = "page.moment";
    queries[1].function = "page.echo";
    queries[2].function = "page.session";
    for (int round = 0; round < 3; round++) {
        ck_assert_int_eq(db_read(db, queries, 3, values, 3), DB_OK);
        ck_assert_str_eq(value(0, 1), "repeatable read");
        ck_assert_str_eq(value(0, 2), "on");
        ck_assert_str_eq(value(1, 0), values[0]);
        ck_assert_str_eq(value(1, 1), "7");
        ck_assert_str_eq(value(1, 2), "{a,b}");
        for (size_t i = 0; i < 3; i++)
            PQclear(queries[i].result);
    }
    memset(queries, 0, sizeof queries);
}
END_TEST

START_TEST(hands_null_over_as_null)
{
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
    ck_assert_int_eq(PQgetisnull(queries[0].result, 0, 0), 1);
    ck_assert_int_eq(PQgetisnull(queries[0].result, 0, 1), 1);
    ck_assert_int_eq(PQgetisnull(queries[0].result, 0, 2), 1);
}
END_TEST

START_TEST(notices_new_columns)
{
    ck_assert_int_eq(read_one("page.shape", NULL, NULL), DB_OK);
    ck_assert_str_eq(PQfname(queries[0].result, 0), "old");
    ck_assert(scratch_run("drop function page.shape; create function page.shape(a text, b integer, c text[]) returns "
                          "table (new text, more text) language sql stable as $$select 'new', 'more'$$"));
    ck_assert_int_eq(read_one("page.shape", NULL, NULL), DB_OK);
    ck_assert_str_eq(PQfname(queries[0].result, 0), "new");
    ck_assert_int_eq(PQnfields(queries[0].result), 2);
}
END_TEST

START_TEST(fails_when_a_function_is_missing)
{
    ck_assert_int_eq(read_one("page.nowhere", NULL, NULL), DB_FAILED);
    ck_assert_ptr_null(queries[0].result);
    ck_assert_int_eq(read_one("page.echo", "again", NULL), DB_OK);
}
END_TEST

START_TEST(connects_again)
{
    char pid[16];

    ck_assert_int_eq(read_one("page.session", NULL, NULL), DB_OK);
    snprintf(pid, sizeof pid, "%s", value(0, 0));
    ck_assert(scratch_run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'unit-db' and "
                          "datname = current_database()"));
    usleep(100000);
    ck_assert_int_eq(read_one("page.session", NULL, NULL), DB_OK);
    ck_assert_str_ne(value(0, 0), pid);
}
END_TEST

static const struct {
    const char *error;
    enum db_outcome outcome;
} errors[] = {
    {"40P01", DB_OK},          {"40001", DB_OK},  {"26000", DB_OK}, {"42883", DB_OK},
    {"0A000", DB_OK},          {"22012", DB_FAILED}, {"42501", DB_FAILED},
    {"XX000 cache", DB_OK},    {"XX000 other", DB_FAILED},
    {"53200", DB_UNAVAILABLE}, {"57014", DB_TIMEOUT}, {"55P03", DB_TIMEOUT},
};

START_TEST(repeats_what_can_be_repaired)
{
    ck_assert_int_eq(read_one("page.fails", errors[_i].error, NULL), errors[_i].outcome);
    ck_assert_int_eq(queries[0].result != NULL, errors[_i].outcome == DB_OK);
    ck_assert_int_eq(read_one("page.fails", errors[_i].error, NULL), DB_OK);
}
END_TEST

START_TEST(leaves_no_transaction_open)
{
    ck_assert_int_eq(read_one("page.fails", "22012", NULL), DB_FAILED);
    ck_assert(scratch_run("do $$begin assert (select state = 'idle' and xact_start is null from pg_stat_activity where "
                          "application_name = 'unit-db' and datname = current_database()); end$$"));
}
END_TEST

START_TEST(keeps_nothing_of_a_read_that_failed_midway)
{
    const char *const values[] = {"22012", "7", NULL};

    queries[0].function = "page.echo";
    queries[1].function = "page.fails";
    queries[2].function = "page.session";
    ck_assert_int_eq(db_read(db, queries, 3, values, 3), DB_FAILED);
    for (size_t i = 0; i < 3; i++)
        ck_assert_ptr_null(queries[i].result);
    ck_assert_int_eq(db_read(db, queries, 3, values, 3), DB_OK);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(PQntuples(queries[i].result), 1);
}
END_TEST

START_TEST(gives_up_on_a_slow_statement)
{
    char conninfo[256];
    snprintf(conninfo, sizeof conninfo, "%s options='-c statement_timeout=100'", scratch_conninfo);
    struct db *impatient = db_open(conninfo, "unit-db", &(struct db_gate){0});
    const char *const values[] = {NULL, "3", NULL};
    struct db_query slow = {.function = "page.slow"};

    ck_assert_int_eq(db_read(impatient, &slow, 1, values, 3), DB_TIMEOUT);
    ck_assert_ptr_null(slow.result);
    db_close(impatient);
}
END_TEST

START_TEST(gives_up_on_a_server_that_hangs)
{
    long before = log_clock();

    ck_assert_int_eq(read_one("page.slow", NULL, "20"), DB_TIMEOUT);
    ck_assert_int_lt(log_clock() - before, 5000000);
    ck_assert_int_eq(read_one("page.echo", "again", NULL), DB_OK);
}
END_TEST

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

START_TEST(gives_up_on_a_server_that_says_nothing)
{
    char folder[] = "/tmp/unit-db-XXXXXX", conninfo[64], socket_path[64];
    const char *const values[] = {NULL};
    struct db_query query = {.function = "page.echo"};

    ck_assert_ptr_nonnull(mkdtemp(folder));
    int fd = silent_server(folder);
    snprintf(conninfo, sizeof conninfo, "host=%s dbname=x user=x port=5432", folder);
    struct db *silent = db_open(conninfo, "unit-db", &(struct db_gate){0});
    long before = log_clock();
    ck_assert_int_eq(db_read(silent, &query, 1, values, 0), DB_UNAVAILABLE);
    ck_assert_int_lt(log_clock() - before, 4000000);
    db_close(silent);
    close(fd);
    snprintf(socket_path, sizeof socket_path, "%s/.s.PGSQL.5432", folder);
    unlink(socket_path);
    rmdir(folder);
}
END_TEST

START_TEST(says_at_once_that_there_is_no_server)
{
    struct db *nowhere = db_open("host=/nowhere dbname=x user=x", "unit-db", &(struct db_gate){0});
    const char *const values[] = {NULL};
    struct db_query query = {.function = "page.echo"};
    long before = log_clock();

    ck_assert_int_eq(db_read(nowhere, &query, 1, values, 0), DB_UNAVAILABLE);
    ck_assert_ptr_null(query.result);
    ck_assert_int_lt(log_clock() - before, 1000000);
    db_close(nowhere);
    db_close(NULL);
}
END_TEST

static void add_server_tests(Suite *suite)
{
    TCase *tests = tcase_create("server");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, reads_all_queries_in_one_moment);
    tcase_add_test(tests, hands_null_over_as_null);
    tcase_add_test(tests, notices_new_columns);
    tcase_add_test(tests, fails_when_a_function_is_missing);
    tcase_add_test(tests, connects_again);
    tcase_add_loop_test(tests, repeats_what_can_be_repaired, 0, UNIT_ROWS(errors));
    tcase_add_test(tests, leaves_no_transaction_open);
    tcase_add_test(tests, keeps_nothing_of_a_read_that_failed_midway);
    tcase_add_test(tests, gives_up_on_a_slow_statement);
    tcase_add_test(tests, gives_up_on_a_server_that_hangs);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("db");
    bool server = scratch_create("db", functions);
    TCase *tests = tcase_create("no server");

    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, says_at_once_that_there_is_no_server);
    tcase_add_test(tests, gives_up_on_a_server_that_says_nothing);
    suite_add_tcase(suite, tests);
    if (server)
        add_server_tests(suite);
    int status = unit_run(suite);
    if (server)
        scratch_drop();
    return status;
}
