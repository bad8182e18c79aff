#include "admin/smtp.h"

#include <curl/curl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

enum {
    LINE_BYTES = 54,
    CONNECT_SECONDS = 15,
    ALL_SECONDS = 60
}; /* 54 bytes are 72 characters of base64 */

/* The part of an address behind its '@'. */
static const char *domain_of(const char *address)
{
    const char *at = strchr(address, '@');

    return at != NULL ? at + 1 : address;
}

static void add_base64(struct buf *out, const char *bytes, size_t len)
{
    char line[sodium_base64_ENCODED_LEN(LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];

    sodium_bin2base64(line, sizeof line, (const unsigned char *)bytes, len,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_text(out, line);
}

/* A header's text in pieces that a header may hold (RFC 2047); none of them cuts a character. */
static void add_encoded(struct buf *out, const char *text)
{
    while (*text != '\0') {
        size_t len = strnlen(text, 36);
        while (text[len] != '\0' && ((unsigned char)text[len] & 0xc0) == 0x80)
            len--;
        buf_text(out, "=?utf-8?B?");
        add_base64(out, text, len);
        buf_text(out, "?=");
        text += len;
        if (*text != '\0')
            buf_text(out, "\r\n ");
    }
}

void smtp_write(struct buf *out, const struct config *config, const char *to, const char *id,
                const char *subject, const char *text)
{
    time_t now = time(NULL);
    struct tm utc;
    char date[64];
    struct buf lines = {0};

    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &utc);
    buf_format(out, "From: Tolok Kota <%s>\r\nTo: <%s>\r\nSubject: ", config->mail_from, to);
    add_encoded(out, subject);
    buf_format(out, "\r\nDate: %s\r\nMessage-ID: <%s@%s>\r\n", date, id,
               domain_of(config->mail_from));
    buf_text(out, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: "
                  "text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: base64\r\n\r\n");
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buf_char(&lines, '\r');
        buf_char(&lines, *text);
    }
    for (size_t at = 0; at < lines.len; at += LINE_BYTES) {
        add_base64(out, lines.data + at, lines.len - at < LINE_BYTES ? lines.len - at : LINE_BYTES);
        buf_text(out, "\r\n");
    }
    sodium_memzero(lines.data, lines.len);
    buf_free(&lines);
}

struct upload {
    const char *at;
    size_t left;
};

static size_t read_upload(char *to, size_t size, size_t count, void *object)
{
    struct upload *upload = object;
    size_t len = size * count < upload->left ? size * count : upload->left;

    memcpy(to, upload->at, len);
    upload->at += len;
    upload->left -= len;
    return len;
}

/* "smtp://name@host:25" begins the host of this machine. */
static bool is_this_machine(const char *url)
{
    const char *host = strstr(url, "://");
    const char *at = host != NULL ? strrchr(host, '@') : NULL;

    host = at != NULL ? at + 1 : host != NULL ? host + 3 : url;
    return strncmp(host, "127.", 4) == 0 || strncmp(host, "[::1]", 5) == 0 ||
           (strncmp(host, "localhost", 9) == 0 && (host[9] == ':' || host[9] == '\0'));
}

/* The password is the first line of a file, so that it stands in no list of processes. The caller
 * frees. */
static char *read_password(const char *path)
{
    struct buf bytes = {0};

    if (path == NULL || !buf_file(&bytes, path) || bytes.data == NULL) {
        buf_free(&bytes);
        return NULL;
    }
    bytes.data[strcspn(bytes.data, "\r\n")] = '\0';
    return bytes.data;
}

/* A refusal for good; but not one of who we are, which the operator can mend. */
static bool is_final(CURLcode code, long answer)
{
    return answer >= 500 && answer <= 599 && answer != 530 && answer != 534 && answer != 535 &&
           answer != 538 && code != CURLE_LOGIN_DENIED;
}

static void set_server(CURL *curl, const struct config *config, const char *password)
{
    struct buf url = {0};

    /* The path is what we call ourselves in EHLO. */
    buf_format(&url, "%s/%s", config->smtp, domain_of(config->mail_from));
    curl_easy_setopt(curl, CURLOPT_URL, buf_string(&url));
    buf_free(&url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     (long)(is_this_machine(config->smtp) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (password != NULL)
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ALL_SECONDS);
}

enum smtp_outcome smtp_send(const struct config *config, const char *to, const struct buf *mail,
                            char said[static SMTP_SAID_SIZE])
{
    struct upload upload = {mail->data, mail->len};
    char *password = read_password(config->smtp_password);
    struct curl_slist *recipients = NULL;
    struct buf from = {0};
    long answer = 0;
    CURL *curl = curl_easy_init();

    if (curl == NULL)
        mem_exhausted();
    said[0] = '\0';
    set_server(curl, config, password);
    buf_format(&from, "<%s>", config->mail_from);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, buf_string(&from));
    buf_clear(&from);
    buf_format(&from, "<%s>", to);
    recipients = curl_slist_append(NULL, buf_string(&from));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    if (code != CURLE_OK && answer >= 400)
        snprintf(said, SMTP_SAID_SIZE, "the server answered %ld", answer);
    else if (code != CURLE_OK)
        snprintf(said, SMTP_SAID_SIZE, "%s", curl_easy_strerror(code));
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    buf_free(&from);
    if (password != NULL)
        sodium_memzero(password, strlen(password));
    free(password);
    return code == CURLE_OK ? SMTP_SENT : is_final(code, answer) ? SMTP_NEVER : SMTP_LATER;
}
