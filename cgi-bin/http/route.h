/* route: patterns of addresses, and what an address has where a pattern has a name. */
#ifndef TOLOK_ROUTE_H
#define TOLOK_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct page;

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

/* Whether the path, as for pages_find, fits the pattern of a page's path; then what the pattern
 * takes is added to route. */
bool route_fits(struct arena *arena, const char *pattern, const char *path, struct route *route);

/* What the path took for the parameter of that name; NULL when it took nothing. */
const char *route_value(const struct route *route, const char *name);

#endif
