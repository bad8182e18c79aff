/* An arena (cgi-bin/base/arena.h) whose pieces are each a malloc of exactly their size, in place of
 * the one that hands out parts of large blocks: so the sanitizer sees one byte too far. Memory that
 * runs out is a finding. */
#include <stdarg.h>

#include "base/mem.h"
#include "fuzz.h"

struct piece {
    struct piece *next;
    void (*destroy)(void *);
    void *object;
};

struct arena {
    struct piece *memory, *deferred; /* the newest first */
};

void mem_exhausted(void)
{
    abort();
}

void *mem_resize(void *old, size_t count, size_t size)
{
    size_t bytes = 0;

    fuzz_check(!__builtin_mul_overflow(count, size, &bytes));
    void *memory = realloc(old, bytes > 0 ? bytes : 1);
    fuzz_check(memory != NULL);
    return memory;
}

void *mem_alloc(size_t count, size_t size)
{
    return mem_resize(NULL, count, size);
}

struct arena *arena_open(void)
{
    struct arena *arena = mem_alloc(1, sizeof *arena);

    *arena = (struct arena){0};
    return arena;
}

static void push(struct piece **list, void (*destroy)(void *), void *object)
{
    struct piece *piece = mem_alloc(1, sizeof *piece);

    *piece = (struct piece){*list, destroy, object};
    *list = piece;
}

static void empty(struct piece **list)
{
    while (*list != NULL) {
        struct piece *piece = *list;
        *list = piece->next;
        piece->destroy(piece->object);
        free(piece);
    }
}

void arena_close(struct arena *arena)
{
    if (arena == NULL)
        return;
    empty(&arena->deferred);
    empty(&arena->memory);
    free(arena);
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    void *memory = mem_alloc(count, size);

    memset(memory, 0, count * size);
    push(&arena->memory, free, memory);
    return memory;
}

char *arena_copy(struct arena *arena, const char *s, size_t len)
{
    char *copy = arena_alloc(arena, 1, len + 1);

    memcpy(copy, s, len);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    char *text = NULL;
    va_list args;

    va_start(args, format);
    fuzz_check(vasprintf(&text, format, args) >= 0);
    va_end(args);
    push(&arena->memory, free, text);
    return text;
}

void arena_defer(struct arena *arena, void (*destroy)(void *), void *object)
{
    push(&arena->deferred, destroy, object);
}
