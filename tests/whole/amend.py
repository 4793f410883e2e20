#!/usr/bin/env python3
"""amend.py MUSTER PLANS SCHEMAS: every gap of every shipped plan that Muster can write is closed by its patch; and the ways in which a
plan lies on a disk: under other ends of lines, with a byte order mark, as a folder, behind a link, read-only, changed since."""
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile

import jsonschema

muster, plans, schemas = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
AT = ("--at", "2026-07-10 12:00")
MERIDIAN = (plans / "meridian-pay.yaml").read_bytes()
failures, mended, kept, asked = [], 0, 0, 0


def expect(name, true):
    if not true:
        failures.append(name)


def run(folder, *args):
    return subprocess.run([muster, *args], capture_output=True, cwd=folder)


def amend(folder, *args, status=0):
    done = run(folder, "amend", *args, *AT)
    expect(f"amend {' '.join(args)}: status {done.returncode}: {done.stderr[:200]}", done.returncode == status)
    return done.stdout


def gaps(folder, plan):
    return {f["id"]: f for f in json.loads(run(folder, "check", plan, *AT, "--format", "json", "--fail-on", "never").stdout)["findings"]}


def apply(folder, patch, *tool):
    done = subprocess.run(tool or ["git", "apply"], input=patch, capture_output=True, cwd=folder)
    expect(f"{(tool or ['git apply'])[0]}: {done.stderr[:200]}{done.stdout[:200] if done.returncode else b''}", done.returncode == 0)


def valid(kind, said):
    schema = json.loads((schemas / f"{kind}.schema.json").read_text())
    for error in list(jsonschema.Draft202012Validator(schema).iter_errors(said))[:3]:
        failures.append(f"muster.{kind}/1: {error.json_path}: {error.message[:200]}")


def only_what_changes(name, patch):
    for hunk in patch.decode().split("\n@@ ")[1:]:
        lines = hunk.split("\n")[1:]
        taken, put = ([line[1:] for line in lines if line.startswith(sign) and line[1:].strip()] for sign in "-+")
        expect(f"{name}: a line that stays is neither taken nor put: {set(taken) & set(put)}", not set(taken) & set(put))


def shipped(folder, name):
    """All that can be written of one plan, and each of it alone."""
    global mended, kept, asked
    plan = f"{name}.yaml"
    shutil.copy(plans / plan, folder / plan)
    old, before = (folder / plan).read_bytes(), gaps(folder, plan)
    said, patch = json.loads(amend(folder, plan, "--format", "json")), amend(folder, plan)
    valid("amend", said)
    expect(f"{name}: the diff is the same in both", patch.decode().endswith(said["diff"]))
    if not said["diff"]: # a plan that lacks nothing
        expect(f"{name}: only words", patch and all(line.startswith(b"#") for line in patch.splitlines()))
        return
    only_what_changes(name, patch)
    apply(folder, patch)
    after = gaps(folder, plan)
    written = {g["id"] for g in said["gaps"] if g["fate"] in ("written", "closed along")}
    expect(f"{name}: what is written is closed", written == set(before) - set(after))
    expect(f"{name}: nothing opens", not set(after) - set(before))
    patched = (folder / plan).read_bytes()
    (folder / plan).write_bytes(old)
    apply(folder, patch, "patch", "-p1", "-s")
    expect(f"{name}: patch comes to the same", (folder / plan).read_bytes() == patched)
    (folder / plan).write_bytes(old)
    for f in before.values():
        if f["patch"]:
            apply(folder, f["patch"].encode())
            expect(f"{name}: {f['gap']} alone is closed by its own patch", f["id"] not in gaps(folder, plan))
            (folder / plan).write_bytes(old)
    amend(folder, plan, "--write")
    expect(f"{name}: --write comes to the same", (folder / plan).read_bytes() == patched)
    comments = re.findall(rb"#.*", old)
    expect(f"{name}: every comment is there", all(c in patched for c in comments))
    mended += len(written)
    asked += sum(g["fate"] == "asked" for g in said["gaps"])
    kept += sum(g["fate"] == "for people" for g in said["gaps"])


def other_bytes(folder):
    crlf = b"\xef\xbb\xbf" + MERIDIAN.replace(b"\n", b"\r\n")
    (folder / "plan.yaml").write_bytes(crlf)
    amend(folder, "plan.yaml", "--write")
    made = (folder / "plan.yaml").read_bytes()
    expect("ends of lines and the mark stay", made.startswith(b"\xef\xbb\xbf") and made.count(b"\n") == made.count(b"\r\n") and made != crlf)
    (folder / "plan.yaml").write_bytes(crlf)
    apply(folder, amend(folder, "plan.yaml"))
    expect("git apply takes them", (folder / "plan.yaml").read_bytes() == made)
    (folder / "a plan.yaml").write_bytes(MERIDIAN.rstrip(b"\n"))
    apply(folder, amend(folder, "a plan.yaml"))
    expect("a blank in the name, and no end of line at the end", b"within: 15m}" in (folder / "a plan.yaml").read_bytes().split(b"  standard:")[1][:200])


def a_folder(folder):
    (folder / "plan").mkdir()
    parts = re.split(rb"(?m)^(?=severities:)", MERIDIAN)
    (folder / "plan" / "a.yaml").write_bytes(parts[0])
    (folder / "plan" / "b.yaml").write_bytes(parts[1])
    patch = amend(folder, "plan")
    expect("both files change", b"+++ b/plan/a.yaml" in patch and b"+++ b/plan/b.yaml" in patch)
    apply(folder, patch)
    amended = [(folder / "plan" / n).read_bytes() for n in ("a.yaml", "b.yaml")]
    (folder / "plan" / "a.yaml").write_bytes(parts[0])
    (folder / "plan" / "b.yaml").write_bytes(parts[1])
    amend(folder, "plan", "--write")
    expect("written as applied", [(folder / "plan" / n).read_bytes() for n in ("a.yaml", "b.yaml")] == amended)
    expect("nothing is left beside them", sorted(os.listdir(folder / "plan")) == ["a.yaml", "b.yaml"])


def on_the_disk(folder):
    (folder / "real").mkdir()
    (folder / "real" / "plan.yaml").write_bytes(MERIDIAN)
    os.chmod(folder / "real" / "plan.yaml", 0o640)
    os.symlink("real/plan.yaml", folder / "plan.yaml")
    amend(folder, "plan.yaml", "--write")
    expect("a link stays one, and its file is written", (folder / "plan.yaml").is_symlink() and (folder / "real" / "plan.yaml").read_bytes() != MERIDIAN)
    expect("the mode stays", stat.S_IMODE((folder / "real" / "plan.yaml").stat().st_mode) == 0o640)
    (folder / "old.yaml").write_bytes(MERIDIAN)
    (folder / "known.json").write_bytes(run(folder, "check", "old.yaml", *AT, "--format", "json", "--fail-on", "never").stdout)
    changed = MERIDIAN.replace(b"rank: ", b"rank:  ", 1)
    (folder / "old.yaml").write_bytes(changed)
    amend(folder, "old.yaml", "--from", "known.json", "--write", status=5)
    expect("what changed since is not written over", (folder / "old.yaml").read_bytes() == changed)
    expect("and without --write it is told", b"changed since" in run(folder, "amend", "old.yaml", "--from", "known.json", *AT).stderr)
    amend(folder, "old.yaml", "--from", "none.json", status=3)
    amend(folder, "old.yaml", "--only", "ESC-99", status=2)
    (folder / "old.yaml").write_bytes(MERIDIAN)
    only = json.loads(amend(folder, "old.yaml", "--only", "esc-03,REG-09", "--only", "ROL-08", "--format", "json"))
    expect("--only chooses", {g["gap"] for g in only["gaps"] if g["fate"] != "not chosen"} == {"ESC-03", "REG-09", "ROL-08"})
    (folder / "broken.yaml").write_bytes(MERIDIAN + b"\n  - x\n")
    amend(folder, "broken.yaml", status=3)


def questions(folder):
    """Only a comment asks; once it is answered, the check is content."""
    text = b"# TODO(muster): who?\n#   and when?\nmuster: 1\norganisation: {name: 'say # TODO(muster): no', timezone: UTC}\nplan:\n  title: |\n    # TODO(muster): no\n  # TODO(muster): what?\npeople: {}\nroles: {}\nchannels: {}\n"
    (folder / "q.yaml").write_bytes(text)
    done = run(folder, "check", "q.yaml", "--fail-on", "never")
    said = re.findall(rb"q\.yaml:(\d+):(\d+): error\[MU035\]: a question is still open: (.*)", done.stderr)
    expect(f"questions: {said}", done.returncode == 3 and said == [(b"1", b"1", b"who? and when?"), (b"8", b"3", b"what?")])
    (folder / "q.yaml").write_bytes(text.replace(b"# TODO(muster): who?\n#   and when?\n", b"").replace(b"  # TODO(muster): what?\n", b""))
    expect("answered", run(folder, "check", "q.yaml", "--fail-on", "never").returncode == 0)


def shared(folder):
    """What an alias shares is not changed behind anybody's back."""
    text = MERIDIAN.replace(b"      - {to: role:app_owner_payments,      via: [pager]}\n", b"      - &step {to: role:app_owner_payments, via: [pager]}\n      - *step\n")
    (folder / "shared.yaml").write_bytes(text)
    said = [g for g in json.loads(amend(folder, "shared.yaml", "--format", "json"))["gaps"] if g["gap"] == "ESC-03"]
    expect("a shared step is asked for", said and all(g["fate"] != "written" and "anchor" in (g["not_proposed"] or "") for g in said))


with tempfile.TemporaryDirectory() as top:
    for n, name in enumerate(sorted(p.stem for p in plans.glob("*.yaml"))):
        folder = pathlib.Path(top, str(n))
        folder.mkdir()
        shipped(folder, name)
    for n, check in enumerate((other_bytes, a_folder, on_the_disk, questions, shared)):
        folder = pathlib.Path(top, f"more{n}")
        folder.mkdir()
        check(folder)
for failure in failures:
    print("FAIL", failure)
print(f"{mended} gaps of the shipped plans mended and shown closed, {asked} asked, {kept} for people; {len(failures)} failures")
sys.exit(1 if failures or mended < 10 else 0)
