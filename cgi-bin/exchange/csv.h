/* csv: comma-separated values as RFC 4180 has them, in UTF-8. Records end with LF or CRLF, the last
 * one also with the end of the text; a field is quoted when its first byte is a quote. Everything
 * else is a fault, and reading goes on after it, so that one pass finds all of them. */
#ifndef TOLOK_CSV_H
#define TOLOK_CSV_H

#include <stddef.h>

enum { CSV_FIELDS_MAX = 64 };

struct csv_field {
    const char *text; /* not NUL-terminated; quotes are gone */
    size_t len;       /* 0: an empty field */
};

/* A reader; every member but `fields` to `fault_byte` is its own business. */
struct csv {
    const char *bytes; /* the text as it was given */
    char *work;        /* a copy of it, in which doubled quotes are undone */
    size_t len, pos;
    long next_line;
    struct csv_field fields[CSV_FIELDS_MAX];
    size_t count;      /* fields of the record; only the first CSV_FIELDS_MAX of them are kept */
    long line;         /* where the record starts, from 1 */
    const char *fault; /* CSV_FAULT: what is wrong, "bare carriage return" */
    size_t fault_byte; /* offset of the byte that shows it in the text, from 1; 0: the record as a
                          whole */
};

enum csv_outcome { CSV_RECORD, CSV_FAULT, CSV_END };

/* Begins to read the len bytes, which must stay until csv_close. */
void csv_open(struct csv *csv, const char *bytes, size_t len);

/* Reads the next record. CSV_RECORD: fields, count and line are set, and the fields live until
 * csv_close. CSV_FAULT: line, fault and fault_byte are set, and the faulty record is behind us.
 * CSV_END: there was none. */
enum csv_outcome csv_next(struct csv *csv);

void csv_close(struct csv *csv);

#endif
