#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "tpl/catalog.h"
#include "tpl/part.h"

static const char ending[] = ".html";

/* The messages of one file. */
struct listing {
    const char *file;
    struct buf *out;
};

static const char *list(void *context, const char *message)
{
    struct listing *listing = context;

    catalog_entry(listing->out, listing->file, message);
    return NULL;
}

static int is_template(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return entry->d_name[0] != '.' && len > sizeof ending - 1 &&
           strcmp(entry->d_name + len - (sizeof ending - 1), ending) == 0;
}

bool part_messages(const char *folder, struct buf *out)
{
    struct dirent **files = NULL;
    int count = scandir(folder, &files, is_template, alphasort);

    for (int i = 0; i < count; i++) {
        struct listing listing = {.file = files[i]->d_name, .out = out};
        struct message_use use = {.translate = list, .context = &listing, .lang = "id"};
        struct buf text = {0}, ignored = {0};
        size_t len = strlen(files[i]->d_name) - (sizeof ending - 1);
        if (part_read(folder, files[i]->d_name, len, &text, &ignored))
            message_rewrite(buf_string(&text), text.len, &use, &ignored, &ignored);
        buf_free(&text);
        buf_free(&ignored);
        free(files[i]);
    }
    free(files);
    return count > 0;
}
