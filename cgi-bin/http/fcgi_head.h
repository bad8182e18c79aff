/* fcgi_head: the head of a FastCGI request, its variables, judged before libfcgi reads it: libfcgi
 * waits for ever for what is missing, and is brought down by lengths that it can not add. */
#ifndef TOLOK_FCGI_HEAD_H
#define TOLOK_FCGI_HEAD_H

#include <stddef.h>

/* The longest head that is served, in bytes: one record of variables, which is all that nginx ever
 * sends, and room. */
enum { FCGI_HEAD_MAX = 128 * 1024 };

enum fcgi_head {
    FCGI_HEAD_ALONE, /* it is there and libfcgi can read it, and so is the end of an empty body */
    FCGI_HEAD_WHOLE, /* it is there; a body may follow */
    FCGI_HEAD_PART,  /* so far there is nothing wrong with it, but its end is missing */
    FCGI_HEAD_BAD    /* not the head of a request to a responder, or longer than FCGI_HEAD_MAX */
};

/* Judges the len bytes with which a connection begins. */
enum fcgi_head fcgi_head(const unsigned char *data, size_t len);

#endif
