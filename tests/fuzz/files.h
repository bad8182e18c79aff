/* files: named texts in one input, and a folder that holds them. A line "== NAME" begins each; what
 * stands before the first is left out. */
#ifndef TOLOK_FUZZ_FILES_H
#define TOLOK_FUZZ_FILES_H

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

enum { FILES_MAX = 24 };

struct files_entry {
    const char *name; /* not empty; without '/' */
    const char *bytes;
    size_t len;
};

struct files {
    struct files_entry list[FILES_MAX];
    size_t count;
    char folder[64]; /* once they are written; until then empty, or where to */
};

static inline bool files_is_name(const char *name)
{
    return *name != '\0' && strlen(name) <= 100 && strchr(name, '/') == NULL &&
           strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* The entry of that name, empty again; NULL when it is no name or there are too many. */
static inline struct files_entry *files_begin(struct files *files, const char *name)
{
    size_t i = 0;

    while (i < files->count && strcmp(files->list[i].name, name) != 0)
        i++;
    if (i == FILES_MAX || !files_is_name(name))
        return NULL;
    files->count += i == files->count;
    files->list[i] = (struct files_entry){.name = name, .bytes = ""};
    return &files->list[i];
}

/* Cuts the input. Names and texts are the arena's, the texts of exactly their length. */
static inline void files_read(struct arena *arena, const uint8_t *data, size_t size,
                              struct files *files)
{
    const char *at = (const char *)data, *end = at + size;
    struct files_entry *entry = NULL;

    *files = (struct files){0};
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((stop != NULL ? stop + 1 : end) - at);
        if (len > 4 && memcmp(at, "== ", 3) == 0 && stop != NULL) {
            entry = files_begin(files, arena_copy(arena, at + 3, len - 4));
        } else if (entry != NULL) {
            char *longer = arena_alloc(arena, entry->len + len, 1);
            memcpy(longer, entry->bytes, entry->len);
            memcpy(longer + entry->len, at, len);
            entry->bytes = longer;
            entry->len += len;
        }
        at += len;
    }
}

static inline const struct files_entry *files_find(const struct files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++) {
        if (strcmp(files->list[i].name, name) == 0)
            return &files->list[i];
    }
    return NULL;
}

/* Writes them into their folder, or one of this process, in memory where there is such a place. */
static inline void files_write(struct arena *arena, struct files *files)
{
    if (*files->folder == '\0')
        snprintf(files->folder, sizeof files->folder, "%s/tolok-fuzz-%ld",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    mkdir(files->folder, 0700);
    for (size_t i = 0; i < files->count; i++) {
        const struct files_entry *entry = &files->list[i];
        int fd = open(arena_format(arena, "%s/%s", files->folder, entry->name),
                      O_WRONLY | O_CREAT | O_TRUNC, 0600);
        fuzz_check(fd >= 0 && write(fd, entry->bytes, entry->len) == (ssize_t)entry->len);
        close(fd);
    }
}

static inline void files_remove(struct arena *arena, const struct files *files)
{
    for (size_t i = 0; i < files->count; i++)
        unlink(arena_format(arena, "%s/%s", files->folder, files->list[i].name));
    rmdir(files->folder);
}

#endif
