/* tpl: our C port of ctemplate. A page is drawn from two objects (doc.h): its frame, which C makes,
 * and its document.
 *
 * Files: <page>.html are pages with their parts, which `make` has put in place (words/part.h), so
 * that a part sees the variables of the place where it stands; _<part>.html are those that several
 * pages share. Indentation and blank lines are not part of the page. A line end between tags and
 * markers stays one, where words go on it is a blank, and in a note, {{! }}, it is nothing.
 *
 * Names: a name is looked up in the innermost element, then outwards, then in the frame, then in
 * the document; the first that has it decides, also when it says null: a row whose value is null
 * never shows the page's value of the same name.
 *
 * Null, false, "" and [] are nothing; all else is something, zero too.
 *   {{x}}           its text or number; a flag, a list and an object have none
 *   {{#x}}          nothing: hidden. A value: shown once. An object: once, with its names in reach.
 *                   A list: for each element, with the names of an object, or, in a list of plain
 *                   values, with the list's name for the value
 *   {{#has_x}}      shown once when x is something, without entering it: for headings above lists
 *   {{#no_x}}       shown when x is nothing
 *   {{#kind_kota}}  shown when kind_word is 'kota'
 * The name as it stands comes before the last three, wherever it is; so no key begins with has_ or
 * no_. A name that nobody has shows nothing, neither as x nor as no_x.
 *
 * Modifiers: {{v:x-num}} {{v:x-num=2}} {{v:x-num=+}} {{v:x-num=+2}} {{v:x-date}} {{v:x-time}}, see
 * fmt.h; a value that they can not read comes out as it is. {{n:x-plural=region/regions}} is the
 * first word when n is 1, else the second. All are escaped like any value after them. ctemplate's
 * own work too ({{v:u}} inside addresses). {{#rows_separator}} inside {{#rows}} stands between
 * rows. */
#ifndef TOLOK_TPL_H
#define TOLOK_TPL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct doc_node;
struct tpl_set; /* the templates of a folder */

/* The templates of a folder, as `make` has put them together: <language>/<page>.html (lang.h). One
 * is read when it is asked for the first time. NULL, after a log line, when the folder has no page
 * of errors. The caller ends it with tpl_unload. */
struct tpl_set *tpl_load(const char *folder);

void tpl_unload(struct tpl_set *set);

/* Whether ctemplate takes the text of a template, whatever its shared parts are; when not, the
 * reason is added to fault. */
bool tpl_check(const char *text, size_t len, struct buf *fault);

/* For the lint by rendering: until it is called with NULL, each name that a template asks for adds
 * a line to out: "found", "unknown" when nobody has it, or "textless" when {{x}} stands where x has
 * no text; a blank; the name. */
void tpl_notes(struct buf *out);

/* Adds the rendered page to out; each of the objects may be NULL, and lang is one of the languages.
 * False, after a log line and with out as it was, when there is no such template, which is then
 * looked for anew the next time, or ctemplate complains. */
bool tpl_render(struct tpl_set *set, const char *page, struct doc_node *frame,
                struct doc_node *document, const char *lang, struct buf *out);

#ifdef __cplusplus
}
#endif

#endif
