#include "desk/pdf.h"
#include "desk/picture.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "desk/helper.h"
#include "unit.h"

static struct buf seed(const char *name)
{
    struct buf bytes = {0};
    char path[128];

    snprintf(path, sizeof path, "tests/fuzz/seeds/media/%s", name);
    ck_assert_msg(buf_file(&bytes, path), "%s", name);
    return bytes;
}

static const struct {
    const char *seed;
    enum media_kind kind;
} pictures[] = {
    {"good.png", MEDIA_PNG},          {"good.jpg", MEDIA_JPEG},  {"good.webp", MEDIA_WEBP},
    {"two.jpg", MEDIA_JPEG},          {"plist.jpg", MEDIA_JPEG}, {"samsung.jpg", MEDIA_JPEG},
    {"zeros_behind.jpg", MEDIA_JPEG}, {"place.jpg", MEDIA_JPEG},
};

/* What it wrote is of the kind, is read by itself, and has nothing of what stood beside. */
START_TEST(writes_a_picture_anew)
{
    struct buf bytes = seed(pictures[_i].seed), out = {0}, again = {0};
    struct media found;

    ck_assert(picture_is(pictures[_i].kind));
    ck_assert_int_eq(picture_make(pictures[_i].kind, bytes.data, bytes.len, PICTURE_LARGE, &out),
                     MEDIA_FINE);
    ck_assert_int_eq(media_check("a", out.data, out.len, &found), MEDIA_FINE);
    ck_assert_int_eq(found.kind, pictures[_i].kind);
    ck_assert_ptr_null(memmem(out.data, out.len, "Rahasia", 7));
    ck_assert_ptr_null(memmem(out.data, out.len, "plist", 5));
    ck_assert_ptr_null(memmem(out.data, out.len, "SEFT", 4));
    ck_assert_int_eq(picture_make(pictures[_i].kind, out.data, out.len, PICTURE_SMALL, &again),
                     MEDIA_FINE);
    buf_free(&again);
    buf_free(&out);
    buf_free(&bytes);
}
END_TEST

/* Behind the points of a PNG is only a word that says so, for which media_check looks. */
START_TEST(refuses_one_that_is_cut_short)
{
    static const size_t less[] = {8, 100};

    for (int i = 0; i < 3; i++) {
        struct buf bytes = seed(pictures[i].seed), out = {0};
        for (size_t k = pictures[i].kind == MEDIA_PNG; k < 2; k++)
            ck_assert_int_eq(picture_make(pictures[i].kind, bytes.data, bytes.len - less[k],
                                          PICTURE_LARGE, &out),
                             MEDIA_BROKEN);
        ck_assert_uint_eq(out.len, 0);
        buf_free(&bytes);
        buf_free(&out);
    }
}
END_TEST

/* Somebody held the telephone upright: 24 times 16 points become 16 times 24. */
START_TEST(turns_a_picture_upright)
{
    struct buf bytes = seed("place.jpg"), out = {0};

    ck_assert_ptr_nonnull(memmem(bytes.data, bytes.len, "Rahasia", 7));
    ck_assert_int_eq(picture_make(MEDIA_JPEG, bytes.data, bytes.len, PICTURE_LARGE, &out),
                     MEDIA_FINE);
    const char *frame = memmem(out.data, out.len, "\xff\xc0", 2);
    ck_assert_ptr_nonnull(frame);
    ck_assert_mem_eq(frame + 5, "\0\x18\0\x10", 4);
    buf_free(&out);
    buf_free(&bytes);
}
END_TEST

/* A picture of 60000 times 60000 points in a few bytes takes neither the time nor the memory of
 * one.
 */
START_TEST(is_done_with_any_size_in_time)
{
    struct buf jpeg = seed("good.jpg"), out = {0};
    char *frame = memmem(jpeg.data, jpeg.len, "\xff\xc0", 2);

    ck_assert_ptr_nonnull(frame);
    memcpy(frame + 5, "\xea\x60\xea\x60", 4);
    if (picture_make(MEDIA_JPEG, jpeg.data, jpeg.len, PICTURE_LARGE, &out) == MEDIA_FINE)
        ck_assert_uint_lt(out.len, 1024 * 1024);
    buf_free(&out);
    buf_free(&jpeg);
}
END_TEST

static const struct {
    const char *argv[6], *said;
    enum helper_end end;
} helpers[] = {
    {{"cat", NULL}, "halo", HELPER_DONE},
    {{"cat", "/dev/stdin", NULL}, "halo", HELPER_DONE},
    {{"false", NULL}, "", HELPER_REFUSED},
    {{"no-such-program", NULL}, "", HELPER_FAILED},
    {{"sh", "-c", "while :; do :; done", NULL}, "", HELPER_STOPPED},
    {{"sh", "-c", "ulimit -c; ulimit -t", NULL}, "0\n4\n", HELPER_DONE},
    {{"perl", "-e", "print 'x' x 13000000", NULL}, "", HELPER_STOPPED},
    {{"perl", "-e", "print 0 + (grep { open my $f, '<&', $_ } 0..63), 0 + keys %ENV", NULL},
     "35",
     HELPER_DONE},
};

START_TEST(runs_with_little)
{
    struct buf out = {0};

    ck_assert_int_eq(helper_run(helpers[_i].argv, "halo", 4, &out), helpers[_i].end);
    ck_assert_str_eq(buf_string(&out), helpers[_i].said);
    buf_free(&out);
}
END_TEST

static void interrupt(int number)
{
    (void)number;
}

/* A signal ends the wait as the clock does: that its time was up is not told as too much work. */
START_TEST(tells_what_was_late_from_what_is_too_much)
{
    struct sigevent how = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec often = {{0, 50000000}, {0, 50000000}};
    struct sigaction heed = {.sa_handler = interrupt};
    struct buf out = {0};
    timer_t timer;

    ck_assert_int_eq(sigaction(SIGUSR1, &heed, NULL), 0);
    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, &how, &timer), 0);
    ck_assert_int_eq(timer_settime(timer, 0, &often, NULL), 0);
    ck_assert_int_eq(helper_run((const char *const[]){"sh", "-c", "while :; do :; done", NULL}, "",
                                0, &out),
                     HELPER_FAILED);
    ck_assert_int_eq(timer_delete(timer), 0);
    buf_free(&out);
}
END_TEST

/* A helper has limits of its own, and those of the worker go on afterwards. What it takes of a
 * processor is counted, however long it sleeps. */
START_TEST(rests_the_watchdog)
{
    struct itimerval soon = {.it_value.tv_sec = 1}, left = {0};
    struct buf out = {0};
    long work = clock_work_us();

    ck_assert_int_eq(setitimer(ITIMER_REAL, &soon, NULL), 0);
    ck_assert_int_eq(
        helper_run((const char *const[]){"perl", "-e", "select undef, undef, undef, 1.2", NULL},
                   "", 0, &out),
        HELPER_DONE);
    ck_assert_int_eq(getitimer(ITIMER_REAL, &left), 0);
    ck_assert_int_gt(left.it_value.tv_sec + left.it_value.tv_usec, 0);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL), 0);
    ck_assert_int_gt(clock_work_us(), work);
    ck_assert_int_lt(clock_work_us(), work + 150000);
    buf_free(&out);
}
END_TEST

/* What somebody would do who has taken a helper over: each says "yes" where it may. `reads`: only
 * Landlock forbids it, as whoever reads may. */
static const struct {
    const char *does, *code;
    bool reads;
} hostile[] = {
    {"reads what everybody may", "open my $f, '<', '/etc/passwd' and print 'yes'", true},
    {"reads a file of ours", "open my $f, '<', $ARGV[0] and print 'yes'", true},
    {"looks into a folder", "opendir my $d, '/tmp' and print 'yes'", true},
    {"looks at its parent", "open my $f, '<', '/proc/' . getppid . '/environ' and print 'yes'",
     true},
    {"looks at itself", "open my $f, '<', '/proc/self/maps' and print 'yes'", true},
    {"writes a file of ours", "open my $f, '>>', $ARGV[0] and print 'yes'", false},
    {"empties a file of ours", "sysopen my $f, $ARGV[0], 512 and print 'yes'", false},
    {"changes a file of ours", "open my $f, '+<', $ARGV[0] and print 'yes'", false},
    {"makes a file", "open my $f, '>', \"$ARGV[0].new\" and print 'yes'", false},
    {"makes a folder", "mkdir \"$ARGV[0].new\" and print 'yes'", false},
    {"makes a link", "symlink '/etc/passwd', \"$ARGV[0].new\" and print 'yes'", false},
    {"removes a file", "unlink $ARGV[0] and print 'yes'", false},
    {"lets others read it", "chmod 0777, $ARGV[0] and print 'yes'", false},
    {"asks a socket of this machine", "socket my $s, 1, 1, 0 and print 'yes'", false},
    {"asks the network", "socket my $s, 2, 1, 0 and print 'yes'", false},
    {"asks the kernel", "socket my $s, 16, 3, 0 and print 'yes'", false},
    {"has a pair of sockets", "socketpair my $a, my $b, 1, 1, 0 and print 'yes'", false},
    {"becomes two", "my $p = fork; print 'yes' if defined $p", false},
    {"signals its parent", "kill 0, getppid and print 'yes'", false},
    {"signals all", "kill 0, -1 and print 'yes'", false},
    {"begins another program of ours", "exec { $ARGV[0] } 'x'", true},
};

/* Whether it may do that one; -1: the helper did not come to the end of it. */
static int may(int which)
{
    char path[64] = "/tmp/tolok-helper-XXXXXX", code[512];
    struct buf out = {0};
    struct stat state;
    int file = mkstemp(path);
    bool whole = file >= 0 && fchmod(file, 0755) == 0 &&
                 write(file, "#!/bin/sh\necho yes\n", 19) == 19;

    close(file);
    snprintf(code, sizeof code, "%s; print '.'", hostile[which].code);
    enum helper_end end =
        helper_run((const char *const[]){"perl", "-e", code, path, NULL}, "", 0, &out);
    bool does = strstr(buf_string(&out), "yes") != NULL;
    bool ends = whole && end == HELPER_DONE && (does || strchr(buf_string(&out), '.') != NULL);
    does = does || stat(path, &state) != 0 || state.st_size != 19;
    unlink(path);
    strcat(path, ".new");
    does = does || lstat(path, &state) == 0;
    buf_free(&out);
    return ends ? does : -1;
}

START_TEST(can_do_nothing_else)
{
    ck_assert_msg(may(_i) == 0, "%s", hostile[_i].does);
}
END_TEST

/* On a kernel that answers like this when Landlock is asked for: what it may all the same is to
 * read, and that is told once. Returns what is wrong, 0 is nothing. */
static int without_landlock(int error)
{
    scmp_filter_ctx kernel = seccomp_init(SCMP_ACT_ALLOW);
    char told[1024] = "";
    FILE *log = tmpfile();

    if (log == NULL || dup2(fileno(log), STDERR_FILENO) < 0 || kernel == NULL ||
        seccomp_rule_add(kernel, SCMP_ACT_ERRNO((unsigned)error), SYS_landlock_create_ruleset, 0) !=
            0 ||
        seccomp_load(kernel) != 0)
        return 100;
    for (int i = 0; i < UNIT_ROWS(hostile); i++) {
        if (!hostile[i].reads && may(i) != 0)
            return i + 1;
    }
    if (may(0) != 1)
        return 101;
    rewind(log);
    size_t len = fread(told, 1, sizeof told - 1, log);
    told[len] = '\0';
    const char *once = strstr(told, "helper_reads_files");
    return once == NULL || strstr(once + 1, "helper_") != NULL ? 102 : 0;
}

static const int kernels[] = {ENOSYS, EOPNOTSUPP};

START_TEST(is_confined_without_landlock_too)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0)
        _exit(without_landlock(kernels[_i]));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status), "%d", status);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static const struct {
    const char *seed;
    enum media_fault fault;
} sealed[] = {{"asks_password.pdf", MEDIA_LOCKED},
              {"forbids_printing.pdf", MEDIA_FINE},
              {"forbids_printing_js.pdf", MEDIA_SCRIPT}};

START_TEST(looks_into_what_is_encrypted)
{
    struct buf bytes = seed(sealed[_i].seed);
    struct media found;

    ck_assert_int_eq(media_check("a.pdf", bytes.data, bytes.len, &found), MEDIA_FINE);
    ck_assert_int_eq(pdf_check(found.bytes, found.len), sealed[_i].fault);
    buf_free(&bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("picture");

    /* First, as what confines is made once in a process. */
    unit_add_rows(suite, "is_confined_without_landlock_too", is_confined_without_landlock_too,
                  UNIT_ROWS(kernels));
    unit_add_rows(suite, "writes_a_picture_anew", writes_a_picture_anew, UNIT_ROWS(pictures));
    unit_add(suite, "refuses_one_that_is_cut_short", refuses_one_that_is_cut_short);
    unit_add(suite, "turns_a_picture_upright", turns_a_picture_upright);
    unit_add(suite, "is_done_with_any_size_in_time", is_done_with_any_size_in_time);
    unit_add_rows(suite, "runs_with_little", runs_with_little, UNIT_ROWS(helpers));
    unit_add(suite, "tells_what_was_late_from_what_is_too_much",
             tells_what_was_late_from_what_is_too_much);
    unit_add(suite, "rests_the_watchdog", rests_the_watchdog);
    unit_add_rows(suite, "can_do_nothing_else", can_do_nothing_else, UNIT_ROWS(hostile));
    unit_add_rows(suite, "looks_into_what_is_encrypted", looks_into_what_is_encrypted,
                  UNIT_ROWS(sealed));
    return unit_run(suite);
}
