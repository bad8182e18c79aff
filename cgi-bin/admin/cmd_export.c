#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/store.h"
#include "base/arena.h"
#include "base/digest.h"
#include "base/io.h"

/* A package being written. */
struct exporting {
    struct store *store;
    const char *path;        /* the folder as the operator gave it */
    int folder;              /* its descriptor */
    bool created;            /* we made it */
    const char *publication; /* its id in the database */
    const char *digest;      /* that it was published with */
    const char *sums;        /* SHA256SUMS, once it was written */
    struct arena *arena;
    PGresult *files; /* the names, in the order in which they are written */
};

static bool is_empty(int folder)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
    const struct dirent *entry = NULL;

    if (dir == NULL) {
        if (copy >= 0)
            close(copy);
        return false;
    }
    do {
        entry = readdir(dir);
    } while (entry != NULL &&
             (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    closedir(dir);
    return entry == NULL;
}

/* Makes the folder, or takes an empty one. False: neither, which has been told. */
static bool open_folder(struct exporting *export)
{
    export->created = mkdir(export->path, 0777) == 0;
    if (!export->created && errno != EEXIST) {
        message("%s: %s", export->path, strerror(errno));
        return false;
    }
    export->folder = open(export->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (export->folder < 0) {
        message("%s: %s", export->path, strerror(errno));
        return false;
    }
    if (!export->created && !is_empty(export->folder)) {
        message("%s: not empty", export->path);
        close(export->folder);
        return false;
    }
    return true;
}

/* Writes a new file. False: told why. */
static bool write_file(const struct exporting *export, const char *name, const char *bytes,
                       size_t len)
{
    int fd =
        openat(export->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);

    bool done = fd >= 0 && io_write(fd, bytes, len);
    int error = errno;
    /* A full network disk may say so only here. */
    if (fd >= 0 && close(fd) != 0 && done) {
        done = false;
        error = errno;
    }
    if (!done)
        message("%s/%s: %s", export->path, name, strerror(error));
    return done;
}

/* Half a package is none: takes back the first `count` files, and the folder if we made it. */
static void take_back(const struct exporting *export, int count)
{
    for (int i = 0; i < count; i++)
        unlinkat(export->folder, PQgetvalue(export->files, i, 0), 0);
    if (export->created)
        rmdir(export->path);
}

/* Whether a file is the one that was published: SHA256SUMS, the first of all, by the digest of the
 * publication, and each of the others by its line there, which belongs to the arena. The record,
 * which stands beside the package, was judged before. */
static bool is_published(struct exporting *export, const char *name, const PGresult *body)
{
    char digest[DIGEST_SIZE];
    const char *text = PQgetvalue(body, 0, 0);

    if (strcmp(name, "record.json") == 0)
        return true;
    digest_hex(digest, text, (size_t)PQgetlength(body, 0, 0));
    if (strcmp(name, "SHA256SUMS") == 0) {
        export->sums = arena_copy(export->arena, text, strlen(text));
        return strcmp(digest, export->digest) == 0;
    }
    return export->sums != NULL &&
           strstr(export->sums, arena_format(export->arena, "%s  %s\n", digest, name)) != NULL;
}

/* Fetches a file and writes it. EXIT_DONE, or told why not. */
static int take_out(struct exporting *export, const char *name)
{
    const char *values[] = {export->publication, name};
    PGresult *body = store_call(export->store, "act.export_file", 2, values);
    int status = EXIT_REFUSED;

    if (body == NULL)
        return store_exit(export->store);
    if (!is_published(export, name, body))
        message("%s is not as it was published with digest %s: somebody has changed the database",
                name, export->digest);
    else if (write_file(export, name, PQgetvalue(body, 0, 0), (size_t)PQgetlength(body, 0, 0)))
        status = EXIT_DONE;
    PQclear(body);
    return status;
}

static int write_files(struct exporting *export)
{
    int count = PQntuples(export->files);

    for (int i = 0; i < count; i++) {
        const char *name = PQgetvalue(export->files, i, 0);
        progress("writing %s", name);
        int status = take_out(export, name);
        if (status != EXIT_DONE) {
            take_back(export, i + 1);
            return status;
        }
    }
    return EXIT_DONE;
}

/* Notes it in the audit trail. A package that is not there leaves no row, and one without a row is
 * taken back. */
static int note(const struct exporting *export)
{
    PGresult *noted = store_call(export->store, "act.export_done", 1, &export->publication);
    bool done = noted != NULL && store_commit(export->store);

    PQclear(noted);
    if (done)
        return EXIT_DONE;
    take_back(export, PQntuples(export->files));
    return store_exit(export->store);
}

/* Whether the record of the publication holds. EXIT_DONE, or told why not. */
static int check_record(const struct exporting *export)
{
    const char *values[] = {export->publication, "false"};
    PGresult *found = store_call(export->store, "act.publication_fault", 2, values);

    if (found == NULL)
        return store_exit(export->store);
    const char *fault = store_value(found, 0, "fault");
    if (fault != NULL)
        message("%s: somebody has changed the database", fault);
    int status = fault != NULL ? EXIT_REFUSED : EXIT_DONE;
    PQclear(found);
    return status;
}

static int export_publication(struct exporting *export, const char *round, const PGresult *found)
{
    export->publication = store_value(found, 0, "publication");
    export->digest = store_value(found, 0, "digest");
    export->files = store_call(export->store, "act.export_files", 1, &export->publication);
    if (export->files == NULL)
        return store_exit(export->store);
    int status = check_record(export);
    if (status != EXIT_DONE)
        return status;
    if (!open_folder(export))
        return EXIT_REFUSED;
    status = write_files(export);
    if (status == EXIT_DONE)
        status = note(export);
    close(export->folder);
    if (status == EXIT_DONE)
        printf("%s: publication %s written to %s, %d files\ndigest %s\n", round,
               store_value(found, 0, "n_found"), export->path, PQntuples(export->files),
               export->digest);
    return status;
}

static int run(struct exporting *export, const struct args *args)
{
    const char *round = args->operands[0];
    const char *values[] = {round, args->options[OPTION_EDITION]};
    PGresult *found = store_call(export->store, "act.export_find", 2, values);
    int status = EXIT_REFUSED;

    if (found == NULL) {
        status = store_exit(export->store);
    } else if (PQntuples(found) == 1) {
        status = export_publication(export, round, found);
    } else if (args->options[OPTION_EDITION] != NULL) {
        message("round %s has no publication %s", round, args->options[OPTION_EDITION]);
    } else {
        message("round %s has no publication", round);
    }
    PQclear(found);
    PQclear(export->files);
    return status;
}

int cmd_export(const struct args *args)
{
    struct exporting export = {.path = args->operands[1], .folder = -1};

    progress_open(args->options[OPTION_PROGRESS] != NULL);
    export.store = store_open();
    if (export.store == NULL)
        return EXIT_UNREACHABLE;
    export.arena = arena_open();
    int status = run(&export, args);
    arena_close(export.arena);
    store_close(export.store);
    return status;
}
