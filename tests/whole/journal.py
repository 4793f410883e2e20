#!/usr/bin/env python3
"""journal.py MUSTER PLAN SCENARIO: what a journal that is not what it was is told to be. A torn end is cut off, kept beside
it and said; any bit that was turned is named with its record; another plan, scenario, assumptions, seed, start or version is
refused with the record's number and the field; a second muster on the same drill is refused. What is refused is not changed."""
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import jsonschema

import patience

patience.within(600)
muster, plan, scenario = sys.argv[1:4]
CUT = 100  # so many records of the drill are there when it is taken up
failed = checks = 0


def expect(what, holds, said=""):
    global failed, checks
    checks += 1
    if not holds:
        failed += 1
        print(f"FAILED {what}: {said}")


def run(*arguments, text=""):
    return subprocess.run([muster, *map(str, arguments)], input=text, capture_output=True, text=True)


def sealed(records):
    """Records with a chain of their own, as whoever knows how could make it."""
    lines, prev = [], ""
    for record in records:
        body = json.dumps({**record, "prev": prev}, separators=(",", ":"), ensure_ascii=False)[:-1]
        prev = hashlib.blake2b(body.encode(), digest_size=16).hexdigest()
        lines.append(f'{body},"hash":"{prev}"}}\n'.encode())
    return lines


class Drill:
    """A folder with a drill in it, made of the lines given."""

    def __init__(self, name, lines):
        self.folder = top / name
        self.folder.mkdir()
        shutil.copytree(top / "whole" / "inputs", self.folder / "inputs")
        self.journal = self.folder / "journal.jsonl"
        self.journal.write_bytes(b"".join(lines))
        self.bytes = self.journal.read_bytes()

    def resume(self, *more, of=None):
        return run("run", *(of or (plan, scenario)), "-o", self.folder, "--resume", "--fail-on", "never", *more)

    def is_refused(self, status, words, *more, of=None):
        again = self.resume(*more, of=of)
        expect(f"{self.folder.name} is refused", again.returncode == status and words in again.stderr, f"{again.returncode} {again.stderr[:300]}")
        expect(f"{self.folder.name} is not changed", self.journal.read_bytes() == self.bytes)


def of_a_folder():
    """What writes into a folder is asked of by the folder as well."""
    for command in ("verify", "replay", "report"):
        by_folder, by_file = run(command, top / "whole"), run(command, top / "whole" / "journal.jsonl")
        expect(f"{command} takes the folder of a drill", by_folder.returncode == 0 and by_folder.stdout == by_file.stdout != "", by_folder.stderr)
    for command, name, more in (("verify", "verify", ()), ("replay", "replay", ()), ("replay", "whatif", ("--plan", plan))):
        said = json.loads(run(command, top / "whole", "--format", "json", *more).stdout)
        jsonschema.validate(said, json.loads((pathlib.Path(__file__).parents[2] / f"reports/schema/{name}.schema.json").read_text()))
    expect("a folder without a drill is refused", run("verify", top / "whole" / "inputs").returncode == 4)


def torn_ends(lines):
    for name, tail in (("torn", lines[CUT][:-1]), ("torn by a letter", lines[CUT][:1]), ("torn with zeros", b"\0" * 300)):
        drill = Drill(name, lines[:CUT] + [tail])
        verify = run("verify", drill.journal)
        expect(f"{name}: verify says it", verify.returncode == 3 and f"torn: record {CUT + 1} is cut off after {len(tail)} bytes" in verify.stdout, verify.stdout)
        again = drill.resume()
        expect(f"{name}: taken up, the same bytes", again.returncode == 0 and drill.journal.read_bytes() == b"".join(lines), again.stderr)
        expect(f"{name}: it is said", f"record {CUT + 1} is cut off after {len(tail)} bytes" in again.stderr and "journal.jsonl.torn" in again.stderr, again.stderr)
        expect(f"{name}: it is kept", pathlib.Path(f"{drill.journal}.torn").read_bytes() == tail)
        drill.journal.write_bytes(b"".join(lines[:CUT]) + b"another")
        again = drill.resume()
        kept = {p.name: p.read_bytes() for p in drill.folder.glob("*.torn*")}
        expect(f"{name}: and so is the next", "journal.jsonl.torn.2 and cut off" in again.stderr and kept == {"journal.jsonl.torn": tail, "journal.jsonl.torn.2": b"another"}, kept)


def without_inputs(lines):
    """What a drill was made of is written again where it is gone, so that it can be replayed; what lies at its place stays."""
    gone = Drill("gone", lines[:CUT])
    shutil.rmtree(gone.folder / "inputs")
    again = gone.resume()
    expect("inputs that are gone are written again", again.returncode == 0 and "inputs was gone and is written again" in again.stderr and run("replay", gone.folder).returncode == 0, again.stderr)
    expect("and not another time", "written again" not in gone.resume().stderr)
    half = Drill("half", lines[:CUT])
    (half.folder / "inputs" / "plan.yaml").unlink()
    again = half.resume()
    expect("half of them is said", again.returncode == 0 and "the drill cannot be replayed. Once it is moved away" in again.stderr and not (half.folder / "inputs" / "plan.yaml").exists(), again.stderr)
    other = Drill("other", lines[:CUT])
    shutil.rmtree(other.folder / "inputs")
    expect("of another plan nothing is written", other.resume(of=(plan.replace("meridian-pay.yaml", "meridian-pay.clean.yaml"), scenario)).returncode == 5 and not (other.folder / "inputs").exists())
    unborn = Drill("unborn", [b""])
    (unborn.folder / "inputs" / "plan.yaml").write_bytes(b"another")
    again = unborn.resume()
    expect("what begins anew keeps what it begins with", again.returncode == 0 and run("replay", unborn.folder).returncode == 0, again.stderr)


def turned_bits(lines, chance):
    """Of a record in the middle, of its line's end and of the last record: every kind of place, seeded."""
    ends = [sum(map(len, lines[: k + 1])) for k in range(CUT)]
    for i in range(300):
        whole = bytearray(b"".join(lines[:CUT]))
        at = ends[chance.randrange(CUT - 1)] - 1 if i % 10 == 0 else chance.randrange(len(whole))
        record = 1 + sum(end <= at for end in ends)
        bit = 1 << chance.randrange(8)
        whole[at] ^= bit
        path = top / "turned.jsonl"
        path.write_bytes(whole)
        verify, named = run("verify", path), f"record {record}"
        last = at == ends[-1] - 1  # without its line's end the last one is torn
        expect(f"bit {bit} of byte {at}, in record {record}", verify.returncode == 3 and f"{'torn' if last else 'corrupt'}: {named}" in verify.stdout, verify.stdout)
    drill = Drill("turned", [*lines[:50], lines[50].replace(b'"t":', b'"t":1', 1), *lines[51:]])
    drill.is_refused(3, "record 51: its hash is not that of its text")
    for command in (["report", drill.journal], ["replay", drill.journal]):
        refused = run(*command)
        expect(f"{command[0]} of a turned one is refused", refused.returncode == 3 and "record 51" in refused.stderr and not refused.stdout, refused.stderr)
    for name, part in (("taken out", lines[:50] + lines[51:]), ("put in", lines[:50] + lines[49:]), ("moved", lines[:49] + [lines[50], lines[49]] + lines[51:])):
        number = 50 if name == "moved" else 51
        changed = Drill(name, part)
        changed.is_refused(3, f"record {number}: it does not follow the record before")
        expect("how much is sound is said", f"; the {number - 1} before it are sound\n" in run("verify", changed.folder).stdout and "put a copy from before in its place" in changed.resume().stderr)


def something_else(lines):
    part, records = lines[:CUT], [json.loads(line) for line in lines[:CUT]]
    records = [{key: value for key, value in r.items() if key not in ("prev", "hash")} for r in records]
    expect("a chain that is made again is the same chain", sealed(records) == part)
    other_plan, other_scenario, assumptions = top / "plan.yaml", top / "scenario", top / "assumptions.yaml"
    other_plan.write_text(pathlib.Path(plan).read_text() + "# one more line\n")
    shutil.copytree(scenario, other_scenario)
    script = other_scenario / "scenario.lua"
    script.write_text(script.read_text() + "-- one more line\n")
    run("init", top / "first")
    shutil.copy(top / "first" / "assumptions.yaml", assumptions)
    Drill("another plan", part).is_refused(5, "differs at record 1 in plan\n", of=(other_plan, scenario))
    Drill("another scenario", part).is_refused(5, "differs at record 1 in scenario\n", of=(plan, other_scenario))
    Drill("other assumptions", part).is_refused(5, "differs at record 1 in assumptions\n", "--assume", assumptions)
    Drill("another seed", part).is_refused(5, "differs at record 1 in seed\n", "--seed", "8")
    Drill("another start", part).is_refused(5, "differs at record 1 in starts\n", "--start", "2026-07-11 12:00")
    Drill("another plan and seed", part).is_refused(5, "differs at record 1 in plan seed\n", "--seed", "8", of=(other_plan, scenario))
    Drill("somebody away", part).is_refused(5, "differs at record 2 in kind\n", "--away", "dev")
    Drill("another version", sealed([{**records[0], "engine": "0.0.9"}, *records[1:]])).is_refused(5, "differs at record 1 in engine\n")
    changed = [*records[:70], {**records[70], "t": records[70]["t"] + 1}, *records[71:]]
    Drill("a record made anew", sealed(changed)).is_refused(3, "record 72: its time is before that of the record before")
    Drill("one that has ended", lines).is_refused(5, "differs at record 1 in seed\n", "--seed", "8")
    replaced = Drill("another plan beside it", part)
    shutil.copy(other_plan, replaced.folder / "inputs" / "plan.yaml")
    again = run("replay", replaced.journal)
    expect("replay of a plan that was changed since", again.returncode == 5 and "record 1 pins another plan" in again.stderr, again.stderr)


def no_plain_file(lines):
    """Where a drill cannot go on, nothing is said to have been done; and a pipe is not waited for."""
    link, pipe = Drill("a link", lines[:CUT] + [lines[CUT][:9]]), Drill("a pipe", lines)
    real = link.folder / "elsewhere.jsonl"
    link.journal.rename(real)
    link.journal.symlink_to(real)
    link.is_refused(5, "journal.jsonl: this is a link")
    expect("what is not cut off is not called cut off", ".torn" not in link.resume().stderr and not (link.folder / "journal.jsonl.torn").exists())
    pipe.journal.unlink()
    os.mkfifo(pipe.journal)
    again = pipe.resume()
    expect("a pipe is refused", again.returncode == 5 and "this is no plain file" in again.stderr, again.stderr)


def two_at_once():
    folder = top / "two"
    first = subprocess.Popen([muster, "run", plan, scenario, "-o", folder, "--clock", "steps", "--play", "incident-commander"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    seen = b""
    while b"when you have it.\n" not in seen and (piece := first.stdout.read1(65536)):
        seen += piece
    before = (folder / "journal.jsonl").read_bytes()
    for more in ((), ("--resume",)):
        second = run("run", plan, scenario, "-o", folder, *more)
        words = "another muster is at work on this drill" if more else "a drill is there already"
        expect(f"a second muster {' '.join(more)}", second.returncode == 5 and words in second.stderr, second.stderr)
    expect("what the first one wrote is not changed", (folder / "journal.jsonl").read_bytes() == before)
    _, said = first.communicate(b"\na\nq\n")
    expect("the first one goes on", first.returncode == 130, said)
    expect("then the drill can be taken up", run("run", plan, scenario, "-o", folder, "--clock", "steps", "--resume", text="q\n").returncode == 130)


with tempfile.TemporaryDirectory() as name:
    top = pathlib.Path(name)
    first = run("run", plan, scenario, "-o", top / "whole", "--seed", "7", "--fail-on", "never")
    assert first.returncode == 0, first.stderr
    lines = (top / "whole" / "journal.jsonl").read_bytes().splitlines(keepends=True)
    of_a_folder()
    torn_ends(lines)
    without_inputs(lines)
    turned_bits(lines, random.Random(20260710))
    something_else(lines)
    no_plain_file(lines)
    two_at_once()
print(f"{checks - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
