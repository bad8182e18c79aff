#include "http/share.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/mem.h"

_Static_assert(ATOMIC_LONG_LOCK_FREE == 2 && ATOMIC_POINTER_LOCK_FREE == 2,
               "counters are shared between processes and with a signal handler");

enum { LOCK_TRIES = 100, LOCK_WAIT_MS = 10 };

/* Where this process counts as a worker. */
static struct share *_Atomic joined;

/* The file that it wants to map, and the one that it has mapped; no inode is 0. */
static struct {
    char *path;
    dev_t device;
    ino_t inode;
} file;

/* Reads a small file of the system into text, which ends with a NUL. False when it can not be read.
 */
static bool read_small(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, text, size - 1) : -1;

    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = '\0';
    return length > 0;
}

/* The boot is part of the mark: the clock behind the gate, and process ids, begin anew with it. */
static void make_mark(char mark[static SHARE_MARK_SIZE], const char *layout, size_t size)
{
    struct buf whole = {0};
    char boot[64];
    char digest[DIGEST_SIZE];

    read_small("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
    buf_format(&whole, "%zu\n%s\n%s", size, boot, layout);
    digest_hex(digest, whole.data, whole.len);
    buf_clear(&whole);
    buf_format(&whole, "tolok share %s\n", digest);
    memset(mark, 0, SHARE_MARK_SIZE);
    memcpy(mark, whole.data, whole.len);
    buf_free(&whole);
}

/* Opens the folder of the file and locks it against others who are making one: a process that is
 * stopped meanwhile is not waited for. -1, with errno, when that can not be done. */
static int lock_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash != NULL ? (size_t)(slash - path) : 0;
    char *folder = memcpy(mem_alloc(length + 2, 1), path, length);

    memcpy(folder + length, slash != NULL ? "/" : ".", 2);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    for (int tries = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0; tries++) {
        if (errno != EWOULDBLOCK || tries == LOCK_TRIES) {
            int reason = errno;
            close(fd);
            errno = reason;
            return -1;
        }
        poll(NULL, 0, LOCK_WAIT_MS);
    }
    return fd;
}

/* The file that is there, when it is of our mark and as large as it says; otherwise -1, with errno;
 * ENOENT also means that there is another one. */
static int open_old(const char *path, const struct share *head)
{
    char mark[SHARE_MARK_SIZE];
    struct stat status;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0)
        return -1;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        (uint64_t)status.st_size == head->size && pread(fd, mark, sizeof mark, 0) == sizeof mark &&
        memcmp(mark, head->mark, sizeof mark) == 0)
        return fd;
    close(fd);
    errno = ENOENT;
    return -1;
}

/* A new file in place of whatever is there. All its blocks are taken now: where the disk has none
 * left, writing to the mapped memory would end the process. -1, with errno, when there can be none.
 */
static int open_new(const char *path, const struct share *head)
{
    if (unlink(path) != 0 && errno != ENOENT)
        return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    int reason = posix_fallocate(fd, 0, (off_t)head->size);
    if (reason == 0 && pwrite(fd, head, sizeof *head, 0) != (ssize_t)sizeof *head)
        reason = errno;
    if (reason == 0)
        return fd;
    close(fd);
    unlink(path);
    errno = reason;
    return -1;
}

/* NULL, with errno, when there can be no file. */
static struct share *open_shared(const char *path, const struct share *head)
{
    int folder = lock_folder(path);

    if (folder < 0)
        return NULL;
    int fd = open_old(path, head);
    /* Want of descriptors or memory says nothing about the file, which others may be using. */
    if (fd < 0 && errno != EMFILE && errno != ENFILE && errno != ENOMEM)
        fd = open_new(path, head);
    void *memory = MAP_FAILED;
    if (fd >= 0)
        memory = mmap(NULL, head->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    int reason = errno;
    struct stat status;
    if (memory != MAP_FAILED && fstat(fd, &status) == 0) {
        file.device = status.st_dev;
        file.inode = status.st_ino;
    }
    if (fd >= 0)
        close(fd);
    close(folder);
    errno = reason;
    return memory != MAP_FAILED ? memory : NULL;
}

static void log_alone(const char *path, const char *reason)
{
    struct log_line line = log_open(LOG_WARN, "memory_not_shared");

    log_text(&line, "path", path);
    log_text(&line, "error", reason);
    log_close(&line);
}

struct share *share_open(const char *path, const char *layout, size_t pages)
{
    struct share head = {.size = sizeof head + pages * sizeof(struct share_page),
                         .since = (uint64_t)time(NULL)};

    make_mark(head.mark, layout, head.size);
    free(file.path);
    file.path =
        path != NULL ? memcpy(mem_alloc(strlen(path) + 1, 1), path, strlen(path) + 1) : NULL;
    file.inode = 0;
    /* A limit for the size of files shall be an error like others. */
    signal(SIGXFSZ, SIG_IGN);
    struct share *share = path != NULL ? open_shared(path, &head) : NULL;
    if (share != NULL)
        return share;
    if (path != NULL)
        log_alone(path, strerror(errno));
    void *memory =
        mmap(NULL, head.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        mem_exhausted();
    return memcpy(memory, &head, sizeof head);
}

bool share_is_alone(void)
{
    struct stat status;

    return file.path != NULL && (stat(file.path, &status) != 0 || status.st_ino != file.inode ||
                                 status.st_dev != file.device);
}

void share_close(struct share *share)
{
    if (share != NULL)
        munmap(share, share->size);
    free(file.path);
    file.path = NULL;
}

void share_join(struct share *share)
{
    share_add(&share->counts[SHARE_STARTS], 1);
    joined = share;
}

void share_leave(enum share_count how)
{
    struct share *share = atomic_exchange(&joined, NULL);

    if (share != NULL)
        share_add(&share->counts[how], 1);
}
