#include "exchange/csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

void csv_open(struct csv *csv, const char *bytes, size_t len)
{
    *csv = (struct csv){.bytes = bytes, .len = len, .next_line = 1};
    csv->work = mem_alloc(len, 1);
    if (len > 0)
        memcpy(csv->work, bytes, len);
}

void csv_close(struct csv *csv)
{
    free(csv->work);
    *csv = (struct csv){0};
}

static bool at_line_end(const struct csv *csv)
{
    if (csv->pos >= csv->len || csv->bytes[csv->pos] == '\n')
        return true;
    return csv->bytes[csv->pos] == '\r' && csv->pos + 1 < csv->len &&
           csv->bytes[csv->pos + 1] == '\n';
}

static void skip_line(struct csv *csv)
{
    const char *end =
        csv->pos < csv->len ? memchr(csv->bytes + csv->pos, '\n', csv->len - csv->pos) : NULL;

    csv->pos = end != NULL ? (size_t)(end - csv->bytes) + 1 : csv->len;
    csv->next_line++;
}

/* The fault shows at offset `at`; the rest of its line is given up. */
static enum csv_outcome refuse(struct csv *csv, const char *fault, size_t at)
{
    csv->fault = fault;
    csv->fault_byte = at + 1;
    skip_line(csv);
    return CSV_FAULT;
}

static void add_field(struct csv *csv, const char *text, size_t len)
{
    if (csv->count < CSV_FIELDS_MAX)
        csv->fields[csv->count] = (struct csv_field){text, len};
    csv->count++;
}

/* Reads a field without quotes up to the comma or line end after it. */
static const char *read_plain(struct csv *csv)
{
    size_t start = csv->pos;

    for (; !at_line_end(csv) && csv->bytes[csv->pos] != ','; csv->pos++) {
        if (csv->bytes[csv->pos] == '"')
            return "quote inside a field that does not begin with one";
        if (csv->bytes[csv->pos] == '\r')
            return "carriage return that no line feed follows";
    }
    add_field(csv, csv->work + start, csv->pos - start);
    return NULL;
}

/* Reads a quoted field up to the comma or line end after it; the copy takes the text without the
 * quotes. */
static const char *read_quoted(struct csv *csv)
{
    char *text = csv->work + csv->pos + 1;
    char *to = text;

    for (csv->pos++; csv->pos < csv->len; csv->pos++) {
        char c = csv->bytes[csv->pos];
        if (c == '"') {
            bool doubled = csv->pos + 1 < csv->len && csv->bytes[csv->pos + 1] == '"';
            if (!doubled)
                break;
            csv->pos++;
        } else if (c == '\n') {
            csv->next_line++;
        }
        *to++ = c;
    }
    if (csv->pos == csv->len)
        return "quoted field that is not closed before the end of the file";
    csv->pos++;
    if (!at_line_end(csv) && csv->bytes[csv->pos] != ',')
        return "text after the closing quote";
    add_field(csv, text, (size_t)(to - text));
    return NULL;
}

/* What no field may hold, whatever its quotes. */
static enum csv_outcome check_bytes(struct csv *csv, size_t start, size_t end)
{
    const char *record = csv->bytes + start;
    size_t good = str_utf8_length(record, end - start);

    if (good == end - start)
        return CSV_RECORD;
    csv->fault = record[good] == '\0' ? "NUL byte" : "not valid UTF-8";
    csv->fault_byte = start + good + 1;
    return CSV_FAULT;
}

static enum csv_outcome read_record(struct csv *csv)
{
    size_t start = csv->pos;

    for (;;) {
        bool quoted = csv->pos < csv->len && csv->bytes[csv->pos] == '"';
        const char *fault = quoted ? read_quoted(csv) : read_plain(csv);
        if (fault != NULL && csv->pos >= csv->len) {
            csv->fault = fault;
            return CSV_FAULT;
        }
        if (fault != NULL)
            return refuse(csv, fault, csv->pos);
        if (at_line_end(csv))
            break;
        csv->pos++;
    }
    size_t end = csv->pos;
    skip_line(csv);
    return check_bytes(csv, start, end);
}

enum csv_outcome csv_next(struct csv *csv)
{
    size_t mark = sizeof byte_order_mark - 1;

    csv->count = 0;
    csv->fault = NULL;
    csv->fault_byte = 0;
    csv->line = csv->next_line;
    if (csv->pos == 0 && csv->len >= mark && memcmp(csv->bytes, byte_order_mark, mark) == 0) {
        csv->pos = mark;
        csv->fault = "byte order mark";
        csv->fault_byte = 1;
        return CSV_FAULT;
    }
    if (csv->pos >= csv->len)
        return CSV_END;
    if (at_line_end(csv)) {
        skip_line(csv);
        csv->fault = "empty line";
        return CSV_FAULT;
    }
    return read_record(csv);
}
