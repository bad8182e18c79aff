#include <string.h>

#include "admin/stage.h"
#include "base/arena.h"
#include "base/digest.h"

static void refuse(struct import *import, const char *file, long line, const char *column,
                   const char *message)
{
    faults_add(import->faults, &(struct fault){file, line, 0, column, message});
}

void stage_entry_fault(void *context, const char *name, const char *fault)
{
    refuse(context, name, 0, NULL, fault);
}

void stage_files(struct import *import)
{
    for (size_t i = 0; i < import->pack.count; i++) {
        const char *name = import->pack.files[i].name;
        if (package_file_find(name) == FILE_OTHER && !package_file_text(name) &&
            !package_file_beside(name))
            refuse(import, name, 0, NULL,
                   name[0] == '.' ? "a hidden file, remove it" : "not a file of a round package");
    }
    for (int file = FILE_ROUND; file <= FILE_MARKS; file++) {
        const char *name = package_file_names[file];
        /* One that is there but could not be read has been reported. */
        if (pack_find(&import->pack, name) == NULL &&
            !faults_has(import->faults, (enum package_file)file))
            refuse(import, name, 0, NULL, "missing");
    }
}

/* One line of SHA256SUMS. */
struct sum {
    const char *name;
    const char *digest;
};

/* Reads "DIGEST  NAME", or "DIGEST *NAME" as sha256sum marks binary files. */
static bool read_sum(struct arena *arena, const char *line, size_t len, struct sum *sum)
{
    enum { DIGITS = DIGEST_SIZE - 1, NAME_AT = DIGITS + 2 };

    if (len <= NAME_AT || line[DIGITS] != ' ' ||
        (line[DIGITS + 1] != ' ' && line[DIGITS + 1] != '*'))
        return false;
    sum->digest = arena_copy(arena, line, DIGITS);
    sum->name = arena_copy(arena, line + NAME_AT, len - NAME_AT);
    return strspn(sum->digest, "0123456789abcdef") == DIGITS &&
           memchr(sum->name, '\0', len - NAME_AT) == NULL;
}

static void check_sum(struct import *import, const struct sum *sum, long number)
{
    const char *sums = package_file_names[FILE_SUMS];
    const struct pack_file *file = pack_find(&import->pack, sum->name);
    char digest[DIGEST_SIZE];

    if (file == NULL || strcmp(sum->name, sums) == 0) {
        refuse(import, sums, number, sum->name,
               file == NULL ? "no such file in the package" : "a file can not list itself");
        return;
    }
    digest_hex(digest, file->bytes, file->len);
    if (strcmp(digest, sum->digest) != 0)
        refuse(import, sums, number, sum->name,
               arena_format(import->arena, "the file's digest is %s", digest));
}

/* Checks one line and marks its file as listed. */
static void check_line(struct import *import, const char *line, size_t len, long number,
                       bool listed[PACK_FILES_MAX])
{
    const char *sums = package_file_names[FILE_SUMS];
    struct sum sum;

    if (!read_sum(import->arena, line, len, &sum)) {
        refuse(import, sums, number, NULL, "not a digest, two spaces and a file name");
        return;
    }
    const struct pack_file *file = pack_find(&import->pack, sum.name);
    size_t index = file != NULL ? (size_t)(file - import->pack.files) : 0;
    if (file != NULL && listed[index]) {
        refuse(import, sums, number, sum.name, "listed a second time");
        return;
    }
    if (file != NULL)
        listed[index] = true;
    check_sum(import, &sum, number);
}

void stage_sums(struct import *import)
{
    const char *sums = package_file_names[FILE_SUMS];
    const struct pack_file *file = pack_find(&import->pack, sums);
    bool listed[PACK_FILES_MAX] = {false};
    long number = 0;

    if (file == NULL)
        return;
    const char *end = file->bytes + file->len;
    for (const char *line = file->bytes; line < end; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        const char *next = stop != NULL ? stop + 1 : end;
        size_t len = (size_t)((stop != NULL ? stop : end) - line);
        if (len > 0 && line[len - 1] == '\r')
            len--;
        check_line(import, line, len, number + 1, listed);
        line = next;
    }
    for (size_t i = 0; i < import->pack.count; i++) {
        const char *name = import->pack.files[i].name;
        if (!listed[i] && strcmp(name, sums) != 0 &&
            (package_file_find(name) != FILE_OTHER || package_file_text(name)))
            refuse(import, sums, 0, name, "not listed");
    }
}
