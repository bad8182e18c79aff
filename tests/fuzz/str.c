/* str: each predicate against a second one that is written in another way. First line: the bounds
 * of an integer. */
#include "base/str.h"

#include <limits.h>

#include "fuzz.h"

/* The integer that the text is in its canonical form: reading it and writing it again gives the
 * same text. */
static bool slow_int(const char *s, long min, long max, long *value)
{
    char again[64];
    __int128 number = 0;
    const char *digit = s + (*s == '-');

    if (strlen(s) > 30 || *digit == '\0')
        return false;
    for (; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9')
            return false;
        number = number * 10 + (*digit - '0');
    }
    number = *s == '-' ? -number : number;
    if (number < min || number > max)
        return false;
    *value = (long)number;
    snprintf(again, sizeof again, "%ld", *value);
    return strcmp(again, s) == 0;
}

static void check_int(const char *s, long min, long max)
{
    long value = 12345, expected = 0;
    bool good = slow_int(s, min, max, &expected);

    fuzz_check(str_int(s, min, max, &value) == good);
    fuzz_check(value == (good ? expected : 12345));
}

static bool is_one_of(const char *s, const char *ranges)
{
    for (const char *r = ranges; *r != '\0'; r += 2) {
        if (*s >= r[0] && *s <= r[1])
            return true;
    }
    return false;
}

static bool slow_name(const char *s, const char *ranges)
{
    size_t count = 0;

    while (is_one_of(s + count, ranges) && s[count] != '\0')
        count++;
    return s[count] == '\0' && count > 0 && count <= 64;
}

/* The code point of the well-formed character at s. */
static unsigned point_at(const char *s)
{
    const uint8_t *b = (const uint8_t *)s;

    if (b[0] < 0x80)
        return b[0];
    if (b[0] < 0xe0)
        return (b[0] - 0xc0U) * 64 + (b[1] - 0x80U);
    if (b[0] < 0xf0)
        return (b[0] - 0xe0U) * 4096 + (b[1] - 0x80U) * 64 + (b[2] - 0x80U);
    return (b[0] - 0xf0U) * 262144 + (b[1] - 0x80U) * 4096 + (b[2] - 0x80U) * 64 + (b[3] - 0x80U);
}

static bool slow_text(const char *s, size_t max)
{
    static const unsigned refused[][2] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x2028, 0x2029},
                                          {0x202a, 0x202e}, {0x2066, 0x2069}, {0xfdd0, 0xfdef}};
    size_t len = strlen(s);

    if (len > max || fuzz_utf8_length(s, len) != len)
        return false;
    for (; *s != '\0'; s++) {
        if (((uint8_t)*s & 0xc0) == 0x80)
            continue;
        unsigned point = point_at(s);
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
            if (point >= refused[i][0] && point <= refused[i][1])
                return false;
        }
        if (point % 0x10000 >= 0xfffe)
            return false;
    }
    return true;
}

static bool slow_local_path(const char *s)
{
    bool local = s[0] == '/' && (s[1] == '\0' || s[1] != '/');

    for (; *s != '\0'; s++)
        local = local && *s > 0x20 && *s < 0x7f && *s != '\\';
    return local;
}

static bool slow_word(struct arena *arena, const char *s, const char *words)
{
    const char *framed = arena_format(arena, " %s ", s);

    return *s != '\0' && strchr(s, ' ') == NULL &&
           strstr(arena_format(arena, " %s ", words), framed) != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    const char *bytes = (const char *)data;

    fuzz_check(str_utf8_length(bytes, size) == fuzz_utf8_length(bytes, size));
    fuzz_check(str_utf8(bytes, size) == (fuzz_utf8_length(bytes, size) == size));
    long bound = strtol(fuzz_line(arena, &input), NULL, 10);
    const char *s = fuzz_line(arena, &input);
    const char *words = fuzz_line(arena, &input);
    check_int(s, LONG_MIN, LONG_MAX);
    check_int(s, bound, LONG_MAX);
    check_int(s, LONG_MIN, bound);
    fuzz_check(str_is_slug(s) == slow_name(s, "az09..__--"));
    fuzz_check(str_is_code(s) == slow_name(s, "AZaz09..__--"));
    size_t max = (size_t)bound % 300;
    fuzz_check(str_is_text(s, max) == slow_text(s, max));
    fuzz_check(str_is_text(s, SIZE_MAX) == slow_text(s, SIZE_MAX));
    fuzz_check(str_is_local_path(s) == slow_local_path(s));
    fuzz_check(str_is_word(s, words) == slow_word(arena, s, words));
    arena_close(arena);
    return 0;
}
