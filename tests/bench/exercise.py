#!/usr/bin/env python3
"""exercise.py N [SEED]: the exercises of exercise.c in SimPy, as its manual writes such things: a process an inject, an answer
and a deadline of which the first counts."""
import random
import sys
import time

import simpy

ROLES, INJECTS = 12, 40
WINDOWS = (600.0, 300.0, 300.0)
MU, SIGMA = 5.703782474656201, 0.8  # of the median 300 s


class Tally:
    def __init__(self):
        self.answers = self.silences = self.gaps = 0
        self.latency = 0.0


def inject(env, i, absent, tally):
    role, begun = (5 * i + 1) % ROLES, env.now
    for window, who in zip(WINDOWS, (role, (role + 1) % ROLES, 0)):
        deadline = env.timeout(window)
        if absent[who]:
            yield deadline
        else:
            answer = env.timeout(random.lognormvariate(MU, SIGMA))
            first = yield answer | deadline
            if answer in first:
                tally.answers += 1
                tally.latency += env.now - begun
                return
        tally.silences += 1
    tally.gaps += 1


def director(env, absent, tally):
    for i in range(INJECTS):
        env.process(inject(env, i, absent, tally))
        yield env.timeout(360.0)


def main():
    runs = int(sys.argv[1])
    random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    tally = Tally()
    start = time.process_time()
    for _ in range(runs):
        env = simpy.Environment()
        env.process(director(env, [random.random() < 0.1 for _ in range(ROLES)], tally))
        env.run()
    took = time.process_time() - start
    print(f"simpy us {took * 1e6 / runs:.3f} answers {tally.answers / runs:.2f} silences {tally.silences / runs:.2f} "
          f"gaps {tally.gaps / runs:.3f} latency {tally.latency / max(1, tally.answers):.1f} events {INJECTS + (tally.answers + tally.silences) / runs:.1f}")


main()
