#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "tpl/doc.h"

/* What is left of the text, and of the nodes made for it. */
struct reader {
    char *at;
    struct doc_node *nodes;
    char *number_end; /* where a NUL belongs as soon as what stands there is known, or NULL */
};

static void skip_blanks(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

/* Four hexadecimal digits; -1 when they are not. */
static long read_hex(const char *s)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    long code = 0;

    for (int i = 0; i < 4; i++) {
        const char *digit = s[i] != '\0' ? strchr(digits, s[i]) : NULL;
        if (digit == NULL)
            return -1;
        code = code * 16 + (digit - digits) % 16;
    }
    return code;
}

/* The character of \uXXXX, at the first of its digits; two such make a pair. 0 when it is none that
 * a text can have. */
static long read_code(struct reader *r)
{
    long code = read_hex(r->at), low = -1;

    if (code <= 0 || (code & 0xfc00) == 0xdc00)
        return 0;
    r->at += 4;
    if ((code & 0xfc00) != 0xd800)
        return code;
    if (r->at[0] == '\\' && r->at[1] == 'u')
        low = read_hex(r->at + 2);
    if ((low & ~0x3ffL) != 0xdc00)
        return 0;
    r->at += 6;
    return 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
}

/* In UTF-8, which is never longer than its escape was. Returns where the next one goes. */
static char *put_code(char *out, long code)
{
    if (code < 0x80) {
        *out++ = (char)code;
        return out;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    *out++ = (char)((0xff80 >> more & 0xff) | code >> 6 * more);
    while (more-- > 0)
        *out++ = (char)(0x80 | (code >> 6 * more & 0x3f));
    return out;
}

/* Decodes an escape that stands at the reader, behind its backslash. NULL when there is no such
 * escape. */
static char *read_escape(struct reader *r, char *out)
{
    static const char letters[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char letter = *r->at++;

    if (letter == 'u') {
        long code = read_code(r);
        return code > 0 ? put_code(out, code) : NULL;
    }
    for (const char *pair = letters; *pair != '\0'; pair += 2) {
        if (*pair == letter) {
            *out = pair[1];
            return out + 1;
        }
    }
    return NULL;
}

/* Over what stands for itself in a string. */
static char *skip_plain(char *at)
{
    while ((unsigned char)*at >= ' ' && *at != '"' && *at != '\\')
        at++;
    return at;
}

/* A string behind its first quote. NULL when it does not end well. */
static char *read_string(struct reader *r, size_t *length)
{
    char *start = r->at, *out = skip_plain(start);

    r->at = out;
    while (*r->at == '\\') {
        r->at++;
        out = read_escape(r, out);
        if (out == NULL)
            return NULL;
        char *plain = r->at;
        r->at = skip_plain(plain);
        memmove(out, plain, (size_t)(r->at - plain));
        out += r->at - plain;
    }
    if (*r->at++ != '"')
        return NULL;
    *out = '\0';
    *length = (size_t)(out - start);
    return start;
}

static bool read_digits(struct reader *r)
{
    size_t count = strspn(r->at, "0123456789");

    r->at += count;
    return count > 0;
}

static bool read_number(struct reader *r, struct doc_node *node)
{
    char *start = r->at;

    node->kind = DOC_NUMBER;
    node->text = start;
    r->at += *r->at == '-';
    if (*r->at == '0')
        r->at++;
    else if (!read_digits(r))
        return false;
    if (*r->at == '.' && (r->at++, !read_digits(r)))
        return false;
    if (*r->at == 'e' || *r->at == 'E') {
        r->at++;
        r->at += *r->at == '-' || *r->at == '+';
        if (!read_digits(r))
            return false;
    }
    node->length = (uint32_t)(r->at - start);
    r->number_end = r->at;
    return true;
}

static bool read_word(struct reader *r, struct doc_node *node)
{
    static const struct {
        const char *word;
        enum doc_kind kind;
    } words[] = {{"null", DOC_NULL}, {"false", DOC_FALSE}, {"true", DOC_TRUE}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(r->at, words[i].word, length) == 0) {
            node->kind = (uint8_t)words[i].kind;
            r->at += length;
            return true;
        }
    }
    return false;
}

static bool read_value(struct reader *r, struct doc_node *node, int depth);

static bool read_name(struct reader *r, struct doc_node *node)
{
    size_t length = 0;

    skip_blanks(r);
    if (*r->at++ != '"')
        return false;
    const char *name = read_string(r, &length);
    if (name == NULL)
        return false;
    doc_set_name(node, name, length);
    skip_blanks(r);
    return *r->at++ == ':';
}

/* Takes the sign that follows a value. */
static char take_sign(struct reader *r)
{
    skip_blanks(r);
    char sign = *r->at;
    if (sign != '\0')
        r->at++;
    if (r->number_end != NULL)
        *r->number_end = '\0';
    r->number_end = NULL;
    return sign;
}

/* The members of an object, or the elements of an array, behind its bracket. */
static bool read_children(struct reader *r, struct doc_node *parent, char closing, int depth)
{
    char sign = ',';

    skip_blanks(r);
    if (*r->at == closing) {
        r->at++;
        return true;
    }
    while (sign == ',') {
        struct doc_node *node = r->nodes++;
        doc_append(parent, node);
        if (parent->kind == DOC_ARRAY)
            doc_set_name(node, parent->name, parent->name_length);
        else if (!read_name(r, node))
            return false;
        if (!read_value(r, node, depth))
            return false;
        sign = take_sign(r);
    }
    return sign == closing;
}

static bool read_value(struct reader *r, struct doc_node *node, int depth)
{
    size_t length = 0;

    skip_blanks(r);
    switch (*r->at) {
    case '{':
    case '[':
        node->kind = *r->at == '{' ? DOC_OBJECT : DOC_ARRAY;
        return depth < DOC_DEPTH && read_children(r, node, *r->at++ == '{' ? '}' : ']', depth + 1);
    case '"':
        r->at++;
        node->kind = DOC_TEXT;
        node->text = read_string(r, &length);
        node->length = (uint32_t)length;
        return node->text != NULL;
    case '-':
    case '0' ... '9': return read_number(r, node);
    default: return read_word(r, node);
    }
}

/* There are no more values than one, and one behind each of these signs. */
static size_t most_nodes(const char *text)
{
    size_t count = 1;

    for (text += strcspn(text, ",[{"); *text != '\0'; text += strcspn(text, ",[{"), count++)
        text++;
    return count;
}

struct doc_node *doc_read(struct arena *arena, char *text, size_t length)
{
    if (length > UINT32_MAX || !str_utf8(text, length))
        return NULL;
    struct doc_node *root = arena_alloc(arena, most_nodes(text), sizeof *root);
    struct reader r = {.at = text, .nodes = root + 1};
    doc_set_name(root, "", 0);
    bool read = read_value(&r, root, 0) && take_sign(&r) == '\0' && r.at == text + length;
    return read ? root : NULL;
}
