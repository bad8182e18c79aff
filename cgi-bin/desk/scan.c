#include "desk/scan.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

/* Less than what the watchdog of a worker leaves after the database was asked. */
enum { LIMIT_US = 4000000, CHUNK = 65536, SAID_SIZE = 256 };

/* Lets the next call wait as long as is left of the time. False: nothing is left. */
static bool wait_until(int peer, long end)
{
    long left = end - clock_us();
    struct timeval time = {.tv_sec = left / 1000000, .tv_usec = left % 1000000};

    return left > 0 && setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time) == 0 &&
           setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) == 0;
}

static int open_peer(const char *path, long end)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int peer = strlen(path) < sizeof address.sun_path
                   ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)
                   : -1;

    if (peer < 0)
        return -1;
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (wait_until(peer, end) &&
        connect(peer, (const struct sockaddr *)&address, sizeof address) == 0)
        return peer;
    close(peer);
    return -1;
}

static bool send_all(int peer, const void *bytes, size_t len, long end)
{
    const char *at = bytes;

    while (len > 0) {
        ssize_t sent = wait_until(peer, end) ? send(peer, at, len, MSG_NOSIGNAL) : -1;
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

/* The bytes in pieces that say first how long they are; a piece of none is the last. */
static bool send_stream(int peer, const char *bytes, size_t len, long end)
{
    static const char command[] = "zINSTREAM";

    if (!send_all(peer, command, sizeof command, end))
        return false;
    for (size_t at = 0; at < len;) {
        size_t part = len - at < CHUNK ? len - at : CHUNK;
        uint32_t size = htonl((uint32_t)part);
        if (!send_all(peer, &size, sizeof size, end) || !send_all(peer, bytes + at, part, end))
            return false;
        at += part;
    }
    return send_all(peer, &(uint32_t){0}, sizeof(uint32_t), end);
}

/* What it says, up to its NUL. */
static bool read_said(int peer, char said[static SAID_SIZE], long end)
{
    for (size_t len = 0; len < SAID_SIZE;) {
        ssize_t got = wait_until(peer, end) ? recv(peer, said + len, SAID_SIZE - len, 0) : -1;
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        len += (size_t)got;
        if (memchr(said, '\0', len) != NULL)
            return true;
    }
    return false;
}

static bool ends_in(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);

    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

enum scan_verdict scan_bytes(const char *path, const char *bytes, size_t len)
{
    long end = clock_us() + LIMIT_US;
    char said[SAID_SIZE] = "";

    if (path == NULL)
        return SCAN_CLEAN;
    int peer = open_peer(path, end);
    /* One that has enough of a stream says so before its end, and hangs up. */
    bool heard = peer >= 0 && (send_stream(peer, bytes, len, end) || errno == EPIPE) &&
                 read_said(peer, said, end);
    if (peer >= 0)
        close(peer);
    if (heard && strcmp(said, "stream: OK") == 0)
        return SCAN_CLEAN;
    bool found = heard && ends_in(said, " FOUND");
    log_event(found ? LOG_WARN : LOG_ERROR, found ? "scan_found" : "scan_silent", "said",
              heard      ? said
              : peer < 0 ? strerror(errno)
                         : "nothing");
    return found ? SCAN_FOUND : SCAN_SILENT;
}
