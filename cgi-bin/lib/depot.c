#include "depot.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "log.h"

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
    return got == 0 && strcmp(sodium_bin2hex(found, sizeof found, digest, sizeof digest), name) == 0;
}

static bool write_all(int file, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(file, bytes, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        len -= (size_t)done;
    }
    return true;
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
    bool done = fchmod(file, 0640) == 0 && write_all(file, bytes, len) && fsync(file) == 0;
    int fault = errno;
    close(file);
    errno = fault;
    if (done && renameat(folder, draft, folder, path) == 0 && flush(folder, prefix) && flush(folder, "."))
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

enum depot_outcome depot_keep(const char *folder, const char *bytes, size_t len, char name[static DEPOT_NAME_SIZE])
{
    char path[DEPOT_NAME_SIZE + 1];
    enum depot_outcome outcome = DEPOT_KEPT;

    depot_name(name, bytes, len);
    make_path(path, name);
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at < 0)
        return failure("depot");
    if (!is_whole(at, path, name))
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
