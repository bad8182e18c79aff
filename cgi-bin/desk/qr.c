#include "desk/qr.h"

#include <qrencode.h>
#include <stddef.h>

#include "base/buf.h"

enum { QUIET = 4 };

/* Adds the run of dark squares that begins at x, if there is one, and returns where it ends. */
static int add_run(struct buf *path, const QRcode *code, int x, int y)
{
    int end = x;

    while (end < code->width && (code->data[y * code->width + end] & 1) != 0)
        end++;
    if (end > x)
        buf_format(path, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
    return end > x ? end : x + 1;
}

const char *qr_path(struct arena *arena, const char *text, int *size)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    struct buf path = {0};

    *size = 0;
    if (code == NULL)
        return NULL;
    *size = code->width + 2 * QUIET;
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width;)
            x = add_run(&path, code, x, y);
    }
    QRcode_free(code);
    const char *data = arena_copy(arena, buf_string(&path), path.len);
    buf_free(&path);
    return data;
}
