/* catalog: the translations of the templates' messages (message.h) into one language, as
 * translators write them and `make messages` lays them out: templates/locale/<language>.po. */
#ifndef TOLOK_CATALOG_H
#define TOLOK_CATALOG_H

#include "base/arena.h"
#include "base/buf.h"

struct catalog;

/* Reads the file; the catalogue belongs to the arena. NULL, with FILE:LINE and the reason added to
 * fault, when it can not be read or a line is none of a catalogue. */
struct catalog *catalog_read(struct arena *arena, const char *path, struct buf *fault)
    __attribute__((warn_unused_result));

/* The translation, which belongs to the catalogue; NULL when there is none or it is empty. */
const char *catalog_find(const struct catalog *catalog, const char *message);

/* The line of a translation that catalog_find gave. */
long catalog_line(const struct catalog *catalog, const char *translation);

/* Adds the message, found in the template of that name, as gettext's tools read it, not translated.
 */
void catalog_entry(struct buf *out, const char *name, const char *message);

#endif
