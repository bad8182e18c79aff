#include "base/fmt.h"

#include <string.h>

#include "unit.h"

#define MINUS "\xe2\x88\x92"

static const struct {
    const char *value, *spec, *id, *en; /* NULL: not a number */
} numbers[] = {
    {"3.31", "", "3,31", "3.31"},
    {"3.310", "", "3,310", "3.310"},
    {"3.31", "2", "3,31", "3.31"},
    {"3", "2", "3,00", "3.00"},
    {"3.315", "2", "3,32", "3.32"},
    {"3.314999999999999999999999999", "2", "3,31", "3.31"},
    {"-3.315", "2", MINUS "3,32", MINUS "3.32"},
    {"-3.314", "2", MINUS "3,31", MINUS "3.31"},
    {"2.675", "2", "2,68", "2.68"},
    {"0.5", "0", "1", "1"},
    {"1.5", "0", "2", "2"},
    {"2.5", "0", "3", "3"},
    {"0.4", "0", "0", "0"},
    {"99.995", "2", "100,00", "100.00"},
    {"999.5", "0", "1.000", "1,000"},
    {"1234.5", "2", "1.234,50", "1,234.50"},
    {"123", "", "123", "123"},
    {"1234", "", "1.234", "1,234"},
    {"1234567", "", "1.234.567", "1,234,567"},
    {"12345678901234567890123", "", "12.345.678.901.234.567.890.123",
     "12,345,678,901,234,567,890,123"},
    {"0", "", "0", "0"},
    {"0.00", "", "0,00", "0.00"},
    {"-0.00", "", "0,00", "0.00"},
    {"-0.004", "2", "0,00", "0.00"},
    {"-0.005", "2", MINUS "0,01", MINUS "0.01"},
    {"007", "", "7", "7"},
    {"00.5", "", "0,5", "0.5"},
    {"0.10", "+2", "+0,10", "+0.10"},
    {"-0.06", "+2", MINUS "0,06", MINUS "0.06"},
    {"0.004", "+2", "0,00", "0.00"},
    {"0", "+", "0", "0"},
    {"1200", "+", "+1.200", "+1,200"},
    {"0.1", "30", "0,100000000000000000000000000000", "0.100000000000000000000000000000"},
    {"", "", NULL, NULL},
    {"-", "", NULL, NULL},
    {".5", "", NULL, NULL},
    {"5.", "", NULL, NULL},
    {"+5", "", NULL, NULL},
    {"1e5", "", NULL, NULL},
    {"NaN", "", NULL, NULL},
    {"Infinity", "", NULL, NULL},
    {"1,5", "", NULL, NULL},
    {"1.2.3", "", NULL, NULL},
    {" 1", "", NULL, NULL},
    {"1 ", "", NULL, NULL},
    {"--1", "", NULL, NULL},
    {"12a", "", NULL, NULL},
    {"tb", "", NULL, NULL},
};

static void check(bool done, struct buf *out, const char *expected)
{
    ck_assert_int_eq(done, expected != NULL);
    ck_assert_str_eq(buf_string(out), expected != NULL ? expected : "");
    buf_free(out);
}

START_TEST(writes_numbers)
{
    struct fmt_spec spec;
    struct buf out = {0};

    ck_assert(fmt_spec_read(numbers[_i].spec, &spec));
    check(fmt_number(&out, numbers[_i].value, &spec, "id"), &out, numbers[_i].id);
    check(fmt_number(&out, numbers[_i].value, &spec, "en"), &out, numbers[_i].en);
    check(fmt_number(&out, numbers[_i].value, &spec, NULL), &out, numbers[_i].id);
}
END_TEST

START_TEST(reads_what_a_number_should_look_like)
{
    struct fmt_spec spec = {0};

    ck_assert(fmt_spec_read("", &spec) && spec.decimals == -1 && !spec.sign);
    ck_assert(fmt_spec_read("0", &spec) && spec.decimals == 0 && !spec.sign);
    ck_assert(fmt_spec_read("+", &spec) && spec.decimals == -1 && spec.sign);
    ck_assert(fmt_spec_read("+3", &spec) && spec.decimals == 3 && spec.sign);
    ck_assert(!fmt_spec_read("31", &spec));
    ck_assert(!fmt_spec_read("-1", &spec));
    ck_assert(!fmt_spec_read("x", &spec));
    ck_assert(!fmt_spec_read("2+", &spec));
}
END_TEST

static const struct {
    const char *value, *id, *en, *time_id, *time_en; /* NULL: not one */
} dates[] = {
    {"2022-12-05", "5 Desember 2022", "5 December 2022", NULL, NULL},
    {"2024-02-29", "29 Februari 2024", "29 February 2024", NULL, NULL},
    {"2000-02-29", "29 Februari 2000", "29 February 2000", NULL, NULL},
    {"2022-12", "Desember 2022", "December 2022", NULL, NULL},
    {"2022-08-17 10:05:00", "17 Agustus 2022", "17 August 2022", "17 Agustus 2022 pukul 10.05",
     "17 August 2022, 10:05"},
    {"2022-12-05T07:20:59.123456Z", "5 Desember 2022", "5 December 2022",
     "5 Desember 2022 pukul 14.20 WIB", "5 December 2022, 14:20 WIB"},
    {"2022-12-31 17:00:00+00", "1 Januari 2023", "1 January 2023", "1 Januari 2023 pukul 00.00 WIB",
     "1 January 2023, 00:00 WIB"},
    {"2024-02-28T23:59:59+00:00", "29 Februari 2024", "29 February 2024",
     "29 Februari 2024 pukul 06.59 WIB", "29 February 2024, 06:59 WIB"},
    {"2023-01-01T00:30+09:30", "31 Desember 2022", "31 December 2022",
     "31 Desember 2022 pukul 22.00 WIB", "31 December 2022, 22:00 WIB"},
    {"2022-12-05T07:20-0330", "5 Desember 2022", "5 December 2022",
     "5 Desember 2022 pukul 17.50 WIB", "5 December 2022, 17:50 WIB"},
    {"2022", NULL, NULL, NULL, NULL},
    {"", NULL, NULL, NULL, NULL},
    {"2022-13-01", NULL, NULL, NULL, NULL},
    {"2022-00-01", NULL, NULL, NULL, NULL},
    {"2022-01-00", NULL, NULL, NULL, NULL},
    {"2023-02-29", NULL, NULL, NULL, NULL},
    {"1900-02-29", NULL, NULL, NULL, NULL},
    {"2022-04-31", NULL, NULL, NULL, NULL},
    {"2022-1-1", NULL, NULL, NULL, NULL},
    {"2022-01-01x", NULL, NULL, NULL, NULL},
    {"2022-01-01T", NULL, NULL, NULL, NULL},
    {"2022-01-01T24:00", NULL, NULL, NULL, NULL},
    {"2022-01-01T10:60", NULL, NULL, NULL, NULL},
    {"2022-01-01T10:00+7", NULL, NULL, NULL, NULL},
    {"2022-01-01T10:00+07:0", NULL, NULL, NULL, NULL},
    {"2022-01-01T10:00 WIB", NULL, NULL, NULL, NULL},
    {"5 Desember 2022", NULL, NULL, NULL, NULL},
};

START_TEST(writes_dates)
{
    struct buf out = {0};

    check(fmt_date(&out, dates[_i].value, "id"), &out, dates[_i].id);
    check(fmt_date(&out, dates[_i].value, "en"), &out, dates[_i].en);
    check(fmt_time(&out, dates[_i].value, "id"), &out, dates[_i].time_id);
    check(fmt_time(&out, dates[_i].value, "en"), &out, dates[_i].time_en);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fmt");

    unit_add_rows(suite, "numbers", writes_numbers, UNIT_ROWS(numbers));
    unit_add(suite, "spec", reads_what_a_number_should_look_like);
    unit_add_rows(suite, "dates", writes_dates, UNIT_ROWS(dates));
    return unit_run(suite);
}
