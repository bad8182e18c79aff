#include "desk/media.h"

#include <magic.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "desk/form.h"

static const struct {
    const char *ends;  /* of names, separated by single spaces */
    const char *first; /* bytes that it begins with */
    enum media_fault (*walk)(const char *bytes, size_t len);
} kinds[MEDIA_KIND_MAX] = {
    [MEDIA_NONE] = {"", "", NULL},
    [MEDIA_PDF] = {"pdf", "%PDF-", media_walk_pdf},
    [MEDIA_PNG] = {"png", "\x89PNG\r\n\x1a\n", media_walk_png},
    [MEDIA_JPEG] = {"jpeg jpg", "\xff\xd8\xff", media_walk_jpeg},
    [MEDIA_WEBP] = {"webp", "RIFF", media_walk_webp},
    [MEDIA_XLSX] = {"xlsx", "PK\x03\x04", media_walk_xlsx},
};

static const char *const fault_words[MEDIA_FAULT_MAX] = {
    [MEDIA_FINE] = "",       [MEDIA_EMPTY] = "empty", [MEDIA_LARGE] = "large",
    [MEDIA_OTHER] = "kind",  [MEDIA_NAME] = "name",   [MEDIA_BROKEN] = "broken",
    [MEDIA_MIXED] = "mixed", [MEDIA_MACRO] = "macro", [MEDIA_SCRIPT] = "script",
};

const char *media_fault_word(enum media_fault fault)
{
    return fault_words[fault];
}

/* The number of bytes of the character that begins a valid text. */
static size_t character(const char *s)
{
    size_t len = 1;

    while (((unsigned char)s[len] & 0xc0) == 0x80)
        len++;
    return len;
}

/* Ends the text behind its last character that is neither point nor blank, and returns its first
 * such one. */
static char *trim(char *s)
{
    s += strspn(s, ". ");
    for (size_t len = strlen(s); len > 0 && strchr(". ", s[len - 1]) != NULL; len--)
        s[len - 1] = '\0';
    return s;
}

static size_t count_characters(const char *s)
{
    size_t count = 0;

    for (; *s != '\0'; s += character(s))
        count++;
    return count;
}

/* Adds at most that many characters of the text. */
static void add_characters(struct buf *out, const char *s, size_t count)
{
    for (; *s != '\0' && count > 0; count--) {
        size_t len = character(s);
        buf_add(out, s, len);
        s += len;
    }
}

const char *media_name(struct arena *arena, const char *given)
{
    enum { END_MAX = 8 };
    struct buf clean = {0}, name = {0};

    while (*given != '\0') {
        size_t len = character(given);
        buf_text(&clean, str_is_text(arena_copy(arena, given, len), len)
                             ? arena_copy(arena, given, len)
                             : "_");
        given += len;
    }
    const char *text = trim(arena_copy(arena, buf_string(&clean), clean.len));
    const char *point = strrchr(text, '.');
    const char *end = point != NULL && strlen(point) <= END_MAX ? point : text + strlen(text);
    size_t spent = count_characters(end);
    if (count_characters(text) > MEDIA_NAME_MAX) {
        add_characters(&name, arena_copy(arena, text, (size_t)(end - text)),
                       MEDIA_NAME_MAX - spent);
        buf_text(&name, end);
        text = trim(arena_copy(arena, buf_string(&name), name.len));
    }
    buf_free(&name);
    buf_free(&clean);
    return *text != '\0' ? text : "berkas";
}

/* Whether what follows the last point of the name is one of those words, in whatever letters. */
static bool ends_as(const char *name, const char *words)
{
    char end[8] = "";
    const char *point = strrchr(name, '.');

    if (point == NULL || strlen(point + 1) >= sizeof end)
        return false;
    for (size_t i = 0; point[i + 1] != '\0'; i++)
        end[i] = (char)(point[i + 1] >= 'A' && point[i + 1] <= 'Z' ? point[i + 1] - 'A' + 'a'
                                                                   : point[i + 1]);
    return str_is_word(end, words);
}

static enum media_kind kind_by_first_bytes(const char *bytes, size_t len)
{
    for (int kind = MEDIA_NONE + 1; kind < MEDIA_KIND_MAX; kind++) {
        size_t first = strlen(kinds[kind].first);
        if (len >= first && memcmp(bytes, kinds[kind].first, first) == 0)
            return (enum media_kind)kind;
    }
    return MEDIA_NONE;
}

/* Whether programs that look for a zip from behind would find one. */
static bool ends_as_zip(const char *bytes, size_t len)
{
    enum { DIRECTORY_END = 22, COMMENT_MAX = 65535 };
    size_t from = len > DIRECTORY_END + COMMENT_MAX ? len - DIRECTORY_END - COMMENT_MAX : 0;

    for (const char *at = bytes + from;
         (at = memmem(at, len - (size_t)(at - bytes), "PK\5\6", 4)) != NULL; at++) {
        size_t left = len - (size_t)(at - bytes);
        if (left >= DIRECTORY_END &&
            left == DIRECTORY_END + (size_t)((unsigned char)at[20] | (unsigned char)at[21] << 8))
            return true;
    }
    return false;
}

/* Whether other programs may take it for a second kind: some look for a zip from behind, some for a
 * PDF somewhere in its first kilobyte. */
static bool is_mixed(enum media_kind kind, const char *bytes, size_t len)
{
    enum { PDF_WITHIN = 1024 + 5 };
    size_t begin = len < PDF_WITHIN ? len : PDF_WITHIN;

    return (kind != MEDIA_XLSX && ends_as_zip(bytes, len)) ||
           (kind != MEDIA_PDF && memmem(bytes, begin, "%PDF-", 5) != NULL);
}

/* libmagic with its tables, opened once in a process. It is not let look into what is packed, and
 * gives up early. */
static magic_t open_magic(void)
{
    static magic_t magic;
    size_t bytes = 1024 * 1024;

    if (magic != NULL)
        return magic;
    magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                       MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF);
    if (magic != NULL && magic_load(magic, NULL) == 0 &&
        magic_setparam(magic, MAGIC_PARAM_BYTES_MAX, &bytes) == 0)
        return magic;
    log_event(LOG_ERROR, "magic_failed", "error", magic != NULL ? magic_error(magic) : "memory");
    magic_close(magic);
    magic = NULL;
    return NULL;
}

/* Whether libmagic takes the bytes for that kind. A workbook whose parts stand in an unusual order
 * is only a zip to it. */
static bool magic_agrees(enum media_kind kind, const char *bytes, size_t len)
{
    magic_t magic = open_magic();
    const char *said = magic != NULL ? magic_buffer(magic, bytes, len) : NULL;

    return said != NULL && (strcmp(said, media_type(kind)) == 0 ||
                            (kind == MEDIA_XLSX && strcmp(said, "application/zip") == 0));
}

enum media_fault media_check(const char *name, const char *bytes, size_t len, enum media_kind *kind)
{
    if (len == 0)
        return MEDIA_EMPTY;
    if (len > FORM_FILE_MAX)
        return MEDIA_LARGE;
    enum media_kind found = kind_by_first_bytes(bytes, len);
    if (found == MEDIA_NONE)
        return MEDIA_OTHER;
    enum media_fault fault = kinds[found].walk(bytes, len);
    if (fault == MEDIA_FINE && is_mixed(found, bytes, len))
        fault = MEDIA_MIXED;
    if (fault == MEDIA_FINE && !ends_as(name, kinds[found].ends))
        fault = MEDIA_NAME;
    if (fault == MEDIA_FINE && !magic_agrees(found, bytes, len))
        fault = MEDIA_OTHER;
    if (fault == MEDIA_FINE)
        *kind = found;
    return fault;
}
