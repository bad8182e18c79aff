#include "desk/file.h"

#include <limits.h>

#include "base/str.h"
#include "desk/media.h"
#include "desk/scan.h"
#include "safe/depot.h"

/* What is told of a file, as values of act.file_add. */
struct told {
    const char *name, *digest, *kind, *bytes;
    const char *faults; /* {"file": "mixed"}; NULL: nothing is wrong */
};

static const char *fault_json(struct arena *arena, const char *word)
{
    return arena_format(arena, "{\"file\": \"%s\"}", word);
}

/* Looks at the bytes. */
static enum media_kind judge(struct arena *arena, const struct form_field *file, struct told *told)
{
    enum media_kind kind = MEDIA_NONE;

    *told = (struct told){.faults = fault_json(arena, "missing")};
    if (file == NULL || !file->is_file)
        return MEDIA_NONE;
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
    return kind;
}

static bool is_older(const char *seen, const char *version)
{
    long a = 0, b = 0;

    return version != NULL && str_int(seen, 0, INT_MAX, &a) && str_int(version, 0, INT_MAX, &b) &&
           a < b;
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

/* Keeps the bytes when the database says that there is room for them; else it will say why not.
 * False when that could not be asked: then it has been answered. */
static bool keep(struct act_call *call, const char *win, const char *seen,
                 const struct form_field *file, struct told *told)
{
    const char *values[] = {win, seen, told->digest, told->bytes};
    struct req *req = call->visit->req;
    struct act_outcome outcome;

    if (!act_do(call, "act.file_ask", values, 4, &outcome))
        return false;
    /* Who saw an older record is told so by act.file_add too, since versions only grow. */
    if (act_is(&outcome, "conflict") && (seen == NULL || is_older(seen, outcome.row_version)))
        return true;
    req_enter(req, REQ_FILL);
    if (!act_is(&outcome, "done")) {
        told->faults = outcome.faults != NULL ? outcome.faults : fault_json(req->arena, "room");
    } else {
        const char *word = keep_bytes(&req->site->config, req->arena, file);
        told->faults = word != NULL ? fault_json(req->arena, word) : NULL;
    }
    return true;
}

void run_file_add(struct act_call *call)
{
    const char *win = route_value(&call->route, "id"), *seen = act_field(call, "seen");
    const struct form_field *file = form_find(&call->form, "file");
    struct act_outcome outcome;
    struct told told;
    long version = 0;

    if (!str_int(seen, 0, INT_MAX, &version))
        seen = NULL;
    if (judge(call->visit->req->arena, file, &told) != MEDIA_NONE &&
        !keep(call, win, seen, file, &told))
        return;
    const char *values[] = {win,
                            seen,
                            act_field(call, "key"),
                            told.name,
                            act_field(call, "caption"),
                            told.digest,
                            told.kind,
                            told.bytes,
                            told.faults};
    if (act_do(call, "act.file_add", values, 9, &outcome))
        act_finish(call, &outcome);
}
