/* media_type: the kinds of files that visitors may bring or save, the word for each in the database
 * and its media type. Whether some bytes are of a kind is not known here. */
#ifndef TOLOK_MEDIA_TYPE_H
#define TOLOK_MEDIA_TYPE_H

enum media_kind {
    MEDIA_NONE,
    MEDIA_PDF,
    MEDIA_PNG,
    MEDIA_JPEG,
    MEDIA_WEBP,
    MEDIA_XLSX,
    MEDIA_ZIP, /* nobody brings one as a file of a quick win */
    MEDIA_KIND_MAX
};

/* The word for a kind, in the database and at the end of a name ("pdf", "jpeg"), and its media
 * type; "" for what has none. */
const char *media_word(enum media_kind kind);
const char *media_type(enum media_kind kind);

/* The kind of that word; MEDIA_NONE when there is none. */
enum media_kind media_of_word(const char *word);

#endif
