/* The two descriptions of each part of a zip: in the directory at its end, and before the part. One
 * reader believes the one and the next the other. */
#include <stdint.h>
#include <string.h>

#include "desk/media.h"

/* Lengths of the fixed parts, without names and extras. */
enum { END = 22, ENTRY = 46, LOCAL = 30 };

static uint32_t little(const char *at, size_t size)
{
    uint32_t value = 0;

    while (size-- > 0)
        value = value << 8 | (unsigned char)at[size];
    return value;
}

/* Whether the part's own head says what its entry does; *used grows by the room it takes. */
static bool agrees(const char *entry, const char *bytes, size_t end, size_t *used)
{
    enum { SIZES_FOLLOW = 8, SUM_AND_SIZES = 12 };
    size_t at = little(entry + 42, 4), name = little(entry + 28, 2), packed = little(entry + 20, 4);

    if (at > end || end - at < LOCAL || memcmp(bytes + at, "PK\3\4", 4) != 0)
        return false;
    const char *local = bytes + at;
    size_t head = LOCAL + name + little(local + 28, 2);
    if (little(local + 26, 2) != name || end - at < head || packed > end - at - head ||
        memcmp(local + LOCAL, entry + ENTRY, name) != 0 ||
        little(local + 8, 2) != little(entry + 10, 2))
        return false;
    *used += head + packed;
    return (little(local + 6, 2) & SIZES_FOLLOW) != 0 ||
           memcmp(local + 14, entry + 16, SUM_AND_SIZES) == 0;
}

bool media_zip_agrees(const char *bytes, size_t len)
{
    if (len < END || memcmp(bytes + len - END, "PK\5\6", 4) != 0)
        return false;
    const char *last = bytes + len - END;
    size_t count = little(last + 10, 2), size = little(last + 12, 4), at = little(last + 16, 4);
    size_t begin = at, used = 0;

    if (at > len - END || size != len - END - at)
        return false;
    for (; count > 0; count--) {
        if (len - END - at < ENTRY || memcmp(bytes + at, "PK\1\2", 4) != 0)
            return false;
        const char *entry = bytes + at;
        size_t whole =
            ENTRY + little(entry + 28, 2) + little(entry + 30, 2) + little(entry + 32, 2);
        if (len - END - at < whole || !agrees(entry, bytes, begin, &used))
            return false;
        at += whole;
    }
    /* Parts that share their bytes would take more room than there is. */
    return at == len - END && used <= begin;
}
