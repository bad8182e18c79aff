/* resume: a form that comes when its session is over is not lost. Its fields go along while its
 * sender signs in, in the page, as hidden fields whose names begin with "k_", and are then sent to
 * where they wanted to go. Secrets and files do not go along. It begins with act_resume (act.h). */
#ifndef TOLOK_RESUME_H
#define TOLOK_RESUME_H

struct req;

/* The address at which the form goes on; that of the desk when none waits. Belongs to the arena. */
const char *resume_address(struct req *req);

/* The fill hook of page resume. */
void fill_resume(struct req *req);

#endif
