#include "http/watch_metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "http/page.h"
#include "http/pages.h"

/* clang-format off */
#define WORDS(...) (const char *const[]){__VA_ARGS__, NULL}
/* clang-format on */

/* Answers with another status are counted together, at the last index. */
static const int statuses[SHARE_STATUSES - 1] = {200, 301, 302, 303, 304, 307, 308, 400, 403, 404,
                                                 405, 409, 410, 413, 415, 422, 429, 500, 503};

/* Upper bounds of the classes of time, microseconds; what took longer belongs to the last index. */
static const uint64_t bounds_us[SHARE_BUCKETS - 1] = {
    1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000};

/* What is counted for the program as a whole. */
static const struct family {
    const char *name, *help;
    enum share_count first; /* the others of the family follow it */
    const char *label; /* what tells them apart, and its values; or NULL: there is only the first */
    const char *const *values;
    bool is_time; /* counted in microseconds, told in seconds */
} families[] = {
    {"tolok_phase_seconds_total", "Time that answers spent in each phase.", SHARE_PARSE_US, "phase",
     WORDS("parse", "query", "fill", "render", "send"), true},
    {"tolok_sent_bytes_total", "Bytes of the bodies sent.", SHARE_BYTES, NULL, NULL, false},
    {"tolok_gzip_answers_total", "Answers whose body went out compressed.", SHARE_PACKED, NULL,
     NULL, false},
    {"tolok_canonical_redirects_total",
     "Requests that the web server was sent on with, to the canonical form of the address.",
     SHARE_REROUTES, NULL, NULL, false},
    {"tolok_log_lines_dropped_total", "Lines that the log could not take.", SHARE_DROPPED, NULL,
     NULL, false},
    {"tolok_worker_starts_total", "Workers that started.", SHARE_STARTS, NULL, NULL, false},
    {"tolok_worker_ends_total",
     "Workers that ended: as they were told, by a fault, or because a request hung.", SHARE_ENDS,
     "how", WORDS("clean", "crash", "watchdog"), false},
};
enum { FAMILIES = sizeof families / sizeof *families };

static size_t table_length(const struct page *table)
{
    size_t count = 0;

    while (table[count].name != NULL)
        count++;
    return count;
}

size_t metrics_pages(const struct page *table)
{
    return table_length(table) + 1;
}

void metrics_layout(struct buf *out, const struct page *table)
{
    for (; table->name != NULL; table++)
        buf_format(out, "%s ", table->name);
    for (size_t i = 0; i < FAMILIES; i++) {
        buf_format(out, "\n%s %d", families[i].name, (int)families[i].first);
        for (size_t v = 0; families[i].values != NULL && families[i].values[v] != NULL; v++)
            buf_format(out, " %s", families[i].values[v]);
    }
    for (size_t i = 0; i < SHARE_STATUSES - 1; i++)
        buf_format(out, " %d", statuses[i]);
    for (size_t i = 0; i < SHARE_BUCKETS - 1; i++)
        buf_format(out, " %" PRIu64, bounds_us[i]);
}

/* Counts one answer of a page. */
static void count_answer(struct share_page *page, int status, uint64_t us)
{
    size_t s = 0, b = 0;

    while (s < SHARE_STATUSES - 1 && statuses[s] != status)
        s++;
    while (b < SHARE_BUCKETS - 1 && us > bounds_us[b])
        b++;
    share_add(&page->by_status[s], 1);
    share_add(&page->by_time[b], 1);
    share_add(&page->us, us);
}

/* Adds what this process has dropped since it was asked last. */
static void count_dropped(struct share *share)
{
    static unsigned long known;
    unsigned long dropped = log_dropped();

    share_add(&share->counts[SHARE_DROPPED], dropped - known);
    known = dropped;
}

void metrics_count(const struct req *req)
{
    struct share *share = req->site->share;

    count_dropped(share);
    if (req->rerouted) {
        share_add(&share->counts[SHARE_REROUTES], 1);
        return;
    }
    const struct page *table = req->site->pages;
    uint64_t total = 0;

    for (int i = 0; i < REQ_PHASE_MAX; i++) {
        long us = req->phase_us[i] + (i == (int)req->phase ? clock_us() - req->phase_start : 0);
        share_add(&share->counts[SHARE_PARSE_US + i], (uint64_t)us);
        total += (uint64_t)us;
    }
    share_add(&share->counts[SHARE_BYTES], req->bytes);
    share_add(&share->counts[SHARE_PACKED], req->packed);
    size_t page = req->page != NULL ? (size_t)(req->page - table) : table_length(table);
    count_answer(&share->pages[page], req->status, total);
}

/* Adds what stands above the values of a metric. */
static void head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void seconds(struct buf *out, uint64_t us)
{
    buf_format(out, "%" PRIu64 ".%06" PRIu64 "\n", us / 1000000, us % 1000000);
}

static void families_text(struct buf *out, const struct share *share)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct family *f = &families[i];
        head(out, f->name, "counter", f->help);
        for (size_t v = 0; v == 0 || (f->label != NULL && f->values[v] != NULL); v++) {
            uint64_t value = atomic_load(&share->counts[f->first + v]);
            buf_text(out, f->name);
            if (f->label != NULL)
                buf_format(out, "{%s=\"%s\"}", f->label, f->values[v]);
            buf_char(out, ' ');
            if (f->is_time)
                seconds(out, value);
            else
                buf_format(out, "%" PRIu64 "\n", value);
        }
    }
}

/* A metric with one value. */
static void single(struct buf *out, const char *name, const char *type, const char *help,
                   uint64_t value)
{
    head(out, name, type, help);
    buf_format(out, "%s %" PRIu64 "\n", name, value);
}

static void db_text(struct buf *out, const struct db_gate *gate)
{
    static const char *const outcomes[DB_OUTCOME_MAX] = {[DB_OK] = "ok",
                                                         [DB_UNAVAILABLE] = "unavailable",
                                                         [DB_TIMEOUT] = "timeout",
                                                         [DB_FAILED] = "failed",
                                                         [DB_ENOUGH] = "enough"};
    static const char reads[] = "tolok_db_reads_total", shut[] = "tolok_db_gate_shut",
                      shuts[] = "tolok_db_gate_shuts_total";

    head(out, reads, "counter", "Reads of the database by how they ended.");
    for (int i = 0; i < DB_OUTCOME_MAX; i++)
        buf_format(out, "%s{outcome=\"%s\"} %ld\n", reads, outcomes[i], gate->reads[i]);
    single(out, "tolok_db_connections_total", "counter", "Connections made.",
           (uint64_t)gate->connections);
    single(out, "tolok_db_prepared_total", "counter", "Statements prepared on them.",
           (uint64_t)gate->prepared);
    head(out, shut, "gauge",
         "1 while the database is taken for gone: no connection could be made, or it did not "
         "answer.");
    buf_format(out, "%s{gate=\"connect\"} %d\n%s{gate=\"answer\"} %d\n", shut,
               !gate_is_open(&gate->connect), shut, !gate_is_open(&gate->answer));
    head(out, shuts, "counter", "How often that began.");
    buf_format(out, "%s{gate=\"connect\"} %ld\n%s{gate=\"answer\"} %ld\n", shuts,
               gate->connect.shuts, shuts, gate->answer.shuts);
}

static const char *page_name(const struct page *page)
{
    return page->name != NULL ? page->name : "none";
}

/* A page's 200 is always there, so that a first one is seen as an increase; other statuses from
 * when they occur. */
static void answers_text(struct buf *out, const struct share *share, const struct page *table)
{
    static const char name[] = "tolok_answers_total";

    head(out, name, "counter", "Answers by page and status; none is an address without page.");
    for (size_t p = 0; p < metrics_pages(table); p++) {
        for (size_t s = 0; s < SHARE_STATUSES; s++) {
            uint64_t value = atomic_load(&share->pages[p].by_status[s]);
            if (value == 0 && s > 0)
                continue;
            buf_format(out, "%s{page=\"%s\",code=\"", name, page_name(&table[p]));
            if (s < SHARE_STATUSES - 1)
                buf_format(out, "%d", statuses[s]);
            else
                buf_text(out, "other");
            buf_format(out, "\"} %" PRIu64 "\n", value);
        }
    }
}

static void times_text(struct buf *out, const struct share *share, const struct page *table)
{
    static const char name[] = "tolok_answer_duration_seconds";

    head(out, name, "histogram",
         "Time from a request's arrival at a worker to the end of its answer.");
    for (size_t p = 0; p < metrics_pages(table); p++) {
        const char *page = page_name(&table[p]);
        uint64_t count = 0;
        for (size_t b = 0; b < SHARE_BUCKETS; b++) {
            count += atomic_load(&share->pages[p].by_time[b]);
            buf_format(out, "%s_bucket{page=\"%s\",le=\"", name, page);
            if (b < SHARE_BUCKETS - 1)
                buf_format(out, "%g", (double)bounds_us[b] / 1e6);
            else
                buf_text(out, "+Inf");
            buf_format(out, "\"} %" PRIu64 "\n", count);
        }
        buf_format(out, "%s_sum{page=\"%s\"} ", name, page);
        seconds(out, atomic_load(&share->pages[p].us));
        buf_format(out, "%s_count{page=\"%s\"} %" PRIu64 "\n", name, page, count);
    }
}

void metrics_text(struct buf *out, const struct site *site)
{
    count_dropped(site->share);
    answers_text(out, site->share, site->pages);
    times_text(out, site->share, site->pages);
    families_text(out, site->share);
    db_text(out, &site->share->gate);
    single(out, "tolok_worker_alone", "gauge",
           "1 when the worker that tells this shares no memory with others: these figures are its "
           "own.",
           share_is_alone());
    single(out, "tolok_start_time_seconds", "gauge", "When counting began, in seconds since 1970.",
           site->share->since);
}
