/* The labels along the axis of a chart: list marks, in templates that draw one. */
#ifndef TOLOK_AXIS_H
#define TOLOK_AXIS_H

#include <stdbool.h>
#include <stddef.h>

struct doc_node;
struct req;

/* Reads the scale of the page's values, scale_min and scale_max of its document. False when there
 * is none that has a length. */
bool axis_scale(const struct req *req, double *min, double *max);

/* Adds list marks to a drawing: a label each, both ends and about `wanted` round values between
 * (chart_axis): mark_x in percent of the drawing, in which the axis reaches from 0 to `width`, and
 * mark, its value. The first label begins at its place, inner_mark ones stand around it, last_mark
 * ends there. */
void axis_draw(struct req *req, struct doc_node *drawing, double min, double max, size_t wanted,
               double width);

#endif
