#include "exchange/pack.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "exchange/pack_zip.h"
#include "unit.h"

/* An archive in memory with these entries, each holding its own name; the caller frees *bytes. */
static size_t make_zip(const char *const *names, size_t count, char **bytes)
{
    zip_error_t error;

    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    ck_assert_ptr_nonnull(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *body = zip_source_buffer(zip, names[i], strlen(names[i]), 0);
        ck_assert_int_ge(zip_file_add(zip, names[i], body, ZIP_FL_ENC_UTF_8), 0);
    }
    ck_assert_int_eq(zip_close(zip), 0);
    zip_stat_t st;
    ck_assert_int_eq(zip_source_stat(target, &st), 0);
    *bytes = mem_alloc(st.size, 1);
    ck_assert_int_eq(zip_source_open(target), 0);
    ck_assert_int_eq(zip_source_read(target, *bytes, st.size), (zip_int64_t)st.size);
    zip_source_close(target);
    zip_source_free(target);
    return st.size;
}

static void note_fault(void *context, const char *name, const char *fault)
{
    buf_format(context, "%s! %s;", name, fault);
}

static void note_pack(struct buf *seen, const struct pack *pack, const char *problem)
{
    for (size_t i = 0; i < pack->count; i++)
        buf_format(seen, "%s=%.*s;", pack->files[i].name, (int)pack->files[i].len,
                   pack->files[i].bytes);
    buf_text(seen, problem != NULL ? problem : "");
}

static void unzip(struct buf *seen, const char *bytes, size_t len)
{
    struct arena *arena = arena_open();
    struct pack pack;

    const char *problem = pack_unzip(&pack, arena, bytes, len, note_fault, seen);
    note_pack(seen, &pack, problem);
    arena_close(arena);
}

static const struct {
    const char *names[4];
    const char *seen;
} archives[] = {
    {{"b.csv", "a.csv"}, "a.csv=a.csv;b.csv=b.csv;"},
    {{"top/b", "top/a"}, "a=top/a;b=top/b;"},
    {{"a", "top/b"}, "top/b! a folder inside the package;a=a;"},
    {{"top/a", "b"}, "b! outside the archive's top folder;a=top/a;"},
    {{"top/a", "top/in/b"}, "top/in/b! a folder inside the package;a=top/a;"},
    {{"../a", "b"}, "../a! a path with . or ..;b=b;"},
    {{"top/../a"}, "top/../a! a path with . or ..;"},
    {{"./a"}, "./a! a path with . or ..;"},
    {{"a", ".."}, "..! a path with . or ..;a=a;"},
    {{"..a", "b.."}, "..a=..a;b..=b..;"},
    {{"/a"}, "/a! an absolute path;"},
    {{"a\\b"}, "a\\b! a backslash in the name;"},
};

START_TEST(archive)
{
    struct buf seen = {0};
    char *bytes = NULL;
    size_t count = 0;

    while (count < 4 && archives[_i].names[count] != NULL)
        count++;
    size_t len = make_zip(archives[_i].names, count, &bytes);
    unzip(&seen, bytes, len);
    ck_assert_str_eq(buf_string(&seen), archives[_i].seen);
    buf_free(&seen);
    free(bytes);
}
END_TEST

/* Cut at any place an archive is refused. */
START_TEST(cut_short)
{
    enum { LAST_RECORD = 22 };
    const char *const names[] = {"marks.csv", "regions.csv"};
    char *bytes = NULL;
    size_t len = make_zip(names, 2, &bytes);

    for (size_t cut = 0; cut < len; cut++) {
        struct buf seen = {0};
        char *own = mem_alloc(cut, 1);
        memcpy(own, bytes, cut);
        unzip(&seen, own, cut);
        /* Within its last record it is one or the other, by the version of libzip. */
        if (cut + LAST_RECORD <= len || strcmp(buf_string(&seen), "a damaged zip archive") != 0)
            ck_assert_str_eq(buf_string(&seen), "not a zip archive, or one that was cut short");
        buf_free(&seen);
        free(own);
    }
    free(bytes);
}
END_TEST

/* With one byte changed it is refused, or read with the content that the checksum covers. */
START_TEST(changed)
{
    const char *const names[] = {"marks.csv"};
    char *bytes = NULL;
    size_t len = make_zip(names, 1, &bytes);

    for (size_t at = 0; at < len; at++) {
        struct buf seen = {0};
        bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
        unzip(&seen, bytes, len);
        bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
        const char *body = strchr(buf_string(&seen), '=');
        ck_assert_msg(body == NULL || strcmp(body, "=marks.csv;") == 0, "byte %zu: %s", at,
                      buf_string(&seen));
        buf_free(&seen);
    }
    free(bytes);
}
END_TEST

/* A folder of the test's own, removed with everything in it. */
static char folder[] = "/tmp/tolok-pack-XXXXXX";

static void make_folder(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void put(int at, const char *name, const char *text)
{
    int fd = openat(at, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void read_path(struct buf *seen, const char *path)
{
    struct arena *arena = arena_open();
    struct pack pack;

    const char *problem = pack_read(&pack, arena, path, note_fault, seen);
    note_pack(seen, &pack, problem);
    arena_close(arena);
}

START_TEST(a_folder)
{
    struct buf seen = {0};
    struct buf path = {0};

    make_folder();
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    put(at, "b", "two");
    put(at, "a", "");
    read_path(&seen, folder);
    ck_assert_str_eq(buf_string(&seen), "a=;b=two;");
    unlinkat(at, "a", 0);
    ck_assert_int_eq(symlinkat("b", at, "link"), 0);
    buf_clear(&seen);
    read_path(&seen, folder);
    ck_assert_str_eq(buf_string(&seen), "link! a symbolic link;b=two;");
    unlinkat(at, "link", 0);
    ck_assert_int_eq(mkdirat(at, "in", 0700), 0);
    buf_clear(&seen);
    read_path(&seen, folder);
    ck_assert_str_eq(buf_string(&seen), "in! a folder inside the package;b=two;");
    buf_format(&path, "%s/b", folder);
    buf_clear(&seen);
    read_path(&seen, buf_string(&path));
    ck_assert_str_eq(buf_string(&seen), "not a zip archive, or one that was cut short");
    unlinkat(at, "in", AT_REMOVEDIR);
    unlinkat(at, "b", 0);
    close(at);
    rmdir(folder);
    buf_clear(&seen);
    read_path(&seen, folder);
    ck_assert_str_eq(buf_string(&seen), "No such file or directory");
    buf_free(&path);
    buf_free(&seen);
}
END_TEST

START_TEST(a_folder_with_a_pipe)
{
    struct buf seen = {0}, path = {0};

    make_folder();
    buf_format(&path, "%s/pipe", folder);
    ck_assert_int_eq(mkfifo(buf_string(&path), 0600), 0);
    read_path(&seen, folder);
    ck_assert_str_eq(buf_string(&seen), "pipe! not a regular file;");
    unlink(buf_string(&path));
    rmdir(folder);
    buf_free(&path);
    buf_free(&seen);
}
END_TEST

START_TEST(a_folder_that_is_too_large)
{
    struct buf seen = {0}, path = {0};

    make_folder();
    buf_format(&path, "%s/hole", folder);
    int fd = open(buf_string(&path), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_eq(ftruncate(fd, PACK_BYTES_MAX + 1), 0);
    close(fd);
    read_path(&seen, folder);
    ck_assert_str_eq(buf_string(&seen), "holds more than 100 MB");
    unlink(buf_string(&path));
    rmdir(folder);
    buf_free(&path);
    buf_free(&seen);
}
END_TEST

/* Nothing is mapped where this file of the kernel's begins. */
START_TEST(a_file_that_can_not_be_read)
{
    struct buf seen = {0};

    read_path(&seen, "/proc/self/mem");
    ck_assert_str_eq(buf_string(&seen), "Input/output error");
    buf_free(&seen);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pack");

    unit_add_rows(suite, "archive", archive, UNIT_ROWS(archives));
    unit_add(suite, "cut_short", cut_short);
    unit_add(suite, "changed", changed);
    unit_add(suite, "a_folder", a_folder);
    unit_add(suite, "a_folder_with_a_pipe", a_folder_with_a_pipe);
    unit_add(suite, "a_folder_that_is_too_large", a_folder_that_is_too_large);
    unit_add(suite, "a_file_that_can_not_be_read", a_file_that_can_not_be_read);
    return unit_run(suite);
}
