#!/usr/bin/env python3
"""due.py MUSTER [STEP] [errors]: `muster due --run --notify` is killed at every system call (every STEP-th), or the call fails (EIO, ENOSPC; once, and
from then on). Asked again, the drill is run once, each message has arrived once, or is said to be unclear and arrives when a
person asks for it: nothing twice, nothing lost without a word. Prints the figures."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "whole"))
import receivers  # noqa: E402

muster, step, errors = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 1, "errors" in sys.argv
FAILING = {"EIO": ("write", "fdatasync", "fsync", "openat", "read", "close", "sendto", "recvfrom"), "ENOSPC": ("write", "fdatasync", "openat", "mkdir", "rename")}
os.environ.update(no_proxy="127.0.0.1", NO_PROXY="127.0.0.1", DRILL_KEY="k")
mail, web = receivers.Mail(), receivers.Web()
TEXT = """muster_programme: 1
programme: {title: T, timezone: UTC, from: 2026-01-01}
recipients:
  ana: {name: Ana, mail: ana@example.org, opted_in: 2026-01-01}
  hook: {name: Hook, webhook: "http://127.0.0.1:%d/", opted_in: 2026-01-01}
sending: {smtp: "smtp://127.0.0.1:%d", from: drills@example.org, webhook_key_in: DRILL_KEY, patience: 2s}
drills:
  a: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-03-02 10:00, tell: [{who: [ana, hook], result: yes}]}
  b: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-03-03 10:00, tell: [{who: [ana, hook], before: 7d}]}
"""


def due(folder, *more, prefix=()):
    return subprocess.run([*prefix, muster, "due", folder / "programme.yaml", "--now", "2026-03-02 11:00", *more], capture_output=True, text=True, timeout=300)


def received():
    return [str(m["message-id"]) for m in mail.mails] + [head["Idempotency-Key"] for _, head, _ in web.posts]


def judge(folder):
    """What is wrong once it was asked again; "" for nothing."""
    for _ in range(3):  # a failure that was met is tried again by the next call
        again = due(folder, "--run", "--notify")
        if again.returncode == 0:
            break
    for key in re.findall(r"--again (\S+)$", again.stdout, re.M):
        due(folder, "--notify", "--again", key)
    last = due(folder, "--run", "--notify")
    if errors and "did not try all that its scenario meant to" in last.stderr + last.stdout:
        return ""  # the call failed in the script's own process: its stories are over, the drill is not, and both are said
    if last.returncode != 0:
        return f"asked again: exit {last.returncode}: {last.stdout.strip()[-200:]} {last.stderr.strip()[-200:]}"
    ledger = [json.loads(line) for line in (folder / "drills/ledger.jsonl").read_text().splitlines()]
    ran = [e["key"] for e in ledger if e["what"] == "ran"]
    if ran != ["a-2026-03-02-1000"]:
        return f"run: {ran}"
    names = sorted(p.name for p in (folder / "drills/a-2026-03-02-1000").iterdir())
    if names != ["findings.json", "inputs", "journal.jsonl", "report.html", "report.json", "report.md"] and "journal.jsonl.torn" not in names:
        return f"the drill's folder holds {names}"
    if subprocess.run([muster, "verify", folder / "drills/a-2026-03-02-1000/journal.jsonl"], capture_output=True).returncode:
        return "the journal is not sound"
    got = received()
    asked_for = sum(e["what"] == "again" for e in ledger)  # what a person asks for may come twice
    if len(set(got)) != 4 or len(got) > 4 + asked_for:
        return f"received: {sorted(got)}"
    return ""


with tempfile.TemporaryDirectory() as top:
    top = pathlib.Path(top)
    fresh, cut, trace = top / "fresh", top / "cut", top / "trace"
    subprocess.run([muster, "init", fresh], check=True, capture_output=True)
    (fresh / "programme.yaml").write_text(TEXT % (web.port, mail.port))
    shutil.copytree(fresh, cut)
    first = due(cut, "--run", "--notify", prefix=["strace", "-f", "-qq", "-o", str(trace)])
    assert first.returncode == 0 and len(received()) == 4, (first.stdout, first.stderr)
    shutil.rmtree(cut)
    counts = {}
    for line in trace.read_text(errors="replace").splitlines():
        name = re.match(r"\d+ +(\w+)\(", line)
        if name:
            counts[name[1]] = counts.get(name[1], 0) + 1
    faults = [(name, f"signal=KILL:when={k}") for name in sorted(counts) for k in range(1, counts[name] + 1)]
    if errors:
        faults = [(name, f"error={error}:when={k}{again}") for error, names in FAILING.items() for name in names for k in range(1, counts.get(name, 0) + 1) for again in ("", "+")]
    points = failed = unclear = 0
    for name, fault in faults[::step]:
        mail.mails.clear()
        web.posts.clear()
        shutil.copytree(fresh, cut)
        run = due(cut, "--run", "--notify", prefix=["strace", "-f", "-qq", "-o", str(trace), "-e", f"inject={name}:{fault}"])
        points += 1
        wrong = judge(cut)
        unclear += '"what":"again"' in (cut / "drills/ledger.jsonl").read_text() if (cut / "drills/ledger.jsonl").exists() else 0
        mute = name == "write" and fault.endswith("+")  # then stderr fails as well, and the exit status has to say it
        if not wrong and errors and not mute and run.returncode not in (0, -9, 137) and not (run.stderr + run.stdout).strip():
            wrong = f"exit {run.returncode} without a word"
        if wrong:
            failed += 1
            print(f"{name} {fault}: {wrong}", flush=True)
        shutil.rmtree(cut)
    print(f"at {points} points of {sum(counts.values())} system calls; {unclear} times a person had to be asked whether a message arrived")
    print(f"{points - failed} passed, {failed} failed")
    sys.exit(1 if failed or not points else 0)
