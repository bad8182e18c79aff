#include "desk/file.h"

#include <limits.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "desk/bring.h"
#include "exchange/json_text.h"

/* When so much of a processor has been spent, or so long has passed on a machine where others want
 * it too, no other file of the same form is looked into: a request has an end. */
enum { BATCH_WORK_US = 5000000, BATCH_US = 30000000 };

/* Files that one form brings, one after the other. */
struct batch {
    struct act_call *call;
    const char *seen;  /* the row_version that the next one is made from */
    struct buf faults; /* of those that were refused, as JSON */
    size_t count, added;
    long start, work; /* clock_us and clock_work_us at its beginning */
};

static void add_fault(struct batch *batch, const char *name, const char *faults)
{
    buf_text(&batch->faults, batch->faults.len > 0 ? ",{\"name\":" : "{\"name\":");
    json_text(&batch->faults, name != NULL ? name : "");
    buf_format(&batch->faults, ",\"faults\":%s}", faults != NULL ? faults : "{}");
}

static bool has_time(const struct batch *batch)
{
    return clock_work_us() - batch->work < BATCH_WORK_US && clock_us() - batch->start < BATCH_US;
}

/* Asks for the file, or adds it. Each has a key of its own, made from that of the form. */
static bool say(struct batch *batch, const char *function, const struct brought *told,
                struct act_outcome *outcome)
{
    struct act_call *call = batch->call;
    struct arena *arena = call->visit->req->arena;
    const struct made *made = &told->made;
    bool small = made->small.bytes != NULL;
    const char *key = act_field(call, "key");
    long version = 0;
    const char *values[] = {route_value(&call->route, "id"),
                            str_int(batch->seen, 0, INT_MAX, &version) ? batch->seen : NULL,
                            batch->count == 1 ? key : arena_format(arena, "%s-%zu", key,
                                                                   batch->count),
                            made->name,
                            act_field(call, "caption"),
                            made->file.bytes != NULL ? made->file.digest : NULL,
                            media_word(made->kind),
                            arena_format(arena, "%zu", made->file.len),
                            told->faults,
                            small ? made->small.digest : NULL,
                            arena_format(arena, "%zu", made->small.len)};

    return act_do(call, function, values, sizeof values / sizeof *values, outcome);
}

/* Adds one file, or none: that is a fault too. False when that has been answered. */
static bool add(struct batch *batch, const struct form_field *file, struct act_outcome *outcome)
{
    struct act_call *call = batch->call;
    struct req *req = call->visit->req;
    struct brought told = {.faults = bring_fault(req->arena, "time")};

    batch->count++;
    if (has_time(batch))
        bring_judge(req->arena, file, &told);
    else
        told.made.name = media_name(req->arena, file->file_name);
    if (!say(batch, "act.file_ask", &told, outcome))
        return false;
    if (act_is(outcome, "reserved")) {
        req_enter(req, REQ_FILL);
        const char *word = bring_keep(&req->site->config, req->arena, file, &told);
        told.faults = word != NULL ? bring_fault(req->arena, word) : NULL;
        if (!say(batch, "act.file_add", &told, outcome))
            return false;
        if (word == NULL && !act_is(outcome, "done"))
            bring_drop(call, &told);
    }
    if (act_is(outcome, "done")) {
        batch->seen = outcome->row_version;
        batch->added++;
    } else if (act_is(outcome, "invalid")) {
        add_fault(batch, told.made.name, outcome->faults);
    }
    return true;
}

/* Adds files in their order, as long as nobody else changes the record. Those that are left then
 * are told by name, beside how many were added, unless none was looked into before. False when it
 * has been answered. */
static bool add_all(struct batch *batch, struct act_outcome *outcome)
{
    const struct form *form = &batch->call->form;
    struct arena *arena = batch->call->visit->req->arena;
    bool open = true;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        if (!field->is_file)
            continue;
        if (open && !add(batch, field, outcome))
            return false;
        open = open && (act_is(outcome, "done") || act_is(outcome, "invalid"));
        if (!open && (batch->added > 0 || batch->faults.len > 0) &&
            (act_is(outcome, "conflict") || act_is(outcome, "state")))
            add_fault(batch, media_name(arena, field->file_name), bring_fault(arena, "changed"));
    }
    return batch->count > 0 || add(batch, NULL, outcome);
}

/* All were added, or those that were not are told with what is wrong with each. */
static void answer(struct batch *batch, struct act_outcome *outcome)
{
    struct act_call *call = batch->call;
    struct arena *arena = call->visit->req->arena;
    bool on = strcmp(act_field(call, "next"), "periksa") == 0;

    if (act_is(outcome, "done") && batch->faults.len == 0) {
        const char *path = act_path(call, "/meja/quickwin/:id", outcome);
        visit_go(call->visit,
                 on ? arena_format(arena, "%s/periksa", path)
                    : arena_format(arena, "%s/berkas?tambah=%zu", path, batch->added));
        return;
    }
    if (batch->faults.len > 0 && (act_is(outcome, "done") || act_is(outcome, "invalid") ||
                                  act_is(outcome, "conflict") || act_is(outcome, "state"))) {
        const char *faults = arena_format(arena, "{\"added\":%zu,\"files\":[%s]}", batch->added,
                                          buf_string(&batch->faults));
        *outcome = (struct act_outcome){"invalid", outcome->id, outcome->n, outcome->row_version,
                                        faults};
    }
    act_finish(call, outcome);
}

void run_file_add(struct act_call *call)
{
    struct act_outcome outcome;
    struct batch batch = {.call = call,
                          .seen = act_field(call, "seen"),
                          .start = clock_us(),
                          .work = clock_work_us()};

    if (add_all(&batch, &outcome))
        answer(&batch, &outcome);
    buf_free(&batch.faults);
}
