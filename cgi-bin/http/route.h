/* route: which page of the table an address belongs to. */
#ifndef TOLOK_ROUTE_H
#define TOLOK_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "http/page.h"

enum { ROUTE_VALUES_MAX = 4 };

/* A page with what its path took from the address. */
struct route {
    const struct page *page;
    size_t count;
    struct {
        const char *name;  /* of the parameter */
        const char *value; /* the component; never empty */
    } values[ROUTE_VALUES_MAX];
};

/* Whether the path, as for route_find, fits the pattern of a page's path; then what the pattern
 * takes is added to route. */
bool route_fits(struct arena *arena, const char *pattern, const char *path, struct route *route);

/* Finds the first page of the table whose path fits and fills *route; its strings belong to the
 * arena. The path is decoded, begins with '/' and does not end with one unless it is "/". False
 * when no page fits. */
bool route_find(struct arena *arena, const struct page *pages, const char *path,
                struct route *route);

/* What the path took for the parameter of that name; NULL when it took nothing. */
const char *route_value(const struct route *route, const char *name);

#endif
