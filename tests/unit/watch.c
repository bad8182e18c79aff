#include "http/watch.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "http/out.h"
#include "http/page.h"
#include "scratch.h"
#include "unit.h"

static const char functions[] = "create schema page; create function page.numbers(lang text) "
                                "returns setof json language sql stable as $$select '{}'::json$$; "
                                "create function page.two(lang text) "
                                "returns setof json language sql stable as $$select '{}'::json$$";

static const struct page table[] = {
    {.name = "numbers", .path = "/numbers"}, {.name = "two", .path = "/two"}, {0}};
static struct site site = {.pages = table};
static struct req req;
static struct buf sent;
static char folder[] = "/tmp/unit-watch-XXXXXX";
static char path[64];

static bool keep(void *peer, const char *head, size_t head_len, const char *body, size_t len)
{
    buf_add(peer, head, head_len);
    buf_add(peer, body, len);
    return true;
}

static void setup(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/unit.share", folder);
    ck_assert_int_ge(sodium_init(), 0);
    site.share = watch_open(folder, "unit", table);
}

static void teardown(void)
{
    db_close(site.db);
    site.db = NULL;
    share_close(site.share);
    unlink(path);
    rmdir(folder);
    buf_free(&sent);
}

static void open_request(const char *method, const char *address, const char *watch)
{
    static char copies[3][100];
    static char *variables[] = {copies[0], copies[1], copies[2], NULL};

    snprintf(copies[0], sizeof copies[0], "REQUEST_METHOD=%s", method);
    snprintf(copies[1], sizeof copies[1], "PATH_INFO=%s", address);
    snprintf(copies[2], sizeof copies[2], "%s", watch);
    req_open(&req, &site, variables);
    req.send = keep;
    req.peer = &sent;
    buf_clear(&sent);
}

/* The answer to a GET on the internal listener: its status; `sent` has the whole. */
static int ask(const char *address)
{
    open_request("GET", address, "TOLOK_WATCH=1");
    ck_assert(watch_answer(&req));
    int status = req.status;
    watch_count(&req);
    req_close(&req);
    return status;
}

static const char *body(void)
{
    return strstr(buf_string(&sent), "\r\n\r\n") + 4;
}

static void check_line(const char *line)
{
    struct buf wanted = {0};

    buf_format(&wanted, "\n%s\n", line);
    ck_assert_msg(strstr(body(), wanted.data) != NULL, "no line %s in:\n%.2000s", line, body());
    buf_free(&wanted);
}

/* That a line has a number of at least so much, but not as much as another. */
static void check_between(const char *name, double least, double below)
{
    const char *line = strstr(body(), name);

    ck_assert_ptr_nonnull(line);
    double number = strtod(line + strlen(name), NULL);
    ck_assert_double_ge(number, least);
    ck_assert_double_lt(number, below);
}

/* Counts a request that spent `us` microseconds on its query. */
static void count(const struct page *page, int status, long us)
{
    open_request("GET", "/", "");
    req.page = page;
    req.status = status;
    req.bytes = 10;
    req.packed = status == 299;
    req.phase_us[REQ_QUERY] = us;
    ck_assert(!watch_answer(&req));
    watch_count(&req);
    req_close(&req);
}

/* Counts a request that was sent on to the canonical form of its address. */
static void count_reroute(void)
{
    open_request("GET", "/two", "");
    req.page = &table[1];
    out_reroute(&req, "/two?a=b");
    watch_count(&req);
    req_close(&req);
}

static const struct {
    const char *method, *address, *watch;
    bool answered;
} requests[] = {
    {"GET", "/healthz", "TOLOK_WATCH=1", true},   {"GET", "/metrics", "TOLOK_WATCH=1", true},
    {"HEAD", "/healthz", "TOLOK_WATCH=1", true},  {"GET", "/healthz", "", false},
    {"GET", "/metrics", "TOLOK_WATCH=", false},   {"GET", "/metrics", "TOLOK_WATCH=0", false},
    {"GET", "/metrics", "TOLOK_WATCH=11", false}, {"GET", "/metrics", "HTTP_TOLOK_WATCH=1", false},
    {"GET", "/", "TOLOK_WATCH=1", false},         {"GET", "/healthz/", "TOLOK_WATCH=1", false},
    {"GET", "/numbers", "TOLOK_WATCH=1", false},  {"POST", "/healthz", "TOLOK_WATCH=1", false},
};

START_TEST(answers_inside_only)
{
    open_request(requests[_i].method, requests[_i].address, requests[_i].watch);
    ck_assert_int_eq(watch_answer(&req), requests[_i].answered);
    ck_assert_int_eq(req.status, requests[_i].answered ? 200 : 0);
    ck_assert_int_eq(sent.len > 0, requests[_i].answered);
    req_close(&req);
}
END_TEST

START_TEST(lives_without_a_database)
{
    ck_assert_int_eq(ask("/healthz"), 200);
    ck_assert_str_eq(body(), "ok\n");
    ck_assert_ptr_nonnull(strstr(sent.data, "\r\nCache-Control: no-store\r\n"));
    ck_assert_ptr_nonnull(strstr(sent.data, "\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    open_request("HEAD", "/healthz", "TOLOK_WATCH=1");
    ck_assert(watch_answer(&req));
    ck_assert_str_eq(body(), "");
    ck_assert_ptr_nonnull(strstr(sent.data, "\r\nContent-Length: 3\r\n"));
    req_close(&req);
}
END_TEST

START_TEST(counts_answers)
{
    /* What the machine itself needs is added, which is more when it is busy. */
    count(&table[0], 200, 40);
    count(&table[0], 200, 1900000);
    count(&table[0], 304, 7000000);
    count(&table[1], 299, 15000);
    count(NULL, 404, 0);
    count_reroute();
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(ask("/metrics"), 200);
    check_line("tolok_answers_total{page=\"numbers\",code=\"200\"} 2");
    check_line("tolok_answers_total{page=\"numbers\",code=\"304\"} 1");
    check_line("tolok_answers_total{page=\"two\",code=\"other\"} 1");
    check_line("tolok_answers_total{page=\"none\",code=\"404\"} 1");
    check_line("tolok_answer_duration_seconds_bucket{page=\"numbers\",le=\"1\"} 1");
    check_line("tolok_answer_duration_seconds_bucket{page=\"numbers\",le=\"2.5\"} 2");
    check_line("tolok_answer_duration_seconds_bucket{page=\"numbers\",le=\"5\"} 2");
    check_line("tolok_answer_duration_seconds_bucket{page=\"numbers\",le=\"+Inf\"} 3");
    check_line("tolok_answer_duration_seconds_count{page=\"numbers\"} 3");
    check_line("tolok_answer_duration_seconds_bucket{page=\"two\",le=\"0.01\"} 0");
    check_line("tolok_answer_duration_seconds_bucket{page=\"two\",le=\"1\"} 1");
    check_between("\ntolok_answer_duration_seconds_sum{page=\"numbers\"} ", 8.90004, 10);
    check_between("\ntolok_phase_seconds_total{phase=\"query\"} ", 8.90004, 10);
    check_line("tolok_sent_bytes_total 50");
    check_line("tolok_gzip_answers_total 1");
    check_line("tolok_canonical_redirects_total 1");
    check_line("tolok_answer_duration_seconds_count{page=\"two\"} 1");
}
END_TEST

/* A worker of the same program. */
static void work(void)
{
    share_close(site.share);
    site.share = watch_open(folder, "unit", table);
    share_join(site.share);
    count(&table[1], 503, 20);
}

START_TEST(tells_of_all_workers)
{
    pid_t clean = fork();
    if (clean == 0) {
        work();
        share_leave(SHARE_ENDS);
        _exit(0);
    }
    waitpid(clean, NULL, 0);
    pid_t crashed = fork();
    if (crashed == 0) {
        work();
        share_leave(SHARE_CRASHES);
        _exit(70);
    }
    waitpid(crashed, NULL, 0);
    share_join(site.share);
    ck_assert_int_eq(ask("/metrics"), 200);
    check_line("tolok_answers_total{page=\"two\",code=\"503\"} 2");
    check_line("tolok_worker_starts_total 3");
    check_line("tolok_worker_ends_total{how=\"clean\"} 1");
    check_line("tolok_worker_ends_total{how=\"crash\"} 1");
    check_line("tolok_worker_ends_total{how=\"watchdog\"} 0");
    check_line("tolok_worker_alone 0");
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(ask("/metrics"), 200);
    check_line("tolok_worker_alone 1");
}
END_TEST

START_TEST(counts_lines_that_the_log_could_not_take)
{
    int log = dup(STDERR_FILENO), full = open("/dev/full", O_WRONLY | O_CLOEXEC);

    dup2(full, STDERR_FILENO);
    log_event(LOG_INFO, "one", NULL, NULL);
    ck_assert_int_eq(ask("/metrics"), 200);
    dup2(log, STDERR_FILENO);
    check_line("tolok_log_lines_dropped_total 1");
    ck_assert_int_eq(ask("/metrics"), 200);
    check_line("tolok_log_lines_dropped_total 2");
    close(log);
    close(full);
}
END_TEST

START_TEST(speaks_as_prometheus_reads)
{
    count(&table[0], 200, 1234567);
    count(NULL, 400, 1);
    share_join(site.share);
    ck_assert_int_eq(ask("/metrics"), 200);
    ck_assert_ptr_nonnull(
        strstr(sent.data, "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    FILE *promtool = popen("promtool check metrics", "w");
    ck_assert_int_eq(fputs(body(), promtool) >= 0, 1);
    ck_assert_int_eq(pclose(promtool), 0);
}
END_TEST

/* As a worker, the program tells what it will ask. */
static void connect_to(const char *conninfo)
{
    site.db = db_open(conninfo, "unit-watch", &site.share->gate);
    db_expect(site.db, "page.numbers", 1);
    db_expect(site.db, "page.two", 1);
}

START_TEST(is_ready_when_the_schema_fits)
{
    connect_to(scratch_conninfo);
    ck_assert_int_eq(ask("/readyz"), 200);
    ck_assert_str_eq(body(), "ready\n");
    ck_assert(scratch_run("alter function page.two rename to twice"));
    ck_assert_int_eq(ask("/readyz"), 503);
    ck_assert_str_eq(body(), "not ready\nschema: page.two does not fit this program\n");
    ck_assert(scratch_run("alter function page.twice rename to two"));
    ck_assert_int_eq(ask("/readyz"), 200);
    struct db_query query = {.function = "page.numbers"};
    ck_assert_int_eq(db_read(site.db, &query, 1, (const char *const[]){"id"}, 1), DB_OK);
    PQclear(query.result);
    ck_assert_int_eq(ask("/metrics"), 200);
    check_line("tolok_db_reads_total{outcome=\"ok\"} 1");
    check_line("tolok_db_connections_total 1");
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(ask("/readyz"), 200);
    ck_assert_str_eq(
        body(),
        "ready\ndegraded: this worker counts alone, its figures are not in those of the others\n");
}
END_TEST

START_TEST(is_not_ready_without_a_database)
{
    connect_to("host=/nowhere dbname=x user=x");
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(ask("/readyz"), 503);
        ck_assert_str_eq(body(), "not ready\ndatabase: can not be reached\n");
        ck_assert_int_eq(ask("/healthz"), 200);
    }
    ck_assert_int_eq(ask("/metrics"), 200);
    check_line("tolok_db_gate_shut{gate=\"connect\"} 1");
    check_line("tolok_db_gate_shuts_total{gate=\"connect\"} 1");
    check_line("tolok_db_connections_total 0");
}
END_TEST

/* A server that takes the connection and never says a word. */
START_TEST(does_not_wait_for_a_silent_database)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char conninfo[100];
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder);
    ck_assert_int_eq(bind(server, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(server, 8), 0);
    snprintf(conninfo, sizeof conninfo, "host=%s dbname=x user=x", folder);
    connect_to(conninfo);
    long before = clock_us();
    ck_assert_int_eq(ask("/readyz"), 503);
    ck_assert_int_lt(clock_us() - before, 5000000);
    ck_assert_int_eq(strncmp(body(), "not ready\ndatabase: ", 20), 0);
    close(server);
    unlink(address.sun_path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("watch");
    TCase *tests = tcase_create("watch");
    bool server = scratch_create("watch", functions);

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, answers_inside_only, 0, UNIT_ROWS(requests));
    tcase_add_test(tests, lives_without_a_database);
    tcase_add_test(tests, counts_answers);
    tcase_add_test(tests, tells_of_all_workers);
    tcase_add_test(tests, counts_lines_that_the_log_could_not_take);
    tcase_add_test(tests, speaks_as_prometheus_reads);
    tcase_add_test(tests, is_not_ready_without_a_database);
    tcase_add_test(tests, does_not_wait_for_a_silent_database);
    if (server)
        tcase_add_test(tests, is_ready_when_the_schema_fits);
    suite_add_tcase(suite, tests);
    int status = unit_run_apart(suite);
    if (server)
        scratch_drop();
    return status;
}
