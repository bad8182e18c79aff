#include "safe/secure.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* A cheap setting, so that the tests are not slow. */
#define SETTING "$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg"

static char folder[] = "/tmp/unit-secure-XXXXXX";
static struct config config = {.var = folder, .run = folder};

static int open_lock(int number)
{
    char path[sizeof folder + 20];

    snprintf(path, sizeof path, "%s/hash%d.lock", folder, number);
    return open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

START_TEST(a_key)
{
    char one[SECRET_KEY_SIZE], two[SECRET_KEY_SIZE];

    ck_assert(secure_key(&config, one, "empat kuda", SETTING));
    ck_assert(secret_key(two, "empat kuda", 10, SETTING));
    ck_assert_str_eq(one, two);
    ck_assert(!secure_key(&config, one, "empat kuda", "$2b$12$none"));
    ck_assert_str_eq(one, "");
}
END_TEST

/* Whether a key is had while so many of the places are taken. */
static bool key_beside(int taken)
{
    char key[SECRET_KEY_SIZE];
    int fds[2] = {-1, -1};

    for (int i = 0; i < taken; i++) {
        fds[i] = open_lock(i + 1);
        ck_assert_int_eq(flock(fds[i], LOCK_EX), 0);
    }
    bool had = secure_key(&config, key, "empat kuda", SETTING);
    for (int i = 0; i < taken; i++)
        close(fds[i]);
    return had;
}

START_TEST(two_at_a_time)
{
    ck_assert(key_beside(0));
    ck_assert(key_beside(1));
    ck_assert(!key_beside(2));
    ck_assert(key_beside(0));
}
END_TEST

START_TEST(a_seal)
{
    unsigned char first[SECRET_LOCK_BYTES], second[SECRET_LOCK_BYTES];
    char path[sizeof folder + 20];
    struct stat file;

    snprintf(path, sizeof path, "%s/seal.key", folder);
    ck_assert(!secure_has_seal(&config));
    ck_assert(!secure_seal(&config, first));
    ck_assert(!secure_has_seal(&config));
    secure_make_seal(&config);
    ck_assert(secure_has_seal(&config));
    ck_assert(secure_seal(&config, first));
    secure_make_seal(&config);
    ck_assert(secure_seal(&config, second));
    ck_assert_mem_eq(first, second, sizeof first);
    ck_assert_int_eq(stat(path, &file), 0);
    ck_assert_int_eq(file.st_mode & 0777, 0600);
    ck_assert_int_eq(truncate(path, 10), 0);
    secure_make_seal(&config);
    ck_assert(!secure_seal(&config, second));
    unlink(path);
    secure_make_seal(&config);
    ck_assert(secure_seal(&config, second));
    ck_assert_mem_ne(first, second, sizeof first);
}
END_TEST

/* Without the key nothing is sealed, nothing opened, and no key appears. */
START_TEST(no_seal)
{
    char path[sizeof folder + 20], sealed[SECRET_SEALED_SIZE], out[SECRET_TEXT_MAX + 1];

    snprintf(path, sizeof path, "%s/seal.key", folder);
    unlink(path);
    secure_make_seal(&config);
    ck_assert(secure_close(&config, sealed, "secret", SECRET_CODES, "a@b.id"));
    ck_assert(secure_open(&config, out, sealed, SECRET_CODES, "a@b.id"));
    ck_assert_str_eq(out, "secret");
    unlink(path);
    ck_assert(!secure_open(&config, out, sealed, SECRET_CODES, "a@b.id"));
    ck_assert_str_eq(out, "");
    ck_assert(!secure_close(&config, sealed, "secret", SECRET_CODES, "a@b.id"));
    ck_assert(!secure_has_seal(&config));
}
END_TEST

/* Of many processes that find no file all get the same key. */
START_TEST(one_seal_for_all)
{
    enum { MANY = 12 };
    unsigned char mine[SECRET_LOCK_BYTES], theirs[SECRET_LOCK_BYTES];
    char path[sizeof folder + 20];
    int ends[2];

    snprintf(path, sizeof path, "%s/seal.key", folder);
    unlink(path);
    ck_assert_int_eq(pipe(ends), 0);
    for (int i = 0; i < MANY; i++) {
        if (fork() == 0) {
            secure_make_seal(&config);
            _exit(secure_seal(&config, mine) && write(ends[1], mine, sizeof mine) == sizeof mine
                      ? 0
                      : 1);
        }
    }
    for (int i = 0; i < MANY; i++) {
        int status = 1;
        wait(&status);
        ck_assert_int_eq(status, 0);
        ck_assert_int_eq(read(ends[0], theirs, sizeof theirs), sizeof theirs);
        ck_assert(secure_seal(&config, mine));
        ck_assert_mem_eq(mine, theirs, sizeof mine);
    }
}
END_TEST

START_TEST(nowhere)
{
    struct config other = {.var = "/nowhere", .run = "/nowhere"};
    unsigned char lock[SECRET_LOCK_BYTES];

    secure_make_seal(&other);
    ck_assert(!secure_seal(&other, lock));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("secure");
    TCase *slow = tcase_create("two at a time");

    if (mkdtemp(folder) == NULL || freopen("/dev/null", "w", stderr) == NULL)
        return 1;
    unit_add(suite, "a key", a_key);
    tcase_add_test(slow, two_at_a_time);
    tcase_set_timeout(slow, 30);
    suite_add_tcase(suite, slow);
    unit_add(suite, "a seal", a_seal);
    unit_add(suite, "one seal for all", one_seal_for_all);
    unit_add(suite, "no seal", no_seal);
    unit_add(suite, "nowhere", nowhere);
    int status = unit_run_apart(suite);
    for (int i = 1; i <= 2; i++) {
        char path[sizeof folder + 20];
        snprintf(path, sizeof path, "%s/hash%d.lock", folder, i);
        unlink(path);
    }
    char path[sizeof folder + 20];
    snprintf(path, sizeof path, "%s/seal.key", folder);
    unlink(path);
    rmdir(folder);
    return status;
}
