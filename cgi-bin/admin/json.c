#include "admin/json.h"

#include <json-c/json.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "tpl/doc.h"

enum { DEPTH_MAX = 8 };

/* The list in the making. */
struct list {
    struct arena *arena;
    const char *bytes, *copy; /* as they came, and as the nodes have them, byte for byte */
    struct json_member *members;
    size_t count;
};

static long line_of(const char *bytes, size_t pos)
{
    long line = 1;

    for (size_t i = 0; i < pos; i++)
        line += bytes[i] == '\n';
    return line;
}

static enum json_kind kind_of(const struct doc_node *node)
{
    switch (node->kind) {
    case DOC_NULL: return JSON_NULL;
    case DOC_FALSE:
    case DOC_TRUE: return JSON_BOOLEAN;
    case DOC_NUMBER: return strpbrk(node->text, ".eE") == NULL ? JSON_INTEGER : JSON_NUMBER;
    case DOC_TEXT: return JSON_STRING;
    default: return node->kind == DOC_ARRAY ? JSON_ARRAY : JSON_OBJECT;
    }
}

static const char *text_of(const struct doc_node *node)
{
    static const char *const words[] = {
        [DOC_NULL] = "null", [DOC_FALSE] = "false", [DOC_TRUE] = "true"};

    if (node->kind <= DOC_TRUE)
        return words[node->kind];
    return node->text != NULL ? node->text : "";
}

static void add_members(struct list *list, const struct doc_node *object, const char *path)
{
    for (const struct doc_node *node = object->first; node != NULL; node = node->next) {
        const char *quote = strchr(node->name, '.') != NULL ? "\"" : "";
        struct json_member *member = &list->members[list->count++];
        member->path = arena_format(list->arena, "%s%s%s%s%s", path, path[0] != '\0' ? "." : "",
                                    quote, node->name, quote);
        member->line = line_of(list->bytes, (size_t)(node->name - list->copy));
        member->kind = kind_of(node);
        member->text = text_of(node);
        for (size_t i = 0; i + 1 < list->count && !member->repeated; i++)
            member->repeated = strcmp(list->members[i].path, member->path) == 0;
        if (node->kind == DOC_OBJECT)
            add_members(list, node, member->path);
    }
}

/* How many members all objects have, those of arrays too. */
static size_t count_members(const struct doc_node *object)
{
    size_t count = 0;

    for (const struct doc_node *node = object->first; node != NULL; node = node->next)
        count += 1 + count_members(node);
    return count;
}

/* What json-c takes although JSON has no such thing, and what no text of a database can hold. */
static const char not_strict[] =
    "not valid JSON: single quotes, a control character, NUL or half a character in a string, or a "
    "number in a form that it does not have";

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
static bool accept(struct arena *arena, const char *bytes, size_t len, struct json_fault *fault)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);

    if (tokener == NULL)
        mem_exhausted();
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    struct json_object *document =
        json_tokener_parse_ex(tokener, plain(arena, bytes, len), (int)len);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    bool is_object = json_object_is_type(document, json_type_object);
    fault->line = line_of(bytes, end < len ? end : len);
    if (error == json_tokener_continue)
        fault->message = "the file ends before its JSON does";
    else if (error == json_tokener_error_parse_string && end < len &&
             (unsigned char)bytes[end] < 0x20)
        fault->message = not_strict; /* json-c 0.17 begins to refuse it itself */
    else if (error != json_tokener_success)
        fault->message = arena_format(arena, "not valid JSON: %s", json_tokener_error_desc(error));
    else if (!is_object)
        *fault = (struct json_fault){.line = 1, .message = "not a JSON object"};
    json_object_put(document);
    json_tokener_free(tokener);
    return fault->message == NULL;
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
    if (!accept_bytes(bytes, len, fault) || !accept(arena, bytes, len, fault))
        return NULL;
    char *copy = arena_copy(arena, bytes, len);
    const struct doc_node *document = doc_read(arena, copy, len);
    if (document == NULL) {
        *fault = (struct json_fault){.message = not_strict};
        return NULL;
    }
    struct list list = {.arena = arena, .bytes = bytes, .copy = copy};
    list.members = arena_alloc(arena, count_members(document) + 1, sizeof *list.members);
    add_members(&list, document, "");
    *count = list.count;
    return list.members;
}
