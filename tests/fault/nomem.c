/* nomem: put before a program with LD_PRELOAD, refuses memory to it.
 *
 *   NOMEM=n            the n-th request for memory is refused, counted from 1; 0 refuses none
 *   NOMEM_FOR_GOOD=1   and so are all after it
 *   NOMEM_FROM=accept  counts from the first connection that is accepted, instead of from the start
 *
 * Says "nomem: refused" on standard error when it does, and "nomem: N" when the program ends of
 * itself after N requests. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static int (*next_accept)(int, struct sockaddr *, socklen_t *);

/* What dlsym itself may need before it has found the others; never given back. */
static _Alignas(16) char first[4096];
static size_t first_used;

static long refused_at, seen;
static bool counting, for_good;

static void *find(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static void begin(void)
{
    static bool begun;

    if (begun)
        return;
    begun = true;
    const char *at = getenv("NOMEM");
    refused_at = at != NULL ? strtol(at, NULL, 10) : 0;
    for_good = getenv("NOMEM_FOR_GOOD") != NULL;
    counting = getenv("NOMEM_FROM") == NULL;
    *(void **)&next_malloc = find("malloc");
    *(void **)&next_calloc = find("calloc");
    *(void **)&next_realloc = find("realloc");
    *(void **)&next_accept = find("accept");
}

static bool is_refused(void)
{
    static const char word[] = "nomem: refused\n";

    if (!counting)
        return false;
    seen++;
    if (refused_at == 0 || seen < refused_at || (seen > refused_at && !for_good))
        return false;
    if (seen == refused_at && write(STDERR_FILENO, word, sizeof word - 1) < 0)
        return false;
    errno = ENOMEM;
    return true;
}

static void *take_first(size_t size)
{
    size_t at = first_used;

    first_used += (size + 15) / 16 * 16;
    return first_used <= sizeof first ? first + at : NULL;
}

void *malloc(size_t size)
{
    begin();
    if (next_malloc == NULL)
        return take_first(size);
    return is_refused() ? NULL : next_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    begin();
    if (next_calloc == NULL)
        return take_first(count * size);
    return is_refused() ? NULL : next_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    begin();
    return is_refused() ? NULL : next_realloc(old, size);
}

int accept(int fd, struct sockaddr *address, socklen_t *size)
{
    begin();
    counting = true;
    return next_accept(fd, address, size);
}

__attribute__((destructor)) static void tell(void)
{
    char line[40];
    int length = snprintf(line, sizeof line, "nomem: %ld\n", seen);

    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        _exit(1);
}
