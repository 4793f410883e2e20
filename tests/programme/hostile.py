#!/usr/bin/env python3
"""hostile.py MUSTER TEXTS: each hostile text stands in every place of a programme, a plan and a scenario where words may stand; no feed, mail, document, page, table or terminal takes it
for its own."""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here.parent / "report"), str(here.parent / "whole")]
import documents  # noqa: E402
import icalendar  # noqa: E402
import receivers  # noqa: E402

muster, corpus = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
os.environ.update(no_proxy="127.0.0.1", NO_PROXY="127.0.0.1")
texts = [json.loads(line)["text"] for line in pathlib.Path(corpus).read_text().splitlines()]
texts += ["two\r\nBcc: evil@example.org", "\r\n.\r\nMAIL FROM:<x@y>", "END:VEVENT\nBEGIN:VALARM", ";,\\n\"'", "=?UTF-8?B?eA==?=", "<!channel> &amp; <http://evil.example|x>", "x" * 3000]
mail, web = receivers.Mail(), receivers.Web()
top = tempfile.TemporaryDirectory()
folder = pathlib.Path(top.name) / "new"
subprocess.run([muster, "init", folder], check=True, capture_output=True)
plan = (folder / "plan.yaml").read_text()
scenario = (folder / "scenario.lua").read_text()
NOW = ["--now", "2027-03-02 11:00"]


def run(*args):
    got = subprocess.run([muster, *map(str, args)], capture_output=True, timeout=60)
    return got.returncode, got.stdout.decode("utf-8", "strict"), got.stderr.decode("utf-8", "strict")


def plain(text, where):
    bad = [c for c in text if (ord(c) < 32 and c not in "\n\r") or ord(c) == 127 or 0x80 <= ord(c) < 0xa0 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"]
    assert not bad, (where, bad)


refused = taken = 0
for text in texts:
    word = json.dumps(text, ensure_ascii=False)
    (folder / "plan.yaml").write_text(plan.replace("Incident Response Plan\n", word + "\n", 1).replace("  title:        Incident Response Plan", "  title:        " + word, 1), encoding="utf-8")
    (folder / "programme.yaml").write_text(f"""muster_programme: 1
programme: {{title: {word}, timezone: UTC, from: 2027-01-01}}
recipients:
  ana: {{name: {word}, mail: ana@example.org, opted_in: 2027-01-01}}
  hook: {{name: {word}, webhook: "http://127.0.0.1:{web.port}/w", opted_in: 2027-01-01}}
  room: {{name: {word}, slack: "http://127.0.0.1:{web.port}/s", opted_in: 2027-01-01}}
sending: {{smtp: "smtp://127.0.0.1:{mail.port}", from: drills@example.org}}
drills:
  d: {{title: {word}, plan: plan.yaml, scenario: scenario.lua, mode: model, first: 2027-03-02 10:00, tell: [{{who: [ana, hook, room], before: 7d, result: yes}}]}}
""", encoding="utf-8")
    subprocess.run(["rm", "-rf", folder / "drills"], check=True)
    mail.mails.clear()
    web.posts.clear()
    status, said, wrong = run("check", folder / "programme.yaml", "--at", "2027-02-01")
    plain(said + wrong, "check")
    if status == 3:
        refused += 1
        continue
    taken += 1
    for view in ("list", "next", "simulate"):
        plain("".join(run("schedule", view, folder / "programme.yaml", "--now", "2027-02-01 00:00")[1:]), view)
    json.loads(run("schedule", "list", folder / "programme.yaml", "--format", "json", "--now", "2027-02-01 00:00")[1])
    feed = run("schedule", "ics", folder / "programme.yaml", "--now", "2027-02-01 00:00")[1]
    events = icalendar.Calendar.from_ical(feed).walk()
    assert [e.name for e in events] == ["VCALENDAR", "VEVENT"] and str(events[1]["summary"]).startswith("EXERCISE: "), text
    plain(feed, "feed")
    status, said, wrong = run("due", folder / "programme.yaml", "--run", "--notify", *NOW)
    assert status in (0, 1), (text, said, wrong)
    plain(said + wrong, "due")
    assert len(mail.mails) == 1 and len(web.posts) == 2, text
    one = mail.mails[0]
    assert sorted(k.lower() for k in one.keys()) == ["auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"], one.keys()
    assert str(one["subject"]).startswith("EXERCISE EXERCISE EXERCISE: ") and receivers.text_of(one).rstrip().endswith("EXERCISE EXERCISE EXERCISE")
    for path, _, body in web.posts:
        document = json.loads(body)
        assert path == "/w" or not re.search(r"<[!@#h]", document["text"]), (text, document["text"])
    for aspect in ("show", "trend"):
        plain("".join(run("history", aspect, folder / "programme.yaml")[1:]), aspect)
    status, page, wrong = run("history", "trend", folder / "programme.yaml", "--format", "html")
    assert status == 0 and not documents.html_wrong(page), (text, documents.html_wrong(page)[:3])
    json.loads(run("history", "export", folder / "programme.yaml")[1])
    table = run("history", "show", folder / "programme.yaml", "--format", "csv")[1]
    for row in csv.reader(io.StringIO(table)):
        assert len(row) == 16 and not any(re.match(r"\s*[=+\-@|%\t\r\uff1d\uff0b\uff0d\uff20]", cell) for cell in row), (text, row)
    ledger = (folder / "drills/ledger.jsonl").read_text(encoding="utf-8")
    assert all(json.loads(line) for line in ledger.splitlines())
    assert run("due", folder / "programme.yaml", "--run", "--notify", *NOW)[0] == 0, "the ledger reads what it wrote"
assert taken >= 15, (taken, refused)
print(taken, "texts taken and shown as texts,", refused, "refused by the reader")
