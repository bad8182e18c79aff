#include "tpl/lang.h"

#include <string.h>

#include "unit.h"

static const struct {
    const char *path, *lang, *rest;
} paths[] = {
    {"/", "id", "/"},
    {"/kota", "id", "/kota"},
    {"/en", "en", "/"},
    {"/en/", "en", "/"},
    {"/en/kota", "en", "/kota"},
    {"/en/en", "en", "/en"},
    {"/en//kota", "en", "//kota"},
    {"/enak", "id", "/enak"},
    {"/EN/kota", "id", "/EN/kota"},
    {"/id/kota", "id", "/id/kota"},
    {"/e", "id", "/e"},
    {"//en", "id", "//en"},
};

START_TEST(reads_the_language_of_an_address)
{
    const char *rest = NULL;

    ck_assert_str_eq(lang_of(paths[_i].path, &rest), paths[_i].lang);
    ck_assert_str_eq(rest, paths[_i].rest);
}
END_TEST

static const struct {
    const char *lang, *address, *result;
} addresses[] = {
    {"id", "/", "/"},           {"id", "/kota?q=a", "/kota?q=a"},
    {"en", "/", "/en"},         {"en", "/?q=a", "/en?q=a"},
    {"en", "/#isi", "/en#isi"}, {"en", "/kota?q=a", "/en/kota?q=a"},
};

START_TEST(writes_the_language_into_an_address)
{
    struct buf out = {0};

    lang_address(&out, addresses[_i].lang, addresses[_i].address, strlen(addresses[_i].address));
    ck_assert_str_eq(out.data, addresses[_i].result);
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lang");

    unit_add_rows(suite, "reads_the_language_of_an_address", reads_the_language_of_an_address,
                  UNIT_ROWS(paths));
    unit_add_rows(suite, "writes_the_language_into_an_address", writes_the_language_into_an_address,
                  UNIT_ROWS(addresses));
    return unit_run(suite);
}
