#include <stdio.h>
#include <string.h>

#include "admin/command.h"
#include "admin/message.h"
#include "admin/store.h"

/* Says what is wrong with the trail. True when nothing is. */
static bool sound(const PGresult *result)
{
    const char *fault = store_value(result, 0, "fault"), *row = store_value(result, 0, "bad");

    if (fault == NULL)
        return true;
    if (strcmp(fault, "changed") == 0)
        message("row %s was changed, or does not stand in its place", row);
    else if (strcmp(fault, "missing") == 0)
        message("rows before row %s are missing", row);
    else
        message("rows after row %s are missing", row);
    return false;
}

int cmd_audit_verify(const struct args *args)
{
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    PGresult *found = NULL, *result = store_call(store, "act.audit_verify", 0, NULL);
    int status = result != NULL ? EXIT_DONE : store_exit(store);
    if (status == EXIT_DONE && !sound(result))
        status = EXIT_REFUSED;
    if (status == EXIT_DONE && args->head != NULL) {
        found = store_call(store, "act.audit_find", 1, &args->head);
        status = found != NULL ? EXIT_DONE : store_exit(store);
        if (found != NULL && PQntuples(found) == 0) {
            message("no row has the digest %s", args->head);
            status = EXIT_REFUSED;
        }
    }
    if (status == EXIT_DONE) {
        store_print_count(result, "rows", "row", "rows", ", all as they were written\n");
        printf("digest %s\n", store_value(result, 0, "head"));
    }
    PQclear(found);
    PQclear(result);
    store_close(store);
    return status;
}
