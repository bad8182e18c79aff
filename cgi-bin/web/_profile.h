/* Criteria as bars with the median of their group. Template part _city_bar.html draws them. */
#ifndef TOLOK_PROFILE_H
#define TOLOK_PROFILE_H

struct req;

/* Adds `drawn` to each element of measures: along the page's scale the end of the value's bar, the
 * median (middle) and the value of the visitor's own region (marked_x); and its stroke, the heavier
 * the thicker. */
void profile_bars(struct req *req);

#endif
