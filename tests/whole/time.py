#!/usr/bin/env python3
"""time.py MUSTER STARTER [ROUNDS]: over any sequence of pauses, speeds, jumps, waits and lost programs, a response time never
counts a pause or a jump, nobody is asked twice, the law's clocks do not move, and no card is dropped or bunched."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import patience

patience.within(840)
muster, starter, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 30
PLAN = (starter / "plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
CARDS = {f"card {i}": 7 * i for i in range(1, 30)}
SCENARIO = ('exercise { title = "T", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "5h", severity = "sev1" }\n'
            'inject "first" { at = "0m", from = "a log", to = "security_lead", via = "pager", says = "x", facts = { "account_taken_over" }, expect = { "triage", within = "30m" } }\n'
            + "".join(f'inject "{name}" {{ at = "{at}m", from = "x", to = "{"commander" if at % 3 else "director"}", via = "phone", says = "y" }}\n' for name, at in CARDS.items())
            + 'question "q" { to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "20m" }\n'
              'story "s" (function () for i = 1, 5 do wait "25m" ask "q" end end)\n')


def lines_of(draw):
    moves = [lambda: "w", lambda: f"w {draw.randint(1, 30)}m", lambda: "a", lambda: "a", lambda: ":pause", lambda: ":resume", lambda: f":speed {draw.choice([0.5, 2, 60])}",
             lambda: f":jump {draw.randint(1, 50)}m", lambda: "1\nbecause\n2", lambda: "start declare", lambda: "done declare sev2 so", lambda: "d yes so",
             lambda: f":play card {draw.randint(1, 29)}", lambda: f":hold card {draw.randint(1, 29)}", lambda: "s sev2 it is"]
    return [""] + [draw.choice(moves)() for _ in range(draw.randint(10, 40))]


def run(top, name, lines, *more):
    text = "".join(line + "\n" for line in lines)
    subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "-o", f"{top}/{name}", "--clock", "steps", "--fail-on", "never", *more],
                   input=text, capture_output=True, text=True, check=False)
    return pathlib.Path(top, name, "journal.jsonl").read_bytes()


def jumped(events, after, until):
    """How much of the time between two events was jumped over."""
    return sum(e["to"] - e["t"] for e in events if e["kind"] == "jump" and after < e["n"] < until)


def check(events):
    wrong, by_message, by_number = [], {}, {e["n"]: e for e in events}
    last = 0
    for e in events:
        wrong += [f"{e['n']} goes back in time"] if e["t"] < last else []
        last = e["t"]
        if e["kind"] == "notify.delivered":
            by_message[e["message"]] = e
        if e["kind"] == "notify.ack":
            sent = by_message[e["message"]]
            if e["took"] != e["t"] - sent["t"] - jumped(events, sent["n"], e["n"]):
                wrong.append(f"{e['n']}: an answer took {e['took']}")
        if e["kind"] == "prompt.answered":
            asked = max((p for p in events if p["kind"] == "prompt.open" and p["prompt"] == e["prompt"] and p["n"] < e["n"]), key=lambda p: p["n"])
            if e["took"] != e["t"] - asked["t"] - jumped(events, asked["n"], e["n"]):
                wrong.append(f"{e['n']}: an answer to a question took {e['took']}")
        if e["kind"] in ("clock.met", "clock.missed"):
            started = by_number[e["started"]]
            people = started["clock"] != "obligation" and started["clock"] != "decide"
            lost = jumped(events, started["n"], e["n"]) if people else 0
            if e["kind"] == "clock.met" and e["margin"] != started["due"] + lost - e["t"] and not (e["margin"] == 0 and started["due"] < 0):
                late = [m for m in events if m["kind"] == "clock.missed" and m["started"] == e["started"]]
                lost = jumped(events, started["n"], late[0]["n"]) if people and late else lost
                if e["margin"] != started["due"] + lost - e["t"]:
                    wrong.append(f"{e['n']}: {started['clock']} has a margin of {e['margin']}")
            if e["kind"] == "clock.missed" and e["t"] != started["due"] + lost:
                wrong.append(f"{e['n']}: {started['clock']} was missed at {e['t']}, not at {started['due'] + lost}")
    opened = [(e["prompt"], e["person"]) for e in events if e["kind"] == "prompt.open"]
    wrong += ["somebody was asked the same twice"] if len(opened) != len(set(opened)) else []
    for name, at in CARDS.items():
        played = [e for e in events if e["kind"] == "inject.delivered" and e["card"] == f"card:{name}"]
        held = [e for e in events if e["kind"] == "inject.held" and e["card"] == f"card:{name}"]
        wrong += [f"{name} was played twice"] if len(played) > 1 else []
        if played and played[0]["by"] == "the list" and played[0]["t"] != at * 60000:
            wrong.append(f"{name} came at {played[0]['t']}, not at its time")
        if not played and not held and at * 60000 < events[-1]["t"]:
            wrong.append(f"{name} was dropped")
        if played and held and played[0]["t"] > at * 60000 and not [e for e in events if e["kind"] == "inject.deferred" and e["card"] == f"card:{name}"]:
            wrong.append(f"{name} was late, and that is not recorded")
    return wrong


failed = jumps = answers = 0
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "plan.yaml").write_text(PLAN)
    pathlib.Path(folder, "scenario.lua").write_text(SCENARIO)
    for number in range(rounds):
        rng = random.Random(number)
        script = lines_of(rng)
        whole = run(folder, f"whole-{number}", script + [":end"], "--play", "commander")
        journal = [json.loads(line) for line in whole.splitlines()]
        jumps += len([e for e in journal if e["kind"] == "jump"])
        answers += len([e for e in journal if e["kind"] in ("notify.ack", "prompt.answered")])
        for problem in check(journal):
            failed += 1
            print("FAILED", number, problem)
        cut = rng.randint(1, len(script) - 1)
        run(folder, f"cut-{number}", script[:cut], "--play", "commander")
        if run(folder, f"cut-{number}", [""] + script[cut:] + [":end"], "--resume") != whole:
            failed += 1
            print("FAILED", number, f"lost after {cut} moves and taken up: other bytes")
print(f"{rounds} sequences, {jumps} jumps, {answers} answers: {failed} failed")
sys.exit(1 if failed or not jumps or not answers else 0)
