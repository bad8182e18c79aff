#include "desk/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "desk/confine.h"

/* What a helper is told of the world: for libvips, to use its well tried readers only, one thread,
 * and no file for what is large. */
static const char *const environment[] = {"PATH=/usr/bin:/bin",        "LC_ALL=C",
                                          "VIPS_BLOCK_UNTRUSTED=1",    "VIPS_CONCURRENCY=1",
                                          "VIPS_DISC_THRESHOLD=4096m", NULL};

/* It could not be begun, as a shell says it too. */
enum { NOT_BEGUN = 127 };

static const struct {
    int resource;
    rlim_t most;
} limits[] = {{RLIMIT_CPU, HELPER_SECONDS},  {RLIMIT_DATA, HELPER_MEMORY},
              {RLIMIT_FSIZE, HELPER_OUTPUT}, {RLIMIT_AS, (rlim_t)8 * HELPER_MEMORY},
              {RLIMIT_NOFILE, 64},           {RLIMIT_CORE, 0}};

/* A file without a name, which ends with its last descriptor. */
static int open_bytes(const char *bytes, size_t len)
{
    int file = memfd_create("helper", MFD_CLOEXEC);

    while (file >= 0 && len > 0) {
        ssize_t written = write(file, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            close(file);
            return -1;
        }
        bytes += written;
        len -= (size_t)written;
    }
    if (file >= 0)
        lseek(file, 0, SEEK_SET);
    return file;
}

/* The signals that a worker heeds are none of a helper's. */
static void forget_signals(void)
{
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The child: it has these files, is confined, and becomes the program. It ends with the worker. */
_Noreturn static void become(const char *const *argv, const char *path, int in, int out)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bool good = null >= 0 && dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
                dup2(null, STDERR_FILENO) >= 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                confine_enter();

    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    for (size_t i = 0; good && i < sizeof limits / sizeof *limits; i++)
        good = setrlimit(limits[i].resource, &(struct rlimit){limits[i].most, limits[i].most}) == 0;
    forget_signals();
    if (good)
        execve(path, (char *const *)(uintptr_t)argv, (char *const *)(uintptr_t)environment);
    _exit(NOT_BEGUN);
}

/* Starts it on these files; -1: it could not be. */
static pid_t start(const char *const *argv, int in, int out)
{
    char path[64];
    sigset_t all, before;
    int len = snprintf(path, sizeof path, "/usr/bin/%s", argv[0]);

    if (len < 0 || (size_t)len >= sizeof path || !confine_ready())
        return -1;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0)
        become(argv, path, in, out);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (child < 0)
        log_event(LOG_ERROR, "helper_failed", "error", strerror(errno));
    return child;
}

/* Waits for its end, which comes in time whatever happens. What the clock ends may have had little
 * of a processor that others wanted too, which says nothing about the bytes. The worker's watchdog
 * (worker.h) rests meanwhile: it is for what has no end of its own. */
static enum helper_end wait_for(pid_t child)
{
    enum { MILLISECONDS = 8000 * HELPER_SECONDS };
    struct pollfd end = {.fd = pidfd_open(child, 0), .events = POLLIN};
    struct itimerval none = {0}, watchdog;
    int status = 0;

    setitimer(ITIMER_REAL, &none, &watchdog);
    bool late = end.fd < 0 || poll(&end, 1, MILLISECONDS) <= 0;
    setitimer(ITIMER_REAL, &watchdog, NULL);
    if (late)
        kill(child, SIGKILL);
    if (end.fd >= 0)
        close(end.fd);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status) && late)
        log_event(LOG_ERROR, "helper_failed", "error", "it did not end in time");
    if (!WIFEXITED(status))
        return late ? HELPER_FAILED : HELPER_STOPPED;
    if (WEXITSTATUS(status) == NOT_BEGUN) {
        log_event(LOG_ERROR, "helper_failed", "error", "the program could not be begun");
        return HELPER_FAILED;
    }
    return WEXITSTATUS(status) == 0 ? HELPER_DONE : HELPER_REFUSED;
}

static bool read_all(int file, struct buf *out)
{
    struct stat state;
    char part[64 * 1024];
    ssize_t got = 0;

    if (fstat(file, &state) != 0 || lseek(file, 0, SEEK_SET) != 0)
        return false;
    while ((got = read(file, part, sizeof part)) > 0)
        buf_add(out, part, (size_t)got);
    return got == 0 && out->len >= (size_t)state.st_size;
}

enum helper_end helper_run(const char *const *argv, const char *bytes, size_t len, struct buf *out)
{
    int in = open_bytes(bytes, len), to = open_bytes("", 0);
    pid_t child = -1;
    enum helper_end end = HELPER_FAILED;

    if (in >= 0 && to >= 0)
        child = start(argv, in, to);
    if (child > 0)
        end = wait_for(child);
    if (end == HELPER_DONE && !read_all(to, out))
        end = HELPER_FAILED;
    if (in >= 0)
        close(in);
    if (to >= 0)
        close(to);
    return end;
}
