#include "base/str.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 64 };

bool str_int(const char *s, long min, long max, long *value)
{
    const char *digits = *s == '-' ? s + 1 : s;
    size_t length = strlen(digits);

    if (length == 0 || length > 19 || strspn(digits, "0123456789") != length)
        return false;
    if (*digits == '0' && (length > 1 || digits != s))
        return false;
    errno = 0;
    long number = strtol(s, NULL, 10);
    if (errno != 0 || number < min || number > max)
        return false;
    *value = number;
    return true;
}

/* Reads the character that starts at s, of at most len bytes. Returns its number of bytes and sets
 * *point; 0 when it is not well-formed. */
static size_t next_point(const unsigned char *s, size_t len, unsigned *point)
{
    static const unsigned lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = *s < 0x80             ? 1
                  : (*s & 0xe0) == 0xc0 ? 2
                  : (*s & 0xf0) == 0xe0 ? 3
                  : (*s & 0xf8) == 0xf0 ? 4
                                        : 0;

    if (size == 0 || size > len)
        return 0;
    unsigned value = size == 1 ? *s : *s & (0xffU >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (s[i] & 0x3fU);
    }
    if (value == 0 || value < lowest[size] || value > 0x10ffff ||
        (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *point = value;
    return size;
}

/* How many bytes from s on are surely ASCII without NUL: most of a text, eight at a time. */
static size_t ascii_length(const unsigned char *s, size_t len)
{
    static const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    uint64_t eight = 0;
    size_t used = 0;

    for (; len - used >= sizeof eight; used += sizeof eight) {
        memcpy(&eight, s + used, sizeof eight);
        if (((eight | (eight - ones)) & tops) != 0)
            break;
    }
    return used;
}

size_t str_utf8_length(const char *s, size_t len)
{
    const unsigned char *at = (const unsigned char *)s;
    size_t used = 0;
    unsigned point = 0;

    while (used < len) {
        used += ascii_length(at + used, len - used);
        if (used == len)
            break;
        size_t size = next_point(at + used, len - used, &point);
        if (size == 0)
            break;
        used += size;
    }
    return used;
}

bool str_utf8(const char *s, size_t len)
{
    return str_utf8_length(s, len) == len;
}

static bool is_name(const char *s, const char *alphabet)
{
    size_t length = strlen(s);

    return length >= 1 && length <= NAME_MAX_LENGTH && strspn(s, alphabet) == length;
}

bool str_is_slug(const char *s)
{
    return is_name(s, "abcdefghijklmnopqrstuvwxyz0123456789._-");
}

bool str_is_code(const char *s)
{
    return is_name(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
}

bool str_is_word(const char *s, const char *words)
{
    size_t length = strlen(s);

    if (length == 0)
        return false;
    while (*words != '\0') {
        size_t word = strcspn(words, " ");
        if (word == length && memcmp(words, s, length) == 0)
            return true;
        words += word;
        words += *words == ' ';
    }
    return false;
}

static bool is_unsafe(unsigned point)
{
    bool control =
        point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029;
    bool direction = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
    bool nothing = (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);

    return control || direction || nothing;
}

bool str_is_text(const char *s, size_t max)
{
    const unsigned char *at = (const unsigned char *)s;
    size_t left = strlen(s);
    unsigned point = 0;

    if (left > max)
        return false;
    while (left > 0) {
        size_t size = next_point(at, left, &point);
        if (size == 0 || is_unsafe(point))
            return false;
        at += size;
        left -= size;
    }
    return true;
}

bool str_is_local_path(const char *s)
{
    if (s[0] != '/' || s[1] == '/')
        return false;
    for (; *s != '\0'; s++) {
        if (*s <= ' ' || *s >= 0x7f || *s == '\\')
            return false;
    }
    return true;
}
