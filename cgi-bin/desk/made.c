#include "desk/made.h"

#include "base/buf.h"
#include "desk/form.h"
#include "desk/pdf.h"
#include "desk/picture.h"

static void set_bytes(struct made_bytes *made, const char *bytes, size_t len)
{
    made->bytes = bytes;
    made->len = len;
    depot_name(made->digest, bytes, len);
}

/* Writes a picture anew, as large as those who look closely want it and as small as pages do. */
static enum media_fault draw(struct arena *arena, struct made *made)
{
    static const int sides[] = {PICTURE_LARGE, PICTURE_SMALL};
    struct made_bytes *to[] = {&made->file, &made->small};
    enum media_fault fault = MEDIA_FINE;

    for (int i = 0; i < 2 && fault == MEDIA_FINE; i++) {
        struct buf out = {0};
        fault = picture_make(made->kind, made->file.bytes, made->file.len, sides[i], &out);
        if (fault == MEDIA_FINE)
            set_bytes(to[i], arena_copy(arena, out.data, out.len), out.len);
        buf_free(&out);
    }
    return fault == MEDIA_FINE && made->file.len > FORM_FILE_MAX ? MEDIA_LARGE : fault;
}

enum media_fault made_of(struct arena *arena, const char *name, const char *bytes, size_t len,
                         struct made *made)
{
    struct media media;

    *made = (struct made){.name = media_name(arena, name)};
    enum media_fault fault = media_check(made->name, bytes, len, &media);
    made->kind = media.kind;
    set_bytes(&made->file, fault == MEDIA_FINE ? media.bytes : bytes,
              fault == MEDIA_FINE ? media.len : len);
    if (fault != MEDIA_FINE)
        return fault;
    made->name = media_offered(arena, made->name, media.kind);
    if (picture_is(media.kind))
        return draw(arena, made);
    return media.kind == MEDIA_PDF ? pdf_check(media.bytes, media.len) : MEDIA_FINE;
}
