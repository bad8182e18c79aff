/* gzip: what is packed unpacks to the same bytes, each time in the same form, behind what was
 * there. */
#include "http/gzip.h"

#include "answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct buf first = {0}, again = {0};
    struct answer answer = {0};

    buf_text(&again, "before");
    fuzz_check(gzip_add(&first, (const char *)data, size) &&
               gzip_add(&again, (const char *)data, size));
    fuzz_check(again.len == first.len + 6 && memcmp(again.data, "before", 6) == 0);
    fuzz_check(memcmp(again.data + 6, first.data, first.len) == 0);
    answer.body = first.data;
    answer.len = first.len;
    answer_unpack(arena, &answer);
    fuzz_check(answer.len == size && memcmp(answer.body, data, size) == 0);
    buf_free(&first);
    buf_free(&again);
    arena_close(arena);
    return 0;
}
