#include "http/serve.h"

#include <fcntl.h>
#include <signal.h>

#include "program.h"

/* What the program prints when it is run by hand with the argument; *status is its exit status. */
static void by_hand(const char *argument, struct buf *out, int *status)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        int result = program_run(argument);
        fflush(stdout);
        _exit(result);
    }
    close(ends[1]);
    fcgi_read_all(ends[0], out);
    *status = program_end(child);
}

START_TEST(answers_as_by_hand)
{
    pid_t worker = program_start();
    struct buf out = {0};
    int status = -1;

    setenv("PATH_INFO", "/nowhere", 1);
    setenv("REQUEST_METHOD", "GET", 1);
    setenv("REQUEST_ID", FCGI_ID, 1);
    by_hand(NULL, &out, &status);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(program_get("/nowhere"), out.data);
    ck_assert_ptr_nonnull(strstr(out.data, "<p>404 " FCGI_ID " /nowhere error s404</p>"));
    ck_assert_int_eq(program_stop(worker), 0);
    buf_free(&out);
}
END_TEST

static const struct {
    const char *name, *value;
} settings[] = {
    {"TOLOK_TEMPLATES", "/nowhere"},
    {"TOLOK_TIMEOUT", "never"},
};

START_TEST(does_not_start_with_something_broken)
{
    setenv(settings[_i].name, settings[_i].value, 1);
    ck_assert_int_eq(program_end(program_start()), 1);
}
END_TEST

START_TEST(answers_by_hand_even_when_it_can_not_start)
{
    struct buf out = {0};
    int status = -1;

    setenv(settings[_i].name, settings[_i].value, 1);
    setenv("PATH_INFO", "/nowhere", 1);
    by_hand(NULL, &out, &status);
    ck_assert_int_eq(strncmp(buf_string(&out), "Status: ", 8), 0);
    ck_assert_int_eq(status == 0 ? 404 : 503, (int)strtol(buf_string(&out) + 8, NULL, 10));
    buf_free(&out);
}
END_TEST

START_TEST(explains_itself)
{
    struct buf out = {0};
    int status = -1;

    by_hand("--pages", &out, &status);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(out.data, "numbers\t/numbers/:name\tname:slug\t\n"
                               "two\t/two\tq:text kota:slugs\tx width\n");
    buf_clear(&out);
    by_hand("--help", &out, &status);
    ck_assert_int_eq(status, 0);
    ck_assert_ptr_nonnull(strstr(out.data, "unit: a program of the tests"));
    ck_assert_ptr_nonnull(strstr(out.data, "TOLOK_TEMPLATES"));
    ck_assert_ptr_nonnull(strstr(out.data, "/two                   Two inputs.\n"));
    buf_clear(&out);
    by_hand("--nonsense", &out, &status);
    ck_assert_int_eq(status, 2);
    ck_assert_str_eq(buf_string(&out), "");
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("serve");
    TCase *tests = tcase_create("serve");

    tcase_add_checked_fixture(tests, program_open, program_close);
    tcase_set_timeout(tests, 10);
    tcase_add_test(tests, answers_as_by_hand);
    tcase_add_loop_test(tests, does_not_start_with_something_broken, 0, UNIT_ROWS(settings));
    tcase_add_loop_test(tests, answers_by_hand_even_when_it_can_not_start, 0, UNIT_ROWS(settings));
    tcase_add_test(tests, explains_itself);
    suite_add_tcase(suite, tests);
    return unit_run_apart(suite);
}
