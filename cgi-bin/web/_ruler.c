#include "web/_ruler.h"

#include <math.h>

#include "http/page.h"
#include "http/req.h"
#include "web/_axis.h"
#include "web/chart.h"

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
static void draw_ticks(struct req *req, const struct scale *scale, double end)
{
    double part = chart_step(scale->min, scale->max, LABELS) / 10;
    double first = floor(scale->min / part + 0.001) + 1, last = ceil(scale->max / part - 0.001) - 1;

    /* Counted from 0: adding 1 to a number beyond 2^53 would never end. */
    for (double k = 0; k <= last - first; k++) {
        double i = first + k;
        double x = chart_percent(i * part, scale->min, scale->max);
        bool whole = fabs(remainder(i, 10)) < 0.5, half = fabs(remainder(i, 5)) < 0.5;
        struct tpl_dict *tick = tpl_row(page_dict(req), "ticks");
        tpl_value(tick, "tick_x", chart_text(req->arena, x));
        tpl_value(tick, "tick_y",
                  chart_text(req->arena, whole  ? WHOLE_END
                                         : half ? HALF_END
                                                : PART_END));
        tpl_show(tick, "on_bar", x < end);
    }
}

/* Something to say above the ruler: the target, or the value before, which has a label. */
struct note {
    double x;
    const char *shown, *label;
};

static bool read_note(const struct req *req, const struct scale *scale, const char *column,
                      struct note *note)
{
    double value = 0;

    note->shown = page_cell(req, "standing", 0, column);
    if (!chart_number(note->shown, &value))
        return false;
    note->x = chart_percent(value, scale->min, scale->max);
    return true;
}

/* Each note has a level of its own, counted from the top, and its text runs towards the middle. */
static void draw_note(struct req *req, const struct note *note, int level)
{
    struct tpl_dict *row = tpl_row(page_dict(req), "notes");

    tpl_value(row, "note_x", chart_text(req->arena, note->x));
    tpl_value(row, "line_y", chart_text(req->arena, NOTE_HEIGHT * level + NOTE_LINE));
    tpl_value(row, "text_y", chart_text(req->arena, NOTE_HEIGHT * level + NOTE_TEXT));
    tpl_show(row, "leftwards", note->x > 50);
    tpl_show(row, "rightwards", !(note->x > 50));
    tpl_show(row, "is_target", note->label == NULL);
    tpl_show(row, "is_before", note->label != NULL);
    tpl_value(row, "note_shown", note->shown);
    tpl_value(row, "note_label", note->label);
}

/* The note farthest from the middle is on top, so that no text crosses the line of another. */
static void draw_notes(struct req *req, const struct scale *scale)
{
    struct note notes[2] = {0};
    int count = 0;

    if (read_note(req, scale, "target", &notes[count]))
        count++;
    if (read_note(req, scale, "earlier", &notes[count]))
        notes[count++].label = page_cell(req, "standing", 0, "change_since");
    bool swap = count == 2 && fabs(notes[1].x - 50) > fabs(notes[0].x - 50);
    for (int level = 0; level < count; level++)
        draw_note(req, &notes[swap ? 1 - level : level], level);
}

static void draw_standing(struct req *req, const struct scale *scale)
{
    struct tpl_dict *standing = page_row_dict(req, "standing", 0);
    double score = 0, own = 0;

    if (!chart_number(page_cell(req, "standing", 0, "score"), &score))
        return;
    double x = chart_percent(score, scale->min, scale->max);
    tpl_value(standing, "score_x", chart_text(req->arena, x));
    draw_ticks(req, scale, x);
    draw_notes(req, scale);
    if (chart_number(page_cell(req, "standing", 0, "own"), &own)) {
        double own_x = chart_percent(own, scale->min, scale->max);
        tpl_value(standing, "own_x", chart_text(req->arena, own_x));
        tpl_show(standing, "own_left", own_x > 50);
        tpl_show(standing, "own_right", !(own_x > 50));
    }
}

void ruler_draw(struct req *req)
{
    struct scale scale = {0};

    if (!axis_scale(req, &scale.min, &scale.max))
        return;
    axis_marks(req, scale.min, scale.max, LABELS, 100);
    draw_standing(req, &scale);
}
