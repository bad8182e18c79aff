/* req: any list of CGI variables becomes a request that the pages may rely on. Each line is
 * "NAME=value". */
#include "http/req.h"

#include <sodium.h>

#include "base/str.h"
#include "fuzz.h"

enum { VARIABLES_MAX = 40 };

/* The value of the first variable of that name, found from its '='. */
static const char *slow_variable(char *const *variables, const char *name)
{
    for (; *variables != NULL; variables++) {
        const char *equals = strchr(*variables, '=');
        if (equals != NULL && strlen(name) == (size_t)(equals - *variables) &&
            memcmp(*variables, name, (size_t)(equals - *variables)) == 0)
            return equals + 1;
    }
    return NULL;
}

static bool is_digits(const char *s)
{
    while (*s >= '0' && *s <= '9')
        s++;
    return *s == '\0';
}

/* The status that the announced length of a body deserves; 0 for none. */
static int slow_length(const char *length)
{
    if (length == NULL || *length == '\0')
        return 0;
    if (!is_digits(length) || (*length == '0' && length[1] != '\0'))
        return 400;
    return strlen(length) > 7 || strtol(length, NULL, 10) > 1024 * 1024 ? 413 : 0;
}

static int slow_refused(const char *method, const char *path, const char *query, const char *length)
{
    size_t len = strlen(path);

    if (len > 1024 || (query != NULL && strlen(query) > 4096))
        return 414;
    if (len > 0 && (*path != '/' || !str_is_text(path, len)))
        return 400;
    if (method != NULL && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return 405;
    return slow_length(length);
}

static void check(const struct req *req, char *const *variables)
{
    const char *path = slow_variable(variables, "PATH_INFO");
    const char *method = slow_variable(variables, "REQUEST_METHOD");
    const char *query = slow_variable(variables, "QUERY_STRING");
    const char *id = req->scope.request_id;

    path = path != NULL ? path : "";
    int refused = slow_refused(method, path, query, slow_variable(variables, "CONTENT_LENGTH"));
    fuzz_check(req->refused == refused);
    fuzz_check(*req->asked == '/' && *req->path == '/' && str_is_text(req->asked, 1024));
    fuzz_check(refused != 0 || *path == '\0' || fuzz_same(req->asked, path));
    fuzz_check(fuzz_same(req->query, query != NULL ? query : ""));
    fuzz_check(strlen(id) == 32 && strspn(id, "0123456789abcdef") == 32);
    fuzz_check((req->method == REQ_OTHER) ==
               (method != NULL && !fuzz_same(method, "GET") && !fuzz_same(method, "HEAD") &&
                !fuzz_same(method, "POST")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct site site = {0};
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    char *variables[VARIABLES_MAX + 1] = {NULL};
    struct req req;

    if (sodium_init() < 0)
        abort();
    for (size_t i = 0; i < VARIABLES_MAX && input.at < input.end; i++)
        variables[i] = fuzz_line(arena, &input);
    req_open(&req, &site, variables);
    check(&req, variables);
    const char *encoding = slow_variable(variables, "HTTP_ACCEPT_ENCODING");
    fuzz_check(req.gzip == (encoding != NULL && fuzz_same(encoding, "gzip")));
    req.status = req.refused;
    req_close(&req);
    arena_close(arena);
    return 0;
}
