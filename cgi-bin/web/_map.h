/* The map of regions: template part _map_dot.html draws a dot. */
#ifndef TOLOK_MAP_H
#define TOLOK_MAP_H

struct doc_node;
struct req;

/* Adds `place` to each element of dots, which has its longitude and latitude: x, y and size on the
 * outline public/indonesia.svg, in percent. The higher a value lies on the page's scale, or as `at`
 * says it, the larger the dot; a region without one has a small ring. */
void map_draw(struct req *req);

/* After that, for the close-up from Java to Lombok: adds `close` to each, null outside, and `near`
 * to the page: how many lie there and the frame of the close-up on the map. Null when none does. */
void map_draw_near(struct req *req);

#endif
