/* answer: an answer as it would leave a worker, and what is true of every one of them. */
#ifndef TOLOK_FUZZ_ANSWER_H
#define TOLOK_FUZZ_ANSWER_H

#include <zlib.h>

#include "base/buf.h"
#include "fuzz.h"
#include "http/req.h"

struct answer {
    int status;
    const char *head; /* up to the empty line, and with it */
    const char *body; /* unpacked */
    size_t len;
};

/* For req->send; the peer is a struct buf. */
static inline bool answer_collect(void *peer, const char *head, size_t head_len, const char *body,
                                  size_t len)
{
    buf_add(peer, head, head_len);
    buf_add(peer, body, len);
    return true;
}

/* The value of a header; NULL when it is not there. The arena's. */
static inline const char *answer_header(struct arena *arena, const struct answer *answer,
                                        const char *name)
{
    const char *at = strstr(answer->head, arena_format(arena, "\r\n%s: ", name));

    if (at == NULL)
        return NULL;
    at += strlen(name) + 4;
    return arena_copy(arena, at, strcspn(at, "\r"));
}

/* A line of the head is one of those that we send, in visible ASCII: nothing else got in. A new
 * header belongs here. */
static inline void answer_check_line(const char *line, size_t len)
{
    static const char *const names[] = {"Status",       "X-Request-Id",     "Cache-Control",
                                        "ETag",         "Retry-After",      "Allow",
                                        "Content-Type", "Content-Language", "Content-Length",
                                        "Location",     "Content-Encoding", "Vary",
                                        "X-Made",       "X-Accel-Redirect", "X-Accel-Expires"};
    size_t i = 0;

    while (i < sizeof names / sizeof *names && (strncmp(line, names[i], strlen(names[i])) != 0 ||
                                                strncmp(line + strlen(names[i]), ": ", 2) != 0))
        i++;
    if (i == sizeof names / sizeof *names)
        printf("# %.*s\n", (int)len, line);
    fuzz_check(i < sizeof names / sizeof *names);
    for (size_t c = 0; c < len; c++)
        fuzz_check(line[c] >= ' ' && line[c] < 0x7f);
}

/* Unpacks a body in the gzip format, which ends where the bytes end, with the length of what was
 * packed. */
static inline void answer_unpack(struct arena *arena, struct answer *answer)
{
    z_stream stream = {.next_in = (z_const Bytef *)answer->body, .avail_in = (uInt)answer->len};
    const uint8_t *end = (const uint8_t *)answer->body + answer->len;

    fuzz_check(answer->len >= 18);
    size_t room = (size_t)end[-1] << 24 | (size_t)end[-2] << 16 | (size_t)end[-3] << 8 | end[-4];
    char *body = arena_alloc(arena, room + 1, 1);

    stream.next_out = (Bytef *)body;
    stream.avail_out = (uInt)(room + 1);
    fuzz_check(inflateInit2(&stream, 15 + 16) == Z_OK);
    fuzz_check(inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0 &&
               stream.total_out == room);
    inflateEnd(&stream);
    answer->body = body;
    answer->len = stream.total_out;
}

/* Checks the head, and what it says of the body. */
static inline struct answer answer_check(struct arena *arena, const struct buf *bytes,
                                         enum req_method method)
{
    const char *all = buf_string(bytes);
    const char *end = strstr(all, "\r\n\r\n");
    struct answer answer = {0};

    fuzz_check(end != NULL);
    for (const char *line = all; line < end + 2;) {
        size_t len = strcspn(line, "\r\n");
        fuzz_check(line[len] == '\r' && line[len + 1] == '\n');
        answer_check_line(line, len);
        line += len + 2;
    }
    fuzz_check(sscanf(all, "Status: %d ", &answer.status) == 1);
    fuzz_check(answer.status >= 200 && answer.status <= 599);
    answer.head = arena_copy(arena, all, (size_t)(end + 4 - all));
    answer.body = end + 4;
    answer.len = bytes->len - (size_t)(answer.body - all);
    const char *length = answer_header(arena, &answer, "Content-Length");
    if (method == REQ_HEAD || answer.status == 304)
        fuzz_check(answer.len == 0);
    else
        fuzz_check(length != NULL && strtoul(length, NULL, 10) == answer.len);
    if (answer_header(arena, &answer, "Content-Encoding") != NULL && answer.len > 0)
        answer_unpack(arena, &answer);
    bool elsewhere = answer_header(arena, &answer, "Location") != NULL ||
                     answer_header(arena, &answer, "X-Accel-Redirect") != NULL;
    fuzz_check(elsewhere == (answer.status / 100 == 3 && answer.status != 304));
    return answer;
}

#endif
