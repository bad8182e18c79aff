#include "desk/form.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/url.h"

enum { BOUNDARY_MAX = 70, HEAD_MAX = 4096 };

#define TOKEN "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* A multipart body while it is read. */
struct reader {
    struct arena *arena;
    const char *at, *end;
    const char *mark; /* CR LF "--" boundary */
    size_t mark_len;
};

/* The text with each CR LF and each lone CR as one LF: browsers send CR LF, and a value that goes
 * out into a page and comes back must still be the same. */
static const char *one_line_end(struct arena *arena, const char *s, size_t len)
{
    char *text = arena_alloc(arena, len + 1, 1);
    size_t used = 0;

    for (size_t i = 0; i < len; i++) {
        text[used++] = s[i] == '\r' ? '\n' : s[i];
        if (s[i] == '\r' && i + 1 < len && s[i + 1] == '\n')
            i++;
    }
    return text;
}

static enum form_fault add(struct form *form, struct form_field field)
{
    if (!str_is_code(field.name))
        return FORM_BROKEN;
    if (form->count == FORM_FIELDS_MAX)
        return FORM_MANY;
    field.repeated = form_find(form, field.name) != NULL;
    form->fields[form->count++] = field;
    return FORM_FINE;
}

static enum form_fault read_urlencoded(struct arena *arena, const char *body, size_t len,
                                       struct form *form)
{
    struct url_pair *pairs = NULL;
    enum form_fault fault = FORM_FINE;
    size_t separators = 0;

    if (memchr(body, '\0', len) != NULL)
        return FORM_BROKEN;
    for (size_t i = 0; i < len; i++)
        separators += body[i] == '&';
    if (separators > FORM_FIELDS_MAX)
        return FORM_MANY;
    size_t count = url_query(arena, arena_copy(arena, body, len), &pairs);
    for (size_t i = 0; i < count && fault == FORM_FINE; i++) {
        const char *value = one_line_end(arena, pairs[i].value, strlen(pairs[i].value));
        fault = pairs[i].fault == URL_FINE
                    ? add(form, (struct form_field){.name = pairs[i].name, .value = value})
                    : FORM_BROKEN;
    }
    return fault;
}

/* Reads one parameter, ';' NAME '=' VALUE, of a header. The value is a token or stands in quotes,
 * in which a backslash goes before a quote only: before anything else it is itself, as in the path
 * of a file. False when there is none. */
static bool take_parameter(struct arena *arena, const char **at, const char **name,
                           const char **value)
{
    struct buf text = {0};
    const char *s = *at + strspn(*at, " \t");

    if (*s != ';')
        return false;
    s += 1 + strspn(s + 1, " \t");
    size_t len = strspn(s, TOKEN);
    *name = arena_copy(arena, s, len);
    s += len;
    if (len == 0 || *s++ != '=')
        return false;
    bool quoted = *s == '"';
    if (quoted) {
        for (s++; *s != '\0' && *s != '"'; s++) {
            s += *s == '\\' && s[1] == '"';
            buf_char(&text, *s);
        }
    } else {
        len = strspn(s, TOKEN);
        buf_add(&text, s, len);
        s += len;
    }
    *value = arena_copy(arena, buf_string(&text), text.len);
    buf_free(&text);
    if (quoted && *s++ != '"')
        return false;
    *at = s;
    return true;
}

/* True when the header's value begins with this word and only parameters follow; *rest is set
 * behind it. */
static bool is_kind(const char *value, const char *kind, const char **rest)
{
    size_t len = strlen(kind);

    value += strspn(value, " \t");
    *rest = value + len;
    return strncasecmp(value, kind, len) == 0 &&
           (value[len] == '\0' || strchr("; \t", value[len]) != NULL);
}

static bool at_end(const char *s)
{
    return s[strspn(s, " \t")] == '\0';
}

/* The boundary from the parameters of a Content-Type; NULL when there is not exactly one that is
 * allowed. */
static const char *find_boundary(struct arena *arena, const char *parameters)
{
    const char *boundary = NULL, *name = NULL, *value = NULL;

    while (take_parameter(arena, &parameters, &name, &value)) {
        if (strcasecmp(name, "boundary") == 0 && boundary != NULL)
            return NULL;
        if (strcasecmp(name, "boundary") == 0)
            boundary = value;
    }
    if (boundary == NULL || !at_end(parameters))
        return NULL;
    size_t len = strlen(boundary);
    bool good = len > 0 && len <= BOUNDARY_MAX && boundary[len - 1] != ' ' &&
                strspn(boundary, TOKEN "(),/:=? ") == len &&
                strpbrk(boundary, "!#$%&*^`|~") == NULL;
    return good ? boundary : NULL;
}

/* Browsers write a quote and line breaks inside the name of a file as %22, %0D and %0A, and nothing
 * else so. */
static const char *unescape_name(struct arena *arena, const char *s)
{
    char *text = arena_alloc(arena, strlen(s) + 1, 1);
    size_t used = 0;

    for (; *s != '\0'; s++) {
        bool quote = strncmp(s, "%22", 3) == 0, cr = strncasecmp(s, "%0d", 3) == 0,
             lf = strncasecmp(s, "%0a", 3) == 0;
        text[used++] = quote ? '"' : cr ? '\r' : lf ? '\n' : *s;
        s += quote || cr || lf ? 2 : 0;
    }
    return text;
}

static const char *base_name(const char *path)
{
    for (const char *s = path; *s != '\0'; s++) {
        if (*s == '/' || *s == '\\')
            path = s + 1;
    }
    return path;
}

/* Reads the header Content-Disposition of a part into the field. */
static bool read_disposition(struct arena *arena, const char *value, struct form_field *field)
{
    const char *rest = NULL, *name = NULL, *text = NULL;

    if (field->name != NULL || !is_kind(value, "form-data", &rest))
        return false;
    while (take_parameter(arena, &rest, &name, &text)) {
        bool is_name = strcasecmp(name, "name") == 0, is_file = strcasecmp(name, "filename") == 0;
        /* The other way to write a name is not for forms (RFC 7578, 4.2), and two names would be
         * read in two ways. */
        if (strchr(name, '*') != NULL || (is_name && field->name != NULL) ||
            (is_file && field->is_file))
            return false;
        if (is_name)
            field->name = text;
        if (is_file) {
            field->file_name = base_name(unescape_name(arena, text));
            field->is_file = true;
        }
    }
    return field->name != NULL && at_end(rest);
}

/* Reads one header line of a part. Content-Type is not believed and others mean nothing, but for
 * one that would have the bytes mean something else. */
static bool read_header(struct arena *arena, const char *line, struct form_field *field)
{
    size_t len = strspn(line, TOKEN);
    const char *rest = NULL;

    if (len == 0 || line[len] != ':')
        return false;
    const char *value = line + len + 1;
    if (len == strlen("content-disposition") && strncasecmp(line, "content-disposition", len) == 0)
        return read_disposition(arena, value, field);
    if (len == strlen("content-transfer-encoding") &&
        strncasecmp(line, "content-transfer-encoding", len) == 0)
        return is_kind(value, "binary", &rest) || is_kind(value, "8bit", &rest) ||
               is_kind(value, "7bit", &rest);
    return true;
}

/* Reads the header lines of the part at hand, up to the empty line behind them. */
static bool read_head(struct reader *reader, struct form_field *field)
{
    const char *start = reader->at;

    for (;;) {
        size_t left = (size_t)(reader->end - reader->at);
        const char *stop = memmem(reader->at, left, "\r\n", 2);
        if (stop == NULL || stop - start > HEAD_MAX)
            return false;
        size_t len = (size_t)(stop - reader->at);
        const char *line = arena_copy(reader->arena, reader->at, len);
        reader->at = stop + 2;
        if (len == 0)
            return field->name != NULL;
        if (!str_utf8(line, len) || strpbrk(line, "\r\n") != NULL ||
            !read_header(reader->arena, line, field))
            return false;
    }
}

/* Reads the part at hand and adds it to the form. */
static enum form_fault read_part(struct reader *reader, struct form *form)
{
    struct form_field field = {.value = ""};

    if (!read_head(reader, &field))
        return FORM_BROKEN;
    /* The line break before the mark belongs to it; that of the empty line does so when there are
     * no bytes between. */
    const char *start = reader->at;
    const char *stop =
        memmem(start - 2, (size_t)(reader->end - start) + 2, reader->mark, reader->mark_len);
    if (stop == NULL)
        return FORM_BROKEN;
    size_t len = stop > start ? (size_t)(stop - start) : 0;
    reader->at = stop + reader->mark_len;
    if (!field.is_file && !str_utf8(start, len))
        return FORM_BROKEN;
    if (!field.is_file) {
        field.value = one_line_end(reader->arena, start, len);
    } else {
        field.bytes = start;
        field.len = len;
    }
    if (field.is_file && field.file_name[0] == '\0' && len == 0)
        return str_is_code(field.name) ? FORM_FINE : FORM_BROKEN;
    return add(form, field);
}

/* Takes the text if it stands at hand. */
static bool take(struct reader *reader, const char *text, size_t len)
{
    if ((size_t)(reader->end - reader->at) < len || memcmp(reader->at, text, len) != 0)
        return false;
    reader->at += len;
    return true;
}

static enum form_fault read_multipart(struct arena *arena, const char *boundary, const char *body,
                                      size_t len, struct form *form)
{
    const char *mark = arena_format(arena, "\r\n--%s", boundary);
    struct reader reader = {
        .arena = arena, .at = body, .end = body + len, .mark = mark, .mark_len = strlen(mark)};
    enum form_fault fault = take(&reader, mark + 2, reader.mark_len - 2) ? FORM_FINE : FORM_BROKEN;

    while (fault == FORM_FINE && !take(&reader, "--", 2))
        fault = take(&reader, "\r\n", 2) ? read_part(&reader, form) : FORM_BROKEN;
    if (fault == FORM_FINE && reader.at < reader.end &&
        !(take(&reader, "\r\n", 2) && reader.at == reader.end))
        fault = FORM_BROKEN;
    return fault;
}

enum form_fault form_read(struct arena *arena, const char *type, const char *body, size_t len,
                          struct form *form)
{
    const char *rest = NULL;
    enum form_fault fault = FORM_TYPE;

    *form = (struct form){.fields = arena_alloc(arena, FORM_FIELDS_MAX, sizeof *form->fields)};
    if (type != NULL && is_kind(type, "application/x-www-form-urlencoded", &rest)) {
        fault = read_urlencoded(arena, body, len, form);
    } else if (type != NULL && is_kind(type, "multipart/form-data", &rest)) {
        const char *boundary = find_boundary(arena, rest);
        fault = boundary != NULL ? read_multipart(arena, boundary, body, len, form) : FORM_BROKEN;
    }
    if (fault != FORM_FINE)
        form->count = 0;
    return fault;
}

const struct form_field *form_find(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].name, name) == 0)
            return &form->fields[i];
    }
    return NULL;
}

const char *form_value(const struct form *form, const char *name)
{
    const struct form_field *field = form_find(form, name);

    return field != NULL && !field->is_file ? field->value : NULL;
}
