/* fields: what a form sent, as far as its act declares it (struct act, `fields`). */
#ifndef TOLOK_FIELDS_H
#define TOLOK_FIELDS_H

#include <stdbool.h>

#include "desk/act_entry.h"
#include "desk/form.h"
#include "http/req.h"

/* Reads the body of the request into the form and leaves there what the act declares. 0, or the
 * status that the body deserves: 400 also when a field that is no list was sent twice, 413, 415. */
int fields_read(struct req *req, const struct act *act, struct form *form);

/* Whether a field may be shown again: it is declared, and neither a secret nor a file. */
bool fields_shown(const struct act *act, const struct form_field *field);

/* The fields as one object of JSON: those that are no argument of their own, or with `again` all
 * that may be shown again. It belongs to the arena. */
const char *fields_json(struct arena *arena, const struct act *act, const struct form *form,
                        bool again);

#endif
