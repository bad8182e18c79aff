#include "desk/invites.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "desk/act.h"
#include "desk/answer.h"
#include "exchange/json_text.h"
#include "http/out.h"
#include "tpl/lang.h"

enum { LINES_MAX = 200 };

/* Adds what became of one of them to the rows. */
static void add_row(struct buf *rows, const struct act_call *call, long number, const char *text,
                    const struct act_outcome *outcome)
{
    buf_format(rows, "%s{\"number\":%ld,\"text\":", rows->len > 0 ? "," : "", number);
    json_text(rows, text);
    buf_text(rows, ",\"outcome\":");
    json_text(rows, outcome->word);
    buf_format(rows,
               ",\"id\":%s,\"faults\":%s,\"token\":", outcome->id != NULL ? outcome->id : "null",
               outcome->faults != NULL ? outcome->faults : "null");
    json_text(rows, act_is(outcome, "done") ? call->token : "");
    buf_char(rows, '}');
}

/* Invites by one function of schema act, which is given `text` and the token of the link. False
 * when that has been answered, or nobody is to be invited before something else has been done. */
static bool invite(struct act_call *call, const char *function, long number, const char *text,
                   struct buf *rows)
{
    struct act_outcome outcome;
    const char *values[] = {text, NULL, NULL};

    if (!answer_link(call, text))
        return false;
    values[1] = call->token;
    values[2] = call->sealed != NULL ? "true" : "false";
    if (!act_do(call, function, values, 3, &outcome))
        return false;
    if (act_is(&outcome, "unproved") || act_is(&outcome, "signed_out") ||
        act_is(&outcome, "forbidden")) {
        call->token = NULL;
        act_finish(call, &outcome);
        return false;
    }
    add_row(rows, call, number, text, &outcome);
    return true;
}

/* The page with what became of each. Where there was nobody to invite, whether one may invite at
 * all is told by a line without anything. */
static void show(struct act_call *call, struct buf *rows)
{
    const char *nobody[] = {"", act_token(call), "false"};
    struct act_outcome outcome = {.word = "done"};

    call->token = call->sealed = NULL;
    if (rows->len == 0) {
        if (act_do(call, "act.invite_line", nobody, 3, &outcome))
            act_finish(call, &outcome);
        return;
    }
    outcome.faults = arena_format(call->visit->req->arena, "{\"rows\":[%s]}", buf_string(rows));
    act_again(call, 200, &outcome);
}

void run_invites(struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    const char *list = act_field(call, "list");
    struct buf rows = {0};
    long number = 0;
    bool going = true;

    while (going && *list != '\0') {
        size_t len = strcspn(list, "\r\n");
        const char *line = arena_copy(arena, list, len);
        list += len;
        list += *list == '\r' ? 1 : 0;
        list += *list == '\n' ? 1 : 0;
        number++;
        if (line[strspn(line, " \t;")] == '\0')
            continue;
        if (number > LINES_MAX)
            add_row(&rows, call, number, line, &(struct act_outcome){.word = "later"});
        else
            going = invite(call, "act.invite_line", number, line, &rows);
    }
    if (going)
        show(call, &rows);
    buf_free(&rows);
}

void run_reminders(struct act_call *call)
{
    const PGresult *found = act_ask(call, "act.unseen", NULL, 0, true);
    struct buf rows = {0};
    bool going = found != NULL;

    for (int i = 0; going && i < PQntuples(found); i++)
        going = invite(call, "act.remind", i + 1, PQgetvalue(found, i, 0), &rows);
    if (going)
        show(call, &rows);
    buf_free(&rows);
}
