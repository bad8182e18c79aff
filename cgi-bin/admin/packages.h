/* packages: checks exported packages and their records against their digests and each other,
 * without a database. */
#ifndef TOLOK_PACKAGES_H
#define TOLOK_PACKAGES_H

#include <stddef.h>

/* Checks the packages in these folders, each a package or a folder of such. Returns one of the
 * EXIT_ values, having said what came of it. */
int packages_verify(char *const *folders, size_t count);

#endif
