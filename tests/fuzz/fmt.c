/* fmt: numbers against addition by hand, dates against a count day by day. Lines: the argument of
 * x-num, the language, a number, a date. */
#include "base/fmt.h"

#include "fuzz.h"

static bool all_digits(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
    }
    return len > 0;
}

static bool slow_spec(const char *s, struct fmt_spec *spec)
{
    *spec = (struct fmt_spec){-1, *s == '+'};
    s += *s == '+';
    if (*s == '\0')
        return true;
    if (!all_digits(s, strlen(s)) || strlen(s) > 2 || (s[0] == '0' && s[1] != '\0'))
        return false;
    spec->decimals = s[0] - '0';
    if (s[1] != '\0')
        spec->decimals = spec->decimals * 10 + s[1] - '0';
    return spec->decimals <= 30;
}

/* Adds half a unit of the last place that is kept and cuts what is behind it: so halves go away
 * from zero. The result is digits with the point, at least one before it. */
static char *slow_round(struct arena *arena, const char *value, int decimals)
{
    const char *point = strchr(value, '.');
    size_t whole = point != NULL ? (size_t)(point - value) : strlen(value);
    size_t fraction = point != NULL ? strlen(point + 1) : 0;
    size_t kept = decimals < 0 ? fraction : (size_t)decimals;
    size_t size = whole + (fraction > kept ? fraction : kept) + 2;
    char *digits = arena_alloc(arena, size + 1, 1); /* digits[0] takes a carry; no point */

    memset(digits, '0', size);
    memcpy(digits + 1, value, whole);
    if (fraction > 0)
        memcpy(digits + 1 + whole, point + 1, fraction);
    int carry = fraction > kept ? 5 : 0;
    for (size_t at = whole + kept + 1; carry > 0; at--) {
        int sum = digits[at] - '0' + carry;
        digits[at] = (char)('0' + sum % 10);
        carry = sum / 10;
    }
    char *start = digits;
    size_t before = whole + 1;
    for (; before > 1 && *start == '0'; before--)
        start++;
    const char *rest = arena_copy(arena, start + before, kept);
    return arena_format(arena, "%.*s%s%s", (int)before, start, kept > 0 ? "." : "", rest);
}

/* The text without grouping, in plain form, unless its groups are wrong. */
static char *ungroup(struct arena *arena, const char *s, size_t len, bool english)
{
    char *plain = arena_alloc(arena, len + 1, 1);
    const char *point = memchr(s, english ? '.' : ',', len);
    size_t whole = point != NULL ? (size_t)(point - s) : len;
    size_t used = 0;

    for (size_t i = 0; i < len; i++) {
        if (i < whole && (whole - i) % 4 == 0)
            fuzz_check(i > 0 && s[i] == (english ? ',' : '.'));
        else
            plain[used++] = i == whole ? '.' : s[i];
    }
    return plain;
}

static void check_number(struct arena *arena, const char *value, const struct fmt_spec *spec,
                         const char *lang)
{
    static const char minus[] = "\xe2\x88\x92";
    bool negative = *value == '-', english = strcmp(lang, "en") == 0;
    const char *digits = value + negative;
    const char *point = strchr(digits, '.');
    size_t whole = point != NULL ? (size_t)(point - digits) : strlen(digits);
    bool good =
        all_digits(digits, whole) && (point == NULL || all_digits(point + 1, strlen(point + 1)));
    struct buf out = {0};

    buf_text(&out, "before ");
    fuzz_check(fmt_number(&out, value, spec, lang) == good);
    const char *text = buf_string(&out) + strlen("before ");
    if (good) {
        const char *expected = slow_round(arena, digits, spec->decimals);
        bool zero = strspn(expected, "0.") == strlen(expected);
        bool has_minus = strncmp(text, minus, strlen(minus)) == 0;
        fuzz_check(has_minus == (negative && !zero));
        fuzz_check((*text == '+') == (spec->sign && !negative && !zero));
        text += has_minus ? strlen(minus) : *text == '+';
        fuzz_check(fuzz_same(ungroup(arena, text, strlen(text), english), expected));
    } else {
        fuzz_check(*text == '\0');
    }
    buf_free(&out);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* Moves a day forward or back in the calendar. */
static void step(int *year, int *month, int *day, int by)
{
    *day += by;
    if (*day < 1) {
        *year -= *month == 1;
        *month = *month == 1 ? 12 : *month - 1;
        *day = month_days(*year, *month);
    } else if (*day > month_days(*year, *month)) {
        *day = 1;
        *year += *month == 12;
        *month = *month == 12 ? 1 : *month + 1;
    }
}

/* The minutes east of UTC of "+07:30", "-0330", "+07" or "Z"; false when it is none of these. */
static bool slow_zone(const char *s, int *offset)
{
    int hours = 0, minutes = 0, used = 0;

    *offset = 0;
    if (strcmp(s, "Z") == 0)
        return true;
    bool shape = (*s == '+' || *s == '-') && all_digits(s + 1, strnlen(s + 1, 2)) && strlen(s) >= 3;
    if (!shape || sscanf(s + 1, "%2d%n", &hours, &used) != 1 || used != 2 || hours > 15)
        return false;
    const char *rest = s + 3 + (s[3] == ':');
    if (*rest != '\0' && (strlen(rest) != 2 || !all_digits(rest, 2)))
        return false;
    if (*rest != '\0')
        minutes = (rest[0] - '0') * 10 + rest[1] - '0';
    *offset = (hours * 60 + minutes) * (*s == '-' ? -1 : 1);
    return minutes <= 59;
}

struct clock {
    int year, month, day, hour, minute;
    bool timed, zoned;
};

static void to_wib(struct clock *c, int offset)
{
    int minutes = c->hour * 60 + c->minute - offset + 7 * 60;

    for (; minutes < 0; minutes += 24 * 60)
        step(&c->year, &c->month, &c->day, -1);
    for (; minutes >= 24 * 60; minutes -= 24 * 60)
        step(&c->year, &c->month, &c->day, 1);
    c->hour = minutes / 60;
    c->minute = minutes % 60;
}

/* The length of the date or time at s when it has the shape, in which 0 stands for a digit; else 0.
 */
static size_t shaped(const char *s, const char *shape)
{
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == '0' ? !all_digits(s + i, 1) : s[i] != shape[i])
            return 0;
    }
    return strlen(shape);
}

static int number(const char *s, size_t len)
{
    int value = 0;

    for (size_t i = 0; i < len; i++)
        value = value * 10 + s[i] - '0';
    return value;
}

static bool slow_moment(const char *s, struct clock *c)
{
    int offset = 0;

    *c = (struct clock){0};
    if (shaped(s, "0000-00") == 0)
        return false;
    c->year = number(s, 4);
    c->month = number(s + 5, 2);
    if (c->month < 1 || c->month > 12 || s[7] == '\0')
        return s[7] == '\0' && c->month >= 1 && c->month <= 12;
    if (shaped(s + 7, "-00") == 0)
        return false;
    c->day = number(s + 8, 2);
    if (c->day < 1 || c->day > month_days(c->year, c->month) || s[10] == '\0')
        return s[10] == '\0' && c->day >= 1 && c->day <= month_days(c->year, c->month);
    if ((s[10] != 'T' && s[10] != ' ') || shaped(s + 11, "00:00") == 0)
        return false;
    c->hour = number(s + 11, 2);
    c->minute = number(s + 14, 2);
    s += 16;
    int second = shaped(s, ":00") > 0 ? number(s + 1, 2) : 0;
    s += shaped(s, ":00");
    if (s[-3] == ':' && s[-6] == ':' && *s == '.')
        s += 1 + strspn(s + 1, "0123456789");
    c->timed = true;
    c->zoned = *s != '\0';
    if (c->hour > 23 || c->minute > 59 || second > 59 || (c->zoned && !slow_zone(s, &offset)))
        return false;
    if (c->zoned)
        to_wib(c, offset);
    return true;
}

static void check_moment(struct arena *arena, const char *value, const char *lang)
{
    static const char *const months[][12] = {
        {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
         "Oktober", "November", "Desember"},
        {"January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"}};
    bool english = strcmp(lang, "en") == 0;
    struct buf date = {0}, time = {0};
    struct clock c;
    bool good = slow_moment(value, &c);

    fuzz_check(fmt_date(&date, value, lang) == good);
    fuzz_check(fmt_time(&time, value, lang) == (good && c.timed));
    if (good) {
        const char *month = months[english][c.month - 1];
        const char *day = c.day > 0 ? arena_format(arena, "%d ", c.day) : "";
        const char *expected = arena_format(arena, "%s%s %d", day, month, c.year);
        fuzz_check(fuzz_same(buf_string(&date), expected));
        expected = arena_format(arena, english ? "%s, %02d:%02d%s" : "%s pukul %02d.%02d%s",
                                expected, c.hour, c.minute, c.zoned ? " WIB" : "");
        fuzz_check(!c.timed || fuzz_same(buf_string(&time), expected));
    }
    buf_free(&date);
    buf_free(&time);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    struct fmt_spec spec = {0}, expected = {0};

    const char *argument = fuzz_line(arena, &input);
    bool good = slow_spec(argument, &expected);
    fuzz_check(fmt_spec_read(argument, &spec) == good);
    fuzz_check(!good || (spec.decimals == expected.decimals && spec.sign == expected.sign));
    if (!good)
        spec.decimals = -1;
    const char *lang = fuzz_line(arena, &input);
    check_number(arena, fuzz_line(arena, &input), &spec, lang);
    check_moment(arena, fuzz_line(arena, &input), lang);
    arena_close(arena);
    return 0;
}
