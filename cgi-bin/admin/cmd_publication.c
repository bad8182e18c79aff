#include <stdio.h>

#include "admin/call.h"
#include "admin/message.h"
#include "admin/packages.h"
#include "admin/store.h"

/* Checks one publication. EXIT_DONE, or told what is wrong. */
static int verify_one(struct store *store, const PGresult *all, int row)
{
    const char *round = store_value(all, row, "round"), *n = store_value(all, row, "n");
    const char *values[] = {store_value(all, row, "publication"), "true"};

    progress("computing %s, publication %s", round, n);
    PGresult *found = store_call(store, "act.publication_fault", 2, values);
    if (found == NULL)
        return store_exit(store);
    const char *fault = store_value(found, 0, "fault");
    if (fault != NULL)
        message("%s, publication %s: %s", round, n, fault);
    int status = fault != NULL ? EXIT_REFUSED : EXIT_DONE;
    PQclear(found);
    return status;
}

/* Whether the trail knows of one that is not there. */
static int verify_missing(struct store *store)
{
    PGresult *missing = store_call(store, "act.publications_missing", 0, NULL);

    if (missing == NULL)
        return store_exit(store);
    int status = PQntuples(missing) > 0 ? EXIT_REFUSED : EXIT_DONE;
    if (status == EXIT_REFUSED)
        message("%s, publication %s: the trail says that it was published, and it is not there",
                store_value(missing, 0, "round"), store_value(missing, 0, "n"));
    PQclear(missing);
    return status;
}

static void print_head(const PGresult *all)
{
    const char *head = NULL;
    int records = 0;

    for (int row = 0; row < PQntuples(all); row++) {
        const char *record = store_value(all, row, "record");
        records += record != NULL;
        head = record != NULL ? record : head;
    }
    printf("%d publication%s, all as published; %d record%s\n", PQntuples(all),
           PQntuples(all) == 1 ? "" : "s", records, records == 1 ? "" : "s");
    if (head != NULL)
        printf("record digest %s\n", head);
}

static int verify_all(struct store *store)
{
    PGresult *all = store_call(store, "act.publications", 0, NULL);
    int status = all != NULL ? EXIT_DONE : store_exit(store);

    for (int row = 0; status == EXIT_DONE && row < PQntuples(all); row++)
        status = verify_one(store, all, row);
    if (status == EXIT_DONE)
        status = verify_missing(store);
    if (status == EXIT_DONE)
        print_head(all);
    PQclear(all);
    return status;
}

int cmd_publication_verify(const struct args *args)
{
    progress_open(args->options[OPTION_PROGRESS] != NULL);
    if (args->rest_count > 0)
        return packages_verify(args->rest, args->rest_count);
    struct store *store = store_open();
    if (store == NULL)
        return EXIT_UNREACHABLE;
    int status = verify_all(store);
    store_close(store);
    return status;
}
