/* Page cities: the map and its close-up. */
#include "web/_map.h"
#include "web/fill.h"

void fill_cities(struct req *req)
{
    map_draw(req);
    map_draw_near(req);
}
