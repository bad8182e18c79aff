/* Values of two rounds as lines from the one to the other. Drawn by templates/_slope.html. */
#ifndef TOLOK_SLOPE_H
#define TOLOK_SLOPE_H

struct req;

/* Adds `slope` to the document, and its `line` to each element of its list dots that has `previous`
 * beside its value. Labels of one side lie apart. One line is hot: that of the visitor's own region
 * (`marked`), else of who moved farther than all others; where the page is `filtered` they are
 * those that are `listed`. Fewer than two lines are no picture: then slope is null. */
void slope_draw(struct req *req);

#endif
