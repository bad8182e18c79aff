#include "words/markup.h"

#include <string.h>

static const char name_letters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:";

static bool starts(const char *at, const char *end, const char *word)
{
    size_t len = strlen(word);

    return (size_t)(end - at) >= len && memcmp(at, word, len) == 0;
}

/* The place behind the next `word`; the end when there is none. */
static const char *behind(const char *at, const char *end, const char *word)
{
    for (; at < end; at++) {
        if (starts(at, end, word))
            return at + strlen(word);
    }
    return end;
}

static size_t name_length(const char *at, const char *end)
{
    size_t len = 0;

    while (at + len < end && at[len] != '\0' && strchr(name_letters, at[len]) != NULL)
        len++;
    return len;
}

static bool is_letter(const char *at, const char *end)
{
    return at < end && ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'));
}

/* Behind the quote, marker or single character at `at`, inside a tag. */
static const char *step(const char *at, const char *end)
{
    if (starts(at, end, "{{"))
        return behind(at + 2, end, "}}");
    if (*at != '"' && *at != '\'')
        return at + 1;
    for (const char quote = *at++; at < end && *at != quote;)
        at = starts(at, end, "{{") ? behind(at + 2, end, "}}") : at + 1;
    return at < end ? at + 1 : end;
}

static void read_marker(const char *at, const char *end, struct markup *piece)
{
    static const struct {
        char sign;
        enum markup_kind kind;
    } signs[] = {{'#', MARKUP_SECTION}, {'/', MARKUP_END},  {'>', MARKUP_PART},
                 {'!', MARKUP_NOTE},    {'%', MARKUP_NOTE}, {'=', MARKUP_NOTE}};

    piece->kind = MARKUP_VALUE;
    piece->name = at + 2;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (at + 2 < end && at[2] == signs[i].sign) {
            piece->kind = signs[i].kind;
            piece->name = at + 3;
        }
    }
    while (piece->name < end && *piece->name == ' ')
        piece->name++;
    const char *stop = behind(at + 2, end, "}}");
    for (piece->name_len = 0; piece->name + piece->name_len < stop; piece->name_len++) {
        if (strchr(":} \n", piece->name[piece->name_len]) != NULL)
            break;
    }
    piece->len = (size_t)(stop - at);
}

/* Elements that have no content and no end. */
static bool is_single(const struct markup *piece)
{
    static const char *const names[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                        "input", "link", "meta", "source", "track", "wbr", NULL};

    return markup_is_one_of(piece, names) || (piece->len > 2 && piece->text[piece->len - 2] == '/');
}

static void read_tag(const char *at, const char *end, struct markup *piece)
{
    bool close = starts(at, end, "</");
    const char *stop = at + 1;

    piece->name = at + (close ? 2 : 1);
    piece->name_len = name_length(piece->name, end);
    while (stop < end && *stop != '>')
        stop = step(stop, end);
    piece->len = (size_t)(stop - at) + (stop < end);
    piece->kind = close ? MARKUP_CLOSE : is_single(piece) ? MARKUP_SINGLE : MARKUP_OPEN;
}

static bool is_tag(const char *at, const char *end)
{
    return *at == '<' &&
           (is_letter(at + 1, end) || (starts(at, end, "</") && is_letter(at + 2, end)));
}

bool markup_next(const char **at, const char *end, struct markup *piece)
{
    const char *start = *at;

    if (start >= end)
        return false;
    *piece = (struct markup){.kind = MARKUP_WORDS, .text = start, .name = start};
    if (starts(start, end, "{{")) {
        read_marker(start, end, piece);
    } else if (is_tag(start, end)) {
        read_tag(start, end, piece);
    } else if (starts(start, end, "<!")) {
        piece->kind = MARKUP_OTHER;
        piece->len = (size_t)(behind(start, end, starts(start, end, "<!--") ? "-->" : ">") - start);
    } else {
        const char *stop = start + 1;
        while (stop < end && !starts(stop, end, "{{") && !starts(stop, end, "<!") &&
               !is_tag(stop, end))
            stop++;
        piece->len = (size_t)(stop - start);
    }
    *at = start + piece->len;
    return true;
}

bool markup_attribute(const char **at, const char *end, struct markup_attribute *attribute)
{
    while (*at < end) {
        size_t len = name_length(*at, end);
        const char *equals = *at + len;
        if (len > 0 && end - equals > 1 && *equals == '=' &&
            (equals[1] == '"' || equals[1] == '\'')) {
            const char *behind_value = step(equals + 1, end);
            bool closed = behind_value - equals > 2 && behind_value[-1] == equals[1];
            *attribute =
                (struct markup_attribute){.name = *at, .name_len = len, .value = equals + 2};
            attribute->value_len = (size_t)(behind_value - attribute->value) - closed;
            *at = behind_value;
            return true;
        }
        *at = len > 0 ? equals : step(*at, end);
    }
    return false;
}

bool markup_is(const struct markup *piece, const char *name)
{
    return piece->name_len == strlen(name) && memcmp(piece->name, name, piece->name_len) == 0;
}

bool markup_is_one_of(const struct markup *piece, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (markup_is(piece, *names))
            return true;
    }
    return false;
}

bool markup_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
