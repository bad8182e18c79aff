#include <stdio.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/store.h"

int cmd_simulated_remove(const struct args *args)
{
    (void)args;
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    PGresult *result = store_call(store, "act.simulated_remove", 0, NULL);
    int status = result != NULL && store_commit(store) ? EXIT_DONE : store_exit(store);
    if (status == EXIT_DONE && PQntuples(result) == 0)
        message("no simulated rounds");
    for (int row = 0; status == EXIT_DONE && row < PQntuples(result); row++)
        printf("%s: removed, with its publications (%s)\n", store_value(result, row, "round"),
               store_value(result, row, "publications"));
    PQclear(result);
    store_close(store);
    return status;
}
