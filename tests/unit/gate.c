#include "db/gate.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

enum { LONG_US = 60000000 };

START_TEST(lets_all_pass_while_it_is_open)
{
    struct gate gate = {0};

    ck_assert(gate_is_open(&gate));
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_OPEN);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_OPEN);
    gate_open(&gate);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_OPEN);
}
END_TEST

START_TEST(keeps_all_outside_while_it_is_shut)
{
    struct gate gate = {0};

    gate_shut(&gate, LONG_US);
    ck_assert(!gate_is_open(&gate));
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_SHUT);
    gate_open(&gate);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_OPEN);
}
END_TEST

START_TEST(sends_one_prober_when_the_time_is_over)
{
    struct gate gate = {0};

    gate_shut(&gate, 1000);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_SHUT);
    usleep(2000);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_PROBER);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_SHUT);
    gate_shut(&gate, 0);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_PROBER);
    gate_open(&gate);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_OPEN);
}
END_TEST

START_TEST(sends_another_prober_when_one_does_not_come_back)
{
    struct gate gate = {0};

    gate_shut(&gate, 0);
    ck_assert_int_eq(gate_enter(&gate, 1000), GATE_PROBER);
    usleep(2000);
    ck_assert_int_eq(gate_enter(&gate, LONG_US), GATE_PROBER);
}
END_TEST

/* All processes at the gate ask at once, time and again. */
START_TEST(sends_one_prober_of_many_processes)
{
    enum { PROCESSES = 4, ROUNDS = 2000 };
    struct shared {
        struct gate gates[ROUNDS];
        _Atomic int probers[ROUNDS];
    } *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    ck_assert_ptr_ne(shared, MAP_FAILED);
    for (int i = 0; i < ROUNDS; i++)
        gate_shut(&shared->gates[i], 0);
    for (int p = 0; p < PROCESSES; p++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < ROUNDS; i++)
            shared->probers[i] += gate_enter(&shared->gates[i], LONG_US) == GATE_PROBER;
        _exit(0);
    }
    for (int p = 0; p < PROCESSES; p++)
        wait(NULL);
    for (int i = 0; i < ROUNDS; i++)
        ck_assert_int_eq(shared->probers[i], 1);
    munmap(shared, sizeof *shared);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gate");

    unit_add(suite, "open", lets_all_pass_while_it_is_open);
    unit_add(suite, "shut", keeps_all_outside_while_it_is_shut);
    unit_add(suite, "prober", sends_one_prober_when_the_time_is_over);
    unit_add(suite, "lost", sends_another_prober_when_one_does_not_come_back);
    unit_add(suite, "processes", sends_one_prober_of_many_processes);
    return unit_run_apart(suite);
}
