#include "desk/bring.h"

#include <string.h>
#include <unistd.h>

#include "desk/scan.h"

const char *bring_fault(struct arena *arena, const char *word)
{
    return arena_format(arena, "{\"file\": \"%s\"}", word);
}

void bring_judge(struct arena *arena, const struct form_field *file, struct brought *told)
{
    *told = (struct brought){.faults = bring_fault(arena, "missing")};
    if (file == NULL || !file->is_file)
        return;
    enum media_fault fault =
        made_of(arena, file->file_name, file->bytes, file->len, &told->made);
    told->faults = fault != MEDIA_FINE ? bring_fault(arena, media_fault_word(fault)) : NULL;
    if (fault != MEDIA_FINE)
        log_event(LOG_INFO, "file_refused", "fault", media_fault_word(fault));
}

static bool keep_bytes(const char *folder, const struct made_bytes *kept)
{
    char name[DEPOT_NAME_SIZE];

    return kept->bytes == NULL || depot_keep(folder, kept->bytes, kept->len, name) == DEPOT_KEPT;
}

const char *bring_keep(const struct config *config, struct arena *arena,
                       const struct form_field *sent, const struct brought *told)
{
    static const char *const words[SCAN_VERDICT_MAX] = {
        [SCAN_FOUND] = "infected", [SCAN_SILENT] = "unscanned"};
    const char *word = words[scan_bytes(config->clamd, sent->bytes, sent->len)];
    const char *folder = arena_format(arena, "%s/files", config->var);

    if (word == NULL &&
        (!keep_bytes(folder, &told->made.file) || !keep_bytes(folder, &told->made.small)))
        word = "room";
    return word;
}

/* Removes bytes whose file was refused after they were kept, unless they are of use to somebody
 * else. What can not be removed now, as the database is away, goes with the reservation. */
static void drop_bytes(struct act_call *call, const struct made_bytes *kept)
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

void bring_drop(struct act_call *call, const struct brought *told)
{
    drop_bytes(call, &told->made.file);
    drop_bytes(call, &told->made.small);
}
