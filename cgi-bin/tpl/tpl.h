/* tpl: our C port of ctemplate. A page fills a tree of dictionaries and has it rendered.
 *
 * Files: <page>.html are pages with their parts, which `make` has put in place (words/part.h), so
 * that a part sees the variables of the place where it stands; _<part>.html are those that several
 * pages share. Indentation and blank lines are not part of the page. A line end between tags and
 * markers stays one, where words go on it is a blank, and in a note, {{! }}, it is nothing.
 *
 * Names: a name is looked up in the innermost element, then outwards; the first that has it
 * decides, also when it says null, absent or hidden: a row whose value is null never shows the
 * page's value of the same name.
 *
 * Of a document (doc.h) null, false, "" and [] are nothing; all else is something, zero too.
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
 * rows.
 *
 * Strings that are handed in are not copied: they have to live until tpl_close. */
#ifndef TOLOK_TPL_H
#define TOLOK_TPL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct doc_node;
struct tpl_set;  /* the templates of a folder */
struct tpl_dict; /* names and values of a page, or of one row of a section */

/* What a query gave, read where it lies: nothing of it is copied. It has to live until tpl_close.
 */
struct tpl_column {
    const char *name;
    size_t length;
    bool is_section; /* a boolean: true shows the section of its name, false hides it; all others
                        are variables */
};

struct tpl_table {
    const struct tpl_column *columns;
    size_t column_count; /* at most 65535 */
    const void *source;
    /* The text of a cell, whose length goes to *length; NULL says that it is absent. 't' is true.
     */
    const char *(*cell)(const void *source, size_t row, size_t column, size_t *length);
};

/* The templates of a folder, as `make` has put them together: <language>/<page>.html (lang.h). One
 * is read when it is asked for the first time. NULL, after a log line, when the folder has no page
 * of errors. The caller ends it with tpl_unload. */
struct tpl_set *tpl_load(const char *folder);

void tpl_unload(struct tpl_set *set);

/* Whether ctemplate takes the text of a template, whatever its shared parts are; when not, the
 * reason is added to fault. */
bool tpl_check(const char *text, size_t len, struct buf *fault);

/* A new, empty dictionary for a whole page. The caller ends it and all its rows with tpl_close;
 * NULL is allowed. */
struct tpl_dict *tpl_open(void);
void tpl_close(struct tpl_dict *dict);

/* Sets a variable; NULL says that it is absent here. The later call wins. */
void tpl_value(struct tpl_dict *dict, const char *name, const char *value);

/* Shows a section once, with the names of the place where it stands, or says that it is hidden
 * here, whatever an outer dictionary says. The later call wins; a section with rows stays shown. */
void tpl_show(struct tpl_dict *dict, const char *section, bool shown);

/* Adds a repetition of the section and returns its dictionary, which belongs to dict. */
struct tpl_dict *tpl_row(struct tpl_dict *dict, const char *section);

/* Makes the columns of one row of the table names of dict, in the place of those of an earlier
 * table. What tpl_value and tpl_show say, before or after, comes first. */
void tpl_read(struct tpl_dict *dict, const struct tpl_table *table, size_t row);

/* Adds a repetition of the section for each of the first `count` rows of the table. Once for a
 * section. */
void tpl_rows(struct tpl_dict *dict, const char *section, const struct tpl_table *table,
              size_t count);

/* Makes the members of an object names of dict, after those that tpl_value and tpl_show have set.
 */
void tpl_document(struct tpl_dict *dict, struct doc_node *object);

/* For the lint by rendering: until it is called with NULL, each name that a template asks for adds
 * a line to out: "found", "unknown" when nobody has it, or "textless" when {{x}} stands where x has
 * no text; a blank; the name. */
void tpl_notes(struct buf *out);

/* The dictionary of a repetition that was added; `row` counts from 0. */
struct tpl_dict *tpl_get_row(struct tpl_dict *dict, const char *section, size_t row);

/* Adds the rendered page to out; lang is one of the languages. False, after a log line and with out
 * as it was, when there is no such template, which is then looked for anew the next time, or
 * ctemplate complains. */
bool tpl_render(struct tpl_set *set, const char *page, const struct tpl_dict *dict,
                const char *lang, struct buf *out);

#ifdef __cplusplus
}
#endif

#endif
