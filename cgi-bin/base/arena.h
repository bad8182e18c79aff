/* arena: memory that lives as long as one request, and the one rule for memory that runs out: a log
 * line and the end of the process, which its supervisor starts again. So no caller ever sees a
 * NULL. */
#ifndef TOLOK_ARENA_H
#define TOLOK_ARENA_H

#include <stddef.h>

/* Logs that memory is exhausted, says the last words and ends the process with status 70. */
void mem_exhausted(void) __attribute__((noreturn));

/* Has `speak` called then; it must need no memory. */
void mem_last_words(void (*speak)(void));

/* malloc and realloc of count * size bytes that never fail; a product that overflows counts as
 * exhausted memory. The caller frees with free(). */
void *mem_alloc(size_t count, size_t size) __attribute__((malloc, warn_unused_result));
void *mem_resize(void *old, size_t count, size_t size) __attribute__((warn_unused_result));

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
