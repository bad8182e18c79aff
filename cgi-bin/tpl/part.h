/* part: the text of a template with its parts in place. ctemplate's own includes start with a
 * dictionary of their own and would not see the variables of a row; ours are put in as text before
 * ctemplate parses anything. */
#ifndef TOLOK_PART_H
#define TOLOK_PART_H

#include <stdbool.h>

#include "base/buf.h"
#include "tpl/message.h"

/* The line that begins every template file, without its newline. */
#define PART_PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

/* Parts that stay markers of ctemplate, under another name: {{>_foot}} becomes {{>en__foot}} with
 * prefix "en_". */
struct part_kept {
    const char *prefix;
    const char *const *names; /* NULL ends them */
};

/* Puts into out, which is empty, the pragma and then the text of <folder>/<name>.html, in which
 * each {{>_part}} is replaced by the text of <folder>/_part.html without that file's own pragma and
 * last newline. Blanks at the start of a line are left out.
 * {{>_title}} and {{>_description}} are no files but words of the page's own head, without the name
 * of the site. With `use` (message.h; may be NULL) each file is rewritten first; `kept` may be NULL
 * too. False, with the reason added to fault, when a file can not be read or lacks the pragma, when
 * a {{> does not name a part, or when parts are nested deeper than 8, or a translation does not
 * fit; out is then of no use. */
bool part_expand(const char *folder, const char *name, const struct message_use *use,
                 const struct part_kept *kept, struct buf *out, struct buf *fault);

/* Reads the file of that name, without its pragma and its last newline, into text, which is empty.
 * False as part_expand. */
bool part_read(const char *folder, const char *name, size_t name_len, struct buf *text,
               struct buf *fault);

/* Adds the messages of all files of the folder, as gettext's tools read them (catalog.h); one that
 * occurs twice is there twice. False when there are no files. */
bool part_messages(const char *folder, struct buf *out);

#endif
