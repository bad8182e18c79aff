#include "tpl/doc.h"

#include <string.h>

#include "base/arena.h"

static const char word_ending[] = "_word";

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
uint32_t doc_hash(const char *name, size_t length)
{
    uint32_t sum = 2166136261;

    for (size_t i = 0; i < length; i++)
        sum = (sum ^ (unsigned char)name[i]) * 16777619;
    return sum;
}

void doc_set_name(struct doc_node *node, const char *name, size_t length)
{
    size_t ending = sizeof word_ending - 1;

    node->name = name;
    node->name_length = (uint32_t)length;
    node->hash = doc_hash(name, length);
    node->is_word = length > ending && memcmp(name + length - ending, word_ending, ending) == 0;
}

void doc_append(struct doc_node *parent, struct doc_node *node)
{
    if (parent->last != NULL)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->length++;
}

bool doc_is_named(const struct doc_node *node, const char *name, size_t length, uint32_t hash)
{
    return node->hash == hash && node->name_length == length &&
           memcmp(node->name, name, length) == 0;
}

struct doc_node *doc_find(struct doc_node *object, const char *name, size_t length, uint32_t hash)
{
    struct doc_node *node = object != NULL && object->kind == DOC_OBJECT ? object->first : NULL;

    while (node != NULL && !doc_is_named(node, name, length, hash))
        node = node->next;
    if (node != NULL)
        node->is_read = true;
    return node;
}

struct doc_node *doc_get(struct doc_node *object, const char *name)
{
    size_t length = strlen(name);

    return doc_find(object, name, length, doc_hash(name, length));
}

bool doc_is(const struct doc_node *node)
{
    if (node == NULL || node->kind == DOC_NULL || node->kind == DOC_FALSE)
        return false;
    return node->length > 0 || node->kind == DOC_TRUE || node->kind == DOC_OBJECT;
}

bool doc_has(struct doc_node *object, const char *name)
{
    return doc_is(doc_get(object, name));
}

const char *doc_text(struct doc_node *object, const char *name)
{
    const struct doc_node *node = doc_get(object, name);

    return node != NULL ? node->text : NULL;
}

struct doc_node *doc_list(struct doc_node *object, const char *name)
{
    struct doc_node *node = doc_get(object, name);

    return node != NULL && node->kind == DOC_ARRAY ? node->first : NULL;
}

struct doc_node *doc_object(struct arena *arena)
{
    struct doc_node *object = arena_alloc(arena, 1, sizeof *object);

    object->name = "";
    object->kind = DOC_OBJECT;
    return object;
}

struct doc_node *doc_add(struct arena *arena, struct doc_node *parent, const char *name,
                         enum doc_kind kind)
{
    struct doc_node *node = arena_alloc(arena, 1, sizeof *node);

    if (name == NULL)
        name = parent->name;
    doc_set_name(node, name, strlen(name));
    node->kind = kind;
    doc_append(parent, node);
    return node;
}

void doc_add_text(struct arena *arena, struct doc_node *parent, const char *name, const char *text)
{
    struct doc_node *node = doc_add(arena, parent, name, text != NULL ? DOC_TEXT : DOC_NULL);

    if (text != NULL) {
        node->text = text;
        node->length = (uint32_t)strlen(text);
    }
}

void doc_add_flag(struct arena *arena, struct doc_node *parent, const char *name, bool flag)
{
    doc_add(arena, parent, name, flag ? DOC_TRUE : DOC_FALSE);
}
