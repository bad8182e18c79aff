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
    struct media found;
    enum media_fault fault = media_check(name, bytes, len, &found);

    ck_assert_int_eq(fault == MEDIA_FINE, found.kind != MEDIA_NONE);
    return fault == MEDIA_FINE ? media_word(found.kind) : media_fault_word(fault);
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
    {"good.png", "png", "png"},
    {"good.png", "Rapat 12.5", "png"},
    {"good.jpg", "unduhan.jfif", "jpeg"},
    {"good.jpg", "a.jpe", "jpeg"},
    {"good.pdf", "surat", "pdf"},
    {"good.pdf", "surat.jpg", "name"},
    {"samsung.jpg", "a.jpg", "jpeg"},
    {"zeros_behind.jpg", "a.jpg", "jpeg"},
    {"plist.jpg", "a.jpg", "jpeg"},
    {"zeros_behind.pdf", "a.pdf", "pdf"},
    {"remark_behind.pdf", "a.pdf", "pdf"},
    {"zeros_before.pdf", "a.pdf", "pdf"},
    {"two_clocks.xlsx", "a.xlsx", "xlsx"},
    {"two_names.xlsx", "a.xlsx", "broken"},
    {"photo.heic", "a.heic", "heic"},
    {"photo.heic", "a.jpg", "heic"},
    {"locked.xlsx", "a.xlsx", "locked"},
    {"good.png", "a.png.exe", "name"},
    {"good.png", "a.png.", "png"},
    {"good.png", "a.verylongend", "png"},
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
} whole[] = {{"good.pdf", "a.pdf", 1}, {"good.xlsx", "a.xlsx", 0}};

/* Cut anywhere, or with anything behind it, it is refused. */
START_TEST(wants_all_of_a_file_and_nothing_else)
{
    struct buf bytes = seed(whole[_i].seed);

    for (size_t len = 0; len + whole[_i].slack < bytes.len; len++) {
        char *part = malloc(len + 1);
        memcpy(part, bytes.data, len);
        if (strlen(told(whole[_i].name, part, len)) < 4 ||
            strcmp(told(whole[_i].name, part, len), "xlsx") == 0)
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

/* What stands around a document is left aside. */
START_TEST(leaves_padding_aside)
{
    static const char *const names[] = {"zeros_behind.pdf", "remark_behind.pdf",
                                        "zeros_before.pdf"};

    for (size_t i = 0; i < 3; i++) {
        struct buf bytes = seed(names[i]);
        struct media found;
        ck_assert_int_eq(media_check("a.pdf", bytes.data, bytes.len, &found), MEDIA_FINE);
        ck_assert(found.bytes >= bytes.data && found.len < bytes.len);
        ck_assert(found.bytes + found.len <= bytes.data + bytes.len);
        ck_assert_mem_eq(found.bytes, "%PDF-", 5);
        ck_assert_mem_eq(found.bytes + found.len - 5, "%%EOF", 5);
        buf_free(&bytes);
    }
}
END_TEST

/* A page right behind a picture was put there; one far behind is what was on the card before. */
START_TEST(tells_remnants_from_what_was_put_there)
{
    struct buf bytes = seed("good.jpg");
    size_t len = bytes.len;

    for (int i = 0; i < 4000; i++)
        buf_char(&bytes, 'x');
    buf_text(&bytes, "<html><script>");
    ck_assert_str_eq(told("a.jpg", bytes.data, bytes.len), "jpeg");
    bytes.len = len + 500;
    buf_text(&bytes, "<html><script>");
    ck_assert_str_eq(told("a.jpg", bytes.data, bytes.len), "mixed");
    buf_free(&bytes);
}
END_TEST

static const struct {
    const char *name;
    enum media_kind kind;
    const char *offered;
} offers[] = {
    {"foto.jpg", MEDIA_JPEG, "foto.jpg"},        {"foto.JPEG", MEDIA_JPEG, "foto.JPEG"},
    {"unduhan.jfif", MEDIA_JPEG, "unduhan.jpg"}, {"foto", MEDIA_JPEG, "foto.jpg"},
    {"Rapat 12.5", MEDIA_PDF, "Rapat 12.5.pdf"}, {"a.PNG", MEDIA_PNG, "a.PNG"},
    {"data", MEDIA_XLSX, "data.xlsx"},
};

START_TEST(offers_a_name_that_programs_know)
{
    ck_assert_str_eq(media_offered(arena, offers[_i].name, offers[_i].kind), offers[_i].offered);
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
    tcase_add_test(tests, leaves_padding_aside);
    tcase_add_test(tests, tells_remnants_from_what_was_put_there);
    tcase_add_loop_test(tests, offers_a_name_that_programs_know, 0, UNIT_ROWS(offers));
    tcase_add_loop_test(tests, keeps_the_text_of_a_name, 0, UNIT_ROWS(file_names));
    tcase_add_test(tests, has_a_word_and_a_type_for_each_kind);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
