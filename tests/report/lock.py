#!/usr/bin/env python3
"""lock.py REPORT JOURNAL: checks a report that was signed off, with nothing of ours: the chain of the journal, the lock's hashes, its
signature (Ed25519 by RFC 8032), and, of a report in JSON, decisions and clocks counted again in the journal itself."""
import hashlib
import json
import pathlib
import sys

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
ORDER = 2**252 + 27742317777372353535851937790883648493


def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    sum_ = (0, 1, 1, 0)
    while n:
        sum_ = add(sum_, point) if n & 1 else sum_
        point = add(point, point)
        n >>= 1
    return sum_


def unpack(bytes_):
    y = int.from_bytes(bytes_, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P:
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = unpack((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(key, signature, message):
    r, s = unpack(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    a, b = times(s, BASE), add(r, times(h, unpack(key)))
    return s < ORDER and (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def chain(path):
    before, events = "", []
    for line in pathlib.Path(path).read_bytes().splitlines():
        event, body = json.loads(line), line[:line.rindex(b',"hash"')]
        if event["n"] != len(events) + 1 or event["prev"] != before or event["hash"] != hashlib.blake2b(body, digest_size=16).hexdigest():
            raise ValueError(f"record {len(events) + 1} is not what was written")
        before = event["hash"]
        events.append(event)
    return events


def lock(report, events):
    raw = pathlib.Path(report + ".lock").read_bytes()
    said, bytes_ = json.loads(raw), pathlib.Path(report).read_bytes()
    pinned = events[0]
    wrong = [what for what, holds in [
        ("the report's bytes", said["report"]["bytes"] == len(bytes_) and said["report"]["hash"] == hashlib.blake2b(bytes_, digest_size=32).hexdigest()),
        ("the journal", said["journal"] == {"records": len(events), "head": events[-1]["hash"]}),
        ("plan, scenario, assumptions", [said[k] for k in ("plan", "scenario", "assumptions")] == [pinned[k] for k in ("plan", "scenario", "assumptions")]),
        ("the signature", said["public_key"] is None or signed_by(bytes.fromhex(said["public_key"]), bytes.fromhex(said["signature"]), raw[:raw.index(b',\n "signature": ')])),
    ] if not holds]
    if wrong:
        raise ValueError(f"it does not hold: {', '.join(wrong)}")


def table(document, name):
    return [row for section in document["sections"] for block in section["blocks"] if block.get("table") == name for row in block["rows"]]


def figures(document, events):
    kinds = {e["n"]: e["kind"] for e in events}
    made = {n for n, kind in kinds.items() if kind in ("decision.made", "prompt.answered", "incident.declared", "severity.changed")}
    told = {n for row in table(document, "Decision log") for n in row["events"] if kinds[n] != "decision.requested"}
    met = {e["n"] for e in events if e["kind"] == "clock.met"}
    clocks = {row["events"][-1]: row["state"] for row in table(document, "Clocks")}
    if document["for"] == "practitioner" and told != made:
        raise ValueError(f"the decisions of the log are others: {sorted(told ^ made)}")
    if any((n in met) != (state in ("met", "late", "answered")) for n, state in clocks.items()):
        raise ValueError("a clock is said to be met that is not, or the reverse")


if __name__ == "__main__":
    report, journal = sys.argv[1:]
    try:
        events = chain(journal)
        lock(report, events)
        if report.endswith(".json"):
            figures(json.loads(pathlib.Path(report).read_text()), events)
    except (ValueError, KeyError) as why:
        sys.exit(f"{report}: not sound: {why}")
    print(f"{report}: sound")
