#include "words/catalog.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *message, *translation;
    long line; /* of the translation */
};

struct catalog {
    struct entry *entries; /* in the order of their messages, once all are read */
    size_t count;
};

/* Where the reading is: an entry is a message and its translation, of several lines each. */
struct reading {
    struct arena *arena;
    struct catalog *catalog;
    struct buf message, translation, *open; /* open: which of them goes on */
    long line, translation_line;
};

/* Takes the text "..." that goes to the end of its line. */
static bool add_text(struct buf *to, const char *at)
{
    if (*at++ != '"')
        return false;
    for (; *at != '"'; at++) {
        bool escaped = *at == '\\';
        at += escaped;
        if (*at == '\0' || (escaped && strchr("\"\\n", *at) == NULL))
            return false;
        buf_char(to, escaped && *at == 'n' ? '\n' : *at);
    }
    return at[1] == '\0';
}

/* What has been read becomes an entry, but for the file's own head, whose message is empty. */
static void keep(struct reading *reading)
{
    const struct buf *message = &reading->message, *translation = &reading->translation;

    if (message->len > 0)
        reading->catalog->entries[reading->catalog->count++] =
            (struct entry){arena_copy(reading->arena, message->data, message->len),
                           arena_copy(reading->arena, buf_string(translation), translation->len),
                           reading->translation_line};
    buf_clear(&reading->message);
    buf_clear(&reading->translation);
    reading->open = NULL;
}

/* A doubtful translation is refused with all else that `make messages` never writes. */
static bool read_line(struct reading *reading, const char *line)
{
    static const char message[] = "msgid ", translation[] = "msgstr ";

    if (*line == '"')
        return reading->open != NULL && add_text(reading->open, line);
    if (reading->open == &reading->message) {
        if (strncmp(line, translation, sizeof translation - 1) != 0)
            return false;
        reading->open = &reading->translation;
        reading->translation_line = reading->line;
        return add_text(reading->open, line + sizeof translation - 1);
    }
    keep(reading);
    if (strncmp(line, message, sizeof message - 1) == 0) {
        reading->open = &reading->message;
        return add_text(reading->open, line + sizeof message - 1);
    }
    return *line == '\0' || (*line == '#' && strncmp(line, "#, fuzzy", 8) != 0);
}

static int order(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->message, ((const struct entry *)b)->message);
}

/* Reads the lines of the text, which it cuts. */
static bool read_lines(struct reading *reading, char *text)
{
    size_t room = 1;

    for (const char *at = text; (at = strstr(at, "msgid")) != NULL; at++)
        room++;
    reading->catalog->entries =
        arena_alloc(reading->arena, room, sizeof *reading->catalog->entries);
    for (char *line = text, *next; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        reading->line++;
        if (!read_line(reading, line))
            return false;
    }
    keep(reading);
    qsort(reading->catalog->entries, reading->catalog->count, sizeof *reading->catalog->entries,
          order);
    return true;
}

struct catalog *catalog_read(struct arena *arena, const char *path, struct buf *fault)
{
    struct reading reading = {.arena = arena,
                              .catalog = arena_alloc(arena, 1, sizeof *reading.catalog)};
    struct buf file = {0};

    bool found = buf_file(&file, path);
    bool good = found && read_lines(&reading, arena_copy(arena, buf_string(&file),
                                                         strlen(buf_string(&file))));
    buf_free(&file);
    buf_free(&reading.message);
    buf_free(&reading.translation);
    if (!good)
        buf_format(fault, "%s:%ld: %s\n", path, reading.line,
                   found ? "is no line of a catalogue" : "can not be read");
    return good ? reading.catalog : NULL;
}

const char *catalog_find(const struct catalog *catalog, const char *message)
{
    const struct entry wanted = {.message = message};
    const struct entry *entry =
        bsearch(&wanted, catalog->entries, catalog->count, sizeof wanted, order);

    return entry != NULL && *entry->translation != '\0' ? entry->translation : NULL;
}

long catalog_line(const struct catalog *catalog, const char *translation)
{
    for (size_t i = 0; i < catalog->count; i++) {
        if (catalog->entries[i].translation == translation)
            return catalog->entries[i].line;
    }
    return 0;
}

void catalog_entry(struct buf *out, const char *name, const char *message)
{
    buf_format(out, "\n#: %s.html\nmsgid \"", name);
    for (; *message != '\0'; message++) {
        if (*message == '"' || *message == '\\')
            buf_char(out, '\\');
        buf_char(out, *message);
    }
    buf_text(out, "\"\nmsgstr \"\"\n");
}
