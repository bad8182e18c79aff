#include "tpl/catalog.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char folder[] = "/tmp/unit-catalog-XXXXXX", file[100];
static struct catalog *catalog;

static void setup(void)
{
    char path[100];

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/en", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/en/LC_MESSAGES", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(file, sizeof file, "%s/en/LC_MESSAGES/tolok.mo", folder);
}

static void teardown(void)
{
    char path[100];

    catalog_close(catalog);
    catalog = NULL;
    unlink(file);
    snprintf(path, sizeof path, "%s/en/LC_MESSAGES", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/en", folder);
    rmdir(path);
    rmdir(folder);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

static void write_file(const void *data, size_t len)
{
    FILE *out = fopen(file, "wb");

    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(data, 1, len, out), len);
    fclose(out);
}

/* The head, two entries of messages, two of translations, and the texts, in 32-bit words and bytes.
 */
struct file {
    uint32_t magic, revision, count, messages, translations, unused[2];
    uint32_t entries[8];
    char text[24];
};
enum { TEXT = offsetof(struct file, text) };
static const struct file good = {
    0x950412de,          0, 2, 28, 44, {0}, {3, TEXT, 4, TEXT + 4, 3, TEXT + 9, 0, TEXT + 13},
    "dua\0satu\0two\0\0"};

START_TEST(finds_what_is_there)
{
    write_file(&good, sizeof good);
    catalog = catalog_open(folder, "en");
    ck_assert_ptr_nonnull(catalog);
    ck_assert_str_eq(catalog_find(catalog, "dua"), "two");
    ck_assert_str_eq(catalog_find(catalog, "satu"), "");
    ck_assert_ptr_null(catalog_find(catalog, ""));
    ck_assert_ptr_null(catalog_find(catalog, "e"));
    ck_assert_ptr_null(catalog_find(catalog, "tiga"));
    ck_assert_ptr_null(catalog_find(NULL, "dua"));
    ck_assert_ptr_null(catalog_open(folder, "fr"));
}
END_TEST

START_TEST(refuses_what_is_no_catalogue)
{
    struct file bad = good;
    uint32_t *words = (uint32_t *)&bad;
    static const struct {
        int word;
        uint32_t value;
    } faults[] = {{0, 0xde120495}, {2, 3},    {2, UINT32_MAX}, {3, UINT32_MAX - 4}, {4, 1000},
                  {7, 2},          {8, 1000}, {7, UINT32_MAX}, {14, UINT32_MAX}};

    write_file(&good, 3);
    ck_assert_ptr_null(catalog_open(folder, "en"));
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        bad = good;
        words[faults[i].word] = faults[i].value;
        write_file(&bad, sizeof bad);
        catalog = catalog_open(folder, "en");
        ck_assert_msg(catalog == NULL, "fault %zu", i);
    }
}
END_TEST

START_TEST(writes_entries)
{
    struct buf out = {0};

    catalog_entry(&out, "city.html", "a \"b\" \\c");
    ck_assert_str_eq(out.data, "\n#: city.html\nmsgid \"a \\\"b\\\" \\\\c\"\nmsgstr \"\"\n");
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog");
    TCase *tests = tcase_create("catalog");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, finds_what_is_there);
    tcase_add_test(tests, refuses_what_is_no_catalogue);
    tcase_add_test(tests, writes_entries);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
