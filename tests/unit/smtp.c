#include "admin/smtp.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const struct config config = {.smtp = "smtp://127.0.0.1:1",
                                     .mail_from = "tolok@uji.example"};

/* The decoded body of a mail, NUL at its end; the caller frees. */
static char *body_of(const struct buf *mail)
{
    const char *start = strstr(mail->data, "\r\n\r\n");
    unsigned char *text = calloc(1, mail->len);
    size_t len = 0;

    ck_assert_ptr_nonnull(start);
    ck_assert_int_eq(sodium_base642bin(text, mail->len, start + 4, strlen(start + 4), "\r\n", &len,
                                       NULL, sodium_base64_VARIANT_ORIGINAL),
                     0);
    return (char *)text;
}

/* No line is longer than servers take, and each ends in the one way. */
static void check_lines(const struct buf *mail)
{
    for (const char *line = mail->data; *line != '\0';) {
        const char *end = strstr(line, "\r\n");
        ck_assert_ptr_nonnull(end);
        ck_assert_int_le(end - line, 78);
        ck_assert_uint_eq(strcspn(line, "\r\n"), (size_t)(end - line));
        line = end + 2;
    }
}

START_TEST(writes_what_every_server_takes)
{
    struct buf mail = {0};

    smtp_write(&mail, &config, "a@uji.go.id", "undangan-7",
               "Undangan – untuk Ibu Sri, yang namanya panjang sekali sampai tidak muat "
               "dalam satu baris kepala surat",
               "Satu\n.\nDua – é\n");
    check_lines(&mail);
    ck_assert_ptr_nonnull(
        strstr(mail.data,
               "From: Tolok Kota <tolok@uji.example>\r\nTo: <a@uji.go.id>\r\nSubject: =?utf-8?B?"));
    ck_assert_ptr_nonnull(strstr(mail.data, "Message-ID: <undangan-7@uji.example>\r\n"));
    char *body = body_of(&mail);
    ck_assert_str_eq(body, "Satu\r\n.\r\nDua \xe2\x80\x93 \xc3\xa9\r\n");
    free(body);
    buf_free(&mail);
}
END_TEST

/* A subject of any length, at every place where its characters may be cut. */
START_TEST(cuts_no_character_of_a_subject)
{
    char subject[260] = "";

    for (int before = 0; before < 4; before++) {
        struct buf mail = {0};
        memset(subject, 'a', (size_t)before);
        subject[before] = '\0';
        for (int i = 0; i < 60; i++)
            strncat(subject, "\xe2\x80\x93", 4);
        smtp_write(&mail, &config, "a@uji.go.id", "x", subject, "x");
        check_lines(&mail);
        for (const char *at = mail.data; (at = strstr(at, "=?utf-8?B?")) != NULL;) {
            unsigned char piece[80] = "";
            size_t len = 0;
            at += strlen("=?utf-8?B?");
            ck_assert_int_eq(sodium_base642bin(piece, sizeof piece, at, strcspn(at, "?"), NULL,
                                               &len, NULL, sodium_base64_VARIANT_ORIGINAL),
                             0);
            ck_assert_uint_ne(piece[0] & 0xc0, 0x80);
        }
        buf_free(&mail);
    }
}
END_TEST

START_TEST(says_that_nobody_is_there)
{
    struct buf mail = {0};
    char said[SMTP_SAID_SIZE] = "";

    smtp_write(&mail, &config, "a@uji.go.id", "x", "x", "x");
    ck_assert_int_eq(smtp_send(&config, "a@uji.go.id", &mail, said), SMTP_LATER);
    ck_assert_uint_gt(strlen(said), 0);
    buf_free(&mail);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("smtp");

    unit_add(suite, "writing", writes_what_every_server_takes);
    unit_add(suite, "subjects", cuts_no_character_of_a_subject);
    unit_add(suite, "sending", says_that_nobody_is_there);
    return unit_run(suite);
}
