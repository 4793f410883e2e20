#!/usr/bin/env python3
"""calltree.py MUSTER [few]: `muster calltree` is killed at its system calls, itself or the process that sends, or a call fails; `few`: at those where it matters most.
Taken up again, it comes to its end, everybody was asked at the most once over each way, and what may have left is said to be unclear."""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "whole"))
import patience  # noqa: E402
import receivers  # noqa: E402

muster, few = str(pathlib.Path(sys.argv[1]).resolve()), "few" in sys.argv
os.environ.update(no_proxy="127.0.0.1", NO_PROXY="127.0.0.1")
mail, web = receivers.Mail(), receivers.Web()
port = patience.port()
top = tempfile.TemporaryDirectory()
folder = pathlib.Path(top.name) / "new"
subprocess.run([muster, "init", folder], check=True, capture_output=True)
plan = (folder / "plan.yaml").read_text()
plan = plan.replace("{via: pager, address: ana}", "{via: mail, address: ana@weir.example}").replace("{via: pager, address: ben}", '{via: alarm, address: "http://127.0.0.1:%d/ben"}' % web.port)
(folder / "plan.yaml").write_text(plan.replace("  notice_page: {kind: web", "  alarm:       {kind: push, depends_on: [pager_cloud]}\n  notice_page: {kind: web"))
(folder / "programme.yaml").write_text(f"""muster_programme: 1
programme: {{title: T, timezone: UTC, from: 2026-01-01}}
sending: {{smtp: "smtp://127.0.0.1:{mail.port}", from: drills@weir.example, patience: 2s, answers: {{at: "http://localhost:{port}", port: {port}}}}}
recipients: {{ana: {{name: A, is: "person:ana", opted_in: 2026-01-01}}, ben: {{name: B, is: "person:ben", opted_in: 2026-01-01}}}}
drills:
  t: {{plan: plan.yaml, mode: calltree, first: 2026-03-02 10:00, lasts: 1s}}
""")
KILLED = {"write": 22, "fdatasync": 8, "fsync": 8, "sendto": 16, "recvfrom": 14, "rename": 7, "openat": 70, "connect": 3, "unlink": 2, "mkdir": 2, "clone": 1}
FAILED = {"ENOSPC": {"write": 20, "fdatasync": 4, "openat": 40, "mkdir": 2, "rename": 5}, "EIO": {"fdatasync": 6, "fsync": 6, "write": 12}}
points = [f"inject={call}:signal=KILL:when={n}" for call, most in KILLED.items() for n in range(1, most + 1)]
points += [f"inject={call}:error={error}:when={n}" for error, calls in FAILED.items() for call, most in calls.items() for n in range(1, most + 1)]


def call(out, *more, prefix=()):
    return subprocess.run([*prefix, muster, "calltree", folder / "programme.yaml", "t", "-o", out, "--fail-on", "never", *more], capture_output=True, text=True, timeout=300)


def judge(out):
    """What is wrong once it was taken up; "" for nothing."""
    for _ in range(3):
        again = call(out, "--resume")
        if again.returncode == 0:
            break
    if again.returncode:
        return f"taken up: exit {again.returncode}: {again.stderr[-300:]}"
    result = json.loads((out / "result.json").read_text())
    got = collections.Counter(["person:ana/1" for _ in mail.mails] + ["person:ben/1" for _ in web.posts])
    if any(n > 1 for n in got.values()):
        return f"asked twice: {got}"
    for way in result["ways"]:
        name = f"{way['who']}/{way['way']}"
        if way["by"] != "hand" and (way["state"] not in ("never answered", "may have left, never answered", "not sent", "not tried") or (way["state"] == "never answered") > got[name]):
            return f"{name} is {way['state']}, and got {got[name]}"
    if subprocess.run([muster, "verify", out / "journal.jsonl"], capture_output=True).returncode:
        return "the journal is not sound"
    return "the secret is left" if (out / "secret").exists() else "" if (out / "report.html").exists() else "no report"


if few:  # behind the last byte, over each way; before the journal; a disk that is full
    points = ["inject=recvfrom:signal=KILL:when=9", "inject=recvfrom:signal=KILL:when=12", "inject=fdatasync:signal=KILL:when=1", "inject=write:error=ENOSPC:when=6"]
wrong, told = 0, collections.Counter()
for i, point in enumerate(points):
    mail.mails.clear()
    web.posts.clear()
    out = pathlib.Path(top.name) / f"{i}"
    first = call(out, prefix=["strace", "-f", "-o", "/dev/null", "-e", point])
    why = judge(out)
    told[first.returncode] += 1
    if why:
        wrong += 1
        print(f"{point}: exit {first.returncode}: {why}")
print(len(points), "points tried, exits", dict(told), "and", wrong, "wrong")
sys.exit(1 if wrong else 0)
