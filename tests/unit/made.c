#include "desk/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "unit.h"

static enum media_fault made_from(const char *path, struct arena *arena, struct made *made)
{
    const char *slash = strrchr(path, '/');
    struct buf bytes = {0};

    if (!buf_file(&bytes, path))
        return MEDIA_HELPER;
    const char *kept = arena_copy(arena, buf_string(&bytes), bytes.len);
    enum media_fault fault =
        made_of(arena, slash != NULL ? slash + 1 : path, kept, bytes.len, made);
    buf_free(&bytes);
    return fault;
}

static const struct {
    const char *seed;
    enum media_kind kind;
    enum media_fault fault;
} seeds[] = {
    {"place.jpg", MEDIA_JPEG, MEDIA_FINE},         {"good.png", MEDIA_PNG, MEDIA_FINE},
    {"good.webp", MEDIA_WEBP, MEDIA_FINE},         {"zeros_behind.pdf", MEDIA_PDF, MEDIA_FINE},
    {"two_clocks.xlsx", MEDIA_XLSX, MEDIA_FINE},   {"asks_password.pdf", MEDIA_PDF, MEDIA_LOCKED},
    {"forbids_printing_js.pdf", MEDIA_PDF, MEDIA_SCRIPT},
    {"photo.heic", MEDIA_NONE, MEDIA_HEIC},        {"no such file", MEDIA_NONE, MEDIA_HELPER},
};

/* A picture in two sizes, a document in one, without what stands around it; a name that fits. */
START_TEST(makes_what_is_kept)
{
    struct arena *arena = arena_open();
    struct made made = {0};
    char path[128];

    snprintf(path, sizeof path, "tests/fuzz/seeds/media/%s", seeds[_i].seed);
    ck_assert_int_eq(made_from(path, arena, &made), seeds[_i].fault);
    ck_assert_int_eq(made.kind, seeds[_i].kind);
    if (seeds[_i].fault == MEDIA_FINE) {
        bool picture = made.kind != MEDIA_PDF && made.kind != MEDIA_XLSX;
        ck_assert_ptr_nonnull(made.file.bytes);
        ck_assert(picture == (made.small.bytes != NULL));
        ck_assert_str_eq(made.name, seeds[_i].seed);
        ck_assert_ptr_null(memmem(made.file.bytes, made.file.len, "Rahasia", 7));
        ck_assert(made.kind != MEDIA_PDF || made.file.bytes[made.file.len - 1] != '\0');
    }
    arena_close(arena);
}
END_TEST

/* What becomes of each file whose name stands on standard input: for tests/cgi/made.t. */
static int tell_all(void)
{
    char path[4096];

    while (fgets(path, sizeof path, stdin) != NULL) {
        struct arena *arena = arena_open();
        struct made made;
        path[strcspn(path, "\n")] = '\0';
        enum media_fault fault = made_from(path, arena, &made);
        printf("%s\t%s\n", fault == MEDIA_FINE ? "fine" : media_fault_word(fault), path);
        fflush(stdout);
        arena_close(arena);
    }
    return 0;
}

int main(void)
{
    if (getenv("TELL_ALL") != NULL)
        return tell_all();
    Suite *suite = suite_create("made");
    unit_add_rows(suite, "makes_what_is_kept", makes_what_is_kept, UNIT_ROWS(seeds));
    return unit_run(suite);
}
