#include "db/gate.h"

#include "base/clock.h"

enum gate_pass gate_enter(struct gate *gate, long claim)
{
    long until = atomic_load_explicit(&gate->shut_until, memory_order_relaxed);

    if (until == 0)
        return GATE_OPEN;
    long now = clock_us();
    if (now < until)
        return GATE_SHUT;
    /* Of all who see that the time is over, the exchange lets one through. */
    return atomic_compare_exchange_strong(&gate->shut_until, &until, now + claim) ? GATE_PROBER
                                                                                  : GATE_SHUT;
}

void gate_open(struct gate *gate)
{
    /* A write would take the line of memory from the other processors at every request. */
    if (!gate_is_open(gate))
        atomic_store(&gate->shut_until, 0);
}

void gate_shut(struct gate *gate, long us)
{
    if (atomic_exchange(&gate->shut_until, clock_us() + us) == 0)
        atomic_fetch_add(&gate->shuts, 1);
}
