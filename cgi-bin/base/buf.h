/* buf: a growing run of bytes. A zeroed struct is an empty buffer; after any addition the bytes are
 * followed by a NUL that does not count. Memory that runs out ends the process (see arena.h). */
#ifndef TOLOK_BUF_H
#define TOLOK_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;  /* NULL until the first addition */
    size_t len;  /* bytes in use */
    size_t size; /* bytes allocated */
};

/* Makes room for `more` bytes and the NUL after them, so that adding them moves nothing. */
void buf_reserve(struct buf *buf, size_t more);

/* Adds the content of a file. False when it can not be read; a part of it may then have been added.
 */
bool buf_file(struct buf *buf, const char *path);

/* Adds len bytes, one character, a C string, or what printf would make of format. */
void buf_add(struct buf *buf, const char *data, size_t len);
void buf_char(struct buf *buf, char c);
void buf_text(struct buf *buf, const char *s);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The content as a C string; "" for an empty buffer. Valid until the next change. */
const char *buf_string(const struct buf *buf);

/* Empties the buffer and keeps its memory. */
void buf_clear(struct buf *buf);

/* Frees the memory; the buffer is empty and may be used again. */
void buf_free(struct buf *buf);

#endif
