#include "safe/depot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "base/log.h"

/* Names that begin the same share a folder, so that none of them grows large. */
enum { PREFIX = 2 };

void depot_name(char name[static DEPOT_NAME_SIZE], const char *bytes, size_t len)
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const unsigned char *)bytes, len);
    sodium_bin2hex(name, DEPOT_NAME_SIZE, digest, sizeof digest);
}

static enum depot_outcome failure(const char *what)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    log_event(LOG_ERROR, full ? "depot_full" : "depot_failed", what, strerror(errno));
    return full ? DEPOT_FULL : DEPOT_FAILED;
}

/* Whether the file at that path, below the folder, has the name that its bytes give. */
static bool is_whole(int folder, const char *path, const char *name)
{
    crypto_hash_sha256_state state;
    unsigned char digest[crypto_hash_sha256_BYTES];
    char found[DEPOT_NAME_SIZE];
    char part[65536];
    ssize_t got = -1;

    int file = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return false;
    crypto_hash_sha256_init(&state);
    while ((got = read(file, part, sizeof part)) > 0)
        crypto_hash_sha256_update(&state, (unsigned char *)part, (size_t)got);
    close(file);
    crypto_hash_sha256_final(&state, digest);
    return got == 0 &&
           strcmp(sodium_bin2hex(found, sizeof found, digest, sizeof digest), name) == 0;
}

/* Has the names in a folder reach the disk. */
static bool flush(int parent, const char *path)
{
    int folder = openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = folder >= 0 && fsync(folder) == 0;

    if (folder >= 0)
        close(folder);
    return done;
}

/* Writes the bytes to a name of this process and gives them their own then. */
static enum depot_outcome write_file(int folder, const char *path, const char *bytes, size_t len)
{
    char draft[64], prefix[PREFIX + 1] = "";

    snprintf(draft, sizeof draft, ".new-%ld", (long)getpid());
    memcpy(prefix, path, PREFIX);
    if (mkdirat(folder, prefix, 0750) != 0 && errno != EEXIST)
        return failure("folder");
    if (unlinkat(folder, draft, 0) != 0 && errno != ENOENT)
        return failure("draft");
    int file = openat(folder, draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (file < 0)
        return failure("file");
    bool done = fchmod(file, 0640) == 0 && io_write(file, bytes, len) && fsync(file) == 0;
    int fault = errno;
    close(file);
    errno = fault;
    if (done && renameat(folder, draft, folder, path) == 0 && flush(folder, prefix) &&
        flush(folder, "."))
        return DEPOT_KEPT;
    enum depot_outcome outcome = failure("write");
    unlinkat(folder, draft, 0);
    return outcome;
}

/* "ab/cdef.." for "abcdef..". */
static void make_path(char path[static DEPOT_NAME_SIZE + 1], const char *name)
{
    snprintf(path, DEPOT_NAME_SIZE + 1, "%.*s/%s", PREFIX, name, name + PREFIX);
}

/* Opens the folder with that lock; -1. */
static int open_folder(const char *folder, int lock)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), locked = -1;

    while (at >= 0 && (locked = flock(at, lock)) != 0 && errno == EINTR)
        continue;
    if (at < 0 || locked == 0)
        return at;
    close(at);
    return -1;
}

enum depot_outcome depot_keep(const char *folder, const char *bytes, size_t len,
                              char name[static DEPOT_NAME_SIZE])
{
    char path[DEPOT_NAME_SIZE + 1];
    enum depot_outcome outcome = DEPOT_KEPT;

    depot_name(name, bytes, len);
    make_path(path, name);
    int at = open_folder(folder, LOCK_SH);
    if (at < 0)
        return failure("depot");
    if (!is_whole(at, path, name) || utimensat(at, path, NULL, AT_SYMLINK_NOFOLLOW) != 0)
        outcome = write_file(at, path, bytes, len);
    close(at);
    return outcome;
}

bool depot_has(const char *folder, const char *name)
{
    char path[DEPOT_NAME_SIZE + 1];

    if (strlen(name) != DEPOT_NAME_SIZE - 1)
        return false;
    make_path(path, name);
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool whole = at >= 0 && is_whole(at, path, name);
    if (at >= 0)
        close(at);
    return whole;
}

int depot_hold(const char *folder)
{
    int at = open_folder(folder, LOCK_EX);

    if (at < 0)
        failure("depot");
    return at;
}

static bool is_hex(const char *text, size_t len)
{
    return strlen(text) == len && strspn(text, "0123456789abcdef") == len;
}

/* The folder in the folder, to be read from its beginning; NULL. */
static DIR *open_dir(int folder, const char *path)
{
    int at = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *dir = at >= 0 ? fdopendir(at) : NULL;

    if (dir == NULL && at >= 0)
        close(at);
    return dir;
}

static bool walk_prefix(int folder, const char *prefix,
                        void (*visit)(void *, const char *, long, size_t), void *context)
{
    const time_t now = time(NULL);
    struct stat stat;
    char name[DEPOT_NAME_SIZE];
    DIR *dir = open_dir(folder, prefix);

    if (dir == NULL)
        return false;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!is_hex(entry->d_name, DEPOT_NAME_SIZE - 1 - PREFIX) ||
            fstatat(dirfd(dir), entry->d_name, &stat, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(stat.st_mode))
            continue;
        snprintf(name, sizeof name, "%.*s%.*s", PREFIX, prefix, DEPOT_NAME_SIZE - 1 - PREFIX,
                 entry->d_name);
        visit(context, name, now - stat.st_mtime, (size_t)stat.st_size);
    }
    closedir(dir);
    return true;
}

bool depot_walk(int folder, void (*visit)(void *context, const char *name, long age, size_t bytes),
                void *context)
{
    DIR *dir = open_dir(folder, ".");
    bool all = dir != NULL;

    for (const struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        if (is_hex(entry->d_name, PREFIX))
            all &= walk_prefix(folder, entry->d_name, visit, context);
    }
    if (dir != NULL)
        closedir(dir);
    return all;
}

bool depot_remove(int folder, const char *name)
{
    char path[DEPOT_NAME_SIZE + 1];

    make_path(path, name);
    return unlinkat(folder, path, 0) == 0;
}
