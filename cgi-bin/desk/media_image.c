/* The walks through images: from one piece to the next, to the last byte. */
#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "desk/media.h"

enum {
    SIDE_MAX = 30000
}; /* points; what is larger is meant to fill the memory of whoever opens it */

static uint32_t big(const char *p, size_t size)
{
    uint32_t value = 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | (unsigned char)p[i];
    return value;
}

static uint32_t little(const char *p)
{
    return __builtin_bswap32(big(p, 4));
}

/* Programs that look for something to run do not care where it begins. */
static bool holds_script(const char *bytes, size_t len)
{
    static const char *const words[] = {"<script", "<?php ", "<html", "<iframe", "<!doctype"};

    for (const char *at = bytes; (at = memchr(at, '<', len - (size_t)(at - bytes))) != NULL; at++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t size = strlen(words[i]);
            if (len - (size_t)(at - bytes) >= size && strncasecmp(at, words[i], size) == 0)
                return true;
        }
    }
    return false;
}

static enum media_fault checked_for_script(const char *bytes, size_t len)
{
    return holds_script(bytes, len) ? MEDIA_MIXED : MEDIA_FINE;
}

static bool fair_size(uint32_t width, uint32_t height)
{
    return width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX;
}

/* Length, name, content and sum of each chunk; IHDR first, IEND last. */
enum media_fault media_walk_png(const char *bytes, size_t len)
{
    enum { FRAME = 12 };
    bool data = false;

    for (size_t at = 8;;) {
        if (len - at < FRAME)
            return MEDIA_BROKEN;
        size_t size = big(bytes + at, 4);
        const char *name = bytes + at + 4;
        if (size > len - at - FRAME ||
            big(name + 4 + size, 4) != crc32(0, (const Bytef *)name, (uInt)size + 4))
            return MEDIA_BROKEN;
        if (at == 8 && (memcmp(name, "IHDR", 4) != 0 || size != 13 ||
                        !fair_size(big(name + 4, 4), big(name + 8, 4))))
            return MEDIA_BROKEN;
        data = data || memcmp(name, "IDAT", 4) == 0;
        at += size + FRAME;
        if (memcmp(name, "IEND", 4) == 0)
            return !data || size != 0 ? MEDIA_BROKEN
                   : at != len        ? MEDIA_MIXED
                                      : checked_for_script(bytes, len);
    }
}

/* From the scan's first byte to the marker behind it. */
static size_t after_scan(const char *bytes, size_t len, size_t at)
{
    for (; len - at >= 2; at++) {
        unsigned char next = (unsigned char)bytes[at + 1];
        if ((unsigned char)bytes[at] == 0xff && next != 0 && next != 0xff &&
            !(next >= 0xd0 && next <= 0xd7))
            return at;
    }
    return len;
}

/* Walks one image from its first marker; returns the place behind its end, 0 when it has none. */
static size_t after_jpeg(const char *bytes, size_t len, size_t at)
{
    bool frame = false, scan = false;

    at += 2;
    while (len - at >= 2 && (unsigned char)bytes[at] == 0xff) {
        unsigned char marker = (unsigned char)bytes[at + 1];
        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        at += 2;
        if (marker == 0xd9)
            return frame && scan ? at : 0;
        if (len - at < 2)
            return 0;
        size_t size = big(bytes + at, 2);
        if (size < 2 || size > len - at)
            return 0;
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
            marker != 0xcc) {
            frame = size >= 8 && fair_size(big(bytes + at + 5, 2), big(bytes + at + 3, 2));
            if (!frame)
                return 0;
        }
        at += size;
        if (marker == 0xda) {
            scan = true;
            at = after_scan(bytes, len, at);
        }
    }
    return 0;
}

/* One image, or several one after another, as telephones write them. */
enum media_fault media_walk_jpeg(const char *bytes, size_t len)
{
    size_t at = after_jpeg(bytes, len, 0);

    if (at == 0)
        return MEDIA_BROKEN;
    while (len - at >= 3 && memcmp(bytes + at, "\xff\xd8\xff", 3) == 0) {
        at = after_jpeg(bytes, len, at);
        if (at == 0)
            return MEDIA_MIXED;
    }
    return at == len ? checked_for_script(bytes, len) : MEDIA_MIXED;
}

/* Chunks of RIFF: name, length, content, a byte more when the length is odd. */
enum media_fault media_walk_webp(const char *bytes, size_t len)
{
    static const char known[] = "VP8 VP8LVP8XALPHANIMANMFICCPEXIFXMP ";
    bool image = false;

    if (len < 20 || memcmp(bytes + 8, "WEBP", 4) != 0)
        return MEDIA_OTHER;
    size_t size = little(bytes + 4);
    if (size > len - 8 || size < 12)
        return MEDIA_BROKEN;
    if (size + size % 2 < len - 8)
        return MEDIA_MIXED;
    for (size_t at = 12; at < len;) {
        if (len - at < 8)
            return MEDIA_BROKEN;
        const char *found = memmem(known, sizeof known - 1, bytes + at, 4);
        if (found == NULL || (found - known) % 4 != 0 ||
            (at == 12 && memcmp(bytes + at, "VP8", 3) != 0))
            return MEDIA_BROKEN;
        size_t chunk = little(bytes + at + 4);
        if (chunk > len - at - 8)
            return MEDIA_BROKEN;
        image = image || memcmp(bytes + at, "VP8 ", 4) == 0 || memcmp(bytes + at, "VP8L", 4) == 0 ||
                memcmp(bytes + at, "ANMF", 4) == 0;
        at += 8 + chunk;
        at += at < len ? chunk % 2 : 0;
    }
    return image ? checked_for_script(bytes, len) : MEDIA_BROKEN;
}
