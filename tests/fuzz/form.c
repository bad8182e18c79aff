/* form: any type and any body. The first line is the header Content-Type, the rest the body; in a
 * seed's body nothing stands for anything else. What was read is written again in the way of a
 * browser and must come back the same. */
#include "desk/form.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/url.h"
#include "fuzz.h"

static void check_field(const struct form *form, size_t i, const char *body, size_t len)
{
    const struct form_field *field = &form->fields[i];
    size_t first = 0;

    while (!fuzz_same(form->fields[first].name, field->name))
        first++;
    fuzz_check(field->repeated == (first < i));
    fuzz_check(form_find(form, field->name) == &form->fields[first]);
    fuzz_check(str_is_code(field->name));
    fuzz_check(fuzz_utf8_length(field->value, strlen(field->value)) == strlen(field->value));
    fuzz_check(strchr(field->value, '\r') == NULL);
    fuzz_check(field->is_file == (field->file_name != NULL) &&
               field->is_file == (field->bytes != NULL));
    if (!field->is_file)
        return;
    fuzz_check(*field->value == '\0' && (field->len > 0 || *field->file_name != '\0'));
    fuzz_check(strpbrk(field->file_name, "/\\") == NULL);
    fuzz_check(fuzz_utf8_length(field->file_name, strlen(field->file_name)) ==
               strlen(field->file_name));
    fuzz_check(field->bytes >= body && field->len <= len &&
               field->bytes + field->len <= body + len);
}

static void check_same(const struct form *form, const struct form *again)
{
    fuzz_check(form->count == again->count);
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *a = &form->fields[i], *b = &again->fields[i];
        fuzz_check(fuzz_same(a->name, b->name) && fuzz_same(a->value, b->value) &&
                   a->repeated == b->repeated);
        fuzz_check(a->is_file == b->is_file && a->len == b->len);
        fuzz_check(!a->is_file || fuzz_same(a->file_name, b->file_name));
        fuzz_check(a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0);
    }
}

static void add_name(struct buf *body, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\r' || *name == '\n')
            buf_format(body, "%%%02X", (unsigned)*name);
        else
            buf_char(body, *name);
    }
}

/* A name that holds the three letters of an escape already reads differently when it is written
 * again. */
static bool says_itself(const char *name)
{
    return strstr(name, "%22") == NULL && strcasestr(name, "%0d") == NULL &&
           strcasestr(name, "%0a") == NULL;
}

static void write_again(struct arena *arena, const struct form *form)
{
    static const char mark[] = "and-here-it-ends";
    struct buf body = {0};
    struct form again;
    bool clean = true;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        const char *bytes = field->is_file ? field->bytes : field->value;
        size_t len = field->is_file ? field->len : strlen(field->value);
        clean = clean && memmem(bytes, len, mark, sizeof mark - 1) == NULL;
        clean = clean && (!field->is_file ||
                          (says_itself(field->file_name) && strlen(field->file_name) < 1000));
        buf_format(&body, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", mark, field->name);
        if (field->is_file) {
            buf_text(&body, "; filename=\"");
            add_name(&body, field->file_name);
            buf_char(&body, '"');
        }
        buf_text(&body, "\r\n\r\n");
        buf_add(&body, bytes, len);
        buf_text(&body, "\r\n");
    }
    buf_format(&body, "--%s--\r\n", mark);
    enum form_fault fault = form_read(arena, "multipart/form-data; boundary=and-here-it-ends",
                                      body.data, body.len, &again);
    if (clean) {
        fuzz_check(fault == FORM_FINE);
        check_same(form, &again);
    }
    buf_free(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    const char *type = fuzz_line(arena, &input);
    size_t len = (size_t)(input.end - input.at);
    char *body =
        mem_alloc(len + (len == 0), 1); /* of its own, so that a step beyond its end is seen */
    struct form form;

    if (len > 0)
        memcpy(body, input.at, len);
    enum form_fault fault = form_read(arena, type, body, len, &form);
    fuzz_check(fault == FORM_FINE || form.count == 0);
    fuzz_check(form.count <= FORM_FIELDS_MAX);
    for (size_t i = 0; i < form.count; i++)
        check_field(&form, i, body, len);
    if (fault == FORM_FINE)
        write_again(arena, &form);
    free(body);
    arena_close(arena);
    return 0;
}
