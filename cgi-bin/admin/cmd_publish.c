#include <stdio.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/store.h"

static void print_summary(const char *round, const PGresult *result)
{
    const char *supersedes = store_value(result, 0, "supersedes");

    printf("%s: publication %s: ", round, store_value(result, 0, "n"));
    store_print_count(result, "regions", "region", "regions", ", ");
    store_print_count(result, "criteria", "criterion", "criteria", ", ");
    store_print_count(result, "draws", "draw", "draws", "\n");
    if (supersedes != NULL)
        printf("%s: it supersedes publication %s\n", round, supersedes);
    printf("digest %s\n", store_value(result, 0, "digest"));
}

int cmd_publish(const struct args *args)
{
    const char *round = args->operands[0];

    progress_open(args->progress);
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    progress("computing %s", round);
    const char *values[] = {round, args->reason};
    PGresult *result = store_call(store, "act.publish", 2, values);
    int status = result != NULL && store_commit(store) ? EXIT_DONE : store_exit(store);
    if (status == EXIT_DONE)
        print_summary(round, result);
    PQclear(result);
    store_close(store);
    return status;
}
