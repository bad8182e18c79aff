#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

START_TEST(exits_when_memory_is_exhausted)
{
    free(mem_alloc(1, SIZE_MAX / 2));
}
END_TEST

static void say_more(void)
{
    _exit(71);
}

START_TEST(says_the_last_words)
{
    mem_last_words(say_more);
    free(mem_alloc(SIZE_MAX / 2, 3));
}
END_TEST

START_TEST(resizes)
{
    char *memory = mem_alloc(3, 1);

    memcpy(memory, "abc", 3);
    memory = mem_resize(memory, 1000, 10);
    ck_assert_mem_eq(memory, "abc", 3);
    free(memory);
    free(mem_alloc(0, 0));
}
END_TEST

static void add_exit(Suite *suite, const char *name, const TTest *test, int status)
{
    TCase *tests = tcase_create(name);

    tcase_add_exit_test(tests, test, status);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("mem");
    const char *fork = getenv("CK_FORK");

    unit_add(suite, "resize", resizes);
    /* As in arena.c. */
    if (fork == NULL || strcmp(fork, "no") != 0) {
        add_exit(suite, "exhausted", exits_when_memory_is_exhausted, 70);
        add_exit(suite, "last words", says_the_last_words, 71);
    }
    return unit_run_apart(suite);
}
