#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK_SIZE = 16 * 1024, ALIGNMENT = 16 };

/* One piece of memory from malloc; the bytes handed out follow the header. */
struct block {
    struct block *next;
    size_t used, size;
    _Alignas(ALIGNMENT) char data[];
};

struct deferred {
    struct deferred *next;
    void (*destroy)(void *);
    void *object;
};

struct arena {
    struct block *blocks;      /* the newest first; only that one still has room */
    struct deferred *deferred; /* the newest first */
};

struct arena *arena_open(void)
{
    struct arena *arena = mem_alloc(1, sizeof *arena);

    *arena = (struct arena){0};
    return arena;
}

void arena_close(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct deferred *d = arena->deferred; d != NULL; d = d->next)
        d->destroy(d->object);
    while (arena->blocks != NULL) {
        struct block *block = arena->blocks;
        arena->blocks = block->next;
        free(block);
    }
    free(arena);
}

static struct block *add_block(struct arena *arena, size_t bytes)
{
    size_t size = bytes > BLOCK_SIZE ? bytes : BLOCK_SIZE;

    if (size > SIZE_MAX - sizeof(struct block))
        mem_exhausted();
    struct block *block = mem_alloc(1, sizeof *block + size);
    block->next = arena->blocks;
    block->used = 0;
    block->size = size;
    arena->blocks = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    struct block *block = arena->blocks;
    size_t bytes = 0;

    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - ALIGNMENT)
        mem_exhausted();
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (block == NULL || block->size - block->used < bytes)
        block = add_block(arena, bytes);
    void *memory = block->data + block->used;
    block->used += bytes;
    return memset(memory, 0, bytes);
}

char *arena_copy(struct arena *arena, const char *s, size_t len)
{
    if (len == SIZE_MAX)
        mem_exhausted();
    char *copy = arena_alloc(arena, 1, len + 1);
    memcpy(copy, s, len);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        mem_exhausted();
    size_t size = (size_t)length + 1;
    char *text = arena_alloc(arena, 1, size);
    va_start(args, format);
    vsnprintf(text, size, format, args);
    va_end(args);
    return text;
}

void arena_defer(struct arena *arena, void (*destroy)(void *), void *object)
{
    struct deferred *d = arena_alloc(arena, 1, sizeof *d);

    *d = (struct deferred){arena->deferred, destroy, object};
    arena->deferred = d;
}
