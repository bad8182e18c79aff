/* serve: a program of pages, from its start to its end. */
#ifndef TOLOK_SERVE_H
#define TOLOK_SERVE_H

#include "http/page.h"
#include "http/req.h"

struct serve_program {
    const char *name; /* "web"; the database sees "tolok-web" */
    const char *role; /* database role */
    const char *doc;  /* one sentence for --help */
    const struct page *pages;
    void (*answer)(struct req *); /* NULL: page_answer */
    long body_max;                /* as in struct site, like the next one */
    void (*unready)(const struct site *, struct buf *);
};

/* Runs the program and returns its exit status.
 *
 * With a listening socket as standard input it is a FastCGI worker (worker.h). Otherwise it is a
 * CGI program: it answers the one request in its environment on standard output.
 *
 * `--help` says what the program is, its variables and pages. `--pages` prints one line per page,
 * fields separated by tabs: name, path, parameters as name:kind, names added by the fill hook;
 * lists separated by blanks. `--check` tells whether a worker could start with the present
 * configuration and templates, and does nothing else.
 * `--document`, `--render PAGE` and `--names PAGE`: page_tell and render.h; the first two for
 * public pages only.
 *
 * 0: done. 1: could not start (a template is broken, ..), after a log line. 2: wrong arguments. */
int serve_run(int argc, char **argv, const struct serve_program *program);

#endif
