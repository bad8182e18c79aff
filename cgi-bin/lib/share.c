#include "share.h"

#include <sys/mman.h>

#include "arena.h"

struct share *share_open(const char *path)
{
    (void)path;
    return mem_alloc(1, sizeof(struct share));
}

void share_close(struct share *share)
{
    (void)share;
}
