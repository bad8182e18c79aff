#include "desk/qr.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { SIDE_MAX = 200 };

static bool dark[SIDE_MAX][SIDE_MAX];

/* Reads the path back: "M4 4h7v1h-7z" is a run of seven. Returns how many squares are dark. */
static int draw(const char *path)
{
    int x = 0, y = 0, run = 0, back = 0, used = 0, count = 0;

    memset(dark, 0, sizeof dark);
    while (*path != '\0') {
        ck_assert_int_eq(sscanf(path, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &used), 4);
        ck_assert_int_eq(run, back);
        ck_assert(run > 0 && x >= 0 && y >= 0 && x + run < SIDE_MAX && y < SIDE_MAX);
        for (int i = 0; i < run; i++)
            dark[y][x + i] = true;
        count += run;
        path += used;
    }
    return count;
}

/* A finder: seven by seven, a ring, a gap and a core. */
static void check_finder(int left, int top)
{
    for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 7; x++) {
            int ring = abs(x - 3) > abs(y - 3) ? abs(x - 3) : abs(y - 3);
            ck_assert_msg(dark[top + y][left + x] == (ring != 2), "%d %d", x, y);
        }
    }
}

START_TEST(a_code)
{
    struct arena *arena = arena_open();
    int size = 0;
    const char *path = qr_path(
        arena,
        "otpauth://totp/"
        "Tolok%20Kota:a@uji.go.id?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tolok%20Kota",
        &size);

    ck_assert_ptr_nonnull(path);
    ck_assert(size >= 21 + 8 && (size - 8 - 21) % 4 == 0);
    ck_assert_int_gt(draw(path), 200);
    check_finder(4, 4);
    check_finder(size - 11, 4);
    check_finder(4, size - 11);
    for (int i = 0; i < size; i++) {
        for (int edge = 0; edge < 4; edge++)
            ck_assert(!dark[edge][i] && !dark[i][edge] && !dark[size - 1 - edge][i] &&
                      !dark[i][size - 1 - edge]);
    }
    arena_close(arena);
}
END_TEST

START_TEST(too_long)
{
    struct arena *arena = arena_open();
    char *text = arena_alloc(arena, 5001, 1);
    int size = 7;

    memset(text, 'a', 5000);
    ck_assert_ptr_null(qr_path(arena, text, &size));
    ck_assert_int_eq(size, 0);
    arena_close(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("qr");

    unit_add(suite, "a code", a_code);
    unit_add(suite, "too long", too_long);
    return unit_run(suite);
}
