#!/usr/bin/env python3
"""due.py MUSTER SCHEMAS: each time of each drill once, and each message once: over ten simulated years with downtime, called late, often and
twice at once; with mail and web servers that refuse, hang, and take without a word; with a clock that is set; with a ledger that is not
what it was."""
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema

import patience
import receivers

patience.within(840)
muster, schemas = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
top = tempfile.TemporaryDirectory()
os.environ.update(DRILL_KEY="a key", no_proxy="127.0.0.1", NO_PROXY="127.0.0.1")
mail, web = receivers.Mail(), receivers.Web()


def new(name, text):
    folder = pathlib.Path(top.name) / name
    subprocess.run([muster, "init", folder], check=True, capture_output=True)
    (folder / "programme.yaml").write_text(text, encoding="utf-8")
    return folder


def due(folder, now, *more, status=None):
    got = subprocess.run([muster, "due", folder / "programme.yaml", "--now", now, *more], capture_output=True, text=True, timeout=200)
    assert status is None or got.returncode == status, (now, more, got.returncode, got.stdout, got.stderr)
    return got


def ledger(folder):
    path = folder / "drills/ledger.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def entries(folder, what):
    return [e["key"] for e in ledger(folder) if e["what"] == what]


# ---- ten years ----
YEARS = """muster_programme: 1
programme: {title: Ten years, timezone: America/New_York, from: 2026-01-01, late_by: 36h, holidays: [2027-12-27]}
drills:
  monthly: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-01-11 02:30, recurrence: FREQ=MONTHLY;BYDAY=2SU}
  leap:    {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-02-01 12:00, recurrence: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29}
  march:   {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-03-01 00:00, recurrence: FREQ=YEARLY;BYMONTH=3, unannounced: month, between: mon-fri 09:00-16:00}
"""
folder = new("years", YEARS)
begin, end = datetime.datetime(2026, 1, 1), datetime.datetime(2036, 1, 1)
listed = json.loads(subprocess.run([muster, "schedule", "list", folder / "programme.yaml", "--now", "2026-01-01 00:00Z", "--days", str((end - begin).days), "--format", "json", "--unannounced"],
                                   capture_output=True, text=True, check=True).stdout)["occasions"]
times = {o["key"]: datetime.datetime.strptime(o["at"], "%Y-%m-%d %H:%M") for o in listed}
assert len(times) == 120 + 2 + 10, len(times)
chance, now, calls, last = random.Random(11), begin, [], None
while now < end:  # called every day or so, never for weeks now and then, and often when something is due
    calls.append(now)
    step = datetime.timedelta(days=chance.choice([20, 33, 50]), hours=5) if chance.random() < .005 else datetime.timedelta(hours=chance.randint(20, 30))
    now += step
soon = [t for t in times.values()]
every, calls = calls, []
for c in every:  # what a call does that finds nothing is tried at some of them only
    if any(t <= c <= t + datetime.timedelta(hours=50) for t in soon) or not calls or c - calls[-1] > datetime.timedelta(days=18):
        calls.append(c)
two_at_once = 0
for call in calls:
    said = call.strftime("%Y-%m-%d %H:%MZ")
    if chance.random() < .1:  # twice at once: one of them works, the other stands back or finds nothing to do
        both = [subprocess.Popen([muster, "due", folder / "programme.yaml", "--now", said, "--run"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        statuses = sorted(p.wait() for p in both)
        for p in both:
            p.communicate()
        assert set(statuses) <= {0, 1, 5}, statuses
        two_at_once += statuses[1] == 5
    else:
        due(folder, said, "--run")
    last = call
due(folder, "2036-01-10 00:00Z", "--run")
due(folder, "2036-01-10 00:05Z", "--run")
ran, missed = entries(folder, "ran"), entries(folder, "missed")
assert len(ran) == len(set(ran)) and len(missed) == len(set(missed)), "a time twice"
assert set(ran) | set(missed) == set(times) and not set(ran) & set(missed), set(times) ^ (set(ran) | set(missed))
ledger_times = {e["key"]: datetime.datetime.fromtimestamp(e["at"] / 1000, datetime.timezone.utc).replace(tzinfo=None) for e in ledger(folder) if e["what"] == "ran"}
for key in times:
    could = [c for c in calls if times[key] <= c <= times[key] + datetime.timedelta(hours=36)]
    if key in ledger_times:
        assert times[key] <= ledger_times[key] <= times[key] + datetime.timedelta(hours=36), key
        assert (folder / "drills" / key / "findings.json").exists()
    else:  # not while anybody asked, or only by a call that first had to be told that the clock is right
        jumped = [c for i, c in enumerate(calls) if i and c - calls[i - 1] > datetime.timedelta(days=35)]
        assert not could or set(could) <= set(jumped) or key.startswith("march"), (key, could)
assert 3 <= len(missed) <= 40, (len(missed), len(calls))
print(len(calls), "calls in ten years,", two_at_once, "of them stood back:", len(ran), "run once,", len(missed), "missed and told once")

# ---- a heap is not run ----
daily = new("daily", YEARS.split("drills:")[0] + "drills:\n  d: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-01-02 06:00, recurrence: FREQ=DAILY}\n")
due(daily, "2026-01-02 07:00", "--run", status=0)
got = due(daily, "2026-01-20 07:00", "--run", status=1)
assert "17 times, 2026-01-03 to 2026-01-19" in got.stdout and entries(daily, "ran") == ["d-2026-01-02-0600", "d-2026-01-20-0600"], got.stdout

# ---- the clock ----
got = due(daily, "2031-01-01 07:00", "--run", status=5)
assert "far ahead" in got.stdout and "d-2031-01-01-0600" not in entries(daily, "began")
got = due(daily, "2026-01-21 07:00", "--run", status=0)
assert "set back" in got.stdout and entries(daily, "ran")[-1] == "d-2026-01-21-0600", got.stdout
due(daily, "2026-01-20 09:00", "--run", status=0)
assert len(entries(daily, "ran")) == len(set(entries(daily, "ran"))) == 3
# a clock that was believed to be years ahead keeps no drill from being run, nor one that was missed from being told, once it is right
due(daily, "2031-01-01 07:00", "--run", status=5)
due(daily, "2031-01-01 07:15", "--run", status=1)
assert entries(daily, "ran")[-1] == "d-2031-01-01-0600"
got = due(daily, "2026-01-24 07:00", "--run", status=1)
assert entries(daily, "ran")[-1] == "d-2026-01-24-0600" and "2 times, 2026-01-22 to 2026-01-23" in got.stdout, got.stdout
assert "missed" not in due(daily, "2026-01-24 07:15", "--run", status=0).stdout
before = (daily / "drills/ledger.jsonl").read_bytes()
due(daily, "2026-01-22 07:00")
due(daily, "2026-01-22 07:00", "--run", "--notify", "--dry-run")
assert (daily / "drills/ledger.jsonl").read_bytes() == before, "looking changes nothing"
shutil.rmtree(daily / "drills/d-2026-01-20-0600")
got = subprocess.run([muster, "history", "export", daily / "programme.yaml"], capture_output=True, text=True, check=True)
assert "d-2026-01-20-0600: left out of the history: it was held, as the ledger says" in got.stderr and json.loads(got.stdout)["left_out"] == 1, "a drill that was taken away is missed"

# ---- a drill that was cut off is taken up; one that fails is tried again ----
cut = new("cut", YEARS.split("drills:")[0] + "drills:\n  d: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-01-02 06:00}\n")
due(cut, "2026-01-02 07:00", "--run", status=0)
journal, whole = cut / "drills/d-2026-01-02-0600/journal.jsonl", (cut / "drills/d-2026-01-02-0600/journal.jsonl").read_bytes()
path = cut / "drills/ledger.jsonl"
path.write_text("".join(line + "\n" for line in path.read_text().splitlines() if '"ran"' not in line))
journal.write_bytes(whole[: len(whole) // 2])
(cut / "plan.yaml").write_text((cut / "plan.yaml").read_text().replace("Ana Weir", "Anna Weir"))
assert "cut off" in due(cut, "2026-01-09 07:00").stdout
due(cut, "2026-01-09 07:00", "--run", status=0)
assert journal.read_bytes() == whole and entries(cut, "ran") == ["d-2026-01-02-0600"]
bad = new("bad", YEARS.split("drills:")[0] + "drills:\n  d: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-01-02 06:00}\n")
good_plan = (bad / "plan.yaml").read_text()
(bad / "plan.yaml").write_text(good_plan.replace("muster: 1", "muster: 2"))
assert "failed" in due(bad, "2026-01-02 07:00", "--run", status=4).stdout
(bad / "plan.yaml").write_text(good_plan)
due(bad, "2026-01-02 08:00", "--run", status=0)
assert entries(bad, "failed") == entries(bad, "ran") == ["d-2026-01-02-0600"]

# ---- a ledger that is not what it was ----
lines = path.read_bytes().splitlines(keepends=True)
path.write_bytes(b"".join(lines[:-1]) + lines[-1][:20])
assert due(cut, "2026-01-09 08:00", "--run", status=0).stdout.startswith("ran"), "a line that was cut off was never promised"
path.write_bytes(b"".join([lines[0], lines[1].replace(b"began", b"began "), *lines[2:]]))
got = due(cut, "2026-01-09 09:00", "--run", status=3)
assert "line 2 is not what was written" in got.stderr
os.chmod(path, 0o644)
shutil.rmtree(cut / "drills")
(cut / "drills").write_text("in the way")
assert due(cut, "2026-01-09 09:00", "--run", status=4).stderr

# ---- messages ----
SENDING = """muster_programme: 1
programme: {title: "Drüls, & <Co>", timezone: Europe/Dublin, from: 2026-01-01, quiet: mon-sun 22:00-07:00}
recipients:
  ana: {name: Ana, mail: ana@example.org, opted_in: 2026-01-01}
  hook: {name: Hook, webhook: "http://127.0.0.1:%d/hook", opted_in: 2026-01-01}
  room: {name: Room, slack: "http://127.0.0.1:%d/slack", opted_in: 2026-01-01}
  shy: {name: Shy, mail: shy@example.org}
  soon: {name: Soon, mail: soon@example.org, opted_in: 2030-01-01}
sending: {smtp: "smtp://127.0.0.1:%d", from: drills@example.org, webhook_key_in: DRILL_KEY, patience: 20s, give_up_after: 2d}
drills:
  m:
    {title: "Model & more – Übung", plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2026-03-02 10:00,
     tell: [{who: [ana, hook, room, shy, soon], before: [14d, 1d], result: yes}]}
""" % (web.port, web.port, mail.port)
post = new("post", SENDING)
got = due(post, "2026-02-20 12:00", "--notify", "--dry-run", status=0)
assert got.stdout.count("would send") == 3 and "Shy did not opt in\n" in got.stdout and "Soon did not opt in yet\n" in got.stdout and not mail.mails and not web.posts and not ledger(post)
assert got.stdout.count("EXERCISE EXERCISE EXERCISE") >= 9
assert "quiet hours" in due(post, "2026-02-20 23:00", "--notify", status=0).stdout and not mail.mails
for _ in range(3):
    due(post, "2026-02-20 12:00", "--notify", status=0)
assert len(mail.mails) == 1 and len(web.posts) == 2, (len(mail.mails), len(web.posts))
one = mail.mails[0]
assert str(one["to"]) == "ana@example.org" and str(one["subject"]).startswith("EXERCISE EXERCISE EXERCISE: Model & more – Übung, Mon 2026-03-02 10:00"), str(one["subject"])
text = receivers.text_of(one)
assert text.startswith("EXERCISE EXERCISE EXERCISE\n") and text.rstrip().endswith("EXERCISE EXERCISE EXERCISE") and "Drüls, & <Co>" in text, text
posts = {path: (head, body) for path, head, body in web.posts}
head, body = posts["/hook"]
stamp = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", head["Muster-Signature"])
assert stamp and stamp[2] == hmac.new(b"a key", f"{stamp[1]}.{body}".encode(), hashlib.sha256).hexdigest()
document = json.loads(body)
jsonschema.validate(document, json.loads((schemas / "message.schema.json").read_text()))
for more in ([], ["--notify", "--run", "--dry-run"]):
    jsonschema.validate(json.loads(due(post, "2026-03-02 11:00", "--format", "json", *more).stdout), json.loads((schemas / "due.schema.json").read_text()))
assert document["schema"] == "muster.message/1" and document["exercise"] == "EXERCISE EXERCISE EXERCISE" and head["Idempotency-Key"] == document["id"]
assert "&amp; &lt;Co&gt;" in json.loads(posts["/slack"][1])["text"] and json.loads(posts["/slack"][1])["text"].startswith("EXERCISE EXERCISE EXERCISE")
assert due(post, "2026-03-01 12:00", "--notify", status=0).stdout.count("sent ") == 3
assert due(post, "2026-03-02 11:00", "--run", "--notify", status=0).stdout.count("sent ") == 3
assert "critical" in receivers.text_of(mail.mails[-1]) and len(mail.mails) == 3 and len(web.posts) == 6
assert all("EXERCISE EXERCISE EXERCISE" in receivers.text_of(m) for m in mail.mails) and not [m for m in mail.mails if "shy" in m["to"]]
ids = [m["message-id"] for m in mail.mails]
assert len(ids) == len(set(ids)) and all(m["auto-submitted"] == "auto-generated" for m in mail.mails)

# ---- what was missed is told as well, once after a pause ----
often = new("often", SENDING.replace("first: 2026-03-02 10:00,", "first: 2026-03-02 10:00, recurrence: FREQ=DAILY,").replace("before: [14d, 1d], ", ""))
due(often, "2026-03-02 11:00", "--run", "--notify", status=0)
mail.mails[:], web.posts[:] = [], []
for _ in range(2):
    due(often, "2026-03-20 09:00", "--run", "--notify")
subjects = [str(m["subject"]).split("Übung, ")[1] for m in mail.mails]
assert len(web.posts) == 4 and "was not held" in receivers.text_of(mail.mails[0]) and subjects == ["missed: Wed 2026-03-18 10:00 Europe/Dublin", "result of Thu 2026-03-19 10:00 Europe/Dublin"], subjects
document = next(json.loads(body) for path, _, body in web.posts if path == "/hook")
jsonschema.validate(document, json.loads((schemas / "message.schema.json").read_text()))
assert document["kind"] == "missed"

# ---- servers that refuse, hang, and take without a word ----
faults = 0
for mode, answer, what in [("rejects", 500, "unsent"), ("busy", 400, "unsent"), ("hangs", 404, "unsent"), ("hangs_up", "hangs_up", "unclear"), ("takes", "hangs", "unclear"), ("takes", 504, "unclear")]:
    folder = new(f"fault-{mode}-{answer}", SENDING.replace("20s", "2s") if "hangs" in (mode, answer) else SENDING)
    mail.mode, web.answer, mail.mails[:], web.posts[:] = mode, answer, [], []
    got = due(folder, "2026-02-20 12:00", "--notify", status=4)
    assert got.stdout.count(f"{what:9} ") == (2 if mode == "takes" else 3), (mode, answer, got.stdout)
    mail.mode, web.answer = "takes", 200
    got = due(folder, "2026-02-20 12:15", "--notify", status=0 if what == "unsent" else 4)
    assert len(mail.mails) == 1 and len(web.posts) == (2 if what == "unsent" or answer == "hangs_up" else 0), (mode, answer, got.stdout)
    for key in entries(folder, "sending") if what == "unclear" else []:
        if key not in entries(folder, "sent"):
            due(folder, "2026-02-20 12:20", "--notify", "--again", key)
            assert key in entries(folder, "sent"), key
    due(folder, "2026-02-20 12:30", "--notify", status=0)
    sent = entries(folder, "sent")
    assert len(sent) == len(set(sent)) == 3, sent
    assert due(folder, "2026-02-20 12:30", "--notify", "--again", sent[0], status=2).stderr
    faults += 1
# one that hangs is waited for once, however many it has mail for
folder = new("crowd", SENDING.replace("20s", "2s").replace("  shy:", "".join(f"  p{n}: {{name: P, mail: p{n}@example.org, opted_in: 2026-01-01}}\n" for n in range(5)) + "  shy:").replace("who: [ana,", "who: [ana, p0, p1, p2, p3, p4,"))
mail.mode, mail.tries = "hangs", 0
assert due(folder, "2026-02-20 12:00", "--notify", status=4).stdout.count("unsent ") == 6 and mail.tries == 1, mail.tries
mail.mode, mail.mails[:] = "takes", []
assert due(folder, "2026-02-20 12:15", "--notify", status=0).stdout.count("sent ") == 6 and len(mail.mails) == 6
closed = new("closed", re.sub(r"127.0.0.1:\d+", "127.0.0.1:1", SENDING))
assert due(closed, "2026-02-20 12:00", "--notify", status=4).stdout.count("unsent") == 3
assert due(closed, "2026-03-05 12:00", "--notify", status=4).stdout.count("gave up") == 3
assert "gave up" not in due(closed, "2026-03-05 12:10", "--notify").stdout
assert due(closed, "2026-02-20 12:30", "--notify", status=4).stdout.count("unsent") == 3, "what a clock that was ahead gave up is tried again"
del os.environ["DRILL_KEY"]
got = due(new("nokey", SENDING), "2026-02-20 12:00", "--notify", status=4)
assert "the environment has no DRILL_KEY" in got.stdout
print(faults, "kinds of servers that fail: nothing sent twice, nothing lost without a word")
