/* catalog: the translations of the templates' messages (message.h) into one language, as msgfmt has
 * written them to FOLDER/<language>/LC_MESSAGES/tolok.mo. The file is read here and not by gettext,
 * which would keep it, and a copy of each message that was looked up, for as long as the process
 * lives. */
#ifndef TOLOK_CATALOG_H
#define TOLOK_CATALOG_H

#include "base/buf.h"

struct catalog;

/* Opens the language's catalogue; the caller ends it with catalog_close. NULL when there is none,
 * or it is none. */
struct catalog *catalog_open(const char *folder, const char *lang)
    __attribute__((warn_unused_result));

/* NULL is allowed. */
void catalog_close(struct catalog *catalog);

/* The translation, which belongs to the catalogue; NULL when there is none or the catalogue is
 * NULL. */
const char *catalog_find(const struct catalog *catalog, const char *message);

/* Adds the message, which was found in that file, as gettext's tools read it, without a
 * translation. */
void catalog_entry(struct buf *out, const char *file, const char *message);

#endif
