/* Packages that were brought to the desk, or are made from the table of facts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/job.h"
#include "admin/message.h"
#include "admin/stage.h"
#include "base/arena.h"
#include "exchange/json_text.h"
#include "exchange/pack_zip.h"

/* One fault or note of the list that act.job_faults takes. */
static void add_fault(struct buf *out, const struct fault *fault, bool note)
{
    buf_text(out, out->len > 1 ? ",{\"file\":" : "{\"file\":");
    json_text(out, fault->file);
    if (fault->line > 0)
        buf_format(out, ",\"line\":%ld", fault->line);
    if (fault->byte > 0)
        buf_format(out, ",\"column\":\"byte %zu\"", fault->byte);
    else if (fault->column != NULL && *fault->column != '\0') {
        buf_text(out, ",\"column\":");
        json_text(out, fault->column);
    }
    buf_format(out, ",\"note\":%s,\"message\":", note ? "true" : "false");
    json_text(out, fault->message);
    buf_char(out, '}');
}

/* Keeps them with the job. */
static bool keep(struct job *job, struct buf *list, size_t total)
{
    char number[24];

    buf_char(list, ']');
    snprintf(number, sizeof number, "%zu", total);
    const char *values[] = {job->id, buf_string(list), number};
    PGresult *kept = store_call(job->work, "act.job_faults", 3, values);
    PQclear(kept);
    buf_free(list);
    return kept != NULL;
}

static bool keep_faults(struct job *job, struct import *import)
{
    struct buf list = {0};

    buf_char(&list, '[');
    const struct fault *fault = NULL;
    for (size_t i = 0; (fault = faults_shown(import->faults, i)) != NULL; i++)
        add_fault(&list, fault, false);
    return keep(job, &list, faults_total(import->faults));
}

/* What is no fault, and may be an oversight. */
static bool list_notes(struct job *job, const struct import *import, struct buf *list)
{
    PGresult *notes = store_call(job->work, "act.import_notes", 0, NULL);

    if (notes == NULL)
        return false;
    buf_char(list, '[');
    if (import->pack.extras > 0)
        add_fault(list,
                  &(struct fault){.file = import->pack.extra,
                                  .message = "left aside, as systems add it"},
                  true);
    for (int row = 0; row < PQntuples(notes); row++)
        add_fault(list,
                  &(struct fault){.file = store_value(notes, row, "file"),
                                  .line = strtol(store_value(notes, row, "line"), NULL, 10),
                                  .column = store_value(notes, row, "column"),
                                  .message = store_value(notes, row, "message")},
                  true);
    PQclear(notes);
    return true;
}

/* Notes with the job what was written. */
static bool note_import(struct job *job, const PGresult *written)
{
    static const char *const counts[] = {"regions", "new_regions", "criteria", "marks", "official"};
    struct buf said = {0};
    const char *edition = store_value(written, 0, "publication");

    buf_format(&said, "{\"replaced\":%s",
               store_value(written, 0, "replaced")[0] == 't' ? "true" : "false");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        buf_format(&said, ",\"%s\":%s", counts[i], store_value(written, 0, counts[i]));
    if (edition != NULL)
        buf_format(&said, ",\"publication\":%s", edition);
    buf_char(&said, '}');
    const char *values[] = {job->id, store_value(written, 0, "round"), buf_string(&said)};
    PGresult *noted = store_call(job->work, "act.job_imported", 3, values);
    PQclear(noted);
    buf_free(&said);
    return noted != NULL;
}

static enum job_outcome apply(struct job *job, struct import *import)
{
    struct buf notes = {0};

    if (!list_notes(job, import, &notes))
        return JOB_FAILED;
    job_stage(job, "write");
    PGresult *written = store_call(job->work, "act.import_apply", 0, NULL);
    bool noted = written != NULL && note_import(job, written) && keep(job, &notes, 0);
    PQclear(written);
    buf_free(&notes);
    return noted ? JOB_DONE : JOB_FAILED;
}

/* The package, which is in import, as a draft; or its faults. */
static enum job_outcome take_in(struct job *job, struct import *import, bool new_regions)
{
    job_stage(job, "check");
    import->store = job->work;
    if (!stage_all(import, new_regions))
        return JOB_FAILED;
    if (faults_total(import->faults) == 0)
        return apply(job, import);
    if (!keep_faults(job, import))
        return JOB_FAILED;
    snprintf(job->word, sizeof job->word, "faults");
    return JOB_KEPT;
}

static enum job_outcome read_upload(struct job *job, struct import *import, const PGresult *row)
{
    size_t len = 0;
    unsigned char *bytes =
        PQunescapeBytea((const unsigned char *)store_value(row, 0, "bytes"), &len);
    struct buf detail = {0};

    if (bytes == NULL)
        return JOB_FAILED;
    const char *problem = pack_unzip(&import->pack, import->arena, (const char *)bytes, len,
                                     stage_entry_fault, import);
    PQfreemem(bytes);
    if (problem == NULL)
        return take_in(job, import, store_value(row, 0, "new_regions")[0] == 't');
    buf_text(&detail, "{\"message\":");
    json_text(&detail, problem);
    buf_char(&detail, '}');
    snprintf(job->word, sizeof job->word, "unreadable");
    snprintf(job->detail, sizeof job->detail, "%s", buf_string(&detail));
    buf_free(&detail);
    return JOB_NO;
}

enum job_outcome job_import(struct job *job)
{
    const char *values[] = {job->id};
    struct import import = {.arena = arena_open(), .path = ""};
    enum job_outcome outcome = JOB_FAILED;

    job_stage(job, "read");
    import.faults = faults_open(import.arena);
    PGresult *row = store_call(job->work, "act.job_package", 1, values);
    if (row != NULL && PQntuples(row) == 1)
        outcome = read_upload(job, &import, row);
    PQclear(row);
    arena_close(import.arena);
    return outcome;
}

enum job_outcome job_gather(struct job *job)
{
    const char *values[] = {job->round};
    struct import import = {.arena = arena_open(), .path = ""};
    enum job_outcome outcome = JOB_FAILED;

    job_stage(job, "read");
    import.faults = faults_open(import.arena);
    PGresult *files = store_call(job->work, "act.gather_files", 1, values);
    if (stage_gathered(&import, files))
        outcome = take_in(job, &import, false);
    PQclear(files);
    arena_close(import.arena);
    return outcome;
}
