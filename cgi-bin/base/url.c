#include "base/url.h"

#include <string.h>

#include "base/str.h"

#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

const char *url_decode(struct arena *arena, const char *s, size_t len, enum url_fault *fault)
{
    char *decoded = arena_alloc(arena, len + 1, 1);
    size_t used = 0;

    *fault = URL_FINE;
    for (size_t i = 0; i < len; i++) {
        if (s[i] != '%') {
            decoded[used++] = s[i] == '+' ? ' ' : s[i];
            continue;
        }
        int high = len - i > 2 ? hex_digit(s[i + 1]) : -1;
        int low = len - i > 2 ? hex_digit(s[i + 2]) : -1;
        if (high < 0 || low < 0) {
            *fault = URL_BAD_ESCAPE;
            return "";
        }
        decoded[used++] = (char)(high * 16 + low);
        i += 2;
    }
    if (!str_utf8(decoded, used)) {
        *fault = URL_BAD_UTF8;
        return "";
    }
    decoded[used] = '\0';
    return decoded;
}

static void read_pair(struct arena *arena, const char *part, size_t len, struct url_pair *pair)
{
    const char *equals = memchr(part, '=', len);
    size_t name_len = equals != NULL ? (size_t)(equals - part) : len;
    size_t value_len = equals != NULL ? len - name_len - 1 : 0;
    enum url_fault ignored;

    pair->name = url_decode(arena, part, name_len, &ignored);
    pair->value = url_decode(arena, part + len - value_len, value_len, &pair->fault);
}

size_t url_query(struct arena *arena, const char *query, struct url_pair **pairs)
{
    size_t parts = 1;
    size_t count = 0;

    for (const char *c = query; *c != '\0'; c++)
        parts += *c == '&';
    *pairs = arena_alloc(arena, parts, sizeof **pairs);
    while (*query != '\0') {
        size_t len = strcspn(query, "&");
        if (len > 0)
            read_pair(arena, query, len, &(*pairs)[count++]);
        query += len;
        query += *query == '&';
    }
    return count;
}

/* Adds the text; a byte that is not one of `kept` is escaped, a blank becomes `blank`. */
static void add_escaped(struct buf *out, const char *s, const char *kept, const char *blank)
{
    for (; *s != '\0'; s++) {
        if (*s == ' ')
            buf_text(out, blank);
        else if (strchr(kept, *s) != NULL)
            buf_char(out, *s);
        else
            buf_format(out, "%%%02X", (unsigned char)*s);
    }
}

void url_path(struct buf *out, const char *path)
{
    add_escaped(out, path, UNRESERVED "/:@!$&()*,;=", "%20");
}

void url_add(struct buf *query, const char *name, const char *value)
{
    static const char kept[] = UNRESERVED "!()*,/";

    if (query->len > 0)
        buf_char(query, '&');
    add_escaped(query, name, kept, "+");
    buf_char(query, '=');
    add_escaped(query, value, kept, "+");
}
