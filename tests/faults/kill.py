#!/usr/bin/env python3
"""kill.py MUSTER PLAN SCENARIO kill|errors [STEP]: at every system call of a drill with people (every STEP-th) it is killed, or
the call fails (EIO, ENOSPC, EINTR; once, and from then on); then it is taken up with --resume. Whatever was said to be
written is there; nobody is asked twice; the journal is sound and goes on where it was; no failure is silent. Where it was
the script's worker that met the fault, the stories end, the facilitator hears of it, and a replay gives the same events.
Prints the figures."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

muster, plan, scenario, mode = sys.argv[1:5]
step = int(sys.argv[5]) if len(sys.argv) > 5 else 1
LINES = "\na\nw\n2\nwe need to see more\n2\nw\na\nstart declare\ndone declare sev1 it stands\n:note the room is quiet\nw\na\nl contacts\ni called the bank\nn ciso by phone Please come.\n:away dev\n" + "w 3m\n:note another look\ni went on\nb nothing in the way\n" * 18 + "q\n"


ERRORS = {"EIO": ("write", "fdatasync", "fsync", "openat", "read", "rename", "mkdir", "close", "flock", "ftruncate", "pread64"),
          "ENOSPC": ("write", "fdatasync", "openat", "mkdir", "rename"), "EINTR": ("write", "read", "fdatasync", "poll", "openat")}


def command(folder, *more):
    return [muster, "run", plan, scenario, "-o", folder, "--seed", "7", "--clock", "steps", *more]


def play(folder, prefix=(), more=("--play", "incident_commander"), lines=LINES):
    return subprocess.run([*prefix, *command(folder, *more)], input=lines, capture_output=True, text=True, timeout=300)


def events(folder):
    path = pathlib.Path(folder, "journal.jsonl")
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


def judge(folder, said):
    """What is wrong after a kill, once the drill was taken up again; "" for nothing."""
    if not pathlib.Path(folder, "journal.jsonl").exists():
        return "written was said and there is no journal" if said else ""
    before = pathlib.Path(folder, "journal.jsonl").read_bytes()
    again = play(folder, more=("--resume",), lines="q\n")
    if again.returncode not in (0, 1, 130):
        return f"resume: exit {again.returncode}: {again.stderr.strip()[:200]}"
    found = events(folder)
    acts = {e["n"] for e in found if e["kind"] == "act"}
    lost = [n for n in said if n not in acts]
    asked = [(e["prompt"], e["person"]) for e in found if e["kind"] == "prompt.open"]
    verify = subprocess.run([muster, "verify", os.path.join(folder, "journal.jsonl")], capture_output=True, text=True)
    if not pathlib.Path(folder, "journal.jsonl").read_bytes().startswith(before[: before.rfind(b"\n") + 1]):
        return "what was written was changed"
    if lost:
        return f"lost: {lost}"
    if len(asked) != len(set(asked)):
        return "somebody was asked twice"
    return "" if verify.returncode == 0 else verify.stdout.strip()


def worker_lost(folder, run, fault, trace):
    """True where fewer acts were possible because the worker met the fault: said at the keyboard, written, and repeatable.
    A call that strace makes fail in the worker is none that its filter allows, so the worker dies of it; an EINTR that
    anybody else meets is no reason."""
    if "error=EINTR" in fault and "+++ killed by SIGSYS +++" not in pathlib.Path(trace).read_text(errors="replace"):
        return False
    why = "the script worker was stopped"
    if f"has failed: {why}" not in run.stdout or not any(e["kind"] == "story.failed" and e["why"] == why for e in events(folder)):
        return False
    return subprocess.run([muster, "replay", os.path.join(folder, "journal.jsonl")], capture_output=True).returncode == 0


with tempfile.TemporaryDirectory() as top:
    whole = os.path.join(top, "whole")
    first = play(whole)
    assert first.returncode == 130, (first.returncode, first.stderr)
    reference = [e for e in events(whole) if e["kind"] == "act" and e["seat"] != "stand-in"]
    spoken = len(re.findall(r"Written \(#", first.stdout))
    assert spoken >= 30, first.stdout
    counts = {}
    trace = os.path.join(top, "trace")
    play(os.path.join(top, "counted"), prefix=["strace", "-f", "-qq", "-o", trace])
    for line in pathlib.Path(trace).read_text(errors="replace").splitlines():
        name = re.match(r"\d+ +(\w+)\(", line)
        if name:
            counts[name[1]] = counts.get(name[1], 0) + 1
    faults = [(name, f"signal=KILL:when={k}") for name in sorted(counts) for k in range(1, counts[name] + 1)]
    if mode == "errors":
        faults = [(name, f"error={error}:when={k}{again}") for error, names in ERRORS.items() for name in names for k in range(1, counts.get(name, 0) + 1)
                  for again in ("", "+") if not (error == "EINTR" and again)]
    points = failed = stories = 0
    for name, fault in faults[::step]:
        folder = os.path.join(top, "cut")
        run = play(folder, prefix=["strace", "-f", "-qq", "-o", trace, "-e", f"inject={name}:{fault}"])
        points += 1
        said = [int(n) for n in re.findall(r"Written \(#(\d+)\)", run.stdout)]
        wrong = judge(folder, said)
        if not wrong and run.returncode in (0, 1, 130) and "disk is full" not in run.stderr and len(said) < spoken:
            told = worker_lost(folder, run, fault, trace)
            stories += told
            wrong = "" if told else f"silent: exit {run.returncode}, {len(said)} of {spoken} said"
        mute = name == "write" and fault.endswith("+")  # then stderr fails as well, and the exit status has to say it
        if not wrong and run.returncode not in (0, 1, 130, -9, 137) and not run.stderr.strip() and not mute:
            wrong = f"exit {run.returncode} without a word"
        if wrong:
            failed += 1
            print(f"{name} {fault}: {wrong}")
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{mode} at {points} points of {sum(counts.values())} system calls, {len(reference)} acts of people in each drill, {stories} that lost their stories: {failed} wrong")
    print(f"{points - failed} passed, {failed} failed")
    sys.exit(1 if failed or not points else 0)
