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

int cmd_preview(const struct args *args)
{
    static const char *const columns[] = {"region",       "name",       "group",        "value",
                                          "value_before", "label",      "label_before", "span",
                                          "coverage",     "applicable", "news"};
    static const char *const headings[] = {"REGION",  "NAME",    "GROUP",  "VALUE",
                                           "BEFORE",  "RANK",    "BEFORE", "INTERVAL",
                                           "COVERED", "APPLIES", "NEWS"};
    const struct list list = {.function = "act.preview",
                              .values = args->operands,
                              .value_count = 1,
                              .columns = columns,
                              .headings = headings,
                              .count = sizeof columns / sizeof columns[0],
                              .right = TABLE_LEFT,
                              .empty = "nobody takes part"};

    progress_open(args->options[OPTION_PROGRESS] != NULL);
    progress("computing %s", args->operands[0]);
    return call_list(&list);
}

int cmd_publish(const struct args *args)
{
    const char *values[] = {args->operands[0], args->options[OPTION_REASON]};

    progress_open(args->options[OPTION_PROGRESS] != NULL);
    progress("computing %s", args->operands[0]);
    return call_print(args, "act.publish", 2, values, print_summary);
}
