/* fault: what is wrong with a package, collected from every stage of an import and told in one
 * order. */
#ifndef TOLOK_FAULT_H
#define TOLOK_FAULT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { FAULTS_SHOWN = 1000 };

/* The files of the format, in its order. */
enum package_file {
    FILE_ROUND,
    FILE_CRITERIA,
    FILE_REGIONS,
    FILE_MARKS,
    FILE_OFFICIAL,
    FILE_RESULTS,
    FILE_SUMS,
    FILE_OTHER, /* none of the format's */
    FILE_MAX
};

/* Names of the first seven; NULL for FILE_OTHER. */
extern const char *const package_file_names[FILE_MAX];

/* Which of them has that name. */
enum package_file package_file_find(const char *name);

/* Texts of a round that the second format may hold: kept as they are, and exported again. */
bool package_file_text(const char *name);

/* What stands beside a package, outside its digest: an import leaves it aside. */
bool package_file_beside(const char *name);

/* Where a fault is, and what it is. */
struct fault {
    const char *file;   /* name of the file */
    long line;          /* where its record starts; 0: the file as a whole */
    size_t byte;        /* offset in the file, from 1; 0: not a matter of bytes */
    const char *column; /* column or key; NULL or "": the record as a whole */
    const char *message;
};

struct faults;

/* An empty collection; everything in it belongs to the arena. */
struct faults *faults_open(struct arena *arena);

/* Adds a copy of the fault. Of each file the first FAULTS_SHOWN are kept, in the order in which
 * they come, the others are only counted; so add them by rising line. */
void faults_add(struct faults *faults, const struct fault *fault);

/* Counts n faults that are known to come after FAULTS_SHOWN others. */
void faults_count(struct faults *faults, size_t n);

/* How many there are. */
size_t faults_total(const struct faults *faults);

/* Whether the file has a fault; what refers to such a file can not be judged. */
bool faults_has(const struct faults *faults, enum package_file file);

/* The i-th of those that are shown, sorted by file and line; NULL: there are no more. */
const struct fault *faults_shown(struct faults *faults, size_t i);

/* Writes them on stderr, one per line, sorted by file and line: at most FAULTS_SHOWN, then how many
 * more there are. */
void faults_print(struct faults *faults);

#endif
