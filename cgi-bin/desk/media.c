#include "desk/media.h"

#include <ctype.h>
#include <magic.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "desk/form.h"

enum { END_MAX = 8 }; /* bytes of an ending, with its NUL */

static const struct {
    const char *ends;  /* of names, separated by single spaces */
    const char *first; /* bytes that it begins with */
    enum media_fault (*walk)(struct media *file);
} kinds[MEDIA_KIND_MAX] = {
    [MEDIA_NONE] = {"", "", NULL},
    [MEDIA_PDF] = {"pdf", "%PDF-", media_walk_pdf},
    [MEDIA_PNG] = {"png", "\x89PNG\r\n\x1a\n", media_walk_picture},
    [MEDIA_JPEG] = {"jpg jpeg jfif jpe pjpeg pjp", "\xff\xd8\xff", media_walk_picture},
    [MEDIA_WEBP] = {"webp", "RIFF", media_walk_picture},
    [MEDIA_XLSX] = {"xlsx", "PK\x03\x04", media_walk_xlsx},
    [MEDIA_ZIP] = {"", "", NULL},
};

static const char *const fault_words[MEDIA_FAULT_MAX] = {
    [MEDIA_FINE] = "",       [MEDIA_EMPTY] = "empty",   [MEDIA_LARGE] = "large",
    [MEDIA_OTHER] = "kind",  [MEDIA_NAME] = "name",     [MEDIA_BROKEN] = "broken",
    [MEDIA_MIXED] = "mixed", [MEDIA_MACRO] = "macro",   [MEDIA_SCRIPT] = "script",
    [MEDIA_HEIC] = "heic",   [MEDIA_LOCKED] = "locked", [MEDIA_BOMB] = "bomb",
    [MEDIA_HELPER] = "room",
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

/* What follows the last point of the name, in small letters; "" for none: a word of letters and
 * digits, of which one is a letter, as a number or a sentence is no ending. */
static void read_end(const char *name, char end[static END_MAX])
{
    const char *point = strrchr(name, '.');
    bool letter = false;
    size_t len = 0;

    *end = '\0';
    if (point == NULL || strlen(point + 1) >= END_MAX)
        return;
    for (const char *s = point + 1; *s != '\0'; s++) {
        if (isalnum((unsigned char)*s) == 0)
            return;
        letter = letter || isalpha((unsigned char)*s) != 0;
    }
    for (const char *s = point + 1; letter && *s != '\0'; s++)
        end[len++] = (char)tolower((unsigned char)*s);
    end[len] = '\0';
}

static bool ends_well(const char *name, enum media_kind kind)
{
    char end[END_MAX];

    read_end(name, end);
    return *end == '\0' || str_is_word(end, kinds[kind].ends);
}

const char *media_offered(struct arena *arena, const char *name, enum media_kind kind)
{
    char end[END_MAX];
    const char *best = kinds[kind].ends;
    size_t first = strcspn(best, " ");

    read_end(name, end);
    if (strcmp(end, "jpeg") == 0 || (strlen(end) == first && strncmp(end, best, first) == 0))
        return name;
    size_t stem = strlen(name) - (*end != '\0' ? strlen(end) + 1 : 0);
    return media_name(arena, arena_format(arena, "%.*s.%.*s", (int)stem, name, (int)first, best));
}

static enum media_kind kind_by_first_bytes(const char *bytes, size_t len)
{
    for (int kind = MEDIA_NONE + 1; kind < MEDIA_KIND_MAX; kind++) {
        size_t first = strlen(kinds[kind].first);
        if (first > 0 && len >= first && memcmp(bytes, kinds[kind].first, first) == 0)
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

/* Whether those bytes lie far behind the end of a JPEG: an old memory card fills the last block of
 * a file with what was there before. */
static bool is_remnant(const struct media *file, const char *at)
{
    enum { NEAR = 1024 };
    const char *from = file->bytes;

    if (file->kind != MEDIA_JPEG || at - from <= NEAR)
        return false;
    return memmem(from, (size_t)(at - from) - NEAR, "\xff\xd9", 2) != NULL &&
           memmem(at - NEAR, NEAR, "\xff\xd9", 2) == NULL;
}

/* Programs that look for something to run do not care where it begins. What describes a picture
 * may begin with a document type of its own. */
enum media_fault media_walk_picture(struct media *file)
{
    static const char *const words[] = {"<script",        "<?php ",        "<html",
                                        "<!doctype html", "<!doctype svg", "<iframe"};
    static const char png_end[] = "IEND\xae\x42\x60\x82";
    const char *end = file->bytes + file->len;

    if (file->kind == MEDIA_PNG &&
        memmem(file->bytes, file->len, png_end, sizeof png_end - 1) == NULL)
        return MEDIA_BROKEN;
    if (file->kind == MEDIA_WEBP && (file->len < 12 || memcmp(file->bytes + 8, "WEBP", 4) != 0))
        return MEDIA_OTHER;
    for (const char *at = file->bytes; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t size = strlen(words[i]);
            if ((size_t)(end - at) >= size && strncasecmp(at, words[i], size) == 0 &&
                !is_remnant(file, at))
                return MEDIA_MIXED;
        }
    }
    return MEDIA_FINE;
}

/* Why bytes are of none of the kinds. */
static enum media_fault other_kind(const char *bytes, size_t len)
{
    static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    if (len >= 12 && memcmp(bytes + 4, "ftyp", 4) == 0 &&
        str_is_word(((char[5]){bytes[8], bytes[9], bytes[10], bytes[11], '\0'}),
                    "heic heix hevc hevx heim heis mif1 msf1"))
        return MEDIA_HEIC;
    if (len >= sizeof ole - 1 && memcmp(bytes, ole, sizeof ole - 1) == 0 &&
        memmem(bytes, len, encrypted, sizeof encrypted - 1) != NULL)
        return MEDIA_LOCKED;
    return MEDIA_OTHER;
}

/* Over the zeros, blanks and the mark of Unicode that stand before a document. */
static size_t before(const char *bytes, size_t len)
{
    enum { MOST = 1024 };
    size_t at = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (at < len && at < MOST && memchr(" \t\r\n\f", bytes[at], 6) != NULL)
        at++;
    return len - at >= 5 && memcmp(bytes + at, "%PDF-", 5) == 0 ? at : 0;
}

enum media_fault media_check(const char *name, const char *bytes, size_t len, struct media *found)
{
    *found = (struct media){0};
    if (len == 0)
        return MEDIA_EMPTY;
    if (len > FORM_FILE_MAX)
        return MEDIA_LARGE;
    size_t first = before(bytes, len);
    struct media file = {.bytes = bytes + first, .len = len - first};
    file.kind = kind_by_first_bytes(file.bytes, file.len);
    if (file.kind == MEDIA_NONE)
        return other_kind(bytes, len);
    enum media_fault fault = kinds[file.kind].walk(&file);
    if (fault == MEDIA_FINE && is_mixed(file.kind, bytes, len))
        fault = MEDIA_MIXED;
    if (fault == MEDIA_FINE && !ends_well(name, file.kind))
        fault = MEDIA_NAME;
    if (fault == MEDIA_FINE && !magic_agrees(file.kind, file.bytes, file.len))
        fault = MEDIA_OTHER;
    if (fault == MEDIA_FINE)
        *found = file;
    return fault;
}
