/* Lines over the rounds: the axis that pages city and compare share. Template part _line_axis.html
 * draws it. */
#ifndef TOLOK_LINE_H
#define TOLOK_LINE_H

#include <stdbool.h>
#include <stddef.h>

struct doc_node;
struct req;

/* Pixels from the top: where the axis ends, and how far down the numbers of points may be written.
 */
enum { LINE_TOP = 16, LINE_BOTTOM = 236, LINE_TEXT_LOW = 11, LINE_TEXT_HIGH = 240 };

struct line {
    size_t rounds;    /* how many stand side by side */
    double low, high; /* the axis */
    struct doc_node *drawn, *stops;
};

/* Begins a picture of some rounds with these values on the page's scale, as member `line` of drawn:
 * list levels, whether the axis begins above the scale's end (from_middle) and where (axis_start).
 * False when the page has no scale. */
bool line_begin(struct req *req, struct line *line, struct doc_node *drawn, size_t rounds,
                const double *values, size_t count);

/* Places: of the round with that number, in percent from the left, and of a value, in pixels from
 * the top. */
double line_x(const struct line *line, size_t round);
double line_y(const struct line *line, double value);

/* Adds to list stops: a round's label (its year where that is shorter; of many rounds only some are
 * written), its place in a drawing whose lines take `room` percent of the width, and whether the
 * method changed since the round before, in whose middle the break stands. */
void line_stop(struct req *req, const struct line *line, size_t round, const char *label,
               const char *year, bool here, bool changed, double room);

#endif
