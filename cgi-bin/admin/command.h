/* command: what `tolok` can do, and how its arguments reach a command. Results go to stdout,
 * messages to stderr. */
#ifndef TOLOK_COMMAND_H
#define TOLOK_COMMAND_H

#include <stddef.h>

#define TOLOK_VERSION "0.1"

/* How the program ends. */
enum {
    EXIT_DONE = 0,
    EXIT_REFUSED = 1, /* faults in the input, an unknown round, a folder that can not be written */
    EXIT_USAGE = 2,   /* the arguments make no sense */
    EXIT_UNREACHABLE = 3 /* the database can not be reached */
};

enum { OPERANDS_MAX = 2 };

/* The options of all commands, in the order of the table in main.c. */
enum option_name {
    OPTION_NEW_REGIONS,
    OPTION_PROGRESS,
    OPTION_EDITION,
    OPTION_REASON,
    OPTION_NAME,
    OPTION_REGION,
    OPTION_DIMENSION,
    OPTION_HEAD,
    OPTION_LOST,
    OPTION_MAX
};

/* The arguments of one call. */
struct args {
    const char *operands[OPERANDS_MAX]; /* as many as the command asks for */
    const char *options[OPTION_MAX];    /* the value of each, "" of one without; NULL: not given */
    char **rest;                        /* what stands after the operands, */
    size_t rest_count;                  /* where the command takes any number more */
};

struct command {
    const char *name;                    /* one word, or two with a blank between */
    size_t operands;                     /* exactly so many; with "..." in usage, or more */
    const char *usage;                   /* what stands after the name: "ROUND DIR [--edition N]" */
    const char *options;                 /* its own, "new-regions progress" */
    const char *about;                   /* half a line, for the list of commands */
    const char *help;                    /* the rest of its --help, whole lines */
    int (*run)(const struct args *args); /* returns one of the EXIT_ values, having said why */
};

/* Each in the file of its name. */
int cmd_import(const struct args *args);
int cmd_preview(const struct args *args); /* in cmd_publish.c */
int cmd_publish(const struct args *args);
int cmd_export(const struct args *args);
int cmd_rounds(const struct args *args);
int cmd_simulated_remove(const struct args *args);   /* in cmd_simulated.c */
int cmd_publication_verify(const struct args *args); /* in cmd_publication.c */

int cmd_gather(const struct args *args); /* in cmd_import.c */

/* The service of jobs and what is seen of it, in cmd_job.c. */
int cmd_job_serve(const struct args *args);
int cmd_job_list(const struct args *args);
int cmd_job_log(const struct args *args);

/* The commands on accounts, in cmd_account.c and cmd_demo.c, and on the audit trail, in
 * cmd_audit.c. */
int cmd_account_create(const struct args *args);
int cmd_account_list(const struct args *args);
int cmd_account_disable(const struct args *args);
int cmd_account_forget(const struct args *args);
int cmd_account_demo(const struct args *args);
int cmd_account_code(const struct args *args);
int cmd_demo_round(const struct args *args);
int cmd_account_demo_end(const struct args *args);
int cmd_audit_verify(const struct args *args);

/* In cmd_seal.c. */
int cmd_seal(const struct args *args);

/* The commands on the files of quick wins, in cmd_file.c. */
int cmd_file_verify(const struct args *args);
int cmd_file_sweep(const struct args *args);

/* In cmd_tidy.c. */
int cmd_tidy(const struct args *args);

/* The commands on the outbox, in cmd_mail.c. */
int cmd_mail_send(const struct args *args);
int cmd_mail_serve(const struct args *args);
int cmd_mail_list(const struct args *args);

#endif
