#include "base/clock.h"

#include <string.h>
#include <sys/resource.h>

long clock_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

long clock_work_us(void)
{
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    long sum = 0;

    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++) {
        struct rusage used;
        if (getrusage(whose[i], &used) == 0)
            sum += (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000L +
                   used.ru_utime.tv_usec + used.ru_stime.tv_usec;
    }
    return sum;
}

/* The year is counted from March so that the leap day is its last; an era is 400 years of 146097
 * days. */
long clock_days(int year, int month, int day)
{
    long y = month <= 2 ? year - 1 : year;
    long era = (y >= 0 ? y : y - 399) / 400;
    long year_of_era = y - era * 400;
    long day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

void clock_civil(long days, int *year, int *month, int *day)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long day_of_era = days - era * 146097;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long shifted = (5 * day_of_year + 2) / 153;

    *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

/* Writes the last `count` decimal digits of value; snprintf is not safe in a signal handler. */
static void put_digits(char *out, int count, long value)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
}

void clock_utc(char out[CLOCK_UTC_SIZE], time_t seconds, long milliseconds)
{
    static const char shape[CLOCK_UTC_SIZE] = "0000-00-00T00:00:00.000Z";
    long days = (long)seconds / 86400;
    long rest = (long)seconds % 86400;
    int year = 0, month = 0, day = 0;

    clock_civil(days, &year, &month, &day);
    memcpy(out, shape, sizeof shape);
    put_digits(out, 4, year);
    put_digits(out + 5, 2, month);
    put_digits(out + 8, 2, day);
    put_digits(out + 11, 2, rest / 3600);
    put_digits(out + 14, 2, rest / 60 % 60);
    put_digits(out + 17, 2, rest % 60);
    put_digits(out + 20, 3, milliseconds);
}
