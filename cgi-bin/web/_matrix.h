/* The matrix: components across, dimensions down, and in each crossing a bar as high as its value
 * and as wide as the weight of its component. Template part _matrix.html draws it. */
#ifndef TOLOK_MATRIX_H
#define TOLOK_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

struct doc_node;
struct req;

/* Adds to a matrix (pub.matrix) its height, of bars that are lower on a sheet, and to each of its
 * heads, rows and cells the places, as member `spot`; null for what has none. Nothing when matrix
 * is NULL. */
void matrix_draw(struct req *req, struct doc_node *matrix, bool sheet);

/* Places the names of columns that begin at these percents of a drawing `width` pixels wide, so
 * that none touches another: each on the lowest level that is free, counted from 0, which goes to
 * levels[], and those that would leave the drawing end at its right end, which goes to ends[].
 * Returns how many levels there are. */
int matrix_heads(const double *at, const size_t *lengths, size_t count, double width, int *levels,
                 bool *ends);

#endif
