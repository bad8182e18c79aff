/* route: the table of the public pages and one of awkward patterns, against a comparison part by
 * part. Each line is a path. */
#include "http/route.h"

#include "fuzz.h"
#include "http/pages.h"

static const struct page awkward[] = {
    {.name = "root", .path = "/"},
    {.name = "maybe", .path = "/a/:x?"},
    {.name = "same", .path = "/a/b"},
    {.name = "three", .path = "/:x/b/:y"},
    {.name = "four", .path = "/:a/:b/:c/:d"},
    {.name = "five", .path = "/:a/:b/:c/:d/:e"},
    {.name = "word", .path = "/a?/b?"},
    {0},
};

enum { PARTS_MAX = 8 };

/* Cuts the text at each '/'; returns the number of parts, which is PARTS_MAX when there are more.
 */
static size_t cut(struct arena *arena, const char *text, char **parts)
{
    size_t count = 0;

    while (*text == '/' && count < PARTS_MAX) {
        size_t len = strcspn(text + 1, "/");
        parts[count++] = arena_copy(arena, text + 1, len);
        text += len + 1;
    }
    return count;
}

/* Whether the path fits the page, each part of both laid side by side. */
static bool fits(struct arena *arena, const struct page *page, const char *path)
{
    char *wanted[PARTS_MAX] = {NULL}, *given[PARTS_MAX] = {NULL};
    size_t wants = cut(arena, page->path, wanted), has = cut(arena, path, given);
    size_t taken = 0;

    bool may_lack = wants > 0 && strchr(wanted[wants - 1], '?') != NULL;
    if (has > wants || has + may_lack < wants || has >= PARTS_MAX)
        return false;
    for (size_t i = 0; i < has; i++) {
        bool free_part = wanted[i][0] == ':';
        if (free_part ? *given[i] == '\0' : strcmp(wanted[i], given[i]) != 0)
            return false;
        taken += free_part;
    }
    return taken <= ROUTE_VALUES_MAX;
}

/* The values that were taken, put back into the pattern, give the path. */
static void check_values(struct arena *arena, const struct route *route, const char *path)
{
    char *wanted[PARTS_MAX] = {NULL}, *given[PARTS_MAX] = {NULL};
    size_t has = cut(arena, path, given);
    size_t taken = 0;

    cut(arena, route->page->path, wanted);
    for (size_t i = 0; i < has; i++) {
        if (wanted[i][0] != ':')
            continue;
        const char *name = arena_copy(arena, wanted[i] + 1, strcspn(wanted[i] + 1, "?"));
        fuzz_check(fuzz_same(route_value(route, name), given[i]));
        taken++;
    }
    fuzz_check(taken == route->count);
    fuzz_check(route_value(route, "no such name") == NULL);
}

static void check(struct arena *arena, const struct page *table, const char *path)
{
    struct route route;
    bool found = pages_find(arena, table, path, &route);

    while (table->name != NULL && !fits(arena, table, path))
        table++;
    fuzz_check(found == (table->name != NULL));
    fuzz_check(route.page == (found ? table : NULL));
    if (found)
        check_values(arena, &route, path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);

    while (input.at < input.end) {
        const char *path = fuzz_line(arena, &input);
        size_t len = strlen(path);
        /* As route.h asks for. */
        if (*path != '/' || (len > 1 && path[len - 1] == '/'))
            continue;
        check(arena, pages, path);
        check(arena, awkward, path);
    }
    arena_close(arena);
    return 0;
}
