#include "http/share.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

enum { PAGES = 3 };

static char folder[] = "/tmp/unit-share-XXXXXX";
static char path[64];

static void setup(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/web.share", folder);
}

static void teardown(void)
{
    unlink(path);
    rmdir(path);
    rmdir(folder);
}

static uint64_t count(struct share *share, enum share_count which)
{
    return atomic_load(&share->counts[which]);
}

/* Runs work in a process of its own, which then says that it is ready and waits for a signal, or
 * ends. */
static pid_t start(void (*work)(void), bool stays)
{
    int ends[2];
    char byte = 0;

    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        work();
        if (stays && write(ends[1], &byte, 1) == 1)
            pause();
        _exit(0);
    }
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &byte, 1), stays ? 1 : 0);
    close(ends[0]);
    return child;
}

static void end(pid_t child, int with_signal)
{
    if (with_signal != 0)
        kill(child, with_signal);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

static void count_thousand(void)
{
    struct share *share = share_open(path, "a", PAGES);

    for (int i = 0; i < 1000; i++) {
        share_add(&share->counts[SHARE_REROUTES], 1);
        share_add(&share->pages[PAGES - 1].us, 2);
    }
}

static void join(void)
{
    share_join(share_open(path, "a", PAGES));
}

static void join_and_leave(void)
{
    join();
    share_leave(SHARE_ENDS);
    share_leave(SHARE_ENDS);
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
    share_leave(SHARE_WATCHDOGS);
    _exit(3);
}

static void join_and_hang(void)
{
    join();
    signal(SIGALRM, on_alarm);
}

START_TEST(two_processes_count_into_one_file)
{
    pid_t one = start(count_thousand, true), other = start(count_thousand, true);
    struct share *share = share_open(path, "a", PAGES);
    struct stat status;

    ck_assert_uint_eq(count(share, SHARE_REROUTES), 2000);
    ck_assert_uint_eq(atomic_load(&share->pages[PAGES - 1].us), 4000);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode, S_IFREG | 0600);
    ck_assert_uint_eq((uint64_t)status.st_size, share->size);
    ck_assert_int_ge(status.st_blocks * 512, status.st_size);
    ck_assert(!share_is_alone());
    end(one, SIGKILL);
    end(other, SIGKILL);
    share_close(share);
    share = share_open(path, "a", PAGES);
    ck_assert_uint_eq(count(share, SHARE_REROUTES), 2000);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert(share_is_alone());
    share_close(share);
}
END_TEST

static const struct {
    void (*work)(void);
    int with_signal;
    enum share_count how;
} endings[] = {
    {join_and_leave, SIGKILL, SHARE_ENDS},
    {join_and_hang, SIGALRM, SHARE_WATCHDOGS},
};

START_TEST(an_end_is_counted_once)
{
    struct share *share = share_open(path, "a", PAGES);
    pid_t worker = start(endings[_i].work, true);

    ck_assert_uint_eq(count(share, SHARE_STARTS), 1);
    end(worker, endings[_i].with_signal);
    end(start(join_and_leave, false), 0);
    for (enum share_count how = SHARE_ENDS; how <= SHARE_WATCHDOGS; how++)
        ck_assert_int_eq((int)count(share, how), (how == SHARE_ENDS) + (how == endings[_i].how));
    share_close(share);
}
END_TEST

START_TEST(another_layout_starts_anew)
{
    struct share *old = share_open(path, "a", PAGES);

    share_add(&old->counts[SHARE_BYTES], 7);
    struct share *new = share_open(path, "b", PAGES);
    ck_assert_uint_eq(count(new, SHARE_BYTES), 0);
    share_add(&new->counts[SHARE_BYTES], 1);
    struct share *larger = share_open(path, "b", PAGES + 500);
    share_add(&larger->pages[PAGES + 499].us, 1);
    ck_assert_uint_eq(count(larger, SHARE_BYTES), 0);
    ck_assert_uint_eq(count(old, SHARE_BYTES), 7);
    ck_assert_uint_eq(count(new, SHARE_BYTES), 1);
    share_close(old);
    share_close(new);
    share_close(larger);
}
END_TEST

static void put_folder(void)
{
    ck_assert_int_eq(mkdir(path, 0700), 0);
}
static void put_pipe(void)
{
    ck_assert_int_eq(mkfifo(path, 0600), 0);
}
static void put_link(void)
{
    ck_assert_int_eq(symlink("/dev/zero", path), 0);
}
static void put_text(void)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    ck_assert_int_eq(write(fd, "tolok share", 11), 11);
    close(fd);
}
static void put_short(void)
{
    struct share *share = share_open(path, "a", PAGES);

    ck_assert_int_eq(truncate(path, (off_t)share->size - 1), 0);
    share_close(share);
}
static void put_strange(void)
{
    struct share *share = share_open(path, "a", PAGES);

    share->mark[20] = '?';
    share_close(share);
}

static const struct {
    void (*put)(void);
    bool replaced;
} strangers[] = {{put_text, true}, {put_short, true}, {put_strange, true},
                 {put_pipe, true}, {put_link, true},  {put_folder, false}};

START_TEST(takes_nothing_strange_for_its_own)
{
    strangers[_i].put();
    struct share *share = share_open(path, "a", PAGES);
    ck_assert_int_eq(share_is_alone(), !strangers[_i].replaced);
    share_add(&share->counts[SHARE_REROUTES], 1);
    ck_assert_uint_eq(count(share, SHARE_REROUTES), 1);
    share_close(share);
}
END_TEST

/* All of them find a file of another layout, and replace it only once. */
START_TEST(those_who_start_together_share)
{
    enum { WORKERS = 12 };
    pid_t workers[WORKERS];

    for (int round = 0; round < 10; round++) {
        share_close(share_open(path, "a", PAGES));
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = fork();
            if (workers[i] == 0) {
                share_add(&share_open(path, "b", PAGES)->counts[SHARE_REROUTES], 1);
                _exit(0);
            }
        }
        for (int i = 0; i < WORKERS; i++)
            end(workers[i], 0);
        struct share *share = share_open(path, "b", PAGES);
        ck_assert_uint_eq(count(share, SHARE_REROUTES), WORKERS);
        share_close(share);
    }
}
END_TEST

/* Writing to each page of the memory would end the process if the disk had no room for it. */
static void use_all_alone(void)
{
    struct share *share = share_open(path, "a", 1000);

    for (size_t i = 0; i < 1000; i++)
        share_add(&share->pages[i].us, 1);
    share_join(share);
    share_leave(SHARE_ENDS);
    if (share_is_alone() && atomic_load(&share->counts[SHARE_ENDS]) == 1)
        _exit(42);
}

static void limit_files(void)
{
    const struct rlimit limit = {4096, 4096};

    setrlimit(RLIMIT_FSIZE, &limit);
}
static void take_folder(void)
{
    rmdir(folder);
}
static void fill_disk(void)
{
    if ((unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("full", folder, "tmpfs", 0, "size=8k") != 0)
        _exit(42);
}
static void keep_from_writing(void)
{
    fill_disk();
    if (mount("full", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL) != 0)
        _exit(42);
}
/* A worker was stopped while it made the file. */
static void keep_locked(void)
{
    flock(open(folder, O_RDONLY | O_CLOEXEC), LOCK_EX);
}

static void (*const obstacles[])(void) = {limit_files, take_folder, fill_disk, keep_from_writing,
                                          keep_locked};

START_TEST(counts_alone_where_there_can_be_no_file)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        obstacles[_i]();
        use_all_alone();
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 42);
    struct stat left;
    ck_assert_int_ne(stat(path, &left), 0);
}
END_TEST

static void open_without_descriptors(void)
{
    int next = dup(STDIN_FILENO);
    const struct rlimit limit = {(rlim_t)next + 1, (rlim_t)next + 1};

    close(next);
    setrlimit(RLIMIT_NOFILE, &limit);
    ck_assert_uint_eq(count(share_open(path, "a", PAGES), SHARE_BYTES), 0);
}

START_TEST(who_is_short_of_descriptors_spoils_nothing)
{
    struct share *share = share_open(path, "a", PAGES);

    share_add(&share->counts[SHARE_BYTES], 1);
    end(start(open_without_descriptors, true), SIGKILL);
    ck_assert(!share_is_alone());
    share_close(share);
}
END_TEST

START_TEST(by_hand_there_is_no_file)
{
    struct share *share = share_open(NULL, "a", PAGES);

    ck_assert(!share_is_alone());
    share_add(&share->pages[PAGES - 1].us, 1);
    share_leave(SHARE_ENDS);
    ck_assert_uint_eq(count(share, SHARE_ENDS), 0);
    share_close(share);
    share_close(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("share");
    TCase *tests = tcase_create("share");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, two_processes_count_into_one_file);
    tcase_add_loop_test(tests, an_end_is_counted_once, 0, UNIT_ROWS(endings));
    tcase_add_test(tests, another_layout_starts_anew);
    tcase_add_loop_test(tests, takes_nothing_strange_for_its_own, 0, UNIT_ROWS(strangers));
    tcase_add_test(tests, those_who_start_together_share);
    tcase_add_loop_test(tests, counts_alone_where_there_can_be_no_file, 0, UNIT_ROWS(obstacles));
    tcase_add_test(tests, who_is_short_of_descriptors_spoils_nothing);
    tcase_add_test(tests, by_hand_there_is_no_file);
    suite_add_tcase(suite, tests);
    return unit_run_apart(suite);
}
