#include "admin/packages.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/command.h"
#include "admin/json.h"
#include "admin/message.h"
#include "admin/stage.h"
#include "base/arena.h"
#include "base/digest.h"

enum { RECORDS_MAX = 10000 };

/* The record of a package. */
struct record {
    long seq, edition;
    const char *round, *package, *previous, *supersedes; /* digests; NULL: null */
    const char *path;                                    /* of its package */
    char digest[DIGEST_SIZE];
};

struct packages {
    struct arena *arena;
    struct record *records;
    size_t count;
    size_t packages;
    bool sound;
};

static void refuse(struct packages *packages, const char *path, const char *fault)
{
    message("%s: %s", path, fault);
    packages->sound = false;
}

static void ignore_entry(void *context, const char *name, const char *fault)
{
    struct import *import = context;

    faults_add(import->faults, &(struct fault){.file = name, .message = fault});
}

/* The text of a key of a record; NULL: null, or no such key. */
static const char *text_of(const struct json_member *members, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(members[i].path, key) == 0 && members[i].kind == JSON_STRING)
            return members[i].text;
    }
    return NULL;
}

/* Takes in the record of a package whose files are sound. */
static void read_record(struct packages *packages, const char *path, const struct pack_file *file,
                        const char *package)
{
    struct json_fault fault;
    size_t count = 0;
    const struct json_member *members =
        json_read(packages->arena, file->bytes, file->len, &count, &fault);

    if (members == NULL || text_of(members, count, "seq") == NULL ||
        text_of(members, count, "edition") == NULL || text_of(members, count, "round") == NULL ||
        text_of(members, count, "package") == NULL) {
        refuse(packages, path, "record.json is no record");
        return;
    }
    if (packages->count == RECORDS_MAX) {
        refuse(packages, path, "more than 10000 records");
        return;
    }
    struct record *record = &packages->records[packages->count++];
    *record = (struct record){.seq = strtol(text_of(members, count, "seq"), NULL, 10),
                              .edition = strtol(text_of(members, count, "edition"), NULL, 10),
                              .round = text_of(members, count, "round"),
                              .package = text_of(members, count, "package"),
                              .previous = text_of(members, count, "previous"),
                              .supersedes = text_of(members, count, "supersedes"),
                              .path = arena_copy(packages->arena, path, strlen(path))};
    digest_hex(record->digest, file->bytes, file->len);
    if (strcmp(record->package, package) != 0)
        refuse(packages, path, "its record is that of another package");
}

/* Checks one package. */
static void read_package(struct packages *packages, const char *path)
{
    struct import import = {.arena = packages->arena, .path = path};
    char digest[DIGEST_SIZE];

    import.faults = faults_open(packages->arena);
    const char *problem = pack_read(&import.pack, packages->arena, path, ignore_entry, &import);
    const struct pack_file *sums = pack_find(&import.pack, package_file_names[FILE_SUMS]);
    if (problem == NULL && sums == NULL)
        problem = "no package: SHA256SUMS is missing";
    if (problem != NULL) {
        refuse(packages, path, problem);
        return;
    }
    packages->packages++;
    stage_sums(&import);
    if (faults_total(import.faults) > 0) {
        faults_print(import.faults);
        refuse(packages, path, "its files are not those of its digest");
        return;
    }
    digest_hex(digest, sums->bytes, sums->len);
    const struct pack_file *record = pack_find(&import.pack, "record.json");
    if (record != NULL)
        read_record(packages, path, record, digest);
}

/* A package, or each package in a folder. */
static void read_folder(struct packages *packages, const char *path)
{
    DIR *folder = opendir(path);
    struct dirent **entries = NULL;

    if (folder == NULL) {
        refuse(packages, path, strerror(errno));
        return;
    }
    closedir(folder);
    int count = scandir(path, &entries, NULL, alphasort);
    bool is_package = false;
    for (int i = 0; i < count; i++)
        is_package |= strcmp(entries[i]->d_name, package_file_names[FILE_SUMS]) == 0;
    if (is_package || count <= 2)
        read_package(packages, path);
    for (int i = 0; i < count; i++) {
        if (!is_package && entries[i]->d_name[0] != '.')
            read_package(packages,
                         arena_format(packages->arena, "%s/%s", path, entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
}

static int by_seq(const void *a, const void *b)
{
    const struct record *left = a, *right = b;

    return (left->seq > right->seq) - (left->seq < right->seq);
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The edition before a record's, among the records before it. NULL: it is not there. */
static const struct record *edition_before(const struct packages *packages, size_t at)
{
    const struct record *record = &packages->records[at];

    for (size_t i = 0; i < at; i++) {
        const struct record *other = &packages->records[i];
        if (other->edition == record->edition - 1 && strcmp(other->round, record->round) == 0)
            return other;
    }
    return NULL;
}

/* Compares the records, in their order, with each other. The first that does not fit is told. */
static void check_chain(struct packages *packages)
{
    if (packages->count > 0)
        qsort(packages->records, packages->count, sizeof packages->records[0], by_seq);
    for (size_t i = 0; i < packages->count && packages->sound; i++) {
        const struct record *record = &packages->records[i];
        const struct record *before = i > 0 ? record - 1 : NULL;
        const struct record *edition = edition_before(packages, i);
        if (before != NULL && before->seq == record->seq)
            refuse(packages, record->path, "a second record of that number");
        else if (record->seq == 1 && record->previous != NULL)
            refuse(packages, record->path, "the first record follows another one");
        else if (before != NULL && before->seq == record->seq - 1 &&
                 !is_same(record->previous, before->digest))
            refuse(packages, record->path, "its record does not follow the one before it");
        else if (edition != NULL && !is_same(record->supersedes, edition->digest))
            refuse(packages, record->path, "its record does not follow the edition before it");
    }
}

int packages_verify(char *const *folders, size_t count)
{
    struct packages packages = {.arena = arena_open(), .sound = true};

    packages.records = arena_alloc(packages.arena, RECORDS_MAX, sizeof *packages.records);
    for (size_t i = 0; i < count; i++)
        read_folder(&packages, folders[i]);
    check_chain(&packages);
    int status = packages.sound ? EXIT_DONE : EXIT_REFUSED;
    if (packages.sound) {
        const struct record *last =
            packages.count > 0 ? &packages.records[packages.count - 1] : NULL;
        long missing = last != NULL ? last->seq - (long)packages.count : 0;
        printf("%zu package%s, all as published; %zu record%s", packages.packages,
               packages.packages == 1 ? "" : "s", packages.count, packages.count == 1 ? "" : "s");
        if (missing > 0)
            printf(", %ld of those before the last not here", missing);
        putchar('\n');
        if (last != NULL)
            printf("record digest %s\n", last->digest);
    }
    arena_close(packages.arena);
    return status;
}
