/* Names at the ends of lines: broken into at most two pieces and moved apart, so that none touches
 * another. */
#ifndef TOLOK_NAME_H
#define TOLOK_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct doc_node;
struct req;

/* Letters of a piece that have room at the right of a line on a telephone. */
enum { NAME_LETTERS = 14 };

struct name_label {
    const char *name;    /* not NULL */
    const char *shown;   /* the figure that follows it; may be NULL */
    double at;           /* wanted middle, in pixels from the top; name_place moves it */
    size_t first, bytes; /* bytes of its first piece, and of all */
    size_t longest;      /* letters of its longer piece */
    bool broken;         /* it has a second piece, behind a blank */
};

/* Breaks each name where its pieces are shortest, when it does not fit whole, and moves the labels
 * so that they keep apart and lie between low and high. */
void name_place(struct name_label *labels, size_t count, double low, double high);

/* Adds to end: list pieces (piece, piece_y, squeezed when it is longer than NAME_LETTERS, and
 * figure, which the last one has) and leader_y, where the line to the label ends. */
void name_draw(struct req *req, struct doc_node *end, const struct name_label *label);

#endif
