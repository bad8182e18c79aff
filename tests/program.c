/* Every unit test and every fuzz harness in one program, as linking each with all libraries takes
 * longer than running it: BUILD/unit/NAME is a link to it, and does what its name says. The
 * Makefile gives the lists of names. */
#include <stdio.h>
#include <string.h>

#include "fuzz/fuzz.h"

#define DECLARE_UNIT(name) int unit_##name(void);
#define DECLARE_HARNESS(name) fuzz_harness harness_##name;
UNITS(DECLARE_UNIT)
HARNESSES(DECLARE_HARNESS)

#define UNIT(name) {#name, unit_##name},
static const struct {
    const char *name;
    int (*run)(void);
} units[] = {UNITS(UNIT)};

#define HARNESS(name) {"fuzz_" #name, harness_##name},
static const struct {
    const char *name;
    fuzz_harness *take;
} harnesses[] = {HARNESSES(HARNESS)};

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *name = slash != NULL ? slash + 1 : argv[0];

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(name, units[i].name) == 0)
            return units[i].run();
    for (size_t i = 0; i < sizeof harnesses / sizeof *harnesses; i++)
        if (strcmp(name, harnesses[i].name) == 0)
            return fuzz_replay(name + strlen("fuzz_"), harnesses[i].take, argc, argv);
    fprintf(stderr, "no test has the name %s\n", name);
    return 2;
}
