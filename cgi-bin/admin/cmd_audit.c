#include <stdio.h>
#include <string.h>

#include "admin/call.h"
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

static int find_head(const struct args *args, const PGresult *rows)
{
    if (PQntuples(rows) > 0)
        return EXIT_DONE;
    message("no row has the digest %s", args->options[OPTION_HEAD]);
    return EXIT_REFUSED;
}

static int print_trail(const struct args *args, const PGresult *rows)
{
    const char *head = args->options[OPTION_HEAD];
    int status = EXIT_DONE;

    if (!sound(rows))
        return EXIT_REFUSED;
    if (head != NULL)
        status = call_print(args, "act.audit_find", 1, &head, find_head);
    if (status == EXIT_DONE) {
        store_print_count(rows, "rows", "row", "rows", ", all as they were written\n");
        printf("digest %s\n", store_value(rows, 0, "head"));
    }
    return status;
}

int cmd_audit_verify(const struct args *args)
{
    return call_print(args, "act.audit_verify", 0, NULL, print_trail);
}
