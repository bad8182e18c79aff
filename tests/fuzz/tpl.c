/* tpl: hostile values in every place of every template of ours. Signs that mean something in HTML
 * are as many as with harmless values: none of them got through. First line: the number of the
 * template; each other line is a value. */
#include "tpl/tpl.h"

#include <glob.h>

#include "../built.h"
#include "fuzz.h"
#include "tpl/doc.h"

enum { TEMPLATES_MAX = 40, NAMES_MAX = 300, VALUES_MAX = 30 };

/* A template and the names in it; a section's name begins with '#'. */
static struct template
{
    struct tpl_set *set;
    const char *page;
    const char *names[NAMES_MAX];
    size_t count;
}
templates[TEMPLATES_MAX];
static size_t template_count;

/* Takes the names out of the text. They are kept for good. */
static void find_names(struct arena *arena, struct template *template, const char *text)
{
    while ((text = strstr(text, "{{")) != NULL && template->count < NAMES_MAX) {
        text += 2;
        bool section = *text == '#';
        size_t len = strspn(text + section, "abcdefghijklmnopqrstuvwxyz0123456789_");
        if (len == 0)
            continue;
        const char *name = arena_copy(arena, text, section + len);
        size_t i = 0;
        while (i < template->count && strcmp(template->names[i], name) != 0)
            i++;
        template->names[i] = name;
        template->count += i == template->count;
    }
}

static void load(struct arena *arena, const char *folder)
{
    glob_t found = {0};
    struct tpl_set *set = tpl_load(folder);

    fuzz_check(set != NULL);
    fuzz_check(glob(arena_format(arena, "%s/id/[a-z]*.html", folder), 0, NULL, &found) == 0);
    for (size_t i = 0; i < found.gl_pathc && template_count < TEMPLATES_MAX; i++) {
        struct template *template = &templates[template_count++];
        struct buf text = {0};
        const char *base = strrchr(found.gl_pathv[i], '/') + 1;
        template->set = set;
        template->page = arena_copy(arena, base, strlen(base) - strlen(".html"));
        fuzz_check(buf_file(&text, found.gl_pathv[i]));
        find_names(arena, template, buf_string(&text));
        buf_free(&text);
    }
    globfree(&found);
}

/* An object in which each name of the template has one of the values. What is a section is shown
 * once, hidden, or a list of two, unless it is a name with a value too. */
static struct doc_node *fill(struct arena *arena, const struct template *template,
                             const char *const *values, size_t count, size_t shape)
{
    struct doc_node *page = doc_object(arena);

    for (size_t i = 0; i < template->count; i++) {
        const char *name = template->names[i];
        const char *value = values[(i + shape) % count];
        if (*name != '#') {
            doc_add_text(arena, page, name, value);
        } else if ((i + shape) % 4 == 0) {
            struct doc_node *list = doc_add(arena, page, name + 1, DOC_ARRAY);
            doc_add(arena, list, NULL, DOC_OBJECT);
            doc_add_text(arena, doc_add(arena, list, NULL, DOC_OBJECT), "name", value);
        } else {
            doc_add_flag(arena, page, name + 1, (i + shape) % 4 != 1 || shape == 0);
        }
    }
    return page;
}

static void render(struct arena *arena, const struct template *template, const char *const *values,
                   size_t count, size_t shape, struct buf *out)
{
    struct doc_node *page = fill(arena, template, values, count, shape);

    /* Its names are where those of all pages are, or those of its own. */
    fuzz_check(tpl_render(template->set, template->page, shape % 3 == 0 ? page : NULL,
                          shape % 3 == 0 ? NULL : page, shape % 2 == 0 ? "id" : "en", out));
}

static void count_signs(const struct buf *text, size_t counts[256])
{
    memset(counts, 0, 256 * sizeof *counts);
    for (const char *at = text->data, *end = at + text->len; at < end; at++)
        counts[(uint8_t)*at]++;
}

/* No address begins with another scheme than those of the web. */
static void check_addresses(const struct buf *text)
{
    static const char *const starts[] = {"href=\"", "src=\"", "action=\""};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        for (const char *at = strstr(text->data, starts[i]); at != NULL;
             at = strstr(at, starts[i])) {
            at += strlen(starts[i]);
            size_t scheme = strcspn(at, ":/?#\"");
            if (at[scheme] == ':')
                fuzz_check(strncasecmp(at, "http:", 5) == 0 || strncasecmp(at, "https:", 6) == 0 ||
                           strncmp(at, "mailto:", 7) == 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    static const char *const harmless[] = {"x"};
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    const char *values[VALUES_MAX] = {""};
    size_t in_wild[256], in_tame[256];
    struct buf wild = {0}, tame = {0};
    size_t count = 0;

    if (kept == NULL) {
        kept = arena_open();
        load(kept, built("templates"));
        load(kept, built("unit-templates"));
    }
    size_t shape = strtoul(fuzz_line(arena, &input), NULL, 10);
    while (count < VALUES_MAX && input.at < input.end)
        values[count++] = fuzz_line(arena, &input);
    const struct template *template = &templates[shape % template_count];
    shape = shape / template_count % 64;
    render(arena, template, values, count > 0 ? count : 1, shape, &wild);
    render(arena, template, harmless, 1, shape, &tame);
    count_signs(&wild, in_wild);
    count_signs(&tame, in_tame);
    for (const char *c = "<>\"'"; *c != '\0'; c++)
        fuzz_check(in_wild[(uint8_t)*c] == in_tame[(uint8_t)*c]);
    check_addresses(&wild);
    buf_free(&wild);
    buf_free(&tame);
    arena_close(arena);
    return 0;
}
