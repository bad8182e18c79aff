#include "exchange/json.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

enum { DEPTH_MAX = 8 };

/* A walk over a text that json-c has accepted. */
struct walk {
    struct arena *arena;
    const char *bytes;
    size_t len, pos;
    long line;                   /* of pos */
    struct json_member *members; /* on the heap while it grows */
    size_t count, room;
    struct json_fault *fault; /* message is NULL until something is wrong */
};

static void refuse(struct walk *walk, const char *message)
{
    if (walk->fault->message == NULL)
        *walk->fault = (struct json_fault){.line = walk->line, .message = message};
}

static long line_of(const char *bytes, size_t pos)
{
    long line = 1;

    for (size_t i = 0; i < pos; i++)
        line += bytes[i] == '\n';
    return line;
}

static void skip_space(struct walk *walk)
{
    for (; walk->pos < walk->len && memchr(" \t\r\n", walk->bytes[walk->pos], 4) != NULL;
         walk->pos++)
        walk->line += walk->bytes[walk->pos] == '\n';
}

/* The byte at hand, NUL at the end. */
static char here(const struct walk *walk)
{
    return walk->pos < walk->len ? walk->bytes[walk->pos] : '\0';
}

/* The code unit of the escape \uHHHH at p; -1 when there is none. */
static long code_unit(const char *p, const char *end)
{
    char digits[5] = {0};

    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    memcpy(digits, p + 2, 4);
    return strtol(digits, NULL, 16);
}

/* Looks at one escape of a string and returns its length: half a character and NUL can not be
 * stored. */
static size_t check_escape(struct walk *walk, const char *p, const char *end)
{
    long unit = code_unit(p, end);
    long next = unit >= 0 ? code_unit(p + 6, end) : -1;

    if (unit == 0)
        refuse(walk, "a string with a NUL character");
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff)
        return 12;
    if (unit >= 0xd800 && unit <= 0xdfff)
        refuse(walk, "an escape that is half a character");
    return unit >= 0 ? 6 : 2;
}

static const char control_character[] = "a control character inside a string";

/* Reads the string at hand, quotes and all, and returns its text. */
static const char *read_string(struct walk *walk)
{
    const char *start = walk->bytes + walk->pos;
    const char *end = walk->bytes + walk->len;
    const char *p = start + 1;

    while (p < end && *p != '"') {
        if ((unsigned char)*p < 0x20)
            refuse(walk, control_character);
        p += *p == '\\' ? check_escape(walk, p, end) : 1;
    }
    p = p < end ? p + 1 : end;
    walk->pos = (size_t)(p - walk->bytes);
    struct json_tokener *tokener = json_tokener_new();
    struct json_object *string = json_tokener_parse_ex(tokener, start, (int)(p - start));
    const char *text = arena_copy(walk->arena, json_object_get_string(string),
                                  (size_t)json_object_get_string_len(string));
    json_object_put(string);
    json_tokener_free(tokener);
    return text;
}

/* The form that JSON has for numbers. json-c takes others too, such as "1.", "-01" and NaN. */
static bool is_number(const char *s)
{
    static const char digits[] = "0123456789";

    s += *s == '-';
    size_t count = strspn(s, digits);
    bool good = count == 1 || (count > 1 && *s != '0');
    s += count;
    if (*s == '.') {
        count = strspn(++s, digits);
        good = good && count > 0;
        s += count;
    }
    if (*s == 'e' || *s == 'E') {
        s += 1 + (s[1] == '+' || s[1] == '-');
        count = strspn(s, digits);
        good = good && count > 0;
        s += count;
    }
    return good && *s == '\0';
}

static enum json_kind kind_of_word(const char *word)
{
    if (strcmp(word, "null") == 0)
        return JSON_NULL;
    if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
        return JSON_BOOLEAN;
    return word[strspn(word, "-0123456789")] == '\0' ? JSON_INTEGER : JSON_NUMBER;
}

/* Reads what stands there without quotes and returns it. */
static const char *read_word(struct walk *walk, enum json_kind *kind)
{
    size_t start = walk->pos;

    while (walk->pos < walk->len && memchr(",]} \t\r\n", walk->bytes[walk->pos], 7) == NULL)
        walk->pos++;
    const char *word = arena_copy(walk->arena, walk->bytes + start, walk->pos - start);
    *kind = kind_of_word(word);
    if (*kind != JSON_NULL && *kind != JSON_BOOLEAN && !is_number(word))
        refuse(walk, "not valid JSON: a number in a form that it does not have");
    return word;
}

/* Passes over an array, whatever it holds. */
static void skip_array(struct walk *walk)
{
    enum json_kind kind = JSON_NULL;
    size_t depth = 0;

    do {
        char c = here(walk);
        if (c == '"') {
            read_string(walk);
        } else if (memchr("[]{},: \t\r\n", c, 10) == NULL) {
            read_word(walk, &kind);
        } else {
            depth += c == '[' || c == '{';
            depth -= c == ']' || c == '}';
            walk->line += c == '\n';
            walk->pos++;
        }
    } while (depth > 0 && walk->pos < walk->len);
}

static struct json_member *add_member(struct walk *walk, const char *parent, const char *key)
{
    const char *quote = strchr(key, '.') != NULL ? "\"" : "";

    if (walk->count == walk->room) {
        walk->room = 2 * walk->room + 16;
        walk->members = mem_resize(walk->members, walk->room, sizeof walk->members[0]);
    }
    struct json_member *member = &walk->members[walk->count++];
    *member = (struct json_member){.line = walk->line, .text = ""};
    member->path = arena_format(walk->arena, "%s%s%s%s%s", parent, parent[0] != '\0' ? "." : "",
                                quote, key, quote);
    for (size_t i = 0; i + 1 < walk->count && !member->repeated; i++)
        member->repeated = strcmp(walk->members[i].path, member->path) == 0;
    return member;
}

static void read_object(struct walk *walk, const char *path);

/* Reads the value at hand into member `index`; the list may move while an inner object is read. */
static void read_value(struct walk *walk, size_t index)
{
    struct json_member *member = &walk->members[index];

    if (here(walk) == '{') {
        member->kind = JSON_OBJECT;
        read_object(walk, member->path);
    } else if (here(walk) == '[') {
        member->kind = JSON_ARRAY;
        skip_array(walk);
    } else if (here(walk) == '"') {
        member->kind = JSON_STRING;
        member->text = read_string(walk);
    } else {
        member->text = read_word(walk, &member->kind);
    }
}

/* Reads the object at hand. Its recursion is as deep as json-c allowed. */
static void read_object(struct walk *walk, const char *path)
{
    walk->pos++;
    skip_space(walk);
    while (here(walk) == '"' && walk->fault->message == NULL) {
        size_t index = walk->count;
        const char *key = read_string(walk);
        add_member(walk, path, key);
        skip_space(walk);
        walk->pos++;
        skip_space(walk);
        read_value(walk, index);
        skip_space(walk);
        walk->pos += here(walk) == ',';
        skip_space(walk);
    }
    /* json-c lets keys stand in single quotes. */
    if (here(walk) != '}')
        refuse(walk, "not valid JSON: a key that is not in double quotes");
    walk->pos++;
}

/* The text with a letter for each byte that is none of ASCII: json-c 0.18 takes those for control
 * characters when it is strict. That they are UTF-8 is known; the grammar does not ask which. */
static const char *plain(struct arena *arena, const char *bytes, size_t len)
{
    char *text = arena_alloc(arena, len + 1, 1);

    for (size_t i = 0; i < len; i++)
        text[i] = (unsigned char)bytes[i] < 0x80 ? bytes[i] : 'x';
    return text;
}

/* Whether json-c takes the text as one strict JSON document with an object at its top. */
static bool accept(struct walk *walk)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);

    if (tokener == NULL)
        mem_exhausted();
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    struct json_object *document = json_tokener_parse_ex(
        tokener, plain(walk->arena, walk->bytes, walk->len), (int)walk->len);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    bool is_object = json_object_is_type(document, json_type_object);
    walk->line = line_of(walk->bytes, end < walk->len ? end : walk->len);
    if (error == json_tokener_continue)
        refuse(walk, "the file ends before its JSON does");
    else if (error == json_tokener_error_parse_string && end < walk->len &&
             (unsigned char)walk->bytes[end] < 0x20)
        refuse(walk, control_character); /* json-c 0.17 begins to refuse it itself */
    else if (error != json_tokener_success)
        refuse(walk,
               arena_format(walk->arena, "not valid JSON: %s", json_tokener_error_desc(error)));
    else if (!is_object)
        *walk->fault = (struct json_fault){.line = 1, .message = "not a JSON object"};
    json_object_put(document);
    json_tokener_free(tokener);
    return walk->fault->message == NULL;
}

/* Faults that show in the bytes. */
static bool accept_bytes(const char *bytes, size_t len, struct json_fault *fault)
{
    size_t good = str_utf8_length(bytes, len);

    *fault = (struct json_fault){.line = 1};
    if (len >= INT_MAX)
        fault->message = "too large";
    else if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        *fault = (struct json_fault){1, 1, "byte order mark"};
    else if (good < len)
        *fault = (struct json_fault){line_of(bytes, good), good + 1,
                                     bytes[good] == '\0' ? "NUL byte" : "not valid UTF-8"};
    return fault->message == NULL;
}

struct json_member *json_read(struct arena *arena, const char *bytes, size_t len, size_t *count,
                              struct json_fault *fault)
{
    struct walk walk = {.arena = arena, .bytes = bytes, .len = len, .fault = fault};
    struct json_member *members = NULL;

    if (!accept_bytes(bytes, len, fault) || !accept(&walk))
        return NULL;
    walk.line = 1;
    skip_space(&walk);
    read_object(&walk, "");
    if (fault->message == NULL) {
        members = arena_alloc(arena, walk.count + 1, sizeof *members);
        if (walk.count > 0)
            memcpy(members, walk.members, walk.count * sizeof *members);
        *count = walk.count;
    }
    free(walk.members);
    return members;
}
