/* clock: moments and the calendar. Nothing here needs memory: all of it is safe in a signal
 * handler.
 */
#ifndef TOLOK_CLOCK_H
#define TOLOK_CLOCK_H

#include <time.h>

/* Microseconds of a clock that never jumps; for measuring. */
long clock_us(void);

/* Microseconds of a processor that this process and its children that have ended have had. */
long clock_work_us(void);

enum { CLOCK_UTC_SIZE = 25 };

/* Writes the moment, in seconds and milliseconds since 1970, as "2022-12-05T07:20:00.123Z". Years 0
 * to 9999. */
void clock_utc(char out[CLOCK_UTC_SIZE], time_t seconds, long milliseconds);

/* Days since 1970-01-01 of a day in the Gregorian calendar, which is taken to have been in force
 * always, and the way back. */
long clock_days(int year, int month, int day);
void clock_civil(long days, int *year, int *month, int *day);

#endif
