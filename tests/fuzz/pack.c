/* pack: any bytes as a zip archive; and named texts (see files.h) as a folder and as a zip of it,
 * which hold the same. */
#include "exchange/pack.h"

#include <zip.h>

#include "base/buf.h"
#include "base/mem.h"
#include "exchange/pack_zip.h"
#include "files.h"

static void note_fault(void *context, const char *name, const char *fault)
{
    buf_format(context, "%s! %s;", name, fault);
}

/* What is true of every package that was read. */
static void check_pack(const struct pack *pack)
{
    size_t total = 0;

    fuzz_check(pack->count <= PACK_FILES_MAX);
    for (size_t i = 0; i < pack->count; i++) {
        const struct pack_file *file = &pack->files[i];
        fuzz_check(*file->name != '\0' && strchr(file->name, '/') == NULL);
        fuzz_check(strcmp(file->name, ".") != 0 && strcmp(file->name, "..") != 0);
        fuzz_check(i == 0 || strcmp(pack->files[i - 1].name, file->name) < 0);
        fuzz_check(pack_find(pack, file->name) == file);
        total += file->len;
        /* The bytes are there, and followed by a NUL. */
        fuzz_check(strlen(file->bytes) <= file->len && file->bytes[file->len] == '\0');
    }
    fuzz_check(total <= PACK_BYTES_MAX);
    fuzz_check(pack_find(pack, "no/such file") == NULL);
}

static void check_zip(const char *bytes, size_t len)
{
    struct arena *arena = arena_open();
    struct buf faults = {0};
    struct pack pack;

    const char *problem = pack_unzip(&pack, arena, bytes, len, note_fault, &faults);
    fuzz_check(problem == NULL || *problem != '\0');
    check_pack(&pack);
    buf_free(&faults);
    arena_close(arena);
}

/* The zip of the files below a top folder, some of them packed. The caller frees *bytes. */
static size_t make_zip(struct arena *arena, const struct files *files, char **bytes)
{
    zip_error_t error;
    zip_stat_t st;

    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (size_t i = 0; i < files->count; i++) {
        const struct files_entry *entry = &files->list[i];
        zip_source_t *body = zip_source_buffer(zip, entry->bytes, entry->len, 0);
        zip_int64_t index =
            zip_file_add(zip, arena_format(arena, "top/%s", entry->name), body, ZIP_FL_ENC_GUESS);
        fuzz_check(index >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)index,
                                 i % 2 == 0 ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    }
    fuzz_check(zip_close(zip) == 0 && zip_source_stat(target, &st) == 0);
    *bytes = mem_alloc(st.size, 1);
    fuzz_check(zip_source_open(target) == 0);
    fuzz_check(zip_source_read(target, *bytes, st.size) == (zip_int64_t)st.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return st.size;
}

/* Names that only a folder may have, or that libzip does not write as they are. */
static bool is_plain(const struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        const char *name = files->list[i].name;
        if (strchr(name, '\\') != NULL || fuzz_utf8_length(name, strlen(name)) != strlen(name) ||
            name[1] == ':')
            return false;
    }
    return files->count > 0;
}

static void check_same(const struct pack *a, const struct pack *b)
{
    fuzz_check(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        fuzz_check(fuzz_same(a->files[i].name, b->files[i].name));
        fuzz_check(a->files[i].len == b->files[i].len);
        fuzz_check(memcmp(a->files[i].bytes, b->files[i].bytes, a->files[i].len) == 0);
    }
}

static void check_folder(struct arena *arena, struct files *files)
{
    struct buf faults = {0};
    struct pack folder, unzipped;
    char *bytes = NULL;

    files_write(arena, files);
    const char *problem = pack_read(&folder, arena, files->folder, note_fault, &faults);
    files_remove(arena, files);
    check_pack(&folder);
    fuzz_check((problem == NULL) == (files->count <= PACK_FILES_MAX));
    fuzz_check(problem != NULL ||
               (folder.count + folder.extras == files->count && faults.len == 0));
    if (is_plain(files)) {
        size_t len = make_zip(arena, files, &bytes);
        const char *also = pack_unzip(&unzipped, arena, bytes, len, note_fault, &faults);
        fuzz_check((also == NULL) == (problem == NULL) && faults.len == 0);
        if (problem == NULL)
            check_same(&folder, &unzipped);
        free(bytes);
    }
    buf_free(&faults);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct files files;

    if (size > 1 && memcmp(data, "PK", 2) == 0) {
        check_zip((const char *)data, size);
    } else {
        files_read(arena, data, size, &files);
        check_folder(arena, &files);
    }
    arena_close(arena);
    return 0;
}
