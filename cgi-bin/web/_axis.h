/* The labels along the axis of a chart: section marks, in templates that draw one. */
#ifndef TOLOK_AXIS_H
#define TOLOK_AXIS_H

#include <stddef.h>

struct req;

/* Adds a row of section marks for each label, both ends and about `wanted` round values between (chart_axis): mark_x in
 * percent of the drawing, in which the axis reaches from 0 to `width`, and mark, its value. The first label begins at its
 * place, inner_mark ones stand around it, last_mark ends there. */
void axis_marks(struct req *req, double min, double max, size_t wanted, double width);

#endif
