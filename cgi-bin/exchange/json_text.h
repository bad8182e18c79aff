/* json_text: writes a text as a string of JSON, with its escapes. */
#ifndef TOLOK_JSON_TEXT_H
#define TOLOK_JSON_TEXT_H

#include "base/buf.h"

/* Adds a text, which is UTF-8, as a string of JSON, with its quotes. */
void json_text(struct buf *out, const char *text);

#endif
