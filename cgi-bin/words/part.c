#include "words/part.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "words/part_head.h"

enum { DEPTH_MAX = 8, NAME_MAX_LENGTH = 64 };

static const char include[] = "{{>", end[] = "}}";

/* A name inside a longer text. */
struct name {
    const char *at;
    size_t len;
};

/* A template file whose text is being added. */
struct file {
    struct name name;
    const char *body; /* without the pragma */
    int depth;
};

struct work {
    const struct part_place *place;
    struct buf *out;
    long ahead;         /* line ends before the line whose origin is asked for */
    struct buf *origin; /* gets it; NULL: nobody asks, or it is known */
};

/* The line of the file that `at`, in its body, stands in. */
static long line_of(const struct file *file, const char *at)
{
    long line = 2;

    for (const char *c = file->body; c < at; c++)
        line += *c == '\n';
    return line;
}

static bool refuse(const struct part_place *place, struct name name, long line, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

static bool refuse(const struct part_place *place, struct name name, long line, const char *format,
                   ...)
{
    char reason[2 * NAME_MAX_LENGTH];
    va_list list;

    va_start(list, format);
    vsnprintf(reason, sizeof reason, format, list);
    va_end(list);
    buf_format(place->fault, "%s/%.*s.html:%ld: %s\n", place->folder, (int)name.len, name.at, line,
               reason);
    return false;
}

bool part_is_shared(const char *name, size_t len)
{
    static const char *const names[] = {
        "_frame",           "_foot",         "_city_score",    "_city_components",
        "_city_dimensions", "_city_history", "_city_ruler",    "_strip"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            return true;
    }
    return false;
}

/* What a line end becomes: where words go on it is a blank, between tags and markers it stays. */
static char line_end(const struct buf *out, const char *next, const char *end_of_piece)
{
    char before = out->len > 0 ? out->data[out->len - 1] : '\n';

    while (next < end_of_piece && (*next == ' ' || *next == '\t'))
        next++;
    bool after_words = strchr(">}\n", before) == NULL;
    bool before_words = next < end_of_piece && strchr("<{\n", *next) == NULL;
    return before != '\n' && (after_words || before_words) ? ' ' : '\n';
}

/* Adds a piece of the file's body without the blanks at line starts. */
static void add(struct work *work, const struct file *file, const char *text, size_t len)
{
    struct buf *out = work->out;
    bool line_start = out->len == 0 || out->data[out->len - 1] == '\n';

    for (size_t i = 0; i < len; i++) {
        char c = text[i] == '\n' ? line_end(out, text + i + 1, text + len) : text[i];
        bool blank = text[i] == ' ' || text[i] == '\t';
        if (!blank || !line_start)
            buf_char(out, c);
        line_start = text[i] == '\n' || (blank && line_start);
        if (work->origin != NULL && work->ahead == 0) {
            buf_format(work->origin, "%s/%.*s.html:%ld", work->place->folder, (int)file->name.len,
                       file->name.at, line_of(file, text + i));
            work->origin = NULL;
        }
        work->ahead -= c == '\n';
    }
}

static bool expand(struct work *work, const struct file *outer, const char *at, struct name name);

/* Adds the body of the file with its parts. */
static bool add_body(struct work *work, const struct file *file)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const char *text = file->body, *start;

    while ((start = strstr(text, include)) != NULL) {
        struct name part = {start + sizeof include - 1,
                            strspn(start + sizeof include - 1, letters)};
        const char *behind = part.at + part.len;
        if (*part.at != '_' || part.len > NAME_MAX_LENGTH ||
            strncmp(behind, end, sizeof end - 1) != 0)
            return refuse(work->place, file->name, line_of(file, start),
                          "{{> does not name a part");
        add(work, file, text, (size_t)(start - text));
        if (part_is_head(part.at, part.len))
            buf_add(work->out, start, (size_t)(behind - start) + sizeof end - 1);
        else if (part_is_shared(part.at, part.len))
            buf_format(work->out, "{{>%s_%.*s}}", work->place->lang, (int)part.len, part.at);
        else if (!expand(work, file, start, part))
            return false;
        text = behind + sizeof end - 1;
    }
    add(work, file, text, strlen(text));
    return true;
}

/* Reads a file that stands in another one at `at`; outer is NULL for a page. */
static bool read_file(const struct part_place *place, const struct file *outer, const char *at,
                      struct name name, struct buf *text)
{
    static const char first_line[] = PART_PRAGMA "\n";
    struct buf path = {0};

    buf_format(&path, "%s/%.*s.html", place->folder, (int)name.len, name.at);
    bool read = buf_file(text, path.data);
    buf_free(&path);
    if (!read)
        return refuse(place, outer != NULL ? outer->name : name,
                      outer != NULL ? line_of(outer, at) : 1, "%.*s.html can not be read",
                      (int)name.len, name.at);
    if (strncmp(buf_string(text), first_line, sizeof first_line - 1) != 0)
        return refuse(place, name, 1, "does not begin with the auto-escape pragma");
    text->len -= sizeof first_line - 1;
    memmove(text->data, text->data + sizeof first_line - 1, text->len);
    text->len -= text->len > 0 && text->data[text->len - 1] == '\n';
    text->data[text->len] = '\0';
    const struct file file = {.name = name, .body = text->data};
    const char *nul = memchr(text->data, '\0', text->len);
    return nul == NULL || refuse(place, name, line_of(&file, nul), "has a NUL byte");
}

static bool expand(struct work *work, const struct file *outer, const char *at, struct name name)
{
    struct file file = {.name = name, .depth = outer != NULL ? outer->depth + 1 : 0};
    struct buf text = {0}, translated = {0};

    if (file.depth > DEPTH_MAX)
        return refuse(work->place, outer->name, line_of(outer, at), "%.*s.html is nested too deep",
                      (int)name.len, name.at);
    bool done = read_file(work->place, outer, at, name, &text);
    file.body = buf_string(&text);
    if (done && work->place->use != NULL) {
        done = message_rewrite(text.data, text.len, work->place->use, &translated);
        file.body = buf_string(&translated);
    }
    done = done && add_body(work, &file);
    buf_free(&text);
    buf_free(&translated);
    return done;
}

static void add_arguments(struct buf *text)
{
    static const char modifier[] = ":x-num";
    struct buf all = {0};
    const char *at = buf_string(text), *found;

    while ((found = strstr(at, modifier)) != NULL) {
        found += sizeof modifier - 1;
        buf_add(&all, at, (size_t)(found - at));
        if (*found == '}' || *found == ':')
            buf_char(&all, '=');
        at = found;
    }
    buf_text(&all, at);
    buf_free(text);
    *text = all;
}

bool part_expand(const struct part_place *place, const char *name, struct buf *out)
{
    struct work work = {.place = place, .out = out};
    struct name page = {name, strlen(name)};

    buf_text(out, PART_PRAGMA "\n");
    if (!expand(&work, NULL, NULL, page))
        return false;
    if (!part_head(out))
        return refuse(place, page, 1, "has a quote in its title");
    add_arguments(out);
    return true;
}

void part_origin(const struct part_place *place, const char *name, long line, struct buf *out)
{
    struct buf text = {0};
    struct work work = {.place = place, .out = &text, .ahead = line - 2, .origin = out};

    /* The first line is the pragma. */
    expand(&work, NULL, NULL, (struct name){name, strlen(name)});
    buf_free(&text);
}

bool part_read(const struct part_place *place, const char *name, struct buf *text)
{
    return read_file(place, NULL, NULL, (struct name){name, strlen(name)}, text);
}
