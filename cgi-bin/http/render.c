#include "http/render.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/req.h"
#include "tpl/doc.h"

extern char **environ;

/* A page, what it is drawn with, and the text on standard input of which a part may be done. */
struct render {
    struct site site;
    struct page page;
    struct buf text;
    size_t done;
};

static void say(const char *name, const char *what)
{
    fprintf(stderr, "%s: %s\n", name, what);
}

static bool find_page(struct render *render, const struct page *page, const char *name)
{
    render->site.pages = page;
    while (page->name != NULL && strcmp(page->name, name) != 0)
        page++;
    if (page->name == NULL) {
        say(name, "no such page");
        return false;
    }
    render->page = *page;
    return true;
}

static void read_input(struct buf *text)
{
    char bytes[64 * 1024];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);

    for (; got > 0; got = read(STDIN_FILENO, bytes, sizeof bytes))
        buf_add(text, bytes, (size_t)got);
}

static void close_all(struct render *render)
{
    tpl_unload(render->site.templates);
    config_free(&render->site.config);
    buf_free(&render->text);
}

static bool open_all(struct render *render, const struct page *table, const char *role,
                     const char *name)
{
    if (!find_page(render, table, name) || !config_load(&render->site.config, role))
        return false;
    render->site.templates = tpl_load(render->site.config.templates);
    if (render->site.templates == NULL) {
        close_all(render);
        return false;
    }
    read_input(&render->text);
    return true;
}

/* The next document on standard input, or NULL at its end; json-c says what is wrong with it, and
 * *fault is set. */
static char *next_document(struct render *render, struct arena *arena, size_t *length, bool *fault)
{
    const char *text = buf_string(&render->text) + render->done;
    size_t left = render->text.len - render->done;
    struct json_tokener *tokener = json_tokener_new_ex(2 * DOC_DEPTH);

    text += strspn(text, " \t\r\n");
    left = render->text.len - (size_t)(text - buf_string(&render->text));
    json_object_put(json_tokener_parse_ex(tokener, text, (int)left));
    enum json_tokener_error error = json_tokener_get_error(tokener);
    *length = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    *fault = left > 0 && error != json_tokener_success;
    if (*fault)
        fprintf(stderr, "%s: byte %zu: %s\n", render->page.name, render->done + *length,
                json_tokener_error_desc(error));
    if (left == 0 || *fault)
        return NULL;
    render->done = (size_t)(text - buf_string(&render->text)) + *length;
    return arena_copy(arena, text, *length);
}

static bool send_out(void *peer, const char *head, size_t head_len, const char *body, size_t len)
{
    (void)peer;
    return fwrite(head, 1, head_len, stdout) == head_len && fwrite(body, 1, len, stdout) == len;
}

static bool send_nowhere(void *peer, const char *head, size_t head_len, const char *body,
                         size_t len)
{
    (void)peer, (void)head, (void)head_len, (void)body, (void)len;
    return true;
}

static void tell_keys(const struct doc_node *node, const char *path, struct arena *arena)
{
    for (const struct doc_node *child = node->first; child != NULL; child = child->next) {
        const char *below = path;
        if (node->kind == DOC_OBJECT) {
            below = arena_format(arena, "%s%s%s", path, *path != '\0' ? "." : "", child->name);
            printf("%s %s\n", child->is_read ? "read" : "unread", below);
        }
        tell_keys(child, below, arena);
    }
}

/* Draws the next document. False when there is none, or it is none. */
static bool draw_next(struct render *render, req_send *send, bool tell, bool *fault)
{
    struct buf notes = {0};
    struct req req;
    size_t length = 0;

    req_open(&req, &render->site, environ);
    req.send = send;
    req.page = &render->page;
    req.scope.page = render->page.name;
    char *text = next_document(render, req.arena, &length, fault);
    if (text != NULL) {
        tpl_notes(tell ? &notes : NULL);
        if (page_read(&req, text, length))
            page_show(&req);
        else
            *fault = true;
        tpl_notes(NULL);
    }
    if (tell && text != NULL && !*fault) {
        fputs(buf_string(&notes), stdout);
        tell_keys(req.document, "", req.arena);
    }
    buf_free(&notes);
    req_close(&req);
    return text != NULL && !*fault;
}

int render_page(const struct page *table, const char *role, const char *name)
{
    struct render render = {0};
    bool fault = false;

    if (!open_all(&render, table, role, name))
        return 1;
    bool drawn = draw_next(&render, send_out, false, &fault);
    if (!drawn && !fault)
        say(name, "there is no document on standard input");
    close_all(&render);
    return drawn ? 0 : 1;
}

int render_names(const struct page *table, const char *role, bool hooks, const char *name)
{
    struct render render = {0};
    bool fault = false;

    if (!open_all(&render, table, role, name))
        return 1;
    if (!hooks)
        render.page.fill = NULL;
    while (draw_next(&render, send_nowhere, true, &fault))
        continue;
    close_all(&render);
    return fault ? 1 : 0;
}
