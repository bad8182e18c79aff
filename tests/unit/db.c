#include "db/db.h"

#include "base/clock.h"
#include "reader.h"

START_TEST(says_at_once_that_there_is_no_server)
{
    struct db *nowhere = db_open("host=/nowhere dbname=x user=x", "unit-db", &gate);
    struct db_query query = {.function = "page.echo"};
    const char *culprit = "";
    long before = clock_us();

    ck_assert_int_eq(db_read(nowhere, &query, 1, NULL, 0), DB_UNAVAILABLE);
    ck_assert_ptr_null(query.result);
    ck_assert_int_eq(db_check(nowhere, &culprit), DB_UNAVAILABLE);
    ck_assert_ptr_null(culprit);
    db_expect(nowhere, "page.other", 0);
    ck_assert_int_gt(db_warm(nowhere), 0);
    ck_assert_int_eq(db_socket(nowhere), -1);
    db_attend(nowhere);
    ck_assert_int_lt(clock_us() - before, 1000000);
    db_close(nowhere);
    db_close(NULL);
}
END_TEST

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
    ck_assert(scratch_run(
        "drop function page.shape; create function page.shape(a text, b integer, c text[]) returns "
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
    ck_assert(scratch_run("select pg_terminate_backend(pid) from pg_stat_activity where "
                          "application_name = 'unit-db' and "
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
    {"40P01", DB_OK},          {"40001", DB_OK},       {"26000", DB_OK},
    {"42883", DB_OK},          {"0A000", DB_OK},       {"22012", DB_FAILED},
    {"42501", DB_FAILED},      {"XX000 cache", DB_OK}, {"XX000 other", DB_FAILED},
    {"53200", DB_UNAVAILABLE}, {"57014", DB_TIMEOUT},  {"55P03", DB_OK},
    {"TKDAY", DB_ENOUGH},
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
    ck_assert(scratch_run("do $$begin assert (select state = 'idle' and xact_start is null from "
                          "pg_stat_activity where "
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
    struct db *impatient = db_open(conninfo, "unit-db", &gate);
    const char *const values[] = {NULL, "3", NULL};
    struct db_query slow = {.function = "page.slow"};

    ck_assert_int_eq(db_read(impatient, &slow, 1, values, 3), DB_TIMEOUT);
    ck_assert_ptr_null(slow.result);
    ck_assert(gate_is_open(&gate.answer) && gate_is_open(&gate.connect));
    db_close(impatient);
}
END_TEST

START_TEST(gives_up_on_a_server_that_hangs)
{
    long before = clock_us();

    ck_assert_int_eq(read_one("page.slow", NULL, "20"), DB_TIMEOUT);
    ck_assert_int_lt(clock_us() - before, 5000000);
    ck_assert_int_eq(read_one("page.echo", "again", NULL), DB_OK);
    ck_assert(gate_is_open(&gate.answer));
}
END_TEST

static void warm_up(void)
{
    int steps = 0;

    gate.asked[0] = ~0UL;
    for (int wait = 0; wait == 0; steps++)
        wait = db_warm(db);
    ck_assert_int_le(steps, 4);
    ck_assert(db_is_warm(db));
}

/* What is missing is tried once. */
START_TEST(warms_a_connection)
{
    db_expect(db, "page.nowhere", 3);
    db_expect(db, "page.echo", 3);
    db_expect(db, "page.prepared", 3);
    warm_up();
    ck_assert_int_eq(db_warm(db), -1);
    ck_assert_int_eq(read_one("page.prepared", NULL, NULL), DB_OK);
    ck_assert_str_eq(value(0, 0), "2");
    ck_assert(gate.warming > 0);
}
END_TEST

/* Of the queries that are expected, those that somebody has asked, of whichever process. */
START_TEST(warms_what_somebody_wants)
{
    db_expect(db, "page.echo", 3);
    db_expect(db, "page.prepared", 3);
    ck_assert_int_eq(db_warm(db), 0);
    ck_assert_int_gt(db_warm(db), 0);
    ck_assert_int_ge(db_socket(db), 0);
    ck_assert_int_eq(gate.prepared, 0);
    gate.asked[0] = 2;
    ck_assert_int_eq(db_warm(db), 0);
    ck_assert_int_gt(db_warm(db), 0);
    ck_assert_int_eq(gate.prepared, 1);
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
    ck_assert_uint_eq(gate.asked[0], 3);
    ck_assert_int_eq(db_warm(db), -1);
}
END_TEST

/* What is no page, such as an act that writes, is never asked for nothing. */
START_TEST(warms_no_act)
{
    db_expect(db, "page.echo", 3);
    ck_assert_int_eq(read_one("page.prepared", NULL, NULL), DB_OK);
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
    reader_lose();
    gate.prepared = 0;
    warm_up();
    ck_assert_int_eq(gate.prepared, 1);
}
END_TEST

START_TEST(warms_again_when_the_connection_was_lost)
{
    db_expect(db, "page.session", 3);
    warm_up();
    reader_lose();
    ck_assert(!db_is_warm(db));
    warm_up();
    ck_assert_int_ge(db_socket(db), 0);
}
END_TEST

START_TEST(warms_no_more_than_its_share)
{
    db_expect(db, "page.echo", 3);
    gate.asked[0] = 1;
    gate.warming = clock_us() + 60000000;
    ck_assert_int_gt(db_warm(db), 1000);
    ck_assert_int_eq(db_socket(db), -1);
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
    ck_assert_int_eq(db_warm(db), -1);
}
END_TEST

START_TEST(checks_that_everything_can_be_asked)
{
    const char *culprit = "";

    db_expect(db, "page.echo", 3);
    db_expect(db, "page.shape", 3);
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(db_check(db, &culprit), DB_OK);
        ck_assert_ptr_null(culprit);
    }
    ck_assert(scratch_run(
        "drop function page.shape; create function page.shape(a text, b integer, c text[]) returns "
        "table (newest text) language sql stable as $$select 'newest'$$"));
    ck_assert_int_eq(db_check(db, &culprit), DB_OK);
    ck_assert_int_eq(read_one("page.shape", NULL, NULL), DB_OK);
    db_expect(db, "page.nowhere", 2);
    ck_assert_int_eq(db_check(db, &culprit), DB_FAILED);
    ck_assert_str_eq(culprit, "page.nowhere");
    ck_assert_int_eq(read_one("page.echo", NULL, NULL), DB_OK);
}
END_TEST

static void add_server_tests(Suite *suite)
{
    TCase *tests = tcase_create("server");

    tcase_add_checked_fixture(tests, reader_open, reader_close);
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
    tcase_add_test(tests, warms_a_connection);
    tcase_add_test(tests, warms_what_somebody_wants);
    tcase_add_test(tests, warms_no_act);
    tcase_add_test(tests, warms_again_when_the_connection_was_lost);
    tcase_add_test(tests, warms_no_more_than_its_share);
    tcase_add_test(tests, checks_that_everything_can_be_asked);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("db");
    bool server = scratch_create("db", reader_functions);

    unit_add(suite, "no server", says_at_once_that_there_is_no_server);
    if (server)
        add_server_tests(suite);
    int status = unit_run(suite);
    if (server)
        scratch_drop();
    return status;
}
