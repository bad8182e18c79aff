#include "admin/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "unit.h"

static const char *const letters[JSON_KIND_MAX] = {
    [JSON_NULL] = "null",  [JSON_BOOLEAN] = "bool", [JSON_INTEGER] = "int", [JSON_NUMBER] = "num",
    [JSON_STRING] = "str", [JSON_OBJECT] = "obj",   [JSON_ARRAY] = "arr",
};

/* The members as text, "1 a.b int 5;", with an exclamation mark before the line of a repeated one;
 * a fault as "line!byte what". */
static void read_all(struct buf *seen, const char *bytes, size_t len)
{
    struct arena *arena = arena_open();
    char *own = mem_alloc(len, 1);
    struct json_fault fault;
    size_t count = 0;

    if (len > 0)
        memcpy(own, bytes, len);
    const struct json_member *members = json_read(arena, own, len, &count, &fault);
    if (members == NULL)
        buf_format(seen, "%ld!%zu %s", fault.line, fault.byte, fault.message);
    for (size_t i = 0; members != NULL && i < count; i++)
        buf_format(seen, "%s%ld %s %s %s;", members[i].repeated ? "!" : "", members[i].line,
                   members[i].path, letters[members[i].kind], members[i].text);
    free(own);
    arena_close(arena);
}

#define NOT_STRICT \
    "0!0 not valid JSON: single quotes, a control character, NUL or half a character in a " \
    "string, " \
    "or a number in a form that it does not have"
#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t len;
    const char *seen;
} documents[] = {
    {BYTES("{}"), ""},
    {BYTES(" {\n \"a\" :\n 1 } \n"), "2 a int 1;"},
    {BYTES("{\"a\":{\"b\":{\"c\":\"d\"}},\n\"e\":true}"),
     "1 a obj ;1 a.b obj ;1 a.b.c str d;2 e bool true;"},
    {BYTES("{\"a\":-0,\"b\":9223372036854775807,\"c\":1.50,\"d\":1e3}"),
     "1 a int -0;1 b int 9223372036854775807;1 c num 1.50;1 d num 1e3;"},
    {BYTES("{\"a\":null,\"b\":false}"), "1 a null null;1 b bool false;"},
    {BYTES("{\"a\":[1,\n{\"x\":\"]\"},[]],\"b\":2}"), "1 a arr ;2 b int 2;"},
    {BYTES("{\"a\":\"q\\\"\\\\\\n\\u00e9\\ud83d\\ude00\"}"),
     "1 a str q\"\\\n\xc3\xa9\xf0\x9f\x98\x80;"},
    {BYTES("{\"a\":1,\n\"a\":2,\"\\u0061\":3}"), "1 a int 1;!2 a int 2;!2 a int 3;"},
    {BYTES("{\"a.b\":1,\"a\":{\"b\":2}}"), "1 \"a.b\" int 1;1 a obj ;1 a.b int 2;"},
    {BYTES(""), "1!0 the file ends before its JSON does"},
    {BYTES("{\"a\":1,\n\"b\""), "2!0 the file ends before its JSON does"},
    {BYTES("[1]"), "1!0 not a JSON object"},
    {BYTES("\n1 "), "1!0 not a JSON object"},
    {BYTES("{\"a\":\n nul}"), "2!0 not valid JSON: null expected"},
    {BYTES("{\"a\":1,}"), "1!0 not valid JSON: unexpected character"},
    {BYTES("{'a':1}"), NOT_STRICT},
    {BYTES("{\"a\":1,\n'b':2}"), NOT_STRICT},
    {BYTES("{\"a\":'b'}"), "1!0 not valid JSON: unexpected character"},
    {BYTES("{\"a\":1} x"), "1!0 not valid JSON: unexpected character"},
    {BYTES("{\"a\":1}{}"), "1!0 not valid JSON: unexpected character"},
    {BYTES("{\"a\":/* c */1}"), "1!0 not valid JSON: unexpected character"},
    {BYTES("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}"),
     "1!0 not valid JSON: nesting too deep"},
    {BYTES("{\"a\":\n1.}"), NOT_STRICT},
    {BYTES("{\"a\":-.5}"), NOT_STRICT},
    {BYTES("{\"a\":-01}"), NOT_STRICT},
    {BYTES("{\"a\":-Infinity}"), NOT_STRICT},
    {BYTES("{\"a\":[\n[true, NaN]]}"), NOT_STRICT},
    {BYTES("\xef\xbb\xbf{}"), "1!1 byte order mark"},
    {BYTES("{\n\"a\":\"\xff\"}"), "2!8 not valid UTF-8"},
    {BYTES("{}\0"), "1!3 NUL byte"},
    {BYTES("{\"a\":\"x\\u0000y\"}"), NOT_STRICT},
    {BYTES("{\"a\":\"\\ud83d\"}"), NOT_STRICT},
    {BYTES("{\"a\":\"\\ude00\\ud83d\"}"), NOT_STRICT},
    {BYTES("{\"a\":\"x\ny\"}"), NOT_STRICT},
};

START_TEST(document)
{
    struct buf seen = {0};

    read_all(&seen, documents[_i].bytes, documents[_i].len);
    ck_assert_str_eq(buf_string(&seen), documents[_i].seen);
    buf_free(&seen);
}
END_TEST

/* A document that is changed in one place may be refused, but is never read beyond its end. */
START_TEST(noise)
{
    static const char good[] =
        "{\"a\": {\"b\": [1, \"x\\u00e9\"], \"c\": \"d\\\"\"},\n \"e\": -1.5, \"f\": null}";
    static const char alphabet[] = "{}[]\",:\\u0\n1e-\xc3";
    struct buf seen = {0};
    char bytes[sizeof good];

    memcpy(bytes, good, sizeof good);
    srand((unsigned)_i);
    for (int i = 0; i < 2; i++)
        bytes[(size_t)rand() % (sizeof good - 1)] =
            alphabet[(size_t)rand() % (sizeof alphabet - 1)];
    read_all(&seen, bytes, (size_t)rand() % sizeof good);
    ck_assert_uint_gt(seen.len, 0);
    buf_free(&seen);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");

    unit_add_rows(suite, "document", document, UNIT_ROWS(documents));
    unit_add_rows(suite, "noise", noise, 300);
    return unit_run(suite);
}
