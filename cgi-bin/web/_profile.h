/* Criteria against their group: bars, and the profile of a city's dimensions. Template parts
 * _city_bar.html and _city_profile.html draw them. */
#ifndef TOLOK_PROFILE_H
#define TOLOK_PROFILE_H

struct doc_node;
struct req;

/* Adds `drawn` to each element of measures: along the page's scale the end of the value's bar, the
 * median (middle) and the quartiles (low, width); and its stroke, the heavier the thicker. */
void profile_bars(struct req *req);

/* Adds to drawn, whose places are percent, where the dimensions stand in the profile: x of the
 * value, and y, one below the other. Adds `profile` with its height to the page's drawn; null for
 * fewer than three values, which are no picture. After profile_bars. */
void profile_draw(struct req *req, struct doc_node *drawn);

#endif
