#!/usr/bin/env python3
"""schedule.py MUSTER SCHEMAS CORPORA: programme.yaml is read strictly, each mistake at its place; the schedule is what two other
readers of recurrences make of it, across changes of the clock, leap days and holidays; an unannounced day is the same every time;
the feed is read back by others; nothing hostile gets further than a sentence."""
import datetime
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zoneinfo

import icalendar
import jsonschema
from dateutil import rrule

muster, schemas, corpora = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
HEAD = """muster_programme: 1
programme: {title: T, timezone: %s, from: 2026-01-01%s}
drills:
"""
DRILL = "  %s: {plan: plan.yaml, scenario: scenario.lua, mode: model, first: %s%s}\n"
top = tempfile.TemporaryDirectory()
folder = pathlib.Path(top.name) / "new"
subprocess.run([muster, "init", folder], check=True, capture_output=True)
file = folder / "programme.yaml"


def run(*args, text=None):
    if text is not None:
        file.write_text(text, encoding="utf-8")
    return subprocess.run([muster, *map(str, args)], capture_output=True, text=True, timeout=60)


def occasions(text, now="2026-01-01 00:00", days=366, *more):
    got = run("schedule", "list", file, "--format", "json", "--now", now, "--days", days, "--unannounced", *more, text=text)
    assert got.returncode == 0, got.stderr
    return json.loads(got.stdout)["occasions"]


# ---- mistakes, each at its line and column ----
GOOD = """muster_programme: 1
programme:
  title: T
  timezone: Europe/Dublin
  from: 2026-01-01
recipients:
  ana: {name: Ana, mail: ana@example.org, opted_in: 2026-01-02}
sending: {smtp: "smtp://localhost", from: drills@example.org}
drills:
  one:
    plan: plan.yaml
    scenario: [scenario.lua]
    mode: facilitated
    first: 2026-03-02 10:00
    recurrence: FREQ=MONTHLY;BYDAY=1TU
    players: [commander]
    tell: [{who: [ana], before: [7d, 1h], result: yes}]
"""
assert run("check", file, text=GOOD).returncode == 0, run("check", file).stderr
MISTAKES = [("  title: T\n", "", "2:1", 16), ("from: 2026-01-01", "from: 2026-02-30", "5:9", 25), ("Europe/Dublin", "Europe/Dublln", "4:13", 26),
            ("first:", "frist:", "14:5", 15), ("mode: facilitated", "mode: tabletop", "13:11", 29), ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=QUARTERLY", "15:17", 201),
            ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=HOURLY", "15:17", 201), ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=1XX", "15:17", 201),
            ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "15:17", 201), ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=DAILY;UNTIL=20200101", "15:17", 202), ("who: [ana]", "who: [anna]", "17:19", 203),
            ("ana@example.org", "ana at example.org", "7:26", 204), ("smtp://localhost", "http://localhost", "8:17", 204), ("plan: plan.yaml", "plan: paln.yaml", "11:11", 200),
            ("[scenario.lua]", "[scenario.lua, other.lua]", "12:30", 200), ("players: [commander]", "players: [comander]", "16:15", 205),
            ("    players: [commander]\n", "", "13:11", 205), ("mode: facilitated", "mode: model", "16:15", 205), ("  from: 2026-01-01", "  from: 2026-01-01\n  rules: [PCIDSS]", "6:11", 206),
            ("  from: 2026-01-01", "  from: 2026-01-01\n  quiet: mon-sun 00:00-24:00", "6:10", 207),
            ("    players: [commander]", "    players: [commander]\n    unannounced: month", "17:18", 207), ("first: 2026-03-02", "first: 2025-03-02", "14:12", 208),
            ("  from: 2026-01-01", "  from: 2026-01-01\n  closed: [{from: 2026-05-01, to: 2026-04-01}]", "6:35", 208),
            ("recurrence: FREQ=MONTHLY;BYDAY=1TU", "recurrence: FREQ=MONTHLY;BYDAY=1TU;COUNT=1\n    except: [2026-03-03]", "10:3", 202),
            ("[7d, 1h]", "[9d, 8d, 7d, 6d, 5d, 4d, 3d, 2d, 1d]", "17:66", 211)]
for old, new, place, code in MISTAKES:
    assert GOOD.count(old) == 1, old
    got = run("check", file, text=GOOD.replace(old, new))
    assert got.returncode == 3 and f"{file}:{place}: error[MU{code:03d}]" in got.stderr, (old, new, place, code, got.stderr)
    assert f"MU{code:03d}" in run("explain", f"MU{code:03d}").stdout
for old, new, code in [("opted_in: 2026-01-02", "x-asked: yes", 212), ("  from: 2026-01-01", "  from: 2026-01-01\n  rules: [FEDRAMP-MODERATE]", 209),
                       ("players: [commander]", "players: [commander]\n    unannounced: month\n    between: mon-fri 09:00-16:00", 210)]:
    got = run("check", file, text=GOOD.replace(old, new))
    assert got.returncode == 0 and f"warning[MU{code}]" in got.stderr, (new, got.stderr)
assert run("schedule", "list", folder / "plan.yaml").returncode == 3
assert run("schedule", "lst", file).returncode == run("schedule", "list", file, "--now", "soon").returncode == run("schedule", "list", file, "--days", "0").returncode == 2

# ---- random rules, as another reader has them ----
chance = random.Random(7)
days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def random_rule():
    freq = chance.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={freq}", f"INTERVAL={chance.choice([1, 1, 2, 3, 7])}"]
    if freq == "WEEKLY" and chance.random() < .6:
        parts.append("BYDAY=" + ",".join(sorted(chance.sample(days, 2), key=days.index)))
    if freq == "MONTHLY":
        parts.append(chance.choice(["BYDAY=1TU", "BYDAY=-1FR", "BYMONTHDAY=31", "BYMONTHDAY=-1", "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYMONTHDAY=13;BYDAY=FR"]))
    if freq == "YEARLY":
        parts.append(chance.choice(["BYMONTH=2;BYMONTHDAY=29", "BYMONTH=3,9;BYDAY=2WE", "BYYEARDAY=100,-1", "BYWEEKNO=20;BYDAY=MO", "BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"]))
    if chance.random() < .2:
        parts.append(f"COUNT={chance.randint(1, 20)}")
    return ";".join(parts)


rules = [(random_rule(), datetime.datetime(2026, 1, 1, chance.randint(0, 23), chance.choice([0, 15, 59])) + datetime.timedelta(days=chance.randint(0, 400))) for _ in range(120)]
text = HEAD % ("UTC", "") + "".join(DRILL % (f"d{i}", start.strftime("%Y-%m-%d %H:%M"), f', recurrence: "{rule}"') for i, (rule, start) in enumerate(rules))
got, until = {}, datetime.datetime(2036, 1, 1)
for o in occasions(text, days=(until - datetime.datetime(2026, 1, 1)).days):
    got.setdefault(o["drill"], []).append(o["at"])
compared = 0
for i, (rule, start) in enumerate(rules):
    want = [t.strftime("%Y-%m-%d %H:%M") for t in rrule.rrulestr(rule, dtstart=start) .between(datetime.datetime(2026, 1, 1), until, inc=True) if t < until]
    assert got.get(f"d{i}", []) == want, (rule, start, got.get(f"d{i}", [])[:5], want[:5])
    compared += len(want)
assert compared > 5000, compared

# ---- every change of the clock of some zones, in gaps and overlaps ----
clocks = 0
for zone in ("Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"):
    tz = zoneinfo.ZoneInfo(zone)
    for hour in (0, 1, 2, 3):
        for o in occasions(HEAD % (zone, "") + DRILL % ("d", f"2026-01-02 {hour:02d}:30", ", recurrence: FREQ=DAILY"), days=800):
            nominal = datetime.datetime.strptime(o["key"][2:], "%Y-%m-%d-%H%M")
            want = nominal.replace(tzinfo=tz, fold=0).astimezone(datetime.timezone.utc)
            assert o["at"] == want.strftime("%Y-%m-%d %H:%M"), (zone, o)
            there = want.astimezone(tz)
            assert o["local"] == there.strftime("%Y-%m-%d %H:%M"), (zone, o)
            twice = there.replace(fold=1).utcoffset() != there.replace(fold=0).utcoffset()
            assert (o["moved"] is not None) == (twice or there.replace(tzinfo=None) != nominal), (zone, o)
            clocks += o["moved"] is not None
assert clocks >= 12, clocks

# ---- holidays, closed days, quiet hours ----
people = "  d: {plan: plan.yaml, scenario: scenario.lua, mode: facilitated, players: [commander], first: 2026-01-02 19:30, recurrence: FREQ=DAILY;COUNT=400%s}\n"
shutil.copy(corpora / "calendars/england-and-wales.ics", folder / "h.ics")
settings = ", holidays: [h.ics, 2026-05-04], closed: [{from: 2026-12-18, to: 2027-01-03}], quiet: [mon-sun 19:00-08:00, sat-sun 00:00-24:00]"
for o in occasions(HEAD % ("Europe/London", settings) + people % "", days=500):
    local = datetime.datetime.strptime(o["local"], "%Y-%m-%d %H:%M")
    assert local.weekday() < 5 and local.hour == 8 and local.date() not in (datetime.date(2026, 5, 4),), o
    assert not datetime.date(2026, 12, 18) <= local.date() <= datetime.date(2027, 1, 3), o
    assert o["moved"], o
assert len({o["key"] for o in occasions(HEAD % ("Europe/London", settings) + people % "", days=500)}) == 400
skipped = [o["local"][:10] for o in occasions(HEAD % ("UTC", ", holidays: 2026-05-04") + people % ", on_holiday: skip")]
assert "2026-05-04" not in skipped and "2026-05-05" in skipped

# ---- unannounced: the same whenever it is asked, in its stretch, on a working day, every day as likely ----
drawn = HEAD % ("Europe/Dublin", ", seed: %d, holidays: [2027-03-17]") + "  d: {plan: plan.yaml, mode: calltree, first: 2026-03-01 00:00, recurrence: FREQ=YEARLY;BYMONTH=3, unannounced: month, between: mon-fri 09:00-16:00}\n"
once = occasions(drawn % 7, days=36000)
assert len(once) == len({o["local"][:4] for o in once}) == 99
for o in once:
    local = datetime.datetime.strptime(o["local"], "%Y-%m-%d %H:%M")
    assert local.month == 3 and local.weekday() < 5 and 9 <= local.hour < 16 and o["local"][:10] != "2027-03-17", o
again = occasions(drawn % 7, "2050-03-01 00:00", 365)
assert again == [o for o in once if o["key"] in {a["key"] for a in again}] and len(again) == 1
assert occasions(drawn % 8, days=36000) != once and len({o["local"][8:10] for o in once}) > 20
schema = json.loads((schemas / "schedule.schema.json").read_text())
secret = run("schedule", "simulate", file, "--now", "2026-02-01 00:00", "--format", "json").stdout
assert all(o["at"] is o["local"] is o["moved"] is None for o in json.loads(secret)["occasions"])
jsonschema.validate(json.loads(secret), schema)
hidden = run("schedule", "list", file, "--now", "2026-02-01 00:00").stdout + run("schedule", "ics", file, "--now", "2026-02-01 00:00").stdout
assert "2026-03-01..03-31" in hidden and once[0]["local"][:10] not in hidden and once[0]["local"][:10].replace("-", "") + "T" not in hidden

daily = "  e: {plan: plan.yaml, scenario: scenario.lua, mode: facilitated, players: [commander], first: 2026-02-01 10:00, recurrence: FREQ=DAILY}\n"
telling = {}
for seed in range(6):  # neither its place in a list, nor being in it, nor what it is in the way of tells its day
    for days in (35, 60):
        told = run("schedule", "simulate", file, "--now", "2026-02-01 00:00", "--days", str(days), text=drawn % seed + daily).stdout.split("\nBy the rules")[0].split("\nWhat these")[0]
        assert "2026-03-01..03-31" in told and "d: another drill is in its way" in told, told
        telling.setdefault(days, set()).add(told)
    view = json.loads(run("schedule", "simulate", file, "--now", "2026-02-01 00:00", "--days", "60", "--format", "json").stdout)
    assert all(c["other"] is None for c in view["conflicts"] if c["one"].startswith("d-") or (c["other"] or "").startswith("d-")), view["conflicts"]
assert all(len(said) == 1 for said in telling.values()), telling

# ---- what is in the way of what; which rule wants what ----
both = HEAD % ("UTC", ", rules: [PCI, FEDRAMP-HIGH, NYDFS-RESTORE, ISO-22301]") + "".join(
    f"  {name}: {{plan: plan.yaml, scenario: scenario.lua, mode: facilitated, players: [commander], first: {first}}}\n" for name, first in (("a", "2026-05-04 10:00"), ("b", "2026-05-04 11:00"), ("c", "2026-05-04 18:00")))
view = json.loads(run("schedule", "simulate", file, "--now", "2026-02-01 00:00", "--format", "json", text=both).stdout)
jsonschema.validate(view, schema)
assert [c["why"] for c in view["conflicts"]] == ["they overlap, and commander plays in both", "commander plays in two drills on one day", "commander plays in two drills on one day"], view["conflicts"]
assert [(r["rule"], r["state"], r["due_by"], r["strictest"]) for r in view["rules"]] == [("PCI", "in_time", "2027-01-01", False), ("FEDRAMP-HIGH", "in_time", "2026-07-01", True),
                                                                              ("NYDFS-RESTORE", "cannot_count", "2027-01-01", False), ("ISO-22301", "no_number", None, False)], view["rules"]
held = both + "held: [{on: 2026-01-15, mode: functional, evidence: minutes of the day}]\n"
rules_now = {r["rule"]: r for r in json.loads(run("schedule", "next", file, "--now", "2026-06-01 00:00", "--format", "json", text=held).stdout)["rules"]}
assert rules_now["PCI"]["due_by"] == "2027-01-15" and rules_now["PCI"]["state"] == "not_planned" and rules_now["FEDRAMP-HIGH"]["due_by"] == "2026-07-15"

# ---- the feed, read by others ----
feed_text = HEAD.replace("title: T", "title: \"Übungen, a;b\"") % ("Europe/Dublin", "") + DRILL % ("d", "2026-01-02 01:30", ", title: \"Ein, zwei; drei \\\\ vier – ein sehr langer Titel, der über die Zeile geht 🙂🙂🙂🙂🙂🙂\", recurrence: FREQ=WEEKLY")
want = occasions(feed_text)
feed = run("schedule", "ics", file, "--now", "2026-01-01 00:00").stdout
raw = subprocess.run([muster, "schedule", "ics", file, "--now", "2026-01-01 00:00"], capture_output=True, check=True).stdout
assert raw == subprocess.run([muster, "schedule", "ics", file, "--now", "2026-01-01 00:00"], capture_output=True, check=True).stdout
assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"") and max(map(len, raw.split(b"\r\n"))) <= 75
events = [e for e in icalendar.Calendar.from_ical(raw).walk("VEVENT")]
assert [e.decoded("dtstart").strftime("%Y-%m-%d %H:%M") for e in events] == [o["at"] for o in want]
assert all(str(e["summary"]) == "EXERCISE: " + want[0]["title"] and "EXERCISE EXERCISE EXERCISE" in e["description"] for e in events), str(events[0]["summary"])
assert len({str(e["uid"]) for e in events}) == len(want) == 53
script = """const ICAL = require('ical.js').default || require('ical.js');
const events = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8'))).getAllSubcomponents('vevent').map(v => new ICAL.Event(v));
console.log(JSON.stringify(events.map(e => [e.uid, e.summary, e.startDate.toString(), e.endDate.toString()])));"""
node, by_js = shutil.which("node"), None
if node:
    got = subprocess.run([node, "-e", script], input=feed, capture_output=True, text=True, env={**os.environ})
    by_js = json.loads(got.stdout) if got.returncode == 0 else None
    assert by_js or "Cannot find module" in got.stderr, got.stderr
if by_js:
    assert [s[2] for s in by_js] == [o["at"].replace(" ", "T") + ":00Z" for o in want] and all(s[1] == "EXERCISE: " + want[0]["title"] for s in by_js)

assert run("schedule", "ics", file, "--now", "2026-01-09 02:00", "--days", "1", text=feed_text).stdout.count("BEGIN:VEVENT") == 2, "the drill that is under way, and the one before it"

# ---- hostile calendars as holidays: read, or refused with a sentence ----
hostile = 0
for path in sorted((corpora / "ical").glob("*.ics")):
    shutil.copy(path, folder / "h.ics")
    got = run("schedule", "list", file, "--now", "2026-01-01 00:00", text=HEAD % ("UTC", ", holidays: h.ics") + DRILL % ("d", "2026-01-02 01:30", ""))
    assert got.returncode in (0, 3) and (got.returncode == 0 or "MU034" in got.stderr), (path, got.returncode, got.stderr)
    assert all(32 <= ord(c) < 127 or c in "\n" or ord(c) > 160 for c in got.stderr), path
    hostile += got.returncode == 3
assert hostile >= 3, hostile
print(len(MISTAKES), "mistakes,", compared, "moments as dateutil has them,", clocks, "across changes of the clock; the feed read by icalendar" + (" and ical.js" if by_js else "; ical.js is not here"))
