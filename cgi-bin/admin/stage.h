/* stage: brings the files of a package into the stage of an import, and finds what is wrong with
 * their form. What they mean is judged by the database. */
#ifndef TOLOK_STAGE_H
#define TOLOK_STAGE_H

#include <stdbool.h>

#include "admin/fault.h"
#include "admin/store.h"
#include "exchange/pack.h"

/* What a package is being brought through. */
struct import {
    struct arena *arena;
    const char *path; /* as the operator gave it */
    struct pack pack;
    struct faults *faults;
    struct store *store;
};

/* Fills the pack with the files of a gathered round (act.gather_files). False: there are no rows at
 * all, NULL. */
bool stage_gathered(struct import *import, const PGresult *files);

/* Stages the package, of which pack and faults are there, and has it judged, in the transaction of
 * store: all of what follows. False: the database failed, which has been told. */
bool stage_all(struct import *import, bool new_regions);

/* Reports what is wrong with one file of an archive; `context` is the import (pack_fault_fn). */
void stage_entry_fault(void *context, const char *name, const char *fault);

/* Reports files that the format does not know and files that it wants. */
void stage_files(struct import *import);

/* Reports what SHA256SUMS and the files do not agree on, where there is one. */
void stage_sums(struct import *import);

/* Stages round.json. False: the database failed, which has been told. */
bool stage_round(struct import *import);

/* Stages the texts of a round as they are, once their form is sound. False: the database failed,
 * which has been told. */
bool stage_texts(struct import *import);

/* Stages the CSV files. False: the database failed, which has been told. */
bool stage_tables(struct import *import);

#endif
