#include <string.h>

#include "admin/json.h"
#include "admin/stage.h"
#include "base/arena.h"

/* The keys of round.json, an object before its members. */
static const struct key {
    const char *path;
    enum json_kind kind;
} keys[] = {
    {"format", JSON_STRING},
    {"code", JSON_STRING},
    {"title", JSON_OBJECT},
    {"title.id", JSON_STRING},
    {"title.en", JSON_STRING},
    {"year", JSON_INTEGER},
    {"simulated", JSON_BOOLEAN},
    {"source", JSON_STRING},
    {"method", JSON_OBJECT},
    {"method.version", JSON_STRING},
    {"method.scale", JSON_OBJECT},
    {"method.scale.min", JSON_STRING},
    {"method.scale.max", JSON_STRING},
    {"method.rounding", JSON_STRING},
    {"method.rank_on", JSON_STRING},
    {"method.ties", JSON_STRING},
    {"method.missing", JSON_STRING},
    {"method.min_coverage", JSON_STRING},
    {"method.higher_is_better", JSON_BOOLEAN},
    {"method.draws", JSON_INTEGER},
    {"method.weight_spread", JSON_STRING},
};
enum { KEYS = sizeof keys / sizeof keys[0] };

static const char *const wanted[JSON_KIND_MAX] = {
    [JSON_BOOLEAN] = "must be true or false",
    [JSON_INTEGER] = "must be an integer",
    [JSON_STRING] = "must be a string",
    [JSON_OBJECT] = "must be an object",
};

static void refuse(struct import *import, long line, const char *path, const char *message)
{
    faults_add(import->faults,
               &(struct fault){package_file_names[FILE_ROUND], line, 0, path, message});
}

static const struct key *find_key(const char *path)
{
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].path, path) == 0)
            return &keys[i];
    }
    return NULL;
}

/* Whether the member lies inside an object that the format does not know, which was reported. */
static bool inside_unknown(struct arena *arena, const char *path)
{
    for (const char *point = strchr(path, '.'); point != NULL; point = strchr(point + 1, '.')) {
        const struct key *key = find_key(arena_copy(arena, path, (size_t)(point - path)));
        if (key == NULL || key->kind != JSON_OBJECT)
            return true;
    }
    return false;
}

static bool has_object(const struct json_member *members, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++) {
        if (members[i].kind == JSON_OBJECT && strcmp(members[i].path, path) == 0)
            return true;
    }
    return false;
}

/* Reports the absence of a key, unless the object around it is absent too. */
static void check_presence(struct import *import, const struct key *key,
                           const struct json_member *members, size_t count)
{
    const char *point = strrchr(key->path, '.');

    for (size_t i = 0; i < count; i++) {
        if (strcmp(members[i].path, key->path) == 0)
            return;
    }
    if (point == NULL ||
        has_object(members, count,
                   arena_copy(import->arena, key->path, (size_t)(point - key->path))))
        refuse(import, 0, key->path, "missing key");
}

/* Stages one member, or reports why not. */
static void stage_member(struct import *import, const struct json_member *member)
{
    const struct key *key = find_key(member->path);

    if (member->repeated) {
        refuse(import, member->line, member->path, "second key of that name");
    } else if (key == NULL) {
        if (!inside_unknown(import->arena, member->path))
            refuse(import, member->line, member->path, "unknown key");
    } else if (key->kind != member->kind) {
        refuse(import, member->line, member->path, wanted[key->kind]);
    } else if (key->kind != JSON_OBJECT) {
        const struct csv_field fields[] = {{member->path, strlen(member->path)},
                                           {member->text, strlen(member->text)}};
        store_copy_row(import->store, member->line, fields, 2);
    }
}

bool stage_round(struct import *import)
{
    const struct pack_file *file = pack_find(&import->pack, package_file_names[FILE_ROUND]);
    struct json_fault fault;
    size_t count = 0;

    if (file == NULL)
        return true;
    const struct json_member *members =
        json_read(import->arena, file->bytes, file->len, &count, &fault);
    if (members == NULL) {
        faults_add(import->faults,
                   &(struct fault){file->name, fault.line, fault.byte, NULL, fault.message});
        return true;
    }
    if (!store_copy_begin(import->store, "import_setting"))
        return false;
    for (size_t i = 0; i < KEYS; i++)
        check_presence(import, &keys[i], members, count);
    for (size_t i = 0; i < count; i++)
        stage_member(import, &members[i]);
    return store_copy_end(import->store);
}
