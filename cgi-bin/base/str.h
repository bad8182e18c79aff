/* str: what counts as a well-formed piece of text. Pure functions; none keeps or changes its
 * argument. */
#ifndef TOLOK_STR_H
#define TOLOK_STR_H

#include <stdbool.h>
#include <stddef.h>

/* Reads a decimal integer written in its one canonical form: an optional '-', no '+', no blanks, no
 * leading zeros, no "-0". True when it is that and lies in min..max; then *value is set. Otherwise
 * *value is untouched. */
bool str_int(const char *s, long min, long max, long *value);

/* True when the len bytes are well-formed UTF-8 as PostgreSQL takes it: no overlong forms, no
 * surrogates, nothing above U+10FFFF, no NUL. The empty text is well-formed. */
bool str_utf8(const char *s, size_t len);

/* How many of the len bytes come before the first that is not well-formed in that sense; len when
 * all are. */
size_t str_utf8_length(const char *s, size_t len);

/* True when s has 1 to 64 characters out of [a-z0-9._-] (slug) or [A-Za-z0-9._-] (code). */
bool str_is_slug(const char *s);
bool str_is_code(const char *s);

/* True when s is one of the words in `words`, which are separated by single spaces. The empty text
 * never is. */
bool str_is_word(const char *s, const char *words);

/* True when s is text that may be searched for and shown again: well-formed UTF-8 of at most max
 * bytes, without control characters, line and paragraph separators, overrides of the writing
 * direction (they could turn the words around it) and code points that are not characters. */
bool str_is_text(const char *s, size_t max);

/* True when s is an address on this site: it starts with a single '/', and has no backslash, blank
 * or control character, so that no browser reads it as an address of another host. Bytes above 0x7f
 * are refused: an address goes out percent-encoded. */
bool str_is_local_path(const char *s);

#endif
