#include "../../cgi-bin/lib/serve.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "../../cgi-bin/lib/buf.h"
#include "../../cgi-bin/lib/log.h"
#include "fcgi.h"
#include "scratch.h"
#include "unit.h"

static const char functions[] =
    "create schema page; create function page.numbers(lang text, name text) returns table (value numeric) "
    "language sql stable as $$select length(name) from pg_sleep(0.5)$$";

static const struct param params[] = {{.name = "name", .kind = PARAM_SLUG}, {0}};
static const char *const no_sections[] = {NULL};
static const char *const sections[] = {"rows", "wins", NULL};
static const struct param many[] = {{.name = "q", .kind = PARAM_TEXT}, {.name = "kota", .kind = PARAM_SLUGS}, {0}};
static const struct page table[] = {
    {.name = "numbers", .path = "/numbers/:name", .params = params, .sections = no_sections, .doc = "A number."},
    {.name = "two", .path = "/two", .params = many, .sections = sections, .fills = "x width", .doc = "Two sections."},
    {0},
};
static const struct serve_program program = {"unit", "tolok_web", "a program of the tests", table};

static char folder[] = "/tmp/unit-serve-XXXXXX";
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int listening;
static struct buf received;

static void setup(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(listening, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listening, 64), 0);
    setenv("TOLOK_TEMPLATES", "tests/unit/templates", 1);
    setenv("TOLOK_DB", *scratch_conninfo != '\0' ? scratch_conninfo : "host=/nowhere dbname=x user=x", 1);
    setenv("TOLOK_TIMEOUT", "5", 1);
    setenv("TOLOK_REQUESTS", "1000", 1);
}

static void teardown(void)
{
    close(listening);
    unlink(address.sun_path);
    rmdir(folder);
    buf_free(&received);
}

static int run(const char *argument)
{
    char name[] = "unit", copy[32];
    char *arguments[] = {name, NULL, NULL};

    if (argument != NULL) {
        snprintf(copy, sizeof copy, "%s", argument);
        arguments[1] = copy;
    }
    return serve_run(argument != NULL ? 2 : 1, arguments, &program);
}

static pid_t start_worker(void)
{
    pid_t worker = fork();

    if (worker == 0) {
        dup2(listening, STDIN_FILENO);
        _exit(run(NULL));
    }
    ck_assert_int_gt(worker, 0);
    return worker;
}

/* Waits for the worker's end; its exit status, or -1 when a signal ended it. */
static int ending(pid_t worker)
{
    int status = 0;

    ck_assert_int_eq(waitpid(worker, &status, 0), worker);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int stop(pid_t worker)
{
    kill(worker, SIGTERM);
    return ending(worker);
}

static int call(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

/* The answer that comes; "" when there is none. */
static const char *hear(int fd)
{
    fcgi_hear(fd, &received);
    return buf_string(&received);
}

static const char *get(const char *path)
{
    int fd = call();

    fcgi_ask(fd, path);
    return hear(fd);
}

/* What the program prints when it is run by hand with the argument; *status is its exit status. */
static void by_hand(const char *argument, struct buf *out, int *status)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        int result = run(argument);
        fflush(stdout);
        _exit(result);
    }
    close(ends[1]);
    fcgi_read_all(ends[0], out);
    *status = ending(child);
}

START_TEST(answers_as_by_hand)
{
    pid_t worker = start_worker();
    struct buf out = {0};
    int status = -1;

    setenv("PATH_INFO", "/nowhere", 1);
    setenv("REQUEST_METHOD", "GET", 1);
    setenv("REQUEST_ID", FCGI_ID, 1);
    by_hand(NULL, &out, &status);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(get("/nowhere"), out.data);
    ck_assert_ptr_nonnull(strstr(out.data, "<p>404 " FCGI_ID " /nowhere error s404</p>"));
    ck_assert_int_eq(stop(worker), 0);
    buf_free(&out);
}
END_TEST

START_TEST(shares_a_socket)
{
    pid_t workers[] = {start_worker(), start_worker(), start_worker()};

    for (int i = 0; i < 60; i++)
        ck_assert_int_eq(strncmp(get("/nowhere"), "Status: 404", 11), 0);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(stop(workers[i]), 0);
}
END_TEST

START_TEST(finishes_the_request_in_hand)
{
    pid_t worker = start_worker();
    int fd = call();

    fcgi_ask(fd, "/numbers/kediri");
    usleep(250000);
    kill(worker, SIGTERM);
    const char *answer = hear(fd);
    ck_assert_int_eq(strncmp(answer, "Status: 200", 11), 0);
    ck_assert_ptr_nonnull(strstr(answer, "6 6,00 +6"));
    ck_assert_int_eq(ending(worker), 0);
}
END_TEST

/* The calls that are waiting when it is told to stop are left to another worker. */
START_TEST(stops_though_there_is_always_a_next_request)
{
    enum { CALLS = 20 };
    int calls[CALLS];
    pid_t worker = start_worker();

    ck_assert_int_eq(strncmp(get("/nowhere"), "Status: 404", 11), 0);
    kill(worker, SIGSTOP);
    for (int i = 0; i < CALLS; i++) {
        calls[i] = call();
        fcgi_ask(calls[i], "/nowhere");
    }
    kill(worker, SIGTERM);
    kill(worker, SIGCONT);
    ck_assert_int_eq(ending(worker), 0);
    struct pollfd last = {.fd = calls[CALLS - 1], .events = POLLIN};
    ck_assert_int_eq(poll(&last, 1, 0), 0);
    worker = start_worker();
    for (int i = 2; i < CALLS; i++)
        ck_assert_int_eq(strncmp(hear(calls[i]), "Status: 404", 11), 0);
    ck_assert_int_eq(stop(worker), 0);
    close(calls[0]);
    close(calls[1]);
}
END_TEST

START_TEST(makes_room_after_its_share)
{
    setenv("TOLOK_REQUESTS", "3", 1);
    pid_t worker = start_worker();

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(strncmp(get("/nowhere"), "Status: 404", 11), 0);
    ck_assert_int_eq(ending(worker), 0);
}
END_TEST

START_TEST(is_not_held_by_half_a_request)
{
    setenv("TOLOK_TIMEOUT", "1", 1);
    pid_t worker = start_worker();
    int fd = call();

    ck_assert_int_eq(write(fd, "\1\1\0", 3), 3);
    ck_assert_int_eq(ending(worker), 3);
    close(fd);
}
END_TEST

START_TEST(is_not_held_by_silence)
{
    pid_t worker = start_worker();
    int silent = call();
    long before = log_clock();

    ck_assert_int_eq(strncmp(get("/nowhere"), "Status: 404", 11), 0);
    ck_assert_int_lt(log_clock() - before, 1000000);
    close(silent);
    ck_assert_int_eq(stop(worker), 0);
}
END_TEST

START_TEST(survives_clients_that_leave)
{
    pid_t worker = start_worker();

    for (int i = 0; i < 5; i++) {
        int fd = call();
        fcgi_ask(fd, "/nowhere");
        close(fd);
    }
    ck_assert_int_eq(write(call(), "garbage, not a record", 21), 21);
    ck_assert_int_eq(strncmp(get("/nowhere"), "Status: 404", 11), 0);
    ck_assert_int_eq(stop(worker), 0);
}
END_TEST

/* The pipe's end is open in the supervisor and its worker only: it closes when both have gone. */
START_TEST(follows_its_supervisor)
{
    int ends[2];
    char byte = 0;

    ck_assert_int_eq(pipe(ends), 0);
    pid_t supervisor = fork();
    if (supervisor == 0) {
        close(ends[0]);
        start_worker();
        pause();
    }
    close(ends[1]);
    ck_assert_int_eq(strncmp(get("/nowhere"), "Status: 404", 11), 0);
    kill(supervisor, SIGKILL);
    ck_assert_int_eq(ending(supervisor), -1);
    ck_assert_int_eq(read(ends[0], &byte, 1), 0);
}
END_TEST

static const struct {
    const char *name, *value;
} settings[] = {
    {"TOLOK_TEMPLATES", "tests/unit/templates/broken"},
    {"TOLOK_TEMPLATES", "/nowhere"},
    {"TOLOK_TIMEOUT", "never"},
};

START_TEST(does_not_start_with_something_broken)
{
    setenv(settings[_i].name, settings[_i].value, 1);
    ck_assert_int_eq(ending(start_worker()), 1);
}
END_TEST

START_TEST(explains_itself)
{
    struct buf out = {0};
    int status = -1;

    by_hand("--pages", &out, &status);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(out.data, "numbers\t/numbers/:name\t\tname:slug\t\ntwo\t/two\trows wins\tq:text kota:slugs\tx width\n");
    buf_clear(&out);
    by_hand("--help", &out, &status);
    ck_assert_int_eq(status, 0);
    ck_assert_ptr_nonnull(strstr(out.data, "unit: a program of the tests"));
    ck_assert_ptr_nonnull(strstr(out.data, "TOLOK_TEMPLATES"));
    ck_assert_ptr_nonnull(strstr(out.data, "/two                   Two sections.\n"));
    buf_clear(&out);
    by_hand("--nonsense", &out, &status);
    ck_assert_int_eq(status, 2);
    ck_assert_str_eq(buf_string(&out), "");
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("serve");
    bool server = scratch_create("serve", functions);
    TCase *tests = tcase_create("serve");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 10);
    tcase_add_test(tests, answers_as_by_hand);
    tcase_add_test(tests, shares_a_socket);
    if (server)
        tcase_add_test(tests, finishes_the_request_in_hand);
    tcase_add_test(tests, stops_though_there_is_always_a_next_request);
    tcase_add_test(tests, makes_room_after_its_share);
    tcase_add_test(tests, is_not_held_by_half_a_request);
    tcase_add_test(tests, is_not_held_by_silence);
    tcase_add_test(tests, survives_clients_that_leave);
    tcase_add_test(tests, follows_its_supervisor);
    tcase_add_loop_test(tests, does_not_start_with_something_broken, 0, UNIT_ROWS(settings));
    tcase_add_test(tests, explains_itself);
    suite_add_tcase(suite, tests);
    int status = unit_run(suite);
    if (server)
        scratch_drop();
    return status;
}
