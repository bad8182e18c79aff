/* tolok: the operator's command. */
#include <grp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin/command.h"
#include "admin/message.h"
#include "base/config.h"
#include "base/str.h"

static const struct command commands[] = {
    {"import", 1, "DIR|ZIP [--new-regions]", "--new-regions --progress",
     "check a round package and take it in as a draft",
     "DIR or ZIP is a round package (format tolok-round/1): round.json, criteria.csv,\n"
     "regions.csv, marks.csv and perhaps official.csv; an export's results.csv may be\n"
     "there but is not read, its SHA256SUMS is checked. A round that is known gets a\n"
     "new draft; its publications stay as they are.\n"
     "\n"
     "Every fault is a line on stderr, FILE:LINE: COLUMN: MESSAGE, where LINE is the one\n"
     "at which the record starts; then nothing is imported.\n"
     "\n"
     "  --new-regions  create the regions that the database does not know\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_import},
    {"publish", 1, "ROUND [--reason TEXT]", "--reason --progress",
     "compute a round's draft and publish it",
     "Computes values, ranks and intervals from the draft of ROUND and publishes them\n"
     "for good: the new publication supersedes the one before it, and the page of\n"
     "corrections shows what changed.\n"
     "\n"
     "  --reason TEXT  why it was corrected, in Indonesian; readers see it there\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_publish},
    {"export", 2, "ROUND DIR [--edition N]", "--edition --progress",
     "write a publication as a round package",
     "Writes the newest publication of ROUND to DIR as a round package with results\n"
     "and SHA256SUMS. DIR is created; where it exists it must be empty.\n"
     "\n"
     "  --edition N    the N-th publication of the round instead of the newest\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_export},
    {"rounds", 0, "", "", "list the rounds and their state",
     "Lists every round: code, year, state, number of regions, the beginning of the\n"
     "newest publication's digest, title.\n",
     cmd_rounds},
    {"simulated remove", 0, "", "", "remove the simulated rounds",
     "Removes every simulated round: its publications, inputs and pages. A site that the\n"
     "public visits must not have any, and does not start as long as it has. Other rounds\n"
     "stay as they are, and so do their digests; the digests of what is removed are kept in\n"
     "the audit trail.\n",
     cmd_simulated_remove},
    {"account create", 2, "EMAIL ROLE [--name NAME] [--region REGION] [--dimension CODE]",
     "--name --region --dimension", "invite somebody to the desk",
     "Makes an account that has no password yet, and prints the link by which its holder\n"
     "chooses one within seven days. The link is shown this once; the same command makes\n"
     "a new one as long as it was not used.\n"
     "\n"
     "ROLE is office (the programme office), assessor, operator (a city) or owner (a\n"
     "city's dimension). The first office account is made here, further ones at the desk.\n"
     "\n"
     "  --name NAME       what others read; without it the beginning of EMAIL\n"
     "  --region REGION   of an operator or owner: kota-kediri, or its code\n"
     "  --dimension CODE  of an owner: governance, branding, economy, living, society,\n"
     "                    environment\n",
     cmd_account_create},
    {"account list", 0, "", "", "list the accounts",
     "Lists every account: address, role, region, dimension, state, whether it has\n"
     "one-time codes, when it last signed in, name.\n",
     cmd_account_list},
    {"account disable", 1, "EMAIL [--reason TEXT]", "--reason",
     "end an account and its sessions at once",
     "The account can not sign in any more and its sessions are over. What it did stays.\n"
     "\n"
     "  --reason TEXT  why, for the audit trail\n",
     cmd_account_disable},
    {"account forget", 1, "EMAIL [--reason TEXT]", "--reason", "forget a lost authenticator",
     "The account's one-time codes and recovery codes are good no more and its sessions\n"
     "are over; at the next sign-in, with the password, its holder connects another\n"
     "authenticator. At the desk the office does this for others.\n"
     "\n"
     "  --reason TEXT  why, for the audit trail\n",
     cmd_account_forget},
    {"account demo", 0, "", "", "make accounts of each role to look around with",
     "Makes, or makes anew, accounts that are marked as demo accounts, with random\n"
     "passwords and one-time code secrets, and prints both. `make run` does so; nobody\n"
     "who serves real cities should.\n",
     cmd_account_demo},
    {"account code", 1, "EMAIL", "", "a one-time code of a demo account",
     "Prints the code that the authenticator of a demo account would show now. There is\n"
     "none for the account of a real person.\n",
     cmd_account_code},
    {"account demo-end", 0, "", "", "end the demo accounts",
     "Ends all demo accounts and their sessions, as `make start` does.\n", cmd_account_demo_end},
    {"audit verify", 0, "[--head DIGEST]", "--head", "check that nobody changed the audit trail",
     "Walks the trail from its first row and prints how many rows there are and the\n"
     "digest of the last one. The first row that was changed, moved or is missing is\n"
     "named on stderr; then the exit status is 1.\n"
     "\n"
     "  --head DIGEST  a digest that was printed before: its row must still be there\n",
     cmd_audit_verify},
    {"file verify", 0, "", "", "check that every file of a quick win is there and whole",
     "Reads every file that the database names and compares it with its digest. Those that\n"
     "are missing or damaged are named on stderr; then the exit status is 1. Files that no\n"
     "row names, as a worker leaves them that dies in between, are counted.\n",
     cmd_file_verify},
    {"file sweep", 0, "", "", "remove files that no quick win has",
     "Removes the files that no row names and that nobody has uploaded for a day, and names\n"
     "them. When the database names no file at all nothing is removed: it may be the wrong\n"
     "one.\n",
     cmd_file_sweep},
    {"mail send", 0, "", "", "send the mails that are due",
     "Sends the mails of the outbox that are due, such as links for choosing a password, and\n"
     "says what became of each. The mail server is that of TOLOK_SMTP; one that can not be\n"
     "reached is tried again later, each time after twice as long.\n",
     cmd_mail_send},
    {"mail serve", 0, "", "", "go on sending mails, for the supervisor",
     "Does what `mail send` does, every few seconds, until it is ended.\n", cmd_mail_serve},
    {"mail list", 0, "", "", "list the mails of the outbox",
     "Lists the newest hundred mails: address, what it is about, when it was made,\n"
     "what became of it, how often it was tried and what the mail server said last.\n",
     cmd_mail_list},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

/* What the arguments say before it is known whether they make sense. */
struct line {
    const char *words[2 + OPERANDS_MAX + 1]; /* the command, its operands, and one too many */
    size_t count;
    size_t name; /* how many of the words are the command's name */
    bool help, version;
    const struct command *command;
    struct args args;
};

/* Options with a value, and where it belongs. */
static const struct {
    const char *name;
    size_t at;           /* of a const char * in struct args */
    const char *missing; /* what is said when it is not there */
} valued[] = {
    {"--edition", offsetof(struct args, edition), "no number after --edition"},
    {"--reason", offsetof(struct args, reason), "no text after --reason"},
    {"--name", offsetof(struct args, name), "no name after --name"},
    {"--region", offsetof(struct args, region), "no region after --region"},
    {"--dimension", offsetof(struct args, dimension), "no code after --dimension"},
    {"--head", offsetof(struct args, head), "no digest after --head"},
};
enum { VALUED = sizeof valued / sizeof valued[0] };

static const char **value_of(struct args *args, size_t option)
{
    return (const char **)((char *)args + valued[option].at);
}

/* Takes the command off the words, once enough of them are there. */
static void find_command(struct line *line)
{
    for (size_t i = 0; i < COMMANDS && line->command == NULL; i++) {
        const char *name = commands[i].name, *second = strchr(name, ' ');
        size_t first = second != NULL ? (size_t)(second - name) : strlen(name);
        if (strncmp(line->words[0], name, first) != 0 || line->words[0][first] != '\0' ||
            (second != NULL && (line->count < 2 || strcmp(line->words[1], second + 1) != 0)))
            continue;
        line->command = &commands[i];
        line->name = second != NULL ? 2 : 1;
    }
}

static int usage_error(const struct command *command, const char *what, const char *which)
{
    message_set_command(command != NULL ? command->name : NULL);
    message("%s%s", what, which);
    fprintf(stderr, "Try 'tolok%s%s --help'.\n", command != NULL ? " " : "",
            command != NULL ? command->name : "");
    return EXIT_USAGE;
}

static void print_help(void)
{
    printf("Usage: tolok COMMAND [ARGUMENT...]\n"
           "\n"
           "The operator's command of Tolok Kota: rounds, accounts, mails and the audit trail.\n"
           "\n"
           "Commands:\n");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-16s  %s\n", commands[i].name, commands[i].about);
    printf("\n"
           "  -h, --help     this text; after a COMMAND: more about it\n"
           "      --version  the version\n"
           "\n"
           "Environment:\n"
           "  VAR            folder of the running instance (standard: var beside build)\n"
           "  TOLOK_SMTP     mail server, TOLOK_MAIL_FROM and TOLOK_SITE with it\n"
           "  TOLOK_DB       libpq connection string instead of that instance's\n"
           "\n"
           "Exit status: 0 done, 1 refused, 2 wrong usage, 3 the database can not be reached.\n");
}

static void print_command_help(const struct command *command)
{
    printf("Usage: tolok %s%s%s\n\n%s\n  -h, --help     this text\n", command->name,
           command->usage[0] != '\0' ? " " : "", command->usage, command->help);
}

/* Whether the option at argv[*at] is `name` with a value: --name=VALUE, or the next argument, to
 * which *at then moves. *value is NULL when there is none. */
static bool take_value(const char *name, char **argv, int *at, const char **value)
{
    const char *option = argv[*at];
    size_t len = strlen(name);

    if (strncmp(option, name, len) != 0 || (option[len] != '\0' && option[len] != '='))
        return false;
    if (option[len] == '=') {
        *value = option + len + 1;
    } else {
        *value = argv[*at + 1];
        *at += *value != NULL;
    }
    return true;
}

static const char *take_valued(struct line *line, char **argv, int *at)
{
    for (size_t i = 0; i < VALUED; i++) {
        const char **value = value_of(&line->args, i);
        if (take_value(valued[i].name, argv, at, value))
            return *value == NULL ? valued[i].missing : NULL;
    }
    return "unknown option ";
}

/* Takes the option at argv[*at], which may take the next argument too. NULL, or what is wrong with
 * it. */
static const char *take_option(struct line *line, char **argv, int *at)
{
    const char *option = argv[*at];

    if (strcmp(option, "-h") == 0 || strcmp(option, "--help") == 0)
        line->help = true;
    else if (strcmp(option, "--version") == 0)
        line->version = true;
    else if (strcmp(option, "--new-regions") == 0)
        line->args.new_regions = true;
    else if (strcmp(option, "--progress") == 0)
        line->args.progress = true;
    else
        return take_valued(line, argv, at);
    return NULL;
}

/* Sorts the arguments into options and words. EXIT_DONE, or the error has been reported. */
static int read_line(struct line *line, int argc, char **argv)
{
    bool options = true;

    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1] != '\0') {
            const char *option = argv[i];
            const char *problem = take_option(line, argv, &i);
            if (problem != NULL)
                return usage_error(line->command, problem,
                                   strncmp(problem, "unknown", 7) == 0 ? option : "");
        } else if (line->count < sizeof line->words / sizeof line->words[0]) {
            line->words[line->count++] = argv[i];
            if (line->count <= 2)
                find_command(line);
        }
    }
    return EXIT_DONE;
}

/* An option of another command, or NULL. */
static const char *foreign_option(struct line *line)
{
    const char *own = line->command->options;

    if (line->args.new_regions && !str_is_word("--new-regions", own))
        return "--new-regions";
    if (line->args.progress && !str_is_word("--progress", own))
        return "--progress";
    for (size_t i = 0; i < VALUED; i++) {
        if (*value_of(&line->args, i) != NULL && !str_is_word(valued[i].name, own))
            return valued[i].name;
    }
    return NULL;
}

/* Whoever runs code as the instance's user may have put a link in the place of any file in its
 * folder: what root does there, he does as that user, who may not come to VAR by every way. Import
 * and export have files of the caller's own, and none there. */
static bool become_owner(void)
{
    struct config config;
    struct stat owner;

    if (geteuid() != 0 || !config_load(&config, "tolok_admin"))
        return true; /* what is wrong with the configuration, the command says */
    bool there = stat(config.var, &owner) == 0 && owner.st_uid != 0;
    bool done = !there || (setenv("VAR", config.var, 1) == 0 && setgroups(0, NULL) == 0 &&
                           setresgid(owner.st_gid, owner.st_gid, owner.st_gid) == 0 &&
                           setresuid(owner.st_uid, owner.st_uid, owner.st_uid) == 0);
    config_free(&config);
    return done;
}

static int run(struct line *line)
{
    long edition = 0;

    if (line->count > 0 && line->command == NULL)
        return usage_error(NULL, "unknown command ", line->words[0]);
    const struct command *command = line->command;
    if (line->version) {
        puts("tolok (Tolok Kota) " TOLOK_VERSION);
        return EXIT_DONE;
    }
    if (line->help && command != NULL)
        print_command_help(command);
    else if (line->help)
        print_help();
    if (line->help)
        return EXIT_DONE;
    if (command == NULL)
        return usage_error(NULL, "no command", "");
    if (foreign_option(line) != NULL)
        return usage_error(command, "unknown option ", foreign_option(line));
    size_t operands = line->count - line->name;
    if (operands < command->operands)
        return usage_error(command, "too few arguments, it takes ", command->usage);
    if (operands > command->operands)
        return usage_error(command,
                           "one argument too many: ", line->words[line->name + command->operands]);
    if (line->args.edition != NULL && !str_int(line->args.edition, 1, 1000000, &edition))
        return usage_error(command, "not a number of a publication: ", line->args.edition);
    memcpy(line->args.operands, line->words + line->name, sizeof line->args.operands);
    message_set_command(command->name);
    if (command->run != cmd_import && command->run != cmd_export && !become_owner()) {
        message("the user of the instance can not be taken on");
        return EXIT_REFUSED;
    }
    return command->run(&line->args);
}

int main(int argc, char **argv)
{
    struct line line = {0};

    int status = read_line(&line, argc, argv);
    if (status == EXIT_DONE)
        status = run(&line);
    /* A result that could not be written, on a full disk say, was not given. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        message("can not write to standard output");
        return status == EXIT_DONE ? EXIT_REFUSED : status;
    }
    return status;
}
