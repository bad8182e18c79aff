#include "exchange/json_text.h"

void json_text(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            buf_format(out, "\\%c", c);
        else if (c < ' ')
            buf_format(out, "\\u%04x", c);
        else
            buf_char(out, *text);
    }
    buf_char(out, '"');
}
