#include "safe/secure.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

enum { PLACES = 2, WAIT_US = 5000000, PAUSE_NS = 10000000 };

/* Takes a place, one of two files of the pool among the instance's sockets (hash1.lock), and
 * returns its descriptor; -1: there was none. Who has signed in waits for no strangers. */
static int take_place(const struct config *config)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};
    struct arena *arena = arena_open();
    int fds[PLACES], taken = -1;

    for (int i = 0; i < PLACES; i++)
        fds[i] = open(arena_format(arena, "%s/hash%s%d.lock", config->run,
                                   config->pool != NULL ? config->pool : "", i + 1),
                      O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    for (long end = clock_us() + WAIT_US; taken < 0 && clock_us() < end;) {
        for (int i = 0; i < PLACES && taken < 0; i++) {
            if (fds[i] >= 0 && flock(fds[i], LOCK_EX | LOCK_NB) == 0)
                taken = i;
        }
        if (taken < 0)
            nanosleep(&pause, NULL);
    }
    for (int i = 0; i < PLACES; i++) {
        if (i != taken && fds[i] >= 0)
            close(fds[i]);
    }
    arena_close(arena);
    return taken >= 0 ? fds[taken] : -1;
}

bool secure_key(const struct config *config, char out[static SECRET_KEY_SIZE], const char *password,
                const char *setting)
{
    int place = take_place(config);

    *out = '\0';
    if (place < 0) {
        log_event(LOG_WARN, "hashing_is_busy", NULL, NULL);
        return false;
    }
    bool done = secret_key(out, password, strlen(password), setting);
    close(place);
    return done;
}

static bool read_seal(const char *path, unsigned char lock[static SECRET_LOCK_BYTES])
{
    char text[SECRET_LOCK_BYTES * 2];
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool whole = read(fd, text, sizeof text) == sizeof text;
    close(fd);
    bool good = whole &&
                sodium_hex2bin(lock, SECRET_LOCK_BYTES, text, sizeof text, NULL, &len, NULL) == 0 &&
                len == SECRET_LOCK_BYTES;
    secret_wipe(text, sizeof text);
    return good;
}

/* What root makes in the instance's folder belongs to the instance's user, as the folder does. */
static bool give_to_owner(int fd, const char *folder)
{
    struct stat owner;

    return geteuid() != 0 ||
           (stat(folder, &owner) == 0 && fchown(fd, owner.st_uid, owner.st_gid) == 0);
}

/* Writes a new key beside the path and links it there, whole: of several that do so at once, one is
 * first. */
static void make_seal(struct arena *arena, const char *folder, const char *path)
{
    unsigned char lock[SECRET_LOCK_BYTES];
    char text[SECRET_LOCK_BYTES * 2 + 1];
    const char *draft = arena_format(arena, "%s.%ld", path, (long)getpid());
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return;
    randombytes_buf(lock, sizeof lock);
    sodium_bin2hex(text, sizeof text, lock, sizeof lock);
    bool kept = write(fd, text, sizeof text - 1) == sizeof text - 1 && fsync(fd) == 0 &&
                give_to_owner(fd, folder);
    close(fd);
    if (kept && link(draft, path) != 0 && errno != EEXIST)
        log_event(LOG_ERROR, "seal_not_made", "error", strerror(errno));
    unlink(draft);
    secret_wipe(lock, sizeof lock);
    secret_wipe(text, sizeof text);
}

static const char *seal_path(struct arena *arena, const struct config *config)
{
    return arena_format(arena, "%s/seal.key", config->var);
}

bool secure_seal(const struct config *config, unsigned char lock[static SECRET_LOCK_BYTES])
{
    struct arena *arena = arena_open();
    const char *path = seal_path(arena, config);
    bool good = read_seal(path, lock);

    if (!good)
        log_event(LOG_ERROR, access(path, F_OK) != 0 ? "seal_is_missing" : "seal_not_read", "path",
                  path);
    arena_close(arena);
    return good;
}

bool secure_has_seal(const struct config *config)
{
    struct arena *arena = arena_open();
    bool there = access(seal_path(arena, config), F_OK) == 0;

    arena_close(arena);
    return there;
}

void secure_make_seal(const struct config *config)
{
    struct arena *arena = arena_open();

    make_seal(arena, config->var, seal_path(arena, config));
    arena_close(arena);
}

bool secure_close(const struct config *config, char sealed[static SECRET_SEALED_SIZE],
                  const char *secret, enum secret_purpose purpose, const char *owner)
{
    unsigned char lock[SECRET_LOCK_BYTES];
    bool good = secure_seal(config, lock);

    if (good)
        secret_seal(sealed, secret, purpose, owner, lock);
    secret_wipe(lock, sizeof lock);
    return good;
}

bool secure_open(const struct config *config, char secret[static SECRET_TEXT_MAX + 1],
                 const char *sealed, enum secret_purpose purpose, const char *owner)
{
    unsigned char lock[SECRET_LOCK_BYTES];
    bool good = secure_seal(config, lock) && secret_open(secret, sealed, purpose, owner, lock);

    if (!good)
        *secret = '\0';
    secret_wipe(lock, sizeof lock);
    return good;
}
