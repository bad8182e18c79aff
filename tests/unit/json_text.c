#include "exchange/json_text.h"

#include "unit.h"

static const struct {
    const char *text, *json;
} rows[] = {
    {"", "\"\""},
    {"Kota Kediri", "\"Kota Kediri\""},
    {"\"quoted\\\"", "\"\\\"quoted\\\\\\\"\""},
    {"a\nb\tc\r", "\"a\\u000ab\\u0009c\\u000d\""},
    {"\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\""},
    {"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x98", "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x98\""},
    {"</script>", "\"</script>\""},
};

START_TEST(as_json)
{
    struct buf out = {0};

    buf_text(&out, "x");
    json_text(&out, rows[_i].text);
    ck_assert_str_eq(out.data + 1, rows[_i].json);
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_text");

    unit_add_rows(suite, "as JSON", as_json, UNIT_ROWS(rows));
    return unit_run(suite);
}
