#include <string.h>

#include "admin/stage.h"
#include "base/str.h"

static void refuse(struct import *import, const char *file, long line, size_t byte,
                   const char *message)
{
    faults_add(import->faults, &(struct fault){file, line, byte, NULL, message});
}

/* Whether a table can be read: records of as many fields as its header has. */
static bool check_table(struct import *import, const struct pack_file *file)
{
    struct csv csv;
    enum csv_outcome outcome;
    size_t columns = 0;
    bool sound = true;

    csv_open(&csv, file->bytes, file->len);
    while ((outcome = csv_next(&csv)) != CSV_END) {
        if (outcome == CSV_FAULT)
            refuse(import, file->name, csv.line, csv.fault_byte, csv.fault);
        else if (columns > 0 && csv.count != columns)
            refuse(import, file->name, csv.line, 0, "not as many fields as the header has");
        sound &= outcome == CSV_RECORD && (columns == 0 || csv.count == columns);
        if (columns == 0)
            columns = csv.count;
    }
    csv_close(&csv);
    if (columns == 0 && sound)
        refuse(import, file->name, 1, 0, "no header row");
    return columns > 0 && sound;
}

static bool check_text(struct import *import, const struct pack_file *file)
{
    size_t good = str_utf8_length(file->bytes, file->len);

    if (good < file->len)
        refuse(import, file->name, 0, good + 1,
               file->bytes[good] == '\0' ? "NUL byte" : "not valid UTF-8");
    return good == file->len;
}

bool stage_texts(struct import *import)
{
    if (!store_copy_begin(import->store, "import_text"))
        return false;
    for (size_t i = 0; i < import->pack.count; i++) {
        const struct pack_file *file = &import->pack.files[i];
        if (!package_file_text(file->name))
            continue;
        const char *end = strrchr(file->name, '.');
        if (strcmp(end, ".csv") == 0 ? check_table(import, file) : check_text(import, file)) {
            const struct csv_field fields[] = {{file->name, strlen(file->name)},
                                               {file->bytes, file->len}};
            store_copy_row(import->store, 1, fields, 2);
        }
    }
    return store_copy_end(import->store);
}
