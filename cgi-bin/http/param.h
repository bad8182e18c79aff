/* param: a page's declared inputs, checked before any SQL runs. */
#ifndef TOLOK_PARAM_H
#define TOLOK_PARAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "http/out.h"
#include "http/page.h"
#include "http/route.h"

/* The number of parameters of a page. */
size_t param_count(const struct page *page);

/* The word for a kind, as in the error page's section "bad_<kind>" and in the program's --pages:
 * "slug", "code", "int", "text", "enum" or "slugs". */
const char *param_kind_name(enum param_kind kind);

/* Whether a text is of the parameter's kind; never for a list. */
bool param_fits(const struct param *param, const char *value);

/* What a request gives to its page. */
struct inputs {
    const char **values;    /* values[i], for as many as the page has parameters: the text for SQL;
                               NULL when absent */
    const char *query;      /* the canonical query string: the one that all query strings with these
                               values share */
    struct out_fault fault; /* what is wrong with a 400 */
};

/* Checks what path and query string give for each parameter of route->page and fills *inputs, whose
 * `values` the caller has set up; the strings belong to the arena. A parameter that the path took
 * is not looked for in the query. Returns 0; 404 when what the path took is not of its kind; 400
 * with the fault otherwise.
 *
 * The canonical query string has the parameters that are given and are not what their absence
 * means, in declared order and encoded in one way, and nothing else. It reads as the same values,
 * and is its own canonical form. */
int param_read(struct arena *arena, const struct route *route, const char *query,
               struct inputs *inputs);

#endif
