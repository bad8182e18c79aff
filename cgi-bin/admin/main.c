/* tolok: the operator's command. */
#include <getopt.h>
#include <grp.h>
#include <stdbool.h>
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
    {"import", 1, "DIR|ZIP [--new-regions]", "new-regions progress",
     "check a round package and take it in as a draft",
     "DIR or ZIP is a round package (format tolok-round/1 or /2): round.json, criteria.csv,\n"
     "regions.csv, marks.csv and perhaps official.csv; an export's results.csv may be\n"
     "there but is not read, its SHA256SUMS is checked. A round that is known gets a\n"
     "new draft; its publications stay as they are.\n"
     "\n"
     "Every fault is a line on stderr, FILE:LINE: COLUMN: MESSAGE, where LINE is the one\n"
     "at which the record starts; then nothing is imported. A note is no fault, and may be\n"
     "an oversight.\n"
     "\n"
     "  --new-regions  create the regions that the database does not know\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_import},
    {"gather", 1, "ROUND", "progress", "make a round's package from the published facts",
     "Makes the package of a gathered round, a year from 2019 to 2024, from the table of\n"
     "published facts, checks it as `import` does and takes it in as the round's draft.\n"
     "\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_gather},
    {"preview", 1, "ROUND", "progress", "show what publishing a round's draft would change",
     "Computes the draft of ROUND and lists who takes part, group by group, with value, rank,\n"
     "interval, how much of the weight has a figure and how much applies, beside value and\n"
     "rank as they are published now, and who enters, leaves or has changed. Nothing is\n"
     "written.\n"
     "\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_preview},
    {"publish", 1, "ROUND [--reason TEXT]", "reason progress",
     "compute a round's draft and publish it",
     "Computes values, ranks and intervals from the draft of ROUND and publishes them\n"
     "for good: the new publication supersedes the one before it, and the page of\n"
     "corrections shows what changed. A correction needs a reason, and differs in at least\n"
     "one byte. At the desk two office accounts do this.\n"
     "\n"
     "  --reason TEXT  why it is corrected, in Indonesian; readers see it there\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_publish},
    {"export", 2, "ROUND DIR [--edition N]", "edition progress",
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
    {"publication verify", 0, "[DIR...]", "progress",
     "check that what is published is what was published",
     "Computes the results of every publication anew, in their order, and compares them, the\n"
     "digest of the package and the record with what is there. The first that differs is\n"
     "named on stderr, as is a publication that is missing; then the exit status is 1. Each\n"
     "record has the digest of the one before: the last, which is printed, stands for all.\n"
     "\n"
     "DIR is an exported package, or a folder of such: then their files and records are\n"
     "compared with their digests and each other, and no database is asked.\n"
     "\n"
     "  --progress     report progress also when stderr is not a terminal\n",
     cmd_publication_verify},
    {"job serve", 0, "", "", "do the jobs of the desk, for the supervisor",
     "Does what the programme office asks for at the desk and takes longer than a request:\n"
     "imports, previews, publications, exports; one after another, until it is ended. Work\n"
     "that it was at then is undone, and done again when it runs again.\n",
     cmd_job_serve},
    {"job list", 0, "", "", "list the jobs of the desk",
     "Lists the newest hundred jobs: number, kind, round, state, when and by whom they were\n"
     "asked for, and what they are at, or why they came to nothing.\n",
     cmd_job_list},
    {"job log", 1, "JOB", "", "tell what became of a job",
     "Lists what happened to the job of that number, step by step.\n", cmd_job_log},
    {"simulated remove", 0, "", "", "remove the simulated rounds",
     "Removes every simulated round: its publications, inputs and pages. A site that the\n"
     "public visits must not have any, and does not start as long as it has. Other rounds\n"
     "stay as they are, and so do their digests; the digests of what is removed are kept in\n"
     "the audit trail.\n",
     cmd_simulated_remove},
    {"account create", 2, "EMAIL ROLE [--name NAME] [--region REGION] [--dimension CODE]",
     "name region dimension", "invite somebody to the desk",
     "Makes an account that has no password yet, and prints the link by which its holder\n"
     "chooses one within seven days. The link is shown this once; the same command makes\n"
     "a new one as long as it was not used.\n"
     "\n"
     "ROLE is office (the programme office), assessor, operator (a city) or owner\n"
     "(dimensions of a city). The first office account is made here, further ones at the desk.\n"
     "\n"
     "  --name NAME       what others read; without it the beginning of EMAIL\n"
     "  --region REGION   of an operator or owner: kota-kediri, or its code\n"
     "  --dimension CODE  of an owner: governance, branding, economy, living, society,\n"
     "                    environment; several separated by commas, or all\n",
     cmd_account_create},
    {"account list", 0, "", "", "list the accounts",
     "Lists every account: address, role, region, dimension, state, whether it has\n"
     "one-time codes, when it last signed in, name.\n",
     cmd_account_list},
    {"account disable", 1, "EMAIL [--reason TEXT]", "reason",
     "end an account and its sessions at once",
     "The account can not sign in any more and its sessions are over. What it did stays.\n"
     "\n"
     "  --reason TEXT  why, for the audit trail\n",
     cmd_account_disable},
    {"account forget", 1, "EMAIL [--reason TEXT]", "reason", "forget a lost authenticator",
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
    {"demo round", 1, "STEP", "", "make a rehearsal of a round, filled up to a step",
     "Makes the rehearsal `gladi` anew: a simulated round of the fifty, with people, answers,\n"
     "marks and decisions that follow from codes and are the same each time. STEP is draft,\n"
     "self, review, repair, verify, reply, final (the plenary begins) or decided (nothing is\n"
     "open). One that was published stays, and `gladi-2` is made. Nobody who has not signed\n"
     "in sees any of it.\n",
     cmd_demo_round},
    {"audit verify", 0, "[--head DIGEST]", "head", "check that nobody changed the audit trail",
     "Walks the trail from its first row and prints how many rows there are and the\n"
     "digest of the last one. The first row that was changed, moved or is missing is\n"
     "named on stderr; then the exit status is 1.\n"
     "\n"
     "  --head DIGEST  a digest that was printed before: its row must still be there\n",
     cmd_audit_verify},
    {"seal", 0, "[--lost]", "lost", "check what lies sealed in the database",
     "Secrets of one-time codes and links that wait lie sealed in the database; the key is\n"
     "VAR/seal.key. Makes that key where nothing lies sealed yet, and seals anew what an earlier\n"
     "version has sealed; each start of the instance does so. When the key is missing, or opens\n"
     "not all of it, the exit status is 1: bring it back from its backup.\n"
     "\n"
     "  --lost  there is no backup: every account connects another authenticator, links that\n"
     "          wait are given up, and another key is made\n",
     cmd_seal},
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
    {"tidy", 0, "", "", "remove what nobody needs any more",
     "Removes, in small steps, tries to sign in of yesterday, answers and links that are over,\n"
     "and bytes of uploads that were never finished. The supervisor of an instance does so\n"
     "each minute.\n",
     cmd_tidy},
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

/* Those of all commands; what getopt returns for an option of a command is OPTION and its name. */
enum { OPTION = 256 };
static const struct option options[] = {
    [OPTION_NEW_REGIONS] = {"new-regions", no_argument, NULL, OPTION + OPTION_NEW_REGIONS},
    [OPTION_PROGRESS] = {"progress", no_argument, NULL, OPTION + OPTION_PROGRESS},
    [OPTION_EDITION] = {"edition", required_argument, NULL, OPTION + OPTION_EDITION},
    [OPTION_REASON] = {"reason", required_argument, NULL, OPTION + OPTION_REASON},
    [OPTION_NAME] = {"name", required_argument, NULL, OPTION + OPTION_NAME},
    [OPTION_REGION] = {"region", required_argument, NULL, OPTION + OPTION_REGION},
    [OPTION_DIMENSION] = {"dimension", required_argument, NULL, OPTION + OPTION_DIMENSION},
    [OPTION_HEAD] = {"head", required_argument, NULL, OPTION + OPTION_HEAD},
    [OPTION_LOST] = {"lost", no_argument, NULL, OPTION + OPTION_LOST},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

/* What the arguments say. */
struct line {
    char **words; /* the command and its operands */
    size_t count;
    size_t name; /* how many of the words are the command's name */
    const struct command *command;
    bool help, version;
    const char *problem, *at; /* the first thing that is wrong, and where; NULL: nothing */
    struct args args;
};

/* Finds the command in the words. */
static void find_command(struct line *line)
{
    for (size_t i = 0; line->count > 0 && i < COMMANDS; i++) {
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
        printf("  %-18s  %s\n", commands[i].name, commands[i].about);
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

/* The argument that getopt has refused. */
static const char *refused(char **argv)
{
    static char letter[] = "-?";

    if (optopt <= 0 || optopt >= OPTION || strchr("hV", optopt) != NULL)
        return argv[optind - 1];
    letter[1] = (char)optopt;
    return letter;
}

static void refuse(struct line *line, const char *problem, const char *at)
{
    if (line->problem == NULL) {
        line->problem = problem;
        line->at = at;
    }
}

/* Sorts the arguments into options and words, which getopt puts behind them. */
static void read_line(struct line *line, int argc, char **argv)
{
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (c == 'h')
            line->help = true;
        else if (c == 'V')
            line->version = true;
        else if (c == ':')
            refuse(line, "no value after --", options[optopt - OPTION].name);
        else if (c == '?')
            refuse(line, "unknown option ", refused(argv));
        else
            line->args.options[c - OPTION] = optarg != NULL ? optarg : "";
    }
    line->words = argv + optind;
    line->count = (size_t)(argc - optind);
    find_command(line);
}

/* Options of another command, the number of operands, and a number that is none. */
static void check_line(struct line *line)
{
    const struct command *command = line->command;
    size_t operands = line->count - line->name;
    const char *edition = line->args.options[OPTION_EDITION];
    long number = 0;

    for (size_t i = 0; i < OPTION_MAX; i++) {
        if (line->args.options[i] != NULL && !str_is_word(options[i].name, command->options))
            refuse(line, "unknown option --", options[i].name);
    }
    if (operands < command->operands)
        refuse(line, "too few arguments, it takes ", command->usage);
    if (operands > command->operands && strstr(command->usage, "...") == NULL)
        refuse(line, "one argument too many: ", line->words[line->name + command->operands]);
    if (edition != NULL && !str_int(edition, 1, 1000000, &number))
        refuse(line, "not a number of a publication: ", edition);
}

/* Whoever runs code as the instance's user may have put a link in the place of any file in its
 * folder: what root does there is done as that user (privileges are dropped), who may not come to
 * VAR by every way. Import and export have files of the caller's own, and none there. */
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
    const struct command *command = line->command;

    if (line->problem == NULL && line->count > 0 && command == NULL)
        refuse(line, "unknown command ", line->words[0]);
    if (line->problem == NULL && !line->help && !line->version) {
        if (command == NULL)
            refuse(line, "no command", "");
        else
            check_line(line);
    }
    if (line->problem != NULL)
        return usage_error(command, line->problem, line->at);
    if (line->version)
        puts("tolok (Tolok Kota) " TOLOK_VERSION);
    else if (line->help && command != NULL)
        print_command_help(command);
    else if (line->help)
        print_help();
    if (line->version || line->help)
        return EXIT_DONE;
    for (size_t i = 0; i < command->operands; i++)
        line->args.operands[i] = line->words[line->name + i];
    line->args.rest = line->words + line->name + command->operands;
    line->args.rest_count = line->count - line->name - command->operands;
    message_set_command(command->name);
    bool own_files =
        command->run == cmd_import || command->run == cmd_export || line->args.rest_count > 0;
    if (!own_files && !become_owner()) {
        message("the user of the instance can not be taken on");
        return EXIT_REFUSED;
    }
    return command->run(&line->args);
}

int main(int argc, char **argv)
{
    struct line line = {0};

    read_line(&line, argc, argv);
    int status = run(&line);
    /* A result that could not be written, on a full disk say, was not given. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        message("can not write to standard output");
        return status == EXIT_DONE ? EXIT_REFUSED : status;
    }
    return status;
}
