#include "base/clock.h"

#include <string.h>

#include "unit.h"

START_TEST(never_goes_back)
{
    long before = clock_us();

    for (int i = 0; i < 1000; i++) {
        long now = clock_us();
        ck_assert_int_ge(now, before);
        before = now;
    }
}
END_TEST

START_TEST(counts_days_there_and_back)
{
    for (long day = -800000; day < 800000; day++) {
        int year = 0, month = 0, of_month = 0;
        clock_civil(day, &year, &month, &of_month);
        if (clock_days(year, month, of_month) != day || month < 1 || month > 12 || of_month < 1 ||
            of_month > 31)
            ck_abort_msg("day %ld is %d-%d-%d", day, year, month, of_month);
    }
    ck_assert_int_eq(clock_days(1970, 1, 1), 0);
    ck_assert_int_eq(clock_days(2000, 3, 1), 11017);
}
END_TEST

START_TEST(writes_every_day_as_the_c_library_does)
{
    for (time_t day = 0; day < 200 * 366; day++) {
        char ours[CLOCK_UTC_SIZE], theirs[CLOCK_UTC_SIZE];
        time_t seconds = day * 86400 + day % 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        strftime(theirs, sizeof theirs, "%Y-%m-%dT%H:%M:%S.042Z", &tm);
        clock_utc(ours, seconds, 42);
        if (strcmp(ours, theirs) != 0)
            ck_abort_msg("%s is written as %s", theirs, ours);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("clock");

    unit_add(suite, "measures", never_goes_back);
    unit_add(suite, "calendar", counts_days_there_and_back);
    unit_add(suite, "utc", writes_every_day_as_the_c_library_does);
    return unit_run(suite);
}
