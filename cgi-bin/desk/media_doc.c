/* The walks through documents. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/mem.h"
#include "desk/media.h"

static bool is_blank(char c)
{
    return c != '\0' && strchr(" \t\r\n\f", c) != NULL;
}

/* The last place of the text within the bytes; NULL when it is not there. */
static const char *find_last(const char *bytes, size_t len, const char *text)
{
    size_t size = strlen(text);

    for (size_t at = len >= size ? len - size + 1 : 0; at > 0; at--) {
        if (memcmp(bytes + at - 1, text, size) == 0)
            return bytes + at - 1;
    }
    return NULL;
}

/* Browsers that guess look at the beginning. Behind it a document may well speak of such words. */
static bool begins_as_page(const char *bytes, size_t len)
{
    static const char *const words[] = {"<script",   "<html", "<svg", "<iframe",
                                        "<!doctype", "<body", "<?php"};
    enum { GUESSED = 2048 };

    for (size_t at = 0; at < len && at < GUESSED; at++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t size = strlen(words[i]);
            if (bytes[at] == '<' && len - at >= size &&
                strncasecmp(bytes + at, words[i], size) == 0)
                return true;
        }
    }
    return false;
}

/* Whether a table of objects begins there: the word xref, or an object, "12 0 obj", that holds it.
 */
static bool is_table(const char *at, const char *end)
{
    char text[32] = "";
    int used = 0;

    while (at < end && is_blank(*at))
        at++;
    memcpy(text, at, (size_t)(end - at) < sizeof text - 1 ? (size_t)(end - at) : sizeof text - 1);
    if (strncmp(text, "xref", 4) == 0)
        return true;
    return isdigit((unsigned char)text[0]) != 0 &&
           sscanf(text, "%*9[0-9] %*9[0-9] obj%n", &used) == 0 && used > 0;
}

/* What scanners and mail programs leave behind a document: blanks, zeros and remarks of one line.
 */
static bool is_padding(const char *at, const char *end)
{
    enum { REMARKS_MAX = 1024 };
    int remarks = 0;

    for (bool remark = false; at < end; at++) {
        if (*at == '\r' || *at == '\n')
            remark = false;
        else if (!remark && *at == '%')
            remark = true;
        else if (remark ? isprint((unsigned char)*at) == 0 || ++remarks > REMARKS_MAX
                        : *at != '\0' && !is_blank(*at))
            return false;
    }
    return true;
}

/* Version at the very beginning; at the very end the place of the table of objects and %%EOF. */
enum media_fault media_walk_pdf(struct media *file)
{
    enum { END = 5, TAIL = 64 };
    const char *bytes = file->bytes, *last = find_last(bytes, file->len, "%%EOF");
    unsigned long place = 0;

    if (file->len < 8 || (bytes[5] != '1' && bytes[5] != '2') || bytes[6] != '.' ||
        isdigit((unsigned char)bytes[7]) == 0 || last == NULL)
        return MEDIA_BROKEN;
    if (!is_padding(last + END, bytes + file->len))
        return MEDIA_MIXED;
    size_t used = (size_t)(last - bytes) + END;
    const char *start = find_last(bytes, used, "startxref");
    if (start == NULL || bytes + used - start > TAIL)
        return MEDIA_BROKEN;
    char text[TAIL + 1] = "";
    memcpy(text, start, (size_t)(bytes + used - start));
    if (sscanf(text, "startxref %lu", &place) != 1 || place >= used ||
        !is_table(bytes + place, bytes + used))
        return MEDIA_BROKEN;
    if (begins_as_page(bytes, used))
        return MEDIA_MIXED;
    file->len = used;
    return !media_pdf_sealed(bytes, used) && media_pdf_acts(bytes, used) ? MEDIA_SCRIPT
                                                                         : MEDIA_FINE;
}

static bool ends_with(const char *name, const char *end)
{
    size_t len = strlen(name), size = strlen(end);

    return len >= size && strcasecmp(name + len - size, end) == 0;
}

/* Whether a part of a workbook runs something or belongs to another program. */
static bool is_active(const char *name)
{
    static const char *const words[] = {"vbaproject",    "vbadata",        "macrosheets/",
                                        "dialogsheets/", "activex",        "embeddings/",
                                        "customui",      "connections.xml"};
    static const char *const ends[] = {".exe", ".js",  ".vbs", ".class",
                                       ".jar", ".dll", ".bat", ".ps1"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasestr(name, words[i]) != NULL)
            return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_with(name, ends[i]))
            return true;
    }
    return false;
}

/* Whether a part makes the archive something else besides: a program of Java, a book, an
 * OpenDocument text. libmagic finds it only in some orders. */
static bool is_foreign(const char *name)
{
    return strncasecmp(name, "META-INF/", strlen("META-INF/")) == 0 ||
           strcmp(name, "mimetype") == 0;
}

/* Whether a part's name is one that an archive of our kind has: no way out of its folder. */
static bool is_part_name(const char *name)
{
    return *name != '\0' && *name != '/' && strchr(name, '\\') == NULL &&
           strstr(name, "..") == NULL && strchr(name, ':') == NULL;
}

/* The list of types has to say that this is a workbook without macros, in letters that everybody
 * reads alike, and in so few that all of it was read. */
static enum media_fault check_types(zip_t *zip)
{
    enum { TYPES_MAX = 256 * 1024 };
    static const char *const words[] = {"macroEnabled",   "vbaProject", "macrosheet",
                                        "dialogsheet",    "oleObject",  "activeX",
                                        "connections+xml"};
    char *text = mem_alloc(TYPES_MAX + 1, 1);
    enum media_fault fault = MEDIA_OTHER;
    zip_file_t *file = zip_fopen(zip, "[Content_Types].xml", 0);
    zip_int64_t len = file != NULL ? zip_fread(file, text, TYPES_MAX) : -1;

    text[len > 0 ? len : 0] = '\0';
    if (strstr(text, "spreadsheetml.sheet.main+xml") != NULL &&
        strcasestr(text, "<!DOCTYPE") == NULL)
        fault = MEDIA_FINE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasestr(text, words[i]) != NULL)
            fault = MEDIA_MACRO;
    }
    /* A type that is spelt otherwise could be any. */
    if (len == TYPES_MAX || (len > 0 && strlen(text) < (size_t)len) || strchr(text, '&') != NULL)
        fault = MEDIA_MACRO;
    if (file != NULL)
        zip_fclose(file);
    free(text);
    return fault;
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether two parts are called alike, whatever the size of their letters: one reader takes this one
 * and the next the other. */
static bool has_twins(zip_t *zip, zip_uint64_t count)
{
    const char **names = mem_alloc(count + 1, sizeof *names);
    bool twins = false;

    for (zip_uint64_t i = 0; i < count; i++) {
        names[i] = zip_get_name(zip, i, 0);
        if (names[i] == NULL)
            names[i] = "";
    }
    qsort(names, count, sizeof *names, by_name);
    for (zip_uint64_t i = 1; i < count; i++)
        twins = twins || strcasecmp(names[i - 1], names[i]) == 0;
    free(names);
    return twins;
}

/* Reads a part: it has to be as long as it says, and to do nothing. */
static enum media_fault read_part(zip_t *zip, zip_uint64_t index, zip_uint64_t size)
{
    struct media_sheet sheet = {0};
    char bytes[16 * 1024];
    zip_file_t *file = zip_fopen_index(zip, index, 0);
    zip_int64_t len = -1;
    zip_uint64_t total = 0;
    bool acts = false;

    while (file != NULL && !acts && total <= size &&
           (len = zip_fread(file, bytes, sizeof bytes)) > 0) {
        total += (zip_uint64_t)len;
        acts = media_sheet_acts(&sheet, bytes, (size_t)len);
    }
    if (file != NULL)
        zip_fclose(file);
    return acts ? MEDIA_MACRO : len < 0 || total != size ? MEDIA_BROKEN : MEDIA_FINE;
}

/* *total is what the parts before it take. */
static enum media_fault check_part(zip_t *zip, zip_uint64_t index, zip_uint64_t *total)
{
    enum { RATIO = 100, UNPACKED_MAX = 150 * 1024 * 1024, SMALL = 1024 * 1024 };
    zip_stat_t part;

    if (zip_stat_index(zip, index, 0, &part) != 0 || !is_part_name(part.name))
        return MEDIA_BROKEN;
    if (is_active(part.name))
        return MEDIA_MACRO;
    if (is_foreign(part.name))
        return MEDIA_OTHER;
    if (part.encryption_method != ZIP_EM_NONE || part.size > UNPACKED_MAX ||
        (*total += part.size) > UNPACKED_MAX ||
        (part.size > SMALL && part.size / RATIO > part.comp_size))
        return MEDIA_BROKEN;
    return read_part(zip, index, part.size);
}

static enum media_fault check_parts(zip_t *zip)
{
    enum { PARTS_MAX = 3000 };
    zip_int64_t count = zip_get_num_entries(zip, 0);
    zip_uint64_t total = 0;
    enum media_fault fault = MEDIA_FINE;

    if (count > PARTS_MAX || has_twins(zip, (zip_uint64_t)count))
        return MEDIA_BROKEN;
    for (zip_int64_t i = 0; i < count && fault == MEDIA_FINE; i++)
        fault = check_part(zip, (zip_uint64_t)i, &total);
    if (fault != MEDIA_FINE)
        return fault;
    if (zip_name_locate(zip, "xl/workbook.xml", 0) < 0 ||
        zip_name_locate(zip, "_rels/.rels", 0) < 0)
        return MEDIA_OTHER;
    return check_types(zip);
}

/* A workbook is a zip without a remark at its end. */
enum media_fault media_walk_xlsx(struct media *file)
{
    enum { DIRECTORY_END = 22 };
    const char *bytes = file->bytes;
    size_t len = file->len;
    zip_error_t error;

    const char *end = find_last(bytes, len, "PK\5\6");
    if (end == NULL || bytes + len - end < DIRECTORY_END)
        return MEDIA_BROKEN;
    if (bytes + len - end > DIRECTORY_END)
        return MEDIA_MIXED;
    if (!media_zip_agrees(bytes, len))
        return MEDIA_BROKEN;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    enum media_fault fault = zip != NULL ? check_parts(zip) : MEDIA_BROKEN;
    if (zip != NULL)
        zip_discard(zip);
    else
        zip_source_free(source);
    zip_error_fini(&error);
    return fault;
}
