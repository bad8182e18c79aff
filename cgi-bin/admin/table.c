#include "admin/table.h"

#include <stdio.h>

/* How many columns of a terminal the text takes, near enough: its characters. */
static size_t width(const char *text)
{
    size_t characters = 0;

    for (; *text != '\0'; text++)
        characters += ((unsigned char)*text & 0xc0) != 0x80;
    return characters;
}

void table_print(const char *const *cells, size_t rows, size_t columns, size_t right)
{
    size_t widths[TABLE_COLUMNS_MAX] = {0};

    for (size_t i = 0; i < rows * columns; i++) {
        size_t wide = width(cells[i]);
        widths[i % columns] = wide > widths[i % columns] ? wide : widths[i % columns];
    }
    for (size_t row = 0; row < rows; row++) {
        const char *const *cell = cells + row * columns;
        for (size_t i = 0; i + 1 < columns; i++) {
            int padding = (int)(widths[i] - width(cell[i]));
            if (i == right)
                printf("%*s%s  ", padding, "", cell[i]);
            else
                printf("%s%*s  ", cell[i], padding, "");
        }
        printf("%s\n", cell[columns - 1]);
    }
}
