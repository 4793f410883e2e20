#!/usr/bin/env python3
"""calltree.py MUSTER SCHEMAS: a call tree against a mail server and a web server: who opted in is asked over each of their ways, once, also by a program
that was killed; a scanner that follows a link answers for nobody; who answered, who not, and whose address is wrong become the result, gaps, days in the
plan, times in the assumptions; and muster due holds it when it is due."""
import atexit
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

import patience
import receivers

patience.within(840)
muster, schemas = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
top = tempfile.TemporaryDirectory()
os.environ.update(no_proxy="*", NO_PROXY="*")
mail, web = receivers.Mail(), receivers.Web()
port = patience.port()
at = f"http://localhost:{port}"
folder = pathlib.Path(top.name) / "org"
subprocess.run([muster, "init", folder], check=True, capture_output=True)
plan = (folder / "plan.yaml").read_text()
for who, ways in {"ana": '[{via: mail, address: ana@weir.example}, {via: chat, address: "http://127.0.0.1:%d/ana"}]' % web.port,
                  "ben": '[{via: mail, address: ben@weir.example}, {via: phone, address: "+353 1 555 0202"}]',
                  "chiara": "[{via: mail, address: gone@weir.example}, {via: pager, address: chiara}]\n    calls:    [eva, finn]",
                  "dilip": '[{via: push, address: "http://127.0.0.1:%d/dilip"}, {via: mail, address: barred@weir.example}]' % web.port}.items():
    plan = re.sub(r"(  %s:\n(?:    .*\n)*?    reach: +)\[.*\]" % who, lambda m: m[1] + ways, plan)
plan = plan.replace("  notice_page: {kind: web", "  chat:        {kind: chat, use: primary, depends_on: [office_suite]}\n  push:        {kind: push, depends_on: [pager_cloud]}\n  notice_page: {kind: web")
plan = re.sub(r"    verified: .*\n", "    verified: 2025-11-01\n", plan, count=1)  # ana's
(folder / "plan.yaml").write_text(plan)
PROGRAMME = f"""muster_programme: 1
programme: {{title: Drills of Weir, timezone: Europe/Dublin, from: 2026-01-01, late_by: 36h, quiet: mon-sun 22:00-07:00, rules: [NIS2]}}
sending:
  smtp: "smtp://127.0.0.1:{mail.port}"
  from: drills@weir.example
  patience: PATIENCE
  answers: {{at: "{at}", port: {port}}}
recipients:
  ana:    {{name: Ana, is: "person:ana", opted_in: 2026-01-02}}
  ben:    {{name: Ben, is: "person:ben", opted_in: 2026-01-02}}
  chiara: {{name: Chiara, is: "person:chiara", opted_in: 2026-01-02}}
  dilip:  {{name: Dilip, is: "person:dilip", opted_in: 2026-01-02}}
  eva:    {{name: Eva, is: "person:eva"}}
drills:
  tree: {{title: Can we be reached, plan: plan.yaml, mode: calltree, first: 2026-03-02 10:00, recurrence: FREQ=MONTHLY, lasts: LASTS, answer_within: 10m}}
"""
file = folder / "programme.yaml"


def programme(lasts="1h", more="", waits="20s"):  # for a server that hangs; one that is slow is waited for
    file.write_text(PROGRAMME.replace("LASTS", lasts).replace("PATIENCE", waits) + more)


def run(*args, status=0):
    got = subprocess.run([muster, *map(str, args)], capture_output=True, text=True, timeout=200)
    assert got.returncode == status, (args, got.returncode, got.stdout, got.stderr)
    return got


def begin(*args):
    process = subprocess.Popen([muster, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    atexit.register(end, process)
    return process


def end(process):
    """With all that it has started; where it has been waited for, nothing: its number may be that of somebody else by now."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def until(what, seconds=200):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def ask(path, method="GET", origin=at, **fields):
    body = urllib.parse.urlencode(fields).encode() if method == "POST" else None
    request = urllib.request.Request(at + path, body, {"Origin": origin} if body else {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def listens():
    try:
        return ask("/")[0] == 200
    except OSError:
        return False


def events(where):
    return [json.loads(line) for line in (where / "journal.jsonl").read_text().splitlines() if line.endswith("}")]


def kinds(where, kind):
    return [e for e in events(where) if e["kind"] == kind]


def code_in(text):
    code = re.search(re.escape(at) + r"/#([0-9A-Z-]{14})", text)[1]
    assert f"it is {code}." in text
    return code


def codes():
    return {m["To"].strip("<>"): code_in(receivers.text_of(m)) for m in mail.mails} | {path: code_in(json.loads(body)["text"]) for path, _, body in web.posts}


# ---- mistakes are told at their place ----
programme()
assert "1 drill, 12 times" in run("check", file).stdout
for old, new, code in [('is: "person:ana"', 'is: "ana"', "MU213"), ('is: "person:ana"', 'is: "person:anna"', "MU213"), (f'at: "{at}"', 'at: "http://drills.example.org"', "MU214"),
                       (f'at: "{at}"', 'at: "https://drills.example.org/x"', "MU214"), (f"port: {port}}}", f"port: {port}, listen: 0.0.0.0}}", "MU214"),
                       ("mode: calltree", "mode: calltree, scenario: scenario.lua", "MU205"), ('is: "person:ben"', 'is: "person:ana"', "MU213")]:
    programme()
    file.write_text(file.read_text().replace(old, new))
    got = run("check", file, status=3)
    line = max(i for i, l in enumerate(file.read_text().splitlines(), 1) if new in l)
    assert f"programme.yaml:{line}:" in got.stderr and code in got.stderr, (new, got.stderr)
programme()
assert "did you mean \"tree\"" in run("calltree", file, "tee", "--dry-run", status=2).stderr

# ---- looking first ----
dry = run("calltree", file, "tree", "--dry-run").stdout
for line in ("would ask person:ana, mail: ana@weir.example", "would ask person:ana, slack: http://127.0.0.1", "would ask person:dilip, webhook: http://127.0.0.1",
             "Ben Okoro, phone +353 1 555 0202: code", "not asked: person:eva/1 did not opt in", "Nothing was sent. 8 ways would be asked"):
    assert line in dry, (line, dry)
assert dry.count("  | EXERCISE EXERCISE EXERCISE") == 12 and not mail.mails and not web.posts
got = run("due", file, "--run", "--dry-run", "--now", "2026-03-02 10:05").stdout
assert "would ask tree-2026-03-02-1000: Ana Weir over mail ana@weir.example, by mail" in got and "not asked" in got and not (folder / "drills").exists(), got

# ---- asked, killed, taken up, answered ----
mail.answers = {"gone@weir.example": "550 5.1.1 no such mailbox", "barred@weir.example": "550 5.7.1 not from there"}
out = folder / "first"
process = begin("calltree", file, "tree", "-o", out, "--now", "2026-03-02 10:00")
until(lambda: len(mail.mails) == 2 and len(web.posts) == 2 and listens() and len(kinds(out, "notify.fail")) == 2)
first = codes()
assert set(first) == {"ana@weir.example", "ben@weir.example", "/ana", "/dilip"} and len(set(first.values())) == 4
for m in mail.mails:
    text = receivers.text_of(m)
    assert text.startswith("EXERCISE EXERCISE EXERCISE") and text.rstrip().endswith("EXERCISE EXERCISE EXERCISE") and m["Subject"].startswith("EXERCISE EXERCISE EXERCISE")
jsonschema.validate(json.loads(next(b for p, _, b in web.posts if p == "/dilip")), json.loads((schemas / "message.schema.json").read_text()))
assert list(json.loads(next(b for p, _, b in web.posts if p == "/ana"))) == ["text"]
assert run("calltree", file, "tree", "-o", out, "--resume", status=5).stderr and run("calltree", file, "tree", "-o", out, status=5)

status, page = ask("/")  # a scanner: it reads the page, follows all links, sends the code in every way but the button's
assert status == 200 and page.count("<button") == 1 and "I have got this" in page and "EXERCISE EXERCISE EXERCISE" in page
code = first["ana@weir.example"]
for path in ("/", f"/?code={code}", f"/{code}", "/lead", f"/lead?key={code}", "/style.css", "/script.js", "/icon.svg"):
    for method in ("GET", "HEAD"):
        ask(path, method)
assert ask("/", "POST", origin="http://evil.example", code=code)[0] == 403 and ask("/", "POST", code="0000-0000-0000")[0] == 403
assert code not in page and not kinds(out, "notify.ack"), "looked at, and so answered"

process.send_signal(signal.SIGKILL)
process.communicate()
said = len(events(out))
process = begin("calltree", file, "tree", "-o", out, "--resume", "--now", "2026-03-02 10:12")
until(listens)
status, page = ask("/", "POST", code=code)
assert status == 200 and "Thank you, Ana Weir" in page and "another way" in page
assert kinds(out, "notify.ack")[0]["person"] == "person:ana", "on disk before it is shown"
status, page = ask("/", "POST", code=code.lower().replace("-", " "))
assert "said so already" in page and len(kinds(out, "notify.ack")) == 1
for key in ("/ana", "/dilip"):
    assert ask("/", "POST", code=first[key])[0] == 200
assert len(mail.mails) == 2 and len(web.posts) == 2 and len(events(out)) > said and kinds(out, "downtime"), "sent once"

# ---- whoever leads ----
key = next(line for line in iter(process.stderr.readline, "") if "Whoever leads" in line).split("#")[1].strip()
assert ask("/lead", "POST", key="0000-0000-0000")[0] == 403
status, page = ask("/lead", "POST", key=key)
rows = dict(re.findall(r"<h2>([^<]+) <small>(\S+)", page))
assert status == 200 and "3 of 8 ways answered" in page and "wrong address: 550 5.1.1 no such mailbox" in page and "not sent, is tried again" in page, page
number = {m[1]: m[0] for m in re.findall(r'name="way" value="(\d+)"><input type="hidden" name="came" value="(reached|silent|wrong)"', page)}
way = {e["value"].split()[0]: i for i, e in enumerate((e for e in kinds(out, "run.option") if e["option"] == "way"), 1)}
assert "nobody answered" in ask("/lead", "POST", key=key, way=way["person:chiara/2"], came="silent")[1]
assert "4 of 8" in ask("/lead", "POST", key=key, way=way["person:ben/2"], came="reached")[1]
assert "4 of 8" in ask("/lead", "POST", key=key, way=way["person:ben/1"], came="reached")[1], "a mail is answered by whom it went to alone"
process.send_signal(signal.SIGTERM)
assert process.wait() == 143 and "--resume" in process.stderr.read()

# ---- over by its time; the result ----
process = begin("calltree", file, "tree", "-o", out, "--resume", "--now", "2026-03-02 11:30", "--fail-on", "high", "--format", "json")
text, err = process.communicate(timeout=200)
assert process.returncode == 1, (process.returncode, err)
result = json.loads(text)
jsonschema.validate(result, json.loads((schemas / "calltree.schema.json").read_text()))
assert json.loads((out / "result.json").read_text()) == result and not (out / "secret").exists()
states = {f"{w['who']}/{w['way']}": w["state"] for w in result["ways"]}
assert states == {"person:ana/1": "answered late", "person:ana/2": "answered late", "person:ben/1": "never answered", "person:ben/2": "answered", "person:chiara/1": "wrong address",
                  "person:chiara/2": "nobody answered", "person:dilip/1": "answered late", "person:dilip/2": "not sent"}, states
assert result["sentence"] == "3 of 4 who were asked answered, 1 of them over each of their ways; 3 answers were late; 1 address is wrong.", result["sentence"]
assert {p["who"]: p["verified"] for p in result["people"]} == {"person:ana": True, "person:ben": False, "person:chiara": False, "person:dilip": False}
assert {n["who"] for n in result["not_asked"]} >= {"person:eva", "person:finn"} and len(mail.mails) == 2
assert "sound" in run("verify", out / "journal.jsonl").stdout and "cannot be played again" in run("replay", out / "journal.jsonl", status=3).stderr
findings = json.loads((out / "findings.json").read_text())
jsonschema.validate(findings, json.loads((schemas / "findings.schema.json").read_text()))
jsonschema.validate(json.loads((out / "report.json").read_text()), json.loads((schemas / "report.schema.json").read_text()))
numbers = {e["n"] for e in events(out)}
found = {}
for f in findings["findings"]:
    if f["gap"] in ("COM-02", "COM-03", "COM-08") and f["evidence"]:
        assert f["confidence"] == "observed" and set(f["evidence"]) <= numbers, f
        found[f["gap"], f["subject"]] = f
assert set(found) == {("COM-02", "person:ben"), ("COM-02", "person:chiara"), ("COM-03", "person:chiara"), ("COM-08", "person:chiara")}, set(found)
assert "over mail" in found["COM-02", "person:ben"]["text"] and "over pager" in found["COM-02", "person:chiara"]["text"] and "Eva Quinn, Finn Daly" in found["COM-08", "person:chiara"]["text"]
lines = plan.splitlines()
assert "gone@weir.example" in lines[found["COM-03", "person:chiara"]["at"]["line"] - 1] and "calls:" in lines[found["COM-08", "person:chiara"]["at"]["line"] - 1]
for reader in ("executive", "practitioner", "auditor"):
    assert "drill of contacts" in run("report", out, "--for", reader, "--format", "md").stdout or reader == "executive"

# ---- what the plan may say now ----
work = pathlib.Path(top.name) / "work"
work.mkdir()
(work / "plan.yaml").write_text(plan)
subprocess.run(["patch", "-s", "-p1", "plan.yaml", out / "verified.patch"], cwd=work, check=True)
patched = (work / "plan.yaml").read_text()
changed = [(a, b) for a, b in zip(plan.splitlines(), patched.splitlines()) if a != b]
assert changed == [("    verified: 2025-11-01", "    verified: 2026-03-02")], changed
assert "COM-02" not in {f["gap"] for f in json.loads(run("check", work / "plan.yaml", "--at", "2026-03-02", "--fail-on", "never", "--format", "json").stdout)["findings"] if f["subject"] == "person:ana"}

# ---- held when it is due; answered by all; measured; told in the history ----
(folder / "plan.yaml").write_text(re.sub(r"    calls: .*\n", "", plan.replace("gone@weir.example", "chiara@weir.example").replace(', {via: phone, address: "+353 1 555 0202"}', "")
                                         .replace(", {via: pager, address: chiara}", "").replace(", {via: mail, address: barred@weir.example}", "")))
for month in range(4, 7):
    mail.mails.clear()
    web.posts.clear()
    key = f"tree-2026-{month:02}-02-1000"
    now = f"2026-{month:02}-02 10:05"
    process = begin("due", file, "--run", "--notify", "--now", now, "--format", "json")
    until(lambda: len(mail.mails) == 3 and len(web.posts) == 2 and listens())
    if month == 4:
        assert "under way" in run("due", file, "--run", "--now", now).stdout, "the ledger is free meanwhile"
        os.killpg(process.pid, signal.SIGKILL)  # with the call tree that it holds
        process.communicate()
        process = begin("due", file, "--run", "--notify", "--now", now, "--format", "json")
        until(listens)
    for code in codes().values():
        assert ask("/", "POST", code=code)[0] == 200
    text, err = process.communicate(timeout=200)
    said = json.loads(text)
    jsonschema.validate(said, json.loads((schemas / "due.schema.json").read_text()))
    ran = next(s for s in said["said"] if s["what"] == "ran")
    assert process.returncode == 0 and ran["key"] == key and ran["words"].startswith("4 of 4 who were asked answered, 4 of them over each of their ways."), (said, err)
    assert len(mail.mails) == 3 and len(web.posts) == 2, "each once, also after a crash"
    again = run("due", file, "--run", "--now", now).stdout
    assert "ran" not in again.split() and "due" not in again.split(), again
ledger = [json.loads(line) for line in (folder / "drills/ledger.jsonl").read_text().splitlines()]
assert [e["key"] for e in ledger if e["what"] == "ran"] == [f"tree-2026-{m:02}-02-1000" for m in range(4, 7)]
got = run("history", "measured", file).stdout
assert re.search(r"\"acknowledge\": \{.*origin: measured, n: 8\}", got), got
history = json.loads(run("history", "export", file).stdout)
assert [(d["mode"], d["acknowledgements"]) for d in history["drills"]] == [("calltree", 0), ("calltree", 4), ("calltree", 4)], "what was cut off in between measures nobody"
assert "NIS2                    none that counts was held" in run("schedule", "next", file, "--now", "2026-06-03 10:00").stdout, "a call tree tests contacts and no roles"

# ---- while it is being held everything else that comes due is done ----
programme("1m", "  table: {plan: plan.yaml, scenario: scenario.lua, mode: facilitated, players: [commander], first: 2026-07-02 09:30, tell: [{who: lead, result: yes}]}\n")
file.write_text(file.read_text().replace("recipients:\n", f'recipients:\n  lead: {{name: Lead, slack: "http://127.0.0.1:{web.port}/lead", opted_in: 2026-01-02}}\n'))
subprocess.run([muster, "run", folder / "plan.yaml", folder / "scenario.lua", "-o", folder / "table", "--play", "commander"], input="a\n:end done\n", capture_output=True, text=True, timeout=60)
mail.mails.clear()
web.posts.clear()
process = begin("due", file, "--run", "--notify", "--now", "2026-07-02 10:05")
until(lambda: len(mail.mails) == 3 and len(web.posts) == 2 and listens())
(folder / "table").rename(folder / "drills/table-2026-07-02-0930")
until(lambda: any(path == "/lead" for path, _, _ in web.posts))
assert process.poll() is None and listens(), "the call tree is still being held"
web.posts[:] = [post for post in web.posts if post[0] != "/lead"]
said = ""
while "held      table-2026-07-02-0930: " not in said:  # what was done is said before the call tree is over
    said += (line := process.stdout.readline())
    assert line, said
assert process.poll() is None
for code in codes().values():
    assert ask("/", "POST", code=code)[0] == 200
text, err = said + process.stdout.read(), process.stderr.read()
process.wait(timeout=200)
assert text.count("held      table-2026-07-02-0930: ") == 1 and text.count("sent      table-") == 1 and "ran       tree-2026-07-02-1000" in text and "lead" not in text.split("ran ")[1], (text, err)
programme("1h", waits="2s")

# ---- quiet hours; a server that hangs keeps nobody from answering ----
assert "quiet hours" in run("calltree", file, "tree", "-o", folder / "night", "--now", "2026-07-02 23:00", status=5).stderr
mail.mode = "hangs"
web.posts.clear()
process = begin("calltree", file, "tree", "-o", folder / "slow", "--now", "2026-07-03 10:05")
until(lambda: listens() and len(web.posts) == 2)
for code in (code_in(json.loads(b)["text"]) for _, _, b in web.posts):
    assert ask("/", "POST", code=code)[0] == 200
until(lambda: any("tim" in e["about"].lower() for e in kinds(folder / "slow", "notify.fail")))
process.send_signal(signal.SIGINT)
assert process.wait() == 130
print("call tree: asked once each, also across kills; four answered, one wrong, one branch lost; held three times by due, measured")
