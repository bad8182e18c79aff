/* words: makes the texts that the programs show out of the templates: with their parts in place, in
 * each language. A tool of `make`; what it refuses it names by file and line. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tpl/lang.h"
#include "tpl/tpl.h"
#include "words/catalog.h"
#include "words/part.h"

/* What a call is about. */
struct task {
    struct arena *arena;
    const char *folder, *out;
    glob_t files;
    struct buf faults;
};

/* The name of a file, without folder and ending. */
static const char *name_of(struct arena *arena, const char *path)
{
    const char *base = strrchr(path, '/') + 1;

    return arena_copy(arena, base, strlen(base) - strlen(".html"));
}

/* Which line of a text it is that ctemplate refuses for that reason, which it keeps from there on.
 */
static long refused_line(const struct buf *text, const struct buf *reason)
{
    struct buf other = {0};
    bool same = true;
    long line = 2;

    for (size_t i = 0; i < text->len; i++)
        line += text->data[i] == '\n';
    for (size_t len = text->len; same && len > 0; line--) {
        do {
            len--;
        } while (len > 0 && text->data[len - 1] != '\n');
        buf_clear(&other);
        tpl_check(text->data, len, &other);
        same = strcmp(buf_string(&other), buf_string(reason)) == 0;
    }
    buf_free(&other);
    return line;
}

/* Makes the text of a template, empty at first. False after words in the fault of the place. */
static bool make_text(const struct part_place *place, const char *name, struct buf *text)
{
    struct buf reason = {0};

    bool made = part_expand(place, name, text);
    bool good = made && tpl_check(text->data, text->len, &reason);
    if (made && !good) {
        /* With a translation in it, a line is not where it was. */
        if (place->use == NULL)
            part_origin(place, name, refused_line(text, &reason), place->fault);
        else
            buf_format(place->fault, "%s/%s.html: in language %s", place->folder, name,
                       place->lang);
        buf_format(place->fault, ": %s\n", buf_string(&reason));
    }
    buf_free(&reason);
    return good;
}

static bool write_text(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "w");

    bool written = file != NULL && fwrite(text->data, 1, text->len, file) == text->len;
    written = file != NULL && fclose(file) == 0 && written;
    if (!written)
        perror(path);
    return written;
}

/* The translations into a language, and where they are from. */
struct tongue {
    const char *path;
    const struct catalog *catalog;
    struct buf *fault;
};

static const char *translate(void *context, const char *message)
{
    const struct tongue *tongue = context;

    return catalog_find(tongue->catalog, message);
}

static void refuse(void *context, const char *translation, const char *reason)
{
    const struct tongue *tongue = context;

    buf_format(tongue->fault, "%s:%ld: the translation %s\n", tongue->path,
               catalog_line(tongue->catalog, translation), reason);
}

/* Makes the files of all pages and shared parts in one language, up to the first that is refused.
 */
static bool make_language(struct task *task, const char *lang, const struct message_use *use)
{
    const struct part_place place = {task->folder, lang, use, &task->faults};
    const char *folder = arena_format(task->arena, "%s/%s", task->out, lang);
    bool good = true;

    mkdir(folder, 0777);
    for (size_t i = 0; good && i < task->files.gl_pathc; i++) {
        const char *name = name_of(task->arena, task->files.gl_pathv[i]);
        struct buf text = {0};
        if (*name != '_' || part_is_shared(name, strlen(name)))
            good = make_text(&place, name, &text) &&
                   write_text(arena_format(task->arena, "%s/%s.html", folder, name), &text);
        buf_free(&text);
    }
    return good;
}

/* The first language is that of the templates. */
static bool make_languages(struct task *task)
{
    mkdir(task->out, 0777);
    bool good = make_language(task, lang_codes[0], NULL);
    for (size_t i = 1; good && lang_codes[i] != NULL; i++) {
        struct tongue tongue = {.fault = &task->faults};
        struct message_use use = {translate, refuse, &tongue, lang_codes[i]};
        tongue.path = arena_format(task->arena, "%s/locale/%s.po", task->folder, lang_codes[i]);
        tongue.catalog = catalog_read(task->arena, tongue.path, &task->faults);
        good = tongue.catalog != NULL && make_language(task, lang_codes[i], &use);
    }
    return good;
}

/* A message and the file that it is in. */
struct listing {
    const char *name;
    struct buf *out;
};

static const char *list_message(void *context, const char *message)
{
    const struct listing *listing = context;

    catalog_entry(listing->out, listing->name, message);
    return NULL;
}

/* Prints the messages of all files, as gettext's tools read them; one that occurs twice is there
 * twice. */
static bool print_messages(struct task *task)
{
    const struct part_place place = {.folder = task->folder, .fault = &task->faults};
    struct buf out = {0};
    bool good = true;

    buf_text(&out, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
    for (size_t i = 0; good && i < task->files.gl_pathc; i++) {
        struct listing listing = {name_of(task->arena, task->files.gl_pathv[i]), &out};
        struct message_use use = {
            .translate = list_message, .context = &listing, .lang = lang_codes[0]};
        struct buf text = {0}, same = {0};
        good = part_read(&place, listing.name, &text) &&
               message_rewrite(text.data, text.len, &use, &same);
        buf_free(&text);
        buf_free(&same);
    }
    fputs(out.data, stdout);
    buf_free(&out);
    return good;
}

int main(int argc, char **argv)
{
    bool messages = argc == 3 && strcmp(argv[1], "--messages") == 0;

    if (argc != 3) {
        fputs("usage: words FOLDER OUT         makes OUT/LANGUAGE/*.html of FOLDER/*.html\n"
              "       words --messages FOLDER  prints their messages for gettext's tools\n",
              stderr);
        return 2;
    }
    struct task task = {.arena = arena_open(), .folder = argv[messages ? 2 : 1], .out = argv[2]};
    bool good = glob(arena_format(task.arena, "%s/*.html", task.folder), 0, NULL, &task.files) == 0;
    if (!good)
        buf_format(&task.faults, "%s: has no templates\n", task.folder);
    good = good && (messages ? print_messages(&task) : make_languages(&task));
    fputs(buf_string(&task.faults), stderr);
    buf_free(&task.faults);
    globfree(&task.files);
    arena_close(task.arena);
    return good ? 0 : 1;
}
