/* message_run: the pieces of a template's text, and which of them belong together. Only message.c
 * includes it. */
#ifndef TOLOK_MESSAGE_RUN_H
#define TOLOK_MESSAGE_RUN_H

#include "base/arena.h"
#include "words/markup.h"

enum { MESSAGE_ALONE = -1 };

struct message_piece {
    struct markup markup;
    long match; /* where the other end of this tag or section is, or MESSAGE_ALONE */
    bool fixed; /* stands between messages, never in one */
    int number; /* for message.c: which of its message's tags of that name it is, from 1 */
};

struct message_text {
    struct message_piece *pieces;
    long count;
};

/* Some pieces in a row: from is the first, to is behind the last. An item is a piece, or a tag or
 * section with all that is in it. */
struct message_run {
    long from, to;
};

/* Cuts the text, without its notes; the pieces belong to the arena and point into it. */
void message_read(struct arena *arena, const char *text, size_t len, struct message_text *pieces);

/* The first and the last item of a run that is not empty, and what is in an item of more than one
 * piece. */
struct message_run message_first(const struct message_text *text, struct message_run run);
struct message_run message_last(const struct message_text *text, struct message_run run);
struct message_run message_inner(struct message_run item);

/* Whether there are words anywhere in the run. */
bool message_speaks(const struct message_text *text, struct message_run run);

/* Whether words stand in the run itself, not only inside of its items. */
bool message_is_sentence(const struct message_text *text, struct message_run run);

/* Whether an item at the edge of a sentence is no part of it: blanks, a sign without words, a small
 * remark. */
bool message_is_apart(const struct message_text *text, struct message_run item);

#endif
