#include "desk/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

static scmp_filter_ctx filter;
static int places = -1; /* of Landlock; -1: this kernel has none */

/* Where programs and libraries lie, and how the linker finds them. */
static const char *const readable[] = {"/usr/bin", "/usr/lib",         "/usr/lib64", "/bin", "/lib",
                                       "/lib64",   "/etc/ld.so.cache", "/dev/null",  NULL};

/* Calls by which a program begins, has memory and threads, and reads and writes. Names that an
 * architecture does not have are passed over. */
static const char *const calls[] = {"access",
                                    "arch_prctl",
                                    "brk",
                                    "clock_getres",
                                    "clock_gettime",
                                    "clock_gettime64",
                                    "clock_nanosleep",
                                    "clock_nanosleep_time64",
                                    "close",
                                    "close_range",
                                    "dup",
                                    "dup2",
                                    "dup3",
                                    "execve",
                                    "exit",
                                    "exit_group",
                                    "faccessat",
                                    "faccessat2",
                                    "fcntl",
                                    "fcntl64",
                                    "fstat",
                                    "fstat64",
                                    "fstatat64",
                                    "fstatfs",
                                    "fstatfs64",
                                    "futex",
                                    "futex_time64",
                                    "get_mempolicy",
                                    "getcwd",
                                    "getdents",
                                    "getdents64",
                                    "getegid",
                                    "getegid32",
                                    "geteuid",
                                    "geteuid32",
                                    "getgid",
                                    "getgid32",
                                    "getpid",
                                    "getppid",
                                    "getrandom",
                                    "getrlimit",
                                    "getrusage",
                                    "gettid",
                                    "gettimeofday",
                                    "getuid",
                                    "getuid32",
                                    "_llseek",
                                    "lseek",
                                    "lstat",
                                    "lstat64",
                                    "madvise",
                                    "membarrier",
                                    "mmap",
                                    "mmap2",
                                    "mprotect",
                                    "mremap",
                                    "munmap",
                                    "nanosleep",
                                    "newfstatat",
                                    "poll",
                                    "ppoll",
                                    "pread64",
                                    "pwrite64",
                                    "read",
                                    "readlink",
                                    "readlinkat",
                                    "readv",
                                    "restart_syscall",
                                    "rseq",
                                    "rt_sigaction",
                                    "rt_sigprocmask",
                                    "rt_sigreturn",
                                    "sched_getaffinity",
                                    "sched_yield",
                                    "set_mempolicy",
                                    "set_robust_list",
                                    "set_tid_address",
                                    "sigaltstack",
                                    "sigreturn",
                                    "stat",
                                    "stat64",
                                    "statfs",
                                    "statfs64",
                                    "statx",
                                    "sysinfo",
                                    "time",
                                    "ugetrlimit",
                                    "uname",
                                    "write",
                                    "writev",
                                    NULL};

/* Calls that open a file, and which of their arguments says what for. */
static const struct {
    const char *name;
    unsigned argument;
} opening[] = {{"open", 1}, {"openat", 2}};

/* Lets files be opened for reading alone, also where there is no Landlock. */
static bool let_open(void)
{
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        int call = seccomp_syscall_resolve_name(opening[i].name);
        struct scmp_arg_cmp reads = SCMP_CMP(opening[i].argument, SCMP_CMP_MASKED_EQ,
                                             O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
        if (call >= 0 && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, reads) < 0)
            return false;
    }
    return true;
}

/* Everything else does not exist: libraries have another way, or do without. */
static bool make_filter(void)
{
    filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (filter == NULL)
        return false;
    for (const char *const *name = calls; *name != NULL; name++) {
        int call = seccomp_syscall_resolve_name(*name);
        if (call >= 0 && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) < 0)
            return false;
    }
    /* Threads, and no other processes; limits and names of its own. */
    return let_open() &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                            SCMP_A0(SCMP_CMP_EQ, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                            SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) == 0;
}

/* Lets what lies there be read, and programs be run. What is not there is no fault. */
static bool let_read(const char *path)
{
    enum { READ = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE };
    struct stat state;
    struct landlock_path_beneath_attr place = {.allowed_access = READ,
                                               .parent_fd = open(path, O_PATH | O_CLOEXEC)};

    if (place.parent_fd < 0)
        return errno == ENOENT;
    if (fstat(place.parent_fd, &state) == 0 && S_ISDIR(state.st_mode))
        place.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    long error = syscall(SYS_landlock_add_rule, places, LANDLOCK_RULE_PATH_BENEATH, &place, 0);
    close(place.parent_fd);
    return error == 0;
}

static bool make_places(void)
{
    /* All that its first version knows, which is that of Debian 12. */
    static const struct landlock_ruleset_attr handled = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    bool made = true;

    places = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (places < 0) {
        log_event(LOG_WARN, "helper_reads_files", "landlock", strerror(errno));
        return true;
    }
    for (const char *const *path = readable; *path != NULL && made; path++)
        made = let_read(*path);
    return made;
}

bool confine_ready(void)
{
    static bool asked, ready;

    if (!asked) {
        asked = true;
        ready = make_filter() && make_places();
        if (!ready)
            log_event(LOG_ERROR, "helper_failed", "error", "it can not be confined");
    }
    return ready;
}

bool confine_enter(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           (places < 0 || syscall(SYS_landlock_restrict_self, places, 0) == 0) &&
           seccomp_load(filter) == 0;
}
