/* config: any environment is either refused or gives absolute paths, numbers in their ranges and a
 * connection string that libpq reads as it was meant. Each line is the value of a variable, in the
 * order of `names`; "-" leaves it unset. */
#include "base/config.h"

#include <libpq-fe.h>

#include "fuzz.h"

static const char *const names[] = {
    "VAR",      "TOLOK_TEMPLATES", "TOLOK_TIMEOUT", "TOLOK_REQUESTS",
    "TOLOK_DB", "TOLOK_SITE",      "TOLOK_CONTACT"};
enum { NAMES = sizeof names / sizeof *names };

static const char *find(const PQconninfoOption *options, const char *keyword)
{
    while (strcmp(options->keyword, keyword) != 0)
        options++;
    return options->val;
}

/* The string that the program makes itself names the folder of sockets, whatever its path is. */
static void check_db(const struct config *config)
{
    char *fault = NULL;
    PQconninfoOption *options = PQconninfoParse(config->db, &fault);

    fuzz_check(options != NULL);
    fuzz_check(fuzz_same(find(options, "host"), config->run));
    fuzz_check(fuzz_same(find(options, "dbname"), "tolok"));
    fuzz_check(fuzz_same(find(options, "user"), "tolok_fuzz"));
    PQconninfoFree(options);
}

static bool in_range(const char *text, long min, long max)
{
    char again[32];
    long value = strtol(text, NULL, 10);

    snprintf(again, sizeof again, "%ld", value);
    return *text == '\0' || (fuzz_same(again, text) && value >= min && value <= max);
}

static bool is_site(const char *text)
{
    const char *host = strstr(text, "://");

    if (host == NULL)
        return *text == '\0';
    if (!(host - text == 4 && strncmp(text, "http", 4) == 0) &&
        !(host - text == 5 && strncmp(text, "https", 5) == 0))
        return false;
    for (const char *c = host + 3; *c != '\0'; c++) {
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') && !(*c >= '0' && *c <= '9') &&
            strchr(".-:[]", *c) == NULL)
            return false;
    }
    return host[3] != '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open();
    struct fuzz_input input = fuzz_open(data, size);
    const char *values[NAMES];
    struct config config;

    for (size_t i = 0; i < NAMES; i++) {
        values[i] = fuzz_line(arena, &input);
        if (strcmp(values[i], "-") == 0)
            values[i] = "";
        setenv(names[i], values[i], 1);
    }
    bool good =
        in_range(values[2], 1, 3600) && in_range(values[3], 1, 1000000000) && is_site(values[5]);
    /* What a contact may be is told by its own test; here it is only that nothing else can be one.
     */
    bool contact = strchr(values[6], '@') != NULL || strncmp(values[6], "https://", 8) == 0 ||
                   *values[6] == '\0';
    bool loaded = config_load(&config, "tolok_fuzz");
    fuzz_check(!loaded || (good && contact));
    fuzz_check(loaded || !good || *values[6] != '\0');
    good = loaded;
    if (good) {
        fuzz_check(*config.var == '/' && *config.run == '/' && *config.templates == '/');
        fuzz_check(config.timeout >= 1 && config.timeout <= 3600 && config.requests >= 1);
        fuzz_check(config.contact == NULL || strpbrk(config.contact, " \"<>'") == NULL);
        if (*values[4] != '\0')
            fuzz_check(fuzz_same(config.db, values[4]));
        else
            check_db(&config);
    }
    config_free(&config);
    arena_close(arena);
    return 0;
}
