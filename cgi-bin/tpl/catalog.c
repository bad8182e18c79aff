#include "tpl/catalog.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* The head of a file and its two lists, of messages in the order of strcmp and of their
 * translations. The byte order is that of the machine it was made on, which is this one. */
struct head {
    uint32_t magic, revision, count, messages, translations;
};
struct entry {
    uint32_t len, offset;
};
static const uint32_t magic = 0x950412de;

struct catalog {
    struct buf file;
    struct head head;
};

/* The text of an entry of the list that begins at `list`; NULL when it is not inside the file. */
static const char *text(const struct catalog *catalog, uint32_t list, uint32_t i)
{
    const struct buf *file = &catalog->file;
    struct entry entry;
    uint64_t at = list + (uint64_t)i * sizeof entry;

    if (at + sizeof entry > file->len)
        return NULL;
    memcpy(&entry, file->data + at, sizeof entry);
    bool inside = (uint64_t)entry.offset + entry.len < file->len &&
                  file->data[entry.offset + entry.len] == '\0';
    return inside ? file->data + entry.offset : NULL;
}

struct catalog *catalog_open(const char *folder, const char *lang)
{
    struct catalog *catalog = mem_alloc(1, sizeof *catalog);
    struct buf path = {0};

    *catalog = (struct catalog){0};
    buf_format(&path, "%s/%s/LC_MESSAGES/tolok.mo", folder, lang);
    bool good = buf_file(&catalog->file, path.data) && catalog->file.len >= sizeof catalog->head;
    buf_free(&path);
    if (good)
        memcpy(&catalog->head, catalog->file.data, sizeof catalog->head);
    good = good && catalog->head.magic == magic;
    for (uint32_t i = 0; good && i < catalog->head.count; i++)
        good = text(catalog, catalog->head.messages, i) != NULL &&
               text(catalog, catalog->head.translations, i) != NULL;
    if (good)
        return catalog;
    catalog_close(catalog);
    return NULL;
}

void catalog_close(struct catalog *catalog)
{
    if (catalog != NULL)
        buf_free(&catalog->file);
    free(catalog);
}

const char *catalog_find(const struct catalog *catalog, const char *message)
{
    uint32_t low = 0, high = catalog != NULL ? catalog->head.count : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(message, text(catalog, catalog->head.messages, middle));
        if (order == 0)
            return text(catalog, catalog->head.translations, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void catalog_entry(struct buf *out, const char *file, const char *message)
{
    buf_format(out, "\n#: %s\nmsgid \"", file);
    for (; *message != '\0'; message++) {
        if (*message == '"' || *message == '\\')
            buf_char(out, '\\');
        buf_char(out, *message);
    }
    buf_text(out, "\"\nmsgstr \"\"\n");
}
