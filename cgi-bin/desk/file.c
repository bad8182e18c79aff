#include "desk/file.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "desk/media.h"
#include "desk/scan.h"
#include "safe/depot.h"

/* What is told of a file, as values of act.file_ask and act.file_add. */
struct told {
    const char *name, *digest, *kind, *bytes;
    const char *faults; /* {"file": "mixed"}; NULL: nothing is wrong */
};

static const char *fault_json(struct arena *arena, const char *word)
{
    return arena_format(arena, "{\"file\": \"%s\"}", word);
}

/* Looks at the bytes. */
static void judge(struct arena *arena, const struct form_field *file, struct told *told)
{
    enum media_kind kind = MEDIA_NONE;

    *told = (struct told){.faults = fault_json(arena, "missing")};
    if (file == NULL || !file->is_file)
        return;
    char *digest = arena_alloc(arena, DEPOT_NAME_SIZE, 1);
    depot_name(digest, file->bytes, file->len);
    told->name = media_name(arena, file->file_name);
    told->digest = digest;
    told->bytes = arena_format(arena, "%zu", file->len);
    enum media_fault fault = media_check(told->name, file->bytes, file->len, &kind);
    told->kind = media_word(kind);
    told->faults = fault != MEDIA_FINE ? fault_json(arena, media_fault_word(fault)) : NULL;
    if (fault != MEDIA_FINE)
        log_event(LOG_INFO, "file_refused", "fault", media_fault_word(fault));
}

/* Keeps the bytes, unless the scanner has a word against them; the word for what is wrong, or NULL.
 */
static const char *keep_bytes(const struct config *config, struct arena *arena,
                              const struct form_field *file)
{
    static const char *const words[SCAN_VERDICT_MAX] = {
        [SCAN_FOUND] = "infected", [SCAN_SILENT] = "unscanned"};
    const char *word = words[scan_bytes(config->clamd, file->bytes, file->len)];
    char name[DEPOT_NAME_SIZE];

    if (word == NULL && depot_keep(arena_format(arena, "%s/files", config->var), file->bytes,
                                   file->len, name) != DEPOT_KEPT)
        word = "room";
    return word;
}

/* Removes bytes whose file was refused after they were kept, unless they are of use to somebody
 * else. What can not be removed now, as the database is away, goes with the reservation. */
static void drop_bytes(struct act_call *call, const char *digest)
{
    struct req *req = call->visit->req;
    struct db_query queries[] = {
        visit_enter(call->visit),
        {.function = "act.file_named", .values = &digest, .value_count = 1}};
    int folder = depot_hold(arena_format(req->arena, "%s/files", req->site->config.var));

    if (folder < 0)
        return;
    if (db_read(req->site->db, queries, 2, NULL, 0) == DB_OK) {
        const char *named = db_value(queries[1].result, "named");
        if (named != NULL && strcmp(named, "f") == 0)
            depot_remove(folder, digest);
    }
    PQclear(queries[0].result);
    PQclear(queries[1].result);
    close(folder);
}

/* Asks for the file, or adds it. */
static bool say(struct act_call *call, const char *function, const struct told *told,
                struct act_outcome *outcome)
{
    const char *seen = act_field(call, "seen");
    long version = 0;
    const char *values[] = {route_value(&call->route, "id"),
                            str_int(seen, 0, INT_MAX, &version) ? seen : NULL,
                            act_field(call, "key"),
                            told->name,
                            act_field(call, "caption"),
                            told->digest,
                            told->kind,
                            told->bytes,
                            told->faults};

    return act_do(call, function, values, sizeof values / sizeof *values, outcome);
}

void run_file_add(struct act_call *call)
{
    struct req *req = call->visit->req;
    const struct form_field *file = form_find(&call->form, "file");
    struct act_outcome outcome;
    struct told told;

    judge(req->arena, file, &told);
    if (!say(call, "act.file_ask", &told, &outcome))
        return;
    if (act_is(&outcome, "reserved")) {
        req_enter(req, REQ_FILL);
        const char *word = keep_bytes(&req->site->config, req->arena, file);
        told.faults = word != NULL ? fault_json(req->arena, word) : NULL;
        if (!say(call, "act.file_add", &told, &outcome))
            return;
        if (word == NULL && !act_is(&outcome, "done"))
            drop_bytes(call, told.digest);
    }
    act_finish(call, &outcome);
}
