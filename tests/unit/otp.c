#include "safe/otp.h"

#include <string.h>

#include "unit.h"

/* The secret of RFC 6238's appendix B, "12345678901234567890". */
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

/* Its examples for SHA-1, the last six of their eight digits. */
static const struct {
    time_t when;
    const char *code;
} examples[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

START_TEST(example)
{
    time_t when = examples[_i].when;
    const char *code = examples[_i].code;
    long step = when / 30;

    char made[OTP_CODE_SIZE];
    ck_assert(otp_code(made, SECRET, when));
    ck_assert_str_eq(made, code);
    ck_assert(!otp_code(made, "0189", when));
    if (when < 60) /* there is no step before the one before it */
        when = 60;
    ck_assert_int_eq(otp_step(SECRET, code, when, 0), step);
    ck_assert_int_eq(otp_step(SECRET, code, step * 30 + 59, 0), step);
    ck_assert_int_eq(otp_step(SECRET, code, step * 30 + 60, 0), 0);
    if (step > 2) {
        ck_assert_int_eq(otp_step(SECRET, code, step * 30 - 30, 0), step);
        ck_assert_int_eq(otp_step(SECRET, code, step * 30 - 31, 0), 0);
    }
    ck_assert_int_eq(otp_step(SECRET, code, when, step - 1), step);
    ck_assert_int_eq(otp_step(SECRET, code, when, step), 0);
    ck_assert_int_eq(otp_step(SECRET, code, when, step + 1), 0);
}
END_TEST

static const char *const refused[] = {
    "",
    "050472",
    "50471",
    "0504711",
    "14050471",
    "05047a",
    "05047.1",
    "+50471",
    "050471/",
    "\xd9\xa0\x35\x30\x34\x37",
    "\xe2",
    "\xe2\x80",
    "0504\xe2\x80\xbf"
    "71",
};

START_TEST(refuses_a_code)
{
    ck_assert_int_eq(otp_step(SECRET, refused[_i], 1111111111, 0), 0);
}
END_TEST

/* As a message, a letter and a table carry it. */
static const char *const pasted[] = {
    " 050 471 ",
    "050-471",
    "050\t471\r\n",
    "050\xc2\xa0"
    "471",
    "\xe2\x80\x8b"
    "050\xe2\x80\x89\xe2\x80\x8b"
    "471\xe2\x80\x8e",
    "050\xe2\x80\x91"
    "471",
    "050 \xe2\x80\x93 471",
    "\xef\xbb\xbf"
    "0 5 0 4 7 1",
};

START_TEST(takes_blanks_and_hyphens)
{
    char out[OTP_RECOVERY_SIZE];

    ck_assert_int_eq(otp_step(SECRET, pasted[_i], 1111111111, 0), 1111111111 / 30);
    ck_assert(!otp_recovery_read(out, pasted[_i]));
    ck_assert(otp_recovery_read(out, "ABCD\xe2\x80\x91"
                                     "efgh\xc2\xa0jkmn\t0123"));
    ck_assert_str_eq(out, "abcd-efgh-jkmn-0123");
}
END_TEST

START_TEST(refuses_odd_secrets_and_times)
{
    ck_assert_int_eq(otp_step("not base32!", "050471", 1111111111, 0), 0);
    ck_assert_int_eq(otp_step(SECRET, "287082", 0, 0), 0);
    ck_assert_int_eq(otp_step(SECRET, "287082", -30, 0), 0);
}
END_TEST

START_TEST(secrets)
{
    char one[OTP_SECRET_SIZE], two[OTP_SECRET_SIZE];

    otp_secret(one);
    otp_secret(two);
    ck_assert_uint_eq(strlen(one), 32);
    ck_assert_uint_eq(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 32);
    ck_assert_str_ne(one, two);
}
END_TEST

START_TEST(address)
{
    struct buf uri = {0};

    otp_uri(&uri, SECRET, "ani+uji@kota.go.id");
    ck_assert_str_eq(buf_string(&uri),
                     "otpauth://totp/Tolok%20Kota:ani%2Buji@kota.go.id?secret=" SECRET
                     "&issuer=Tolok%20Kota&algorithm=SHA1&digits=6&period=30");
    buf_free(&uri);
}
END_TEST

START_TEST(recovery)
{
    char code[OTP_RECOVERY_SIZE], other[OTP_RECOVERY_SIZE], out[OTP_RECOVERY_SIZE];

    otp_recovery(code);
    otp_recovery(other);
    ck_assert_uint_eq(strlen(code), 19);
    ck_assert_uint_eq(strspn(code, "0123456789abcdefghjkmnpqrstvwxyz-"), 19);
    ck_assert_str_ne(code, other);
    ck_assert(otp_recovery_read(out, code));
    ck_assert_str_eq(out, code);
}
END_TEST

static const struct {
    const char *typed, *code;
} typed[] = {
    {"abcd-efgh-jkmn-pqrs", "abcd-efgh-jkmn-pqrs"},
    {"ABCDEFGHJKMNPQRS", "abcd-efgh-jkmn-pqrs"},
    {" ab cd efghjkmnpqrs ", "abcd-efgh-jkmn-pqrs"},
    {"", NULL},
    {"abcd-efgh-jkmn-pqr", NULL},
    {"abcd-efgh-jkmn-pqrst", NULL},
    {"abcd-efgh-jkmn-pqrl", NULL},
    {"abcd-efgh-jkmn-pqr\xc3\xa9", NULL},
    {"abcd_efgh_jkmn_pqrs", NULL},
};

START_TEST(reads_recovery)
{
    char out[OTP_RECOVERY_SIZE] = "before";

    ck_assert(otp_recovery_read(out, typed[_i].typed) == (typed[_i].code != NULL));
    ck_assert_str_eq(out, typed[_i].code != NULL ? typed[_i].code : "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("otp");

    unit_add_rows(suite, "example", example, UNIT_ROWS(examples));
    unit_add_rows(suite, "refuses_a_code", refuses_a_code, UNIT_ROWS(refused));
    unit_add_rows(suite, "takes_blanks_and_hyphens", takes_blanks_and_hyphens, UNIT_ROWS(pasted));
    unit_add(suite, "refuses_odd_secrets_and_times", refuses_odd_secrets_and_times);
    unit_add(suite, "secrets", secrets);
    unit_add(suite, "address", address);
    unit_add(suite, "recovery", recovery);
    unit_add_rows(suite, "reads_recovery", reads_recovery, UNIT_ROWS(typed));
    return unit_run(suite);
}
