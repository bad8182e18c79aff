#include "http/route.h"

#include <string.h>

/* Moves *at behind the '/' and the component that follow, and returns the component's length;
 * *component is its start. Nothing is left when *at was at the end: then the length is 0 and
 * *component NULL. */
static size_t next_component(const char **at, const char **component)
{
    if (**at != '/') {
        *component = NULL;
        return 0;
    }
    *component = *at + 1;
    size_t length = strcspn(*component, "/");
    *at = *component + length;
    return length;
}

bool route_fits(struct arena *arena, const char *pattern, const char *path, struct route *route)
{
    const char *wanted = NULL;
    const char *given = NULL;

    for (;;) {
        size_t wanted_len = next_component(&pattern, &wanted);
        size_t given_len = next_component(&path, &given);
        if (wanted == NULL || given == NULL) {
            bool optional = wanted != NULL && wanted_len > 0 && wanted[wanted_len - 1] == '?';
            return given == NULL && (wanted == NULL || optional);
        }
        if (wanted[0] != ':') {
            if (wanted_len != given_len || memcmp(wanted, given, given_len) != 0)
                return false;
            continue;
        }
        if (given_len == 0 || route->count == ROUTE_VALUES_MAX)
            return false;
        size_t name_len = wanted_len - 1 - (wanted[wanted_len - 1] == '?');
        route->values[route->count].name = arena_copy(arena, wanted + 1, name_len);
        route->values[route->count].value = arena_copy(arena, given, given_len);
        route->count++;
    }
}

const char *route_value(const struct route *route, const char *name)
{
    for (size_t i = 0; i < route->count; i++) {
        if (strcmp(route->values[i].name, name) == 0)
            return route->values[i].value;
    }
    return NULL;
}
