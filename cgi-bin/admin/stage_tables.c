#include <string.h>

#include "admin/message.h"
#include "admin/stage.h"
#include "base/arena.h"

enum { COLUMNS_MAX = 8, FIELD_BYTES_MAX = 10000, PROGRESS_ROWS = 10000 };

/* A CSV file of the format and the stage table that takes its rows; both have the columns in this
 * order. */
static const struct table {
    enum package_file file;
    const char *stage;
    const char *columns[COLUMNS_MAX];
} tables[] = {
    {FILE_CRITERIA,
     "import_criterion",
     {"criterion", "parent", "weight", "aggregate", "round_step", "kind", "name_id", "name_en"}},
    {FILE_REGIONS, "import_region", {"region", "name", "group"}},
    {FILE_MARKS, "import_mark", {"region", "criterion", "value", "status"}},
    {FILE_OFFICIAL, "import_official", {"region", "criterion", "value", "note", "source"}},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

/* A file being staged. */
struct reading {
    struct import *import;
    const struct table *table;
    struct csv csv;
    size_t columns; /* of the format */
    size_t header;  /* columns of this file */
    /* Which column of the format each of them is; COLUMNS_MAX: none. */
    size_t place[CSV_FIELDS_MAX];
    long rows;
};

static void refuse(struct reading *reading, size_t byte, const char *column, const char *message)
{
    faults_add(reading->import->faults, &(struct fault){package_file_names[reading->table->file],
                                                        reading->csv.line, byte, column, message});
}

static size_t find_column(const struct reading *reading, const struct csv_field *field)
{
    for (size_t i = 0; i < reading->columns; i++) {
        const char *name = reading->table->columns[i];
        if (strlen(name) == field->len && memcmp(name, field->text, field->len) == 0)
            return i;
    }
    return COLUMNS_MAX;
}

/* Takes the header in. False: the rows can not be understood; every fault has been reported. */
static bool read_header(struct reading *reading)
{
    bool seen[COLUMNS_MAX] = {false};
    bool whole = true;

    if (reading->csv.count > CSV_FIELDS_MAX) {
        refuse(reading, 0, NULL, "more than 64 columns");
        return false;
    }
    reading->header = reading->csv.count;
    if (reading->header == 1 &&
        memchr(reading->csv.fields[0].text, ';', reading->csv.fields[0].len) != NULL) {
        refuse(reading, 0, NULL, "separated by semicolons, the format has commas");
        return false;
    }
    for (size_t i = 0; i < reading->header; i++) {
        const struct csv_field *field = &reading->csv.fields[i];
        size_t place = find_column(reading, field);
        size_t shown = field->len < 60 ? field->len : 60;
        const char *name =
            field->len > 0 ? arena_copy(reading->import->arena, field->text, shown) : "\"\"";
        reading->place[i] = place;
        if (place == COLUMNS_MAX) {
            refuse(reading, 0, name, "unknown column");
        } else if (seen[place]) {
            refuse(reading, 0, name, "second column of that name");
            whole = false;
        } else {
            seen[place] = true;
        }
    }
    for (size_t i = 0; i < reading->columns; i++) {
        if (seen[i])
            continue;
        refuse(reading, 0, reading->table->columns[i], "missing column");
        whole = false;
    }
    return whole;
}

/* Stages the record at hand, or reports why not. */
static void stage_record(struct reading *reading)
{
    struct csv_field fields[COLUMNS_MAX];
    const struct csv *csv = &reading->csv;

    if (csv->count != reading->header) {
        refuse(reading, 0, NULL,
               arena_format(reading->import->arena, "%zu field%s instead of %zu", csv->count,
                            csv->count == 1 ? "" : "s", reading->header));
        return;
    }
    for (size_t i = 0; i < csv->count; i++) {
        if (reading->place[i] == COLUMNS_MAX)
            continue;
        fields[reading->place[i]] = csv->fields[i];
        if (csv->fields[i].len > FIELD_BYTES_MAX) {
            refuse(reading, 0, reading->table->columns[reading->place[i]],
                   "longer than 10000 bytes");
            return;
        }
    }
    store_copy_row(reading->import->store, csv->line, fields, reading->columns);
}

static void read_rows(struct reading *reading)
{
    enum csv_outcome outcome = csv_next(&reading->csv);
    bool whole = true;

    /* The header is the first record, even when a fault precedes it. */
    while (outcome == CSV_FAULT) {
        refuse(reading, reading->csv.fault_byte, NULL, reading->csv.fault);
        if (reading->csv.fault_byte != 1)
            return;
        outcome = csv_next(&reading->csv);
    }
    if (outcome == CSV_END) {
        refuse(reading, 0, NULL, "no header row");
        return;
    }
    whole = read_header(reading);
    while (whole && (outcome = csv_next(&reading->csv)) != CSV_END) {
        if (outcome == CSV_FAULT)
            refuse(reading, reading->csv.fault_byte, NULL, reading->csv.fault);
        else
            stage_record(reading);
        if (++reading->rows % PROGRESS_ROWS == 0)
            progress("reading %s, %ld rows", package_file_names[reading->table->file],
                     reading->rows);
    }
}

static bool stage_table(struct import *import, const struct table *table)
{
    const struct pack_file *file = pack_find(&import->pack, package_file_names[table->file]);
    struct reading reading = {.import = import, .table = table};

    if (file == NULL)
        return true;
    while (reading.columns < COLUMNS_MAX && table->columns[reading.columns] != NULL)
        reading.columns++;
    progress("reading %s", file->name);
    if (!store_copy_begin(import->store, table->stage))
        return false;
    csv_open(&reading.csv, file->bytes, file->len);
    read_rows(&reading);
    csv_close(&reading.csv);
    return store_copy_end(import->store);
}

bool stage_tables(struct import *import)
{
    for (size_t i = 0; i < TABLES; i++) {
        if (!stage_table(import, &tables[i]))
            return false;
    }
    return true;
}
