/* keep: a choice of the visitor that goes along. What was given for a parameter that is `kept`
 * (param.h) stands in every link of the page to a page of this program that has the same
 * parameter, so that it lasts without a cookie and without a script. A form takes it along with
 * templates/_mine_field.html. A link that names the parameter itself is left as it is: "?daerah="
 * lets it go. */
#ifndef TOLOK_KEEP_H
#define TOLOK_KEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct req;

/* Adds the address, len bytes as they stand in an attribute or, with `plain`, in a header, and what
 * is kept where its page has it. */
void keep_address(struct buf *out, struct req *req, const char *address, size_t len, bool plain);

/* Has all links of a body that tpl_render made keep it. */
void keep_links(struct req *req, struct buf *body);

#endif
