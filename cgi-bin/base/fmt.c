#include "base/fmt.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"

enum { DECIMALS_MAX = 30, WIB_MINUTES = FMT_WIB_HOURS * 60, DAY_MINUTES = 24 * 60 };

static const char *const months_id[] = {"Januari",   "Februari", "Maret",    "April",
                                        "Mei",       "Juni",     "Juli",     "Agustus",
                                        "September", "Oktober",  "November", "Desember"};
static const char *const months_en[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

static bool is_english(const char *lang)
{
    return lang != NULL && strcmp(lang, "en") == 0;
}

bool fmt_spec_read(const char *text, struct fmt_spec *spec)
{
    long decimals = -1;
    bool sign = *text == '+';

    text += sign;
    if (*text != '\0' && !str_int(text, 0, DECIMALS_MAX, &decimals))
        return false;
    *spec = (struct fmt_spec){.decimals = (int)decimals, .sign = sign};
    return true;
}

/* Where the parts of a plain decimal are. */
struct decimal {
    bool negative;
    const char *whole, *fraction;
    size_t whole_len, fraction_len;
};

static bool read_decimal(const char *s, struct decimal *d)
{
    static const char digits[] = "0123456789";

    d->negative = *s == '-';
    s += d->negative;
    d->whole = s;
    d->whole_len = strspn(s, digits);
    s += d->whole_len;
    d->fraction = *s == '.' ? s + 1 : s;
    d->fraction_len = strspn(d->fraction, digits);
    bool complete = d->fraction[d->fraction_len] == '\0' && (*s != '.' || d->fraction_len > 0);
    return complete && d->whole_len > 0;
}

/* Adds one to the last digit of the decimal digits in buf and carries; the buffer may grow by a
 * digit. */
static void add_one(struct buf *digits)
{
    size_t i = digits->len;

    while (i > 0 && digits->data[i - 1] == '9')
        digits->data[--i] = '0';
    if (i > 0) {
        digits->data[i - 1]++;
        return;
    }
    buf_char(digits, '0');
    memmove(digits->data + 1, digits->data, digits->len - 1);
    digits->data[0] = '1';
}

/* Fills `digits` with the whole and the fractional digits, without the separator, rounded to
 * `decimals`. */
static void round_decimal(struct buf *digits, const struct decimal *d, size_t decimals)
{
    size_t kept = d->fraction_len < decimals ? d->fraction_len : decimals;

    buf_add(digits, d->whole, d->whole_len);
    buf_add(digits, d->fraction, kept);
    for (size_t i = kept; i < decimals; i++)
        buf_char(digits, '0');
    if (d->fraction_len > decimals && d->fraction[decimals] >= '5')
        add_one(digits);
}

static void add_grouped(struct buf *out, const char *digits, size_t len, char group)
{
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buf_char(out, group);
        buf_char(out, digits[i]);
    }
}

bool fmt_number(struct buf *out, const char *value, const struct fmt_spec *spec, const char *lang)
{
    struct decimal d;
    struct buf digits = {0};

    if (!read_decimal(value, &d))
        return false;
    size_t decimals = spec->decimals < 0 ? d.fraction_len : (size_t)spec->decimals;
    round_decimal(&digits, &d, decimals);
    size_t whole = digits.len - decimals;
    const char *start = digits.data;
    while (whole > 1 && *start == '0') {
        start++;
        whole--;
    }
    bool zero = strspn(start, "0") == whole + decimals;
    if (!zero && d.negative)
        buf_text(out, "\xe2\x88\x92");
    else if (!zero && spec->sign)
        buf_char(out, '+');
    add_grouped(out, start, whole, is_english(lang) ? ',' : '.');
    if (decimals > 0) {
        buf_char(out, is_english(lang) ? '.' : ',');
        buf_add(out, start + whole, decimals);
    }
    buf_free(&digits);
    return true;
}

struct moment {
    int year, month, day; /* day 0: a month only */
    int minutes;          /* of the day */
    bool timed, zoned;
};

/* Reads exactly `count` digits at *at into *value, which has to lie in min..max, and moves *at
 * behind them. */
static bool take(const char **at, int count, int min, int max, int *value)
{
    int number = 0;

    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        number = number * 10 + (**at - '0');
    }
    *value = number;
    return number >= min && number <= max;
}

/* Reads "Z", "+07", "+0730", "-03:30" or nothing; *offset is in minutes east of UTC. */
static bool take_zone(const char *at, struct moment *m, int *offset)
{
    int hours = 0, minutes = 0;

    *offset = 0;
    if (*at == '\0')
        return true;
    m->zoned = true;
    if (strcmp(at, "Z") == 0)
        return true;
    bool west = *at == '-';
    if (*at != '+' && *at != '-')
        return false;
    at++;
    if (!take(&at, 2, 0, 15, &hours))
        return false;
    at += *at == ':';
    if (*at != '\0' && !take(&at, 2, 0, 59, &minutes))
        return false;
    *offset = (hours * 60 + minutes) * (west ? -1 : 1);
    return *at == '\0';
}

static bool take_clock(const char *at, struct moment *m)
{
    int hour = 0, minute = 0, second = 0, offset = 0;

    if (!take(&at, 2, 0, 23, &hour) || *at++ != ':' || !take(&at, 2, 0, 59, &minute))
        return false;
    if (*at == ':') {
        at++;
        if (!take(&at, 2, 0, 59, &second))
            return false;
        if (*at == '.')
            at += 1 + strspn(at + 1, "0123456789");
    }
    if (!take_zone(at, m, &offset))
        return false;
    long minutes = hour * 60 + minute;
    if (m->zoned) {
        long total =
            clock_days(m->year, m->month, m->day) * DAY_MINUTES + minutes - offset + WIB_MINUTES;
        long days = (total >= 0 ? total : total - DAY_MINUTES + 1) / DAY_MINUTES;
        clock_civil(days, &m->year, &m->month, &m->day);
        minutes = total - days * DAY_MINUTES;
    }
    m->minutes = (int)minutes;
    m->timed = true;
    return true;
}

static bool read_moment(const char *at, struct moment *m)
{
    int year = 0, month = 0, day = 0;

    *m = (struct moment){0};
    if (!take(&at, 4, 0, 9999, &m->year) || *at++ != '-' || !take(&at, 2, 1, 12, &m->month))
        return false;
    if (*at == '\0')
        return true;
    if (*at++ != '-' || !take(&at, 2, 1, 31, &m->day))
        return false;
    clock_civil(clock_days(m->year, m->month, m->day), &year, &month, &day);
    if (month != m->month)
        return false;
    if (*at == '\0')
        return true;
    return (*at == 'T' || *at == ' ') && take_clock(at + 1, m);
}

static void add_day(struct buf *out, const struct moment *m, const char *lang)
{
    if (m->day > 0)
        buf_format(out, "%d ", m->day);
    buf_format(out, "%s %d", (is_english(lang) ? months_en : months_id)[m->month - 1], m->year);
}

bool fmt_date(struct buf *out, const char *value, const char *lang)
{
    struct moment m;

    if (!read_moment(value, &m))
        return false;
    add_day(out, &m, lang);
    return true;
}

bool fmt_time(struct buf *out, const char *value, const char *lang)
{
    struct moment m;

    if (!read_moment(value, &m) || !m.timed)
        return false;
    add_day(out, &m, lang);
    buf_format(out, is_english(lang) ? ", %02d:%02d%s" : " pukul %02d.%02d%s", m.minutes / 60,
               m.minutes % 60, m.zoned ? " WIB" : "");
    return true;
}
