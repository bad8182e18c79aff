/* What a PDF does by itself: whether it names an action that runs something or brings a file along.
 * A reader follows places in the file, so that such a name counts wherever it stands, also where a
 * letter of it is spelt as a number, and in objects that are packed. */
#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "desk/media.h"

enum { WINDOW = 8 * 1024, UNPACKED_MAX = 64 * 1024 * 1024 };

static bool is_regular(char c)
{
    return c > ' ' && strchr("()<>[]{}/%", c) == NULL;
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF", *at = strchr(digits, c);

    return c != '\0' && at != NULL ? (int)((at - digits) % 16) : -1;
}

/* Whether the name behind a slash is that word. */
static bool is_name(const char *at, const char *end, const char *word)
{
    for (; *word != '\0'; word++) {
        if (at == end)
            return false;
        char c = *at++;
        if (c == '#' && end - at >= 2 && hex(at[0]) >= 0 && hex(at[1]) >= 0) {
            c = (char)(hex(at[0]) * 16 + hex(at[1]));
            at += 2;
        }
        if (c != *word)
            return false;
    }
    return at == end || !is_regular(*at);
}

/* How often these bytes have that name. */
static size_t count_name(const char *bytes, const char *end, const char *word)
{
    size_t count = 0;

    while ((bytes = memchr(bytes, '/', (size_t)(end - bytes))) != NULL)
        count += is_name(++bytes, end, word);
    return count;
}

bool media_pdf_sealed(const char *bytes, size_t len)
{
    return count_name(bytes, bytes + len, "Encrypt") > 0;
}

static bool names_action(const char *bytes, const char *end)
{
    static const char *const words[] = {"JavaScript",    "Launch",    "EmbeddedFile",
                                        "EmbeddedFiles", "RichMedia", "Rendition",
                                        "ImportData",    "GoToE",     "XFA"};

    while ((bytes = memchr(bytes, '/', (size_t)(end - bytes))) != NULL) {
        bytes++;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (is_name(bytes, end, words[i]))
                return true;
        }
    }
    return false;
}

/* Unpacks what begins there. False: it is something else, is cut, or takes more room than it may.
 */
static bool unpack(const char *at, const char *end, struct buf *out, size_t room)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)at, .avail_in = (uInt)(end - at)};
    char part[16 * 1024];
    int status = inflateInit(&stream);

    while (status == Z_OK && out->len <= room) {
        stream.next_out = (Bytef *)part;
        stream.avail_out = sizeof part;
        status = inflate(&stream, Z_NO_FLUSH);
        buf_add(out, part, sizeof part - stream.avail_out);
    }
    inflateEnd(&stream);
    return status == Z_STREAM_END && out->len <= room;
}

/* Whether objects that are packed behind that word "stream", as the dictionary before it says, hold
 * an action; so do those that are packed so that nobody could tell. */
static bool packs_action(const char *dictionary, const char *stream, const char *end, size_t *room)
{
    static const char *const others[] = {"LZWDecode", "ASCIIHexDecode",  "ASCII85Decode",
                                         "Crypt",     "RunLengthDecode", "Predictor"};
    const char *at = stream + strlen("stream");
    struct buf out = {0};

    if (count_name(dictionary, stream, "Filter") == 0)
        return false; /* they stand there as they are */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (count_name(dictionary, stream, others[i]) > 0)
            return true;
    }
    if (count_name(dictionary, stream, "FlateDecode") != 1)
        return true;
    at += at < end && *at == '\r';
    at += at < end && *at == '\n';
    bool told = unpack(at, end, &out, *room);
    bool found = !told || names_action(buf_string(&out), buf_string(&out) + out.len);
    *room -= told ? out.len : 0;
    buf_free(&out);
    return found;
}

/* Where the dictionary begins that belongs to that word "stream". */
static const char *dictionary_of(const char *bytes, const char *stream)
{
    const char *first = stream - bytes > WINDOW ? stream - WINDOW : bytes;

    for (const char *at = stream; at - first >= 3; at--) {
        if (memcmp(at - 3, "obj", 3) == 0)
            return at;
    }
    return first;
}

bool media_pdf_acts(const char *bytes, size_t len)
{
    const char *end = bytes + len, *at = bytes;
    size_t room = UNPACKED_MAX, packed = count_name(bytes, end, "ObjStm"), seen = 0;

    if (names_action(bytes, end))
        return true;
    while ((at = memmem(at, (size_t)(end - at), "stream", 6)) != NULL) {
        if (at - bytes < 3 || memcmp(at - 3, "end", 3) != 0) {
            const char *dictionary = dictionary_of(bytes, at);
            size_t said = count_name(dictionary, at, "ObjStm");
            seen += said;
            if ((said > 0 || count_name(dictionary, at, "First") > 0) &&
                packs_action(dictionary, at, end, &room))
                return true;
        }
        at += 6;
    }
    /* Somewhere else it says that a stream holds objects, and nobody knows which. */
    return seen < packed;
}
