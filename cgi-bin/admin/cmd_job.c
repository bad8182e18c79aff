/* tolok job: the service of jobs, and what the operator sees of them. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "admin/call.h"
#include "admin/job.h"
#include "admin/message.h"
#include "exchange/json_text.h"

/* How often the service says that it lives, how long it waits when it hears of nothing, and when
 * the database does not answer. */
enum { BEAT_MS = 1000, IDLE_MS = 2000, OUTAGE_SECONDS = 2 };

static const char role[] = "tolok_job";

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static const char *given(const char *text)
{
    return *text != '\0' ? text : NULL;
}

/* Says how far the job is. False: it shall stop, or nobody hears it. */
static bool beat(void *context)
{
    struct job *job = context;
    const char *values[] = {job->id, job->attempt, job->stage, given(job->n), given(job->m)};

    if (!job->moved && now() - job->beaten < BEAT_MS)
        return true;
    PGresult *said = store_call(job->beat, "act.job_beat", 5, values);
    bool goes_on = said != NULL && store_value(said, 0, "stop")[0] == 'f';
    PQclear(said);
    job->moved = false;
    job->beaten = now();
    return goes_on;
}

/* What the work is at, "draws 3 10". */
static void told(void *context, const char *text)
{
    struct job *job = context;

    *job->n = *job->m = '\0';
    job->moved = sscanf(text, "%23s %11s %11s", job->stage, job->n, job->m) > 0;
}

void job_stage(struct job *job, const char *stage)
{
    told(job, stage);
    (void)beat(job);
}

/* Work that is one function of the database. */
static enum job_outcome call(struct job *job, const char *function)
{
    const char *values[] = {job->id};
    PGresult *made = store_call(job->work, function, 1, values);

    PQclear(made);
    return made != NULL ? JOB_DONE : JOB_FAILED;
}

static enum job_outcome work(struct job *job)
{
    if (strcmp(job->kind, "preview") == 0)
        return call(job, "act.job_preview");
    if (strcmp(job->kind, "publish") == 0)
        return call(job, "act.job_publish");
    if (strcmp(job->kind, "import") == 0)
        return job_import(job);
    if (strcmp(job->kind, "gather") == 0) {
        enum job_outcome gathered = job_gather(job);
        return gathered == JOB_DONE ? call(job, "act.job_preview") : gathered;
    }
    return job_export(job);
}

/* Tells what came of work that is undone. */
static void end(struct job *job, const char *state, const char *word, const char *detail)
{
    const char *values[] = {job->id, job->attempt, state, word, given(detail)};
    PGresult *ended = store_call(job->beat, "act.job_end", 5, values);

    PQclear(ended);
    printf("%s: %s: %s%s%s\n", job->id, job->kind, state, *word != '\0' ? ": " : "", word);
    fflush(stdout);
}

/* Of the errors of the database that a job fails with, those that are over when it is tried again:
 * the connection broke, it was cancelled by somebody else, or locks were in each other's way. */
static bool passes(const char *state)
{
    static const char *const classes[] = {"08", "40", "53", "55", "57", NULL};
    size_t i = 0;

    while (*state != '\0' && classes[i] != NULL && strncmp(state, classes[i], 2) != 0)
        i++;
    return *state == '\0' || classes[i] != NULL;
}

static void end_failed(struct job *job)
{
    const struct store_fault *fault = store_fault(job->work);
    struct buf detail = {0};

    if (strcmp(fault->state, "TKREF") == 0) {
        end(job, "refused", fault->message, fault->detail);
        return;
    }
    if (passes(fault->state)) {
        /* Where it was cancelled it ends; else it is taken again. */
        end(job, "cancelled", "", "");
        return;
    }
    buf_text(&detail, "{\"message\":");
    json_text(&detail, fault->message);
    buf_format(&detail, ",\"state\":\"%s\"}", fault->state);
    end(job, "failed", "error", buf_string(&detail));
    message("job %s: %s", job->id, fault->message);
    buf_free(&detail);
}

/* Ends the work's transaction with what came of it. Whether the job is at its end too. */
static bool finish(struct job *job)
{
    const char *values[] = {job->id};
    PGresult *done = store_call(job->work, "act.job_done", 1, values);
    bool ended = done != NULL && store_value(done, 0, "done")[0] == 't';

    PQclear(done);
    return ended && store_commit(job->work);
}

static void do_work(struct job *job)
{
    switch (work(job)) {
    case JOB_DONE:
        if (finish(job))
            printf("%s: %s: done\n", job->id, job->kind);
        else
            end(job, "cancelled", "", "");
        break;
    case JOB_KEPT:
        if (store_commit(job->work))
            end(job, "refused", job->word, job->detail);
        break;
    case JOB_NO:
        if (store_undo(job->work))
            end(job, "refused", job->word, job->detail);
        break;
    case JOB_FAILED: end_failed(job); break;
    }
    fflush(stdout);
}

/* Does the job of a row of act.job_take. */
static void run(struct store *beats, const struct config *config, const PGresult *row)
{
    const char *round = store_value(row, 0, "round");
    struct job job = {.config = config, .beat = beats, .stage = "queued", .beaten = now()};

    snprintf(job.id, sizeof job.id, "%s", store_value(row, 0, "job"));
    snprintf(job.attempt, sizeof job.attempt, "%s", store_value(row, 0, "attempt"));
    snprintf(job.kind, sizeof job.kind, "%s", store_value(row, 0, "kind"));
    snprintf(job.round, sizeof job.round, "%s", round != NULL ? round : "");
    const char *values[] = {job.id, job.attempt};
    job.work = store_connect(role);
    if (job.work == NULL)
        return;
    store_watch(job.work, beat, told, &job);
    PGresult *held = NULL;
    if (store_begin(job.work))
        held = store_call(job.work, "act.job_hold", 2, values);
    if (held != NULL && store_value(held, 0, "held")[0] == 't')
        do_work(&job);
    PQclear(held);
    store_close(job.work);
}

/* The next job, if it is somebody's turn. False: the connection is of no use any more. */
static bool take(struct store *beats, const struct config *config)
{
    PGresult *row = store_call(beats, "act.job_take", 0, NULL);
    bool some = row != NULL && PQntuples(row) > 0;

    if (some)
        run(beats, config, row);
    PQclear(row);
    return row != NULL && store_wait(beats, some ? 0 : IDLE_MS);
}

int cmd_job_serve(const struct args *args)
{
    static const struct timespec outage = {.tv_sec = OUTAGE_SECONDS};
    struct config config;

    (void)args;
    if (!config_load(&config, role))
        return EXIT_REFUSED;
    for (;;) {
        struct store *beats = store_connect(role);
        if (beats != NULL && store_execute(beats, "listen tolok_job"))
            while (take(beats, &config))
                ;
        store_close(beats);
        nanosleep(&outage, NULL);
    }
}

int cmd_job_list(const struct args *args)
{
    static const char *const columns[] = {"job", "kind", "round", "state", "asked", "by", "what"};
    static const char *const headings[] = {"JOB", "KIND", "ROUND", "STATE", "ASKED", "BY", "WHAT"};
    static const struct list jobs = {.function = "act.job_list",
                                     .columns = columns,
                                     .headings = headings,
                                     .count = sizeof columns / sizeof *columns,
                                     .right = TABLE_LEFT,
                                     .empty = "there are no jobs"};

    (void)args;
    return call_list(&jobs);
}

int cmd_job_log(const struct args *args)
{
    static const char *const columns[] = {"at", "word", "detail"};
    static const char *const headings[] = {"AT", "WHAT", "DETAIL"};
    const struct list lines = {.function = "act.job_log",
                               .values = args->operands,
                               .value_count = 1,
                               .columns = columns,
                               .headings = headings,
                               .count = sizeof columns / sizeof *columns,
                               .right = TABLE_LEFT,
                               .empty = "there is no such job"};

    return call_list(&lines);
}
