#include "desk/password.h"

#include <stddef.h>
#include <string.h>

#include "unit.h"

static const char *const good[] = {
    "empat kuda makan jerami",
    "correct horse battery staple",
    "kopi-payung-rel-senja",
    "tTg7#kQ2!xZp",
    "\xf0\x9f\x90\x98\xf0\x9f\x8c\xb4\xf0\x9f\x8f\xa0\xf0\x9f\x9a\xb2\xf0\x9f\x8c\xa7\xf0\x9f\x8e"
    "\xb5\xf0\x9f\x90\x9f\xf0\x9f\x8d\x9a\xf0\x9f\x9a\x82\xf0\x9f\x8c\x8b\xf0\x9f\x90\x93\xf0\x9f"
    "\xaa\x81",
    "  spasi di tepi, tetap sama  ",
    "vx2m-9kqa-hd4t-w8ze",
};

static const struct {
    const char *password, *own, *fault;
} bad[] = {
    {"", "", "short"},
    {"abc1234", "", "short"},
    {"tTg7#kQ2!xZ", "", "short"},
    {"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", "", "short"},
    {"password1234", "", "common"},
    {"Password123!", "", "common"},
    {"P@ssw0rd2024!", "", "common"},
    {"admin1234567", "", "common"},
    {"SmartCity2026", "", "common"},
    {"kominfo-2026!", "", "common"},
    {"RahasiaNegara1", "", "common"},
    {"indonesiamerdeka", "", "common"},
    {"bismillah12345", "", "common"},
    {"iloveyousayang", "", "common"},
    {"qwertyuiop[]", "", "common"},
    {"1234567890123", "", "common"},
    {"zxcvbnmasdfghjkl", "", "common"},
    {"poiuytrewqlkjhg", "", "common"},
    {"1q2w3e4r5t6y", "", "common"},
    {"1qaz2wsx3edc", "", "common"},
    {"aaaaaaaaaaaaaaaaaaaaaaaa", "", "common"},
    {"abcdabcdabcdabcd", "", "common"},
    {"xk7qxk7qxk7q", "", "common"},
    {"\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90"
     "\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f\x90\x98\xf0\x9f"
     "\x90\x98",
     "", "common"},
    {"jakarta-bandung-surabaya", "", "common"},
    {"gnudnab-atrakaj-2026", "", "common"},
    {"siti.nurhaliza", "siti.nurhaliza@uji.go.id Siti", "common"},
    {"NURHALIZA-siti-2026", "siti.nurhaliza@uji.go.id", "common"},
};

START_TEST(a_good_one)
{
    ck_assert_ptr_null(password_fault(good[_i], ""));
    ck_assert_ptr_null(password_fault(good[_i], "siti@uji.go.id Siti Nurhaliza"));
}
END_TEST

START_TEST(a_bad_one)
{
    ck_assert_pstr_eq(password_fault(bad[_i].password, bad[_i].own), bad[_i].fault);
}
END_TEST

START_TEST(its_length)
{
    char text[PASSWORD_BYTES_MAX + 2];
    unsigned state = 1;

    for (size_t i = 0; i < sizeof text; i++) {
        state = state * 1103515245u + 12345u;
        text[i] = "kfsxbwpzmgtq"[(state >> 16) % 12];
    }
    text[PASSWORD_BYTES_MAX + 1] = '\0';
    ck_assert_pstr_eq(password_fault(text, ""), "long");
    text[64] = '\0';
    ck_assert_ptr_null(password_fault(text, ""));
    ck_assert_ptr_null(password_fault("xkfsbwpzmgtq", ""));
    ck_assert_pstr_eq(password_fault("xkfsbwpzmgt", ""), "short");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("password");

    unit_add_rows(suite, "a good one", a_good_one, UNIT_ROWS(good));
    unit_add_rows(suite, "a bad one", a_bad_one, UNIT_ROWS(bad));
    unit_add(suite, "its length", its_length);
    return unit_run(suite);
}
