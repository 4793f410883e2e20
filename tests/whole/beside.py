#!/usr/bin/env python3
"""beside.py MUSTER: files that a plan names beside itself. A calendar's days are holidays; a register of the organisation is held
against the plan (HYG-20); what a drill was made of stays with it, and a change of such a file is a change of the plan."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

muster = sys.argv[1]
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//library//holidays//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:{day}
RRULE:FREQ={rule}
END:VEVENT
END:VCALENDAR
"""
WORKING = "  working_hours: mon-fri 09:00-17:30\n"
STAFF = 'number,Name,note\r\n1,Ana Reyes,"first, of two"\r\n'
failed = 0


def expect(what, holds):
    global failed
    if not holds:
        failed += 1
        print("FAILED", what)


def run(*arguments, code=0):
    done = subprocess.run([muster, *map(str, arguments)], capture_output=True, text=True)
    expect(f"{' '.join(map(str, arguments))}: ends with {done.returncode}: {done.stderr[:300]}", done.returncode == code)
    return done.stdout + done.stderr


def starter(top, **more):
    """A folder with the starter's files; `more` stands in the organisation."""
    shutil.rmtree(top, ignore_errors=True)
    run("init", top)
    plan = top / "plan.yaml"
    text = plan.read_text()
    assert WORKING in text
    plan.write_text(text.replace(WORKING, WORKING + "".join(f"  {k}: {v}\n" for k, v in more.items())))
    return plan


def gaps(plan, *more):
    return {(f["gap"], f["subject"]) for f in json.loads(run("check", plan, *more, "--format", "json", "--fail-on", "never", "--at", "2026-07-10"))["findings"]}


def business_days(top):
    """Three business days from a Friday end with the Wednesday, at its midnight: a holiday of the calendar moves the end by a day."""
    ends = {}
    for day in ("20200714", "20200401"):
        plan = starter(top / "s", holidays="days.ics")
        (top / "s" / "days.ics").write_text(CALENDAR.format(uid=1, day=day, rule="YEARLY"))
        text = plan.read_text()
        rule = "    rule:     EU-GDPR-33\n"
        assert text.count(rule) == 1
        plan.write_text(text.replace(rule, "    starts:   detection\n    within:   3 business days\n"))
        shutil.rmtree(top / "o", ignore_errors=True)
        run("run", plan, top / "s" / "scenario.lua", "-o", top / "o", "--start", "2026-07-10 10:00", "--fail-on", "never")
        events = [json.loads(line) for line in (top / "o" / "journal.jsonl").open()]
        ends[day] = [e["due_local"][:10] for e in events if e["kind"] == "clock.start" and e["subject"] == "obligation:gdpr_33"]
    expect(f"a holiday of the calendar is no business day: {ends}", ends == {"20200714": ["2026-07-17"], "20200401": ["2026-07-16"]})


def registers(top):
    plan = starter(top / "s", records="[{of: people, file: staff.csv}]")
    people = [line.strip() for line in plan.read_text().split("\npeople:\n")[1].split("\n\n")[0].splitlines() if line.startswith("  ") and not line.startswith("   ") and line.rstrip().endswith(":")]
    ids = [p.rstrip(":") for p in people]
    (top / "s" / "staff.csv").write_text("id,since\r\n" + "".join(f"{p.upper()},2020\r\n" for p in ids))
    expect("whoever stands in the register is no gap", not {g for g in gaps(plan) if g[0] == "HYG-20"})
    (top / "s" / "staff.csv").write_text("id,since\r\n" + "".join(f"{p},2020\r\n" for p in ids[1:]))
    expect("whoever left is", {g for g in gaps(plan) if g[0] == "HYG-20"} == {("HYG-20", f"person:{ids[0]}")})
    (top / "s" / "staff.csv").write_text("since,who\n2020,ana\n")
    expect("a register without names is refused", "MU034" in run("check", plan, code=3))
    (top / "s" / "staff.csv").write_bytes(b'id,note\n"' + b"a,\n" * 40000)
    expect("a quote that nothing closes is refused, with its line", "a quote is opened on line 2" in run("check", plan, code=3))
    (top / "s" / "staff.csv").write_text("id\n" + "ana\n" * 20001)
    expect("so are more rows than are read", "more than 20000 rows" in run("check", plan, code=3))
    (top / "s" / "staff.csv").write_text('id,note\nana,"says ""no"", and\nmore"\n')
    expect("a quote may hold quotes and lines", "MU034" not in run("check", plan, "--fail-on", "never"))


def kept(top):
    """The drill is played again, and reported, where nothing but its own folder is left."""
    plan = starter(top / "s", holidays="days.ics", records="[{of: people, file: lists/staff.csv}]")
    (top / "s" / "lists").mkdir()
    (top / "s" / "lists" / "staff.csv").write_text(STAFF)
    (top / "s" / "days.ics").write_text(CALENDAR.format(uid=1, day="20200714", rule="YEARLY"))
    shutil.rmtree(top / "o", ignore_errors=True)
    run("run", plan, top / "s" / "scenario.lua", "-o", top / "o", "--fail-on", "never")
    shutil.rmtree(top / "s")
    journal = top / "o" / "journal.jsonl"
    expect("every event is the same", "are the same" in run("replay", journal))
    run("report", journal)
    staff = top / "o" / "inputs" / "lists" / "staff.csv"
    staff.write_text(STAFF + "2,Somebody Else,\r\n")
    expect("a changed register is a changed plan", "another plan" in run("replay", journal, code=5))


def refused(top):
    plan = starter(top / "s", holidays="days.ics")
    expect("a calendar that is not there", "MU028" in run("check", plan, code=3))
    for rule, word in (("WEEKLY", "MU034"), (None, "MU028")):
        path = top / "s" / "days.ics"
        if rule:
            path.write_text(CALENDAR.format(uid=1, day="20200714", rule=rule))
        else:
            path.unlink()
            os.mkfifo(path)
        expect(f"{word} for a calendar that cannot be used", word in run("check", plan, code=3))


def timed(top):
    """Meetings are no holidays: of a calendar that holds nothing else that is said, once, at its place."""
    meeting = "BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:2026071{n}T090000Z\r\nEND:VEVENT\r\n"
    whole = "BEGIN:VEVENT\r\nUID:9\r\nDTSTART;VALUE=DATE:20260714\r\nEND:VEVENT\r\n"
    frame = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n%sEND:VCALENDAR\r\n"
    plan = starter(top / "s", holidays="days.ics")
    for events, word in ((meeting.format(n=3), "its one event has a time of day"), (meeting.format(n=3) + meeting.format(n=4), "each of its 2 events has a time of day"), (meeting.format(n=3) + whole, None)):
        (top / "s" / "days.ics").write_text(frame % events)
        said = run("check", plan, "--fail-on", "never")
        at = re.findall(r'plan\.yaml:\d+:\d+: warning\[MU037\]: the calendar "days\.ics" holds no holiday: (.*)', said)
        expect(f"{word}: {at}", at == ([word] if word else []))


def links(top):
    """A plan in a folder is read from that folder alone."""
    plan = starter(top / "s")
    (top / "p").mkdir()
    shutil.copy(plan, top / "p" / "plan.yaml")
    run("check", top / "p", "--fail-on", "never")
    (top / "secret").write_text("x-secret: hunter2\n")
    (top / "p" / "more.yaml").symlink_to(top / "secret")
    said = run("check", top / "p", code=3)
    expect(f"a link out of the folder is refused, and nothing of it is shown: {said}", "MU028" in said and "hunter2" not in said)
    (top / "p" / "more.yaml").unlink()
    os.mkfifo(top / "p" / "more.yaml")
    expect("what is no file is refused", "MU028" in run("check", top / "p", code=3))


with tempfile.TemporaryDirectory() as folder:
    for test in (business_days, registers, kept, refused, timed, links):
        test(pathlib.Path(folder))
print(f"{failed} failed")
sys.exit(1 if failed else 0)
