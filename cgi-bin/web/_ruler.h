/* The ruler: the labels of a scale, and a city's main value on it. Drawn by
 * templates/_city_ruler.html and _city_scale.html. */
#ifndef TOLOK_RULER_H
#define TOLOK_RULER_H

struct req;

/* Places what stands along the page's scale (columns scale_min and scale_max of the head row) and,
 * where section standing has a row, its value, target, earlier value and our own value. A page
 * without a scale stays as it is. */
void ruler_draw(struct req *req);

#endif
