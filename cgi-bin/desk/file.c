#include "desk/file.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "desk/locked.h"
#include "desk/media.h"
#include "desk/picture.h"
#include "desk/scan.h"
#include "safe/depot.h"

/* Bytes as they are kept. */
struct kept {
    const char *bytes;
    size_t len;
    char digest[DEPOT_NAME_SIZE];
};

/* What is told of a file, as values of act.file_ask and act.file_add. */
struct told {
    const char *name, *kind;
    struct kept file, small; /* a picture for pages; without bytes: there is none */
    const char *faults;      /* {"file": "mixed"}; NULL: nothing is wrong */
};

static const char *fault_json(struct arena *arena, const char *word)
{
    return arena_format(arena, "{\"file\": \"%s\"}", word);
}

static void set_kept(struct kept *kept, const char *bytes, size_t len)
{
    kept->bytes = bytes;
    kept->len = len;
    depot_name(kept->digest, bytes, len);
}

/* Writes a picture anew, as large as those who look closely want it and as small as pages do. */
static enum media_fault draw(struct arena *arena, const struct media *media, struct told *told)
{
    static const int sides[] = {PICTURE_LARGE, PICTURE_SMALL};
    const char *bytes = media->bytes;
    size_t len = media->len;
    enum media_fault fault = MEDIA_FINE;

    for (int i = 0; i < 2 && fault == MEDIA_FINE; i++) {
        struct buf out = {0};
        fault = picture_make(media->kind, bytes, len, sides[i], &out);
        if (fault == MEDIA_FINE) {
            bytes = arena_copy(arena, out.data, out.len);
            len = out.len;
            set_kept(i == 0 ? &told->file : &told->small, bytes, len);
        }
        buf_free(&out);
    }
    return fault == MEDIA_FINE && told->file.len > FORM_FILE_MAX ? MEDIA_LARGE : fault;
}

/* Looks at the bytes, and makes of them what is kept. */
static void judge(struct arena *arena, const struct form_field *file, struct told *told)
{
    struct media media;

    *told = (struct told){.faults = fault_json(arena, "missing")};
    if (file == NULL || !file->is_file)
        return;
    told->name = media_name(arena, file->file_name);
    enum media_fault fault = media_check(told->name, file->bytes, file->len, &media);
    told->kind = media_word(media.kind);
    set_kept(&told->file, fault == MEDIA_FINE ? media.bytes : file->bytes,
             fault == MEDIA_FINE ? media.len : file->len);
    if (fault == MEDIA_FINE)
        told->name = media_offered(arena, told->name, media.kind);
    if (fault == MEDIA_FINE && media.kind == MEDIA_PDF)
        fault = locked_check(media.bytes, media.len);
    if (fault == MEDIA_FINE && picture_is(media.kind))
        fault = draw(arena, &media, told);
    told->faults = fault != MEDIA_FINE ? fault_json(arena, media_fault_word(fault)) : NULL;
    if (fault != MEDIA_FINE)
        log_event(LOG_INFO, "file_refused", "fault", media_fault_word(fault));
}

static bool keep_bytes(const char *folder, const struct kept *kept)
{
    char name[DEPOT_NAME_SIZE];

    return kept->bytes == NULL || depot_keep(folder, kept->bytes, kept->len, name) == DEPOT_KEPT;
}

/* Keeps what was made, unless the scanner has a word against what was sent; the word for what is
 * wrong, or NULL. */
static const char *keep(const struct config *config, struct arena *arena,
                        const struct form_field *sent, const struct told *told)
{
    static const char *const words[SCAN_VERDICT_MAX] = {
        [SCAN_FOUND] = "infected", [SCAN_SILENT] = "unscanned"};
    const char *word = words[scan_bytes(config->clamd, sent->bytes, sent->len)];
    const char *folder = arena_format(arena, "%s/files", config->var);

    if (word == NULL && (!keep_bytes(folder, &told->file) || !keep_bytes(folder, &told->small)))
        word = "room";
    return word;
}

/* Removes bytes whose file was refused after they were kept, unless they are of use to somebody
 * else. What can not be removed now, as the database is away, goes with the reservation. */
static void drop_bytes(struct act_call *call, const struct kept *kept)
{
    struct req *req = call->visit->req;
    const char *digest = kept->digest;
    struct db_query queries[] = {
        visit_enter(call->visit),
        {.function = "act.file_named", .values = &digest, .value_count = 1}};
    int folder = kept->bytes == NULL
                     ? -1
                     : depot_hold(arena_format(req->arena, "%s/files", req->site->config.var));

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
    struct arena *arena = call->visit->req->arena;
    bool small = told->small.bytes != NULL;
    const char *seen = act_field(call, "seen");
    long version = 0;
    const char *values[] = {route_value(&call->route, "id"),
                            str_int(seen, 0, INT_MAX, &version) ? seen : NULL,
                            act_field(call, "key"),
                            told->name,
                            act_field(call, "caption"),
                            told->file.bytes != NULL ? told->file.digest : NULL,
                            told->kind,
                            arena_format(arena, "%zu", told->file.len),
                            told->faults,
                            small ? told->small.digest : NULL,
                            arena_format(arena, "%zu", told->small.len)};

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
        const char *word = keep(&req->site->config, req->arena, file, &told);
        told.faults = word != NULL ? fault_json(req->arena, word) : NULL;
        if (!say(call, "act.file_add", &told, &outcome))
            return;
        if (word == NULL && !act_is(&outcome, "done")) {
            drop_bytes(call, &told.file);
            drop_bytes(call, &told.small);
        }
    }
    act_finish(call, &outcome);
}
