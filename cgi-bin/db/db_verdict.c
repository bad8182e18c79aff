#include "db/db_verdict.h"

#include <string.h>

static const struct {
    const char *state; /* SQLSTATE or how it begins */
    struct verdict verdict;
} verdicts[] = {
    {"40P01", {DB_UNAVAILABLE, true, false}}, /* deadlock, with the code being replaced */
    {"40001", {DB_UNAVAILABLE, true, false}}, /* a standby had to drop what we were reading */
    {"0A000", {DB_FAILED, true, false}},      /* a function's columns changed */
    {"26000", {DB_FAILED, true, false}},   /* a statement is not prepared, though we thought so */
    {"42883", {DB_FAILED, true, false}},   /* a function is being replaced */
    {"42P05", {DB_FAILED, true, false}},   /* a statement is prepared, though we thought not */
    {"57014", {DB_TIMEOUT, false, false}}, /* statement_timeout */
    {"55P03",
     {DB_TIMEOUT, true, false}}, /* lock_timeout: what replaces code may be a little slow */
    {"57P", {DB_UNAVAILABLE, true, true}},  /* the server stops, starts, or ended our session */
    {"25P0", {DB_UNAVAILABLE, true, true}}, /* the session sat idle for too long */
    {"53", {DB_UNAVAILABLE, false, false}}, /* out of memory, disk or connections */
    {"TKDAY", {DB_ENOUGH, false, false}},
    {"08", {DB_UNAVAILABLE, true, true}},   /* connection exceptions */
};

struct verdict db_judge(const char *state, const char *message)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        if (strncmp(state, verdicts[i].state, strlen(verdicts[i].state)) == 0)
            return verdicts[i].verdict;
    }
    /* A function was dropped between planning and running. */
    bool vanished = strstr(message, "cache lookup failed") != NULL;
    return (struct verdict){DB_FAILED, vanished, false};
}
