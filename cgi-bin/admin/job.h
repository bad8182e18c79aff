/* job: the work of the service of jobs. One connection does the work of a job, in one transaction;
 * another one says meanwhile that the service lives and how far it is, and hears whether the job
 * was cancelled (sql/act/job_10_service.sql). */
#ifndef TOLOK_JOB_H
#define TOLOK_JOB_H

#include <stdbool.h>

#include "admin/store.h"
#include "base/config.h"

enum { JOB_WORD = 24, JOB_DETAIL = 1000 };

struct job {
    const struct config *config;
    struct store *beat, *work;
    char id[12], attempt[12], kind[JOB_WORD], round[80];
    /* What it is at, and how far; "" where nothing is counted. */
    char stage[JOB_WORD], n[12], m[12];
    bool moved;       /* and was not told yet */
    long long beaten; /* milliseconds of the monotonic clock */
    /* What the work says when it says no: a word, and perhaps an object of JSON. */
    char word[JOB_WORD], detail[JOB_DETAIL];
};

/* What came of the work. */
enum job_outcome {
    JOB_DONE,
    JOB_NO,   /* it says no: job->word */
    JOB_KEPT, /* the same, and what it has written is to stay */
    JOB_FAILED /* the database did: store_fault */
};

/* What the job is at from now on. */
void job_stage(struct job *job, const char *stage);

/* The work of the kinds import and gather, in job_import.c, and export, in job_export.c. */
enum job_outcome job_import(struct job *job);
enum job_outcome job_gather(struct job *job);
enum job_outcome job_export(struct job *job);

#endif
