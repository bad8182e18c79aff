#include "http/out.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/str.h"
#include "http/gzip.h"
#include "http/media_type.h"
#include "http/param.h"
#include "tpl/doc.h"
#include "tpl/lang.h"

enum { ETAG_BYTES = 16, ETAG_SIZE = ETAG_BYTES * 2 + sizeof "\"-gzip\"", RETRY_SECONDS = 5 };

/* A smaller body fits in one packet either way. */
enum { GZIP_MIN = 500 };

/* How long the web server may keep an answer, show it while it asks for another one, and show it
 * when none is to be had, in seconds. */
enum { SHARED_SECONDS = 2, REFRESH_SECONDS = 8, OUTAGE_SECONDS = 30 * 24 * 3600 };

/* What the disk of the web server's cache must have left for one answer more of each worker: bytes
 * and files. */
enum { ROOM_BYTES = 512 * 1024, ROOM_FILES = 64 };

static const struct {
    int status;
    const char *reason;
} reasons[] = {
    {200, "OK"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

/* Who publishes the site, and whom visitors may write to, where the operator says so. */
static void add_contact(struct req *req, struct doc_node *frame)
{
    const char *contact = req->site->config.contact;
    bool page = contact != NULL && strncmp(contact, "https://", 8) == 0;

    doc_add_text(req->arena, frame, "contact_word",
                 contact == NULL ? NULL
                 : page          ? "page"
                                 : "mail");
    doc_add_text(req->arena, frame, page ? "contact_url" : "contact", contact);
    doc_add_flag(req->arena, frame, "no_contact", contact == NULL);
    doc_add_text(req->arena, frame, "publisher", req->site->config.publisher);
}

static void add_languages(struct req *req, struct doc_node *frame, const char *address)
{
    const char *site = req->site->config.site;
    struct buf path = {0};

    if (site != NULL)
        doc_add_text(req->arena, frame, "site_url", site);
    for (size_t i = 0; lang_codes[i] != NULL; i++) {
        buf_clear(&path);
        lang_address(&path, lang_codes[i], address, strlen(address));
        doc_add_text(req->arena, frame, arena_format(req->arena, "%s_path", lang_codes[i]),
                     arena_copy(req->arena, path.data, path.len));
        if (site == NULL)
            continue;
        const char *url = arena_format(req->arena, "%s%s", site, path.data);
        doc_add_text(req->arena, frame, arena_format(req->arena, "%s_url", lang_codes[i]), url);
        if (strcmp(lang_codes[i], req->lang) == 0)
            doc_add_text(req->arena, frame, "own_url", url);
    }
    buf_free(&path);
}

/* The way to the same page without what is kept; NULL where nothing is. */
static const char *let_go(struct req *req, const char *address)
{
    struct buf path = {0};

    if (req->kept == NULL)
        return NULL;
    lang_address(&path, req->lang, address, strlen(address));
    buf_format(&path, "%c%s=", strchr(address, '?') != NULL ? '&' : '?', req->kept);
    const char *text = arena_copy(req->arena, path.data, path.len);
    buf_free(&path);
    return text;
}

struct doc_node *out_frame(struct req *req, const char *address)
{
    struct doc_node *frame = doc_object(req->arena);

    doc_add_text(req->arena, frame, "lang", req->lang);
    doc_add_text(req->arena, frame, "in_word", req->lang);
    doc_add_text(req->arena, frame, "marked_path", let_go(req, address));
    doc_add_text(req->arena, frame, "marked_slug", req->kept_value);
    doc_add_text(req->arena, frame, "path", str_is_local_path(req->asked) ? req->asked : "/");
    add_contact(req, frame);
    add_languages(req, frame, address);
    return frame;
}

static const char *reason(int status)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].status == status)
            return reasons[i].reason;
    }
    return "Status";
}

static void start_head(struct buf *head, struct req *req, int status)
{
    req_enter(req, REQ_SEND);
    req->status = status;
    buf_format(head, "Status: %d %s\r\n", status, reason(status));
    if (req->cookie != NULL)
        buf_format(head, "Set-Cookie: %s\r\n", req->cookie);
    if (req->mark != NULL)
        buf_format(head, "Set-Cookie: %s\r\n", req->mark);
    buf_format(head, "X-Request-Id: %s\r\n", req->scope.request_id);
    if (status == 503)
        buf_format(head, "Retry-After: %d\r\n", RETRY_SECONDS);
    if (status == 405)
        buf_text(head, "Allow: GET, HEAD\r\n");
}

/* The web server cuts off an answer that it means to keep and can not write. A file system that
 * counts no files has 0. */
static bool cache_has_room(const struct req *req)
{
    struct statvfs disk;
    const char *folder = arena_format(req->arena, "%s/cache", req->site->config.var);

    return statvfs(folder, &disk) == 0 && (disk.f_flag & ST_RDONLY) == 0 &&
           disk.f_bavail * disk.f_frsize > ROOM_BYTES &&
           (disk.f_files == 0 || disk.f_favail > ROOM_FILES);
}

static void keep_for(struct req *req, struct buf *head, long max_age)
{
    char made[CLOCK_UTC_SIZE];

    if (req->private) {
        buf_text(head, "Cache-Control: no-store\r\n");
        return;
    }
    clock_utc(made, req->made, 0);
    buf_format(head,
               "Cache-Control: public, max-age=%ld, s-maxage=%ld, stale-while-revalidate=%d, "
               "stale-if-error=%d\r\n"
               "X-Made: %.19sZ\r\n",
               max_age, max_age < SHARED_SECONDS ? max_age : SHARED_SECONDS, REFRESH_SECONDS,
               OUTAGE_SECONDS, made);
    if (req->accel && !cache_has_room(req))
        buf_text(head, "X-Accel-Expires: 0\r\n");
}

/* Sends the head, which gets its end here, and the body unless the client asked for the head alone:
 * all at once, so that a worker that is killed leaves no half of an answer. */
static void send_answer(struct req *req, struct buf *head, const char *body, size_t len)
{
    buf_text(head, "\r\n");
    if (req->method == REQ_HEAD)
        len = 0;
    if (req->send(req->peer, head->data, head->len, body, len))
        req->bytes = len;
    else
        log_event(LOG_WARN, "client_gone", NULL, NULL);
    buf_free(head);
}

bool out_matches(const char *if_none_match, const char *etag)
{
    const char *at = if_none_match + strspn(if_none_match, " \t");

    if (strcmp(at, "*") == 0)
        return true;
    for (;;) {
        at += strspn(at, " \t,");
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        const char *end = *at == '"' ? strchr(at + 1, '"') : NULL;
        if (end == NULL)
            return false;
        size_t length = (size_t)(end - at) + 1;
        if (length == strlen(etag) && memcmp(at, etag, length) == 0)
            return true;
        at = end + 1;
    }
}

static void make_etag(char etag[ETAG_SIZE], const struct buf *body, bool packed)
{
    unsigned char digest[ETAG_BYTES];
    char text[ETAG_BYTES * 2 + 1];

    crypto_generichash(digest, sizeof digest, (const unsigned char *)buf_string(body), body->len,
                       NULL, 0);
    snprintf(etag, ETAG_SIZE, "\"%s%s\"", sodium_bin2hex(text, sizeof text, digest, sizeof digest),
             packed ? "-gzip" : "");
}

/* What the client has already is not sent again. True when that was the answer. */
static bool send_unchanged(struct req *req, long max_age, const char *etag)
{
    struct buf head = {0};

    if (req->if_none_match == NULL || !out_matches(req->if_none_match, etag))
        return false;
    start_head(&head, req, 304);
    keep_for(req, &head, max_age);
    buf_format(&head, "ETag: %s\r\nVary: Accept-Encoding\r\n", etag);
    send_answer(req, &head, NULL, 0);
    return true;
}

void out_page(struct req *req, int status, long max_age, const struct buf *body)
{
    struct buf head = {0};
    struct buf small = {0};
    char etag[ETAG_SIZE];
    bool packed = req->gzip && body->len >= GZIP_MIN;

    make_etag(etag, body, packed);
    if (status == 200 && !req->private && send_unchanged(req, max_age, etag))
        return;
    if (packed && !gzip_add(&small, body->data, body->len)) {
        packed = false;
        make_etag(etag, body, packed);
    }
    start_head(&head, req, status);
    if (status == 200) {
        keep_for(req, &head, max_age);
        if (!req->private)
            buf_format(&head, "ETag: %s\r\n", etag);
    } else {
        buf_text(&head, "Cache-Control: no-store\r\n");
    }
    req->packed = packed;
    if (packed)
        buf_text(&head, "Content-Encoding: gzip\r\n");
    buf_format(&head,
               "Vary: Accept-Encoding\r\nContent-Type: text/html; "
               "charset=utf-8\r\nContent-Language: %s\r\n"
               "Content-Length: %zu\r\n",
               req->lang, packed ? small.len : body->len);
    send_answer(req, &head, packed ? small.data : body->data, packed ? small.len : body->len);
    buf_free(&small);
}

void out_redirect(struct req *req, int status, const char *location, long max_age)
{
    struct buf head = {0};
    bool redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;

    if (!redirect || !str_is_local_path(location)) {
        log_event(LOG_ERROR, "bad_redirect", "location", location);
        out_error(req, 500, NULL);
        return;
    }
    start_head(&head, req, status);
    keep_for(req, &head, max_age);
    buf_format(&head, "Location: %s\r\nContent-Length: 0\r\n", location);
    send_answer(req, &head, NULL, 0);
}

void out_text(struct req *req, int status, const char *type, const struct buf *body)
{
    struct buf head = {0};

    start_head(&head, req, status);
    buf_format(&head, "Cache-Control: no-store\r\nContent-Type: %s\r\nContent-Length: %zu\r\n",
               type, body->len);
    send_answer(req, &head, body->data, body->len);
}

/* nginx hands a Cache-Control of this answer on, beside that of the other one; it keeps no such
 * answer anyway. */
void out_reroute(struct req *req, const char *address)
{
    struct buf head = {0};

    req->rerouted = true;
    start_head(&head, req, 307);
    buf_format(&head, "X-Accel-Redirect: %s\r\nContent-Length: 0\r\n", address);
    send_answer(req, &head, NULL, 0);
}

/* The name of a file for Content-Disposition, in both forms that browsers know (RFC 6266): in
 * letters that every one can read, and in all of its letters, escaped. What a browser shows by
 * itself is shown where one is (nginx sends it with a policy under which it does nothing else); a
 * workbook is only kept. */
static void add_file_name(struct buf *head, const char *name, bool shown)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

    buf_format(head, "Content-Disposition: %s; filename=\"", shown ? "inline" : "attachment");
    for (const char *s = name; *s != '\0'; s++)
        buf_char(head, strchr(safe, *s) != NULL ? *s : '_');
    buf_text(head, "\"; filename*=UTF-8''");
    for (const char *s = name; *s != '\0'; s++) {
        if (strchr(safe, *s) != NULL)
            buf_char(head, *s);
        else
            buf_format(head, "%%%02X", (unsigned char)*s);
    }
    buf_text(head, "\r\n");
}

void out_file(struct req *req, const char *digest, const char *kind, const char *name, long max_age)
{
    struct buf head = {0};
    enum media_kind media = media_of_word(kind);

    if (media == MEDIA_NONE || strlen(digest) != DIGEST_SIZE - 1 ||
        strspn(digest, "0123456789abcdef") != strlen(digest)) {
        log_event(LOG_ERROR, "bad_file", "kind", kind);
        out_error(req, 500, NULL);
        return;
    }
    start_head(&head, req, 200);
    if (req->private)
        buf_text(&head, "Cache-Control: no-store\r\n");
    else
        buf_format(&head, "Cache-Control: public, max-age=%ld\r\n", max_age);
    buf_format(&head, "X-Accel-Redirect: /tersimpan/%.2s/%s\r\n", digest, digest + 2);
    add_file_name(&head, name, media != MEDIA_XLSX && media != MEDIA_ZIP);
    buf_format(&head, "Content-Type: %s\r\nContent-Length: 0\r\n", media_type(media));
    send_answer(req, &head, NULL, 0);
}

void out_sheet(struct req *req, const char *name, const char *text)
{
    struct buf head = {0};

    start_head(&head, req, 200);
    buf_text(&head, "Cache-Control: no-store\r\n");
    add_file_name(&head, name, false);
    buf_format(&head, "Content-Type: text/csv; charset=utf-8\r\nContent-Length: %zu\r\n",
               strlen(text));
    send_answer(req, &head, text, strlen(text));
}

/* The answer when not even the error page can be made. */
static void send_plain(struct req *req, int status)
{
    struct buf text = {0};

    buf_format(&text, "%d %s\n", status, req->scope.request_id);
    out_text(req, status, "text/plain; charset=utf-8", &text);
    buf_free(&text);
}

static void add_fault(struct arena *arena, struct doc_node *frame, const struct param_fault *fault)
{
    doc_add_text(arena, frame, "field", fault->field);
    doc_add_text(arena, frame, "words", fault->words);
    doc_add_text(arena, frame, "min", arena_format(arena, "%ld", fault->min));
    doc_add_text(arena, frame, "max", arena_format(arena, "%ld", fault->max));
    doc_add_flag(arena, frame, "bad_input", true);
    doc_add_flag(arena, frame, fault->what, true);
}

void out_error(struct req *req, int status, const struct param_fault *fault)
{
    struct buf body = {0};
    struct arena *arena = req->arena;
    struct doc_node *frame = out_frame(req, "/");
    const char *text = arena_format(arena, "%d", status);

    req_enter(req, REQ_RENDER);
    doc_add_text(arena, frame, "status", text);
    doc_add_text(arena, frame, "title", text);
    doc_add_text(arena, frame, "description", text);
    doc_add_text(arena, frame, "request_id", req->scope.request_id);
    doc_add_text(arena, frame, "wait", arena_format(arena, "%d", RETRY_SECONDS));
    doc_add_flag(arena, frame, "error", true);
    doc_add_flag(arena, frame, arena_format(arena, "s%d", status), true);
    if (fault != NULL)
        add_fault(arena, frame, fault);
    else if (status == 400)
        doc_add_flag(arena, frame, "bad_address", true);
    req->frame = frame;
    if (req->error_layout != NULL)
        req->error_layout(req);
    if (tpl_render(req->site->templates, req->error_layout != NULL ? "deskerror" : "error", frame,
                   NULL, req->lang, &body))
        out_page(req, status, 0, &body);
    else
        send_plain(req, status);
    buf_free(&body);
}
