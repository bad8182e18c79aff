/* log: one line per event on stderr in logfmt: ts=... level=... event=... request_id=... page=...
 * phase=... and the event's own fields. Values are escaped, so that nothing a visitor sends can end
 * a line or forge a field. Each line leaves in one write. */
#ifndef TOLOK_LOG_H
#define TOLOK_LOG_H

#include <stddef.h>

#include "base/buf.h"

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR, LOG_LEVEL_MAX };

/* What every line of a request carries. NULL members are left out. */
struct log_scope {
    const char *request_id;
    const char *page;
    const char *phase; /* "parse", "query", "fill", "render" or "send" */
};

/* Has all further lines carry the scope's members, read when the line is made; NULL ends that. The
 * scope is not copied: it has to live until another one is set. */
void log_within(const struct log_scope *scope);

/* A line in the making. */
struct log_line {
    struct buf text;
};

/* Starts a line. `event` is a word of the program, like "db_failed". */
struct log_line log_open(enum log_level level, const char *event);

/* Add a field. A text is cut so that it takes no more than 1000 bytes of the line; NULL leaves the
 * field out. `us` is microseconds and is written as milliseconds with three decimals. Keys are
 * words of the program and are written as they are. */
void log_text(struct log_line *line, const char *key, const char *value);
void log_int(struct log_line *line, const char *key, long value);
void log_ms(struct log_line *line, const char *key, long us);

/* Writes the line and frees its memory. When it can not be written it is dropped and counted; as
 * soon as the log can be written again, it gets a line that says how many are missing. */
void log_close(struct log_line *line);

/* A whole line with at most one field; key and value may be NULL. */
void log_event(enum log_level level, const char *event, const char *key, const char *value);

/* As log_event without a field, but safe in a signal handler: no memory, no locks. */
void log_emergency(const char *event);

/* Adds the value as it stands in a line: bare when it is a plain word, else quoted with escapes. */
void log_value(struct buf *out, const char *value, size_t len);

/* From here on, a line that standard error would not take at once is dropped instead of waited for:
 * the process that reads the log may be stopped, or out of disk. */
void log_never_wait(void);

/* The lines dropped so far. */
unsigned long log_dropped(void);

#endif
