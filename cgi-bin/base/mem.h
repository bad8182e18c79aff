/* mem: allocation that never returns NULL: when there is no memory left the process ends, and its
 * supervisor starts another one. */
#ifndef TOLOK_MEM_H
#define TOLOK_MEM_H

#include <stddef.h>

/* malloc and realloc of count * size bytes that never fail; a product that overflows counts as
 * exhausted memory. The caller frees with free(). */
void *mem_alloc(size_t count, size_t size) __attribute__((malloc, warn_unused_result));
void *mem_resize(void *old, size_t count, size_t size) __attribute__((warn_unused_result));

/* Says that memory is exhausted, on standard error or in the words that were set, and ends the
 * process with status 70. */
void mem_exhausted(void) __attribute__((noreturn));

/* Has `speak` called then; it must need no memory. */
void mem_last_words(void (*speak)(void));

#endif
