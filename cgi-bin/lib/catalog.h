/* catalog: the translations of the templates' messages (message.h), found by gettext in a folder that msgfmt has filled:
 * FOLDER/<language>/LC_MESSAGES/tolok.mo. One language is open at a time, for the whole process. */
#ifndef TOLOK_CATALOG_H
#define TOLOK_CATALOG_H

#include <stdbool.h>

#include "buf.h"

/* Opens the language. False when there is no such file. */
bool catalog_open(const char *folder, const char *lang);

/* The translation into the open language, for good; NULL when there is none. */
const char *catalog_find(const char *message);

/* Adds the message, which was found in that file, as gettext's tools read it, without a translation. */
void catalog_entry(struct buf *out, const char *file, const char *message);

#endif
