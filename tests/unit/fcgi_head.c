#include "http/fcgi_head.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi.h"
#include "unit.h"

#define BEGIN "\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0"
#define END "\1\4\0\1\0\0\0\0"
#define HEAD(bytes) bytes, sizeof bytes - 1

static const struct {
    const char *data;
    size_t len;
    enum fcgi_head verdict;
} heads[] = {
    {HEAD(""), FCGI_HEAD_PART},
    {HEAD("\1"), FCGI_HEAD_PART},
    {HEAD("\1\1\0"), FCGI_HEAD_PART},
    {HEAD("\2"), FCGI_HEAD_BAD},
    {HEAD("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), FCGI_HEAD_BAD},
    {HEAD(BEGIN), FCGI_HEAD_PART},
    {HEAD(BEGIN END), FCGI_HEAD_WHOLE},
    {HEAD(BEGIN "\1\4\0\1\0\4\0\0\1\1ab" END), FCGI_HEAD_WHOLE},
    {HEAD(BEGIN "\1\4\0\1\0\4\3\0\1\1ab\0\0\0" END), FCGI_HEAD_WHOLE},
    {HEAD(BEGIN "\1\4\0\1\0\4\0\0\1\1ab" END "\1\5\0\1\0\0\0\0 and what follows"), FCGI_HEAD_ALONE},
    {HEAD(BEGIN END "\1\5\0\1\0\0\0\0"), FCGI_HEAD_ALONE},
    {HEAD(BEGIN END "\1\5\0\1\0\0\0"), FCGI_HEAD_WHOLE},
    {HEAD(BEGIN END "\1\5\0\1\0\1\0\0x"), FCGI_HEAD_WHOLE},
    {HEAD(BEGIN END "\1\5\0\2\0\0\0\0"), FCGI_HEAD_WHOLE},
    {HEAD(BEGIN "\1\4\0\1\0\2\0\0\0\0" END), FCGI_HEAD_WHOLE},
    /* cut between the lengths, in the texts, in a long length */
    {HEAD(BEGIN "\1\4\0\1\0\1\0\0\1"
                "\1\4\0\1\0\1\0\0\1"
                "\1\4\0\1\0\1\0\0a"
                "\1\4\0\1\0\1\0\0b" END),
     FCGI_HEAD_WHOLE},
    {HEAD(BEGIN "\1\4\0\1\0\2\0\0\1\200"
                "\1\4\0\1\0\5\0\0\0\0\1ab" END),
     FCGI_HEAD_WHOLE},
    {HEAD(BEGIN "\1\4\0\1\0\4\0\0\1\1a"), FCGI_HEAD_PART},
    {HEAD(BEGIN "\1\4\0\1\0\4\0\0\1\1ab\1\4\0\1\0"), FCGI_HEAD_PART},
    /* an end before its time */
    {HEAD(BEGIN "\1\4\0\1\0\1\0\0\1" END), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\1\4\0\1\0\3\0\0\1\1a" END), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\1\4\0\1\0\3\0\0\1\200\0" END), FCGI_HEAD_BAD},
    /* lengths whose sum is none, and one that is too long alone */
    {HEAD(BEGIN "\1\4\0\1\0\10\0\0\377\377\377\376\377\377\377\376"), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\1\4\0\1\0\5\0\0\200\7\0\0\1" END), FCGI_HEAD_BAD},
    /* other roles, no id, a second request, other records, another version, another length */
    {HEAD("\1\1\0\1\0\10\0\0\0\2\0\0\0\0\0\0" END), FCGI_HEAD_BAD},
    {HEAD("\1\1\0\1\0\10\0\0\0\3\0\0\0\0\0\0" END), FCGI_HEAD_BAD},
    {HEAD("\1\1\0\1\0\10\0\0\1\1\0\0\0\0\0\0" END), FCGI_HEAD_BAD},
    {HEAD("\1\1\0\0\0\10\0\0\0\1\0\0\0\0\0\0"), FCGI_HEAD_BAD},
    {HEAD("\1\1\0\1\0\7\0\0\0\1\0\0\0\0\0\0"), FCGI_HEAD_BAD},
    {HEAD(BEGIN BEGIN END), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\1\4\0\2\0\0\0\0"), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\1\2\0\1\0\0\0\0" END), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\1\5\0\1\0\0\0\0" END), FCGI_HEAD_BAD},
    {HEAD("\1\11\0\0\0\0\0\0" BEGIN END), FCGI_HEAD_BAD},
    {HEAD(BEGIN "\2\4\0\1\0\0\0\0"), FCGI_HEAD_BAD},
};

START_TEST(judges_a_head)
{
    ck_assert_int_eq(fcgi_head((const unsigned char *)heads[_i].data, heads[_i].len),
                     heads[_i].verdict);
}
END_TEST

/* However much of a whole head is there, it is nothing worse than a part. */
START_TEST(takes_no_part_for_more_or_less)
{
    struct buf request = {0};
    static char value[300];

    memset(value, 'x', sizeof value);
    fcgi_request(&request, "/kota");
    request.len -= 2 * FCGI_HEADER; /* without its ends */
    struct buf variable = {0};
    buf_add(&variable, "\1\200\0\1\54Q", 6);
    buf_add(&variable, value, sizeof value);
    fcgi_record(&request, FCGI_PARAMS, variable.data, variable.len);
    fcgi_record(&request, FCGI_PARAMS, "", 0);
    for (size_t len = 0; len <= request.len; len++) {
        unsigned char *part = memcpy(malloc(len + 1), request.data, len);
        ck_assert_int_eq(fcgi_head(part, len),
                         len < request.len ? FCGI_HEAD_PART : FCGI_HEAD_WHOLE);
        free(part);
    }
    buf_free(&variable);
    buf_free(&request);
}
END_TEST

START_TEST(gives_up_on_a_head_without_end)
{
    static const char begin[FCGI_HEADER] = {0, 1};
    static char value[60000];
    struct buf request = {0};

    fcgi_record(&request, FCGI_BEGIN, begin, sizeof begin);
    while (request.len < FCGI_HEAD_MAX)
        fcgi_record(&request, FCGI_PARAMS, value, sizeof value);
    ck_assert_int_eq(fcgi_head((const unsigned char *)request.data, FCGI_HEAD_MAX - 1),
                     FCGI_HEAD_PART);
    ck_assert_int_eq(fcgi_head((const unsigned char *)request.data, FCGI_HEAD_MAX), FCGI_HEAD_BAD);
    buf_free(&request);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fcgi_head");

    unit_add_rows(suite, "heads", judges_a_head, UNIT_ROWS(heads));
    unit_add(suite, "parts", takes_no_part_for_more_or_less);
    unit_add(suite, "endless", gives_up_on_a_head_without_end);
    return unit_run(suite);
}
