/* markup: the text of a template as a run of tags, words and markers. It is HTML of our own hand:
 * attributes stand in double or single quotes, and what looks like a tag is one. Pure functions;
 * nothing is copied. */
#ifndef TOLOK_MARKUP_H
#define TOLOK_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

enum markup_kind {
    MARKUP_WORDS,   /* text between tags and markers */
    MARKUP_OPEN,    /* <p class="x"> */
    MARKUP_CLOSE,   /* </p> */
    MARKUP_SINGLE,  /* <br> and other elements without content, <path/> */
    MARKUP_OTHER,   /* <!DOCTYPE html>, <!-- --> */
    MARKUP_SECTION, /* {{#rows}} */
    MARKUP_END,     /* {{/rows}} */
    MARKUP_VALUE,   /* {{name:x-num}} */
    MARKUP_PART,    /* {{>_part}} */
    MARKUP_NOTE     /* {{! }} and other markers that leave no trace */
};

struct markup {
    enum markup_kind kind;
    const char *text; /* all of it, with its brackets */
    size_t len;
    const char *name; /* of a tag, or of what a marker names; empty for the others */
    size_t name_len;
};

/* Takes the next piece off the text from *at to end and moves *at behind it. A tag or marker
 * without an end goes to the end of the text. False when nothing is left. */
bool markup_next(const char **at, const char *end, struct markup *piece);

/* An attribute of a tag, without its quotes. */
struct markup_attribute {
    const char *name;
    size_t name_len;
    const char *value;
    size_t value_len;
};

/* Finds the first attribute with a value in quotes between *at and end, which lie inside a tag, and
 * moves *at behind its value. Markers around attributes are passed over, those in a value are part
 * of it. False when there is none. */
bool markup_attribute(const char **at, const char *end, struct markup_attribute *attribute);

/* True when the piece has that name, or one of those, of which NULL is the last. */
bool markup_is(const struct markup *piece, const char *name);
bool markup_is_one_of(const struct markup *piece, const char *const *names);

/* A blank of HTML. */
bool markup_is_blank(char c);

#endif
