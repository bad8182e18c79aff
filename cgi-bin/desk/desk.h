/* desk: how the desk answers. A page is an entry of pages.c (http/page.h) with who may open it;
 * what a form does is an entry of acts.c (act.h). Nothing of the desk is kept by anybody, and each
 * page has, beside its own names:
 *
 *   me_name, me_email, me_region_name, section role_<role>, section signed_in    who has signed in
 *   seconds_left    after which the session ends when nothing else is asked for
 *   form    what a form's hidden field `form` holds: the CSRF token
 *   key     a new idempotency key for the hidden field `key` of a form whose act takes one: what is
 *           sent twice is done once */
#ifndef TOLOK_DESK_H
#define TOLOK_DESK_H

struct buf;
struct req;
struct site;

void desk_answer(struct req *req);

/* The fill hook of page winsent: in how many days the office means to decide, if it says so. */
void fill_sent(struct req *req);

/* That of pages which show the office the words of a quick win that was sent: notes that they were
 * opened, where `opens` is its number. From then on its city can not call it back. */
void fill_opened(struct req *req);

/* Says when what lies sealed can not be opened (struct site). */
void desk_unready(const struct site *site, struct buf *lines);

#endif
