/* fmt: numbers and dates as the reader's language writes them. Everything works on the text that
 * SQL returned, never on a double, so that no digit is invented or lost. Languages: "id" (also for
 * any unknown one) and "en". */
#ifndef TOLOK_FMT_H
#define TOLOK_FMT_H

#include <stdbool.h>

#include "base/buf.h"

/* Western Indonesian time is UTC and so many hours, the whole year. */
enum { FMT_WIB_HOURS = 7 };

/* How fmt_number writes. */
struct fmt_spec {
    int decimals; /* -1: as many as the plain decimal has; otherwise exactly that many, at most 30,
                     rounded half away from zero */
    bool sign;    /* true: a positive number gets a '+' (differences); zero never has a sign */
};

/* Reads the value of modifier x-num: "", "2", "+" or "+2". False when it is none of these. */
bool fmt_spec_read(const char *text, struct fmt_spec *spec);

/* Adds the plain decimal `value` ("-1234.5") as text: "−1.234,5" in Indonesian, "−1,234.5" in
 * English, with a true minus sign. False, and nothing is added, when value is not a plain decimal.
 */
bool fmt_number(struct buf *out, const char *value, const struct fmt_spec *spec, const char *lang);

/* Adds the day of an ISO date or timestamp as "5 Desember 2022", a month "2022-12" as "Desember
 * 2022". A timestamp with an offset from UTC is shown in western Indonesian time (UTC+7), one
 * without as it is written. False, and nothing is added, when value is not a valid one of these. */
bool fmt_date(struct buf *out, const char *value, const char *lang);

/* The same with the time of day: "5 Desember 2022 pukul 14.20 WIB", "5 December 2022, 14:20 WIB";
 * without an offset from UTC the zone is left out. False, and nothing is added, when value is not a
 * valid timestamp. */
bool fmt_time(struct buf *out, const char *value, const char *lang);

#endif
