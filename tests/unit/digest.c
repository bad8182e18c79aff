#include "base/digest.h"

#include <string.h>

#include "unit.h"

/* Examples of FIPS 180-2. */
static const struct {
    const char *text, *digest;
} examples[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(example)
{
    char digest[DIGEST_SIZE];

    digest_hex(digest, examples[_i].text, strlen(examples[_i].text));
    ck_assert_str_eq(digest, examples[_i].digest);
}
END_TEST

START_TEST(nothing)
{
    char digest[DIGEST_SIZE];

    digest_hex(digest, NULL, 0);
    ck_assert_str_eq(digest, examples[0].digest);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("digest");

    unit_add_rows(suite, "example", example, UNIT_ROWS(examples));
    unit_add(suite, "nothing", nothing);
    return unit_run(suite);
}
