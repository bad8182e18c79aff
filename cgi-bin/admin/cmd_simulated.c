#include <stdio.h>

#include "admin/call.h"
#include "admin/message.h"
#include "admin/store.h"

static int print_removed(const struct args *args, const PGresult *rows)
{
    (void)args;
    if (PQntuples(rows) == 0)
        message("no simulated rounds");
    for (int row = 0; row < PQntuples(rows); row++)
        printf("%s: removed, with its publications (%s)\n", store_value(rows, row, "round"),
               store_value(rows, row, "publications"));
    return EXIT_DONE;
}

int cmd_simulated_remove(const struct args *args)
{
    return call_print(args, "act.simulated_remove", 0, NULL, print_removed);
}
