/* media: what kind of file some bytes are, and whether they are nothing else besides. Only five
 * kinds are taken. A document has to be of one kind three times: by its own structure, which is
 * walked from its first byte to its last, by the end of its name, and to libmagic. So it is no
 * polyglot file: nothing can stand before its beginning or behind its end that another program
 * would run. Nor may it do anything when it is opened: what is packed in it is unpacked to be
 * looked at, as long as it does not grow beyond all bounds. Pictures are written anew before they
 * are kept (picture.h); here they are asked only for what nobody's camera writes. */
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
    MEDIA_HEIC,   /* a photograph as iPhones keep it */
    MEDIA_LOCKED, /* nobody can open it without a password */
    MEDIA_BOMB,   /* a picture that takes more time or memory than one does */
    MEDIA_HELPER, /* it could not be looked at here and now */
    MEDIA_FAULT_MAX
};

/* A file as it is kept: without what scanners and mail programs leave around it. */
struct media {
    enum media_kind kind;
    const char *bytes; /* a part of what was given */
    size_t len;
};

/* The word for a fault ("empty", "mixed"); "" for none. */
const char *media_fault_word(enum media_fault fault);

/* The name of a file as we keep it: without what is not text (str.h) and without points and blanks
 * around it, at most MEDIA_NAME_MAX characters with what follows the last point; "berkas" when
 * nothing is left. `given` is valid UTF-8. It is shown and never part of a path. Belongs to the
 * arena. */
const char *media_name(struct arena *arena, const char *given);

/* Looks at the len bytes of a file with that name, as media_name gives it; a name without an ending
 * fits all. Sets *found when they are fine, else its kind to MEDIA_NONE. */
enum media_fault media_check(const char *name, const char *bytes, size_t len, struct media *found);

/* The name under which a file of that kind is offered: with an ending that every program knows.
 * Belongs to the arena, or is `name`. */
const char *media_offered(struct arena *arena, const char *name, enum media_kind kind);

/* The walks, for media_check: each is given bytes that begin as its kind does, and may leave some
 * at the end aside. */
enum media_fault media_walk_pdf(struct media *file);
enum media_fault media_walk_picture(struct media *file);
enum media_fault media_walk_xlsx(struct media *file);

/* Whether the parts of a zip are where its directory says, and called and packed as it says. When
 * they were made need not agree: programs read that off two clocks. */
bool media_zip_agrees(const char *bytes, size_t len);

/* Whether a PDF is encrypted: only pdf.h can look into it. */
bool media_pdf_sealed(const char *bytes, size_t len);

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
