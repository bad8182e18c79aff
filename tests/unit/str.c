#include "base/str.h"

#include <limits.h>
#include <string.h>

#include "unit.h"

static const struct {
    const char *text;
    long min, max;
    bool valid;
    long value;
} ints[] = {
    {"0", 0, 9, true, 0},
    {"7", 0, 9, true, 7},
    {"-7", -9, 9, true, -7},
    {"9223372036854775807", LONG_MIN, LONG_MAX, true, LONG_MAX},
    {"-9223372036854775808", LONG_MIN, LONG_MAX, true, LONG_MIN},
    {"9223372036854775808", LONG_MIN, LONG_MAX, false, 0},
    {"99999999999999999999999", LONG_MIN, LONG_MAX, false, 0},
    {"10", 0, 9, false, 0},
    {"-1", 0, 9, false, 0},
    {"", 0, 9, false, 0},
    {"-", 0, 9, false, 0},
    {"+1", 0, 9, false, 0},
    {"01", 0, 9, false, 0},
    {"-0", -9, 9, false, 0},
    {"--1", -9, 9, false, 0},
    {" 1", 0, 9, false, 0},
    {"1 ", 0, 9, false, 0},
    {"1e3", 0, 9999, false, 0},
    {"0x1", 0, 9, false, 0},
    {"1.0", 0, 9, false, 0},
    {"\xd9\xa1", 0, 9, false, 0},
};

START_TEST(reads_canonical_integers_only)
{
    long value = 12345;

    ck_assert_int_eq(str_int(ints[_i].text, ints[_i].min, ints[_i].max, &value), ints[_i].valid);
    ck_assert_int_eq(value, ints[_i].valid ? ints[_i].value : 12345);
}
END_TEST

static const struct {
    const char *bytes;
    size_t len;
    bool valid;
} utf8s[] = {
    {"", 0, true},
    {"Kediri", 6, true},
    {"\xc3\xa9", 2, true},
    {"\xe2\x82\xac", 3, true},
    {"\xf0\x9f\x8f\x99", 4, true},
    {"\xf4\x8f\xbf\xbf", 4, true},
    {"\xed\x9f\xbf", 3, true},
    {"a\0b", 3, false},
    {"\xc0\x80", 2, false},
    {"\xc1\xbf", 2, false},
    {"\xe0\x9f\xbf", 3, false},
    {"\xf0\x8f\xbf\xbf", 4, false},
    {"\xed\xa0\x80", 3, false},
    {"\xed\xbf\xbf", 3, false},
    {"\xf4\x90\x80\x80", 4, false},
    {"\xf8\x88\x80\x80\x80", 5, false},
    {"\x80", 1, false},
    {"\xbf", 1, false},
    {"\xff", 1, false},
    {"\xc3", 1, false},
    {"\xe2\x82", 2, false},
    {"\xf0\x9f\x8f", 3, false},
    {"\xc3(", 2, false},
    {"\xe2\x82(", 3, false},
};

START_TEST(refuses_malformed_utf8)
{
    ck_assert_int_eq(str_utf8(utf8s[_i].bytes, utf8s[_i].len), utf8s[_i].valid);
}
END_TEST

START_TEST(agrees_with_the_definition_for_every_code_point)
{
    for (unsigned point = 1; point <= 0x11ffff; point++) {
        char bytes[4];
        size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        static const unsigned marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
        unsigned rest = point;
        for (size_t i = size - 1; i > 0; i--, rest >>= 6)
            bytes[i] = (char)(0x80 | (rest & 0x3f));
        bytes[0] = (char)(size == 1 ? rest : marks[size] | rest);
        bool valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
        if (str_utf8(bytes, size) != valid)
            ck_abort_msg("U+%04X", point);
    }
}
END_TEST

#define SIXTY_FOUR "0123456789012345678901234567890123456789012345678901234567890123"

static const struct {
    const char *text;
    bool slug, code;
} names[] = {
    {"kota-kediri", true, true},
    {"2022", true, true},
    {"a.b_c-d", true, true},
    {"simulasi-1", true, true},
    {"QW", false, true},
    {SIXTY_FOUR, true, true},
    {SIXTY_FOUR "4", false, false},
    {"", false, false},
    {"kota kediri", false, false},
    {"kota/kediri", false, false},
    {"kota,kediri", false, false},
    {"'", false, false},
    {"{a}", false, false},
    {"\xc3\xa9", false, false},
    {"a\n", false, false},
};

START_TEST(knows_slugs_and_codes)
{
    ck_assert_int_eq(str_is_slug(names[_i].text), names[_i].slug);
    ck_assert_int_eq(str_is_code(names[_i].text), names[_i].code);
}
END_TEST

START_TEST(finds_whole_words)
{
    ck_assert(str_is_word("kota", "kota kabupaten"));
    ck_assert(str_is_word("kabupaten", "kota kabupaten"));
    ck_assert(str_is_word("kota", "kota"));
    ck_assert(!str_is_word("kot", "kota kabupaten"));
    ck_assert(!str_is_word("kotak", "kota kabupaten"));
    ck_assert(!str_is_word("kota kabupaten", "kota kabupaten"));
    ck_assert(!str_is_word("", "kota kabupaten"));
    ck_assert(!str_is_word("", ""));
    ck_assert(!str_is_word("kota", ""));
}
END_TEST

static const struct {
    const char *text;
    bool valid;
} texts[] = {
    {"", true},
    {"Home Care", true},
    {"\xc3\xa9\xe2\x82\xac", true},
    {"1234567890", true},
    {"12345678901", false},
    {"a\tb", false},
    {"a\nb", false},
    {"a\x7f", false},
    {"\xc2\x85", false},
    {"\xe2\x80\xa8", false},
    {"\xe2\x80\xa9", false},
    {"\xe2\x80\xae", false},
    {"\xe2\x81\xa6", false},
    {"\xe2\x81\xa5", true},
    {"\xef\xbf\xbe", false},
    {"\xef\xbf\xbf", false},
    {"\xef\xb7\x90", false},
    {"\xef\xbf\xbd", true},
    {"\xff", false},
};

START_TEST(knows_text_that_may_be_shown_again)
{
    ck_assert_int_eq(str_is_text(texts[_i].text, 10), texts[_i].valid);
}
END_TEST

static const struct {
    const char *text;
    bool local;
} paths[] = {
    {"/", true},
    {"/kota/kota-kediri?putaran=2022#skor", true},
    {"/a//b", true},
    {"", false},
    {"kota", false},
    {"//jahat.example", false},
    {"/\\jahat.example", false},
    {"/a\\b", false},
    {"https://jahat.example", false},
    {"/a b", false},
    {"/a\r\nSet-Cookie: x", false},
    {"/\t/jahat.example", false},
    {"/\xc3\xa9", false},
    {"/a\x7f", false},
};

START_TEST(knows_local_addresses)
{
    ck_assert_int_eq(str_is_local_path(paths[_i].text), paths[_i].local);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("str");

    unit_add_rows(suite, "int", reads_canonical_integers_only, UNIT_ROWS(ints));
    unit_add_rows(suite, "utf8", refuses_malformed_utf8, UNIT_ROWS(utf8s));
    unit_add(suite, "every code point", agrees_with_the_definition_for_every_code_point);
    unit_add_rows(suite, "names", knows_slugs_and_codes, UNIT_ROWS(names));
    unit_add(suite, "words", finds_whole_words);
    unit_add_rows(suite, "text", knows_text_that_may_be_shown_again, UNIT_ROWS(texts));
    unit_add_rows(suite, "local path", knows_local_addresses, UNIT_ROWS(paths));
    return unit_run(suite);
}
