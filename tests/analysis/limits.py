#!/usr/bin/env python3
"""limits.py MUSTER SCENARIOS: what is as long, as many or as large as a limit of the plan allows is no gap, and the least beyond it is one. Counts and shares are read off
the finding and set as the limit; of times the journal of a drill is changed until they are as long as the limit, to the millisecond, and its chain made again."""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

muster, scenarios = sys.argv[1], pathlib.Path(sys.argv[2])
PLAN = (scenarios / "starter/plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
MORNING = (scenarios / "starter/scenario.lua").read_text().replace("@TODAY@", "2026-07-10")
HEAD = 'exercise { title = "T", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "4h" }\n'
FIRST = 'inject "first" { at = "0m", from = "a log", to = "security_lead", via = "pager", says = "x", facts = { "account_taken_over" } }\n'
HABITS = ("acknowledge", "answer", "start", "work", "consult", "decide", "write")
QUICK = "muster_assumptions: 1\ndefaults:\n" + "".join(f"  {h}: {{fast: 2m, usual: 2m, slow: 2m, never: 0, origin: asked}}\n" for h in HABITS)
PLAY = ["--play", "commander", "--clock", "steps"]
THIRD = "      - {to: team:all,         via: [pager, phone], within: 5m}\n"
ROWS = [("    holders:   [ben, eva]\n", "    holders:   [ben]\n"),
        ("    {R: [legal_lead], A: legal_lead, I: [director], authority: approve_notice}\n", "    {R: [director], A: director, I: [legal_lead]}\n"),
        ("    {R: [comms_lead], A: director, C: [legal_lead], consult_within: 20m, I: [hr_lead], authority: publish}\n", "    {R: [director], A: director, I: [hr_lead, legal_lead]}\n")]


def people(who, habit, how):
    return QUICK + "people:\n" + "".join(f"  {p}: {{{habit}: {how}}}\n" for p in who.split())


SLOW = "{fast: 50m, usual: 50m, slow: 50m, never: 0, origin: asked}"


def edited(text, pairs):
    for old, new in pairs:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def findings(folder):
    done = subprocess.run([muster, "report", str(folder / "journal.jsonl"), "--format", "json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {(f["gap"], f["subject"]): f for f in json.loads(done.stdout)["findings"]}


def play(top, limit, *, plan=(), script=None, assume=QUICK, args=(), lines=""):
    """A drill with this one limit set; its folder."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=top))
    (folder / "plan.yaml").write_text(edited(PLAN, [*plan, ("  metrics:      [", f"  limits:       {{{limit}}}\n  metrics:      [")]))
    (folder / "scenario.lua").write_text(HEAD + FIRST if script is None else script)
    (folder / "assume.yaml").write_text(assume)
    done = subprocess.run([muster, "run", f"{folder}/plan.yaml", f"{folder}/scenario.lua", "--assume", f"{folder}/assume.yaml", "-o", f"{folder}/out", "--seed", "1", "--fail-on", "never", *args],
                          input=lines, capture_output=True, text=True)
    assert (folder / "out/findings.json").exists(), done.stderr
    return folder / "out"


def counted(top, gap, subject, limit, number, beyond, **drill):
    """The number that the finding says is the limit: then it is none. `beyond` is added for one that is."""
    said = findings(play(top, limit % (100 if beyond > 0 else 0 if "rounds" not in limit else 1), **drill))[gap, subject]
    found = re.search(number, f"{said['text']}; {said['proof']}")
    assert found, said
    value = eval(found.expand(r"\1") if found.re.groups == 1 else f"100 * {found[1]} / {found[2]}")  # pylint: disable=eval-used
    assert value == int(value), (found, "the share is no whole number: nothing is at the limit")
    for shift, shown in ((0, False), (beyond, True)):
        f = findings(play(top, limit % (int(value) + shift), **drill)).get((gap, subject))
        assert bool(f and f["evidence"]) == shown, (gap, int(value) + shift, f)


def events_of(folder):
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]


def write(folder, events):
    head, lines = "", []
    for event in events:
        event = {key: value for key, value in event.items() if key != "hash"}
        event["prev"] = head
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))[:-1]
        head = hashlib.blake2b(body.encode(), digest_size=16).hexdigest()
        lines.append(f'{body},"hash":"{head}"}}\n')
    (folder / "journal.jsonl").write_text("".join(lines))


def timed(gap, subject, folder, change):
    """`change` makes a journal in which the time is as long as the limit, and `more` milliseconds longer."""
    whole = events_of(folder)
    for more, shown in ((0, False), (1, True)):
        events = [dict(e) for e in whole]
        change({e["n"]: e for e in events}, more)
        write(folder, events)
        found = findings(folder).get((gap, subject))
        assert bool(found and found["evidence"]) == shown, (gap, more, found)


def later(events, n, t):
    """The event is at t, and what comes after it as much later."""
    shift = t - events[n]["t"]
    for e in events.values():
        if e["n"] >= n:
            e["t"] += shift


def a_ladder_may_begin_again_as_often_as_the_limit_says(top):
    ring = [(THIRD, THIRD.replace("within: 5m", "within: 5m, otherwise: escalation:other")),
            ("    again: 1\n\nplaybooks", "    again: 1\n  other:\n    steps:\n      - {to: role:director, via: [phone], within: 5m, otherwise: escalation:standard}\n\nplaybooks")]
    counted(top, "ESC-05", "escalation:standard", "ladder_rounds: %d", r"began again (\d+) times", -1, plan=ring, assume=people("ana ben chiara dilip eva finn", "acknowledge", "{never: 100}"))


def a_notice_may_lie_as_long_as_the_limit_says(top):
    script = HEAD + 'inject "notice" { at = "2m", from = "Quay Legal", to = "hr_lead", via = "pager", says = "we were breached" }\n' + FIRST.replace('at = "0m"', 'at = "30m"')
    for limit, shown in (("28m", False), ("27m", True)):
        assert (("ESC-17", "external:quay_legal") in findings(play(top, f"routed: {limit}", script=script))) == shown, limit


def a_playbook_may_be_reached_as_far_as_is_claimed(top):
    counted(top, "EXR-03", "playbook:account_takeover", "exercised: %d", r"reached (\d+) of the (\d+) steps", 1, script=HEAD.replace("4h", "15m") + FIRST,
            plan=[("    steps:\n      - {id: triage,", "    steps:\n      - {id: much_later, action: lessons, after: [lessons], within: 5d, done_when: all is told}\n      - {id: triage,")])


def advice_may_take_the_share_that_the_limit_says(top):
    counted(top, "ROL-14", "action:tell_readers", "consult_share: %d", r"the wait was (\d+)% of its time", -1, plan=[("C: [legal_lead], consult_within: 20m,", "C: [legal_lead],")],
            script=MORNING, assume=people("eva finn", "consult", SLOW))


def so_much_may_be_made_up(top):
    counted(top, "HYG-06", "scenario:account_takeover", "improvised: %d", r"(\d+) of (\d+) things", -1, args=PLAY, lines="a\ni called the bank\ni drew a map\n" + "w 10m\n" * 40 + ":end\n")


def one_action_may_take_its_share(top):
    folder = play(top, "one_task: 50")
    open_, done = findings(folder)["TIM-04", "action:isolate"]["evidence"]
    met = next(e for e in events_of(folder) if e["kind"] == "clock.met" and e["clock"] == "contain")
    timed("TIM-04", "action:isolate", folder, lambda events, more: later(events, met["n"], events[met["started"]]["t"] + 2 * (events[done]["t"] - events[open_]["t"]) - more))


def an_action_may_lie_as_long_as_the_limit_says(top):
    folder = play(top, "queue: 10m", plan=ROWS, assume=people("ben", "work", SLOW))
    tasks = [e for e in events_of(folder) if e["n"] in findings(folder)["TIM-06", "role:director"]["evidence"]]
    assert len(tasks) == 2, "of two that lie one may lie no more"

    def change(events, more):  # given out so long before whoever has it was done with another
        done = next(e["t"] for e in events.values() if e["kind"] == "task.done" and e["person"] == tasks[0]["person"] and e["n"] > tasks[0]["n"])
        for e in events.values():
            e["t"] = max(e["t"], done - 600000 - more) if e["n"] >= tasks[1]["n"] else e["t"]
    timed("TIM-06", "role:director", folder, change)


def a_shift_may_be_as_long_as_the_limit_says(top):
    folder = play(top, "shift: 10m", assume=people("dilip", "work", SLOW))
    first, last = findings(folder)["TIM-10", "role:it_operator"]["evidence"]

    def change(events, more):
        for e in events.values():
            e["t"] = events[first]["t"] + 600000 + more if e["n"] >= last else min(e["t"], events[first]["t"] + 600000)
    timed("TIM-10", "role:it_operator", folder, change)


def a_notice_may_use_so_much_of_its_time(top):
    folder = play(top, "margin: 80", script=MORNING)
    met = next(e["n"] for e in events_of(folder) if e["kind"] == "clock.met" and e["subject"] == "obligation:gdpr_33")
    timed("REG-04", "obligation:gdpr_33", folder, lambda events, more: events[met].update(took=80000 + more, margin=20000 - more))


failed = 0
tests = [f for f in list(globals().values()) if callable(f) and getattr(f, "__module__", "") == "__main__" and f.__code__.co_varnames[:1] == ("top",) and f not in (play, counted)]
for test in tests:
    with tempfile.TemporaryDirectory() as folder:
        try:
            test(pathlib.Path(folder))
        except Exception as wrong:  # pylint: disable=broad-except
            failed += 1
            print(f"FAILED {test.__name__}: {type(wrong).__name__} {wrong}")
print(f"{len(tests) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
