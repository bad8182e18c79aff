#include "desk/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "unit.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=b"

static struct arena *arena;
static struct form form;

static void setup(void)
{
    arena = arena_open();
}

static void teardown(void)
{
    arena_close(arena);
}

/* The fields as "name=value;" or "name=[file name|bytes];", '*' before the name of one that is
 * repeated. */
static const char *told(void)
{
    struct buf text = {0};

    for (size_t i = 0; i < form.count; i++) {
        const struct form_field *field = &form.fields[i];
        buf_format(&text, "%s%s=", field->repeated ? "*" : "", field->name);
        if (field->is_file)
            buf_format(&text, "[%s|%.*s]", field->file_name, (int)field->len, field->bytes);
        buf_format(&text, "%s;", field->value);
    }
    const char *copy = arena_copy(arena, buf_string(&text), text.len);
    buf_free(&text);
    return copy;
}

/* Every row's body ends with a byte that does not belong to it, so that reading on would show. */
static enum form_fault read_body(const char *type, const char *body, size_t len)
{
    char *exact = malloc(len + 1);

    memcpy(exact, body, len);
    exact[len] = '-';
    char *kept = arena_copy(arena, exact, len + 1);
    free(exact);
    return form_read(arena, type, kept, len, &form);
}

static const struct {
    const char *type, *body, *fields;
    enum form_fault fault;
} urlencoded[] = {
    {URLENCODED, "", "", FORM_FINE},
    {URLENCODED, "a=1&b=%41+c", "a=1;b=A c;", FORM_FINE},
    {URLENCODED "; charset=UTF-8", "a=1", "a=1;", FORM_FINE},
    {"Application/X-WWW-Form-URLencoded", "a=1", "a=1;", FORM_FINE},
    {URLENCODED, "a=x%0D%0Ay%0Dz%0A", "a=x\ny\nz\n;", FORM_FINE},
    {URLENCODED, "a=1&a=2&&b", "a=1;*a=2;b=;", FORM_FINE},
    {URLENCODED, "a=%", "", FORM_BROKEN},
    {URLENCODED, "b=1&a=%ff", "", FORM_BROKEN},
    {URLENCODED, "a=%00", "", FORM_BROKEN},
    {URLENCODED, "=1", "", FORM_BROKEN},
    {URLENCODED, "a%20b=1", "", FORM_BROKEN},
    {URLENCODED, "%zz=1", "", FORM_BROKEN},
    {NULL, "a=1", "", FORM_TYPE},
    {"", "a=1", "", FORM_TYPE},
    {"text/plain", "a=1", "", FORM_TYPE},
    {"application/json", "{}", "", FORM_TYPE},
    {URLENCODED "x", "a=1", "", FORM_TYPE},
};

START_TEST(reads_urlencoded)
{
    enum form_fault fault =
        read_body(urlencoded[_i].type, urlencoded[_i].body, strlen(urlencoded[_i].body));

    ck_assert_int_eq(fault, urlencoded[_i].fault);
    ck_assert_str_eq(told(), urlencoded[_i].fields);
}
END_TEST

#define PART(disposition, content) \
    "--b\r\nContent-Disposition: form-data; " disposition "\r\n\r\n" content "\r\n"
#define FILE_PART(disposition, content) \
    "--b\r\nContent-Disposition: form-data; " disposition \
    "\r\nContent-Type: image/png\r\n\r\n" content "\r\n"
#define END "--b--\r\n"

static const struct {
    const char *type, *body, *fields;
    enum form_fault fault;
} multipart[] = {
    {MULTIPART, END, "", FORM_FINE},
    {MULTIPART, "--b--", "", FORM_FINE},
    {MULTIPART, PART("name=\"a\"", "1") PART("name=c", "2") END, "a=1;c=2;", FORM_FINE},
    {MULTIPART, PART("name=\"a\"", "") END, "a=;", FORM_FINE},
    {MULTIPART, PART("name=\"a\"", "x\r\ny\rz\r\n") END, "a=x\ny\nz\n;", FORM_FINE},
    {MULTIPART, PART("name=a", "1") PART("name=a", "2") END, "a=1;*a=2;", FORM_FINE},
    {MULTIPART, PART("name=a", "--b\r\n--c\r\n-") END, "", FORM_BROKEN},
    {MULTIPART, PART("name=a", "-\r\n-\r\n--a") END, "a=-\n-\n--a;", FORM_FINE},
    {MULTIPART, "--b\r\ncontent-disposition:FORM-DATA;name=a\r\n\r\n1\r\n" END, "a=1;", FORM_FINE},
    {MULTIPART, "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--", "a=;", FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"a.png\"", "x\r\ny") END, "f=[a.png|x\r\ny];",
     FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"\"", "") PART("name=a", "1") END, "a=1;", FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"\"", "x") END, "f=[|x];", FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"a.png\"", "") END, "f=[a.png|];", FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"a%22b%0d%0Ac%41\"", "x") END, "f=[a\"b\r\nc%41|x];",
     FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"a\\\"b.png\"", "x") END, "f=[a\"b.png|x];",
     FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"C:\\dir\\a.png\"", "x") END, "f=[a.png|x];",
     FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"../../etc/passwd\"", "x") END, "f=[passwd|x];",
     FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"/\"", "x") END, "f=[|x];", FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"\xc3\xa9.png\"", "x") END, "f=[\xc3\xa9.png|x];",
     FORM_FINE},
    {MULTIPART, FILE_PART("name=f; filename=\"\xff.png\"", "x") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("name=f; filename=a; filename=b", "x") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("name=f; filename*=UTF-8''a.png", "x") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("name=f; name=g", "x") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("filename=a", "x") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("name=\"f", "x") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("name=\"a b\"; filename=\"\"", "") END, "", FORM_BROKEN},
    {MULTIPART, FILE_PART("name=f junk", "x") END, "", FORM_BROKEN},
    {MULTIPART, PART("name=a", "\xff") END, "", FORM_BROKEN},
    {MULTIPART, PART("name=a", "1"), "", FORM_BROKEN},
    {MULTIPART, PART("name=a", "1") "--b-", "", FORM_BROKEN},
    {MULTIPART, PART("name=a", "1") END "x", "", FORM_BROKEN},
    {MULTIPART, PART("name=a", "1") "--bX\r\n", "", FORM_BROKEN},
    {MULTIPART, "preamble\r\n" PART("name=a", "1") END, "", FORM_BROKEN},
    {MULTIPART, "", "", FORM_BROKEN},
    {MULTIPART, "--", "", FORM_BROKEN},
    {MULTIPART, "--b\r\n\r\n1\r\n" END, "", FORM_BROKEN},
    {MULTIPART, "--b\r\nContent-Disposition: form-data; name=a", "", FORM_BROKEN},
    {MULTIPART, "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" END, "", FORM_BROKEN},
    {MULTIPART, "--b\r\nContent-Disposition: form-data; name=a\n\r\n\r\n1\r\n" END, "",
     FORM_BROKEN},
    {MULTIPART, "--b\r\nno header\r\n\r\n1\r\n" END, "", FORM_BROKEN},
    {MULTIPART,
     "--b\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; "
     "name=a\r\n\r\n1\r\n" END,
     "", FORM_BROKEN},
    {MULTIPART,
     "--b\r\nContent-Transfer-Encoding: 8bit\r\nContent-Disposition: form-data; "
     "name=a\r\n\r\n1\r\n" END,
     "a=1;", FORM_FINE},
    {"Multipart/Form-Data; charset=utf-8; Boundary=\"b\"", PART("name=a", "1") END, "a=1;",
     FORM_FINE},
    {"multipart/form-data", END, "", FORM_BROKEN},
    {"multipart/form-data; boundary=", END, "", FORM_BROKEN},
    {"multipart/form-data; boundary=b; boundary=c", END, "", FORM_BROKEN},
    {"multipart/form-data; boundary=\"b", END, "", FORM_BROKEN},
    {"multipart/form-data; boundary=\"b \"", "--b --\r\n", "", FORM_BROKEN},
    {"multipart/form-data; boundary=b; x", END, "", FORM_BROKEN},
    {"multipart/form-data; boundary=\"b\\\"\"", "--b\"--", "", FORM_BROKEN},
    {"multipart/mixed; boundary=b", END, "", FORM_TYPE},
};

START_TEST(reads_multipart)
{
    enum form_fault fault =
        read_body(multipart[_i].type, multipart[_i].body, strlen(multipart[_i].body));

    ck_assert_int_eq(fault, multipart[_i].fault);
    ck_assert_str_eq(told(), multipart[_i].fields);
}
END_TEST

/* A file is any bytes: it is not copied, and what looks nearly like the end of a part is part of
 * it. */
START_TEST(leaves_the_bytes_of_a_file_alone)
{
    static const char head[] = "--b\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n";
    static const char bytes[] = "\0\xff\r\n--\r\n-b\r\n\r--b\n--b\0";
    struct buf body = {0};

    buf_add(&body, head, sizeof head - 1);
    buf_add(&body, bytes, sizeof bytes);
    buf_text(&body, "\r\n--b--\r\n");
    ck_assert_int_eq(form_read(arena, MULTIPART, body.data, body.len, &form), FORM_FINE);
    const struct form_field *field = form_find(&form, "f");
    ck_assert_ptr_eq(field->bytes, body.data + sizeof head - 1);
    ck_assert_uint_eq(field->len, sizeof bytes);
    ck_assert_mem_eq(field->bytes, bytes, sizeof bytes);
    ck_assert_str_eq(field->value, "");
    ck_assert_ptr_null(form_value(&form, "f"));
    buf_free(&body);
}
END_TEST

/* A body that ends anywhere is broken and nothing of it is believed. */
START_TEST(refuses_every_beginning_of_a_body)
{
    static const char body[] =
        PART("name=a", "1") FILE_PART("name=f; filename=\"a.png\"", "x\r\ny") "--b--";

    for (size_t len = 0; len < sizeof body - 1; len++) {
        ck_assert_int_eq(read_body(MULTIPART, body, len), FORM_BROKEN);
        ck_assert_uint_eq(form.count, 0);
    }
    ck_assert_int_eq(read_body(MULTIPART, body, sizeof body - 1), FORM_FINE);
}
END_TEST

START_TEST(limits_how_many_fields_there_are)
{
    struct buf body = {0}, parts = {0};

    for (int i = 0; i < FORM_FIELDS_MAX; i++) {
        buf_format(&body, "%sn%d=", i > 0 ? "&" : "", i);
        buf_format(&parts, "--b\r\nContent-Disposition: form-data; name=n%d\r\n\r\n\r\n", i);
    }
    ck_assert_int_eq(form_read(arena, URLENCODED, body.data, body.len, &form), FORM_FINE);
    ck_assert_uint_eq(form.count, FORM_FIELDS_MAX);
    buf_text(&body, "&more=");
    ck_assert_int_eq(form_read(arena, URLENCODED, body.data, body.len, &form), FORM_MANY);
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        buf_char(&body, '&');
    ck_assert_int_eq(form_read(arena, URLENCODED, body.data, body.len, &form), FORM_MANY);
    size_t all = parts.len;
    buf_text(&parts, "--b--");
    ck_assert_int_eq(form_read(arena, MULTIPART, parts.data, parts.len, &form), FORM_FINE);
    parts.len = all;
    buf_text(&parts, "--b\r\nContent-Disposition: form-data; name=more\r\n\r\n\r\n--b--");
    ck_assert_int_eq(form_read(arena, MULTIPART, parts.data, parts.len, &form), FORM_MANY);
    ck_assert_uint_eq(form.count, 0);
    buf_free(&body);
    buf_free(&parts);
}
END_TEST

START_TEST(limits_the_head_of_a_part)
{
    struct buf body = {0};

    buf_text(&body, "--b\r\n");
    for (int i = 0; i < 500; i++)
        buf_text(&body, "X-Header: 1\r\n");
    buf_text(&body, "Content-Disposition: form-data; name=a\r\n\r\n1\r\n--b--");
    ck_assert_int_eq(form_read(arena, MULTIPART, body.data, body.len, &form), FORM_BROKEN);
    buf_free(&body);
}
END_TEST

START_TEST(finds_by_name)
{
    static const char body[] = "a=1&a=2&b=";

    ck_assert_int_eq(form_read(arena, URLENCODED, body, sizeof body - 1, &form), FORM_FINE);
    ck_assert_str_eq(form_value(&form, "a"), "1");
    ck_assert_str_eq(form_value(&form, "b"), "");
    ck_assert_ptr_null(form_value(&form, "c"));
    ck_assert_ptr_eq(form_find(&form, "a"), &form.fields[0]);
    ck_assert_ptr_null(form_find(&form, ""));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("form");
    TCase *tests = tcase_create("form");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, reads_urlencoded, 0, UNIT_ROWS(urlencoded));
    tcase_add_loop_test(tests, reads_multipart, 0, UNIT_ROWS(multipart));
    tcase_add_test(tests, leaves_the_bytes_of_a_file_alone);
    tcase_add_test(tests, refuses_every_beginning_of_a_body);
    tcase_add_test(tests, limits_how_many_fields_there_are);
    tcase_add_test(tests, limits_the_head_of_a_part);
    tcase_add_test(tests, finds_by_name);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
