#!/usr/bin/env python3
"""worker.py MUSTER PLAN SCENARIO: the process that tells the stories is killed in the middle of a drill, at the
keyboard and with nobody playing. The drill goes on to its end and says so; its journal is sound, and played again, or cut
off and taken up, it comes to the same bytes."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import patience

patience.within(600)
muster, plan, scenario = sys.argv[1:4]
LOST = "the script worker was stopped"
LINES = ["", "a", "w", "2", "we need to see more", "2", "w", "a", ":note the room is quiet", "w 30m", "a", "w 30m", "a", *["w 30m"] * 6, ":end"]
PLACES = 10  # after the tenth line no card is left that comes by its time
failed = 0


def expect(what, holds):
    global failed
    if not holds:
        failed += 1
        print("FAILED", what)


def children(pid):
    return [int(p) for p in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def holds(pid, name):
    """Whether it has that file open."""
    try:
        return any(os.readlink(f"/proc/{pid}/fd/{fd}").endswith(name) for fd in os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return False


def events(folder):
    return [json.loads(line) for line in pathlib.Path(folder, "journal.jsonl").read_bytes().splitlines()]


def run(*arguments, text=""):
    return subprocess.run([muster, *arguments], input=text, capture_output=True, text=True)


def read_until_asked(drill):
    """What is shown until a line is waited for."""
    seen = b""
    while not seen.endswith((b"> ", b"in a line?  ", b"when you have it.\n")):
        piece = os.read(drill.stdout.fileno(), 65536)
        if not piece:
            break
        seen += piece
    return seen.decode()


def sound(name, folder, again):
    verify, replay = run("verify", f"{folder}/journal.jsonl"), run("replay", f"{folder}/journal.jsonl")
    expect(f"{name}: the journal is sound", verify.returncode == 0)
    expect(f"{name}: a replay gives every event again: {replay.stdout} {replay.stderr}", replay.returncode == 0)
    before = pathlib.Path(folder, "journal.jsonl").read_bytes()
    expect(f"{name}: it can be taken up", run("run", *again, "-o", folder, "--resume", "--fail-on", "never").returncode == 3)
    expect(f"{name}: taken up at its end it stays as it was", pathlib.Path(folder, "journal.jsonl").read_bytes() == before)
    report = pathlib.Path(folder, "report.md").read_text()
    expect(f"{name}: the report says what is missing", "of the script failed" in report and "missing here" in report)


def cut_and_taken_up(name, folder, top, again):
    """Cut off in the middle of a line, after the last story has failed."""
    journal = pathlib.Path(folder, "journal.jsonl").read_bytes()
    lines = journal.splitlines(keepends=True)
    last = max(i for i, line in enumerate(lines) if b'"kind":"story.failed"' in line)
    for k in range(last + 1, len(lines), (len(lines) - last) // 5 + 1):
        part = os.path.join(top, f"{name}-cut-{k}")
        os.mkdir(part)
        pathlib.Path(part, "journal.jsonl").write_bytes(b"".join(lines[:k]) + lines[k][:20])
        run("run", *again, "-o", part, "--resume", "--fail-on", "never")
        expect(f"{name}: cut off after {k} and taken up, the same bytes", pathlib.Path(part, "journal.jsonl").read_bytes() == journal)


def at_the_keyboard(top, k):
    """The worker is killed while the drill waits for line k."""
    name, folder = f"at the keyboard, before line {k}", os.path.join(top, f"play-{k}")
    drill = subprocess.Popen([muster, "run", plan, scenario, "-o", folder, "--seed", "7", "--clock", "steps", "--fail-on", "never", "--play", "incident-commander"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    shown = [read_until_asked(drill)]
    for line in LINES[:k]:
        drill.stdin.write(f"{line}\n".encode())
        drill.stdin.flush()
        shown.append(read_until_asked(drill))
    workers = children(drill.pid)
    expect(f"{name}: one worker tells the stories", len(workers) == 1)
    known = len(events(folder))
    os.kill(workers[0], signal.SIGKILL)
    rest, said = drill.communicate("".join(f"{line}\n" for line in LINES[k:]).encode())
    found = events(folder)
    expect(f"{name}: the drill comes to its end: {said.decode()}", drill.returncode == 3 and found[-1]["kind"] == "exercise.end")
    lost = [e for e in found if e["kind"] == "story.failed"]
    expect(f"{name}: the loss is written", lost and all(e["why"] == LOST and e["n"] > known for e in lost))
    for e in lost:
        expect(f"{name}: the facilitator hears of {e['story']}", f'the story "{e["story"][6:]}" has failed: {LOST}' in " ".join(rest.decode().split()))
    expect(f"{name}: acts are taken after the loss", any(e["kind"] == "act" and e["seat"] != "stand-in" and e["n"] > lost[0]["n"] for e in found))
    expect(f"{name}: cards still come by their times", any(e["kind"] == "inject.delivered" and e["n"] > lost[0]["n"] for e in found))
    sound(name, folder, [plan, scenario])


LONG = """
story "a long one" (function () while true do wait "1s" note "still here" end end)
story "a short one" (function () wait "30m" note "not for long" end)
"""


def with_nobody_playing(top):
    """A story of many steps, so that the drill is still going on when its journal is first seen."""
    name, script = "with nobody playing", os.path.join(top, "long.lua")
    assert run("init", f"{top}/first").returncode == 0
    pathlib.Path(script).write_text(pathlib.Path(top, "first", "scenario.lua").read_text() + LONG)
    again = [f"{top}/first/plan.yaml", script]
    for attempt in range(50):  # on a busy machine it may be over before it is looked at
        folder = os.path.join(top, f"run-{attempt}")
        drill = subprocess.Popen([muster, "run", *again, "-o", folder, "--fail-on", "never"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        journal, worker = pathlib.Path(folder, "journal.jsonl"), []
        while drill.poll() is None and not (journal.exists() and journal.stat().st_size > 20000):
            time.sleep(0.0005)
        if drill.poll() is None:
            drill.send_signal(signal.SIGSTOP)
            last = json.loads(journal.read_bytes().splitlines(keepends=True)[-2])
            worker = children(drill.pid) if last["t"] < 2 * 3600000 else []
        if worker:
            break
        drill.send_signal(signal.SIGCONT)
        drill.communicate()
    expect(f"{name}: one worker tells the stories", len(worker) == 1)
    for pid in worker:
        os.kill(pid, signal.SIGKILL)
    drill.send_signal(signal.SIGCONT)
    _, said = drill.communicate()
    found = events(folder)
    lost = [e for e in found if e["kind"] == "story.failed"]
    expect(f"{name}: the drill comes to its end: {said}", drill.returncode == 3 and found[-1]["kind"] == "exercise.end")
    expect(f"{name}: the loss is written", lost and all(e["why"] == LOST for e in lost))
    for e in lost:
        expect(f"{name}: the loss of {e['story']} is said", f'the story "{e["story"][6:]}" has failed (record {e["n"]}): {LOST}' in said)
    sound(name, folder, again)
    cut_and_taken_up(name, folder, top, again)


def while_it_is_taken_up(top):
    """Lost while what is on record is played again, it is no other drill: it is said, nothing is changed, and the next try goes on."""
    folder, again = os.path.join(top, "again"), [f"{top}/first/plan.yaml", os.path.join(top, "long.lua")]
    assert run("run", *again, "-o", folder, "--fail-on", "never").returncode == 0
    journal, said = pathlib.Path(folder, "journal.jsonl").read_bytes(), ""
    pathlib.Path(folder, "journal.jsonl").write_bytes(journal[:journal.rindex(b"\n", 0, len(journal) * 9 // 10) + 1])
    before = pathlib.Path(folder, "journal.jsonl").read_bytes()
    for _ in range(50):  # the moment may be missed
        drill = subprocess.Popen([muster, "run", *again, "-o", folder, "--resume", "--fail-on", "never"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while drill.poll() is None and not (holds(drill.pid, "journal.jsonl") and children(drill.pid)):
            time.sleep(0.0005)
        drill.send_signal(signal.SIGSTOP)
        for pid in children(drill.pid) if drill.poll() is None else []:
            os.kill(pid, signal.SIGKILL)
        drill.send_signal(signal.SIGCONT)
        said = drill.communicate()[1]
        if "while what is on record was played again" in said:
            break
        pathlib.Path(folder, "journal.jsonl").write_bytes(before)
    expect(f"lost while taken up: said: {said}", drill.returncode == 5 and "belongs to something else" not in said)
    expect("lost while taken up: nothing is changed", pathlib.Path(folder, "journal.jsonl").read_bytes() == before)
    expect("lost while taken up: it goes on", run("run", *again, "-o", folder, "--resume", "--fail-on", "never").returncode == 0 and pathlib.Path(folder, "journal.jsonl").read_bytes() == journal)


with tempfile.TemporaryDirectory() as top:
    for k in range(1, PLACES + 1):
        at_the_keyboard(top, k)
    with_nobody_playing(top)
    while_it_is_taken_up(top)
print(f"{'some' if failed else 'no'} failure, the worker killed at {PLACES + 1} places")
sys.exit(1 if failed else 0)
