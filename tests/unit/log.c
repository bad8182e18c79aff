#include "base/log.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "unit.h"

static int kept, reader;
static char text[8192];

/* From here on, what is written on stderr is read by `captured`. */
static void capture(void)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    kept = dup(STDERR_FILENO);
    ck_assert_int_ge(dup2(ends[1], STDERR_FILENO), 0);
    close(ends[1]);
    reader = ends[0];
}

static const char *captured(void)
{
    dup2(kept, STDERR_FILENO);
    close(kept);
    ssize_t got = read(reader, text, sizeof text - 1);
    close(reader);
    text[got > 0 ? got : 0] = '\0';
    return text;
}

static const struct {
    const char *value, *written;
    size_t len;
} values[] = {
    {"kota-kediri", "kota-kediri", 11},
    {"/kota/kota-kediri", "/kota/kota-kediri", 17},
    {"", "\"\"", 0},
    {"a b", "\"a b\"", 3},
    {"a=b", "\"a=b\"", 3},
    {"a\"b", "\"a\\\"b\"", 3},
    {"a\\b", "\"a\\\\b\"", 3},
    {"x\r\nlevel=error", "\"x\\x0d\\x0alevel=error\"", 14},
    {"\x1b[31m", "\"\\x1b[31m\"", 5},
    {"a\0b", "\"a\\x00b\"", 3},
    {"\xc3\xa9", "\"\xc3\xa9\"", 2},
    {"\xff", "\"\\xff\"", 1},
    {"\x7f", "\"\\x7f\"", 1},
};

START_TEST(escapes_values)
{
    struct buf out = {0};

    log_value(&out, values[_i].value, values[_i].len);
    ck_assert_str_eq(buf_string(&out), values[_i].written);
    buf_free(&out);
}
END_TEST

START_TEST(writes_one_line_with_the_scope)
{
    struct log_scope scope = {"abc", "city", "query"};

    capture();
    log_within(&scope);
    struct log_line line = log_open(LOG_WARN, "db_failed");
    log_text(&line, "message", "no\nway");
    log_text(&line, "left_out", NULL);
    log_int(&line, "count", -3);
    log_ms(&line, "ms", 1234567);
    log_close(&line);
    log_within(NULL);
    const char *got = captured();
    ck_assert_int_eq(strncmp(got, "ts=20", 5), 0);
    ck_assert_str_eq(strchr(got, ' '),
                     " level=warn event=db_failed request_id=abc page=city phase=query "
                     "message=\"no\\x0away\" count=-3 ms=1234.567\n");
}
END_TEST

START_TEST(leaves_out_what_the_scope_lacks)
{
    struct log_scope scope = {.request_id = "abc"};

    capture();
    log_within(&scope);
    log_event(LOG_INFO, "one", NULL, NULL);
    log_within(NULL);
    log_event(LOG_ERROR, "two", "variable", "VAR");
    const char *got = captured();
    ck_assert_ptr_nonnull(strstr(got, " level=info event=one request_id=abc\n"));
    ck_assert_ptr_nonnull(strstr(got, " level=error event=two variable=VAR\n"));
}
END_TEST

START_TEST(cuts_long_values_between_characters)
{
    static char value[4001];

    for (size_t i = 0; i < sizeof value - 1; i += 2)
        memcpy(value + i, "\xc3\xa9", 2);
    memmove(value + 1, value, sizeof value - 2);
    value[0] = 'x';
    capture();
    log_event(LOG_INFO, "long", "value", value);
    const char *got = captured();
    size_t length = strlen(strstr(got, "value="));
    ck_assert_uint_eq(length, strlen("value=\"\"\n") + 999);
    ck_assert_ptr_null(strstr(got, "\\x"));
}
END_TEST

/* Each of its bytes takes four. */
START_TEST(keeps_a_line_short_enough_to_be_written_at_once)
{
    static char value[1001];

    memset(value, '\x01', sizeof value - 1);
    capture();
    struct log_line line = log_open(LOG_INFO, "escapes");
    for (int i = 0; i < 5; i++)
        log_text(&line, "value", value);
    log_close(&line);
    const char *got = captured();
    ck_assert_uint_eq(strlen(got), PIPE_BUF);
    ck_assert_ptr_eq(strchr(got, '\n'), got + PIPE_BUF - 1);
    const char *second = strstr(strstr(got, " value=") + 1, " value=");
    ck_assert_int_le(second - strstr(got, " value="), 1010);
    ck_assert_int_ge(second - strstr(got, " value="), 900);
}
END_TEST

/* Ends whose writer has no reader: a pipe, and a socket. */
START_TEST(drops_what_nobody_reads)
{
    int ends[2];
    unsigned long before = log_dropped();
    static char all[1 << 20];
    size_t length = 0, lines = 0;

    ck_assert_int_eq(_i == 0 ? pipe(ends) : socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    kept = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    log_never_wait();
    while (log_dropped() - before < 10 && lines++ < 100000)
        log_event(LOG_INFO, "unread", "value", "some words that make it longer");
    log_emergency("unread");
    ck_assert_uint_eq(log_dropped() - before, 11);
    ck_assert_int_eq(fcntl(ends[1], F_GETFL) & O_NONBLOCK, 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    for (ssize_t got = 0; (got = read(ends[0], all + length, sizeof all - 1 - length)) > 0;)
        length += (size_t)got;
    ck_assert(length > 0 && all[length - 1] == '\n');
    log_event(LOG_INFO, "read", NULL, NULL);
    ssize_t got = read(ends[0], all, sizeof all - 1);
    ck_assert_int_gt(got, 0);
    all[got] = '\0';
    dup2(kept, STDERR_FILENO);
    const char *told = strstr(all, " level=warn event=log_dropped lines=10\n");
    ck_assert_ptr_nonnull(told);
    ck_assert_ptr_nonnull(strstr(told, " level=info event=read\n"));
    ck_assert_uint_eq(log_dropped() - before, 11);
}
END_TEST

/* A file has no reader to wait for, and where its next line belongs is known to all who have it
 * open. */
START_TEST(goes_on_in_a_file_where_others_stopped)
{
    char path[] = "/tmp/unit-log-XXXXXX";
    int file = mkstemp(path);

    ck_assert_int_ge(file, 0);
    kept = dup(STDERR_FILENO);
    dup2(file, STDERR_FILENO);
    ck_assert_int_eq(write(file, "before\n", 7), 7);
    log_never_wait();
    log_event(LOG_INFO, "during", NULL, NULL);
    ck_assert_int_eq(write(file, "after\n", 6), 6);
    dup2(kept, STDERR_FILENO);
    ssize_t got = pread(file, text, sizeof text - 1, 0);
    ck_assert_int_gt(got, 0);
    text[got] = '\0';
    ck_assert_int_eq(strncmp(text, "before\nts=", 10), 0);
    ck_assert_ptr_nonnull(strstr(text, "event=during\nafter\n"));
    close(file);
    unlink(path);
}
END_TEST

START_TEST(writes_an_emergency_without_memory)
{
    struct log_scope scope = {"abc\ndef", "city", "query"};

    capture();
    log_within(&scope);
    log_emergency("watchdog");
    log_within(NULL);
    const char *got = captured();
    ck_assert_int_eq(strncmp(got, "ts=20", 5), 0);
    ck_assert_str_eq(strchr(got, ' '),
                     " level=error event=watchdog request_id=abc_def page=city phase=query\n");
}
END_TEST

START_TEST(measures_forwards)
{
    long before = clock_us();

    usleep(2000);
    ck_assert_int_ge(clock_us() - before, 2000);
}
END_TEST

START_TEST(survives_a_closed_stderr)
{
    int copy = dup(STDERR_FILENO);

    close(STDERR_FILENO);
    log_event(LOG_INFO, "unheard", NULL, NULL);
    log_emergency("unheard");
    dup2(copy, STDERR_FILENO);
    close(copy);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log");

    unit_add_rows(suite, "values", escapes_values, UNIT_ROWS(values));
    unit_add(suite, "scope", writes_one_line_with_the_scope);
    unit_add(suite, "absent", leaves_out_what_the_scope_lacks);
    unit_add(suite, "long", cuts_long_values_between_characters);
    unit_add(suite, "escapes", keeps_a_line_short_enough_to_be_written_at_once);
    unit_add_rows(suite, "unread", drops_what_nobody_reads, 2);
    unit_add(suite, "file", goes_on_in_a_file_where_others_stopped);
    unit_add(suite, "emergency", writes_an_emergency_without_memory);
    unit_add(suite, "clock", measures_forwards);
    unit_add(suite, "closed", survives_a_closed_stderr);
    return unit_run(suite);
}
