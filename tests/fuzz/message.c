/* message: any text is cut, put together again as it was, and takes translations or refuses them.
 */
#include "words/message.h"

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

static void note(void *refused, const char *translation, const char *reason)
{
    fuzz_check(*translation != '\0' && *reason != '\0');
    *(bool *)refused = true;
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
    struct buf kept = {0}, repeated = {0};
    size_t len = strlen(text);

    fuzz_check(message_rewrite(text, len, &use, &kept));
    bool notes =
        strstr(text, "{{!") != NULL || strstr(text, "{{%") != NULL || strstr(text, "{{=") != NULL;
    fuzz_check(notes || strcmp(buf_string(&kept), text) == 0);
    bool refused = false;
    use = (struct message_use){repeat, note, &refused, "id"};
    bool good = message_rewrite(text, len, &use, &repeated);
    fuzz_check(good == !refused);
    fuzz_check(!good || same_but_blanks(buf_string(&repeated), buf_string(&kept)));
    use.lang = "en";
    use.translate = keep;
    buf_clear(&kept);
    fuzz_check(message_rewrite(text, len, &use, &kept));
    buf_free(&kept);
    buf_free(&repeated);
    arena_close(arena);
    return 0;
}
