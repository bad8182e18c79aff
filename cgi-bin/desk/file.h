/* file: a file that somebody adds to a quick win. */
#ifndef TOLOK_FILE_H
#define TOLOK_FILE_H

#include "desk/act.h"

/* Looks at each file of the form, keeps it when it is fine and there is room, and adds it to the
 * quick win of the path. What is wrong with the others is told beside their names, {"added": 2,
 * "files": [{"name": "a.png", "faults": {"file": "broken"}}]}. */
void run_file_add(struct act_call *call);

#endif
