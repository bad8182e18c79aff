#include "desk/media.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "desk/form.h"
#include "unit.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_open();
}

static void teardown(void)
{
    arena_close(arena);
}

/* Good files come from the seeds of the fuzz harness; tests run in the tree's root. */
static struct buf seed(const char *name)
{
    struct buf bytes = {0};

    ck_assert_msg(buf_file(&bytes, arena_format(arena, "tests/fuzz/seeds/media/%s", name)), "%s",
                  name);
    return bytes;
}

static const char *told(const char *name, const char *bytes, size_t len)
{
    enum media_kind kind = MEDIA_NONE;
    enum media_fault fault = media_check(name, bytes, len, &kind);

    ck_assert_int_eq(fault == MEDIA_FINE, kind != MEDIA_NONE);
    return fault == MEDIA_FINE ? media_word(kind) : media_fault_word(fault);
}

static const struct {
    const char *seed, *name, *said;
} files[] = {
    {"good.pdf", "a.pdf", "pdf"},
    {"good.png", "a.b.PNG", "png"},
    {"good.jpg", "a.jpg", "jpeg"},
    {"good.jpg", "a.Jpeg", "jpeg"},
    {"good.webp", "a.webp", "webp"},
    {"good.xlsx", "a.xlsx", "xlsx"},
    {"two.jpg", "a.jpg", "jpeg"},
    {"good.png", "a.jpg", "name"},
    {"good.png", "png", "name"},
    {"good.png", "a.png.exe", "name"},
    {"good.png", "a.png.", "name"},
    {"good.png", "a.verylongend", "name"},
    {"good.xlsx", "a.xlsm", "name"},
    {"macro.xlsm", "a.xlsm", "macro"},
    {"macro.xlsm", "a.xlsx", "macro"},
    {"hidden_macro.xlsx", "a.xlsx", "macro"},
    {"object.xlsx", "a.xlsx", "macro"},
    {"bomb.xlsx", "a.xlsx", "broken"},
    {"way_out.xlsx", "a.xlsx", "broken"},
    {"surat.docx", "a.xlsx", "kind"},
    {"page_behind.pdf", "a.pdf", "mixed"},
    {"page_inside.pdf", "a.pdf", "mixed"},
    {"zip_inside.pdf", "a.pdf", "mixed"},
    {"zip_inside.png", "a.png", "mixed"},
    {"page_inside.png", "a.png", "mixed"},
    {"pdf_inside.png", "a.png", "mixed"},
    {"zip_behind.jpg", "a.jpg", "mixed"},
    {"js.pdf", "a.pdf", "script"},
    {"spelt.pdf", "a.pdf", "script"},
    {"packed.pdf", "a.pdf", "script"},
    {"packed_nameless.pdf", "a.pdf", "script"},
    {"packed_twice.pdf", "a.pdf", "script"},
    {"typed_elsewhere.pdf", "a.pdf", "script"},
    {"terkemas.pdf", "a.pdf", "pdf"},
    {"dde_wide.xlsx", "a.xlsx", "macro"},
    {"dde_remark.xlsx", "a.xlsx", "macro"},
    {"spelt_macro.xlsx", "a.xlsx", "macro"},
    {"formula.xlsx", "a.xlsx", "macro"},
    {"formula_spelt.xlsx", "a.xlsx", "macro"},
    {"formula_cdata.xlsx", "a.xlsx", "macro"},
    {"twin.xlsx", "a.xlsx", "broken"},
    {"rumus.xlsx", "a.xlsx", "xlsx"},
    {"uraian.xlsx", "a.xlsx", "xlsx"},
};

START_TEST(tells_kinds_apart)
{
    struct buf bytes = seed(files[_i].seed);

    ck_assert_str_eq(told(files[_i].name, bytes.data, bytes.len), files[_i].said);
    buf_free(&bytes);
}
END_TEST

static const struct {
    const char *seed, *name;
    size_t slack; /* bytes at its end that mean nothing */
} whole[] = {{"good.pdf", "a.pdf", 1},
             {"good.png", "a.png", 0},
             {"good.jpg", "a.jpg", 0},
             {"good.webp", "a.webp", 0},
             {"good.xlsx", "a.xlsx", 0}};

/* Cut anywhere, or with anything behind it, it is refused. */
START_TEST(wants_all_of_a_file_and_nothing_else)
{
    struct buf bytes = seed(whole[_i].seed);

    for (size_t len = 0; len + whole[_i].slack < bytes.len; len++) {
        char *part = malloc(len + 1);
        memcpy(part, bytes.data, len);
        if (strlen(told(whole[_i].name, part, len)) < 4 ||
            strcmp(told(whole[_i].name, part, len), "webp") == 0)
            ck_abort_msg("%s, %zu bytes", whole[_i].seed, len);
        free(part);
    }
    buf_char(&bytes, 'x');
    ck_assert_str_eq(told(whole[_i].name, bytes.data, bytes.len), "mixed");
    buf_free(&bytes);
}
END_TEST

START_TEST(limits_sizes)
{
    char *bytes = calloc(1, FORM_FILE_MAX + 1);

    ck_assert_str_eq(told("a.png", bytes, 0), "empty");
    ck_assert_str_eq(told("a.png", bytes, FORM_FILE_MAX), "kind");
    ck_assert_str_eq(told("a.png", bytes, FORM_FILE_MAX + 1), "large");
    free(bytes);
}
END_TEST

/* A picture of 60000 times 60000 points in a few bytes. */
START_TEST(refuses_pictures_beyond_all_bounds)
{
    struct buf jpeg = seed("good.jpg");
    char *frame = memmem(jpeg.data, jpeg.len, "\xff\xc0", 2);

    ck_assert_ptr_nonnull(frame);
    memcpy(frame + 5, "\xea\x60\xea\x60", 4);
    ck_assert_str_eq(told("a.jpg", jpeg.data, jpeg.len), "broken");
    buf_free(&jpeg);
}
END_TEST

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
    const char *given, *kept;
} file_names[] = {
    {"foto.png", "foto.png"},
    {"Laporan \"akhir\" 'x' <b>.pdf", "Laporan \"akhir\" 'x' <b>.pdf"},
    {"a\r\nSet-Cookie: x=1.pdf", "a__Set-Cookie: x=1.pdf"},
    {"gnp.\xe2\x80\xae"
     "fdp.png",
     "gnp._fdp.png"},
    {"\xc3\xa9t\xc3\xa9.jpg", "\xc3\xa9t\xc3\xa9.jpg"},
    {"..htaccess", "htaccess"},
    {" . a .pdf. ", "a .pdf"},
    {".pdf", "pdf"},
    {"", "berkas"},
    {"...", "berkas"},
    {"a.", "a"},
    {"\x01\x7f.png", "__.png"},
    {HUNDRED HUNDRED ".xlsx", HUNDRED TEN "01234.xlsx"},
    {HUNDRED HUNDRED, HUNDRED TEN TEN},
    {HUNDRED "." HUNDRED, HUNDRED "." TEN "012345678"},
};

START_TEST(keeps_the_text_of_a_name)
{
    ck_assert_str_eq(media_name(arena, file_names[_i].given), file_names[_i].kept);
    ck_assert_str_eq(media_name(arena, file_names[_i].kept), file_names[_i].kept);
}
END_TEST

START_TEST(has_a_word_and_a_type_for_each_kind)
{
    for (int kind = MEDIA_NONE + 1; kind < MEDIA_KIND_MAX; kind++) {
        ck_assert_int_eq(media_of_word(media_word((enum media_kind)kind)), kind);
        ck_assert_ptr_nonnull(strchr(media_type((enum media_kind)kind), '/'));
    }
    ck_assert_int_eq(media_of_word(""), MEDIA_NONE);
    ck_assert_int_eq(media_of_word("svg"), MEDIA_NONE);
    ck_assert_str_eq(media_type(MEDIA_NONE), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("media");
    TCase *tests = tcase_create("media");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, tells_kinds_apart, 0, UNIT_ROWS(files));
    tcase_add_loop_test(tests, wants_all_of_a_file_and_nothing_else, 0, UNIT_ROWS(whole));
    tcase_add_test(tests, limits_sizes);
    tcase_add_test(tests, refuses_pictures_beyond_all_bounds);
    tcase_add_loop_test(tests, keeps_the_text_of_a_name, 0, UNIT_ROWS(file_names));
    tcase_add_test(tests, has_a_word_and_a_type_for_each_kind);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
