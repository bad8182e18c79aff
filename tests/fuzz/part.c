/* part: hostile templates and parts (see files.h) are put together, loaded and rendered, or
 * refused. */
#include "tpl/part.h"

#include "files.h"
#include "tpl/tpl.h"

/* ctemplate forgets the parser of a template that it refuses. A program loads its templates once,
 * at its start, so that nothing grows. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:ctemplate::Template::MaybeInitHtmlParser\n";
}

/* The page's text with its parts in place. */
static void check_text(const struct buf *text)
{
    static const char pragma[] = PART_PRAGMA "\n";
    const char *s = buf_string(text);

    fuzz_check(strncmp(s, pragma, sizeof pragma - 1) == 0);
    fuzz_check(strlen(s) == text->len);
    for (const char *line = s; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        fuzz_check(*line != ' ' && *line != '\t');
    }
}

/* The text of a page whose name is "page". False: refused. */
static bool check_page(const char *folder)
{
    struct buf text = {0}, fault = {0};
    bool good = part_expand(folder, "page", NULL, NULL, &text, &fault);

    fuzz_check(good == (fault.len == 0));
    if (good)
        check_text(&text);
    buf_free(&text);
    buf_free(&fault);
    return good;
}

static void render(const char *folder, bool expands)
{
    int broken = 0;
    struct tpl_set *set = tpl_load(folder, NULL, NULL, &broken);
    struct tpl_dict *dict = tpl_open();
    struct buf out = {0};

    fuzz_check(set != NULL);
    fuzz_check(expands || !tpl_has(set, "page"));
    tpl_value(dict, "v", "<zx'\">");
    tpl_show(dict, "s", true);
    tpl_value(tpl_row(dict, "r"), "v", "-1234.5");
    tpl_row(dict, "r");
    buf_text(&out, "before");
    bool drawn = tpl_render(set, "page", dict, "id", &out);
    fuzz_check(!drawn || tpl_has(set, "page"));
    fuzz_check(strncmp(buf_string(&out), "before", 6) == 0 && (drawn || out.len == 6));
    buf_free(&out);
    tpl_close(dict);
    tpl_unload(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct files files;

    files_read(arena, data, size, &files);
    files_write(arena, &files);
    bool expands = check_page(files.folder);
    render(files.folder, expands);
    files_remove(arena, &files);
    arena_close(arena);
    return 0;
}
