#include "http/keep.h"

#include <string.h>

#include "http/pages.h"
#include "http/req.h"
#include "tpl/lang.h"

/* Whether a query string, from its '?' on, names the parameter. */
static bool names(const char *query, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = query; (at = strstr(at, name)) != NULL; at += length) {
        /* The character before it: of "?", "&" and "&amp;". */
        if (at > query && strchr("?&;", at[-1]) != NULL && at[length] == '=')
            return true;
    }
    return false;
}

/* Whether the page of an address has the parameter, which its query does not name. */
static bool takes(struct req *req, const char *address)
{
    size_t length = strcspn(address, "?#");
    const char *rest = NULL;
    struct route route = {0};

    lang_of(arena_copy(req->arena, address, length), &rest);
    if (names(address + length, req->kept) ||
        !pages_find(req->arena, req->site->pages, rest, &route))
        return false;
    for (const struct param *param = route.page->params; param->name != NULL; param++) {
        if (param->kept && strcmp(param->name, req->kept) == 0)
            return true;
    }
    return false;
}

void keep_address(struct buf *out, struct req *req, const char *address, size_t len, bool plain)
{
    const char *text = arena_copy(req->arena, address, len);
    size_t end = strcspn(text, "#");
    bool query = memchr(text, '?', end) != NULL;

    buf_add(out, text, end);
    if (req->kept != NULL && takes(req, text))
        buf_format(out, "%s%s=%s",
                   !query  ? "?"
                   : plain ? "&"
                           : "&amp;",
                   req->kept, req->kept_value);
    buf_text(out, text + end);
}

/* Whether the text before an attribute's value ends with its name. */
static bool is_named(const char *begin, const char *value, const char *name)
{
    size_t length = strlen(name);

    return (size_t)(value - begin) > length && memcmp(value - length, name, length) == 0;
}

void keep_links(struct req *req, struct buf *body)
{
    struct buf out = {0};
    const char *from = buf_string(body);

    if (req->kept == NULL)
        return;
    buf_reserve(&out, body->len + body->len / 4);
    for (const char *at = from, *value; (value = strstr(at, "=\"/")) != NULL;) {
        value += 2;
        size_t length = strcspn(value, "\"");
        at = value + length;
        if (!is_named(from, value, " href=\""))
            continue;
        buf_add(&out, from, (size_t)(value - from));
        keep_address(&out, req, value, length, false);
        from = at;
    }
    buf_text(&out, from);
    buf_free(body);
    *body = out;
}
