/* act_entry: what an entry of acts.c declares: an act, which is what a form does. A POST to its
 * path is checked and done (answer.h). */
#ifndef TOLOK_ACT_ENTRY_H
#define TOLOK_ACT_ENTRY_H

#include <stdbool.h>

#include "http/param.h"

struct act_call;

/* Where an argument comes from. */
enum act_source {
    ACT_NONE,   /* ends the list */
    ACT_PATH,   /* what the path takes */
    ACT_FIELD,  /* a field of the form; NULL when it is empty or was not sent */
    ACT_NUMBER, /* the same where a number from 0 to 2147483647 is meant; NULL when it is none */
    ACT_FIELDS, /* all declared fields that are no argument of their own, those that were sent, as
                   one jsonb */
    ACT_LANG,   /* the visitor's language */
    ACT_MAILS,  /* whether a mail server is configured */
    ACT_TOKEN   /* a new random token, which is shown to the visitor once */
};

struct act_value {
    enum act_source source;
    const char *name;
};

/* clang-format off */
#define ACT_VALUES(...) (const struct act_value[]){__VA_ARGS__ __VA_OPT__(,) {ACT_NONE, NULL}}
/* clang-format on */

struct act {
    const char *path;               /* "/meja/quickwin/:id/simpan"; NULL ends the table */
    const char *page;               /* the name of the page that it belongs to */
    const char *function;           /* "act.win_save" */
    const struct act_value *values; /* its arguments, in their order */
    const struct param *params;     /* what the path takes (PARAM_INT, ..); NULL: nothing */
    /* The form's fields, separated by single spaces: "title links[] password! picture@". [] may be
     * repeated and is a list, ! is a secret that is never shown again, @ is a file (only with
     * `run`). `form` is always one. "*" at the end stands for all others whose names are small
     * letters, digits and `_`: then the function says which of them it knows. Without it they are
     * dropped. */
    const char *fields;
    bool proved; /* it wants a fresh proof of who it is: then `proof!` is a field too */
    /* "/meja/quickwin/:id": :id and :n are those of the outcome. NULL: the page itself, which shows
     * once what was made. */
    const char *then;
    void (*run)(struct act_call *); /* does it in the place of all that; or NULL */
    const char *doc;                /* one sentence */
};

extern const struct act acts[];

#endif
