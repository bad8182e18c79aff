/* out: the answer. Its head is made in one place, so that every answer has the same security
 * headers; a body is always whole before the first byte of the head leaves. */
#ifndef TOLOK_OUT_H
#define TOLOK_OUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "http/req.h"

struct param_fault;

/* A new object for tpl_render, which belongs to the request; it has what every page has: `lang` and
 * `in_word` (the language), `path` (the address without its query, or "/" when that is no address
 * to link to), the way to the same page without what is kept (`marked_path`) and
 * that (`marked_slug`, keep.h), whom to write to
 * (`contact` or `contact_url`, `contact_word`), who publishes the site (`publisher`), and where the
 * given address of the first language is in each language: `<lang>_path`, and when the site's own
 * address is known (config.h) as `site_url` the whole addresses `<lang>_url` and, in the language
 * of the request, `own_url`. */
struct doc_node *out_frame(struct req *req, const char *address);

/* Sends an HTML page, in the gzip form to whom that suits (req->gzip). A status of 200 gets an ETag
 * (digest of the body; each form has its own), says in X-Made when it was made, and may be kept: by
 * a browser for max_age seconds, by the web server for two at most, who may however show an old one
 * while it asks for another, and for a month when there is none to be had. When the client already
 * has that body, it gets 304 and no body. Any other status is not to be kept. */
void out_page(struct req *req, int status, long max_age, const struct buf *body);

/* Sends a redirect, status 301, 302, 303, 307 or 308, to an address on this site; it may be kept
 * like a page. An address that is not one, or another status, is a mistake of ours: logged and
 * answered with 500. */
void out_redirect(struct req *req, int status, const char *location, long max_age);

/* Has the web server, which has said that it can (TOLOK_ACCEL), take another address of this site
 * for the answer. The client does not hear of it. */
void out_reroute(struct req *req, const char *address);

/* Has the web server send a file of the depot (depot.h), to be saved under that name: valid UTF-8,
 * of any letters. `kind` is the word of its kind (media_type.h). A browser may keep it for max_age
 * seconds. What is no such file is a mistake of ours: logged and answered with 500. */
void out_file(struct req *req, const char *digest, const char *kind, const char *name,
              long max_age);

/* Sends a table as CSV, to be saved under that name; nobody keeps it. */
void out_sheet(struct req *req, const char *name, const char *text);

/* Sends the error page for the status: template "error", or the program's (struct req), with
 * `lang` and `path`, `status`, `title` and `description` (the status again; words belong to
 * templates), `request_id`, `wait` (seconds after which to come back, for a 503), and the flags
 * `error` and s<status>. With a fault also `field`, `min`, `max`, `words` and the flags `bad_input`
 * and fault->what; without one a 400 is not about an input, and shows `bad_address`. When the
 * template fails too, the status and the request id go out as plain text. fault may be NULL. */
void out_error(struct req *req, int status, const struct param_fault *fault);

/* Sends a plain text, of the given content type, that nobody may keep. */
void out_text(struct req *req, int status, const char *type, const struct buf *body);

/* True when an If-None-Match header names the entity tag (given with its quotes): weak comparison,
 * lists, "*". */
bool out_matches(const char *if_none_match, const char *etag);

#endif
