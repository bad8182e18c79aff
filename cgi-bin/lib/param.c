#include "param.h"

#include <string.h>

#include "str.h"
#include "url.h"

static const char *const kind_names[PARAM_MAX] = {
    [PARAM_SLUG] = "slug", [PARAM_CODE] = "code", [PARAM_INT] = "int",
    [PARAM_TEXT] = "text", [PARAM_ENUM] = "enum", [PARAM_SLUGS] = "slugs",
};
static const char *const kind_faults[PARAM_MAX] = {
    [PARAM_SLUG] = "bad_slug", [PARAM_CODE] = "bad_code", [PARAM_INT] = "bad_int",
    [PARAM_TEXT] = "bad_text", [PARAM_ENUM] = "bad_enum", [PARAM_SLUGS] = "bad_slugs",
};

/* The query string's pairs. */
struct query {
    struct url_pair *pairs;
    size_t count;
};

size_t param_count(const struct page *page)
{
    size_t count = 0;

    while (page->params[count].name != NULL)
        count++;
    return count;
}

const char *param_kind_name(enum param_kind kind)
{
    return kind_names[kind];
}

static bool is_valid(const struct param *param, const char *value)
{
    long number = 0;

    switch (param->kind) {
    case PARAM_SLUG:
        return str_is_slug(value);
    case PARAM_CODE:
        return str_is_code(value);
    case PARAM_INT:
        return str_int(value, param->min, param->max, &number);
    case PARAM_TEXT:
        return str_is_text(value, (size_t)param->max);
    case PARAM_ENUM:
        return str_is_word(value, param->words);
    case PARAM_SLUGS:
    case PARAM_MAX:
        break;
    }
    return false;
}

static void blame(struct out_fault *fault, const struct param *param, const char *what)
{
    *fault = (struct out_fault){param->name, what, param->min, param->max, param->words};
}

/* True when the pair gives the parameter; a value that could not be decoded counts as given. */
static bool gives(const struct url_pair *pair, const struct param *param)
{
    return strcmp(pair->name, param->name) == 0 && (*pair->value != '\0' || pair->fault != URL_FINE);
}

static const char *trim(struct arena *arena, const char *value)
{
    value += strspn(value, " ");
    size_t length = strlen(value);
    while (length > 0 && value[length - 1] == ' ')
        length--;
    return arena_copy(arena, value, length);
}

/* Slugs that were given so far. */
struct list {
    size_t count, max;
    const char **slugs;
};

static bool has_slug(const struct list *list, const char *slug)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->slugs[i], slug) == 0)
            return true;
    }
    return false;
}

/* Adds the slugs of a value, which commas separate. False when one is not a slug or there are too many. */
static bool add_slugs(struct arena *arena, struct list *list, const char *value)
{
    while (*value != '\0') {
        size_t length = strcspn(value, ",");
        const char *slug = arena_copy(arena, value, length);
        value += length;
        value += *value == ',';
        if (length == 0 || has_slug(list, slug))
            continue;
        if (!str_is_slug(slug) || list->count == list->max)
            return false;
        list->slugs[list->count++] = slug;
    }
    return true;
}

/* A slug has no character that means anything in the text form of an array. */
static const char *array_text(struct arena *arena, const struct list *list)
{
    const char *text = "{";

    for (size_t i = 0; i < list->count; i++)
        text = arena_format(arena, i > 0 ? "%s,%s" : "%s%s", text, list->slugs[i]);
    return list->count > 0 ? arena_format(arena, "%s}", text) : NULL;
}

static int read_list(struct arena *arena, const struct param *param, const struct query *query, const char **value,
                     struct out_fault *fault)
{
    size_t max = (size_t)param->max;
    struct list list = {0, max, arena_alloc(arena, max, sizeof *list.slugs)};

    for (size_t i = 0; i < query->count; i++) {
        const struct url_pair *pair = &query->pairs[i];
        if (!gives(pair, param))
            continue;
        if (pair->fault != URL_FINE || !add_slugs(arena, &list, pair->value)) {
            blame(fault, param, pair->fault != URL_FINE ? "bad_utf8" : kind_faults[PARAM_SLUGS]);
            return 400;
        }
    }
    *value = array_text(arena, &list);
    return 0;
}

static int read_single(struct arena *arena, const struct param *param, const struct query *query, const char **value,
                       struct out_fault *fault)
{
    const struct url_pair *given = NULL;

    for (size_t i = 0; i < query->count; i++) {
        if (!gives(&query->pairs[i], param))
            continue;
        if (given != NULL) {
            blame(fault, param, "repeated");
            return 400;
        }
        given = &query->pairs[i];
    }
    const char *text = given != NULL ? trim(arena, given->value) : "";
    if (given != NULL && given->fault != URL_FINE) {
        blame(fault, param, "bad_utf8");
        return 400;
    }
    if (*text == '\0') {
        *value = param->standard;
        return 0;
    }
    if (!is_valid(param, text)) {
        blame(fault, param, kind_faults[param->kind]);
        return 400;
    }
    *value = text;
    return 0;
}

int param_read(struct arena *arena, const struct route *route, const char *query, const char **values,
               struct out_fault *fault)
{
    const struct param *param = route->page->params;
    struct query parsed = {0};
    int status = 0;

    parsed.count = url_query(arena, query, &parsed.pairs);
    for (size_t i = 0; param[i].name != NULL && status == 0; i++) {
        const char *component = route_value(route, param[i].name);
        values[i] = component;
        if (component != NULL)
            status = is_valid(&param[i], component) ? 0 : 404;
        else if (param[i].kind == PARAM_SLUGS)
            status = read_list(arena, &param[i], &parsed, &values[i], fault);
        else
            status = read_single(arena, &param[i], &parsed, &values[i], fault);
    }
    return status;
}
