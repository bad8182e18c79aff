#include "http/media_type.h"

#include <string.h>

static const struct {
    const char *word, *type;
} kinds[MEDIA_KIND_MAX] = {
    [MEDIA_NONE] = {"", ""},
    [MEDIA_PDF] = {"pdf", "application/pdf"},
    [MEDIA_PNG] = {"png", "image/png"},
    [MEDIA_JPEG] = {"jpeg", "image/jpeg"},
    [MEDIA_WEBP] = {"webp", "image/webp"},
    [MEDIA_XLSX] = {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    [MEDIA_ZIP] = {"zip", "application/zip"},
};

const char *media_word(enum media_kind kind)
{
    return kinds[kind].word;
}

const char *media_type(enum media_kind kind)
{
    return kinds[kind].type;
}

enum media_kind media_of_word(const char *word)
{
    for (int kind = MEDIA_NONE + 1; kind < MEDIA_KIND_MAX; kind++) {
        if (strcmp(kinds[kind].word, word) == 0)
            return (enum media_kind)kind;
    }
    return MEDIA_NONE;
}
