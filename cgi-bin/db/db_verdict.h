/* db_verdict: what an error of the server means for a read. */
#ifndef TOLOK_DB_VERDICT_H
#define TOLOK_DB_VERDICT_H

#include <stdbool.h>

#include "db/db.h"

/* The outcome when the error stays, and whether a repetition can help. */
struct verdict {
    enum db_outcome outcome;
    bool repeat; /* worth a second try on this connection, with statements prepared anew */
    bool lost;   /* the connection is gone or of no more use */
};

/* The verdict on an SQLSTATE with the server's message. */
struct verdict db_judge(const char *state, const char *message);

#endif
