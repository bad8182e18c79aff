#include "admin/fault.h"

#include <stdlib.h>
#include <string.h>

#include "admin/message.h"
#include "base/arena.h"
#include "base/buf.h"

const char *const package_file_names[FILE_MAX] = {
    [FILE_ROUND] = "round.json", [FILE_CRITERIA] = "criteria.csv", [FILE_REGIONS] = "regions.csv",
    [FILE_MARKS] = "marks.csv",  [FILE_OFFICIAL] = "official.csv", [FILE_RESULTS] = "results.csv",
    [FILE_SUMS] = "SHA256SUMS",
};

enum package_file package_file_find(const char *name)
{
    int file = 0;

    while (file < FILE_OTHER && strcmp(package_file_names[file], name) != 0)
        file++;
    return (enum package_file)file;
}

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

bool package_file_text(const char *name)
{
    static const char *const names[] = {"answers.csv",    "assessments.csv",     "decisions.csv",
                                        "evidence.csv",   "guide.csv",           "minutes.txt",
                                        "objections.csv", "recommendations.csv", NULL};

    return is_one_of(name, names);
}

bool package_file_beside(const char *name)
{
    static const char *const names[] = {
        "CITATION.cff",   "LICENCE",     "README.txt", "datapackage.json",
        "dictionary.csv", "record.json", NULL};

    return is_one_of(name, names);
}

struct entry {
    enum package_file rank;
    struct fault fault;
    size_t number; /* order of arrival, which settles what line and file do not */
};

struct faults {
    struct arena *arena;
    struct entry *entries; /* room for FAULTS_SHOWN of each file; made when the first fault comes */
    size_t count;          /* entries in use */
    size_t kept[FILE_MAX];
    size_t total;
};

struct faults *faults_open(struct arena *arena)
{
    struct faults *faults = arena_alloc(arena, 1, sizeof *faults);

    faults->arena = arena;
    return faults;
}

static const char *copy(struct arena *arena, const char *text)
{
    return text != NULL ? arena_copy(arena, text, strlen(text)) : NULL;
}

void faults_add(struct faults *faults, const struct fault *fault)
{
    enum package_file rank = package_file_find(fault->file);

    faults->total++;
    if (faults->kept[rank] == FAULTS_SHOWN)
        return;
    if (faults->entries == NULL)
        faults->entries =
            arena_alloc(faults->arena, (size_t)FILE_MAX * FAULTS_SHOWN, sizeof *faults->entries);
    faults->kept[rank]++;
    faults->entries[faults->count] = (struct entry){rank, *fault, faults->count};
    struct fault *own = &faults->entries[faults->count].fault;
    own->file = copy(faults->arena, fault->file);
    own->column = copy(faults->arena, fault->column);
    own->message = copy(faults->arena, fault->message);
    faults->count++;
}

void faults_count(struct faults *faults, size_t n)
{
    faults->total += n;
}

size_t faults_total(const struct faults *faults)
{
    return faults->total;
}

bool faults_has(const struct faults *faults, enum package_file file)
{
    return faults->kept[file] > 0;
}

static int in_order(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = (left->rank > right->rank) - (left->rank < right->rank);

    if (order == 0)
        order = strcmp(left->fault.file, right->fault.file);
    if (order == 0)
        order = (left->fault.line > right->fault.line) - (left->fault.line < right->fault.line);
    if (order == 0)
        order = (left->number > right->number) - (left->number < right->number);
    return order;
}

static void print_one(const struct fault *fault, struct buf *line)
{
    buf_clear(line);
    buf_text(line, fault->file);
    if (fault->line > 0)
        buf_format(line, ":%ld", fault->line);
    buf_text(line, ": ");
    if (fault->byte > 0)
        buf_format(line, "byte %zu: ", fault->byte);
    else if (fault->column != NULL && fault->column[0] != '\0')
        buf_format(line, "%s: ", fault->column);
    buf_text(line, fault->message);
    message_line(buf_string(line));
}

const struct fault *faults_shown(struct faults *faults, size_t i)
{
    if (i == 0 && faults->count > 0)
        qsort(faults->entries, faults->count, sizeof faults->entries[0], in_order);
    return i < faults->count && i < FAULTS_SHOWN ? &faults->entries[i].fault : NULL;
}

void faults_print(struct faults *faults)
{
    struct buf line = {0};
    size_t shown = 0;

    for (const struct fault *fault; (fault = faults_shown(faults, shown)) != NULL; shown++)
        print_one(fault, &line);
    if (faults->total > shown) {
        size_t more = faults->total - shown;
        buf_clear(&line);
        buf_format(&line, "... and %zu more fault%s", more, more == 1 ? "" : "s");
        message_line(buf_string(&line));
    }
    buf_free(&line);
}
