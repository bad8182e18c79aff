#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/message.h"
#include "admin/stage.h"
#include "base/buf.h"

/* The files that were not read whole, as a PostgreSQL array. */
static const char *broken_files(const struct import *import, struct buf *array)
{
    buf_char(array, '{');
    for (int file = FILE_ROUND; file <= FILE_OFFICIAL; file++) {
        if (faults_has(import->faults, (enum package_file)file))
            buf_format(array, "%s%s", array->len > 1 ? "," : "", package_file_names[file]);
    }
    buf_char(array, '}');
    return buf_string(array);
}

/* Has the database judge what is staged. False: it failed, which has been told. */
static bool check(struct import *import, bool new_regions)
{
    struct buf broken = {0};
    char most[8];

    snprintf(most, sizeof most, "%d", FAULTS_SHOWN);
    progress("checking");
    const char *values[] = {broken_files(import, &broken), new_regions ? "true" : "false", most};
    PGresult *result = store_call(import->store, "act.import_check", 3, values);
    buf_free(&broken);
    if (result == NULL)
        return false;
    int rows = PQntuples(result);
    for (int row = 0; row < rows; row++) {
        const char *line = store_value(result, row, "line");
        faults_add(import->faults,
                   &(struct fault){.file = store_value(result, row, "file"),
                                   .line = line != NULL ? strtol(line, NULL, 10) : 0,
                                   .column = store_value(result, row, "column"),
                                   .message = store_value(result, row, "message")});
    }
    if (rows > 0)
        faults_count(import->faults,
                     strtoul(store_value(result, 0, "total"), NULL, 10) - (size_t)rows);
    PQclear(result);
    return true;
}

static bool stage(struct import *import)
{
    PGresult *begun = store_call(import->store, "act.import_begin", 0, NULL);

    if (begun == NULL)
        return false;
    PQclear(begun);
    return stage_round(import) && stage_tables(import) && stage_texts(import);
}

bool stage_gathered(struct import *import, const PGresult *files)
{
    for (int i = 0; files != NULL && i < PQntuples(files); i++)
        pack_add(&import->pack, import->arena, store_value(files, i, "file"),
                 store_value(files, i, "body"), strlen(store_value(files, i, "body")));
    pack_sort(&import->pack);
    return files != NULL;
}

bool stage_all(struct import *import, bool new_regions)
{
    stage_files(import);
    if (!stage(import) || !check(import, new_regions))
        return false;
    /* Last, so that a changed file does not count as one that was not read. */
    stage_sums(import);
    return true;
}
