#include "catalog.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

static const char domain[] = "tolok";

/* glibc asks it whether what it remembers still holds. */
extern int _nl_msg_cat_cntr;

bool catalog_open(const char *folder, const char *lang)
{
    /* LANGUAGE is heeded in any locale but "C"; this one is part of libc-bin. */
    if (setlocale(LC_MESSAGES, "C.UTF-8") == NULL || setenv("LANGUAGE", lang, 1) != 0 ||
        bindtextdomain(domain, folder) == NULL || bind_textdomain_codeset(domain, "UTF-8") == NULL)
        return false;
    ++_nl_msg_cat_cntr;
    /* Each catalogue has an entry for the empty message: its head. */
    return *dgettext(domain, "") != '\0';
}

const char *catalog_find(const char *message)
{
    const char *translation = dgettext(domain, message);

    return translation != message ? translation : NULL;
}

void catalog_entry(struct buf *out, const char *file, const char *message)
{
    buf_format(out, "\n#: %s\nmsgid \"", file);
    for (; *message != '\0'; message++) {
        if (*message == '"' || *message == '\\')
            buf_char(out, '\\');
        buf_char(out, *message);
    }
    buf_text(out, "\"\nmsgstr \"\"\n");
}
