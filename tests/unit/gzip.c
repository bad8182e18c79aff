#include "http/gzip.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>

#include "unit.h"

static struct buf packed, plain;

static void teardown(void)
{
    buf_free(&packed);
    buf_free(&plain);
}

/* Unpacks the bytes behind the first `start` with zlib and compares them with the plain ones. */
static void check_packed(size_t start)
{
    unsigned char *unpacked = malloc(plain.len + 1);
    z_stream stream = {.next_in = (unsigned char *)packed.data + start,
                       .avail_in = (uInt)(packed.len - start),
                       .next_out = unpacked,
                       .avail_out = (uInt)plain.len + 1};

    ck_assert_int_eq(inflateInit2(&stream, 15 + 16), Z_OK);
    ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(stream.avail_in, 0);
    ck_assert_uint_eq(stream.total_out, plain.len);
    ck_assert_int_eq(memcmp(unpacked, buf_string(&plain), plain.len), 0);
    inflateEnd(&stream);
    free(unpacked);
}

static const size_t sizes[] = {0, 1, 500, 8191, 8192, 8193, 65536, 1000000};

START_TEST(packs_what_unpacks_to_the_same)
{
    for (size_t i = 0; i < sizes[_i]; i++)
        buf_char(&plain, (char)(i % 10 < 5 ? rand() : (int)i));
    buf_text(&packed, "before");
    ck_assert(gzip_add(&packed, buf_string(&plain), plain.len));
    ck_assert_int_eq(memcmp(packed.data, "before", 6), 0);
    check_packed(6);
}
END_TEST

START_TEST(gives_the_same_bytes_again)
{
    for (int i = 0; i < 3000; i++)
        buf_format(&plain, "<li>%d</li>", i * i);
    ck_assert(gzip_add(&packed, plain.data, plain.len));
    size_t size = packed.len;
    ck_assert_uint_lt(size, plain.len / 2);
    for (int i = 0; i < 2; i++) {
        buf_clear(&packed);
        ck_assert(gzip_add(&packed, "something else", 14));
        size_t other = packed.len;
        ck_assert(gzip_add(&packed, plain.data, plain.len));
        ck_assert_uint_eq(packed.len, other + size);
        check_packed(other);
    }
}
END_TEST

START_TEST(leaves_alone_what_is_too_long)
{
    buf_text(&packed, "before");
    ck_assert(!gzip_add(&packed, "", (size_t)UINT_MAX + 1));
    ck_assert_str_eq(packed.data, "before");
    ck_assert_uint_eq(packed.len, 6);
}
END_TEST

#ifndef __SANITIZE_ADDRESS__
/* Takes all memory that is to be had under the limit, in pieces that grow smaller; the list is
 * their chain. */
static void **take_all(void)
{
    void **taken = NULL;

    for (size_t size = 1 << 20; size >= sizeof(void *); size /= 2) {
        for (void **piece = malloc(size); piece != NULL; piece = malloc(size)) {
            *piece = taken;
            taken = piece;
        }
    }
    return taken;
}

START_TEST(does_without_memory_and_recovers)
{
    struct rlimit before, none;

    buf_text(&plain, "some text, some text");
    buf_text(&packed, "before");
    ck_assert_int_eq(getrlimit(RLIMIT_AS, &before), 0);
    none = (struct rlimit){0, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
    void **taken = take_all();
    bool done = gzip_add(&packed, plain.data, plain.len);
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &before), 0);
    while (taken != NULL) {
        void **next = *taken;
        free(taken);
        taken = next;
    }
    ck_assert(!done);
    ck_assert_str_eq(packed.data, "before");
    buf_clear(&packed);
    ck_assert(gzip_add(&packed, plain.data, plain.len));
    check_packed(0);
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("gzip");
    TCase *tests = tcase_create("gzip");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, packs_what_unpacks_to_the_same, 0, UNIT_ROWS(sizes));
    tcase_add_test(tests, gives_the_same_bytes_again);
    tcase_add_test(tests, leaves_alone_what_is_too_long);
#ifndef __SANITIZE_ADDRESS__
    tcase_add_test(tests, does_without_memory_and_recovers);
#endif
    suite_add_tcase(suite, tests);
    return unit_run_apart(suite);
}
