#include "desk/picture.h"

#include <stdio.h>

#include "desk/helper.h"

/* How libvips is told to write each kind. Its WebP keeps what "strip" takes from the others. */
static const char *const forms[MEDIA_KIND_MAX] = {
    [MEDIA_PNG] = ".png[strip]",
    [MEDIA_JPEG] = ".jpg[strip,Q=85,optimize_coding]",
    [MEDIA_WEBP] = ".webp[Q=82]",
};

bool picture_is(enum media_kind kind)
{
    return forms[kind] != NULL;
}

static enum media_fault make(const char *form, const char *bytes, size_t len, int side,
                             struct buf *out)
{
    static const enum media_fault faults[] = {[HELPER_DONE] = MEDIA_FINE,
                                              [HELPER_REFUSED] = MEDIA_BROKEN,
                                              [HELPER_STOPPED] = MEDIA_BOMB,
                                              [HELPER_FAILED] = MEDIA_HELPER};
    char size[32];

    snprintf(size, sizeof size, "%dx%d>", side, side); /* ">": never larger than it is */
    return faults[helper_run((const char *const[]){"vipsthumbnail", "stdin[fail-on=truncated]",
                                                   "--size", size, "--export-profile", "srgb", "-o",
                                                   form, NULL},
                             bytes, len, out)];
}

enum media_fault picture_make(enum media_kind kind, const char *bytes, size_t len, int side,
                              struct buf *out)
{
    struct buf bare = {0};

    if (kind != MEDIA_WEBP)
        return make(forms[kind], bytes, len, side, out);
    enum media_fault fault = make(forms[MEDIA_PNG], bytes, len, side, &bare);
    if (fault == MEDIA_FINE)
        fault = make(forms[kind], bare.data, bare.len, side, out);
    buf_free(&bare);
    return fault;
}
