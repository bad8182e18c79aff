/* The ruler: the labels of a scale, and a city's main value on it. Drawn by
 * templates/_city_ruler.html and _city_scale.html. */
#ifndef TOLOK_RULER_H
#define TOLOK_RULER_H

struct doc_node;
struct req;

/* Adds what the document's hook is called by, `drawn`, and returns it: an object with list marks,
 * the labels of the page's scale, and `ruler`, where object standing and its target, earlier value
 * and our own value lie on it, and the visitor's own region (marked_x); null without a value. */
struct doc_node *ruler_draw(struct req *req);

#endif
