/* unit: what the unit tests share. Each program has one suite, named after the library file that it
 * tests. */
#ifndef TOLOK_UNIT_H
#define TOLOK_UNIT_H

#include <check.h>

/* Of each file; the Makefile gives it the name unit_NAME, as all are one (tests/program.c). */
int main(void);

/* Runs the suite and frees it; the exit status of the program. */
static inline int unit_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
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
