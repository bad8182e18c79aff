/* param: declared inputs, checked before any SQL runs. */
#ifndef TOLOK_PARAM_H
#define TOLOK_PARAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct route;

/* Kinds of input. Each is checked before any SQL runs: what the path gives and is not of its kind
 * is an address that does not exist (404), in the query string it is a 400 that names the
 * parameter. There an empty value counts as absent, blanks around it are dropped, and a name that
 * is given twice is a 400 unless the kind is a list. */
enum param_kind {
    PARAM_SLUG,  /* [a-z0-9._-]{1,64}: a city, a province */
    PARAM_CODE,  /* [A-Za-z0-9._-]{1,64}: a round, a criterion */
    PARAM_INT,   /* decimal integer, min..max, in its canonical form: no '+', no leading zeros */
    PARAM_TEXT,  /* UTF-8 that may be shown again (str.h), at most max bytes */
    PARAM_ENUM,  /* one of the words in `words`, separated by single spaces */
    PARAM_SLUGS, /* slugs separated by commas and blanks, or the name repeated; at most max; repeats
                    are dropped; reaches SQL as text[] */
    PARAM_MAX
};

struct param {
    const char *name; /* as in the address: "putaran"; NULL ends the list */
    enum param_kind kind;
    long min, max;        /* meaning depends on kind; 0, 0 where it has none */
    const char *words;    /* PARAM_ENUM only */
    const char *standard; /* value when absent; NULL: absent reaches SQL as NULL */
    bool kept; /* links take it along (keep.h); PARAM_SLUG only, and one of a page at most */
};

/* Why an input is refused: what the error page says about it. */
struct param_fault {
    const char *field; /* the parameter's name */
    const char *what;  /* the section to show: bad_int, bad_slug, bad_code, bad_text, bad_enum,
                          bad_slugs, repeated or  bad_utf8 */
    long min, max;     /* the range, where there is one */
    const char *words; /* of an enumeration, separated by single spaces; or NULL */
};

/* The number of parameters of a list. */
size_t param_count(const struct param *params);

/* The word for a kind, as in the error page's section "bad_<kind>" and in the program's --pages:
 * "slug", "code", "int", "text", "enum" or "slugs". */
const char *param_kind_name(enum param_kind kind);

/* Whether a text is of the parameter's kind; never for a list. */
bool param_fits(const struct param *param, const char *value);

/* What a request gives to its page. */
struct inputs {
    const char **values; /* values[i], for as many as the page has parameters: the text for SQL;
                            NULL when absent */
    const char *query;   /* the canonical query string: the one that all query strings with these
                            values share */
    const char *own;     /* the same without what is kept: the page's own address */
    const char *kept;    /* the name of what is kept, where it was given, and its value; or NULL */
    const char *kept_value;
    struct param_fault fault; /* what is wrong with a 400 */
};

/* Checks what path and query string give for each of the parameters and fills *inputs, whose
 * `values` the caller has set up; the strings belong to the arena. A parameter that the path took
 * is not looked for in the query. Returns 0; 404 when what the path took is not of its kind; 400
 * with the fault otherwise.
 *
 * The canonical query string has the parameters that are given and are not what their absence
 * means, in declared order and encoded in one way, and nothing else. It reads as the same values,
 * and is its own canonical form. */
int param_read(struct arena *arena, const struct param *params, const struct route *route,
               const char *query, struct inputs *inputs);

#endif
