/* unit: what the unit tests share. Each program has one suite, named after the library file that it
 * tests. */
#ifndef TOLOK_UNIT_H
#define TOLOK_UNIT_H

#include <check.h>
#include <stdlib.h>

/* Of each file; the Makefile gives it the name unit_NAME, as all are one (tests/program.c). */
int main(void);

static inline int unit_run_with(Suite *suite, enum fork_status fork)
{
    SRunner *runner = srunner_create(suite);

    srunner_set_fork_status(runner, fork);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}

/* Runs the suite and frees it; the exit status of the program. All tests are of one process, as a
 * process for each row of a table takes longer than the row. CK_FORK=yes gives each its own, for
 * example to see which of them crashes. */
static inline int unit_run(Suite *suite)
{
    return unit_run_with(suite, getenv("CK_FORK") == NULL ? CK_NOFORK : CK_FORK_GETENV);
}

/* The same where a test ends its process, forks, counts processes, runs out of memory or needs a
 * program that has just begun. */
static inline int unit_run_apart(Suite *suite)
{
    return unit_run_with(suite, CK_FORK_GETENV);
}

/* Adds a test case with the one test in it; a failing one is then named in the report. */
static inline void unit_add(Suite *suite, const char *name, const TTest *test)
{
    TCase *tests = tcase_create(name);

    tcase_add_test(tests, test);
    suite_add_tcase(suite, tests);
}

/* The same for a test that is run for each i in 0..count-1, the rows of its table. */
static inline void unit_add_rows(Suite *suite, const char *name, const TTest *test, int count)
{
    TCase *tests = tcase_create(name);

    tcase_add_loop_test(tests, test, 0, count);
    suite_add_tcase(suite, tests);
}

#define UNIT_ROWS(table) ((int)(sizeof(table) / sizeof *(table)))

#endif
