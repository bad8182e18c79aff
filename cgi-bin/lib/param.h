/* param: a page's declared inputs, checked before any SQL runs. */
#ifndef TOLOK_PARAM_H
#define TOLOK_PARAM_H

#include <stddef.h>

#include "arena.h"
#include "out.h"
#include "page.h"
#include "route.h"

/* The number of parameters of a page. */
size_t param_count(const struct page *page);

/* The word for a kind, as in the error page's section "bad_<kind>" and in the program's --pages: "slug", "code",
 * "int", "text", "enum" or "slugs". */
const char *param_kind_name(enum param_kind kind);

/* Checks what path and query string give for each parameter of route->page and sets values[i], in declared order, to
 * the text for SQL, or NULL when absent; the strings belong to the arena. A parameter that the path took is not looked
 * for in the query. Returns 0; 404 when what the path took is not of its kind; 400 with *fault filled otherwise. */
int param_read(struct arena *arena, const struct route *route, const char *query, const char **values,
               struct out_fault *fault);

#endif
