#include "safe/secret.h"

#include <string.h>
#include <time.h>

#include "unit.h"

static const unsigned char lock[SECRET_LOCK_BYTES] = "a lock of thirty-two bytes, here";
static const unsigned char other[SECRET_LOCK_BYTES] = "another lock of thirty-two bytes";

START_TEST(tokens)
{
    char one[SECRET_TOKEN_SIZE], two[SECRET_TOKEN_SIZE];

    secret_token(one);
    secret_token(two);
    ck_assert_uint_eq(strlen(one), SECRET_TOKEN_SIZE - 1);
    ck_assert_uint_eq(
        strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        SECRET_TOKEN_SIZE - 1);
    ck_assert_str_ne(one, two);
}
END_TEST

/* Each of the 64 characters turns up about as often, in 43,000 of them: six standard deviations.
 * The last one holds four bits. */
START_TEST(tokens_are_random)
{
    unsigned counts[128] = {0}, seen = 0;

    for (int i = 0; i < 1000; i++) {
        char token[SECRET_TOKEN_SIZE];
        secret_token(token);
        for (int j = 0; j < SECRET_TOKEN_SIZE - 2; j++)
            counts[token[j] & 0x7f]++;
    }
    for (int c = 0; c < 128; c++) {
        if (counts[c] == 0)
            continue;
        seen++;
        ck_assert_uint_ge(counts[c], 656 - 156);
        ck_assert_uint_le(counts[c], 656 + 156);
    }
    ck_assert_uint_eq(seen, 64);
}
END_TEST

/* HMAC-SHA256 of "form", as Python's hmac and base64 have it. */
START_TEST(forms)
{
    char form[SECRET_TOKEN_SIZE];

    secret_form(form, "0123456789012345678901234567890123456789012");
    ck_assert_str_eq(form, "NzolZBFnyXXZZxS650FngurlHXFXEnoPq17a0UPGiFI");
}
END_TEST

START_TEST(link_of_what_it_is_about)
{
    static const char *token = "0123456789012345678901234567890123456789012";
    char one[SECRET_TOKEN_SIZE], again[SECRET_TOKEN_SIZE], second[SECRET_TOKEN_SIZE];

    secret_link(one, token, "ani@kota.go.id");
    secret_link(again, token, "ani@kota.go.id");
    ck_assert_uint_eq(strlen(one), SECRET_TOKEN_SIZE - 1);
    ck_assert_str_eq(one, again);
    secret_link(second, token, "budi@kota.go.id");
    ck_assert_str_ne(one, second);
    secret_link(second, "1123456789012345678901234567890123456789012", "ani@kota.go.id");
    ck_assert_str_ne(one, second);
    secret_form(second, token);
    secret_link(one, token, "");
    ck_assert_str_ne(one, second);
}
END_TEST

START_TEST(same)
{
    ck_assert(secret_same("", ""));
    ck_assert(secret_same("abc", "abc"));
    ck_assert(!secret_same("abc", "abd"));
    ck_assert(!secret_same("abc", "ab"));
    ck_assert(!secret_same("", "a"));
}
END_TEST

/* Keys as the reference implementation's command line gives them. */
static const struct {
    const char *password, *setting, *key;
} keys[] = {
    {"kata sandi \xf0\x9f\x90\xa2 panjang", SECRET_STANDARD "MDEyMzQ1Njc4OWFiY2RlZg",
     "f129e86fa65e973408d70053c90c36e65220cf235b999366113df1ce2c52c280"},
    {"x", "$argon2id$v=19$m=12288,t=3,p=1$ZmVkY2JhOTg3NjU0MzIxMA",
     "8cfb465a66b763bb32507a150189c84651bf06831221f63d7941b964f9af03ee"},
    {"Sandi Wali Kota", "$argon2id$v=19$m=8192,t=1,p=1$ZmVkY2JhOTg3NjU0MzIxMA",
     "2e750455e7b9a96ea19346179ebbc872867e45eb9586c3fa0e22026905141986"},
};

START_TEST(known_key)
{
    char out[SECRET_KEY_SIZE];

    ck_assert(secret_key(out, keys[_i].password, strlen(keys[_i].password), keys[_i].setting));
    ck_assert_str_eq(out, keys[_i].key);
}
END_TEST

/* All bytes count, a NUL, blanks at the ends and those beyond any length that other systems cut at.
 */
START_TEST(every_byte_counts)
{
    static const char cheap[] = "$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg";
    char text[1000], first[SECRET_KEY_SIZE], second[SECRET_KEY_SIZE];

    memset(text, 'a', sizeof text);
    ck_assert(secret_key(first, text, sizeof text, cheap));
    for (size_t i = 0; i < sizeof text; i += 333) {
        text[i] ^= 1;
        ck_assert(secret_key(second, text, sizeof text, cheap));
        ck_assert_str_ne(first, second);
        text[i] ^= 1;
    }
    ck_assert(secret_key(first, "a\0b", 3, cheap));
    ck_assert(secret_key(second, "a", 1, cheap));
    ck_assert_str_ne(first, second);
    ck_assert(secret_key(second, "a\0b ", 4, cheap));
    ck_assert_str_ne(first, second);
}
END_TEST

static const char *const bad_settings[] = {
    "",
    "$argon2id$",
    "$argon2i$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=16$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=19$m=4294967296,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=19$m=1024,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=19$m=47104,t=11,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=19$m=47104,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2Rl",
    "$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZmdo",
    "$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZ!",
    "$argon2id$v=19$m=47104,t=2,p=1$",
    "$argon2id$v=19$m=47104",
    "$argon2id$v=19$m=,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
    "$argon2id$v=19$m=000000000047104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
};

START_TEST(refuses_a_setting)
{
    char out[SECRET_KEY_SIZE] = "before";

    ck_assert(!secret_key(out, "a", 1, bad_settings[_i]));
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(settings)
{
    char one[SECRET_SETTING_SIZE], two[SECRET_SETTING_SIZE], key[SECRET_KEY_SIZE];

    secret_setting(one);
    secret_setting(two);
    ck_assert_str_ne(one, two);
    ck_assert_uint_eq(strlen(one), strlen(SECRET_STANDARD) + 22);
    ck_assert(!secret_setting_is_old(one));
    ck_assert(secret_setting_is_old("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg"));
    ck_assert(secret_key(key, "a", 1, one));
}
END_TEST

/* The time of this process alone, which others on the machine lengthen by their use of its memory
 * only. */
START_TEST(takes_its_time)
{
    char key[SECRET_KEY_SIZE], setting[SECRET_SETTING_SIZE];
    struct timespec from, to;

    secret_setting(setting);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    ck_assert(secret_key(key, "a", 1, setting));
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    long ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
    ck_assert_int_ge(ms, 15);
}
END_TEST

START_TEST(seals)
{
    static const char text[] = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    char one[SECRET_SEALED_SIZE], two[SECRET_SEALED_SIZE], out[SECRET_TEXT_MAX + 1];

    secret_seal(one, text, SECRET_CODES, "a@b.id", lock);
    secret_seal(two, text, SECRET_CODES, "a@b.id", lock);
    ck_assert_str_ne(one, two);
    ck_assert(secret_open(out, one, SECRET_CODES, "a@b.id", lock));
    ck_assert_str_eq(out, text);
    ck_assert(!secret_open(out, one, SECRET_CODES, "a@b.id", other));
    ck_assert_str_eq(out, "");
    for (size_t i = 0; i < strlen(one); i += 7) {
        char kept = one[i];
        one[i] = kept == 'A' ? 'B' : 'A';
        ck_assert(!secret_open(out, one, SECRET_CODES, "a@b.id", lock));
        one[i] = kept;
    }
    for (size_t len = strlen(one); len-- > 0;) {
        one[len] = '\0';
        ck_assert(!secret_open(out, one, SECRET_CODES, "a@b.id", lock));
    }
}
END_TEST

static const struct {
    enum secret_purpose purpose;
    const char *owner;
} places[] = {
    {SECRET_CODES, "a@b.id"},  {SECRET_CODES, "b@b.id"},     {SECRET_CODES, "1"},
    {SECRET_CODES, ""},        {SECRET_ENROLMENT, "a@b.id"}, {SECRET_ENROLMENT, "1"},
    {SECRET_ENROLMENT, "11"},  {SECRET_LINK, "a@b.id"},      {SECRET_LINK, "1"},
    {SECRET_LINK, "a@b.id\n"},
};

/* What was sealed for one purpose and one owner opens nowhere else. */
START_TEST(seals_for_one_place)
{
    char sealed[SECRET_SEALED_SIZE], out[SECRET_TEXT_MAX + 1];

    secret_seal(sealed, "secret", places[_i].purpose, places[_i].owner, lock);
    for (int i = 0; i < (int)(sizeof places / sizeof *places); i++) {
        bool here = i == _i;
        ck_assert_int_eq(secret_open(out, sealed, places[i].purpose, places[i].owner, lock), here);
        ck_assert_str_eq(out, here ? "secret" : "");
    }
    ck_assert(!secret_open_unbound(out, sealed, lock));
    ck_assert_str_eq(out, "");
}
END_TEST

/* Sealed by version 0.1, with secretbox. */
START_TEST(opens_what_was_unbound)
{
    static const char sealed[] = "Kwlp4CtyTKAW_Hbkhhrh1aNhQEzRidldffbIII28VMffSmKQyc_t1Fqurz3jrGwr"
                                 "dztB2FnmlfFefkT6du3YFhOLVXKLnTG2";
    unsigned char old[SECRET_LOCK_BYTES];
    char out[SECRET_TEXT_MAX + 1];

    for (size_t i = 0; i < sizeof old; i++)
        old[i] = (unsigned char)("\x01\x23\x45\x67\x89\xab\xcd\xef"[i % 8]);
    ck_assert(secret_open_unbound(out, sealed, old));
    ck_assert_str_eq(out, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    ck_assert(!secret_open_unbound(out, sealed, lock));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        ck_assert(!secret_open(out, sealed, places[i].purpose, places[i].owner, old));
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(seals_any_length)
{
    char text[SECRET_TEXT_MAX + 1] = "", sealed[SECRET_SEALED_SIZE], out[SECRET_TEXT_MAX + 1];

    for (size_t len = 0; len <= SECRET_TEXT_MAX; len++) {
        memset(text, 'x', len);
        secret_seal(sealed, text, SECRET_LINK, "owner", lock);
        ck_assert(secret_open(out, sealed, SECRET_LINK, "owner", lock));
        ck_assert_str_eq(out, text);
    }
}
END_TEST

START_TEST(wipes)
{
    char text[] = "secret";

    secret_wipe(text, sizeof text);
    for (size_t i = 0; i < sizeof text; i++)
        ck_assert_int_eq(text[i], 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("secret");

    unit_add(suite, "tokens", tokens);
    unit_add(suite, "tokens_are_random", tokens_are_random);
    unit_add(suite, "forms", forms);
    unit_add(suite, "link_of_what_it_is_about", link_of_what_it_is_about);
    unit_add(suite, "same", same);
    unit_add_rows(suite, "known_key", known_key, UNIT_ROWS(keys));
    unit_add(suite, "every_byte_counts", every_byte_counts);
    unit_add_rows(suite, "refuses_a_setting", refuses_a_setting, UNIT_ROWS(bad_settings));
    unit_add(suite, "settings", settings);
    unit_add(suite, "takes_its_time", takes_its_time);
    unit_add(suite, "seals", seals);
    unit_add_rows(suite, "seals_for_one_place", seals_for_one_place, UNIT_ROWS(places));
    unit_add(suite, "opens_what_was_unbound", opens_what_was_unbound);
    unit_add(suite, "seals_any_length", seals_any_length);
    unit_add(suite, "wipes", wipes);
    return unit_run(suite);
}
