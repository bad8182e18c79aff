#include "web/_name.h"

#include <math.h>
#include <string.h>

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"

/* Pixels: of a piece, between two labels, and from its foot to its middle. */
static const double piece_height = 15, apart = 3, lift = 5;
enum { LABELS = 12 };

/* At the blank that leaves the shorter longest piece. */
static void break_name(struct name_label *label)
{
    size_t figure = label->shown != NULL ? 1 + strlen(label->shown) : 0;

    label->bytes = label->first = strlen(label->name);
    label->longest = chart_letters(label->name, label->bytes) + figure;
    if (label->longest <= NAME_LETTERS)
        return;
    for (const char *blank = strchr(label->name, ' '); blank != NULL;
         blank = strchr(blank + 1, ' ')) {
        size_t first = (size_t)(blank - label->name);
        size_t longest = chart_letters(label->name, first),
               rest = chart_letters(blank + 1, label->bytes - first - 1) + figure;
        longest = rest > longest ? rest : longest;
        if (longest < label->longest) {
            label->longest = longest;
            label->first = first;
            label->broken = true;
        }
    }
}

void name_place(struct name_label *labels, size_t count, double low, double high)
{
    double at[LABELS];
    bool broken = false;

    for (size_t i = 0; i < count && i < LABELS; i++) {
        break_name(&labels[i]);
        broken = broken || labels[i].broken;
        at[i] = labels[i].at;
    }
    double tall = piece_height * (broken ? 2 : 1);
    chart_spread(at, count < LABELS ? count : LABELS, tall + apart, low + tall / 2,
                 high - tall / 2);
    for (size_t i = 0; i < count && i < LABELS; i++)
        labels[i].at = at[i];
}

static void add_piece(struct req *req, struct doc_node *pieces, const char *text, size_t bytes,
                      double y, const char *figure)
{
    size_t long_ = chart_letters(text, bytes) + (figure != NULL ? 1 + strlen(figure) : 0);

    struct doc_node *piece = doc_add(req->arena, pieces, NULL, DOC_OBJECT);

    doc_add_text(req->arena, piece, "piece",
                 arena_format(req->arena, "%.*s", (int)bytes, text));
    doc_add_text(req->arena, piece, "piece_y", chart_text(req->arena, y));
    doc_add_flag(req->arena, piece, "squeezed", long_ > NAME_LETTERS);
    doc_add_text(req->arena, piece, "figure", figure);
}

void name_draw(struct req *req, struct doc_node *end, const struct name_label *label)
{
    struct doc_node *pieces = doc_add(req->arena, end, "pieces", DOC_ARRAY);
    double y = label->at + lift - (label->broken ? piece_height / 2 : 0);

    doc_add_text(req->arena, end, "leader_y", chart_text(req->arena, label->at));
    add_piece(req, pieces, label->name, label->first, y, label->broken ? NULL : label->shown);
    if (label->broken)
        add_piece(req, pieces, label->name + label->first + 1, label->bytes - label->first - 1,
                  y + piece_height, label->shown);
}
