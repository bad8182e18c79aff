/* render: pages from documents of standard input, without a database: for those who design
 * templates, and for the lint by rendering. */
#ifndef TOLOK_RENDER_H
#define TOLOK_RENDER_H

#include <stdbool.h>

#include "http/page.h"

/* Draws the page of that name in a program's table from the one document on standard input, as an
 * answer on standard output. PATH_INFO gives the address, and with it the language. 0: done. 1: it
 * could not be, after a line that says why. */
int render_page(const struct page *table, const char *role, const char *name);

/* Draws it from each of the documents there, and prints what the template asked for: lines of
 * tpl_notes, and for each key of a document "read" or "unread", a blank, and the names that lead to
 * it with points between. Where visitors sign in, the hook is left out: it belongs to a visit. */
int render_names(const struct page *table, const char *role, bool hooks, const char *name);

#endif
