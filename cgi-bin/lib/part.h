/* part: the text of a template with its parts in place. ctemplate's own includes start with a dictionary of their own
 * and would not see the variables of a row; ours are put in as text before ctemplate parses anything. */
#ifndef TOLOK_PART_H
#define TOLOK_PART_H

#include <stdbool.h>

#include "buf.h"

/* The line that begins every template file, without its newline. */
#define PART_PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

/* Adds to out the pragma and then the text of <folder>/<name>.html, in which each {{>_part}} is replaced by the text
 * of <folder>/_part.html without that file's own pragma and last newline. Blanks at the start of a line are left out.
 * False, with the reason added to fault, when a file can not be read or lacks the pragma, when a {{> does not name a
 * part, or when parts are nested deeper than 8; out is then of no use. */
bool part_expand(const char *folder, const char *name, struct buf *out, struct buf *fault);

#endif
