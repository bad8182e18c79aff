#include "exchange/pack_zip.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

/* An archive being read. */
struct unzip {
    struct pack *pack;
    struct arena *arena;
    zip_t *zip;
    const char *top; /* the folder around all files, "round-2022/"; "" when there is none */
    size_t files;    /* entries that are not the top folder itself */
    size_t total;    /* bytes unpacked so far */
    pack_fault_fn *fault;
    void *context;
};

/* Whether one of the path's components is "." or "..". */
static bool has_dots(const char *path)
{
    for (const char *part = path; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        size_t length = strcspn(part, "/");
        if ((length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.'))
            return true;
    }
    return false;
}

/* What is wrong with an entry's name, or NULL. */
static const char *check_name(const struct unzip *unzip, const char *name)
{
    size_t top = strlen(unzip->top);

    if (name[0] == '/' || (name[0] != '\0' && name[1] == ':'))
        return "an absolute path";
    if (strchr(name, '\\') != NULL)
        return "a backslash in the name";
    if (has_dots(name))
        return "a path with . or ..";
    if (strncmp(name, unzip->top, top) != 0)
        return "outside the archive's top folder";
    if (strchr(name + top, '/') != NULL)
        return "a folder inside the package";
    if (name[top] == '\0')
        return "an entry without a name";
    return pack_find(unzip->pack, name + top) != NULL ? "a second entry of that name" : NULL;
}

/* What is wrong with the kind of an entry, or NULL. */
static const char *check_kind(const struct unzip *unzip, zip_uint64_t index, const zip_stat_t *st)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;

    if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st->encryption_method != ZIP_EM_NONE)
        return "encrypted";
    if (zip_file_get_external_attributes(unzip->zip, index, 0, &system, &attributes) == 0 &&
        system == ZIP_OPSYS_UNIX) {
        mode_t mode = (mode_t)(attributes >> 16);
        if (S_ISLNK(mode))
            return "a symbolic link";
        if ((mode & S_IFMT) != 0 && !S_ISREG(mode))
            return "not a regular file";
    }
    return NULL;
}

/* Unpacks one entry into buf, at most `limit` bytes whatever the archive declares. NULL, or what
 * went wrong; then *full tells that it was the limit. */
static const char *unpack(zip_t *zip, zip_uint64_t index, size_t limit, struct buf *buf, bool *full)
{
    static char piece[64 * 1024];

    zip_file_t *file = zip_fopen_index(zip, index, 0);
    if (file == NULL)
        return "damaged, or packed in a way that can not be read";
    const char *fault = NULL;
    for (;;) {
        zip_int64_t got = zip_fread(file, piece, sizeof piece);
        if (got < 0)
            fault = "damaged: its content does not fit its checksum";
        *full = got > 0 && (size_t)got > limit - buf->len;
        if (got <= 0 || *full)
            break;
        buf_add(buf, piece, (size_t)got);
    }
    /* A stream that ends early or late shows only here. */
    if (zip_fclose(file) != 0 && fault == NULL && !*full)
        fault = "damaged: its content does not fit its checksum";
    return fault;
}

/* Adds one entry. NULL, or why the whole archive is refused. */
static const char *add_entry(struct unzip *unzip, zip_uint64_t index)
{
    struct buf buf = {0};
    zip_stat_t st;
    bool full = false;

    if (zip_stat_index(unzip->zip, index, 0, &st) != 0)
        return "a damaged zip archive";
    const char *name = zip_get_name(unzip->zip, index, ZIP_FL_ENC_RAW);
    if (name == NULL)
        return "a damaged zip archive";
    if (unzip->top[0] != '\0' && strcmp(name, unzip->top) == 0)
        return NULL;
    if (!has_dots(name) && pack_is_extra(name)) {
        pack_leave(unzip->pack, unzip->arena, name);
        return NULL;
    }
    if (++unzip->files > PACK_FILES_MAX)
        return "holds more than 40 files";
    const char *fault = check_name(unzip, name);
    if (fault == NULL)
        fault = check_kind(unzip, index, &st);
    if (fault == NULL && (st.valid & ZIP_STAT_SIZE) != 0 && st.size > PACK_BYTES_MAX - unzip->total)
        return "unpacks to more than 100 MB";
    if (fault == NULL)
        fault = unpack(unzip->zip, index, PACK_BYTES_MAX - unzip->total, &buf, &full);
    if (fault != NULL) {
        unzip->fault(unzip->context, name, fault);
    } else if (!full) {
        pack_add(unzip->pack, unzip->arena, name + strlen(unzip->top), buf_string(&buf), buf.len);
        unzip->total += buf.len;
    }
    buf_free(&buf);
    return full ? "unpacks to more than 100 MB" : NULL;
}

/* The first entry with a sound name tells whether there is a top folder. */
static const char *find_top(struct arena *arena, zip_t *zip, zip_int64_t entries)
{
    for (zip_int64_t i = 0; i < entries; i++) {
        const char *name = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (name == NULL || name[0] == '/' || has_dots(name) || pack_is_extra(name))
            continue;
        const char *slash = strchr(name, '/');
        return slash != NULL ? arena_copy(arena, name, (size_t)(slash - name) + 1) : "";
    }
    return "";
}

static const char *add_entries(struct unzip *unzip)
{
    zip_int64_t entries = zip_get_num_entries(unzip->zip, 0);
    const char *problem = NULL;

    unzip->top = find_top(unzip->arena, unzip->zip, entries);
    for (zip_int64_t i = 0; problem == NULL && i < entries; i++)
        problem = add_entry(unzip, (zip_uint64_t)i);
    pack_sort(unzip->pack);
    return problem;
}

const char *pack_unzip(struct pack *pack, struct arena *arena, const char *bytes, size_t len,
                       pack_fault_fn *fault, void *context)
{
    static const char not_a_zip[] = "not a zip archive, or one that was cut short";
    zip_error_t error;

    *pack = (struct pack){0};
    if (len == 0)
        return not_a_zip;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
    if (source == NULL)
        mem_exhausted();
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip == NULL) {
        int code = zip_error_code_zip(&error);
        bool cut = code == ZIP_ER_NOZIP;
#ifdef ZIP_ER_TRUNCATED_ZIP /* libzip 1.11 knows the one from the other */
        cut |= code == ZIP_ER_TRUNCATED_ZIP;
#endif
        const char *problem = cut ? not_a_zip : "a damaged zip archive";
        zip_source_free(source);
        zip_error_fini(&error);
        return problem;
    }
    struct unzip unzip = {
        .pack = pack, .arena = arena, .zip = zip, .top = "", .fault = fault, .context = context};
    const char *problem = add_entries(&unzip);
    zip_discard(zip);
    zip_error_fini(&error);
    return problem;
}

/* The time that every file of an archive of ours bears, the earliest that the format knows. */
enum { ZIP_EPOCH = 315619200 };

static void add_file(zip_t *zip, const struct pack_file *file, const char *folder)
{
    struct buf name = {0};
    zip_source_t *source = zip_source_buffer(zip, file->bytes, file->len, 0);

    buf_format(&name, "%s/%s", folder, file->name);
    zip_int64_t index =
        source != NULL ? zip_file_add(zip, buf_string(&name), source, ZIP_FL_ENC_UTF_8) : -1;
    /* Of bytes in memory and a name that was checked nothing else can fail. */
    if (index < 0 || zip_file_set_mtime(zip, (zip_uint64_t)index, ZIP_EPOCH, 0) != 0)
        mem_exhausted();
    buf_free(&name);
}

/* The bytes that were written into the source. */
static void read_source(struct buf *out, zip_source_t *source)
{
    zip_stat_t st;

    if (zip_source_stat(source, &st) != 0 || zip_source_open(source) != 0)
        mem_exhausted();
    buf_reserve(out, st.size);
    char piece[64 * 1024];
    for (zip_int64_t got; (got = zip_source_read(source, piece, sizeof piece)) > 0;)
        buf_add(out, piece, (size_t)got);
    zip_source_close(source);
}

void pack_zip(struct buf *out, const struct pack *pack, const char *folder)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;

    if (zip == NULL)
        mem_exhausted();
    zip_source_keep(source);
    for (size_t i = 0; i < pack->count; i++)
        add_file(zip, &pack->files[i], folder);
    if (zip_close(zip) != 0)
        mem_exhausted();
    read_source(out, source);
    zip_source_free(source);
}
