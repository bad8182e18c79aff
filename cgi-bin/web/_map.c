#include "web/_map.h"

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"

/* Windows of the outline (plate carree, made by etc/map/indonesia.mjs), in degrees. */
struct window {
    double west, north, width, height;
};

static const struct window whole = {94.5, 6.5, 47, 18}, close = {104.9, -5.6, 12, 3.6};

/* Radius of a ring, of the smallest dot and what the largest has more, in percent of the map like
 * an svg's r. In the close-up dots have more room. */
static const double ring = 1, least = 0.9, more = 0.007, near_times = 1.5;

/* Where a dot lies in a window, in percent; false when it has no place or lies outside. */
static bool locate(struct doc_node *dot, const struct window *window, double *x, double *y)
{
    if (!chart_number(doc_text(dot, "longitude"), x) || !chart_number(doc_text(dot, "latitude"), y))
        return false;
    *x = (*x - window->west) / window->width * 100;
    *y = (window->north - *y) / window->height * 100;
    return *x >= 0 && *x <= 100 && *y >= 0 && *y <= 100;
}

static double size_of(struct req *req, struct doc_node *dot)
{
    double min = 0, max = 0, value = 0, at = 0;

    if (!chart_number(doc_text(dot, "value"), &value))
        return ring;
    if (!chart_number(doc_text(dot, "at"), &at) && axis_scale(req, &min, &max))
        at = chart_percent(value, min, max);
    return least + more * at;
}

static void draw(struct req *req, struct doc_node *place, double x, double y, double size)
{
    doc_add_text(req->arena, place, "x", chart_text(req->arena, x));
    doc_add_text(req->arena, place, "y", chart_text(req->arena, y));
    doc_add_text(req->arena, place, "size", chart_text(req->arena, size));
}

void map_draw(struct req *req)
{
    double x = 0, y = 0;

    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL; dot = dot->next) {
        bool there = locate(dot, &whole, &x, &y);
        struct doc_node *place = doc_add(req->arena, dot, "place", there ? DOC_OBJECT : DOC_NULL);
        if (there)
            draw(req, place, x, y, size_of(req, dot));
    }
}

void map_draw_near(struct req *req)
{
    struct arena *arena = req->arena;
    double x = 0, y = 0;
    size_t count = 0;

    for (struct doc_node *dot = doc_list(req->document, "dots"); dot != NULL; dot = dot->next) {
        bool there = locate(dot, &close, &x, &y);
        struct doc_node *place = doc_add(arena, dot, "close", there ? DOC_OBJECT : DOC_NULL);
        if (there)
            draw(req, place, x, y, near_times * size_of(req, dot));
        count += there;
    }
    struct doc_node *near =
        doc_add(arena, req->document, "near", count > 0 ? DOC_OBJECT : DOC_NULL);
    if (count == 0)
        return;
    doc_add_text(arena, near, "near_count", arena_format(arena, "%zu", count));
    doc_add_text(arena, near, "frame_x",
                 chart_text(arena, (close.west - whole.west) / whole.width * 100));
    doc_add_text(arena, near, "frame_y",
                 chart_text(arena, (whole.north - close.north) / whole.height * 100));
    doc_add_text(arena, near, "frame_width", chart_text(arena, close.width / whole.width * 100));
    doc_add_text(arena, near, "frame_height", chart_text(arena, close.height / whole.height * 100));
}
