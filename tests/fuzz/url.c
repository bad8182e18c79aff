/* url: percent-decoding against a slow second one, and the ways back. */
#include "base/url.h"

#include <ctype.h>

#include "base/str.h"
#include "fuzz.h"

/* Decodes with the C library's reading of hexadecimal digits. *len is the decoded length. */
static enum url_fault slow_decode(struct arena *arena, const char *s, char **out, size_t *len)
{
    *out = arena_alloc(arena, strlen(s) + 1, 1);
    *len = 0;
    while (*s != '\0') {
        if (*s == '%' && !(isxdigit((unsigned char)s[1]) && isxdigit((unsigned char)s[2])))
            return URL_BAD_ESCAPE;
        if (*s == '%') {
            const char digits[3] = {s[1], s[2], '\0'};
            (*out)[(*len)++] = (char)strtoul(digits, NULL, 16);
            s += 3;
        } else {
            (*out)[(*len)++] = *s == '+' ? ' ' : *s;
            s++;
        }
    }
    return fuzz_utf8_length(*out, *len) == *len ? URL_FINE : URL_BAD_UTF8;
}

static void check_decoding(struct arena *arena, const char *s)
{
    enum url_fault fault = URL_FAULT_MAX, again = URL_FAULT_MAX;
    struct buf path = {0};
    char *expected = NULL;
    size_t len = 0;

    const char *decoded = url_decode(arena, s, strlen(s), &fault);
    fuzz_check(fault == slow_decode(arena, s, &expected, &len));
    fuzz_check(fuzz_same(decoded, fault == URL_FINE ? expected : ""));
    if (fault != URL_FINE)
        return;
    fuzz_check(strlen(decoded) == len);
    url_path(&path, decoded);
    fuzz_check(fuzz_same(url_decode(arena, buf_string(&path), path.len, &again), decoded));
    fuzz_check(again == URL_FINE);
    if (decoded[0] == '/' && decoded[1] != '/')
        fuzz_check(str_is_local_path(buf_string(&path)));
    buf_free(&path);
}

/* The query string has these pairs; none of them is faulty. */
static void check_same_pairs(struct arena *arena, const struct url_pair *pairs, size_t count,
                             const char *query)
{
    struct url_pair *again = NULL;

    fuzz_check(url_query(arena, query, &again) == count);
    for (size_t i = 0; i < count; i++) {
        fuzz_check(fuzz_same(again[i].name, pairs[i].name));
        fuzz_check(fuzz_same(again[i].value, pairs[i].value));
        fuzz_check(again[i].fault == URL_FINE);
    }
}

static void check_query(struct arena *arena, const char *query)
{
    struct buf again = {0};
    struct url_pair *pairs = NULL;
    size_t parts = 0;

    for (const char *c = query; *c != '\0'; c++)
        parts += *c != '&' && (c[1] == '&' || c[1] == '\0');
    fuzz_check(url_query(arena, query, &pairs) == parts);
    for (size_t i = 0; i < parts; i++) {
        fuzz_check(fuzz_utf8_length(pairs[i].name, strlen(pairs[i].name)) == strlen(pairs[i].name));
        fuzz_check(fuzz_utf8_length(pairs[i].value, strlen(pairs[i].value)) ==
                   strlen(pairs[i].value));
        fuzz_check(pairs[i].fault == URL_FINE || *pairs[i].value == '\0');
        url_add(&again, pairs[i].name, pairs[i].value);
    }
    fuzz_check(strspn(buf_string(&again),
                      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                      "-._~!()*,/+%=&") == again.len);
    check_same_pairs(arena, pairs, parts, buf_string(&again));
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    const char *text = fuzz_rest(arena, &input);

    check_decoding(arena, text);
    check_query(arena, text);
    arena_close(arena);
    return 0;
}
