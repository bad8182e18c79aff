#include "web/_matrix.h"

#include <math.h>
#include <string.h>

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"

/* As many components as the heads have room for. */
enum { HEADS = 12 };

/* Pixels: a line of heads; above the bars of a row, and below; how high its bars are, on a sheet
 * less; and how wide a letter is. */
static const double line = 16, above = 38, below = 6, high = 40, low = 24, letter = 7.6;
/* The narrowest drawing, on a telephone. */
static const double narrow = 288;

int matrix_heads(const double *at, const size_t *lengths, size_t count, double width, int *levels,
                 bool *ends)
{
    double taken[HEADS] = {0};
    int most = 0;

    for (size_t i = 0; i < count && i < HEADS; i++) {
        double from = at[i] * width / 100, long_ = letter * (double)lengths[i];
        int level = 0;
        ends[i] = from + long_ > width;
        from = ends[i] ? fmax(width - long_, 0) : from;
        while (level + 1 < HEADS && taken[level] > from)
            level++;
        levels[i] = level;
        taken[level] = from + long_ + letter;
        most = level > most ? level : most;
    }
    return most + 1;
}

struct columns {
    double at[HEADS], width[HEADS];
    size_t lengths[HEADS], count;
};

/* Each component is as wide as its share of all weights; without weights they are alike. */
static void read_columns(struct doc_node *matrix, struct columns *columns)
{
    double sum = 0, at = 0;

    for (struct doc_node *head = doc_list(matrix, "heads"); head != NULL && columns->count < HEADS;
         head = head->next) {
        double share = 0;
        if (!chart_number(doc_text(head, "share"), &share) || share <= 0)
            share = 1;
        const char *name = doc_text(head, "head_name");
        columns->lengths[columns->count] = name == NULL ? 0 : chart_letters(name, strlen(name));
        columns->width[columns->count++] = share;
        sum += share;
    }
    for (size_t i = 0; i < columns->count; i++) {
        columns->width[i] = 100 * columns->width[i] / sum;
        columns->at[i] = at;
        at += columns->width[i];
    }
}

static void add(struct req *req, struct doc_node *node, const char *name, double x)
{
    doc_add_text(req->arena, node, name, chart_text(req->arena, x));
}

/* The names of the components, each with a line to its column where others stand between. Returns
 * how high they are. */
static double draw_heads(struct req *req, struct doc_node *matrix, const struct columns *columns)
{
    int levels[HEADS];
    bool ends[HEADS];
    double base =
        line * matrix_heads(columns->at, columns->lengths, columns->count, narrow, levels, ends);
    size_t i = 0;

    for (struct doc_node *head = doc_list(matrix, "heads"); head != NULL; head = head->next, i++) {
        bool drawn = i < columns->count;
        struct doc_node *spot = doc_add(req->arena, head, "spot", drawn ? DOC_OBJECT : DOC_NULL);
        if (!drawn)
            continue;
        double y = base - 4 - line * levels[i];
        add(req, spot, "head_x", ends[i] ? 100 : columns->at[i]);
        add(req, spot, "head_y", y);
        doc_add_flag(req->arena, spot, "head_end", ends[i]);
        add(req, spot, "share_x", columns->at[i]);
        doc_add_text(req->arena, spot, "stem_from",
                     levels[i] > 0 ? chart_text(req->arena, y + 4) : NULL);
        add(req, spot, "stem_to", base + line);
    }
    return base + line;
}

static void draw_cells(struct req *req, struct doc_node *row, const struct columns *columns,
                       double min, double max, double tall)
{
    double foot = above + tall;
    size_t i = 0;

    for (struct doc_node *cell = doc_list(row, "cells"); cell != NULL; cell = cell->next, i++) {
        bool drawn = i < columns->count;
        struct doc_node *spot = doc_add(req->arena, cell, "spot", drawn ? DOC_OBJECT : DOC_NULL);
        double value = 0, median = 0, own = 0;
        if (!drawn)
            continue;
        bool valued = chart_number(doc_text(cell, "value"), &value);
        bool compared = chart_number(doc_text(cell, "median"), &median);
        double top = valued ? chart_height(value, min, max, foot - tall, foot) : foot;
        add(req, spot, "cell_x", columns->at[i]);
        add(req, spot, "cell_end", columns->at[i] + columns->width[i]);
        add(req, spot, "cell_width", columns->width[i]);
        add(req, spot, "top", top);
        add(req, spot, "tall", foot - top);
        doc_add_text(req->arena, spot, "middle",
                     compared
                         ? chart_text(req->arena, chart_height(median, min, max, foot - tall, foot))
                         : NULL);
        bool marked = chart_number(doc_text(cell, "marked_shown"), &own);
        add(req, spot, "marked_x", columns->at[i] + columns->width[i] / 2);
        doc_add_text(req->arena, spot, "marked_y",
                     marked ? chart_text(req->arena, chart_height(own, min, max, foot - tall, foot))
                            : NULL);
    }
}

void matrix_draw(struct req *req, struct doc_node *matrix, bool sheet)
{
    double tall = sheet ? low : high;
    struct columns columns = {0};
    double min = 0, max = 0;

    if (!doc_is(matrix) || !axis_scale(req, &min, &max))
        return;
    read_columns(matrix, &columns);
    double y = draw_heads(req, matrix, &columns);
    for (struct doc_node *row = doc_list(matrix, "rows"); row != NULL; row = row->next) {
        add(req, doc_add(req->arena, row, "spot", DOC_OBJECT), "row_y", y);
        draw_cells(req, row, &columns, min, max, tall);
        y += above + tall + below;
    }
    doc_add_text(req->arena, matrix, "bars_height", chart_text(req->arena, tall));
    doc_add_text(req->arena, matrix, "bars_end", chart_text(req->arena, above + tall));
    doc_add_text(req->arena, matrix, "matrix_height", chart_text(req->arena, y));
}
