#include "words/part_head.h"

#include <string.h>

#include "words/markup.h"

static const char title_part[] = "_title", description_part[] = "_description";

/* A piece of a text that is kept elsewhere. */
struct words {
    const char *at;
    size_t len;
};

bool part_is_head(const char *name, size_t len)
{
    struct markup part = {.name = name, .name_len = len};

    return markup_is(&part, title_part) || markup_is(&part, description_part);
}

static void cut_site(struct words *title)
{
    static const char dash[] = " – ";

    for (size_t i = title->len; i >= sizeof dash - 1; i--) {
        if (memcmp(title->at + i - (sizeof dash - 1), dash, sizeof dash - 1) == 0) {
            title->len = i - (sizeof dash - 1);
            return;
        }
    }
}

/* The content of a tag whose name attribute says description. */
static void read_description(const struct markup *tag, struct words *description)
{
    const char *at = tag->name + tag->name_len;
    struct markup_attribute attribute;
    struct words content = {0};
    bool described = false;

    while (markup_attribute(&at, tag->text + tag->len, &attribute)) {
        struct markup name = {.name = attribute.name, .name_len = attribute.name_len};
        struct markup value = {.name = attribute.value, .name_len = attribute.value_len};
        described = described || (markup_is(&name, "name") && markup_is(&value, "description"));
        if (markup_is(&name, "content"))
            content = (struct words){attribute.value, attribute.value_len};
    }
    if (described)
        *description = content;
}

/* The first title is that of the head, as pictures have theirs behind it. */
static void read_head(const struct buf *page, struct words *title, struct words *description)
{
    const char *at = buf_string(page), *end = at + page->len, *start = NULL;
    struct markup piece;

    while ((title->at == NULL || description->at == NULL) && markup_next(&at, end, &piece)) {
        if (piece.kind == MARKUP_OPEN && markup_is(&piece, "title") && start == NULL)
            start = at;
        else if (piece.kind == MARKUP_CLOSE && markup_is(&piece, "title") && title->at == NULL &&
                 start != NULL)
            *title = (struct words){start, (size_t)(piece.text - start)};
        else if (piece.kind == MARKUP_SINGLE && markup_is(&piece, "meta"))
            read_description(&piece, description);
    }
    if (title->at != NULL)
        cut_site(title);
}

static void replace(struct buf *page, const char *part, const struct words *words)
{
    struct buf marker = {0}, all = {0};
    const char *text = buf_string(page), *found;

    buf_format(&marker, "{{>%s}}", part);
    while ((found = strstr(text, marker.data)) != NULL) {
        buf_add(&all, text, (size_t)(found - text));
        buf_add(&all, words->at, words->len);
        text = found + marker.len;
    }
    if (all.len > 0) {
        buf_text(&all, text);
        struct buf before = *page;
        *page = all;
        all = before;
    }
    buf_free(&all);
    buf_free(&marker);
}

bool part_head(struct buf *page)
{
    struct words title = {0}, description = {0};
    struct buf copy = {0};

    if (strstr(buf_string(page), "{{>_") == NULL)
        return true;
    buf_add(&copy, page->data, page->len);
    read_head(&copy, &title, &description);
    bool quotes = title.len > 0 && memchr(title.at, '"', title.len) != NULL;
    if (!quotes) {
        replace(page, title_part, &title);
        replace(page, description_part, &description);
    }
    buf_free(&copy);
    return !quotes;
}
