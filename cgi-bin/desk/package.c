#include "desk/package.h"

#include <string.h>

#include "desk/act.h"
#include "desk/media.h"
#include "desk/scan.h"
#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"

/* The bytes as PostgreSQL reads them. */
static const char *bytea(struct arena *arena, const char *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * len + 3, 1);
    char *to = text + 2;

    text[0] = '\\';
    text[1] = 'x';
    for (size_t i = 0; i < len; i++) {
        *to++ = digits[(unsigned char)bytes[i] >> 4];
        *to++ = digits[(unsigned char)bytes[i] & 15];
    }
    return text;
}

/* What is wrong with the archive before anybody opens it, or NULL. */
static const char *fault_of(const struct act_call *call, const struct form_field *file)
{
    static const char *const words[SCAN_VERDICT_MAX] = {
        [SCAN_FOUND] = "infected", [SCAN_SILENT] = "unscanned"};

    if (file == NULL || !file->is_file || file->len == 0)
        return "missing";
    if (file->len > FORM_FILE_MAX)
        return "large";
    if (file->len < 4 || memcmp(file->bytes, "PK\3\4", 4) != 0)
        return "type";
    return words[scan_bytes(call->visit->req->site->config.clamd, file->bytes, file->len)];
}

void run_package_add(struct act_call *call)
{
    struct arena *arena = call->visit->req->arena;
    const struct form_field *file = form_find(&call->form, "package");
    const char *fault = fault_of(call, file);
    struct act_outcome outcome = {.word = "invalid"};

    if (fault != NULL) {
        log_event(LOG_INFO, "package_refused", "fault", fault);
        outcome.faults = arena_format(arena, "{\"package\": \"%s\"}", fault);
    } else {
        const char *values[] = {act_field(call, "key"), media_name(arena, file->file_name),
                                bytea(arena, file->bytes, file->len),
                                act_field(call, "new_regions")};
        if (!act_do(call, "act.import_ask", values, sizeof values / sizeof *values, &outcome))
            return;
    }
    act_finish(call, &outcome);
}

/* Where the value of that name lies on the scale; NULL: it has none. */
static const char *place(struct req *req, struct doc_node *row, const char *name)
{
    double value = 0, min = 0, max = 0;

    if (!chart_number(doc_text(row, name), &value) ||
        !chart_number(doc_text(req->document, "scale_min"), &min) ||
        !chart_number(doc_text(req->document, "scale_max"), &max))
        return NULL;
    return chart_bar(req->arena, chart_percent(value, min, max));
}

static void show_rows(struct req *req, struct doc_node *row)
{
    for (; row != NULL; row = row->next) {
        doc_add_text(req->arena, row, "bar", place(req, row, "value"));
        doc_add_text(req->arena, row, "before_at", place(req, row, "value_before"));
    }
}

void fill_preview(struct req *req)
{
    struct doc_node *group = doc_list(req->document, "groups");

    show_rows(req, doc_list(req->document, "changed"));
    for (; group != NULL; group = group->next)
        show_rows(req, doc_list(group, "rows"));
}
