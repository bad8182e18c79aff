/* chart: geometry for fill hooks. Pure functions on doubles: a place on a chart, unlike a figure,
 * may be rounded. */
#ifndef TOLOK_CHART_H
#define TOLOK_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Reads a plain decimal as SQL returns it. False for NULL and for what is not a finite number;
 * *value is untouched. */
bool chart_number(const char *text, double *value);

/* Where value lies on a scale from min to max, in percent, 0 to 100; a value off the scale lies at
 * its end. 0 when max is not above min. */
double chart_percent(double value, double min, double max);

/* Where value lies between top and bottom, in pixels from above, on a scale from low at the bottom
 * to high at the top; a value off the scale lies at its end. */
double chart_height(double value, double low, double high, double top, double bottom);

/* Where the axis of a line that is not a bar may begin: in the middle of min..max when none of the
 * values is below, else at min. */
double chart_axis_start(const double *values, size_t count, double min, double max);

/* A length or position as text for an SVG attribute: at most two decimals, a point, no trailing
 * zeros. */
const char *chart_text(struct arena *arena, double value);

/* The end of a bar at that percentage, for an SVG attribute. A lowest value has a stub of three
 * pixels, so that it is seen as a value. */
const char *chart_bar(struct arena *arena, double percent);

/* A value on a scale as text for the template, written as SQL would: a plain decimal of at most
 * nine decimals, no trailing zeros. */
const char *chart_decimal(struct arena *arena, double value);

enum { CHART_TICKS_MAX = 12 };

/* The smallest round step (1, 2 or 5 times a power of ten) of which at most `wanted` multiples, 2
 * to CHART_TICKS_MAX, lie between min and max, both included. 0 when max is not above min. */
double chart_step(double min, double max, size_t wanted);

/* Fills ticks with what stands along an axis, in ascending order: both ends, and between them the
 * multiples of chart_step that are at least half a step away from either. Returns their number; 0
 * when max is not above min. */
size_t chart_axis(double min, double max, size_t wanted, double ticks[CHART_TICKS_MAX + 2]);

/* The piece of the scale min..max on which values from *low to *high are told apart best: both ends
 * move outwards to multiples of their chart_step for `wanted`, but not off the scale. All of the
 * scale when *high is not above *low. */
void chart_span(double min, double max, size_t wanted, double *low, double *high);

/* Stacks count dots, whose places at[] are in ascending order, so that dots at the same level are
 * at least `gap` apart: each gets the lowest level that is free, in levels[], counted from 0.
 * Returns how many levels there are. */
size_t chart_swarm(const double *at, size_t count, double gap, size_t *levels);

/* Moves count labels so that neighbours are at least `gap` apart and all lie in low..high, each as
 * near to where it wants to be as possible (least squares). at[] holds the wanted places in
 * ascending order and gets the new ones. When there is no room for the gap they share the room
 * evenly. */
void chart_place(double *at, size_t count, double gap, double low, double high);

/* The same for places in any order; of equal ones the first comes first. */
void chart_spread(double *at, size_t count, double gap, double low, double high);

/* How many letters the bytes of a well-formed text have, by which room for it is reckoned. */
size_t chart_letters(const char *text, size_t bytes);

#endif
