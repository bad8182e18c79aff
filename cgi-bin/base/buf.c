#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void buf_reserve(struct buf *buf, size_t more)
{
    if (more > SIZE_MAX / 2 - buf->len - 1)
        mem_exhausted();
    size_t need = buf->len + more + 1;
    if (need <= buf->size)
        return;
    size_t size = buf->size > 0 ? buf->size : 128;
    while (size < need)
        size *= 2;
    buf->data = mem_resize(buf->data, size, 1);
    buf->size = size;
}

void buf_add(struct buf *buf, const char *data, size_t len)
{
    buf_reserve(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

bool buf_file(struct buf *buf, const char *path)
{
    char chunk[4096];
    size_t got = 0;
    FILE *file = fopen(path, "rbe");

    if (file == NULL)
        return false;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add(buf, chunk, got);
    bool complete = ferror(file) == 0;
    fclose(file);
    return complete;
}

void buf_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_text(struct buf *buf, const char *s)
{
    buf_add(buf, s, strlen(s));
}

void buf_format(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        mem_exhausted();
    buf_reserve(buf, (size_t)length);
    va_start(args, format);
    vsnprintf(buf->data + buf->len, (size_t)length + 1, format, args);
    va_end(args);
    buf->len += (size_t)length;
}

const char *buf_string(const struct buf *buf)
{
    return buf->len > 0 ? buf->data : "";
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}
