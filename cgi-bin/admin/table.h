/* table: rows in columns, for a terminal. */
#ifndef TOLOK_TABLE_H
#define TOLOK_TABLE_H

#include <stddef.h>

enum { TABLE_COLUMNS_MAX = 16 };
#define TABLE_LEFT ((size_t)-1)

/* Prints rows of at most TABLE_COLUMNS_MAX columns, one row after another in `cells`, none of them
 * NULL. Each column but the last is as wide as its widest cell, and two blanks stand between; the
 * column `right` has its cells at its right edge (TABLE_LEFT: none has). */
void table_print(const char *const *cells, size_t rows, size_t columns, size_t right);

#endif
