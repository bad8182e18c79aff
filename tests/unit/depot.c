#include "safe/depot.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* SHA-256 of "abc" (FIPS 180-2). */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static char folder[64];

static void setup(void)
{
    snprintf(folder, sizeof folder, "/tmp/tolok-depot-%ld", (long)getpid());
    ck_assert_int_eq(mkdir(folder, 0700), 0);
}

static void teardown(void)
{
    char command[128];

    snprintf(command, sizeof command, "%s/ba", folder);
    chmod(command, 0700);
    pid_t child = fork();
    if (child == 0)
        execlp("rm", "rm", "-rf", folder, (char *)NULL);
    waitpid(child, NULL, 0);
}

static const char *path_of(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%.2s/%s", folder, name, name + 2);
    return path;
}

static size_t count_drafts(void)
{
    char draft[128];

    snprintf(draft, sizeof draft, "%s/.new-%ld", folder, (long)getpid());
    return access(draft, F_OK) == 0;
}

/* Whoever looks for files that nobody needs takes it for new. */
START_TEST(renews_the_time_of_what_is_there)
{
    const struct timespec old[] = {{.tv_sec = 1}, {.tv_sec = 1}};
    char name[DEPOT_NAME_SIZE];
    struct stat about;

    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_int_eq(utimensat(AT_FDCWD, path_of(ABC), old, 0), 0);
    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_int_eq(stat(path_of(ABC), &about), 0);
    ck_assert_int_gt(about.st_mtime, 1);
}
END_TEST

START_TEST(keeps_bytes_under_their_digest)
{
    char name[DEPOT_NAME_SIZE], text[8] = "";
    struct stat about;

    umask(0);
    ck_assert(!depot_has(folder, ABC));
    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_str_eq(name, ABC);
    ck_assert(depot_has(folder, ABC));
    ck_assert_int_eq(stat(path_of(name), &about), 0);
    ck_assert_int_eq(about.st_mode & 07777, 0640);
    int file = open(path_of(name), O_RDONLY);
    ck_assert_int_eq(read(file, text, sizeof text), 3);
    close(file);
    ck_assert_str_eq(text, "abc");
    ck_assert_uint_eq(count_drafts(), 0);
}
END_TEST

/* The second time nothing is written. */
START_TEST(keeps_each_once)
{
    char name[DEPOT_NAME_SIZE];
    struct stat first, second;

    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_int_eq(stat(path_of(name), &first), 0);
    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_int_eq(stat(path_of(name), &second), 0);
    ck_assert(first.st_ino == second.st_ino);
}
END_TEST

START_TEST(replaces_what_was_damaged)
{
    char name[DEPOT_NAME_SIZE];

    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_int_eq(truncate(path_of(name), 2), 0);
    ck_assert(!depot_has(folder, name));
    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert(depot_has(folder, name));
}
END_TEST

/* A link that somebody laid is neither followed nor believed. */
START_TEST(follows_no_link)
{
    char name[DEPOT_NAME_SIZE], other[128], below[128];
    struct stat about;

    snprintf(other, sizeof other, "%s/other", folder);
    int file = open(other, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write(file, "abc", 3), 3);
    close(file);
    snprintf(below, sizeof below, "%s/ba", folder);
    ck_assert_int_eq(mkdir(below, 0700), 0);
    ck_assert_int_eq(symlink(other, path_of(ABC)), 0);
    ck_assert(!depot_has(folder, ABC));
    ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
    ck_assert_int_eq(lstat(path_of(name), &about), 0);
    ck_assert(S_ISREG(about.st_mode));
}
END_TEST

START_TEST(says_when_it_can_not)
{
    char name[DEPOT_NAME_SIZE];

    ck_assert_int_eq(depot_keep("/nonexistent", "abc", 3, name), DEPOT_FAILED);
    ck_assert(!depot_has("/nonexistent", ABC));
    ck_assert(!depot_has(folder, "../../etc/passwd"));
    ck_assert(!depot_has(folder, ""));
}
END_TEST

/* A real full disk, where the test may make one. */
START_TEST(says_when_there_is_no_room)
{
    char name[DEPOT_NAME_SIZE];
    char *bytes = calloc(1, 1024 * 1024);

    if (mount("none", folder, "tmpfs", 0, "size=64k") == 0) {
        ck_assert_int_eq(depot_keep(folder, bytes, 1024 * 1024, name), DEPOT_FULL);
        ck_assert_uint_eq(count_drafts(), 0);
        ck_assert(!depot_has(folder, name));
        ck_assert_int_eq(depot_keep(folder, "abc", 3, name), DEPOT_KEPT);
        umount(folder);
    }
    free(bytes);
}
END_TEST

/* Whenever a process dies, each name that is there is that of its bytes, and another process can go
 * on. */
START_TEST(has_whole_files_only)
{
    char name[DEPOT_NAME_SIZE];
    size_t len = 4 * 1024 * 1024;
    char *bytes = malloc(len);

    for (int round = 0; round < 20; round++) {
        memset(bytes, 'a' + round, len);
        pid_t child = fork();
        if (child == 0) {
            depot_keep(folder, bytes, len, name);
            _exit(0);
        }
        usleep((useconds_t)(round * 700));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        depot_name(name, bytes, len);
        if (access(path_of(name), F_OK) == 0)
            ck_assert(depot_has(folder, name));
        ck_assert_int_eq(depot_keep(folder, bytes, len, name), DEPOT_KEPT);
        ck_assert(depot_has(folder, name));
    }
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("depot");
    TCase *tests = tcase_create("depot");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, keeps_bytes_under_their_digest);
    tcase_add_test(tests, keeps_each_once);
    tcase_add_test(tests, renews_the_time_of_what_is_there);
    tcase_add_test(tests, replaces_what_was_damaged);
    tcase_add_test(tests, follows_no_link);
    tcase_add_test(tests, says_when_it_can_not);
    tcase_add_test(tests, says_when_there_is_no_room);
    tcase_add_test(tests, has_whole_files_only);
    suite_add_tcase(suite, tests);
    return unit_run_apart(suite);
}
