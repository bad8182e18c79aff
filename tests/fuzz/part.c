/* part: hostile templates and parts (see files.h) are put together, checked and rendered, or
 * refused. */
#include "words/part.h"

#include "files.h"
#include "tpl/doc.h"
#include "tpl/tpl.h"

/* ctemplate forgets the parser of a template that it refuses. A program reads what `make` has
 * checked. */
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

/* A line of the text came from a file of the folder; the first is the pragma. */
static void check_origins(const struct part_place *place, const struct buf *text)
{
    struct buf origin = {0};
    long line = 2;

    for (const char *at = text->data; (at = strchr(at, '\n')) != NULL && line < 20; at++, line++) {
        buf_clear(&origin);
        part_origin(place, "page", line, &origin);
        bool named = strncmp(buf_string(&origin), place->folder, strlen(place->folder)) == 0;
        fuzz_check(named || at[1] == '\0');
    }
    buf_free(&origin);
}

/* Makes the text of the page whose name is "page". False: it is refused. */
static bool make_text(const struct files *files, struct buf *text)
{
    struct buf fault = {0};
    const struct part_place place = {.folder = files->folder, .lang = "id", .fault = &fault};

    bool made = part_expand(&place, "page", text);
    fuzz_check(made == (fault.len == 0));
    if (made) {
        check_text(text);
        check_origins(&place, text);
    }
    buf_free(&fault);
    return made;
}

static bool is_taken(const struct buf *text)
{
    struct buf fault = {0};
    bool taken = tpl_check(text->data, text->len, &fault);

    fuzz_check(taken == (fault.len == 0));
    buf_free(&fault);
    return taken;
}

static void render(struct arena *arena, const struct files *files, const struct buf *text)
{
    struct files made = {.list = {{"page.html", text->data, text->len}, {"error.html", "", 0}},
                         .count = 2};
    const char *folder = arena_format(arena, "%s/id", files->folder);
    struct buf out = {0};

    snprintf(made.folder, sizeof made.folder, "%s", folder);
    files_write(arena, &made);
    struct tpl_set *set = tpl_load(files->folder);
    struct doc_node *page = doc_object(arena), *rows = doc_add(arena, page, "r", DOC_ARRAY);
    fuzz_check(set != NULL);
    doc_add_text(arena, page, "v", "<zx'\">");
    doc_add_flag(arena, page, "s", true);
    doc_add_text(arena, doc_add(arena, rows, NULL, DOC_OBJECT), "v", "-1234.5");
    doc_add(arena, rows, NULL, DOC_OBJECT);
    buf_text(&out, "before");
    bool drawn = tpl_render(set, "page", NULL, page, "id", &out);
    /* Shared parts are not there. */
    fuzz_check(drawn == is_taken(text) || strstr(text->data, "{{>") != NULL);
    fuzz_check(strncmp(buf_string(&out), "before", 6) == 0 && (drawn || out.len == 6));
    buf_free(&out);
    tpl_unload(set);
    files_remove(arena, &made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct files files;
    struct buf text = {0};

    files_read(arena, data, size, &files);
    files_write(arena, &files);
    if (make_text(&files, &text))
        render(arena, &files, &text);
    buf_free(&text);
    files_remove(arena, &files);
    arena_close(arena);
    return 0;
}
