#include "http/fcgi_head.h"

#include <stdbool.h>

/* A record: version, type, request id, length of the content, length of the padding, nothing. */
enum { VERSION = 1, BEGIN = 1, PARAMS = 4, BODY = 5, RESPONDER = 1, HEADER = 8, BEGIN_LENGTH = 8 };

/* Where the reader is in the list of variables, which records may cut anywhere: each is the length
 * of its name, the length of its value, in one byte or in four with the highest bit set, and both
 * texts. */
struct reader {
    size_t texts;  /* bytes of the two texts that are still to come */
    size_t length; /* the length in the making */
    int missing;   /* its bytes that are still to come */
    bool second;   /* the next length is that of a value */
};

static size_t two(const unsigned char *bytes)
{
    return (size_t)bytes[0] << 8 | bytes[1];
}

/* False when a variable is longer than a head may be. */
static bool read_byte(struct reader *r, unsigned char byte)
{
    if (r->missing > 0) {
        r->length = r->length << 8 | byte;
        r->missing--;
    } else {
        r->length = byte & 0x7f;
        r->missing = (byte & 0x80) != 0 ? 3 : 0;
    }
    if (r->missing > 0)
        return true;
    r->texts += r->length;
    r->second = !r->second;
    return r->texts <= FCGI_HEAD_MAX;
}

static bool read_variables(struct reader *r, const unsigned char *data, size_t len)
{
    size_t at = 0;

    while (at < len) {
        if (r->texts > 0 && !r->second) {
            size_t skip = r->texts < len - at ? r->texts : len - at;
            r->texts -= skip;
            at += skip;
        } else if (!read_byte(r, data[at++])) {
            return false;
        }
    }
    return true;
}

/* The record that begins the request; libfcgi itself drops one of a role that it does not know. It
 * loses its place behind one with padding, which nobody sends, and would find no variables. */
static bool is_begin(const unsigned char *record)
{
    return record[0] == VERSION && record[1] == BEGIN && two(record + 2) != 0 &&
           two(record + 4) == BEGIN_LENGTH && record[6] == 0 && two(record + HEADER) == RESPONDER;
}

static bool is_part(const unsigned char *record, int type, const unsigned char *begin)
{
    return record[0] == VERSION && record[1] == type && two(record + 2) == two(begin + 2);
}

/* The verdict on a head whose last record ends where what follows begins. */
static enum fcgi_head judge_end(const struct reader *r, const unsigned char *follows, size_t len,
                                const unsigned char *begin)
{
    if (r->texts > 0 || r->second || r->missing > 0)
        return FCGI_HEAD_BAD;
    return len >= HEADER && is_part(follows, BODY, begin) && two(follows + 4) == 0
               ? FCGI_HEAD_ALONE
               : FCGI_HEAD_WHOLE;
}

enum fcgi_head fcgi_head(const unsigned char *data, size_t len)
{
    struct reader reader = {0};
    size_t at = 0;

    if (len < HEADER + BEGIN_LENGTH)
        return len > 0 && data[0] != VERSION ? FCGI_HEAD_BAD : FCGI_HEAD_PART;
    if (!is_begin(data))
        return FCGI_HEAD_BAD;
    at = HEADER + BEGIN_LENGTH;
    while (at + HEADER <= len) {
        const unsigned char *record = data + at;
        size_t content = two(record + 4);
        if (!is_part(record, PARAMS, data))
            return FCGI_HEAD_BAD;
        at += HEADER;
        if (content == 0)
            return judge_end(&reader, data + at, record[6] == 0 ? len - at : 0, data);
        size_t here = content < len - at ? content : len - at;
        if (!read_variables(&reader, data + at, here))
            return FCGI_HEAD_BAD;
        at += content + record[6];
    }
    return len < FCGI_HEAD_MAX ? FCGI_HEAD_PART : FCGI_HEAD_BAD;
}
