#include "desk/fields.h"

#include <string.h>

#include "exchange/json_text.h"
#include "safe/secret.h"

enum { FIELD_LIST = 1, FIELD_SECRET = 2, FIELD_FILE = 4, FIELD_OTHER = 8 };

/* One field after another that is declared by its name: moves *fields on; false at the end. */
static bool next_field(const char **fields, const char **name, size_t *len, int *marks)
{
    *fields += strspn(*fields, " ");
    *name = *fields;
    *len = strcspn(*fields, " []!@*");
    *marks = 0;
    for (*fields += *len; **fields != '\0' && **fields != ' '; ++*fields)
        *marks |= **fields == '['   ? FIELD_LIST
                  : **fields == '!' ? FIELD_SECRET
                  : **fields == '@' ? FIELD_FILE
                                    : 0;
    return *len > 0;
}

static bool is_named(const char *text, const char *name, size_t len)
{
    return strlen(text) == len && memcmp(text, name, len) == 0;
}

static bool is_argument(const struct act *act, const char *name, size_t len)
{
    for (const struct act_value *value = act->values; value != NULL && value->source != ACT_NONE;
         value++) {
        if ((value->source == ACT_FIELD || value->source == ACT_NUMBER) &&
            is_named(value->name, name, len))
            return true;
    }
    return false;
}

/* The values that were sent for a field, as JSON: a text, or of a list an array; nothing when there
 * is none. */
static void add_json(struct buf *out, const struct form *form, const char *name, size_t len,
                     bool list)
{
    size_t found = 0;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->is_file || !is_named(field->name, name, len))
            continue;
        if (found++ == 0)
            buf_format(out, "%s\"%.*s\":%s", out->len > 1 ? "," : "", (int)len, name,
                       list ? "[" : "");
        else
            buf_char(out, ',');
        json_text(out, field->value);
    }
    if (found > 0 && list)
        buf_char(out, ']');
}

/* The marks of a declared field, FIELD_OTHER for what "*" stands for; -1: it is not declared. */
static int declared(const struct act *act, const char *wanted)
{
    const char *fields = act->fields, *name = NULL;
    size_t len = 0;
    int marks = 0;

    while (next_field(&fields, &name, &len, &marks)) {
        if (is_named(wanted, name, len))
            return marks;
    }
    if (act->proved && strcmp(wanted, "proof") == 0)
        return FIELD_SECRET;
    if (strcmp(wanted, "form") == 0)
        return 0;
    return strchr(act->fields, '*') != NULL &&
                   wanted[strspn(wanted, "abcdefghijklmnopqrstuvwxyz_0123456789")] == '\0'
               ? FIELD_OTHER
               : -1;
}

bool fields_shown(const struct act *act, const struct form_field *field)
{
    int marks = declared(act, field->name);

    return marks >= 0 && (marks & (FIELD_SECRET | FIELD_FILE)) == 0 && !field->is_file;
}

const char *fields_json(struct arena *arena, const struct act *act, const struct form *form,
                        bool again)
{
    const char *fields = act->fields, *name = NULL;
    struct buf out = {0};
    size_t len = 0;
    int marks = 0;

    buf_char(&out, '{');
    while (next_field(&fields, &name, &len, &marks)) {
        if (again ? (marks & FIELD_SECRET) == 0 : !is_argument(act, name, len))
            add_json(&out, form, name, len, (marks & FIELD_LIST) != 0);
    }
    for (size_t i = 0; i < form->count; i++) {
        name = form->fields[i].name;
        if (declared(act, name) == FIELD_OTHER)
            add_json(&out, form, name, strlen(name), false);
    }
    buf_char(&out, '}');
    const char *text = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    return text;
}

static void wipe_body(void *body)
{
    struct buf *bytes = body;

    if (bytes->data != NULL)
        secret_wipe(bytes->data, bytes->len);
    buf_free(bytes);
}

/* Leaves only what the act declares. False when a field that is no list was sent twice. */
static bool keep_declared(const struct act *act, struct form *form)
{
    size_t kept = 0;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field field = form->fields[i];
        int marks = declared(act, field.name);
        if (marks < 0 || field.is_file != ((marks & FIELD_FILE) != 0))
            continue;
        if (field.repeated && (marks & FIELD_LIST) == 0)
            return false;
        form->fields[kept++] = field;
    }
    form->count = kept;
    return true;
}

int fields_read(struct req *req, const struct act *act, struct form *form)
{
    static const int statuses[FORM_FAULT_MAX] = {
        [FORM_TYPE] = 415, [FORM_BROKEN] = 400, [FORM_MANY] = 400};
    struct buf *body = arena_alloc(req->arena, 1, sizeof *body);

    if (req->length > (strchr(act->fields, '@') != NULL ? FORM_UPLOAD_MAX : FORM_BODY_MAX))
        return 413;
    arena_defer(req->arena, wipe_body, body);
    if (!req_body(req, body))
        return 400;
    int status = statuses[form_read(req->arena, req_variable(req->variables, "CONTENT_TYPE"),
                                    buf_string(body), body->len, form)];
    return status == 0 && !keep_declared(act, form) ? 400 : status;
}
