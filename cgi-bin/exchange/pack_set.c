#include "exchange/pack_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

bool pack_is_extra(const char *path)
{
    static const char *const names[] = {".DS_Store", "Thumbs.db", "desktop.ini"};
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    if (strncmp(path, "__MACOSX/", 9) == 0 || strstr(path, "/__MACOSX/") != NULL ||
        strcmp(name, "__MACOSX") == 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return strncmp(name, "._", 2) == 0 || strncmp(name, ".~lock.", 7) == 0;
}

void pack_leave(struct pack *pack, struct arena *arena, const char *path)
{
    if (pack->extras++ == 0)
        pack->extra = arena_copy(arena, path, strlen(path));
}

void pack_add(struct pack *pack, struct arena *arena, const char *name, const char *bytes,
              size_t len)
{
    pack->files[pack->count++] = (struct pack_file){arena_copy(arena, name, strlen(name)),
                                                    arena_copy(arena, bytes, len), len};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct pack_file *)a)->name, ((const struct pack_file *)b)->name);
}

void pack_sort(struct pack *pack)
{
    qsort(pack->files, pack->count, sizeof pack->files[0], by_name);
}

const struct pack_file *pack_find(const struct pack *pack, const char *name)
{
    for (size_t i = 0; i < pack->count; i++) {
        if (strcmp(pack->files[i].name, name) == 0)
            return &pack->files[i];
    }
    return NULL;
}
