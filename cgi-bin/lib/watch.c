#include "watch.h"

bool watch_answer(struct req *req)
{
    (void)req;
    return false;
}

void watch_count(const struct req *req)
{
    (void)req;
}
