/* media: any bytes are of one kind or of none, and a document is nothing else when a byte is added
 * or taken away; pictures are written anew before they are kept. */
#include "desk/media.h"

#include "base/mem.h"
#include "base/str.h"
#include "fuzz.h"

static const char *const names[MEDIA_KIND_MAX] = {"a",      "a.pdf",  "b.PNG", "c.jpg",
                                                  "d.webp", "e.xlsx", "f.zip"};

/* How many of the names the bytes may have; *kind is the kind. */
static int count_names(const char *bytes, size_t len, enum media_kind *kind)
{
    int count = 0;

    for (int i = 1; i < MEDIA_KIND_MAX; i++) {
        struct media found;
        enum media_fault fault = media_check(names[i], bytes, len, &found);
        fuzz_check((fault == MEDIA_FINE) == (found.kind != MEDIA_NONE));
        fuzz_check((fault == MEDIA_FINE) == (*media_fault_word(fault) == '\0'));
        fuzz_check(found.kind == MEDIA_NONE || found.kind == (enum media_kind)i);
        fuzz_check(found.kind == MEDIA_NONE ||
                   (found.bytes >= bytes && found.bytes + found.len <= bytes + len));
        count += found.kind != MEDIA_NONE;
        *kind = found.kind != MEDIA_NONE ? found.kind : *kind;
    }
    return count;
}

static void check_name(struct arena *arena, const char *given)
{
    const char *name = media_name(arena, given);
    size_t characters = 0;

    for (const char *s = name; *s != '\0'; s++)
        characters += ((unsigned char)*s & 0xc0) != 0x80;
    fuzz_check(characters > 0 && characters <= MEDIA_NAME_MAX &&
               str_is_text(name, 4 * MEDIA_NAME_MAX));
    fuzz_check(*name != '.' && *name != ' ' && name[strlen(name) - 1] != '.' &&
               name[strlen(name) - 1] != ' ');
    fuzz_check(fuzz_same(media_name(arena, name), name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    char *bytes = mem_alloc(size + 1, 1);
    char *less = mem_alloc(size + 1, 1); /* of its own, so that a step beyond its end is seen */
    enum media_kind kind = MEDIA_NONE, other = MEDIA_NONE;

    memcpy(bytes, data, size);
    memcpy(less, data, size);
    bytes[size] = 'x';
    int count = count_names(bytes, size, &kind);
    fuzz_check(count <= 1);
    if (count == 1 && (kind == MEDIA_PDF || kind == MEDIA_XLSX)) {
        fuzz_check(count_names(bytes, size + 1, &other) == 0);
        less = mem_resize(less, size - 1, 1);
        fuzz_check(kind == MEDIA_PDF || count_names(less, size - 1, &other) == 0);
    }
    if (fuzz_utf8_length((const char *)data, size) == size)
        check_name(arena, arena_copy(arena, (const char *)data, size));
    free(bytes);
    free(less);
    arena_close(arena);
    return 0;
}
