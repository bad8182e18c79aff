#include "exchange/pack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "exchange/pack_zip.h"

/* An archive of stored files is a little larger than they are. */
enum { ARCHIVE_BYTES_MAX = PACK_BYTES_MAX + 1000 * 1000 };

static const char too_many[] = "holds more than 40 files";
static const char too_large[] = "holds more than 100 MB";

/* Reads the whole regular file behind fd into buf. NULL, or what went wrong. */
static const char *read_file(int fd, size_t limit, struct buf *buf)
{
    static char piece[64 * 1024];

    for (;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return strerror(errno);
        if (got == 0)
            return NULL;
        if ((size_t)got > limit - buf->len)
            return too_large;
        buf_add(buf, piece, (size_t)got);
    }
}

/* What keeps the entry `name` of the open folder from being part of a package; NULL: nothing, and
 * fd is open. */
static const char *open_entry(int folder, const char *name, int *fd)
{
    struct stat st;

    *fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (*fd < 0)
        return errno == ELOOP ? "a symbolic link" : strerror(errno);
    const char *fault = NULL;
    if (fstat(*fd, &st) != 0)
        fault = strerror(errno);
    else if (S_ISDIR(st.st_mode))
        fault = "a folder inside the package";
    else if (!S_ISREG(st.st_mode))
        fault = "not a regular file";
    if (fault != NULL)
        close(*fd);
    return fault;
}

/* Adds one entry of the folder. NULL, or why the whole folder is refused; *total counts the bytes
 * so far. */
static const char *add_entry(struct pack *pack, struct arena *arena, int folder, const char *name,
                             size_t *total, pack_fault_fn *fault, void *context)
{
    struct buf buf = {0};
    int fd = -1;

    const char *problem = open_entry(folder, name, &fd);
    if (problem == NULL) {
        problem = read_file(fd, PACK_BYTES_MAX - *total, &buf);
        close(fd);
    }
    if (problem == NULL) {
        pack_add(pack, arena, name, buf_string(&buf), buf.len);
        *total += buf.len;
    } else if (problem != too_large) {
        fault(context, name, problem);
        problem = NULL;
    }
    buf_free(&buf);
    return problem;
}

static const char *read_folder(struct pack *pack, struct arena *arena, DIR *dir,
                               pack_fault_fn *fault, void *context)
{
    const char *problem = NULL;
    size_t total = 0;

    while (problem == NULL) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            problem = errno != 0 ? strerror(errno) : NULL;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (pack_is_extra(entry->d_name))
            pack_leave(pack, arena, entry->d_name);
        else if (pack->count == PACK_FILES_MAX)
            problem = too_many;
        else
            problem = add_entry(pack, arena, dirfd(dir), entry->d_name, &total, fault, context);
    }
    pack_sort(pack);
    return problem;
}

static const char *read_archive(struct pack *pack, struct arena *arena, int fd,
                                pack_fault_fn *fault, void *context)
{
    struct buf buf = {0};

    const char *problem = read_file(fd, ARCHIVE_BYTES_MAX, &buf);
    if (problem == NULL)
        problem = pack_unzip(pack, arena, buf_string(&buf), buf.len, fault, context);
    buf_free(&buf);
    return problem;
}

const char *pack_read(struct pack *pack, struct arena *arena, const char *path,
                      pack_fault_fn *fault, void *context)
{
    struct stat st;

    *pack = (struct pack){0};
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return strerror(errno);
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        DIR *dir = fdopendir(fd);
        if (dir == NULL) {
            close(fd);
            return strerror(errno);
        }
        const char *problem = read_folder(pack, arena, dir, fault, context);
        closedir(dir);
        return problem;
    }
    const char *problem = S_ISREG(st.st_mode) ? read_archive(pack, arena, fd, fault, context)
                                              : "neither a folder nor a zip archive";
    close(fd);
    return problem;
}
