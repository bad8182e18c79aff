#include "base/log.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/io.h"
#include "base/str.h"

/* A line of at most PIPE_BUF bytes reaches a pipe as a whole or not at all. */
enum { VALUE_MAX = 1000, LINE_MAX_BYTES = PIPE_BUF, EMERGENCY_MAX = 512 };

static const char *const level_names[LOG_LEVEL_MAX] = {
    [LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"};

/* The current request's members. There is one request at a time, and also lines of the lower
 * layers, which know nothing of requests, have to carry its id. */
static const struct log_scope *current;

void log_within(const struct log_scope *scope)
{
    current = scope;
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
}

void log_value(struct buf *out, const char *value, size_t len)
{
    bool plain = len > 0;
    bool utf8 = str_utf8(value, len);

    for (size_t i = 0; i < len && plain; i++)
        plain = is_plain(value[i]);
    if (plain) {
        buf_add(out, value, len);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)value[i];
        if (c == '"' || c == '\\')
            buf_char(out, '\\');
        if (c < ' ' || c == 0x7f || (c >= 0x80 && !utf8))
            buf_format(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

void log_text(struct log_line *line, const char *key, const char *value)
{
    if (value == NULL)
        return;
    buf_format(&line->text, " %s=", key);
    size_t begin = line->text.len;
    for (size_t length = strnlen(value, VALUE_MAX);;) {
        /* The cut must not split a character. */
        while (length > 0 && ((unsigned char)value[length] & 0xc0) == 0x80)
            length--;
        log_value(&line->text, value, length);
        size_t written = line->text.len - begin;
        if (written <= VALUE_MAX + 2)
            return;
        line->text.len = begin;
        length = length * VALUE_MAX / written;
    }
}

void log_int(struct log_line *line, const char *key, long value)
{
    buf_format(&line->text, " %s=%ld", key, value);
}

void log_ms(struct log_line *line, const char *key, long us)
{
    buf_format(&line->text, " %s=%ld.%03ld", key, us / 1000, us % 1000);
}

struct log_line log_open(enum log_level level, const char *event)
{
    struct log_line line = {0};
    struct timespec now;
    char ts[CLOCK_UTC_SIZE];

    clock_gettime(CLOCK_REALTIME, &now);
    clock_utc(ts, now.tv_sec, now.tv_nsec / 1000000);
    buf_format(&line.text, "ts=%s level=%s event=%s", ts, level_names[level], event);
    if (current != NULL) {
        log_text(&line, "request_id", current->request_id);
        log_text(&line, "page", current->page);
        log_text(&line, "phase", current->phase);
    }
    return line;
}

/* Whether to poll standard error before each line, as a write to it might block. */
static bool must_ask;

/* Lines that were not written, and how many of them the log does not know of. */
static unsigned long dropped, untold;

void log_never_wait(void)
{
    struct stat target;

    if (fstat(STDERR_FILENO, &target) != 0 || S_ISREG(target.st_mode))
        return;
    must_ask = true;
    if (!S_ISFIFO(target.st_mode) && !S_ISCHR(target.st_mode))
        return;
    /* What makes a write not wait belongs to the open file, which other processes write to as well;
     * and between the question and the write one of them may fill the pipe. So this process opens
     * it anew. */
    int own = open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    must_ask = own < 0 || dup2(own, STDERR_FILENO) < 0;
    if (own >= 0)
        close(own);
}

unsigned long log_dropped(void)
{
    return dropped;
}

/* False when the line could not be written, or not as a whole. That must not end the service: there
 * is nobody left to tell. */
static bool write_all(const char *data, size_t len)
{
    struct pollfd target = {.fd = STDERR_FILENO, .events = POLLOUT};

    if (must_ask && poll(&target, 1, 0) != 1)
        return false;
    return io_write(STDERR_FILENO, data, len);
}

/* Tells of lines that were dropped, once a line is written again. */
static void tell_dropped(void)
{
    struct log_line line = log_open(LOG_WARN, "log_dropped");

    log_int(&line, "lines", (long)untold);
    buf_char(&line.text, '\n');
    if (write_all(line.text.data, line.text.len))
        untold = 0;
    buf_free(&line.text);
}

void log_close(struct log_line *line)
{
    if (line->text.len > LINE_MAX_BYTES - 1)
        line->text.len = LINE_MAX_BYTES - 1;
    buf_char(&line->text, '\n');
    if (untold > 0)
        tell_dropped();
    if (untold > 0 || !write_all(line->text.data, line->text.len)) {
        dropped++;
        untold++;
    }
    buf_free(&line->text);
}

void log_event(enum log_level level, const char *event, const char *key, const char *value)
{
    struct log_line line = log_open(level, event);

    if (key != NULL)
        log_text(&line, key, value);
    log_close(&line);
}

/* Adds s to the line of an emergency, as far as it fits beside the newline; bytes that would need
 * escapes become '_'. */
static size_t put(char *line, size_t used, const char *s)
{
    for (; *s != '\0' && used < EMERGENCY_MAX - 1; s++)
        line[used++] = is_plain(*s) || *s == ' ' || *s == '=' ? *s : '_';
    return used;
}

static size_t put_field(char *line, size_t used, const char *key, const char *value)
{
    if (value == NULL)
        return used;
    return put(line, put(line, used, key), value);
}

void log_emergency(const char *event)
{
    char line[EMERGENCY_MAX];
    char ts[CLOCK_UTC_SIZE];
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    clock_utc(ts, now.tv_sec, now.tv_nsec / 1000000);
    size_t used = put_field(line, 0, "ts=", ts);
    used = put_field(line, used, " level=error event=", event);
    if (current != NULL) {
        used = put_field(line, used, " request_id=", current->request_id);
        used = put_field(line, used, " page=", current->page);
        used = put_field(line, used, " phase=", current->phase);
    }
    line[used++] = '\n';
    if (!write_all(line, used))
        dropped++;
}
