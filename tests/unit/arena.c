#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

START_TEST(gives_zeroed_aligned_memory)
{
    static const char zeros[3000];
    struct arena *arena = arena_open();

    for (size_t size = 0; size < sizeof zeros; size += 7) {
        char *memory = arena_alloc(arena, size, 1);
        ck_assert_uint_eq((uintptr_t)memory % 16, 0);
        ck_assert_mem_eq(memory, zeros, size);
        memset(memory, 0xaa, size);
    }
    arena_close(arena);
}
END_TEST

START_TEST(serves_pieces_larger_than_a_block)
{
    struct arena *arena = arena_open();
    char *before = arena_copy(arena, "before", 6);
    char *large = arena_alloc(arena, 1024, 1024);
    char *after = arena_copy(arena, "after", 5);

    large[1024 * 1024 - 1] = 'x';
    ck_assert_str_eq(before, "before");
    ck_assert_str_eq(after, "after");
    arena_close(arena);
}
END_TEST

START_TEST(copies_and_formats)
{
    struct arena *arena = arena_open();

    ck_assert_str_eq(arena_copy(arena, "kotamadya", 4), "kota");
    ck_assert_str_eq(arena_copy(arena, "", 0), "");
    ck_assert_str_eq(arena_format(arena, "%s-%d", "putaran", 2022), "putaran-2022");
    ck_assert_uint_eq(strlen(arena_format(arena, "%20000d", 1)), 20000);
    arena_close(arena);
}
END_TEST

static char order[4];
static size_t calls;

static void note(void *object)
{
    order[calls++] = *(char *)object;
}

START_TEST(destroys_the_last_first)
{
    struct arena *arena = arena_open();

    arena_defer(arena, note, arena_copy(arena, "1", 1));
    arena_defer(arena, note, arena_copy(arena, "2", 1));
    arena_defer(arena, note, arena_copy(arena, "3", 1));
    ck_assert_uint_eq(calls, 0);
    arena_close(arena);
    ck_assert_str_eq(order, "321");
}
END_TEST

START_TEST(takes_null_for_closed)
{
    arena_close(NULL);
}
END_TEST

START_TEST(exits_when_a_size_overflows)
{
    struct arena *arena = arena_open();

    free(arena_alloc(arena, SIZE_MAX / 2, 3));
}
END_TEST

START_TEST(exits_when_rounding_up_overflows)
{
    free(arena_alloc(arena_open(), 1, SIZE_MAX - 3));
}
END_TEST

static void add_exit(Suite *suite, const char *name, const TTest *test)
{
    TCase *tests = tcase_create(name);

    tcase_add_exit_test(tests, test, 70);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("arena");
    const char *fork = getenv("CK_FORK");

    unit_add(suite, "zeroed", gives_zeroed_aligned_memory);
    unit_add(suite, "large", serves_pieces_larger_than_a_block);
    unit_add(suite, "text", copies_and_formats);
    unit_add(suite, "defer", destroys_the_last_first);
    unit_add(suite, "null", takes_null_for_closed);
    /* An exit can only be watched from another process; the sanitizers, which run without one, also
     * have their own idea of what is too much. */
    if (fork == NULL || strcmp(fork, "no") != 0) {
        add_exit(suite, "overflow", exits_when_a_size_overflows);
        add_exit(suite, "rounding", exits_when_rounding_up_overflows);
    }
    return unit_run_apart(suite);
}
