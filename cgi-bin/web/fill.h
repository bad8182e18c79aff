/* The fill hooks of the table in pages.c: what SQL can not say of a page, added before it is
 * rendered (page.h). */
#ifndef TOLOK_FILL_H
#define TOLOK_FILL_H

struct req;

void fill_changes(struct req *req);
void fill_cities(struct req *req);
void fill_city(struct req *req);
void fill_compare(struct req *req);
void fill_dimension(struct req *req);
void fill_home(struct req *req);
void fill_method(struct req *req);
void fill_ranking(struct req *req);
void fill_report(struct req *req);

#endif
