/* arena: memory that lives as long as one request; it never runs out (mem.h). */
#ifndef TOLOK_ARENA_H
#define TOLOK_ARENA_H

#include <stddef.h>

struct arena;

/* A new, empty arena. The caller ends it with arena_close. */
struct arena *arena_open(void) __attribute__((warn_unused_result));

/* Runs the deferred destructors, last one first, then frees everything that came out of the arena.
 * NULL is allowed. */
void arena_close(struct arena *arena);

/* count * size zeroed bytes, aligned for any type; they belong to the arena. */
void *arena_alloc(struct arena *arena, size_t count, size_t size)
    __attribute__((warn_unused_result));

/* A copy of the len bytes at s with a NUL after them; it belongs to the arena. */
char *arena_copy(struct arena *arena, const char *s, size_t len)
    __attribute__((warn_unused_result));

/* The text that printf would make of format; it belongs to the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), warn_unused_result));

/* Has destroy(object) called when the arena is closed: for what a library allocated. */
void arena_defer(struct arena *arena, void (*destroy)(void *), void *object);

#endif
