/* bring: a file that a form brings, on its way into the depot: it is looked at, the database is
 * asked whether it may come and reserves its room, its bytes are kept, and the database is told. */
#ifndef TOLOK_BRING_H
#define TOLOK_BRING_H

#include "base/config.h"
#include "desk/act.h"
#include "desk/made.h"

/* What is told of a file, as values of the acts that ask for it and add it. */
struct brought {
    struct made made;
    const char *faults; /* {"file": "mixed"}; NULL: nothing is wrong */
};

/* {"file": word}; belongs to the arena. */
const char *bring_fault(struct arena *arena, const char *word);

/* Looks at the bytes, and makes of them what is kept. NULL: no file was sent. */
void bring_judge(struct arena *arena, const struct form_field *file, struct brought *told);

/* Keeps what was made, unless the scanner has a word against what was sent; the word for what is
 * wrong, or NULL. */
const char *bring_keep(const struct config *config, struct arena *arena,
                       const struct form_field *sent, const struct brought *told);

/* Removes bytes whose file was refused after they were kept, unless they are of use to somebody
 * else. */
void bring_drop(struct act_call *call, const struct brought *told);

#endif
