/* log: whatever the values are, a line is one line of fields, and each value can be read back from
 * it. Each line of the input is a value. */
#include "base/log.h"

#include "fuzz.h"

/* Reads the value at *at as the log writes it, and moves behind it. */
static void read_back(const char **at, struct buf *value)
{
    const char *s = *at;

    if (*s != '"') {
        size_t len = strcspn(s, " ");
        buf_add(value, s, len);
        *at = s + len;
        return;
    }
    for (s++; *s != '"'; s++) {
        fuzz_check(*s != '\0');
        if (*s == '\\' && s[1] == 'x') {
            const char digits[3] = {s[2], s[3], '\0'};
            buf_char(value, (char)strtoul(digits, NULL, 16));
            s += 3;
        } else {
            s += *s == '\\';
            buf_char(value, *s);
        }
    }
    *at = s + 1;
}

static void check_value(const char *value, size_t len)
{
    struct buf text = {0}, again = {0};

    log_value(&text, value, len);
    const char *at = buf_string(&text);
    fuzz_check(fuzz_utf8_length(at, text.len) == text.len);
    for (size_t i = 0; i < text.len; i++)
        fuzz_check((uint8_t)at[i] >= ' ' && at[i] != 0x7f);
    read_back(&at, &again);
    fuzz_check(*at == '\0');
    fuzz_check(again.len == len && memcmp(buf_string(&again), value, len) == 0);
    buf_free(&text);
    buf_free(&again);
}

/* The bytes that a value takes in a line when it is not cut. */
static size_t whole_size(const char *value)
{
    struct buf text = {0};

    log_value(&text, value, strlen(value));
    size_t size = text.len;
    buf_free(&text);
    return size;
}

/* The fields of a line: each is " key=value", and there are as many as were added. One that would
 * take more than 1000 bytes, and quotes, is cut. */
static void check_line(const struct log_line *line, const char *const *values, size_t count)
{
    const char *at = strstr(buf_string(&line->text), " event=fuzz") + strlen(" event=fuzz");
    struct buf value = {0};

    for (size_t i = 0; i < count; i++) {
        fuzz_check(strncmp(at, " key=", 5) == 0);
        const char *start = at += 5;
        buf_clear(&value);
        read_back(&at, &value);
        size_t len = strlen(values[i]);
        fuzz_check(at - start <= 1002);
        fuzz_check(value.len == len || (value.len < len && whole_size(values[i]) > 1000));
        fuzz_check(memcmp(buf_string(&value), values[i], value.len) == 0);
        /* What was cut is still text. */
        if (fuzz_utf8_length(values[i], len) == len)
            fuzz_check(fuzz_utf8_length(values[i], value.len) == value.len);
    }
    fuzz_check(fuzz_same(at, " n=-1 ms=1.002"));
    buf_free(&value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { VALUES = 4 };
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    struct log_line line = log_open(LOG_INFO, "fuzz");
    const char *values[VALUES];
    size_t count = 0;

    check_value((const char *)data, size);
    while (count < VALUES && input.at < input.end) {
        values[count] = fuzz_line(arena, &input);
        log_text(&line, "key", values[count++]);
    }
    log_text(&line, "absent", NULL);
    log_int(&line, "n", -1);
    log_ms(&line, "ms", 1002);
    check_line(&line, values, count);
    const struct log_scope scope = {count > 0 ? values[0] : NULL, count > 1 ? values[1] : NULL,
                                    NULL};
    log_within(&scope);
    log_emergency("fuzz");
    log_close(&line);
    log_event(LOG_WARN, "fuzz", "key", count > 2 ? values[2] : NULL);
    log_within(NULL);
    arena_close(arena);
    return 0;
}
