#include "words/message_run.h"

#include <string.h>

/* Elements that are part of a sentence. */
static bool is_inline(const struct markup *tag)
{
    static const char *const names[] = {"a",     "abbr", "b",      "bdi", "br",   "cite", "code",
                                        "data",  "em",   "i",      "kbd", "mark", "q",    "s",
                                        "small", "span", "strong", "sub", "sup",  "time", "tspan",
                                        "u",     "var",  "wbr",    NULL};

    return markup_is_one_of(tag, names);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind the entity at `at`, and behind the parameter of an address that it begins, as in
 * "&amp;q="; `at` when there is no entity. */
static const char *behind_entity(const char *at, const char *end)
{
    const char *next = at + 1;

    while (next < end && (is_letter(*next) || is_digit(*next) || *next == '#'))
        next++;
    if (*at != '&' || next == end || *next != ';')
        return at;
    const char *behind = ++next;
    while (next < end && is_letter(*next))
        next++;
    return next < end && *next == '=' ? next : behind;
}

/* True when a reader would miss a translation: a letter outside of an entity, or a decimal comma.
 */
static bool has_words(const struct markup *words)
{
    const char *end = words->text + words->len;

    for (const char *at = words->text; at < end; at++) {
        while (at < end && behind_entity(at, end) > at)
            at = behind_entity(at, end);
        if (at == end)
            return false;
        if (is_letter(*at) ||
            (*at == ',' && at > words->text && is_digit(at[-1]) && at + 1 < end && is_digit(at[1])))
            return true;
    }
    return false;
}

static bool is_blank_words(const struct markup *words)
{
    for (size_t i = 0; i < words->len; i++) {
        if (!markup_is_blank(words->text[i]))
            return false;
    }
    return true;
}

/* Joins each inline tag and section with its end. What has none in the same block stands between
 * messages. */
static void match_pieces(struct arena *arena, struct message_text *text)
{
    long *open = arena_alloc(arena, (size_t)text->count, sizeof *open);
    long depth = 0;

    for (long i = 0; i < text->count; i++) {
        struct message_piece *piece = &text->pieces[i];
        enum markup_kind kind = piece->markup.kind;
        if (piece->fixed) {
            depth = 0;
        } else if (kind == MARKUP_OPEN || kind == MARKUP_SECTION) {
            open[depth++] = i;
            piece->fixed = true;
        } else if (kind == MARKUP_CLOSE || kind == MARKUP_END) {
            struct message_piece *before = depth > 0 ? &text->pieces[open[depth - 1]] : NULL;
            bool same =
                before != NULL && before->markup.name_len == piece->markup.name_len &&
                memcmp(before->markup.name, piece->markup.name, piece->markup.name_len) == 0 &&
                (before->markup.kind == MARKUP_SECTION) == (kind == MARKUP_END);
            depth = same ? depth - 1 : 0;
            piece->fixed = !same;
            if (same) {
                before->fixed = false;
                piece->match = open[depth];
                before->match = i;
            }
        }
    }
}

void message_read(struct arena *arena, const char *text, size_t len, struct message_text *pieces)
{
    static const char *const raw[] = {"pre", "script", "style", "textarea", NULL};
    const char *at = text;
    bool inside = false; /* of an element whose text is not for translation */
    struct markup markup;
    size_t room = 0;

    while (markup_next(&at, text + len, &markup))
        room++;
    pieces->pieces = arena_alloc(arena, room, sizeof *pieces->pieces);
    pieces->count = 0;
    for (at = text; markup_next(&at, text + len, &markup);) {
        bool tag = markup.kind == MARKUP_OPEN || markup.kind == MARKUP_CLOSE ||
                   markup.kind == MARKUP_SINGLE;
        if (markup.kind == MARKUP_NOTE)
            continue;
        if (tag && markup_is_one_of(&markup, raw))
            inside = markup.kind == MARKUP_OPEN;
        bool fixed = inside || markup.kind == MARKUP_OTHER || (tag && !is_inline(&markup));
        pieces->pieces[pieces->count++] =
            (struct message_piece){.markup = markup, .match = MESSAGE_ALONE, .fixed = fixed};
    }
    match_pieces(arena, pieces);
}

struct message_run message_first(const struct message_text *text, struct message_run run)
{
    long match = text->pieces[run.from].match;

    return (struct message_run){run.from, (match > run.from ? match : run.from) + 1};
}

struct message_run message_last(const struct message_text *text, struct message_run run)
{
    long match = text->pieces[run.to - 1].match;

    return (struct message_run){match != MESSAGE_ALONE ? match : run.to - 1, run.to};
}

struct message_run message_inner(struct message_run item)
{
    return (struct message_run){item.from + 1, item.to - 1};
}

bool message_speaks(const struct message_text *text, struct message_run run)
{
    for (long i = run.from; i < run.to; i++) {
        const struct markup *markup = &text->pieces[i].markup;
        if (markup->kind == MARKUP_WORDS && has_words(markup))
            return true;
    }
    return false;
}

/* Whether the run is nothing but signs: no words, no digits, and no value or part, which may bring
 * some. */
static bool is_sign(const struct message_text *text, struct message_run run)
{
    for (long i = run.from; i < run.to; i++) {
        const struct markup *markup = &text->pieces[i].markup;
        if (markup->kind == MARKUP_VALUE || markup->kind == MARKUP_PART)
            return false;
        for (size_t j = 0; markup->kind == MARKUP_WORDS && j < markup->len; j++) {
            if (is_digit(markup->text[j]) || is_letter(markup->text[j]))
                return false;
        }
    }
    return true;
}

bool message_is_sentence(const struct message_text *text, struct message_run run)
{
    while (run.from < run.to) {
        const struct markup *markup = &text->pieces[run.from].markup;
        if (markup->kind == MARKUP_WORDS && has_words(markup))
            return true;
        run.from = message_first(text, run).to;
    }
    return false;
}

bool message_is_apart(const struct message_text *text, struct message_run item)
{
    const struct markup *markup = &text->pieces[item.from].markup;

    if (markup->kind == MARKUP_WORDS)
        return is_blank_words(markup);
    if (markup->kind == MARKUP_SINGLE)
        return true;
    if (markup->kind == MARKUP_OPEN)
        return markup_is(markup, "small") || is_sign(text, item);
    if (markup->kind != MARKUP_SECTION)
        return false;
    for (struct message_run rest = message_inner(item); rest.from < rest.to;
         rest.from = message_first(text, rest).to) {
        if (!message_is_apart(text, message_first(text, rest)))
            return false;
    }
    return true;
}
