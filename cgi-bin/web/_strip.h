/* The dot strip: all values of a section as dots along an axis, with median and quartiles. Drawn by
 * templates/_strip.html. */
#ifndef TOLOK_STRIP_H
#define TOLOK_STRIP_H

struct req;

/* Places the rows of section dots (value, in ascending order) and the head row's quartile_low,
 * median and quartile_high along the part of the scale scale_min..scale_max that they need. Fewer
 * than eight values are no picture: then has_strip stays hidden. */
void strip_draw(struct req *req);

#endif
