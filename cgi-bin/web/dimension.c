/* Page dimension: all values as dots. */
#include "_strip.h"
#include "fill.h"

void fill_dimension(struct req *req)
{
    strip_draw(req);
}
