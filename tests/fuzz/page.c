/* page: a request in CGI variables, through everything up to the database and back, with the pages
 * and templates that the public sees. Each line is "NAME=value". With TOLOK_DB in the environment
 * there is a database too. */
#include "base/str.h"
#include "base/url.h"
#include "site.h"

enum { VARIABLES_MAX = 20 };

/* The same request at the address where the web server was sent: now it is the right one. */
static void check_rerouted(struct arena *arena, const char *address)
{
    const char *question = strchr(address, '?');
    size_t len = question != NULL ? (size_t)(question - address) : strlen(address);
    enum url_fault fault = URL_FAULT_MAX;
    struct buf bytes = {0};

    fuzz_check(str_is_local_path(address));
    const char *path = url_decode(arena, address, len, &fault);
    fuzz_check(fault == URL_FINE);
    char *variables[] = {
        arena_format(arena, "PATH_INFO=%s", path),
        arena_format(arena, "QUERY_STRING=%s", question != NULL ? question + 1 : ""),
        arena_format(arena, "TOLOK_ACCEL=%d", 1), NULL};
    enum req_method method = site_answer(variables, answer_collect, &bytes);
    struct answer answer = answer_check(arena, &bytes, method);
    fuzz_check(answer_header(arena, &answer, "X-Accel-Redirect") == NULL);
    site_check(arena, &answer);
    buf_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    char *variables[VARIABLES_MAX + 1] = {NULL};
    struct buf bytes = {0};

    for (size_t i = 0; i < VARIABLES_MAX && input.at < input.end; i++)
        variables[i] = fuzz_line(arena, &input);
    enum req_method method = site_answer(variables, answer_collect, &bytes);
    struct answer answer = answer_check(arena, &bytes, method);
    site_check(arena, &answer);
    const char *location = answer_header(arena, &answer, "Location");
    const char *address = answer_header(arena, &answer, "X-Accel-Redirect");
    fuzz_check(location == NULL || str_is_local_path(location));
    if (address != NULL)
        check_rerouted(arena, address);
    if (getenv("TOLOK_DB") == NULL)
        fuzz_check(answer.status != 200 || answer_header(arena, &answer, "ETag") == NULL);
    buf_free(&bytes);
    arena_close(arena);
    return 0;
}
