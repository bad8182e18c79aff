/* The package of a publication as one file, for the desk. */
#include <stdio.h>
#include <string.h>

#include "admin/job.h"
#include "base/arena.h"
#include "base/digest.h"
#include "exchange/pack_zip.h"
#include "safe/depot.h"

/* Says no, as what is there is not what was published. */
static enum job_outcome refuse(struct job *job)
{
    snprintf(job->word, sizeof job->word, "fault");
    return JOB_NO;
}

/* Keeps the file and notes it with the job. */
static enum job_outcome keep(struct job *job, struct arena *arena, const struct buf *zip,
                             const char *edition)
{
    char digest[DEPOT_NAME_SIZE], bytes[24];
    const char *folder = arena_format(arena, "%s/files", job->config->var);

    if (depot_keep(folder, buf_string(zip), zip->len, digest) != DEPOT_KEPT) {
        snprintf(job->word, sizeof job->word, "disk");
        return JOB_NO;
    }
    snprintf(bytes, sizeof bytes, "%zu", zip->len);
    const char *values[] = {job->id, digest,
                            arena_format(arena, "%s-%s.zip", job->round, edition), bytes};
    PGresult *noted = store_call(job->work, "act.job_exported", 4, values);
    PQclear(noted);
    return noted != NULL ? JOB_DONE : JOB_FAILED;
}

static bool fetch(struct job *job, struct arena *arena, const char *publication,
                  const PGresult *names, struct pack *pack)
{
    for (int i = 0; i < PQntuples(names); i++) {
        const char *values[] = {publication, PQgetvalue(names, i, 0)};
        PGresult *body = store_call(job->work, "act.export_file", 2, values);
        if (body == NULL)
            return false;
        pack_add(pack, arena, values[1], PQgetvalue(body, 0, 0), (size_t)PQgetlength(body, 0, 0));
        PQclear(body);
    }
    return true;
}

/* Whether the files are those that were published. */
static bool holds(const struct pack *pack, const char *published)
{
    char digest[DIGEST_SIZE];
    const struct pack_file *sums = pack_find(pack, "SHA256SUMS");
    bool same = sums != NULL;

    if (same) {
        digest_hex(digest, sums->bytes, sums->len);
        same = strcmp(digest, published) == 0;
    }
    return same;
}

static enum job_outcome pack_up(struct job *job, struct arena *arena, const PGresult *found)
{
    struct pack *pack = arena_alloc(arena, 1, sizeof *pack);
    struct buf zip = {0};
    const char *publication = store_value(found, 0, "publication");
    PGresult *names = store_call(job->work, "act.export_files", 1, &publication);
    bool fetched = names != NULL && fetch(job, arena, publication, names, pack);

    PQclear(names);
    if (!fetched)
        return JOB_FAILED;
    if (!holds(pack, store_value(found, 0, "digest")))
        return refuse(job);
    job_stage(job, "zip");
    pack_zip(&zip, pack, job->round);
    PGresult *noted = store_call(job->work, "act.export_done", 1, &publication);
    PQclear(noted);
    enum job_outcome outcome =
        noted != NULL ? keep(job, arena, &zip, store_value(found, 0, "n")) : JOB_FAILED;
    buf_free(&zip);
    return outcome;
}

enum job_outcome job_export(struct job *job)
{
    struct arena *arena = arena_open();
    const char *values[] = {job->id};
    enum job_outcome outcome = JOB_FAILED;

    job_stage(job, "read");
    PGresult *found = store_call(job->work, "act.job_export", 1, values);
    if (found != NULL)
        outcome = store_value(found, 0, "fault") != NULL ? refuse(job) : pack_up(job, arena, found);
    PQclear(found);
    arena_close(arena);
    return outcome;
}
