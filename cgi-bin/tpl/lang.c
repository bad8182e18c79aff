#include "tpl/lang.h"

#include <stdbool.h>
#include <string.h>

const char *const lang_codes[] = {"id", "en", NULL};

const char *lang_of(const char *path, const char **rest)
{
    for (size_t i = 1; lang_codes[i] != NULL; i++) {
        size_t len = strlen(lang_codes[i]);
        if (strncmp(path + 1, lang_codes[i], len) == 0 &&
            (path[len + 1] == '/' || path[len + 1] == '\0')) {
            *rest = path[len + 1] == '/' ? path + len + 1 : "/";
            return lang_codes[i];
        }
    }
    *rest = path;
    return lang_codes[0];
}

void lang_address(struct buf *out, const char *lang, const char *address, size_t len)
{
    if (strcmp(lang, lang_codes[0]) != 0) {
        /* The start page has no slash behind the language. */
        bool start = *address == '/' && (len == 1 || address[1] == '?' || address[1] == '#');
        buf_format(out, "/%s", lang);
        address += start;
        len -= start;
    }
    buf_add(out, address, len);
}
