/* Which entity tags of a client mean that it has the page. */
#include "http/out.h"

#include "unit.h"

static const struct {
    const char *header;
    bool matches;
} matches[] = {
    {"\"a\"", true},
    {"W/\"a\"", true},
    {"*", true},
    {" *", true},
    {"\"b\", \"a\"", true},
    {"\"b\",W/\"a\" , \"c\"", true},
    {"\"b,\", \"a\"", true},
    {"", false},
    {"a", false},
    {"\"b\"", false},
    {"\"A\"", false},
    {"\"a", false},
    {"\"aa\"", false},
    {"\"\"", false},
    {"w/\"a\"", false},
    {"\"b\" x \"a\"", false},
    {"*a", false},
};

START_TEST(compares_entity_tags)
{
    ck_assert_int_eq(out_matches(matches[_i].header, "\"a\""), matches[_i].matches);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("out_tag");

    unit_add_rows(suite, "matches", compares_entity_tags, UNIT_ROWS(matches));
    return unit_run(suite);
}
