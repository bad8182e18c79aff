/* built: what `make` has put beside the programs of the tests, which run from the root of the tree.
 */
#ifndef TOLOK_BUILT_H
#define TOLOK_BUILT_H

#include <stdio.h>
#include <stdlib.h>

/* The path below the folder of the build; valid until the next call. */
static inline const char *built(const char *name)
{
    static char path[4096];
    const char *build = getenv("BUILD");

    snprintf(path, sizeof path, "%s/%s", build != NULL ? build : "build", name);
    return path;
}

#endif
