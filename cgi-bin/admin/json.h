/* json: reads a JSON document as a flat list of its members, each with its line, so that faults can
 * be named and no number passes through floating point. */
#ifndef TOLOK_JSON_H
#define TOLOK_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum json_kind {
    JSON_NULL,
    JSON_BOOLEAN,
    JSON_INTEGER,
    JSON_NUMBER,
    JSON_STRING,
    JSON_OBJECT,
    JSON_ARRAY,
    JSON_KIND_MAX
};

/* A member of an object. */
struct json_member {
    const char *path;    /* "method.scale.min"; a key that holds a point stands in quotes */
    long line;           /* where its key is, from 1 */
    enum json_kind kind; /* JSON_INTEGER: a number without point and exponent */
    const char *text; /* a string's text, or the digits of a number, "true", "false", "null"; "" for
                         the others */
    bool repeated;    /* an earlier member has the same path */
};

/* Why a document can not be read. */
struct json_fault {
    long line;   /* from 1; 0: it is not known */
    size_t byte; /* offset of the byte that shows it, from 1; 0: not a matter of bytes */
    const char *message;
};

/* Reads the len bytes, which must be one JSON object, at most 8 levels deep. Returns its members in
 * document order, an object before its own members, and sets *count; arrays are not looked into.
 * NULL: not such a document, and *fault says why. Everything returned belongs to the arena. */
struct json_member *json_read(struct arena *arena, const char *bytes, size_t len, size_t *count,
                              struct json_fault *fault);

#endif
