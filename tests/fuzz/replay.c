/* A harness without libFuzzer: gives it the files that are named, or else every seed of its name,
 * and prints TAP. Run from the tree's root as BUILD/unit/fuzz_NAME [FILE...]. */
#include <glob.h>

#include "fuzz.h"

static bool replay(const char *path, fuzz_harness *take)
{
    FILE *file = fopen(path, "rbe");
    uint8_t *data = NULL;
    size_t size = 0;

    if (file == NULL)
        return false;
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    if (length >= 0) {
        /* Of exactly the length, so that the sanitizer sees one byte too far. */
        data = malloc(length > 0 ? (size_t)length : 1);
        size = data != NULL ? fread(data, 1, (size_t)length, file) : 0;
    }
    fclose(file);
    bool whole = data != NULL && size == (size_t)length;
    if (whole)
        take(data, size);
    free(data);
    return whole;
}

int fuzz_replay(const char *name, fuzz_harness *take, int argc, char **argv)
{
    char pattern[200];
    glob_t seeds = {0};
    int failed = 0;

    snprintf(pattern, sizeof pattern, "tests/fuzz/seeds/%s/*", name);
    if (argc == 1 && glob(pattern, 0, NULL, &seeds) != 0)
        printf("# no seeds: %s\n", pattern);
    char **paths = argc > 1 ? argv + 1 : seeds.gl_pathv;
    int count = argc > 1 ? argc - 1 : (int)seeds.gl_pathc;
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        /* Said before, so that it is known whose input ended the program. */
        printf("# %s\n", paths[i]);
        fflush(stdout);
        bool done = replay(paths[i], take);
        failed += !done;
        printf("%s %d - %s\n", done ? "ok" : "not ok", i + 1, paths[i]);
    }
    globfree(&seeds);
    return failed > 0 || count == 0;
}
