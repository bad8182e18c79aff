#include "desk/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

enum { WORDS_MAX = 24 };

/* What a helper is told of the world: for libvips, to use its well tried readers only, one thread,
 * and no file for what is large. */
static const char *const environment[] = {"PATH=/usr/bin:/bin",        "LC_ALL=C",
                                          "VIPS_BLOCK_UNTRUSTED=1",    "VIPS_CONCURRENCY=1",
                                          "VIPS_DISC_THRESHOLD=4096m", NULL};

/* The command with its limits before it; util-linux is on every Debian. */
static bool limited(const char *const *argv, const char *words[static WORDS_MAX + 1], char *cpu,
                    char *data, char *fsize, size_t size)
{
    size_t count = 0;

    snprintf(cpu, size, "--cpu=%d", HELPER_SECONDS);
    snprintf(data, size, "--data=%d", HELPER_MEMORY);
    snprintf(fsize, size, "--fsize=%d", HELPER_OUTPUT);
    for (const char *limit[] = {"prlimit", cpu, data, fsize, "--as=4294967296", "--core=0", NULL},
                    **at = limit;
         *at != NULL; at++)
        words[count++] = *at;
    for (; *argv != NULL && count < WORDS_MAX; argv++)
        words[count++] = *argv;
    words[count] = NULL;
    return *argv == NULL;
}

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

/* Starts it on these files; -1: it could not be. */
static pid_t start(const char *const *argv, int in, int out)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t child = -1;

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawnp(&child, argv[0], &files, &attributes, (char *const *)(uintptr_t)argv,
                             (char *const *)(uintptr_t)environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0)
        log_event(LOG_ERROR, "helper_failed", "error", strerror(error));
    return error == 0 ? child : -1;
}

/* Waits for its end, which comes in time whatever happens. */
static enum helper_end wait_for(pid_t child)
{
    enum { MILLISECONDS = 2000 * HELPER_SECONDS, NOT_FOUND = 127, NOT_RUN = 126 };
    struct pollfd end = {.fd = pidfd_open(child, 0), .events = POLLIN};
    int status = 0;

    if (end.fd < 0 || poll(&end, 1, MILLISECONDS) <= 0)
        kill(child, SIGKILL);
    if (end.fd >= 0)
        close(end.fd);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status))
        return HELPER_STOPPED;
    if (WEXITSTATUS(status) == NOT_FOUND || WEXITSTATUS(status) == NOT_RUN) {
        log_event(LOG_ERROR, "helper_failed", "error", "the program is not there");
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
    const char *words[WORDS_MAX + 1];
    char cpu[32], data[32], fsize[32];
    int in = open_bytes(bytes, len), to = open_bytes("", 0);
    pid_t child = -1;
    enum helper_end end = HELPER_FAILED;

    if (in >= 0 && to >= 0 && limited(argv, words, cpu, data, fsize, sizeof cpu))
        child = start(words, in, to);
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
