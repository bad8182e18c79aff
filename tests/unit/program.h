/* program: a small program of pages for the tests of serve and worker: its table, its socket, its
 * workers. */
#ifndef TOLOK_PROGRAM_H
#define TOLOK_PROGRAM_H

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../built.h"
#include "fcgi.h"
#include "http/serve.h"
#include "scratch.h"
#include "unit.h"

static const struct param params[] = {{.name = "name", .kind = PARAM_SLUG}, {0}};
static const struct param many[] = {
    {.name = "q", .kind = PARAM_TEXT}, {.name = "kota", .kind = PARAM_SLUGS}, {0}};
static const struct page program_pages[] = {
    {.name = "numbers",
     .path = "/numbers/:name",
     .params = params,
     .doc = "A number."},
    {.name = "two",
     .path = "/two",
     .params = many,
     .fills = "x width",
     .doc = "Two inputs."},
    {0},
};
static const struct serve_program program_unit = {
    .name = "unit", .role = "tolok_web", .doc = "a program of the tests", .pages = program_pages};

static char program_folder[] = "/tmp/unit-serve-XXXXXX";
static struct sockaddr_un program_address = {.sun_family = AF_UNIX};
static int program_socket;
static struct buf program_heard;

/* A folder for the state, a socket, and the settings of a worker that finds both. */
static inline void program_open(void)
{
    char run[sizeof program_folder + 4];

    memcpy(program_folder + sizeof program_folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(program_folder));
    snprintf(run, sizeof run, "%s/run", program_folder);
    ck_assert_int_eq(mkdir(run, 0700), 0);
    snprintf(program_address.sun_path, sizeof program_address.sun_path, "%s/socket", run);
    program_socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(
        bind(program_socket, (struct sockaddr *)&program_address, sizeof program_address), 0);
    ck_assert_int_eq(listen(program_socket, 64), 0);
    setenv("VAR", program_folder, 1);
    setenv("TOLOK_TEMPLATES", built("unit-templates"), 1);
    setenv("TOLOK_DB",
           *scratch_conninfo != '\0' ? scratch_conninfo : "host=/nowhere dbname=x user=x", 1);
    setenv("TOLOK_TIMEOUT", "5", 1);
    setenv("TOLOK_REQUESTS", "1000", 1);
}

static inline void program_close(void)
{
    static const char *const files[] = {"run/socket", "run/unit.share", "run", ""};
    char path[128];

    close(program_socket);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", program_folder, files[i]);
        remove(path);
    }
    buf_free(&program_heard);
}

/* What main would do. */
static inline int program_run(const char *argument)
{
    char name[] = "unit", copy[32];
    char *arguments[] = {name, NULL, NULL};

    if (argument != NULL) {
        snprintf(copy, sizeof copy, "%s", argument);
        arguments[1] = copy;
    }
    return serve_run(argument != NULL ? 2 : 1, arguments, &program_unit);
}

/* Serves the socket. */
static inline int program_serve(void)
{
    dup2(program_socket, STDIN_FILENO);
    return program_run(NULL);
}

/* Starts a worker of the socket. */
static inline pid_t program_start(void)
{
    pid_t worker = fork();

    if (worker == 0)
        _exit(program_serve());
    ck_assert_int_gt(worker, 0);
    return worker;
}

/* Waits for the worker's end; its exit status, or -1 when a signal ended it. */
static inline int program_end(pid_t worker)
{
    int status = 0;

    ck_assert_int_eq(waitpid(worker, &status, 0), worker);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Tells the worker to end; as program_end. */
static inline int program_stop(pid_t worker)
{
    kill(worker, SIGTERM);
    return program_end(worker);
}

/* A connection to whichever worker takes it. */
static inline int program_call(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_eq(connect(fd, (struct sockaddr *)&program_address, sizeof program_address), 0);
    return fd;
}

/* The answer that comes; "" when there is none. */
static inline const char *program_hear(int fd)
{
    fcgi_hear(fd, &program_heard);
    return buf_string(&program_heard);
}

/* The answer to a GET request for the path. */
static inline const char *program_get(const char *path)
{
    int fd = program_call();

    fcgi_ask(fd, path);
    return program_hear(fd);
}

#endif
