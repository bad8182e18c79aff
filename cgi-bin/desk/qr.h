/* qr: a text as a QR code, for a template that draws it. */
#ifndef TOLOK_QR_H
#define TOLOK_QR_H

#include "base/arena.h"

/* The dark squares as the data of an SVG path, each one unit wide, with four units of quiet around
 * them; *size is the width of it all. The path belongs to the arena. NULL when the text is too
 * long. */
const char *qr_path(struct arena *arena, const char *text, int *size);

#endif
