#include "tpl/part.h"

#include <string.h>

#include "tpl/part_head.h"

enum { DEPTH_MAX = 8, NAME_MAX_LENGTH = 64 };

/* Where files are, and their language. */
struct place {
    const char *folder;
    const struct message_use *use;
    const struct part_kept *kept;
};

static const char opening[] = "{{>", closing[] = "}}";

static bool read_file(const char *folder, const char *name, size_t name_len, struct buf *text)
{
    struct buf path = {0};

    buf_format(&path, "%s/%.*s.html", folder, (int)name_len, name);
    bool read = buf_file(text, path.data);
    buf_free(&path);
    return read;
}

static bool refuse(struct buf *fault, const char *name, size_t name_len, const char *reason)
{
    buf_format(fault, "%.*s.html %s", (int)name_len, name, reason);
    return false;
}

/* Adds text, of which the last newline has been taken off, without the blanks at line starts. */
static void add_unindented(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool blank = text[i] == ' ' || text[i] == '\t';
        bool line_start = out->len == 0 || out->data[out->len - 1] == '\n';
        if (!blank || !line_start)
            buf_char(out, text[i]);
    }
}

static bool expand(const struct place *place, const char *name, size_t name_len, int depth,
                   struct buf *out, struct buf *fault);

static bool is_kept(const struct part_kept *kept, const char *name, size_t len)
{
    for (size_t i = 0; kept != NULL && kept->names[i] != NULL; i++) {
        if (strlen(kept->names[i]) == len && memcmp(kept->names[i], name, len) == 0)
            return true;
    }
    return false;
}

/* Replaces the parts in `text`, which is the body of file `name`. */
static bool replace_parts(const struct place *place, const char *name, size_t name_len, int depth,
                          const char *text, struct buf *out, struct buf *fault)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const char *start = strstr(text, opening);

    while (start != NULL) {
        const char *part = start + sizeof opening - 1;
        size_t part_len = strspn(part, letters);
        if (*part != '_' || part_len > NAME_MAX_LENGTH ||
            strncmp(part + part_len, closing, sizeof closing - 1) != 0)
            return refuse(fault, name, name_len, "has a {{> that does not name a part");
        add_unindented(out, text, (size_t)(start - text));
        if (part_is_head(part, part_len))
            buf_add(out, start, (size_t)(part + part_len + sizeof closing - 1 - start));
        else if (is_kept(place->kept, part, part_len))
            buf_format(out, "{{>%s%.*s}}", place->kept->prefix, (int)part_len, part);
        else if (!expand(place, part, part_len, depth + 1, out, fault))
            return false;
        text = part + part_len + sizeof closing - 1;
        start = strstr(text, opening);
    }
    add_unindented(out, text, strlen(text));
    return true;
}

/* Adds the body of file `name` in the language of the place, with its parts. */
static bool add_body(const struct place *place, const char *name, size_t name_len, int depth,
                     const char *body, struct buf *out, struct buf *fault)
{
    struct buf translated = {0}, reason = {0};
    bool done = false;

    if (place->use == NULL)
        return replace_parts(place, name, name_len, depth, body, out, fault);
    if (message_rewrite(body, strlen(body), place->use, &translated, &reason))
        done = replace_parts(place, name, name_len, depth, buf_string(&translated), out, fault);
    else
        refuse(fault, name, name_len, buf_string(&reason));
    buf_free(&translated);
    buf_free(&reason);
    return done;
}

bool part_read(const char *folder, const char *name, size_t name_len, struct buf *text,
               struct buf *fault)
{
    static const char first_line[] = PART_PRAGMA "\n";

    if (!read_file(folder, name, name_len, text))
        return refuse(fault, name, name_len, "can not be read");
    if (strncmp(buf_string(text), first_line, sizeof first_line - 1) != 0)
        return refuse(fault, name, name_len, "does not begin with the auto-escape pragma");
    if (memchr(text->data, '\0', text->len) != NULL)
        return refuse(fault, name, name_len, "has a NUL byte");
    text->len -= text->data[text->len - 1] == '\n';
    size_t pragma = text->len < sizeof first_line - 1 ? text->len : sizeof first_line - 1;
    text->len -= pragma;
    memmove(text->data, text->data + pragma, text->len);
    text->data[text->len] = '\0';
    return true;
}

static bool expand(const struct place *place, const char *name, size_t name_len, int depth,
                   struct buf *out, struct buf *fault)
{
    struct buf text = {0};
    bool done = false;

    if (depth > DEPTH_MAX)
        refuse(fault, name, name_len, "is nested too deep");
    else if (part_read(place->folder, name, name_len, &text, fault))
        done = add_body(place, name, name_len, depth, text.data, out, fault);
    buf_free(&text);
    return done;
}

bool part_expand(const char *folder, const char *name, const struct message_use *use,
                 const struct part_kept *kept, struct buf *out, struct buf *fault)
{
    struct place place = {folder, use, kept};

    buf_text(out, PART_PRAGMA "\n");
    if (!expand(&place, name, strlen(name), 0, out, fault))
        return false;
    return part_head(out) || refuse(fault, name, strlen(name), "has a quote in its title");
}
