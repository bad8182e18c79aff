#include "http/worker.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "program.h"

/* A session that has asked for the numbers keeps a lock, which others can see. The number of "slow"
 * takes its time. */
static const char functions[] = "create schema page; create function page.numbers(lang text, name "
                                "text) returns setof json "
                                "language sql stable as $$select json_build_object('value', "
                                "length(name)) from pg_sleep(case "
                                "name when 'slow' then 3 else 0.2 end), "
                                "pg_advisory_lock_shared(7)$$";

START_TEST(shares_a_socket)
{
    pid_t workers[] = {program_start(), program_start(), program_start()};

    for (int i = 0; i < 60; i++)
        ck_assert_int_eq(strncmp(program_get("/nowhere"), "Status: 404", 11), 0);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(program_stop(workers[i]), 0);
}
END_TEST

START_TEST(starts_though_functions_are_missing)
{
    pid_t worker = program_start();

    ck_assert_int_eq(strncmp(program_get("/two"), "Status: 500", 11), 0);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

START_TEST(finishes_the_request_in_hand)
{
    pid_t worker = program_start();

    ck_assert_int_eq(strncmp(program_get("/numbers/kediri"), "Status: 200", 11), 0);
    int fd = program_call();
    fcgi_ask(fd, "/numbers/kediri");
    usleep(100000);
    kill(worker, SIGTERM);
    const char *answer = program_hear(fd);
    ck_assert_int_eq(strncmp(answer, "Status: 200", 11), 0);
    ck_assert_ptr_nonnull(strstr(answer, "6 6,00 +6"));
    ck_assert_int_eq(program_end(worker), 0);
}
END_TEST

START_TEST(ends_when_a_request_takes_too_long)
{
    setenv("TOLOK_TIMEOUT", "1", 1);
    pid_t worker = program_start();

    ck_assert_str_eq(program_get("/numbers/slow"), "");
    ck_assert_int_eq(program_end(worker), 3);
}
END_TEST

/* As libfcgi does without memory. */
START_TEST(ends_with_a_word_when_a_library_aborts)
{
    pid_t worker = program_start();

    ck_assert_int_eq(strncmp(program_get("/nowhere"), "Status: 404", 11), 0);
    kill(worker, SIGABRT);
    ck_assert_int_eq(program_end(worker), 70);
}
END_TEST

/* The calls that are waiting when it is told to stop are left to another worker. */
START_TEST(stops_though_there_is_always_a_next_request)
{
    enum { CALLS = 20 };
    int calls[CALLS];
    pid_t worker = program_start();

    ck_assert_int_eq(strncmp(program_get("/nowhere"), "Status: 404", 11), 0);
    kill(worker, SIGSTOP);
    for (int i = 0; i < CALLS; i++) {
        calls[i] = program_call();
        fcgi_ask(calls[i], "/nowhere");
    }
    kill(worker, SIGTERM);
    kill(worker, SIGCONT);
    ck_assert_int_eq(program_end(worker), 0);
    struct pollfd last = {.fd = calls[CALLS - 1], .events = POLLIN};
    ck_assert_int_eq(poll(&last, 1, 0), 0);
    worker = fork();
    if (worker == 0) {
        /* As it has them too, nobody would see us close ours. */
        for (int i = 0; i < CALLS; i++)
            close(calls[i]);
        _exit(program_serve());
    }
    for (int i = 2; i < CALLS; i++)
        ck_assert_int_eq(strncmp(program_hear(calls[i]), "Status: 404", 11), 0);
    ck_assert_int_eq(program_stop(worker), 0);
    close(calls[0]);
    close(calls[1]);
}
END_TEST

START_TEST(makes_room_after_its_share)
{
    setenv("TOLOK_REQUESTS", "3", 1);
    pid_t worker = program_start();

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(strncmp(program_get("/nowhere"), "Status: 404", 11), 0);
    ck_assert_int_eq(program_end(worker), 0);
}
END_TEST

/* Microseconds until an answer comes, which it must. */
static long time_of_get(void)
{
    long before = clock_us();

    ck_assert_int_eq(strncmp(program_get("/nowhere"), "Status: 404", 11), 0);
    return clock_us() - before;
}

/* The web server never sends half a request: it is the watchdog's. */
START_TEST(ends_when_half_a_request_stays)
{
    setenv("TOLOK_TIMEOUT", "1", 1);
    pid_t worker = program_start();
    int fd = program_call();

    ck_assert_int_eq(write(fd, "\1\1\0", 3), 3);
    ck_assert_int_eq(program_end(worker), 3);
    close(fd);
}
END_TEST

START_TEST(is_not_held_by_silence)
{
    pid_t worker = program_start();
    int fd = program_call();

    ck_assert_int_lt(time_of_get(), 3000000);
    close(fd);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

START_TEST(takes_a_request_in_pieces)
{
    struct buf request = {0};
    pid_t worker = program_start();
    int fd = program_call();

    fcgi_request(&request, "/nowhere");
    for (size_t i = 0; i < request.len; i += 40) {
        size_t piece = request.len - i < 40 ? request.len - i : 40;
        ck_assert_int_eq(write(fd, request.data + i, piece), (ssize_t)piece);
        poll(NULL, 0, 15);
    }
    ck_assert_int_eq(strncmp(program_hear(fd), "Status: 404", 11), 0);
    buf_free(&request);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

/* A body of more than a socket holds, and slow: the answer must not get lost with what is unread.
 */
START_TEST(answers_before_it_has_read_a_body)
{
    static char body[60000];
    struct buf request = {0};
    pid_t worker = program_start();
    int fd = program_call();

    fcgi_request(&request, "/nowhere");
    request.len -= FCGI_HEADER;
    ck_assert_int_eq(write(fd, request.data, request.len), (ssize_t)request.len);
    buf_clear(&request);
    for (int i = 0; i < 20; i++)
        fcgi_record(&request, FCGI_STDIN, body, sizeof body);
    fcgi_record(&request, FCGI_STDIN, "", 0);
    poll(NULL, 0, 50);
    ck_assert_int_eq(write(fd, request.data, request.len), (ssize_t)request.len);
    ck_assert_int_eq(strncmp(program_hear(fd), "Status: 404", 11), 0);
    buf_free(&request);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

/* It has its answer, and keeps the connection open. */
START_TEST(is_not_held_by_a_client_that_stays)
{
    pid_t worker = program_start();
    int fd = program_call();

    fcgi_ask(fd, "/nowhere");
    ck_assert_int_lt(time_of_get(), 1000000);
    ck_assert_int_eq(strncmp(program_hear(fd), "Status: 404", 11), 0);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

/* What is no request, and a request whose client does not wait. */
START_TEST(survives_clients_that_leave)
{
    const struct linger reset = {.l_onoff = 1};
    pid_t worker = program_start();

    for (int i = 0; i < 5; i++) {
        int fd = program_call();
        if (i > 0)
            fcgi_ask(fd, "/nowhere");
        if (i > 2)
            shutdown(fd, SHUT_WR);
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(fd);
    }
    int fd = program_call();
    ck_assert_int_eq(write(fd, "\1\1\0", 3), 3);
    close(fd);
    fd = program_call();
    ck_assert_int_eq(write(fd, "garbage, not a record", 21), 21);
    ck_assert_int_lt(time_of_get(), 1000000);
    close(fd);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

START_TEST(answers_a_client_that_has_said_all)
{
    pid_t worker = program_start();
    int fd = program_call();

    fcgi_ask(fd, "/nowhere");
    shutdown(fd, SHUT_WR);
    ck_assert_int_eq(strncmp(program_hear(fd), "Status: 404", 11), 0);
    ck_assert_int_eq(program_stop(worker), 0);
}
END_TEST

/* Hundredths of seconds that the process has been running on a processor: the 14th and 15th word
 * about it. */
static long processor_time(pid_t process)
{
    char path[64], text[512];
    unsigned long user = 0, system = 0;

    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(text, sizeof text, file));
    fclose(file);
    ck_assert_int_eq(sscanf(strrchr(text, ')'),
                            ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                            &system),
                     2);
    return (long)(user + system);
}

START_TEST(waits_for_descriptors_without_spinning)
{
    pid_t worker = program_start();
    struct rlimit none = {.rlim_cur = 1}, before;

    ck_assert_int_lt(time_of_get(), 3000000);
    ck_assert_int_eq(prlimit(worker, RLIMIT_NOFILE, NULL, &before), 0);
    none.rlim_max = before.rlim_max;
    ck_assert_int_eq(prlimit(worker, RLIMIT_NOFILE, &none, NULL), 0);
    int fd = program_call();
    struct pollfd answer = {.fd = fd, .events = POLLIN};
    long used = processor_time(worker);
    fcgi_ask(fd, "/nowhere");
    ck_assert_int_eq(poll(&answer, 1, 500), 0);
    ck_assert_int_lt(processor_time(worker) - used, 10);
    ck_assert_int_eq(prlimit(worker, RLIMIT_NOFILE, &before, NULL), 0);
    ck_assert_int_eq(strncmp(program_hear(fd), "Status: 404", 11), 0);
    ck_assert_int_eq(program_stop(worker), 0);
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
        program_start();
        pause();
    }
    close(ends[1]);
    ck_assert_int_eq(strncmp(program_get("/nowhere"), "Status: 404", 11), 0);
    kill(supervisor, SIGKILL);
    ck_assert_int_eq(program_end(supervisor), -1);
    ck_assert_int_eq(read(ends[0], &byte, 1), 0);
}
END_TEST

static void add_database_tests(TCase *tests)
{
    tcase_add_test(tests, finishes_the_request_in_hand);
    tcase_add_test(tests, ends_when_a_request_takes_too_long);
    tcase_add_test(tests, starts_though_functions_are_missing);
}

int main(void)
{
    Suite *suite = suite_create("worker");
    bool server = scratch_create("worker", functions);
    TCase *tests = tcase_create("worker");

    tcase_add_checked_fixture(tests, program_open, program_close);
    tcase_set_timeout(tests, 10);
    tcase_add_test(tests, shares_a_socket);
    if (server)
        add_database_tests(tests);
    tcase_add_test(tests, stops_though_there_is_always_a_next_request);
    tcase_add_test(tests, ends_with_a_word_when_a_library_aborts);
    tcase_add_test(tests, makes_room_after_its_share);
    tcase_add_test(tests, ends_when_half_a_request_stays);
    tcase_add_test(tests, is_not_held_by_silence);
    tcase_add_test(tests, takes_a_request_in_pieces);
    tcase_add_test(tests, answers_before_it_has_read_a_body);
    tcase_add_test(tests, is_not_held_by_a_client_that_stays);
    tcase_add_test(tests, answers_a_client_that_has_said_all);
    tcase_add_test(tests, survives_clients_that_leave);
    tcase_add_test(tests, waits_for_descriptors_without_spinning);
    tcase_add_test(tests, follows_its_supervisor);
    suite_add_tcase(suite, tests);
    int status = unit_run_apart(suite);
    if (server)
        scratch_drop();
    return status;
}
