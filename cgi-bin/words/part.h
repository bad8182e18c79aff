/* part: the text of a template with its parts in place. ctemplate's own includes start with a
 * dictionary of their own and would not see the variables of a row; ours are put in as text before
 * ctemplate parses anything. */
#ifndef TOLOK_PART_H
#define TOLOK_PART_H

#include <stdbool.h>

#include "words/message.h"

/* The line that begins every template file, without its newline. */
#define PART_PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

struct part_place {
    const char *folder;            /* of the templates */
    const char *lang;              /* that the text is made in */
    const struct message_use *use; /* rewrites each file (message.h); NULL: it stays as it is */
    struct buf *fault;             /* gets "FILE:LINE: REASON\n" for what is refused */
};

/* True for a part that stays a marker, as several pages have it and it is parsed once for all:
 * {{>_foot}} becomes {{>en__foot}}, and its text is made like that of a page. */
bool part_is_shared(const char *name, size_t len);

/* Puts into out, which is empty, the pragma and then the text of <name>.html, in which each
 * {{>_part}} is replaced by the text of _part.html without that file's own pragma and last newline.
 * Blanks at the start of a line are left out, words that go on in the next line stand in one, and
 * x-num without an argument gets an empty one, as ctemplate knows a modifier either with or
 * without. {{>_title}} and {{>_description}} are no files but words of the page's own head
 * (part_head.h). False when a file can not be read or lacks the pragma, a {{> does not name a
 * part, parts are nested deeper than 8, the title has a quote, or a translation does not fit; out
 * is then of no use. */
bool part_expand(const struct part_place *place, const char *name, struct buf *out);

/* Adds FILE:LINE of where that line of the text came from, counted from 1, with a place that has no
 * `use`; of lines that became one, the first. */
void part_origin(const struct part_place *place, const char *name, long line, struct buf *out);

/* Reads the file of that name, without its pragma and its last newline, into text, which is empty.
 */
bool part_read(const struct part_place *place, const char *name, struct buf *text);

#endif
