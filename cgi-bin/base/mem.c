#include "base/mem.h"

#include <stdlib.h>
#include <unistd.h>

static void say_plainly(void)
{
    static const char words[] = "level=error event=out_of_memory\n";

    if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
        _exit(70);
}

static void (*last_words)(void) = say_plainly;

void mem_last_words(void (*speak)(void))
{
    last_words = speak;
}

void mem_exhausted(void)
{
    last_words();
    _exit(70);
}

void *mem_resize(void *old, size_t count, size_t size)
{
    size_t bytes = 0;

    if (__builtin_mul_overflow(count, size, &bytes))
        mem_exhausted();
    void *memory = realloc(old, bytes > 0 ? bytes : 1);
    if (memory == NULL)
        mem_exhausted();
    return memory;
}

void *mem_alloc(size_t count, size_t size)
{
    return mem_resize(NULL, count, size);
}
