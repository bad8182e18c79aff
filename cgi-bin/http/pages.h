/* pages: the table of a program's pages: what an entry of its pages.c declares, and which page an
 * address belongs to. What a page is and how it is answered: page.h. */
#ifndef TOLOK_PAGES_H
#define TOLOK_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "http/param.h"
#include "http/route.h"

struct req;

/* Who may open a page, in a program whose visitors sign in. */
enum page_door {
    PAGE_SIGNED_IN,
    PAGE_HALF, /* who has given the password, and not yet the one-time code */
    PAGE_ANYONE
};

struct page {
    const char *name; /* the one word: template, SQL function, tests */
    const char *path; /* "/kota/:city": a component that starts with ':' is the parameter of that
                         name; "/peringkat/:putaran?" may lack its last component */
    const char *nav; /* which entry of the main menu is current: shows section nav_<nav>; or NULL */
    const struct param *params;
    int max_age; /* seconds that an answer may be kept; that of its document wins */
    void (*fill)(struct req *); /* adds values that only C can make (chart geometry); or NULL */
    const char *fills; /* the names that `fill` adds, separated by spaces, for the lint */
    const char *doc;   /* one sentence: what the page answers */
    enum page_door door;
    bool form; /* its function takes two arguments more, `sent jsonb, answer jsonb`: what was sent
                  with a form, and why that was not done; NULL when the page is only looked at */
};

/* The program's table, ended by an entry without a name; defined in its pages.c. An address belongs
 * to the first entry whose path fits. */
extern const struct page pages[];

/* Finds the first page of the table whose path fits and fills *route; its strings belong to the
 * arena. The path is decoded, begins with '/' and does not end with one unless it is "/". False
 * when no page fits. */
bool pages_find(struct arena *arena, const struct page *table, const char *path,
                struct route *route);

/* How many values its function takes: the language, the parameters, and two where it has a form. */
size_t page_values(const struct page *page);

#endif
