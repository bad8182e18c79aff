/* Bars in tables, along the page's scale. */
#ifndef TOLOK_BAR_H
#define TOLOK_BAR_H

struct doc_node;
struct req;

/* Adds `bar` to a row and to all after it: the end of the bar of its value, null where it has none.
 */
void bar_rows(struct req *req, struct doc_node *row);

/* Adds `marked_x` to a row and to all after it: where the value of the visitor's own region lies,
 * in percent. Template part _own.html draws it. */
void bar_marks(struct req *req, struct doc_node *row);

/* Where the value of that name of an element lies on the page's scale, in percent; NULL when it has
 * none. */
const char *bar_place(struct req *req, struct doc_node *row, const char *name);

#endif
