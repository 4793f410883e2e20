#!/usr/bin/env python3
"""hard.py FOLDER BYTES: plans of just under so many bytes, each hard in a way of its own: many of one thing, one line, many mistakes
with the last of them at the end, deep, or anchors. One file each."""
import pathlib
import sys

HEAD = "muster: 1\norganisation: {name: Big, timezone: Europe/Dublin}\nplan: {title: Big}\n"
PEOPLE, ROLES, CHANNELS = "people:\n  p0: {name: P}\n  p1: {name: Q}\n", "roles:\n  r0: {holders: [p0, p1]}\n", "channels:\n  c0: {kind: phone}\n"
BASE = HEAD + PEOPLE + ROLES + CHANNELS
NOTE = "x-note: " + "n" * 80
ONE_LINE = "{muster: 1, organisation: {name: B, timezone: UTC}, plan: {title: B}, channels: {c0: {kind: phone}}, roles: {r0: {holders: [q0]}}, people: {"

# What stands before, one more of it (by its number), what stands behind, how many at most.
KINDS = {
    "people": (HEAD + ROLES + CHANNELS + PEOPLE, lambda i: f"  q{i}: {{name: N {i}, reach: [{{via: c0, address: a{i}}}], verified: 2020-01-01, trained: 2020-01-01, {NOTE}}}\n", "", 9990),
    "roles": (HEAD + PEOPLE + CHANNELS + "roles:\n", lambda i: f"  r{i}: {{holders: [p0], function: security, authority: [declare], depth: 3, {NOTE}}}\n", "", 9990),
    "actions": (BASE + "raci:\n", lambda i: f"  a{i}: {{phase: contain, R: [r0], A: r0, C: [r0, 'person:p1'], I: ['person:p0'], {NOTE}}}\n", "", 9990),
    "channels": (HEAD + PEOPLE + ROLES + "dependencies: {d0: {kind: network}}\nchannels:\n",
                 lambda i: f"  c{i}: {{kind: phone, use: {('out_of_band', 'primary')[i % 2]}, depends_on: [d0], directory: [d0], {NOTE}}}\n", "", 9990),
    "accounts": (BASE + "resources:\n  break_glass:\n", lambda i: f"    t{i}: {{holders: [p0], tested: 2020-01-01, {NOTE}}}\n", "", 9990),
    "ladders": (BASE + "escalations:\n", lambda i: f"  e{i}: {{steps: [{{to: r0, via: [c0], within: 9m}}, {{to: r0, within: 9m, otherwise: e{max(0, i - 1)}}}], {NOTE}}}\n", "", 9990),
    "steps": (BASE + "raci: {a0: {R: [r0], A: r0}}\nplaybooks:\n  b:\n    steps:\n", lambda i: f"      - {{id: s{i}, action: a0, after: [{f's{i - 1}' if i else ''}]}}\n", "", 24900),
    "rotations": (BASE + "rotations:\n", lambda i: f"  t{i}: {{turn: 1h, from: 2026-01-01 00:00, members: [p0, p1], second: 1, overrides: [{{from: 2026-08-01 00:00, to: 2026-09-01 00:00, person: p0}}]}}\n", "", 9990),
    "overrides": (BASE + "rotations:\n  t0:\n    turn: 1w\n    from: 2026-01-01 00:00\n    members: [p0, p1]\n    overrides:\n",
                  lambda i: f"      - {{from: 2026-0{7 + i % 3}-{1 + i % 28:02} 09:00, to: 2026-11-{1 + i % 28:02} 09:00, person: p{i % 2}}}\n", "", 28000),
    "improvements": (BASE + "improvements:\n",
                     lambda i: f"  - {{id: i{i}, gap: COM-01, subject: 'person:q{i}', state: {('done', 'open')[i % 2]}, retest: {{date: 2026-07-01, result: passed}}}}\n", "", 24900),
    "rings": (HEAD + PEOPLE + CHANNELS + "roles:\n", lambda i: f"  r{i}: {{title: R{i}, holders: [p{i % 2}, p{1 - i % 2}], {NOTE}}}\n", "", 9990),
    "ranks": (BASE + "severities:\n", lambda i: f"  s{i}: {{rank: 1, inform: [r0], {NOTE}}}\n", "", 9990),
    "crowds": (HEAD + CHANNELS + "people:\n" + "".join(f"  p{i}: {{name: P}}\n" for i in range(9900)) + "teams: {t0: {members: [team:all]}}\nroles:\n",
               lambda i: f"  r{i}: {{pool: [team:t0]}}\n", "", 9990),
    "places": (HEAD + PEOPLE + CHANNELS + "roles:\n", lambda i: f"  r{i}: {{pool: [" + ", ".join(f"role:r{k}/1" for k in range(360)) + "]}\n", "", 360),
    "suppressions": (BASE + "suppressions:\n", lambda i: f"  - {{gap: COM-01, subject: 'person:q{i}', reason: known to us, until: 2027-01-01}}\n", "", 39000),
    "authorities": (HEAD + PEOPLE + CHANNELS + "raci:\n" + "".join(f"  a{i}: {{R: [r0], A: r0, authority: none{i}}}\n" for i in range(9000)) + "roles:\n  r0:\n    holders: [p0, p1]\n    authority:\n",
                    lambda i: f"      - word{i}\n", "", 60000),
    "risks": (BASE.replace("title: Big", "title: Big, risks: [" + ", ".join(f"k{i}" for i in range(60000)) + "]") + "playbooks:\n  b:\n    steps: [{id: s, by: r0}]\n    covers:\n",
              lambda i: f"      - c{i}\n", "", 60000),
    "leaves": (HEAD + CHANNELS + PEOPLE + "  p2: {name: Z, away: [" + "{from: 2025-01-01, to: 2025-01-02}, " * 9000 + "]}\nroles:\n", lambda i: f"  r{i}: {{holders: [p2], {NOTE}}}\n", "", 9990),
    "turns": (BASE + "rotations:\n", lambda i: f"  t{i}: {{turn: 30m, from: 2026-01-01 00:00, members: [p0, p0, p1], overrides: [{{from: 2027-01-01 00:00, to: 2027-01-02 00:00, person: p1}}]}}\n", "", 9990),
    "grounds": (HEAD + PEOPLE + ROLES + "dependencies:\n  d0: {kind: network}\n" + "".join(f"  d{i}: {{depends_on: [d{i - 1}]}}\n" for i in range(1, 96)) + "channels:\n",
                lambda i: f"  c{i}: {{kind: phone, use: {('out_of_band', 'primary')[i % 2]}, depends_on: [d{95 - i % 2}], {NOTE}}}\n", "", 4900),
    "panels": (BASE + "externals:\n", lambda i: f"  x{i}: {{organisation: X{i}, kind: {('retainer', 'counsel', 'insurer')[i % 3]}, policy: {{notice: 24h, panel: [x{max(0, i - 1)}]}}, {NOTE}}}\n", "", 9990),
    "skills": (HEAD + CHANNELS + ROLES + "raci: {a0: {R: [r0], A: r0, skills: [" + ", ".join(f"k{i}" for i in range(5000)) + "]}}\npeople:\n",
               lambda i: f"  p{i}: {{name: N, skills: [k{i}, k{i + 1}], {NOTE}}}\n", "", 9990),
    "playbooks": (BASE + "raci: {a0: {R: [r0], A: r0}}\nplaybooks:\n", lambda i: f"  b{i}: {{covers: [k{i}], steps: [{{id: s, action: a0, phase: contain}}, {{id: t, action: a0, after: [s]}}], {NOTE}}}\n", "", 9990),
    "duties": (BASE + "externals: {reg: {organisation: R, kind: regulator}}\nraci: {a0: {R: [r0], A: r0}}\nobligations:\n",
               lambda i: f"  o{i}: {{rule: eu.gdpr.33, starts: aware, within: 72h, to: reg, action: a0, deputy: p1, decide_within: 4h, {NOTE}}}\n", "", 9990),
    "all-risks": (BASE.replace("title: Big", "title: Big, risks: [" + ", ".join(f"k{i}" for i in range(190000)) + "]"), lambda i: f"# {i}\n", "", 9),
    "questions": (BASE, lambda i: "# TODO(muster): ROL-08 dpo is held by lena alone. Who stands in?\n", "", 32000),
    "one-line": (ONE_LINE, lambda i: f"q{i}: {{name: N{i}, reach: [{{via: c0, address: a}}], {NOTE}}}, ", "}}\n", 9990),
    "mistakes": (HEAD + ROLES + CHANNELS + PEOPLE, lambda i: f"  q{i}: {{nmae: N, timezone: Europe/Dublni, verified: 2026-13-01, hours: never, reach: [{{via: c1, adress: y}}]}}\n", "", 9990),
    "unknown-names": (HEAD + PEOPLE + CHANNELS + "roles:\n", lambda i: f"  r{i}: {{holders: [persn_numbr_{i}, prson_nber_{i}, p0x, p1x]}}\n", "", 9990),
    "mistake-at-the-end": (HEAD + ROLES + CHANNELS + PEOPLE, lambda i: f"  q{i}: {{name: N, site: somewhere, {NOTE}}}\n", "foo: 1\n", 9990),
    "deep": (BASE + "x-deep:\n", lambda i: "  - " + "{a: " * 28 + "1" + "}" * 28 + "\n", "", 6000),
    "anchors": (BASE + "x-one: &one [" + "a, " * 1900 + "]\n", lambda i: f"x-{i}: *one\n", "# " + "x" * 1000000 + "\n", 99),
    "blank-lines": (BASE, lambda i: "\n" * 1000, "", 10 ** 9),
}


def plan(before, one, behind, most, size):
    parts, left = [before], size - len(before) - len(behind)
    for i in range(most):
        part = one(i)
        left -= len(part)
        if left < 0:
            break
        parts.append(part)
    return "".join(parts) + behind


for name, kind in KINDS.items():
    pathlib.Path(sys.argv[1], name + ".yaml").write_text(plan(*kind, int(sys.argv[2])))
