/* gate: a circuit breaker before something that may be away, such as the database. A process that
 * finds it away shuts the gate (the breaker is "open") for a while; then others do not try, and do
 * not wait. When the while is over one of them, the prober, tries ("half-open"), and the others
 * stay outside until it has come back. Gates lie in memory that processes share; moments are those
 * of clock_us. */
#ifndef TOLOK_GATE_H
#define TOLOK_GATE_H

#include <stdatomic.h>

struct gate {
    _Atomic long shut_until; /* 0: open */
    _Atomic long shuts;      /* how often it was shut that had been open */
};

enum gate_pass {
    GATE_OPEN,   /* go on */
    GATE_PROBER, /* go on, and tell the gate how it went */
    GATE_SHUT    /* stay outside */
};

/* Asks to pass. A prober has `claim` microseconds for its try; after that another one is sent, as
 * it may have died. */
enum gate_pass gate_enter(struct gate *gate, long claim);

/* True when nobody would be kept outside or sent as a prober. */
static inline _Bool gate_is_open(const struct gate *gate)
{
    return atomic_load_explicit(&gate->shut_until, memory_order_relaxed) == 0;
}

/* What was found: it is there, or it is away, and worth a look again after `us` microseconds. */
void gate_open(struct gate *gate);
void gate_shut(struct gate *gate, long us);

#endif
