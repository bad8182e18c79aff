/* The dot strip: all values of a section as dots along an axis, with median and quartiles. Drawn by
 * templates/_strip.html. */
#ifndef TOLOK_STRIP_H
#define TOLOK_STRIP_H

struct req;

/* Adds `strip` to the document, and to each element of its list dots (value, in ascending order)
 * its `spot`, along the part of the scale scale_min..scale_max that they and quartile_low, median
 * and quartile_high need. Fewer than eight values are no picture: then strip is null. */
void strip_draw(struct req *req);

#endif
