/* fcgi: as much of a FastCGI client as the tests of a worker need. */
#ifndef TOLOK_FCGI_H
#define TOLOK_FCGI_H

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "unit.h"

/* The request id that the worker is told. */
#define FCGI_ID "0123456789abcdef0123456789abcdef"

enum { FCGI_BEGIN = 1, FCGI_PARAMS = 4, FCGI_STDIN = 5, FCGI_STDOUT = 6, FCGI_HEADER = 8 };

static inline void fcgi_record(struct buf *out, int type, const char *data, size_t len)
{
    const char header[FCGI_HEADER] = {1, (char)type, 0, 1, (char)(len >> 8), (char)len, 0, 0};

    buf_add(out, header, FCGI_HEADER);
    buf_add(out, data, len);
}

/* Adds a variable whose name and value are shorter than 128 bytes. */
static inline void fcgi_variable(struct buf *out, const char *name, const char *value)
{
    buf_char(out, (char)strlen(name));
    buf_char(out, (char)strlen(value));
    buf_text(out, name);
    buf_text(out, value);
}

/* Adds the records of a GET request for the path; the last one is the end of its empty body. */
static inline void fcgi_request(struct buf *records, const char *path)
{
    static const char begin[FCGI_HEADER] = {0, 1, 0, 0, 0, 0, 0, 0};
    struct buf variables = {0};

    fcgi_variable(&variables, "REQUEST_METHOD", "GET");
    fcgi_variable(&variables, "REQUEST_ID", FCGI_ID);
    fcgi_variable(&variables, "PATH_INFO", path);
    fcgi_record(records, FCGI_BEGIN, begin, sizeof begin);
    fcgi_record(records, FCGI_PARAMS, variables.data, variables.len);
    fcgi_record(records, FCGI_PARAMS, "", 0);
    fcgi_record(records, FCGI_STDIN, "", 0);
    buf_free(&variables);
}

/* Sends a GET request for the path. */
static inline void fcgi_ask(int fd, const char *path)
{
    struct buf records = {0};

    fcgi_request(&records, path);
    ck_assert_int_eq(write(fd, records.data, records.len), (ssize_t)records.len);
    buf_free(&records);
}

/* Adds what comes until the other end closes; closes fd. */
static inline void fcgi_read_all(int fd, struct buf *out)
{
    char chunk[4096];
    ssize_t got = 0;

    while ((got = read(fd, chunk, sizeof chunk)) > 0)
        buf_add(out, chunk, (size_t)got);
    close(fd);
}

/* Puts the answer that comes, until the worker closes, into out; nothing when there is none. */
static inline void fcgi_hear(int fd, struct buf *out)
{
    struct buf records = {0};

    fcgi_read_all(fd, &records);
    buf_clear(out);
    for (size_t at = 0; at + FCGI_HEADER <= records.len;) {
        const unsigned char *header = (const unsigned char *)records.data + at;
        size_t len = (size_t)header[4] << 8 | header[5];
        if (header[1] == FCGI_STDOUT)
            buf_add(out, records.data + at + FCGI_HEADER, len);
        at += FCGI_HEADER + len + header[6];
    }
    buf_free(&records);
}

#endif
