/* media: what kind of file some bytes are, and whether they are nothing else besides. Only five
 * kinds are taken. A file has to be of one kind three times: by its own structure, which is walked
 * from its first byte to its last, by the end of its name, and to libmagic. So it is no polyglot
 * file: nothing can stand before its beginning or behind its end that another program would run.
 * Nor may it do anything when it is opened: what is packed in it is unpacked to be looked at, as
 * long as it does not grow beyond all bounds. */
#ifndef TOLOK_MEDIA_H
#define TOLOK_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "http/media_type.h"

enum { MEDIA_NAME_MAX = 120 }; /* characters of the name of a file */

enum media_fault {
    MEDIA_FINE,
    MEDIA_EMPTY,  /* no bytes at all */
    MEDIA_LARGE,  /* more than FORM_FILE_MAX bytes */
    MEDIA_OTHER,  /* none of the kinds */
    MEDIA_NAME,   /* the name ends in that of another kind */
    MEDIA_BROKEN, /* of that kind, but cut short or damaged */
    MEDIA_MIXED,  /* something else stands in it besides */
    MEDIA_MACRO,  /* a workbook with macros or with objects of other programs */
    MEDIA_SCRIPT, /* a document that runs something or brings files along */
    MEDIA_FAULT_MAX
};

/* The word for a fault ("empty", "mixed"); "" for none. */
const char *media_fault_word(enum media_fault fault);

/* The name of a file as we keep it: without what is not text (str.h) and without points and blanks
 * around it, at most MEDIA_NAME_MAX characters with what follows the last point; "berkas" when
 * nothing is left. `given` is valid UTF-8. It is shown and never part of a path. Belongs to the
 * arena. */
const char *media_name(struct arena *arena, const char *given);

/* Looks at the len bytes of a file with that name, as media_name gives it. Sets *kind when they are
 * fine. */
enum media_fault media_check(const char *name, const char *bytes, size_t len,
                             enum media_kind *kind);

/* The walks, for media_check: each is given bytes that begin as its kind does. */
enum media_fault media_walk_pdf(const char *bytes, size_t len);
enum media_fault media_walk_png(const char *bytes, size_t len);
enum media_fault media_walk_jpeg(const char *bytes, size_t len);
enum media_fault media_walk_webp(const char *bytes, size_t len);
enum media_fault media_walk_xlsx(const char *bytes, size_t len);

/* Whether a PDF runs something, or brings along what may. */
bool media_pdf_acts(const char *bytes, size_t len);

/* A part of a workbook that is being read; all zero at its beginning. */
struct media_sheet {
    int state;
    bool acts, formula, inside, in_entity;
    char quote, name[16], entity[12], last[3];
};

/* Reads the next bytes of a part; whether it links to another program, as far as it was read. */
bool media_sheet_acts(struct media_sheet *sheet, const char *bytes, size_t len);

#endif
