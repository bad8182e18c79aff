#include "base/config.h"

#include <limits.h>
#include <regex.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"

enum kind { KIND_PATH, KIND_TEXT, KIND_INT };

#define HOST "[][A-Za-z0-9.:-]+"
#define ADDRESS "[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"

/* A path that is not absolute is relative to the current folder when it was set, and to the folder
 * of the executable when it is the standard. */
static const struct entry {
    const char *name;
    enum kind kind;
    size_t offset;        /* of the member in struct config */
    const char *standard; /* NULL: none, or made from other entries */
    const char *pattern;  /* what a text that is set has to match as a whole, or NULL: any */
    long min, max;
    const char *doc;
} entries[] = {
    {"VAR", KIND_PATH, offsetof(struct config, var), "../var", NULL, 0, 0,
     "folder of the running instance"},
    {"TOLOK_DB", KIND_TEXT, offsetof(struct config, db), NULL, NULL, 0, 0,
     "libpq connection string; standard: database tolok behind the socket in VAR/run"},
    {"TOLOK_TEMPLATES", KIND_PATH, offsetof(struct config, templates), "templates", NULL, 0, 0,
     "folder of the templates, as make has put them together"},
    {"TOLOK_SITE", KIND_TEXT, offsetof(struct config, site), NULL, "https?://" HOST, 0, 0,
     "where visitors find the site, such as https://tolok.example; pages name their address only "
     "when it is set"},
    {"TOLOK_CONTACT", KIND_TEXT, offsetof(struct config, contact), NULL,
     "https://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+|" ADDRESS, 0, 0,
     "whom visitors may write to: a mail address, or the https address of a page or form"},
    {"TOLOK_ANSWER_DAYS", KIND_INT, offsetof(struct config, answer_days), "0", NULL, 0, 365,
     "days in which the office means to decide on what was sent; receipts tell it, 0: nothing"},
    {"TOLOK_PUBLISHER", KIND_TEXT, offsetof(struct config, publisher), NULL, "[^[:cntrl:]]{1,200}",
     0, 0, "who publishes the site, as its foot names them"},
    /* A password belongs in a file. */
    {"TOLOK_SMTP", KIND_TEXT, offsetof(struct config, smtp), NULL,
     "smtps?://([A-Za-z0-9._+%-]*@)?" HOST, 0, 0,
     "mail server, such as smtp://name@mail.example:587; mails go out only when it is set, and "
     "TOLOK_MAIL_FROM too"},
    {"TOLOK_MAIL_FROM", KIND_TEXT, offsetof(struct config, mail_from), NULL, ADDRESS, 0, 0,
     "whose address mails bear"},
    {"TOLOK_SMTP_PASSWORD_FILE", KIND_PATH, offsetof(struct config, smtp_password), NULL, NULL, 0,
     0, "file whose first line is the password for the mail server"},
    {"TOLOK_CLAMD", KIND_PATH, offsetof(struct config, clamd), NULL, NULL, 0, 0,
     "socket of clamd, which looks at files of visitors before they are kept; when it is set and "
     "silent, none is kept"},
    {"TOLOK_POOL", KIND_TEXT, offsetof(struct config, pool), NULL, "[a-z]*", 0, 0,
     "set by etc/worker: workers of one pool wait for each other's hashing, and for no others'"},
    {"TOLOK_TIMEOUT", KIND_INT, offsetof(struct config, timeout), "10", NULL, 1, 3600,
     "seconds that a request may take"},
    {"TOLOK_REQUESTS", KIND_INT, offsetof(struct config, requests), "100000", NULL, 1, 1000000000,
     "requests after which a process makes room for a new one"},
};
enum { ENTRIES = sizeof entries / sizeof *entries };

static char *join(const char *folder, const char *path)
{
    struct buf joined = {0};

    buf_text(&joined, folder);
    buf_char(&joined, '/');
    buf_text(&joined, path);
    return joined.data;
}

/* The absolute form of path, free of links where it exists. The caller frees. */
static char *absolute(const char *folder, const char *path)
{
    char *joined = *path == '/' ? join("", path + 1) : join(folder, path);
    char *real = realpath(joined, NULL);

    if (real == NULL)
        return joined;
    free(joined);
    return real;
}

static char *path_value(const struct entry *entry, const char *value)
{
    char folder[PATH_MAX] = ".";

    if (value != NULL)
        return absolute(getcwd(folder, sizeof folder) != NULL ? folder : ".", value);
    ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        *slash = '\0';
    return absolute(folder, entry->standard);
}

/* In a connection string a value stands in single quotes; quotes and backslashes in it get a
 * backslash. */
static char *standard_db(const char *run, const char *role)
{
    struct buf db = {0};

    buf_text(&db, "host='");
    for (; *run != '\0'; run++) {
        if (*run == '\'' || *run == '\\')
            buf_char(&db, '\\');
        buf_char(&db, *run);
    }
    buf_text(&db, "' dbname=tolok user=");
    buf_text(&db, role);
    return db.data;
}

/* Whether a text that is set may be that of such an entry. */
static bool is_good(const struct entry *entry, const char *value)
{
    struct buf whole = {0};
    regex_t pattern;

    if (entry->pattern == NULL)
        return true;
    buf_format(&whole, "^(%s)$", entry->pattern);
    if (regcomp(&pattern, whole.data, REG_EXTENDED | REG_NOSUB) != 0)
        mem_exhausted();
    bool good = regexec(&pattern, value, 0, NULL, 0) == 0;
    regfree(&pattern);
    buf_free(&whole);
    return good;
}

static bool refuse(const struct entry *entry)
{
    log_event(LOG_ERROR, "bad_configuration", "variable", entry->name);
    return false;
}

static bool load_entry(struct config *config, const struct entry *entry)
{
    const char *value = getenv(entry->name);
    char *member = (char *)config + entry->offset;

    if (value != NULL && *value == '\0')
        value = NULL;
    if (entry->kind == KIND_INT) {
        long number = 0;
        if (!str_int(value != NULL ? value : entry->standard, entry->min, entry->max, &number))
            return refuse(entry);
        memcpy(member, &number, sizeof number);
        return true;
    }
    char *text = NULL;
    if (value != NULL && !is_good(entry, value))
        return refuse(entry);
    if (entry->kind == KIND_PATH && (value != NULL || entry->standard != NULL))
        text = path_value(entry, value);
    else if (value != NULL)
        text = memcpy(mem_alloc(strlen(value) + 1, 1), value, strlen(value) + 1);
    memcpy(member, &text, sizeof text);
    return true;
}

bool config_load(struct config *config, const char *role)
{
    *config = (struct config){0};
    for (size_t i = 0; i < ENTRIES; i++) {
        if (!load_entry(config, &entries[i])) {
            config_free(config);
            return false;
        }
    }
    config->run = absolute(config->var, "run");
    if (config->db == NULL)
        config->db = standard_db(config->run, role);
    return true;
}

void config_free(struct config *config)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        char *text = NULL;
        if (entries[i].kind != KIND_INT)
            memcpy(&text, (const char *)config + entries[i].offset, sizeof text);
        free(text);
    }
    free((void *)config->run);
    *config = (struct config){0};
}

bool config_mails(const struct config *config)
{
    return config->smtp != NULL && config->mail_from != NULL;
}

void config_help(struct buf *out)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct entry *entry = &entries[i];
        buf_format(out, "  %-16s %s", entry->name, entry->doc);
        if (entry->standard != NULL)
            buf_format(out, " (%s%s)", entry->standard,
                       entry->kind == KIND_PATH ? " from the program's folder" : "");
        buf_char(out, '\n');
    }
}
