/* io: writing to the end. */
#ifndef TOLOK_IO_H
#define TOLOK_IO_H

#include <stdbool.h>
#include <stddef.h>

/* Writes all the bytes, in as many pieces as it takes. False, with errno, when that fails. */
bool io_write(int fd, const char *bytes, size_t len);

#endif
