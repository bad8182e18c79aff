/* import: the files of a round package (see files.h) through all that the operator's command does
 * before it asks the database. Rows go to a store of this file's own, which checks them. A
 * SHA256SUMS that says "sums" gets the right sums. */
#include "admin/stage.h"
#include "base/buf.h"
#include "base/digest.h"
#include "files.h"

/* Rows that reached the table that is open. */
static struct {
    const char *table;
    size_t columns;
    long line;
} copy;
static size_t settings, records;

bool store_copy_begin(struct store *store, const char *table)
{
    static const struct {
        const char *table;
        size_t columns;
    } tables[] = {{"import_setting", 2},
                  {"import_criterion", 8},
                  {"import_region", 3},
                  {"import_mark", 4},
                  {"import_official", 5},
                  {"import_text", 2}};
    size_t i = 0;

    fuzz_check(store == NULL && copy.table == NULL);
    while (i < 6 && strcmp(tables[i].table, table) != 0)
        i++;
    fuzz_check(i < 6);
    copy.table = table;
    copy.columns = tables[i].columns;
    copy.line = 0;
    return true;
}

void store_copy_row(struct store *store, long line, const struct csv_field *fields, size_t count)
{
    fuzz_check(store == NULL && copy.table != NULL && count == copy.columns && line >= copy.line);
    copy.line = line;
    for (size_t i = 0; i < count; i++) {
        fuzz_check(fields[i].len <= 10000 || fuzz_same(copy.table, "import_setting") ||
                   fuzz_same(copy.table, "import_text"));
        fuzz_check(fuzz_utf8_length(fields[i].text, fields[i].len) == fields[i].len);
    }
    if (strcmp(copy.table, "import_setting") == 0)
        settings++;
    else if (strcmp(copy.table, "import_text") != 0)
        records++;
}

bool store_copy_end(struct store *store)
{
    fuzz_check(store == NULL && copy.table != NULL);
    copy.table = NULL;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct pack_file *)a)->name, ((const struct pack_file *)b)->name);
}

static bool is_auto(const struct files_entry *entry)
{
    return strcmp(entry->name, "SHA256SUMS") == 0 && entry->len == 5 &&
           memcmp(entry->bytes, "sums\n", 5) == 0;
}

static void fill(struct arena *arena, const struct files *files, struct pack *pack)
{
    struct buf sums = {0};

    for (size_t i = 0; i < files->count && i < PACK_FILES_MAX; i++) {
        const struct files_entry *entry = &files->list[i];
        char digest[DIGEST_SIZE];
        pack->files[pack->count++] = (struct pack_file){entry->name, entry->bytes, entry->len};
        if (strcmp(entry->name, "SHA256SUMS") == 0)
            continue;
        digest_hex(digest, entry->bytes, entry->len);
        buf_format(&sums, "%s %c%s%s", digest, i % 2 == 0 ? ' ' : '*', entry->name,
                   i % 3 == 0 ? "\r\n" : "\n");
    }
    for (size_t i = 0; i < pack->count; i++) {
        if (is_auto(&files->list[i])) {
            pack->files[i].bytes = arena_copy(arena, buf_string(&sums), sums.len);
            pack->files[i].len = sums.len;
        }
    }
    qsort(pack->files, pack->count, sizeof pack->files[0], by_name);
    buf_free(&sums);
}

/* The records of the package's tables; their first ones are headers. */
static size_t count_records(const struct pack *pack)
{
    size_t count = 0;

    for (int file = FILE_CRITERIA; file <= FILE_OFFICIAL; file++) {
        const struct pack_file *found = pack_find(pack, package_file_names[file]);
        struct csv csv;
        if (found == NULL)
            continue;
        csv_open(&csv, found->bytes, found->len);
        while (csv_next(&csv) == CSV_RECORD)
            count++;
        csv_close(&csv);
        count--;
    }
    return count;
}

/* The name of a file that would stand in the sums as another line than its own. */
static bool has_line_end(const struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        size_t len = strlen(files->list[i].name);
        if (files->list[i].name[len - 1] == '\r')
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char words[64 * 1024];
    static bool buffered;
    struct import import = {.arena = arena_open(), .path = "fuzz"};
    struct files files;

    /* Faults are written sign by sign. */
    if (!buffered)
        buffered = setvbuf(stderr, words, _IOFBF, sizeof words) == 0;
    files_read(import.arena, data, size, &files);
    import.faults = faults_open(import.arena);
    fill(import.arena, &files, &import.pack);
    settings = records = 0;
    stage_files(&import);
    fuzz_check(stage_round(&import) && stage_tables(&import) && stage_texts(&import));
    fuzz_check(copy.table == NULL);
    if (faults_total(import.faults) == 0) {
        fuzz_check(records == count_records(&import.pack));
        fuzz_check(settings == 18);
    }
    size_t before = faults_total(import.faults);
    stage_sums(&import);
    const struct files_entry *sums = files_find(&files, "SHA256SUMS");
    if (sums == NULL || (is_auto(sums) && !has_line_end(&files)))
        fuzz_check(faults_total(import.faults) == before);
    faults_print(import.faults);
    arena_close(import.arena);
    return 0;
}
