#include "words/message.h"

#include <string.h>

#include "tpl/lang.h"
#include "words/message_run.h"

struct work {
    const struct message_use *use;
    struct arena *arena;
    struct buf *out;
    bool attribute; /* the text is the value of an attribute */
    struct message_text text;
};

static bool rewrite(struct work *outer, const char *text, size_t len, bool attribute);

/* True for what is shown or read aloud. */
static bool is_spoken(const struct markup *tag, const struct markup_attribute *attribute)
{
    static const char *const names[] = {"title", "alt", "aria-label", "placeholder", "label", NULL};
    static const char *const kinds[] = {"description", "og:title", "og:description", "og:image:alt",
                                        NULL};
    struct markup name = {.name = attribute->name, .name_len = attribute->name_len};
    const char *at = tag->name + tag->name_len;
    struct markup_attribute other;

    if (markup_is_one_of(&name, names))
        return true;
    if (!markup_is(tag, "meta") || !markup_is(&name, "content"))
        return false;
    while (markup_attribute(&at, tag->text + tag->len, &other)) {
        struct markup kind = {.name = other.value, .name_len = other.value_len};
        if (other.name != attribute->name && markup_is_one_of(&kind, kinds))
            return true;
    }
    return false;
}

/* True for the address of a page on this site, as message.h says. */
static bool is_page_address(const struct markup_attribute *attribute)
{
    static const char *const names[] = {"href", "action", NULL};
    struct markup name = {.name = attribute->name, .name_len = attribute->name_len};
    const char *at = attribute->value, *end = at + attribute->value_len;
    struct markup piece;

    if (!markup_is_one_of(&name, names) || !markup_next(&at, end, &piece))
        return false;
    if (piece.kind == MARKUP_VALUE)
        return piece.name_len >= 4 && memcmp(piece.name + piece.name_len - 4, "href", 4) == 0 &&
               (piece.name_len == 4 || piece.name[piece.name_len - 5] == '_');
    if (*piece.text != '/' || (piece.len > 1 && piece.text[1] == '/'))
        return false;
    do {
        size_t path = 0;
        while (piece.kind == MARKUP_WORDS && path < piece.len &&
               strchr("?#", piece.text[path]) == NULL)
            path++;
        if (memchr(piece.text, '.', path) != NULL)
            return false;
        if (piece.kind == MARKUP_WORDS && path < piece.len)
            return true;
    } while (markup_next(&at, end, &piece));
    return true;
}

static bool add_piece(struct work *work, const struct message_piece *piece)
{
    const struct markup *tag = &piece->markup;
    const char *copied = tag->text, *end = tag->text + tag->len;
    const char *at = tag->name + tag->name_len;
    struct markup_attribute attribute;
    bool good = true;

    while ((tag->kind == MARKUP_OPEN || tag->kind == MARKUP_SINGLE) &&
           markup_attribute(&at, end, &attribute)) {
        buf_add(work->out, copied, (size_t)(attribute.value - copied));
        if (is_spoken(tag, &attribute))
            good = rewrite(work, attribute.value, attribute.value_len, true) && good;
        else if (is_page_address(&attribute))
            lang_address(work->out, work->use->lang, attribute.value, attribute.value_len);
        else
            buf_add(work->out, attribute.value, attribute.value_len);
        copied = attribute.value + attribute.value_len;
    }
    buf_add(work->out, copied, (size_t)(end - copied));
    return good;
}

static bool add_pieces(struct work *work, struct message_run run)
{
    bool good = true;

    for (long i = run.from; i < run.to; i++)
        good = add_piece(work, &work->text.pieces[i]) && good;
    return good;
}

/* Adds words with each run of blanks as one. */
static void add_folded(struct buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!markup_is_blank(s[i]))
            buf_char(out, s[i]);
        else if (i == 0 || !markup_is_blank(s[i - 1]))
            buf_char(out, ' ');
    }
}

static void add_label(struct buf *out, const char *open, const struct message_piece *tag)
{
    buf_format(out, "%s%.*s", open, (int)tag->markup.name_len, tag->markup.name);
    if (tag->number > 1)
        buf_format(out, "%d", tag->number);
    buf_char(out, '>');
}

/* The message that the run is, as message.h says, and numbers its tags. */
static void write_message(struct work *work, struct message_run run, struct buf *message)
{
    for (long i = run.from; i < run.to; i++) {
        struct message_piece *piece = &work->text.pieces[i];
        const struct markup *markup = &piece->markup;
        if (markup->kind == MARKUP_WORDS) {
            add_folded(message, markup->text, markup->len);
        } else if (markup->kind == MARKUP_OPEN || markup->kind == MARKUP_SINGLE) {
            piece->number = 1;
            for (long j = run.from; j < i; j++) {
                const struct markup *other = &work->text.pieces[j].markup;
                bool tag = other->kind == MARKUP_OPEN || other->kind == MARKUP_SINGLE;
                piece->number += tag && other->name_len == markup->name_len &&
                                 memcmp(other->name, markup->name, markup->name_len) == 0;
            }
            add_label(message, "<", piece);
        } else if (markup->kind == MARKUP_CLOSE) {
            add_label(message, "</", &work->text.pieces[piece->match]);
        } else {
            buf_add(message, markup->text, markup->len);
        }
    }
}

/* The place behind the tag at `at` in a translation when the piece is that tag; NULL when it is
 * another. */
static const char *behind_label(const char *at, const struct work *work,
                                const struct message_piece *piece)
{
    bool close = piece->markup.kind == MARKUP_CLOSE;
    struct buf label = {0};

    if (!close && piece->markup.kind != MARKUP_OPEN && piece->markup.kind != MARKUP_SINGLE)
        return NULL;
    add_label(&label, close ? "</" : "<", close ? &work->text.pieces[piece->match] : piece);
    const char *behind = strncmp(at, label.data, label.len) == 0 ? at + label.len : NULL;
    buf_free(&label);
    return behind;
}

static bool refuse(const struct work *work, const char *translation, const char *reason)
{
    work->use->refuse(work->use->context, translation, reason);
    return false;
}

/* Adds the translation of the run with the tags of the run. */
static bool add_translation(struct work *work, struct message_run run, const char *translation)
{
    bool good = true;

    for (const char *at = translation; *at != '\0';) {
        if (*at == '"' && work->attribute)
            return refuse(work, translation, "has a quote in an attribute");
        if (*at != '<') {
            buf_char(work->out, *at++);
            continue;
        }
        const char *behind = NULL;
        for (long i = run.from; i < run.to && behind == NULL; i++) {
            behind = behind_label(at, work, &work->text.pieces[i]);
            if (behind != NULL)
                good = add_piece(work, &work->text.pieces[i]) && good;
        }
        if (behind == NULL)
            return refuse(work, translation, "has a tag that its message has not");
        at = behind;
    }
    return good;
}

/* Adds a run that is one message, perhaps with blanks around it, which stay. */
static bool add_message(struct work *work, struct message_run run)
{
    struct buf message = {0};

    write_message(work, run, &message);
    char *start = message.data, *end = message.data + message.len;
    bool before = markup_is_blank(*start), behind = markup_is_blank(end[-1]);
    start += before;
    *(end - behind) = '\0';
    const char *translation = work->use->translate(work->use->context, start);
    bool good = true;
    if (translation == NULL) {
        good = add_pieces(work, run);
    } else {
        if (before)
            buf_char(work->out, ' ');
        good = add_translation(work, run, translation);
        if (behind)
            buf_char(work->out, ' ');
    }
    buf_free(&message);
    return good;
}

/* Adds a run of inline pieces: a sentence and what stands apart at its edges, or items that are cut
 * one by one. */
static bool cut(struct work *work, struct message_run run)
{
    bool good = true;

    if (!message_speaks(&work->text, run))
        return add_pieces(work, run);
    if (!message_is_sentence(&work->text, run)) {
        for (struct message_run item; run.from < run.to; run.from = item.to) {
            item = message_first(&work->text, run);
            if (item.to - item.from == 1)
                good = add_pieces(work, item) && good;
            else
                good = add_piece(work, &work->text.pieces[item.from]) &&
                       cut(work, message_inner(item)) &&
                       add_piece(work, &work->text.pieces[item.to - 1]) && good;
        }
        return good;
    }
    struct message_run sentence = run;
    while (message_is_apart(&work->text, message_first(&work->text, sentence)))
        sentence.from = message_first(&work->text, sentence).to;
    while (message_is_apart(&work->text, message_last(&work->text, sentence)))
        sentence.to = message_last(&work->text, sentence).from;
    good = cut(work, (struct message_run){run.from, sentence.from});
    good = add_message(work, sentence) && good;
    return cut(work, (struct message_run){sentence.to, run.to}) && good;
}

static bool rewrite(struct work *outer, const char *text, size_t len, bool attribute)
{
    struct work work = {
        .use = outer->use, .arena = outer->arena, .out = outer->out, .attribute = attribute};
    struct message_run run = {0};
    bool good = true;

    message_read(outer->arena, text, len, &work.text);
    for (long i = 0; i <= work.text.count; i++) {
        if (i < work.text.count && !work.text.pieces[i].fixed)
            continue;
        run.to = i;
        good = cut(&work, run) && good;
        if (i < work.text.count)
            good = add_piece(&work, &work.text.pieces[i]) && good;
        run.from = i + 1;
    }
    return good;
}

bool message_rewrite(const char *text, size_t len, const struct message_use *use, struct buf *out)
{
    struct work work = {.use = use, .arena = arena_open(), .out = out};
    bool good = rewrite(&work, text, len, false);

    arena_close(work.arena);
    return good;
}
