/* doc: a page's document, a tree that is read in place from the JSON text that PostgreSQL sent.
 *
 * Nothing is copied: names and values are pieces of that text, with a NUL after each, and numbers
 * stay text as they were written. The nodes belong to an arena. Functions take NULL for a node and
 * then find nothing.
 *
 * What templates make of a document: tpl.h. */
#ifndef TOLOK_DOC_H
#define TOLOK_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct arena;

enum doc_kind { DOC_NULL, DOC_FALSE, DOC_TRUE, DOC_NUMBER, DOC_TEXT, DOC_ARRAY, DOC_OBJECT };

/* How deeply arrays and objects may stand in one another. */
enum { DOC_DEPTH = 32 };

struct doc_node {
    const char *name; /* its key; an element has the name of its list; "" where nobody gave one */
    const char *text; /* DOC_NUMBER and DOC_TEXT: the value; else NULL */
    struct doc_node *first, *last; /* the members of an object, the elements of an array */
    struct doc_node *next;         /* the member or element after it */
    uint32_t name_length, hash;    /* of the name */
    uint32_t length;               /* of the text in bytes, or the number of members or elements */
    uint8_t kind;                  /* enum doc_kind */
    bool is_word;                  /* the name ends in _word */
    bool is_read;                  /* somebody asked for it */
};

/* Reads the length bytes of text, which are overwritten; a NUL has to follow them. NULL when they
 * are not one JSON value in well-formed UTF-8 (str.h), nest deeper than DOC_DEPTH, or hold the
 * character NUL or half a surrogate pair. A key that an object has twice is there twice, and found
 * once. */
struct doc_node *doc_read(struct arena *arena, char *text, size_t length);

/* The first member of an object that has the name, or NULL. The second form is for one who has its
 * doc_hash. */
struct doc_node *doc_get(struct doc_node *object, const char *name);
struct doc_node *doc_find(struct doc_node *object, const char *name, size_t length, uint32_t hash);

uint32_t doc_hash(const char *name, size_t length);
bool doc_is_named(const struct doc_node *node, const char *name, size_t length, uint32_t hash);

/* Whether the node is something: not NULL, null, false, "" or []. Zero is something, and so is {}.
 */
bool doc_is(const struct doc_node *node);

/* The same of a member. */
bool doc_has(struct doc_node *object, const char *name);

/* The text of a member that is a text or a number; NULL for every other one. */
const char *doc_text(struct doc_node *object, const char *name);

/* The elements of a member that is a list, the first of them; NULL when there is none. `next` leads
 * on. */
struct doc_node *doc_list(struct doc_node *object, const char *name);

/* A new object without members, which belongs to the arena. */
struct doc_node *doc_object(struct arena *arena);

/* Adding, for fill hooks: a member, or an element (name NULL), behind those that are there. Strings
 * are not copied: they have to live as long as the arena. An added text that is NULL is null. */
struct doc_node *doc_add(struct arena *arena, struct doc_node *parent, const char *name,
                         enum doc_kind kind);
void doc_add_text(struct arena *arena, struct doc_node *parent, const char *name, const char *text);
void doc_add_flag(struct arena *arena, struct doc_node *parent, const char *name, bool flag);

/* For doc_read. */
void doc_set_name(struct doc_node *node, const char *name, size_t length);
void doc_append(struct doc_node *parent, struct doc_node *node);

#ifdef __cplusplus
}
#endif

#endif
