/* csv: any bytes are read to their end in order; what is written by the rules is read back as it
 * was. */
#include "exchange/csv.h"

#include "base/buf.h"
#include "fuzz.h"

/* Adds a field as RFC 4180 has it; quoted when it has to be, or when that is wanted. */
static void write_field(struct buf *out, const char *text, size_t len, bool quoted)
{
    for (size_t i = 0; i < len; i++)
        quoted = quoted || strchr("\",\r\n", text[i]) != NULL;
    if (quoted)
        buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"')
            buf_char(out, '"');
        buf_char(out, text[i]);
    }
    if (quoted)
        buf_char(out, '"');
}

/* Writes the record at hand below a first one, as it may begin with what is a fault at the start of
 * a file, and reads it again: the same fields. */
static void check_again(const struct csv *csv, bool quoted)
{
    struct buf text = {0};
    struct csv again;

    buf_text(&text, "first\n");
    for (size_t i = 0; i < csv->count; i++) {
        if (i > 0)
            buf_char(&text, ',');
        write_field(&text, csv->fields[i].text, csv->fields[i].len, quoted || csv->count == 1);
    }
    buf_text(&text, quoted ? "\r\n" : "\n");
    csv_open(&again, buf_string(&text), text.len);
    fuzz_check(csv_next(&again) == CSV_RECORD && csv_next(&again) == CSV_RECORD);
    fuzz_check(again.count == csv->count && again.line == 2);
    for (size_t i = 0; i < csv->count; i++) {
        fuzz_check(again.fields[i].len == csv->fields[i].len);
        fuzz_check(memcmp(again.fields[i].text, csv->fields[i].text, csv->fields[i].len) == 0);
    }
    fuzz_check(csv_next(&again) == CSV_END);
    csv_close(&again);
    buf_free(&text);
}

static void check_record(const struct csv *csv)
{
    size_t kept = csv->count < CSV_FIELDS_MAX ? csv->count : CSV_FIELDS_MAX;

    fuzz_check(csv->count > 0 && csv->fault == NULL);
    for (size_t i = 0; i < kept; i++)
        fuzz_check(fuzz_utf8_length(csv->fields[i].text, csv->fields[i].len) == csv->fields[i].len);
    if (csv->count <= CSV_FIELDS_MAX) {
        check_again(csv, false);
        check_again(csv, true);
    }
}

static void check_fault(const struct csv *csv, const char *bytes, size_t size)
{
    fuzz_check(csv->fault != NULL && csv->fault_byte <= size);
    if (csv->fault_byte > 0 && fuzz_same(csv->fault, "NUL byte"))
        fuzz_check(bytes[csv->fault_byte - 1] == '\0');
    if (fuzz_same(csv->fault, "empty line"))
        fuzz_check(csv->fault_byte == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct csv csv;
    enum csv_outcome outcome = CSV_END;
    long line = 0, lines = 1;
    bool clean = true;

    for (size_t i = 0; i < size; i++)
        lines += bytes[i] == '\n';
    csv_open(&csv, bytes, size);
    while ((outcome = csv_next(&csv)) != CSV_END) {
        /* Each step is behind the one before; only a byte order mark shares its line with what
         * follows. */
        fuzz_check(csv.line > line || (csv.line == 1 && line == 1));
        fuzz_check(csv.line <= lines);
        line = csv.line;
        clean = clean && outcome == CSV_RECORD;
        if (outcome == CSV_RECORD)
            check_record(&csv);
        else
            check_fault(&csv, bytes, size);
    }
    fuzz_check(csv_next(&csv) == CSV_END);
    fuzz_check(!clean || fuzz_utf8_length(bytes, size) == size);
    csv_close(&csv);
    return 0;
}
