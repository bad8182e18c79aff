/* message: what the operator reads on stderr, and a line that shows that long work goes on. */
#ifndef TOLOK_MESSAGE_H
#define TOLOK_MESSAGE_H

#include <stdbool.h>

/* The command that later messages come from; NULL: the program itself. The string has to stay. */
void message_set_command(const char *name);

/* Writes "tolok: import: <what printf makes of format>" and a line end. Control characters become
 * '?', so that no name in a package can drive the terminal. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes one line as it is but for control characters. */
void message_line(const char *text);

/* Switches the progress line on: always on a terminal, else only when it was asked for. */
void progress_open(bool wanted);

/* Says what is being done now. It is shown once the work has taken a second: on a terminal in one
 * line that is written over, elsewhere as a line every second at most. */
void progress(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Shows the same again with the time that has passed; to be called now and then while waiting. */
void progress_tick(void);

/* Removes the line. Messages do so by themselves. */
void progress_clear(void);

#endif
