/* message: any text is cut, put together again as it was, and takes translations or refuses them.
 */
#include "tpl/message.h"

#include "fuzz.h"

static const char *keep(void *context, const char *message)
{
    (void)context;
    fuzz_check(*message != '\0' && *message != ' ' && message[strlen(message) - 1] != ' ');
    fuzz_check(strchr(message, '\n') == NULL || strstr(message, "{{") != NULL ||
               strchr(message, '<') != NULL);
    return NULL;
}

static const char *repeat(void *context, const char *message)
{
    (void)context;
    return message;
}

/* As a translation, the message itself leaves everything but blanks in its place. */
static bool same_but_blanks(const char *a, const char *b)
{
    for (;;) {
        a += strspn(a, " \t\r\n");
        b += strspn(b, " \t\r\n");
        if (*a != *b)
            return false;
        if (*a == '\0')
            return true;
        a++;
        b++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    const char *text = arena_copy(arena, (const char *)data, size);
    struct message_use use = {.translate = keep, .lang = "id"};
    struct buf kept = {0}, repeated = {0}, fault = {0};
    size_t len = strlen(text);

    fuzz_check(message_rewrite(text, len, &use, &kept, &fault) && fault.len == 0);
    bool notes =
        strstr(text, "{{!") != NULL || strstr(text, "{{%") != NULL || strstr(text, "{{=") != NULL;
    fuzz_check(notes || strcmp(buf_string(&kept), text) == 0);
    use.translate = repeat;
    bool good = message_rewrite(text, len, &use, &repeated, &fault);
    fuzz_check(good == (fault.len == 0));
    fuzz_check(!good || same_but_blanks(buf_string(&repeated), buf_string(&kept)));
    use.lang = "en";
    use.translate = keep;
    buf_clear(&kept);
    fuzz_check(message_rewrite(text, len, &use, &kept, &fault));
    buf_free(&kept);
    buf_free(&repeated);
    buf_free(&fault);
    arena_close(arena);
    return 0;
}
