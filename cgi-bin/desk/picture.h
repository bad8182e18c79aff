/* picture: a picture as we keep it. What a camera or a telephone wrote is read by libvips in a
 * helper process (helper.h) and written anew: turned upright, in sRGB, no larger than pages need,
 * without the place where it was taken, without the thumbnail of what was cut off, and without
 * anything that stood behind its end. */
#ifndef TOLOK_PICTURE_H
#define TOLOK_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "desk/media.h"

enum {
    PICTURE_LARGE = 2000, /* points of the longer side: for whoever looks closely */
    PICTURE_SMALL = 640   /* in a page and in a list */
};

/* Whether files of that kind are pictures. */
bool picture_is(enum media_kind kind);

/* Puts the picture in those len bytes into *out, a buffer of the caller's, as a picture of the same
 * kind whose longer side has at most `side` points. MEDIA_BROKEN when it is cut short or can not be
 * read; MEDIA_BOMB when it takes more time or memory than a picture does; MEDIA_HELPER when that
 * could not be tried. */
enum media_fault picture_make(enum media_kind kind, const char *bytes, size_t len, int side,
                              struct buf *out);

#endif
