/* The labels along the axis of a chart: section marks, in templates that draw one. */
#ifndef TOLOK_AXIS_H
#define TOLOK_AXIS_H

#include <stdbool.h>
#include <stddef.h>

struct req;

/* Reads the scale of the page's values, columns scale_min and scale_max of its head row. False when
 * there is none that has a length. */
bool axis_scale(const struct req *req, double *min, double *max);

/* Adds a row of section marks for each label, both ends and about `wanted` round values between
 * (chart_axis): mark_x in percent of the drawing, in which the axis reaches from 0 to `width`, and
 * mark, its value. The first label begins at its place, inner_mark ones stand around it, last_mark
 * ends there. */
void axis_marks(struct req *req, double min, double max, size_t wanted, double width);

#endif
