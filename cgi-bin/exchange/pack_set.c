#include "exchange/pack_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

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
