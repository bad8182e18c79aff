/* confine: what a helper (helper.h) may ask of the kernel. It takes a stranger's bytes apart with
 * libraries that others wrote, as the user to whom all of the instance belongs: so it is confined
 * before it begins, by what needs no rights and is in every kernel of Debian.
 *
 * no_new_privs: what it runs gets no more rights than it has. Landlock: it reads programs and
 * libraries, and no other file, whoever may read that. seccomp: it has the calls by which one
 * reads, computes, has threads and writes to what is open; everything else, such as sockets,
 * signals to others, other processes and tracing them, is a call that this kernel does not have.
 *
 * Not bubblewrap or unshare: those need user namespaces, which many machines and containers forbid,
 * as they let a stranger's code at more of the kernel than it had before.
 */
#ifndef TOLOK_CONFINE_H
#define TOLOK_CONFINE_H

#include <stdbool.h>

/* Makes what confine_enter needs, at the first call. False when it can not be made; the log says
 * why. A kernel without Landlock is said there once, and seccomp holds alone. */
bool confine_ready(void);

/* Confines this process, a child that has just begun, and what it turns into, for good. */
bool confine_enter(void);

#endif
