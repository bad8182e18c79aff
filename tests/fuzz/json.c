/* json: a document that is taken is as deep and as long as it says, and the same again when its
 * members are written as a document of our own. */
#include "admin/json.h"

#include <regex.h>

#include "base/buf.h"
#include "fuzz.h"

static void write_string(struct buf *out, const char *text, size_t len)
{
    buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if (strchr("\"\\", text[i]) != NULL)
            buf_format(out, "\\%c", text[i]);
        else if ((uint8_t)text[i] < 0x20)
            buf_format(out, "\\u%04x", (unsigned)text[i]);
        else
            buf_char(out, text[i]);
    }
    buf_char(out, '"');
}

/* Writes members from `at` on that lie inside `parent` (by their number of levels) as one object.
 * Returns the first that does not. Keys are what follows the parent's path. */
static size_t write_object(struct buf *out, const struct json_member *members, size_t count,
                           size_t at, const char *parent)
{
    size_t skip = *parent != '\0' ? strlen(parent) + 1 : 0;
    bool first = true;

    buf_char(out, '{');
    while (at < count) {
        const struct json_member *member = &members[at];
        if (skip > 0 &&
            (strncmp(member->path, parent, skip - 1) != 0 || member->path[skip - 1] != '.'))
            break;
        const char *key = member->path + skip;
        size_t len = strlen(key);
        /* A key with a point in it stands in quotes. */
        bool quoted = len > 2 && *key == '"' && key[len - 1] == '"' && strchr(key, '.') != NULL;
        buf_text(out, first ? "\n" : ",\n");
        first = false;
        write_string(out, key + quoted, len - 2 * quoted);
        buf_char(out, ':');
        at++;
        if (member->kind == JSON_OBJECT)
            at = write_object(out, members, count, at, member->path);
        else if (member->kind == JSON_ARRAY)
            buf_text(out, "[]");
        else if (member->kind == JSON_STRING)
            write_string(out, member->text, strlen(member->text));
        else
            buf_text(out, member->text);
    }
    buf_char(out, '}');
    return at;
}

/* Paths that can not be told apart, as those of keys with quotes or repeated objects, are not
 * written again. */
static bool is_plain(const struct json_member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (members[i].repeated || strchr(members[i].path, '"') != NULL)
            return false;
    }
    return true;
}

static void check_again(struct arena *arena, const struct json_member *members, size_t count)
{
    struct buf text = {0};
    struct json_fault fault;
    size_t again_count = 0;

    fuzz_check(write_object(&text, members, count, 0, "") == count);
    const struct json_member *again =
        json_read(arena, buf_string(&text), text.len, &again_count, &fault);
    fuzz_check(again != NULL && again_count == count);
    for (size_t i = 0; i < count; i++) {
        fuzz_check(fuzz_same(again[i].path, members[i].path));
        fuzz_check(fuzz_same(again[i].text, members[i].text));
        fuzz_check(again[i].kind == members[i].kind && !again[i].repeated);
        fuzz_check(again[i].line == (long)i + 2);
    }
    buf_free(&text);
}

/* The deepest level of a document that is valid, counted from its brackets. */
static size_t depth_of(const char *bytes, size_t size)
{
    size_t depth = 0, deepest = 0;
    bool inside = false;

    for (size_t i = 0; i < size; i++) {
        if (inside && bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            inside = !inside;
        else if (!inside && strchr("{[", bytes[i]) != NULL)
            deepest = ++depth > deepest ? depth : deepest;
        else if (!inside && strchr("}]", bytes[i]) != NULL)
            depth--;
    }
    return deepest;
}

static bool is_number(const char *s)
{
    static regex_t number;

    if (number.re_nsub == 0)
        fuzz_check(regcomp(&number, "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$",
                           REG_EXTENDED) == 0);
    return regexec(&number, s, 0, NULL, 0) == 0;
}

static void check_members(const struct json_member *members, size_t count, long lines)
{
    long line = 1;

    for (size_t i = 0; i < count; i++) {
        const struct json_member *member = &members[i];
        fuzz_check(member->line >= line && member->line <= lines && member->kind < JSON_KIND_MAX);
        fuzz_check(fuzz_utf8_length(member->text, strlen(member->text)) == strlen(member->text));
        bool integer = strpbrk(member->text, ".eE") == NULL;
        fuzz_check(member->kind != JSON_INTEGER || (integer && is_number(member->text)));
        fuzz_check(member->kind != JSON_NUMBER || (!integer && is_number(member->text)));
        line = member->line;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    const char *bytes = (const char *)data;
    struct json_fault fault;
    size_t count = 0;
    long lines = 1;

    for (size_t i = 0; i < size; i++)
        lines += bytes[i] == '\n';
    const struct json_member *members = json_read(arena, bytes, size, &count, &fault);
    if (members == NULL) {
        fuzz_check(fault.message != NULL && fault.line >= 0 && fault.line <= lines &&
                   fault.byte <= size);
    } else {
        fuzz_check(fuzz_utf8_length(bytes, size) == size);
        fuzz_check(depth_of(bytes, size) <= 8);
        check_members(members, count, lines);
        if (is_plain(members, count))
            check_again(arena, members, count);
    }
    arena_close(arena);
    return 0;
}
