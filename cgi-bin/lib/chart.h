/* chart: geometry for fill hooks. Pure functions on doubles: a place on a chart, unlike a figure, may be rounded. */
#ifndef TOLOK_CHART_H
#define TOLOK_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* Reads a plain decimal as SQL returns it. False for NULL and for what is not a finite number; *value is untouched. */
bool chart_number(const char *text, double *value);

/* Where value lies on a scale from min to max, in percent, 0 to 100; a value off the scale lies at its end. 0 when
 * max is not above min. */
double chart_percent(double value, double min, double max);

/* The same as text for an SVG attribute, with at most two decimals: "82.75%". The text belongs to the arena; NULL when
 * value is not a number, so that a missing figure draws nothing. */
const char *chart_percent_text(struct arena *arena, const char *value, double min, double max);

/* A length or position as text for an SVG attribute: at most two decimals, a point, no trailing zeros. */
const char *chart_text(struct arena *arena, double value);

enum { CHART_TICKS_MAX = 12 };

/* Fills ticks with the multiples of a round step (1, 2 or 5 times a power of ten) between min and max, both included;
 * the step is the smallest that gives at most `wanted` of them. wanted is 2 to CHART_TICKS_MAX. Returns their number;
 * 0 when max is not above min. */
size_t chart_ticks(double min, double max, size_t wanted, double ticks[CHART_TICKS_MAX]);

/* Moves count labels so that neighbours are at least `gap` apart and all lie in low..high, each as near to where it
 * wants to be as possible (least squares). at[] holds the wanted places in ascending order and gets the new ones.
 * When there is no room for the gap they share the room evenly. */
void chart_place(double *at, size_t count, double gap, double low, double high);

#endif
