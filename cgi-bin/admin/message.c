#include "admin/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

static const char *command;

/* The progress line; times are milliseconds of the monotonic clock. */
static struct {
    bool on, terminal, visible;
    long long started, shown;
    char text[200];
} line;

void message_set_command(const char *name)
{
    command = name;
}

void message_line(const char *text)
{
    progress_clear();
    for (const char *p = text; *p != '\0'; p++)
        putc((unsigned char)*p < 0x20 || *p == 0x7f ? '?' : *p, stderr);
    putc('\n', stderr);
}

void message(const char *format, ...)
{
    struct buf text = {0};
    char body[2000];
    va_list args;

    va_start(args, format);
    vsnprintf(body, sizeof body, format, args);
    va_end(args);
    buf_format(&text, "tolok: %s%s%s", command != NULL ? command : "", command != NULL ? ": " : "",
               body);
    message_line(buf_string(&text));
    buf_free(&text);
}

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

void progress_open(bool wanted)
{
    line.terminal = isatty(STDERR_FILENO) == 1;
    line.on = line.terminal || wanted;
    line.started = now();
}

void progress_tick(void)
{
    long long time = line.on ? now() : 0;
    long long pause = line.terminal ? 200 : 1000;

    if (!line.on || line.text[0] == '\0' || time - line.started < 1000 || time - line.shown < pause)
        return;
    line.shown = time;
    line.visible = line.terminal;
    fprintf(stderr, line.terminal ? "\r%s, %lld s\033[K" : "%s, %lld s\n", line.text,
            (time - line.started) / 1000);
    fflush(stderr);
}

void progress(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(line.text, sizeof line.text, format, args);
    va_end(args);
    progress_tick();
}

void progress_clear(void)
{
    if (line.visible)
        fputs("\r\033[K", stderr);
    line.visible = false;
}
