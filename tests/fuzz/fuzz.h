/* fuzz: what the fuzz harnesses share. tests/fuzz/NAME.c holds one function that takes any bytes:
 * `make fuzz` has libFuzzer call it with ever new ones, `make test` replays the inputs kept in
 * tests/fuzz/seeds/NAME. A harness not only waits for a crash: it says with fuzz_check what must be
 * true of every answer, as a rule by working it out a second time in another way. */
#ifndef TOLOK_FUZZ_H
#define TOLOK_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

typedef int fuzz_harness(const uint8_t *data, size_t size);

/* The harness. Returns 0. The program of all tests knows it by another name (tests/program.c). */
fuzz_harness LLVMFuzzerTestOneInput;

/* Runs it with the files that are named, or else its seeds; the exit status of the program. */
int fuzz_replay(const char *name, fuzz_harness *take, int argc, char **argv);

/* Ends the program when it is not true. On stdout, since stderr is closed while libFuzzer works. */
#define fuzz_check(truth) ((truth) ? (void)0 : fuzz_fail(#truth, __FILE__, __LINE__))

static inline void fuzz_fail(const char *truth, const char *file, int line)
{
    printf("# %s:%d: not true: %s\n", file, line, truth);
    fflush(stdout);
    abort();
}

/* An input of several parts: one per line, so that seeds can be read; a vertical tab stands for a
 * line feed. */
struct fuzz_input {
    const char *at, *end;
};

static inline struct fuzz_input fuzz_open(const uint8_t *data, size_t size)
{
    return (struct fuzz_input){(const char *)data, (const char *)data + size};
}

/* The bytes of the next line and a NUL, as a piece of the arena; "" when there is none. */
static inline char *fuzz_line(struct arena *arena, struct fuzz_input *input)
{
    size_t left = (size_t)(input->end - input->at);
    const char *stop = left > 0 ? memchr(input->at, '\n', left) : NULL;
    size_t len = stop != NULL ? (size_t)(stop - input->at) : left;
    char *line = arena_copy(arena, left > 0 ? input->at : "", len);

    for (size_t i = 0; i < len; i++) {
        if (line[i] == '\v')
            line[i] = '\n';
    }
    input->at += len + (stop != NULL);
    return line;
}

/* All that is left, up to a NUL. */
static inline char *fuzz_rest(struct arena *arena, struct fuzz_input *input)
{
    size_t left = (size_t)(input->end - input->at);
    const char *start = input->at;

    input->at = input->end;
    return arena_copy(arena, left > 0 ? start : "", left > 0 ? strnlen(start, left) : 0);
}

/* How many bytes come before the first that is not well-formed, by the table of byte ranges in the
 * Unicode standard (chapter 3, "Well-Formed UTF-8 Byte Sequences"), without NUL. */
static inline size_t fuzz_utf8_length(const char *text, size_t len)
{
    static const struct {
        uint8_t first, last, low, high;
        size_t size;
    } table[] = {
        {0x01, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    const uint8_t *s = (const uint8_t *)text;
    size_t at = 0;

    while (at < len) {
        size_t row = 0;
        while (row < sizeof table / sizeof *table &&
               !(s[at] >= table[row].first && s[at] <= table[row].last))
            row++;
        if (row == sizeof table / sizeof *table || table[row].size > len - at)
            return at;
        if (table[row].size > 1 && (s[at + 1] < table[row].low || s[at + 1] > table[row].high))
            return at;
        for (size_t i = 2; i < table[row].size; i++) {
            if (s[at + i] < 0x80 || s[at + i] > 0xbf)
                return at;
        }
        at += table[row].size;
    }
    return at;
}

static inline bool fuzz_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

#endif
