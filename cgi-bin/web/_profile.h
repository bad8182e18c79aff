/* The profile: the dimensions of a city against their group. Template part _city_profile.html draws
 * it. */
#ifndef TOLOK_PROFILE_H
#define TOLOK_PROFILE_H

struct req;

/* Places those rows of section measures that are one of the six dimensions (known): value, median
 * and quartiles along the page's scale, one below the other. Fewer than three values are no
 * picture: then has_profile stays hidden. */
void profile_draw(struct req *req);

#endif
