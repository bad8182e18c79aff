/* message: the sentences of a template, for translation. A template is written in Indonesian and
 * carries no marks; a message is what a reader takes for one piece of text: the words of a block
 * element with the inline elements, values and sections among them, or those of an attribute that
 * is read aloud or shown.
 *
 * In a message blanks and line ends are one blank, tags have lost their attributes (a second <a> is
 * <a2>), values, sections and parts stand as in the template: "{{n:x-num}} dari {{of}} daerah.
 * <a>Lihat semua</a>". Elements and sections of which nothing but blanks stands outside are
 * messages of their own, as is a <small> at the end. What has no letter and no decimal comma is
 * none. */
#ifndef TOLOK_MESSAGE_H
#define TOLOK_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What becomes of a template's text. */
struct message_use {
    /* The translation of a message, or NULL to keep it; valid until the next call. */
    const char *(*translate)(void *context, const char *message);
    /* Hears of a translation that does not fit: it has a tag that its message has not, or a quote
     * in an attribute. NULL: `translate` never gives one. */
    void (*refuse)(void *context, const char *translation, const char *reason);
    void *context;
    /* The language: addresses of pages on this site ask for it (lang.h): href and action that begin
     * with "/" and name no file, which has a dot, or with a value called href or ..._href. */
    const char *lang;
};

/* Adds the text of a template to out with its messages translated and its addresses prefixed; notes
 * are left out. False when a translation was refused; out is then of no use. */
bool message_rewrite(const char *text, size_t len, const struct message_use *use, struct buf *out);

#endif
