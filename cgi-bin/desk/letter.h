/* letter: the file with which somebody begins to hand a letter in. */
#ifndef TOLOK_LETTER_H
#define TOLOK_LETTER_H

#include "desk/act.h"

/* Looks at the file of the form, a PDF or a picture, keeps it when it is fine, and begins a letter
 * with it. */
void run_letter_add(struct act_call *call);

#endif
