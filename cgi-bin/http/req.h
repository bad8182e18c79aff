/* req: one request, and everything that belongs to it. It is made from the variables of CGI, which
 * FastCGI has too; the callback `send` decides how the answer travels back. */
#ifndef TOLOK_REQ_H
#define TOLOK_REQ_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "db/db.h"
#include "http/share.h"
#include "tpl/tpl.h"

struct doc_node;
struct page;

/* What a program has open for all its requests. */
struct site {
    struct config config;
    struct db *db;
    struct share *share;
    struct tpl_set *templates;
    const struct page *pages; /* the program's table */
    long body_max; /* bytes of the largest body that it takes; 0: it takes none, and no POST */
    /* Adds a line for each thing of its own that keeps the program from working; or NULL. */
    void (*unready)(const struct site *site, struct buf *lines);
};

enum req_method { REQ_GET, REQ_HEAD, REQ_POST, REQ_OTHER };

enum req_phase { REQ_PARSE, REQ_QUERY, REQ_FILL, REQ_RENDER, REQ_SEND, REQ_PHASE_MAX };

/* Sends an answer, the head and then the body, in one piece where that can be. False: the client
 * has gone. */
typedef bool req_send(void *peer, const char *head, size_t head_len, const char *body, size_t len);

/* Reads the next bytes of the body, at most len. 0: it has ended, or the client says nothing more.
 */
typedef size_t req_take(void *peer, char *bytes, size_t len);

struct req {
    const struct site *site;
    struct arena *arena;    /* owns all that is made for the request */
    struct log_scope scope; /* id, page and phase for the log */

    /* What came in. */
    char *const *variables; /* as CGI has them, for req_variable */
    enum req_method method;
    const char *method_name; /* as the client wrote it; for the log */
    const char *asked;       /* the path, decoded once, valid text, begins with '/' */
    const char *path;        /* the same without its language: what the page answers to */
    /* Raw query string, "" without one; the canonical one once the page has read it. */
    const char *query;
    const char *own_query; /* the same without what is kept; NULL until the page has read it */
    /* What is kept of it (keep.h), by name and value; NULL where nothing is. */
    const char *kept, *kept_value;
    const char *if_none_match; /* header of that name, or NULL */
    const char *lang;          /* the language asked for, one of lang_codes */
    bool watch;                /* it came by the internal listener (watch.h) */
    bool gzip;                 /* the client takes bodies in that form */
    bool accel;                /* the web server follows out_reroute */
    time_t made;               /* when it came in, UTC: no figure in the answer is older */
    long length;               /* of the body, in bytes, as announced */
    int refused; /* 0, or the status for a request that is not one: 400, 405, 413, 414 */

    /* What the page makes of it. */
    const struct page *page;
    struct db_query *enter;    /* what comes before its query in the same transaction, or NULL */
    struct doc_node *document; /* the page's, or NULL: it is not there */
    struct doc_node *frame;    /* what C adds to it: the names that every page has */

    /* How it goes out. */
    req_send *send;
    req_take *take; /* or NULL: no body can be read */
    void *peer;
    bool private; /* of a program whose visitors sign in: no cache may store the answer, and a link
                     that is followed sends no Referer */
    int shown;    /* the status of the page, or 0: what its document says */
    const char *cookie;           /* value of a Set-Cookie header, or NULL */
    const char *mark;             /* of another one */
    const char *logged;           /* the path as the log may say it, or NULL: as asked */
    void (*layout)(struct req *); /* adds names that all of the program's pages have, or NULL */
    /* The same for an error's page, which then is the program's own, template "deskerror"; or
     * NULL: the one that all have, "error". */
    void (*error_layout)(struct req *);
    void *own;                    /* the program's, for its hooks */
    int status;                   /* 0 until the answer is made */
    bool rerouted;                /* the answer is only for the web server, out_reroute */
    size_t bytes;                 /* of the body sent */
    bool packed;                  /* it went out compressed */

    enum req_phase phase;
    long phase_start;             /* clock_us */
    long phase_us[REQ_PHASE_MAX]; /* microseconds spent so far */
};

/* The value of a variable in a list of "NAME=value" that ends with NULL; NULL when it is not there.
 * Of several with the same name the first counts. */
const char *req_variable(char *const *variables, const char *name);

/* Fills *req from CGI variables and starts its clock and its log scope. Without a variable the
 * request is a GET of "/". What the client may not send is noted in `refused`: another method, a
 * body that is announced badly or is above 1 MB or site->body_max, a path that is not valid text,
 * or more than 1 kB of path or 4 kB of query string. The variables have to live until req_close;
 * `send` and `peer` are left to the caller. */
void req_open(struct req *req, const struct site *site, char *const *variables);

/* Adds the body, which is at most req->length bytes. False when there is less of it than was
 * announced, or it can not be read. */
bool req_body(struct req *req, struct buf *body);

/* Ends the phase in progress and starts another. */
void req_enter(struct req *req, enum req_phase phase);

/* Logs the request with its times and frees what it owns. */
void req_close(struct req *req);

#endif
