#include "exchange/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "unit.h"

/* Everything that reading the bytes gives, as text: "1[a|b]" is a record of two fields on line 1,
 * "2!5 what" a fault on line 2 at byte 5. The bytes come from the heap, so that a sanitizer sees
 * every step beyond them. */
static void read_all(struct buf *seen, const char *bytes, size_t len)
{
    char *own = mem_alloc(len, 1);
    struct csv csv;
    enum csv_outcome outcome;

    if (len > 0)
        memcpy(own, bytes, len);
    csv_open(&csv, own, len);
    while ((outcome = csv_next(&csv)) != CSV_END) {
        if (outcome == CSV_FAULT) {
            buf_format(seen, "%ld!%zu %s;", csv.line, csv.fault_byte, csv.fault);
            continue;
        }
        buf_format(seen, "%ld[", csv.line);
        for (size_t i = 0; i < csv.count && i < CSV_FIELDS_MAX; i++) {
            buf_text(seen, i > 0 ? "|" : "");
            buf_add(seen, csv.fields[i].text, csv.fields[i].len);
        }
        buf_char(seen, ']');
    }
    csv_close(&csv);
    free(own);
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t len;
    const char *seen;
} texts[] = {
    {BYTES(""), ""},
    {BYTES("a,b\n"), "1[a|b]"},
    {BYTES("a,b"), "1[a|b]"},
    {BYTES("a,b\r\nc,d\r\n"), "1[a|b]2[c|d]"},
    {BYTES("a,b\nc,d\r\ne"), "1[a|b]2[c|d]3[e]"},
    {BYTES(",\n,,"), "1[|]2[||]"},
    {BYTES(" a , b"), "1[ a | b]"},
    {BYTES("\"a,b\",c"), "1[a,b|c]"},
    {BYTES("\"a\"\"b\"\"\",\"\"\"\",\"\""), "1[a\"b\"|\"|]"},
    {BYTES("\"a\nb\r\nc\",d\ne"), "1[a\nb\r\nc|d]4[e]"},
    {BYTES("\"a\"\r\n\"b\""), "1[a]2[b]"},
    {BYTES("\"a\rb\""), "1[a\rb]"},
    {BYTES("\xc3\xa9,\xf0\x9f\x98\x80"), "1[\xc3\xa9|\xf0\x9f\x98\x80]"},
    /* Faults, each followed by what can still be read. */
    {BYTES("\n"), "1!0 empty line;"},
    {BYTES("a\n\nb\r\n\r\nc"), "1[a]2!0 empty line;3[b]4!0 empty line;5[c]"},
    {BYTES("a\rb\nc"), "1!2 carriage return that no line feed follows;2[c]"},
    {BYTES("a\r"), "1!2 carriage return that no line feed follows;"},
    {BYTES("\"a\"\rb\nc"), "1!4 text after the closing quote;2[c]"},
    {BYTES("a\"b\"\nc"), "1!2 quote inside a field that does not begin with one;2[c]"},
    {BYTES(" \"a\"\nc"), "1!2 quote inside a field that does not begin with one;2[c]"},
    {BYTES("\"a\"b\nc"), "1!4 text after the closing quote;2[c]"},
    {BYTES("\"a\nb\"x\nc"), "1!6 text after the closing quote;3[c]"},
    {BYTES("a\n\"b,c\nd"), "1[a]2!0 quoted field that is not closed before the end of the file;"},
    {BYTES("\""), "1!0 quoted field that is not closed before the end of the file;"},
    {BYTES("\"a\"\""), "1!0 quoted field that is not closed before the end of the file;"},
    {BYTES("\xef\xbb\xbf"
           "a\nb"),
     "1!1 byte order mark;1[a]2[b]"},
    {BYTES("\xef\xbb\xbf"), "1!1 byte order mark;"},
    {BYTES("a,\xff\nb"), "1!3 not valid UTF-8;2[b]"},
    {BYTES("a\n\"b\n\xc0\xaf\",c\nd"), "1[a]2!6 not valid UTF-8;4[d]"},
    {BYTES("\xe2\x82"), "1!1 not valid UTF-8;"},
    {BYTES("\xed\xa0\x80"), "1!1 not valid UTF-8;"},
    {BYTES("a\0b\nc"), "1!2 NUL byte;2[c]"},
    {BYTES("\0"), "1!1 NUL byte;"},
};

START_TEST(text)
{
    struct buf seen = {0};

    read_all(&seen, texts[_i].bytes, texts[_i].len);
    ck_assert_str_eq(buf_string(&seen), texts[_i].seen);
    buf_free(&seen);
}
END_TEST

START_TEST(more_fields_than_are_kept)
{
    char commas[1000];
    struct csv csv;

    memset(commas, ',', sizeof commas);
    csv_open(&csv, commas, sizeof commas);
    ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
    ck_assert_uint_eq(csv.count, sizeof commas + 1);
    ck_assert_int_eq(csv_next(&csv), CSV_END);
    csv_close(&csv);
}
END_TEST

/* Whatever the bytes are, reading them ends, and a reader that is at the end stays there. */
START_TEST(noise)
{
    static const char alphabet[] = "a,\"\n\r\xc3\xa9\xef\xbb\xbf\0";
    struct buf seen = {0};
    char bytes[64];

    srand((unsigned)_i);
    size_t len = (size_t)rand() % sizeof bytes;
    for (size_t i = 0; i < len; i++)
        bytes[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
    read_all(&seen, bytes, len);
    ck_assert_uint_eq(len == 0, seen.len == 0);
    buf_free(&seen);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv");

    unit_add_rows(suite, "text", text, UNIT_ROWS(texts));
    unit_add(suite, "more_fields_than_are_kept", more_fields_than_are_kept);
    unit_add_rows(suite, "noise", noise, 200);
    return unit_run(suite);
}
