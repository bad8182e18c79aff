#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

START_TEST(starts_empty)
{
    struct buf buf = {0};

    ck_assert_str_eq(buf_string(&buf), "");
    buf_free(&buf);
    ck_assert_ptr_null(buf.data);
}
END_TEST

START_TEST(keeps_a_nul_behind_its_bytes)
{
    struct buf buf = {0};

    buf_add(&buf, NULL, 0);
    ck_assert_str_eq(buf.data, "");
    buf_text(&buf, "kota");
    buf_char(&buf, '-');
    buf_format(&buf, "%s%d", "kediri", 7);
    ck_assert_str_eq(buf.data, "kota-kediri7");
    ck_assert_uint_eq(buf.len, 12);
    buf_add(&buf, "\0x", 2);
    ck_assert_uint_eq(buf.len, 14);
    ck_assert_int_eq(buf.data[13], 'x');
    ck_assert_int_eq(buf.data[14], '\0');
    buf_clear(&buf);
    ck_assert_str_eq(buf_string(&buf), "");
    buf_format(&buf, "%s", "");
    ck_assert_str_eq(buf.data, "");
    buf_free(&buf);
}
END_TEST

START_TEST(grows)
{
    struct buf buf = {0};

    for (int i = 0; i < 10000; i++)
        buf_format(&buf, "%04d", i);
    ck_assert_uint_eq(buf.len, 40000);
    ck_assert_mem_eq(buf.data + 4 * 9876, "9876", 4);
    buf_format(&buf, "%100000d", 1);
    ck_assert_uint_eq(buf.len, 140000);
    ck_assert_uint_eq(strlen(buf.data), 140000);
    buf_free(&buf);
    buf_text(&buf, "again");
    ck_assert_str_eq(buf.data, "again");
    buf_free(&buf);
}
END_TEST

START_TEST(reads_a_whole_file_or_says_that_it_can_not)
{
    struct buf buf = {0};
    char path[] = "/tmp/unit-buf-XXXXXX";
    int file = mkstemp(path);
    char *bytes = calloc(1, 10000);

    ck_assert_int_ge(file, 0);
    memset(bytes, 'k', 9999);
    ck_assert_int_eq(write(file, bytes, 10000), 10000);
    close(file);
    buf_text(&buf, "before");
    ck_assert(buf_file(&buf, path));
    ck_assert_uint_eq(buf.len, 6 + 10000);
    ck_assert_mem_eq(buf.data + 6, bytes, 10000);
    unlink(path);
    ck_assert(!buf_file(&buf, path));
    ck_assert(!buf_file(&buf, "/"));
    ck_assert_uint_eq(buf.len, 6 + 10000);
    buf_free(&buf);
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("buf");

    unit_add(suite, "empty", starts_empty);
    unit_add(suite, "add", keeps_a_nul_behind_its_bytes);
    unit_add(suite, "grow", grows);
    unit_add(suite, "file", reads_a_whole_file_or_says_that_it_can_not);
    return unit_run(suite);
}
