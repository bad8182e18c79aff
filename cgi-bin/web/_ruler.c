#include "web/_ruler.h"

#include <math.h>

#include "http/req.h"
#include "tpl/chart.h"
#include "tpl/doc.h"
#include "web/_axis.h"
#include "web/_bar.h"

/* As many labels as stand apart above a bar in a table of a telephone. */
enum { LABELS = 5 };

/* Pixels: where the lines of the ruler end, and how far apart the notes above it stand. */
enum {
    WHOLE_END = 77,
    HALF_END = 70,
    PART_END = 64,
    NOTE_HEIGHT = 20,
    NOTE_TEXT = 14,
    NOTE_LINE = 5
};

struct scale {
    double min, max;
};

/* The lines of the ruler, ten for each step of its labels; those under the value's bar are drawn
 * light. */
static void draw_ticks(struct req *req, struct doc_node *ruler, const struct scale *scale,
                       double end)
{
    struct doc_node *ticks = doc_add(req->arena, ruler, "ticks", DOC_ARRAY);
    double part = chart_step(scale->min, scale->max, LABELS) / 10;
    double first = floor(scale->min / part + 0.001) + 1, last = ceil(scale->max / part - 0.001) - 1;

    /* Counted from 0: adding 1 to a number beyond 2^53 would never end. */
    for (double k = 0; k <= last - first; k++) {
        double i = first + k;
        double x = chart_percent(i * part, scale->min, scale->max);
        bool whole = fabs(remainder(i, 10)) < 0.5, half = fabs(remainder(i, 5)) < 0.5;
        struct doc_node *tick = doc_add(req->arena, ticks, NULL, DOC_OBJECT);
        doc_add_text(req->arena, tick, "tick_x", chart_text(req->arena, x));
        doc_add_text(req->arena, tick, "tick_y",
                     chart_text(req->arena, whole  ? WHOLE_END
                                            : half ? HALF_END
                                                   : PART_END));
        doc_add_flag(req->arena, tick, "on_bar", x < end);
    }
}

/* Something to say above the ruler: the target, or the value before, which has a label. */
struct note {
    double x;
    const char *shown, *label;
};

static bool read_note(struct doc_node *standing, const struct scale *scale, const char *name,
                      struct note *note)
{
    double value = 0;

    note->shown = doc_text(standing, name);
    if (!chart_number(note->shown, &value))
        return false;
    note->x = chart_percent(value, scale->min, scale->max);
    return true;
}

/* Each note has a level of its own, counted from the top, and its text runs towards the middle. */
static void draw_note(struct req *req, struct doc_node *notes, const struct note *note, int level)
{
    struct doc_node *row = doc_add(req->arena, notes, NULL, DOC_OBJECT);
    int top = NOTE_HEIGHT * level;

    doc_add_text(req->arena, row, "note_x", chart_text(req->arena, note->x));
    doc_add_text(req->arena, row, "line_y", chart_text(req->arena, top + NOTE_LINE));
    doc_add_text(req->arena, row, "text_y", chart_text(req->arena, top + NOTE_TEXT));
    doc_add_flag(req->arena, row, "leftwards", note->x > 50);
    doc_add_text(req->arena, row, "note_shown", note->shown);
    doc_add_text(req->arena, row, "note_label", note->label);
}

/* The note farthest from the middle is on top, so that no text crosses the line of another. */
static void draw_notes(struct req *req, struct doc_node *ruler, const struct scale *scale,
                       struct doc_node *standing)
{
    struct doc_node *list = doc_add(req->arena, ruler, "notes", DOC_ARRAY);
    struct note notes[2] = {0};
    int count = 0;

    if (read_note(standing, scale, "target", &notes[count]))
        count++;
    if (read_note(standing, scale, "earlier", &notes[count]))
        notes[count++].label = doc_text(standing, "change_since");
    bool swap = count == 2 && fabs(notes[1].x - 50) > fabs(notes[0].x - 50);
    for (int level = 0; level < count; level++)
        draw_note(req, list, &notes[swap ? 1 - level : level], level);
}

static void draw_standing(struct req *req, struct doc_node *drawn, const struct scale *scale)
{
    struct doc_node *standing = doc_get(req->document, "standing"), *ruler;
    double score = 0;
    bool valued = chart_number(doc_text(standing, "score"), &score);

    ruler = doc_add(req->arena, drawn, "ruler", valued ? DOC_OBJECT : DOC_NULL);
    if (!valued)
        return;
    score = chart_percent(score, scale->min, scale->max);
    doc_add_text(req->arena, ruler, "score_x", chart_text(req->arena, score));
    doc_add_text(req->arena, ruler, "marked_x",
                 bar_place(req, doc_get(req->document, "mine"), "mine_shown"));
    draw_ticks(req, ruler, scale, score);
    draw_notes(req, ruler, scale, standing);
}

struct doc_node *ruler_draw(struct req *req)
{
    struct doc_node *drawn = doc_add(req->arena, req->document, "drawn", DOC_OBJECT);
    struct scale scale = {0};

    if (axis_scale(req, &scale.min, &scale.max)) {
        axis_draw(req, drawn, scale.min, scale.max, LABELS, 100);
        draw_standing(req, drawn, &scale);
    }
    return drawn;
}
