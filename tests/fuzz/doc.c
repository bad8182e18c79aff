/* doc: what our reader takes json-c takes too, and finds the same tree in it. What json-c takes and
 * ours does not, there is a known reason to refuse. */
#include "tpl/doc.h"

#include <json-c/json.h>
#include <math.h>
#include <regex.h>

#include "fuzz.h"

enum { ORACLE_DEPTH = 1000 };

static bool ask_oracle(const char *bytes, size_t size, struct json_object **tree)
{
    struct json_tokener *strict = json_tokener_new_ex(ORACLE_DEPTH);
    struct json_tokener *lax = json_tokener_new_ex(ORACLE_DEPTH);
    char *plain = malloc(size + 1);

    /* json-c 0.18 takes what is none of ASCII for control characters when it is strict. */
    for (size_t i = 0; i <= size; i++)
        plain[i] = (unsigned char)bytes[i] < 0x80 ? bytes[i] : 'x';
    json_tokener_set_flags(strict, JSON_TOKENER_STRICT);
    /* The NUL behind the text tells that a number has ended. */
    json_object_put(json_tokener_parse_ex(strict, plain, (int)size + 1));
    bool taken = json_tokener_get_error(strict) == json_tokener_success;
    size_t end = json_tokener_get_parse_end(strict);
    if (taken)
        *tree = json_tokener_parse_ex(lax, bytes, (int)size + 1);
    json_tokener_free(lax);
    json_tokener_free(strict);
    free(plain);
    return taken && end + strspn(bytes + end, " \t\r\n") >= size;
}

/* What our reader refuses on purpose: depth, NaN and the like, U+0000, half a surrogate pair (for
 * which json-c puts U+FFFD), control characters that are not escaped, names in single quotes, text
 * that is not UTF-8 (json-c knows no overlong forms). */
static bool is_odd_text(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((uint8_t)text[i] < ' ' || (length - i > 2 && memcmp(text + i, "\xef\xbf\xbd", 3) == 0))
            return true;
    }
    return false;
}

/* Whether a number outside of strings is none by the standard: json-c takes 00 and "1." */
static bool has_odd_number(const char *text)
{
    static regex_t number;
    regmatch_t match;

    if (number.re_nsub == 0)
        fuzz_check(regcomp(&number, "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?",
                           REG_EXTENDED) == 0);
    for (bool inside = false; *text != '\0'; text++) {
        size_t length = inside ? 0 : strspn(text, "+-.0123456789");
        if (inside && text[0] == '\\' && text[1] != '\0')
            text++;
        else if (*text == '"')
            inside = !inside;
        else if (length > 0 &&
                 (regexec(&number, text, 1, &match, 0) != 0 || (size_t)match.rm_eo < length))
            return true;
        else if (length > 0)
            text += match.rm_eo - 1;
    }
    return false;
}

static bool is_odd(struct json_object *tree, int depth)
{
    bool nests =
        json_object_is_type(tree, json_type_object) || json_object_is_type(tree, json_type_array);

    if (nests && depth >= DOC_DEPTH)
        return true;
    if (json_object_is_type(tree, json_type_double))
        return !isfinite(json_object_get_double(tree));
    if (json_object_is_type(tree, json_type_string))
        return is_odd_text(json_object_get_string(tree), (size_t)json_object_get_string_len(tree));
    if (json_object_is_type(tree, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(tree); i++) {
            if (is_odd(json_object_array_get_idx(tree, i), depth + 1))
                return true;
        }
    }
    if (json_object_is_type(tree, json_type_object)) {
        json_object_object_foreach(tree, name, value)
        {
            if (is_odd_text(name, strlen(name)) || is_odd(value, depth + 1))
                return true;
        }
    }
    return false;
}

static void compare(const struct doc_node *node, struct json_object *tree);

/* Of members with one name json-c keeps the last. */
static const struct doc_node *last_of(const struct doc_node *object, const struct doc_node *member)
{
    const struct doc_node *last = NULL;

    for (const struct doc_node *other = object->first; other != NULL; other = other->next) {
        if (fuzz_same(other->name, member->name))
            last = other;
    }
    return last;
}

static void compare_members(const struct doc_node *object, struct json_object *tree)
{
    struct json_object *value = NULL;
    int count = 0;

    for (const struct doc_node *member = object->first; member != NULL; member = member->next) {
        fuzz_check(strlen(member->name) == member->name_length);
        fuzz_check(member->hash == doc_hash(member->name, member->name_length));
        fuzz_check(json_object_object_get_ex(tree, member->name, &value));
        if (last_of(object, member) == member) {
            compare(member, value);
            count++;
        }
    }
    fuzz_check(count == json_object_object_length(tree));
}

static void compare_elements(const struct doc_node *list, struct json_object *tree)
{
    const struct doc_node *element = list->first;

    fuzz_check(list->length == json_object_array_length(tree));
    for (size_t i = 0; i < list->length; i++, element = element->next) {
        fuzz_check(fuzz_same(element->name, list->name));
        compare(element, json_object_array_get_idx(tree, i));
    }
    fuzz_check(element == NULL);
}

/* json-c makes numbers of them, ours leaves what was written. */
static void compare_number(const struct doc_node *node, struct json_object *tree)
{
    fuzz_check(strspn(node->text, "+-.0123456789eE") == node->length);
    double value = strtod(node->text, NULL);
    if (strpbrk(node->text, ".eE") != NULL)
        fuzz_check(json_object_get_double(tree) == value);
    else if (fabs(value) < 9e18)
        fuzz_check(json_object_get_int64(tree) == strtoll(node->text, NULL, 10));
    else
        fuzz_check(json_object_is_type(tree, json_type_int));
}

static void compare(const struct doc_node *node, struct json_object *tree)
{
    static const enum json_type types[] = {
        [DOC_NULL] = json_type_null,    [DOC_FALSE] = json_type_boolean,
        [DOC_TRUE] = json_type_boolean, [DOC_TEXT] = json_type_string,
        [DOC_ARRAY] = json_type_array,  [DOC_OBJECT] = json_type_object};

    fuzz_check((node->text != NULL) == (node->kind == DOC_NUMBER || node->kind == DOC_TEXT));
    fuzz_check(node->text == NULL || strlen(node->text) == node->length);
    if (node->kind == DOC_NUMBER) {
        compare_number(node, tree);
        return;
    }
    fuzz_check(json_object_is_type(tree, types[node->kind]));
    fuzz_check(json_object_get_boolean(tree) || node->kind != DOC_TRUE);
    if (node->kind == DOC_TEXT)
        fuzz_check(fuzz_same(node->text, json_object_get_string(tree)));
    else if (node->kind == DOC_OBJECT)
        compare_members(node, tree);
    else if (node->kind == DOC_ARRAY)
        compare_elements(node, tree);
}

/* json-c 0.17 begins to refuse numbers that no 64 bits and no double hold. */
static bool has_long_number(const char *text)
{
    enum { INTEGER = 19, EXPONENT = 3 };

    for (size_t length = 0; *text != '\0'; text += length + (text[length] != '\0')) {
        bool exponent = *text == 'e' || *text == 'E';
        const char *digits = text + (exponent ? 1 + strspn(text + 1, "+-") : 0);
        size_t count = strspn(digits, "0123456789");
        if (count >= (exponent ? EXPONENT : INTEGER))
            return true;
        length = count > 0 && !exponent ? count - 1 : 0;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct json_object *tree = NULL;
    /* In a piece of just that size, so that a byte too far is seen. */
    char *text = malloc(size + 1), *bytes = malloc(size + 1);

    if (size > 0) {
        memcpy(text, data, size);
        memcpy(bytes, data, size);
    }
    text[size] = bytes[size] = '\0';
    const struct doc_node *root = doc_read(arena, text, size);
    bool taken = ask_oracle(bytes, size, &tree);
    if (root != NULL) {
        fuzz_check(taken || has_long_number(bytes));
        if (taken)
            compare(root, tree);
    } else if (taken && fuzz_utf8_length(bytes, size) == size) {
        bool known = strchr(bytes, '\'') != NULL || strstr(bytes, "\\u0000") != NULL;
        fuzz_check(known || is_odd(tree, 0) || has_odd_number(bytes));
    }
    json_object_put(tree);
    free(bytes);
    free(text);
    arena_close(arena);
    return 0;
}
