#!/usr/bin/env python3
"""disk.py MUSTER PLAN SCENARIO: the disk under the journal is full, for a while or for good, or a sync of it fails. Full:
the drill is paused, and goes on after Enter. A failed sync is final: it is said, nothing more is written or shown, and what
was shown before is there when the drill is taken up."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "whole"))
import patience  # noqa: E402

patience.within(840)
muster, plan, scenario = sys.argv[1:4]
LINES = ["", "a", "w", "2", "we need to see more", "2", "w", "a"] + [f":note number {i}" for i in range(20)] + ["q"]
PLAY = ["--seed", "7", "--clock", "steps", "--play", "incident-commander"]
FULL, FINAL = "the disk is full (No space left on device). The drill is paused", "the journal cannot be written"
failed = checks = 0


def expect(what, holds, said=""):
    global failed, checks
    checks += 1
    if not holds:
        failed += 1
        print(f"FAILED {what}: {said}")


def run(folder, fault, *more, lines=LINES):
    """With the fault in calls on the journal only: what is written to the terminal is not touched."""
    broken = ["strace", "-qq", "-o", f"{folder}.trace", "-P", f"{folder}/journal.jsonl", "-e", f"inject={fault}"] if fault else []
    drill = subprocess.Popen([*broken, muster, "run", plan, scenario, "-o", folder, "--fail-on", "never", *more],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = drill.communicate("".join(f"{line}\n" for line in lines))
    return drill.returncode, out, err


def written(out):
    return [int(n) for n in re.findall(r"Written \(#(\d+)\)", out)]


def acts(folder):
    return [json.loads(line)["n"] for line in pathlib.Path(folder, "journal.jsonl").read_bytes().splitlines() if b'"kind":"act"' in line]


def sound_and_goes_on(name, folder, shown):
    if not pathlib.Path(folder, "journal.jsonl").stat().st_size:
        status, _, err = run(folder, "", "--resume", *PLAY, lines=["q"])
        expect(f"{name}: nothing was written, and it is begun anew", status == 130 and "it begins anew" in err and not shown, err)
        return
    verify = subprocess.run([muster, "verify", f"{folder}/journal.jsonl"], capture_output=True, text=True)
    expect(f"{name}: sound, or torn at its end", verify.returncode == 0 or "torn" in verify.stdout, verify.stdout)
    status, _, err = run(folder, "", "--clock", "steps", "--resume", lines=["q"])
    expect(f"{name}: it can be taken up", status == 130, err)
    expect(f"{name}: nothing that was said to be written is lost", set(shown) <= set(acts(folder)))


def calls(folder, call):
    return pathlib.Path(f"{folder}.trace").read_text(errors="replace").count(f"{call}(")


def at_the_keyboard(top):
    whole = f"{top}/whole"
    status, out, err = run(whole, "write:delay_enter=1", *PLAY)
    expect("the drill without a fault", status == 130, err)
    all_shown, writes, syncs = written(out), calls(whole, "write"), calls(whole, "fdatasync")
    expect("every line was written on its own, and synced before it was shown", writes == syncs >= len(all_shown) >= 20, (writes, syncs))
    for k in range(1, writes + 1, 4):
        folder = f"{top}/full-{k}"
        status, out, err = run(folder, f"write:error=ENOSPC:when={k}", *PLAY)
        expect(f"full at write {k}: paused and said once", err.count(FULL) == 1 and "Make room, then Enter" in err, err)
        expect(f"full at write {k}: nothing is said to be final", FINAL not in err and status == 130, (status, err))
        sound_and_goes_on(f"full at write {k}", folder, written(out))
        folder = f"{top}/full-from-{k}"
        status, out, err = run(folder, f"write:error=ENOSPC:when={k}+", *PLAY)
        expect(f"full from write {k} on: paused, then said to be final once", FULL in err and err.count(FINAL) == 1 and status == 4, (status, err))
        sound_and_goes_on(f"full from write {k} on", folder, written(out))
    for k in range(1, syncs + 1, 4):
        folder = f"{top}/sync-{k}"
        status, out, err = run(folder, f"fdatasync:error=EIO:when={k}", *PLAY)
        expect(f"sync {k} fails: final, and said once", status == 4 and err.count(FINAL) == 1 and "Input/output error" in err and FULL not in err, (status, err))
        expect(f"sync {k} fails: it is not tried again, and nothing is written after it", calls(folder, "fdatasync") == k and calls(folder, "write") == k, k)
        expect(f"sync {k} fails: what was not synced is not shown as written", len(written(out)) < len(all_shown), written(out))
        sound_and_goes_on(f"sync {k} fails", folder, written(out))


def with_the_clock_of_the_wall(top):
    """It says that it is paused: then no time of the exercise passes, and the record has how long it stood."""
    folder = f"{top}/clock"
    run(folder, "write:error=ENOSPC:when=5", *[word for word in PLAY if word not in ("--clock", "steps")], lines=["", "a", *LINES[8:]])
    events = [json.loads(line) for line in pathlib.Path(folder, "journal.jsonl").read_text().splitlines()]
    stood = [(e["kind"], e["t"]) for e in events if e["kind"] in ("pause", "resume")]
    expect("a full disk is a pause, at one moment of the exercise", [k for k, _ in stood] == ["pause", "resume"] and stood[0][1] == stood[1][1], stood)
    expect("and says why", [e["why"] for e in events if e["kind"] == "pause"] == ["the disk is full"], stood)


def with_nobody_playing(top):
    whole = f"{top}/model"
    run(whole, "", "--seed", "7")
    journal = pathlib.Path(whole, "journal.jsonl").read_bytes()
    for k in (1, 2, 20):
        folder = f"{top}/model-{k}"
        status, out, err = run(folder, f"write:error=ENOSPC:when={k}+", "--seed", "7")
        expect(f"nobody playing, full from write {k} on: said", status == 4 and "No space left on device" in err and not out, (status, err))
        status, _, err = run(folder, "", "--resume", "--seed", "7")
        expect(f"nobody playing, full from write {k} on: taken up, the same bytes", status == 0 and pathlib.Path(folder, "journal.jsonl").read_bytes() == journal, err)
    status, out, err = run(f"{top}/model-sync", "fdatasync:error=EIO:when=1", "--seed", "7")
    expect("nobody playing, the sync fails: said, and no report", status == 4 and "Input/output error" in err and not out, (status, err))


def of_other_files(top):
    """A zone that cannot be read any more once the plan was checked; a screen that is full."""
    zone = re.search(r"timezone: +(\S+)", pathlib.Path(plan).read_text())[1]
    broken = subprocess.run(["strace", "-qq", "-o", f"{top}/zone.trace", "-P", f"/usr/share/zoneinfo/{zone}", "-e", "inject=openat:error=EMFILE:when=2+",
                             muster, "run", plan, scenario, "-o", f"{top}/zone"], capture_output=True, text=True)
    expect("a zone that is gone is said", broken.returncode == 4 and f"the time zone {zone} cannot be read" in broken.stderr, broken.stderr)
    with open("/dev/full", "w") as full:
        again = subprocess.run([muster, "replay", f"{top}/model"], stdout=full, stderr=subprocess.PIPE, text=True)
    expect("a replay that cannot be told has failed", again.returncode == 4 and "the screen cannot be written" in again.stderr, again.stderr)


def of_a_proof(top):
    """A patch whose drill cannot be played again, for want of a process, is not proved: said, no success, and nothing is written."""
    own = pathlib.Path(top, "own/plan.yaml")
    subprocess.run([muster, "init", f"{top}/own"], check=True, capture_output=True)
    was = own.read_text()
    subprocess.run([muster, "run", own, f"{top}/own/scenario.lua", "-o", f"{top}/first", "--fail-on", "never"], check=True, capture_output=True)
    for first in (3, 4):
        broken = subprocess.run(["strace", "-qq", "-o", f"{top}/fork.trace", "-e", f"inject=clone,clone3,fork,vfork:error=EAGAIN:when={first}+",
                                 muster, "amend", own, "--from", f"{top}/first", "--write"], capture_output=True, text=True)
        expect("a patch that is not proved is no success", broken.returncode == 5 and "# Not proved: " in broken.stdout and
               "nothing is written, since the change is not proved" in broken.stderr and own.read_text() == was, (broken.returncode, broken.stderr))


with tempfile.TemporaryDirectory() as top:
    at_the_keyboard(top)
    with_the_clock_of_the_wall(top)
    with_nobody_playing(top)
    of_other_files(top)
    of_a_proof(top)
print(f"{checks - failed} passed, {failed} failed")
sys.exit(1 if failed or checks < 50 else 0)
