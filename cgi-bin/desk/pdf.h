/* pdf: what is in a PDF, as a reader finds it, which follows the table of objects wherever it
 * leads. Encrypted ones that open for everybody and only ask readers not to print are looked into
 * like any other. Those that need a password are of no use to anybody here. qpdf knows, in a helper
 * process (helper.h). */
#ifndef TOLOK_PDF_H
#define TOLOK_PDF_H

#include <stddef.h>

#include "desk/media.h"

/* MEDIA_FINE, or MEDIA_LOCKED, MEDIA_SCRIPT, MEDIA_BROKEN, MEDIA_BOMB or MEDIA_HELPER, of a PDF. */
enum media_fault pdf_check(const char *bytes, size_t len);

#endif
