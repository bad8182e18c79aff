#include "http/param.h"

#include <string.h>

#include "base/str.h"
#include "base/url.h"
#include "http/route.h"

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

size_t param_count(const struct param *params)
{
    size_t count = 0;

    while (params[count].name != NULL)
        count++;
    return count;
}

const char *param_kind_name(enum param_kind kind)
{
    return kind_names[kind];
}

bool param_fits(const struct param *param, const char *value)
{
    long number = 0;

    switch (param->kind) {
    case PARAM_SLUG: return str_is_slug(value);
    case PARAM_CODE: return str_is_code(value);
    case PARAM_INT: return str_int(value, param->min, param->max, &number);
    case PARAM_TEXT: return str_is_text(value, (size_t)param->max);
    case PARAM_ENUM: return str_is_word(value, param->words);
    case PARAM_SLUGS:
    case PARAM_MAX: break;
    }
    return false;
}

/* True when the pair gives the parameter. Blanks are nothing; a value that could not be decoded is
 * something. */
static bool gives(const struct url_pair *pair, const struct param *param)
{
    return strcmp(pair->name, param->name) == 0 &&
           (pair->fault != URL_FINE || pair->value[strspn(pair->value, " ")] != '\0');
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

/* Adds the slugs of a value, which commas separate; blanks around one do not count. False when one
 * is not a slug or there are too many. */
static bool add_slugs(struct arena *arena, struct list *list, const char *value)
{
    while (*value != '\0') {
        size_t length = strcspn(value, ",");
        const char *slug = trim(arena, arena_copy(arena, value, length));
        value += length;
        value += *value == ',';
        if (*slug == '\0' || has_slug(list, slug))
            continue;
        if (!str_is_slug(slug) || list->count == list->max)
            return false;
        list->slugs[list->count++] = slug;
    }
    return true;
}

/* Sets *text to what the query gives for the parameter, in the form that it has in a canonical
 * address, and to NULL when that is nothing. Returns NULL, or what is wrong: the section of the
 * error page. The same for read_single. */
static const char *read_list(struct arena *arena, const struct param *param,
                             const struct query *query, const char **text)
{
    size_t max = (size_t)param->max;
    struct list list = {0, max, arena_alloc(arena, max, sizeof *list.slugs)};

    for (size_t i = 0; i < query->count; i++) {
        const struct url_pair *pair = &query->pairs[i];
        if (!gives(pair, param))
            continue;
        if (pair->fault != URL_FINE)
            return "bad_utf8";
        if (!add_slugs(arena, &list, trim(arena, pair->value)))
            return kind_faults[PARAM_SLUGS];
    }
    *text = list.count > 0 ? list.slugs[0] : NULL;
    for (size_t i = 1; i < list.count; i++)
        *text = arena_format(arena, "%s,%s", *text, list.slugs[i]);
    return NULL;
}

static const char *read_single(struct arena *arena, const struct param *param,
                               const struct query *query, const char **text)
{
    const struct url_pair *given = NULL;

    for (size_t i = 0; i < query->count; i++) {
        if (!gives(&query->pairs[i], param))
            continue;
        if (given != NULL)
            return "repeated";
        given = &query->pairs[i];
    }
    if (given == NULL)
        return NULL;
    if (given->fault != URL_FINE)
        return "bad_utf8";
    *text = trim(arena, given->value);
    return param_fits(param, *text) ? NULL : kind_faults[param->kind];
}

/* Reads a parameter from the query: *value is the text for SQL. What is given and not the standard
 * is added to the canonical query. Returns NULL or what is wrong. */
static const char *read_query(struct arena *arena, const struct param *param,
                              const struct query *query, const char **value, struct buf *canonical,
                              struct buf *own)
{
    bool list = param->kind == PARAM_SLUGS;
    const char *text = NULL;
    const char *wrong =
        list ? read_list(arena, param, query, &text) : read_single(arena, param, query, &text);

    if (wrong != NULL)
        return wrong;
    if (text != NULL && (param->standard == NULL || strcmp(text, param->standard) != 0)) {
        url_add(canonical, param->name, text);
        if (!param->kept)
            url_add(own, param->name, text);
    }
    /* A slug has no character that means anything in the text form of an array. */
    *value = text == NULL ? param->standard : list ? arena_format(arena, "{%s}", text) : text;
    return NULL;
}

int param_read(struct arena *arena, const struct param *params, const struct route *route,
               const char *query, struct inputs *inputs)
{
    struct query parsed = {0};
    struct buf canonical = {0}, own = {0};
    int status = 0;

    parsed.count = url_query(arena, query, &parsed.pairs);
    for (size_t i = 0; params[i].name != NULL && status == 0; i++) {
        const char *component = route_value(route, params[i].name);
        const char *wrong = NULL;
        if (component == NULL)
            wrong = read_query(arena, &params[i], &parsed, &inputs->values[i], &canonical, &own);
        else
            inputs->values[i] = component;
        if (params[i].kept && wrong == NULL && inputs->values[i] != NULL) {
            inputs->kept = params[i].name;
            inputs->kept_value = inputs->values[i];
        }
        if (component != NULL && !param_fits(&params[i], component))
            status = 404;
        if (wrong != NULL) {
            inputs->fault = (struct param_fault){params[i].name, wrong, params[i].min,
                                                 params[i].max, params[i].words};
            status = 400;
        }
    }
    inputs->query = arena_copy(arena, buf_string(&canonical), canonical.len);
    inputs->own = arena_copy(arena, buf_string(&own), own.len);
    buf_free(&canonical);
    buf_free(&own);
    return status;
}
