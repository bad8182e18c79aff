#include "http/pages.h"

bool pages_find(struct arena *arena, const struct page *table, const char *path,
                struct route *route)
{
    for (; table->name != NULL; table++) {
        *route = (struct route){.page = table};
        if (route_fits(arena, table->path, path, route))
            return true;
    }
    *route = (struct route){0};
    return false;
}

size_t page_values(const struct page *page)
{
    return 1 + param_count(page->params) + (page->form ? 2 : 0);
}
