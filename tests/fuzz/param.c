/* param: a query string for a page with every kind of parameter. What reaches SQL is of its kind, a
 * refusal names a declared parameter and the reason holds; the canonical query string is its own,
 * with the same values. First line: what the path took; then the query string. */
#include "http/param.h"

#include "base/url.h"
#include "fuzz.h"
#include "http/pages.h"
#include "http/route.h"

static const struct param params[] = {
    {.name = "city", .kind = PARAM_SLUG},
    {.name = "putaran", .kind = PARAM_CODE},
    {.name = "urut", .kind = PARAM_ENUM, .words = "nilai nama", .standard = "nilai"},
    {.name = "tahun", .kind = PARAM_INT, .min = -5, .max = 2100},
    {.name = "q", .kind = PARAM_TEXT, .max = 40},
    {.name = "kota", .kind = PARAM_SLUGS, .max = 3},
    {0},
};
enum { PARAMS = sizeof params / sizeof *params - 1 };
static const struct page page = {.name = "x", .path = "/x", .params = params};

static bool made_of(const char *s, const char *alphabet, size_t max)
{
    return *s != '\0' && strlen(s) <= max && s[strspn(s, alphabet)] == '\0';
}

static void check_slugs(struct arena *arena, const char *array, long max)
{
    size_t len = strlen(array);
    long count = 0;

    fuzz_check(len > 2 && array[0] == '{' && array[len - 1] == '}');
    for (const char *at = array + 1; at < array + len; count++) {
        size_t slug = strcspn(at, ",}");
        fuzz_check(
            made_of(arena_copy(arena, at, slug), "abcdefghijklmnopqrstuvwxyz0123456789._-", 64));
        at += slug + 1;
    }
    fuzz_check(count <= max);
}

static void check_value(struct arena *arena, const struct param *param, const char *value)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyz0123456789._-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char *end = NULL;

    switch (param->kind) {
    case PARAM_SLUG:
        fuzz_check(made_of(value, letters, 64) &&
                   strpbrk(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL);
        break;
    case PARAM_CODE: fuzz_check(made_of(value, letters, 64)); break;
    case PARAM_INT:
        fuzz_check(made_of(value, "-0123456789", 20));
        fuzz_check(strtol(value, &end, 10) >= param->min && strtol(value, NULL, 10) <= param->max &&
                   *end == '\0');
        break;
    case PARAM_TEXT:
        fuzz_check(strlen(value) <= (size_t)param->max &&
                   fuzz_utf8_length(value, strlen(value)) == strlen(value));
        fuzz_check(*value != ' ' && value[strlen(value) - 1] != ' ' &&
                   strpbrk(value, "\r\n\t\x1b") == NULL);
        break;
    case PARAM_ENUM: fuzz_check(fuzz_same(value, "nilai") || fuzz_same(value, "nama")); break;
    case PARAM_SLUGS: check_slugs(arena, value, param->max); break;
    case PARAM_MAX: break;
    }
}

/* How often the query gives the parameter: pairs of its name with a value, or one that can not be
 * decoded. */
static size_t given(const struct url_pair *pairs, size_t count, const char *name, bool *broken)
{
    size_t times = 0;

    *broken = false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pairs[i].name, name) != 0)
            continue;
        times += pairs[i].value[strspn(pairs[i].value, " ")] != '\0' || pairs[i].fault != URL_FINE;
        *broken = *broken || pairs[i].fault != URL_FINE;
    }
    return times;
}

static void check_fault(const struct param_fault *fault, const struct url_pair *pairs, size_t count)
{
    size_t i = 0;
    bool broken = false;

    while (i < PARAMS && strcmp(params[i].name, fault->field) != 0)
        i++;
    fuzz_check(i < PARAMS);
    size_t times = given(pairs, count, fault->field, &broken);
    fuzz_check(times > 0);
    if (strcmp(fault->what, "repeated") == 0)
        fuzz_check(times > 1 && params[i].kind != PARAM_SLUGS);
    else if (strcmp(fault->what, "bad_utf8") == 0)
        fuzz_check(broken);
    else
        fuzz_check(fuzz_same(fault->what + strlen("bad_"), param_kind_name(params[i].kind)));
}

static int read_query(struct arena *arena, const char *component, const char *query,
                      struct inputs *inputs)
{
    struct route route = {
        .page = &page, .count = *component != '\0', .values = {{"city", component}}};

    *inputs = (struct inputs){.values = arena_alloc(arena, PARAMS, sizeof *inputs->values)};
    return param_read(arena, params, &route, query, inputs);
}

static void check_canonical(struct arena *arena, const char *component, const struct inputs *inputs)
{
    struct inputs again;

    fuzz_check(
        strspn(inputs->query,
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!()*,/+%=&") ==
        strlen(inputs->query));
    fuzz_check(read_query(arena, component, inputs->query, &again) == 0);
    fuzz_check(fuzz_same(again.query, inputs->query));
    for (size_t i = 0; i < PARAMS; i++) {
        fuzz_check((again.values[i] == NULL) == (inputs->values[i] == NULL));
        fuzz_check(again.values[i] == NULL || fuzz_same(again.values[i], inputs->values[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    const char *component = fuzz_line(arena, &input);
    const char *query = fuzz_rest(arena, &input);
    bool taken = *component != '\0', broken = false;
    struct url_pair *pairs = NULL;
    struct inputs inputs;

    size_t count = url_query(arena, query, &pairs);
    int status = read_query(arena, component, query, &inputs);
    fuzz_check(status == 0 || status == 400 || (status == 404 && taken));
    for (size_t i = 0; i < PARAMS && status == 0; i++) {
        if (inputs.values[i] != NULL)
            check_value(arena, &params[i], inputs.values[i]);
        else
            fuzz_check(params[i].standard == NULL);
        if (given(pairs, count, params[i].name, &broken) == 0 && (i > 0 || !taken))
            fuzz_check(inputs.values[i] == params[i].standard);
    }
    if (status == 0)
        check_canonical(arena, component, &inputs);
    if (status == 400)
        check_fault(&inputs.fault, pairs, count);
    arena_close(arena);
    return 0;
}
