/* wire.h - what goes through a worker's pipe: numbers and texts in frames. The side that reads trusts nothing. */
#ifndef MU_SCENARIO_WIRE_H
#define MU_SCENARIO_WIRE_H

#include <sys/types.h>

#include "base/text.h"

void mu_wire_number(mu_buf *out, int64_t n);
/* NULL is kept as NULL. */
void mu_wire_text(mu_buf *out, const char *text);

typedef struct mu_wire {
    const char *at, *end;
    bool broken; /* what was read is not what was written: every later read gives 0 or NULL */
} mu_wire;

int64_t mu_wire_take(mu_wire *in, int64_t least, int64_t most);
/* A text inside the frame: it ends with a NUL there, and lives as long as the frame. */
const char *mu_wire_take_text(mu_wire *in);

/* A frame is the length of its bytes, then the bytes. False where the other side is gone or `wall_ms` have passed
 * (0: wait for ever), or where a frame is larger than a worker may send. */
bool mu_wire_send(int fd, const mu_buf *frame);
bool mu_wire_receive(int fd, mu_buf *frame, int64_t wall_ms);

/* How long a worker is waited for. While this process is stopped, which mostly stops its workers as well, or is not let run,
 * nobody is waited for. */
typedef struct mu_patience {
    int64_t left, seen; /* milliseconds; when the clock was last looked at */
} mu_patience;

mu_patience mu_wire_patience(int64_t ms);
/* True once bytes, or the end, can be read; false where there is no patience left. */
bool mu_wire_ready(int fd, mu_patience *most);

/* Milliseconds that only ever grow, for the watchdog; nothing of an exercise is measured by them. */
int64_t mu_wire_now(void);
/* Milliseconds of processor time that a process has had. */
int64_t mu_wire_used(pid_t pid);

#endif
