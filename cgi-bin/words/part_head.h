/* part_head: the words of a page's head, said again where a template asks for them. Only part.c
 * includes it. */
#ifndef TOLOK_PART_HEAD_H
#define TOLOK_PART_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* True for _title and _description, which are no files. */
bool part_is_head(const char *name, size_t len);

/* Replaces {{>_title}} by what the page's <title> says, up to the last " – ", behind which is the
 * name of the site, and
 * {{>_description}} by the content of its <meta name="description">; by nothing when it has none.
 * They stand in attributes: false, and the text as it was, when the title has a quote. */
bool part_head(struct buf *page);

#endif
