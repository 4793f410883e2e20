#!/usr/bin/env python3
"""zones.py ZONE-PRINT: the clock of zone.h against python's zoneinfo over the same database: offset, abbreviation and
local time at seeded moments and around every change, and local readings (also those of gaps and overlaps) back to UTC."""
import datetime
import random
import subprocess
import sys
import zoneinfo

DATABASE = "/usr/share/zoneinfo"
CLOSELY = """Europe/Dublin Africa/Casablanca Australia/Lord_Howe America/New_York Asia/Kolkata Pacific/Apia Europe/Berlin
America/Sao_Paulo Asia/Tehran Africa/Cairo Asia/Gaza America/St_Johns Pacific/Chatham Antarctica/Troll America/Havana
Asia/Kathmandu Pacific/Kiritimati America/Nuuk Europe/Lisbon Africa/Monrovia America/Argentina/San_Luis Asia/Beirut UTC
Europe/London Asia/Pyongyang America/Asuncion""".split()
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
NAIVE = datetime.datetime(1970, 1, 1)
SECOND = datetime.timedelta(seconds=1)
END_2100, FAR = 4133894400, 200000000000  # seconds: 2100-12-31, the year 8307


def offset(zone, utc):
    return (EPOCH + utc * SECOND).astimezone(zone).utcoffset() // SECOND


def changes(zone, end):
    """Moments at which the offset changes, found by looking every five days."""
    step, found = 5 * 86400, []
    for low in range(0, end, step):
        high = low + step
        if offset(zone, low) == offset(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(zone, middle) == offset(zone, low) else (low, middle)
        found.append(high)
    return found


def expect(zone, what, ms):
    seconds, rest = divmod(ms, 1000)
    if what == "u":
        local = (EPOCH + seconds * SECOND).astimezone(zone)
        off = local.utcoffset() // SECOND * 1000
        return f"{off} {local.tzname()} {ms + off}"
    local = (NAIVE + seconds * SECOND).replace(tzinfo=zone, fold=0)
    return str(ms - local.utcoffset() // SECOND * 1000)


def questions(name, zone, chance):
    closely = name in CLOSELY
    for _ in range(3000 if closely else 60):
        yield "u", chance.randrange(0, END_2100 * 1000)
        yield "l", chance.randrange(0, END_2100 * 1000)
    for _ in range(200 if closely else 10):
        yield "u", chance.randrange(END_2100, FAR) * 1000
        yield "l", chance.randrange(END_2100, FAR) * 1000
    for at in changes(zone, END_2100) if closely else []:
        for ms in (-1, 0, 999):
            yield "u", at * 1000 + ms
        for _ in range(4):
            yield "l", (at + offset(zone, at)) * 1000 + chance.randrange(-7200000, 7200000)


def main():
    zoneinfo.reset_tzpath(to=[DATABASE])
    chance = random.Random(20260710)
    asked = []
    for name in sorted(zoneinfo.available_timezones() | set(CLOSELY)):
        if name in ("localtime", "posixrules"):
            continue
        zone = zoneinfo.ZoneInfo(name)
        asked += [(name, what, ms, expect(zone, what, ms)) for what, ms in questions(name, zone, chance)]
    text = "".join(f"{name} {what} {ms}\n" for name, what, ms, _ in asked)
    answers = subprocess.run([sys.argv[1]], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    wrong = [(a, got) for a, got in zip(asked, answers) if a[3] != got]
    for (name, what, ms, right), got in wrong[:20]:
        print(f"{name} {what} {ms}: expected {right}, got {got}")
    zones = len({a[0] for a in asked})
    print(f"{len(asked)} questions about {zones} zones, {len(CLOSELY)} of them closely, {len(wrong)} answers differ")
    sys.exit(bool(wrong) or len(answers) != len(asked) or zones < len(CLOSELY))


main()
