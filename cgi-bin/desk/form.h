/* form: the body of a POST as a list of fields, urlencoded or multipart/form-data. Pure functions;
 * anything may come in. What browsers and curl send is read; other ways to write the same are
 * refused, so that nobody reads a body in another way than we do. */
#ifndef TOLOK_FORM_H
#define TOLOK_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum {
    FORM_FIELDS_MAX = 200,            /* fields of one form */
    FORM_BODY_MAX = 1024 * 1024,      /* bytes of a body without a file */
    FORM_FILE_MAX = 10 * 1024 * 1024, /* bytes of one file; whoever stores it refuses more */
    FORM_UPLOAD_MAX =
        FORM_FILE_MAX + 1024 * 1024 /* bytes of a body with a file: one that is too large is still
                                     * read, so that the answer can be a sentence */
};

/* Why a body can not be read. */
enum form_fault {
    FORM_FINE,
    FORM_TYPE,   /* another media type, or none: 415 */
    FORM_BROKEN, /* it is not what its type says, or its text is not valid UTF-8: 400 */
    FORM_MANY,   /* more than FORM_FIELDS_MAX fields: 400 */
    FORM_FAULT_MAX
};

struct form_field {
    const char *name;  /* 1 to 64 characters out of [A-Za-z0-9._-] */
    const char *value; /* text; each line break is one line feed. "" for a file */
    bool repeated;     /* an earlier field has the same name */
    bool is_file;
    const char *file_name; /* as the sender says: any valid UTF-8 behind its last '/' or '\'; may
                            * hold quotes, line breaks and control characters, may be "". NULL when
                            * it is not a file */
    const char *bytes; /* the file: a part of the body, which has to live as long. NULL when it is
                          not a file */
    size_t len;        /* bytes of the file */
};

struct form {
    struct form_field *fields; /* in their order */
    size_t count;
};

/* Reads the len bytes of a body whose header Content-Type is `type` (NULL: there was none). A file
 * field for which nobody chose a file (no name, no bytes) is left out. Unless it returns FORM_FINE
 * the form has no fields. Everything belongs to the arena, but for `bytes`. */
enum form_fault form_read(struct arena *arena, const char *type, const char *body, size_t len,
                          struct form *form);

/* The first field of that name, NULL when there is none. */
const struct form_field *form_find(const struct form *form, const char *name);

/* The text of the first field of that name that is not a file, NULL when there is none. */
const char *form_value(const struct form *form, const char *name);

#endif
