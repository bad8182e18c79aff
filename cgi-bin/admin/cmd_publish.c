#include <stdio.h>

#include "admin/call.h"
#include "admin/message.h"
#include "admin/store.h"

static int print_summary(const struct args *args, const PGresult *rows)
{
    const char *round = args->operands[0], *supersedes = store_value(rows, 0, "supersedes");

    printf("%s: publication %s: ", round, store_value(rows, 0, "n"));
    store_print_count(rows, "regions", "region", "regions", ", ");
    store_print_count(rows, "criteria", "criterion", "criteria", ", ");
    store_print_count(rows, "draws", "draw", "draws", "\n");
    if (supersedes != NULL)
        printf("%s: it supersedes publication %s\n", round, supersedes);
    printf("digest %s\n", store_value(rows, 0, "digest"));
    return EXIT_DONE;
}

int cmd_publish(const struct args *args)
{
    const char *values[] = {args->operands[0], args->options[OPTION_REASON]};

    progress_open(args->options[OPTION_PROGRESS] != NULL);
    progress("computing %s", args->operands[0]);
    return call_print(args, "act.publish", 2, values, print_summary);
}
