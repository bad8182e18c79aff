/* page: what a page is, and how a request becomes an answer.
 *
 * A page is a constant struct in its program's table `pages.c`. Everything else follows from its
 * name: page `city` is drawn by templates/city.html from the document that SQL function page.city
 * returns: one row with one JSON object (doc.h), or no row, and the answer is 404. The arguments
 * are the language ('id' or 'en'), then the page's declared parameters as declared; an absent one
 * is NULL. What templates make of it: tpl.h.
 *
 * One key is reserved: `http` steers the answer. It is null, or an object of these, each of which
 * may lack or be null:
 *   status    200 to 599
 *   location  an address on this site: the answer is a redirect, 302 unless status says otherwise
 *   max_age   seconds that the answer may be kept
 *   file      {digest, kind, name}: the answer is that file of the depot (depot.h), of a kind by
 *             its word (media_type.h), to be saved under that name; such a page has no template
 *   sheet     {name, text}: the answer is that text as CSV, to be saved under that name; such a
 *             page has no template
 *
 * Beside the document there is the frame, an object of what every page has: out_frame in out.h,
 * `nav_word`, whether whole addresses are known (`sited`), `made` (the day of the page's data in
 * western Indonesia, an ISO date), and, where the status is 400 or more, `request_id` instead of
 * the last two. */
#ifndef TOLOK_PAGE_H
#define TOLOK_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"
#include "http/pages.h"

struct req;

/* Answers the request: finds the page, checks its inputs, asks for its document, calls its
 * fill hook, renders and sends. Whatever goes wrong ends in an error page; an answer is always
 * sent. */
void page_answer(struct req *req);

/* Sends the bare document of the address, as the database made it; where there is none, an error
 * page. */
void page_tell(struct req *req);

/* The steps of page_answer, for a program that does more between them. Each but page_show returns
 * false when it has answered.
 *
 * page_find: the page of the address. page_inputs: checks them and fills the values for its
 * function: the language, the parameters, and two NULLs where it has a form; values has room for
 * page_values(page). page_ask: asks for its document. page_show: sends it. */
bool page_find(struct req *req, struct route *route);
bool page_inputs(struct req *req, const struct route *route, const char **values);
bool page_ask(struct req *req, const char *const *values);
void page_show(struct req *req);

/* Takes a text as the document of the page; doc_read overwrites it. False when it is none, and an
 * error was answered. */
bool page_read(struct req *req, char *text, size_t length);

/* Answers what a database that does not answer deserves. */
void page_fail(struct req *req, enum db_outcome outcome);

/* Tells the handle which queries the pages of a table ask (db_expect). */
void page_expect(const struct page *table, struct db *db);

/* For fill hooks: req->document, which doc.h reads and adds to. A hook adds under one name of its
 * own, null where nothing is drawn. Strings that are added have to live as long as the request:
 * make them with arena_format(req->arena, ..). */

#endif
