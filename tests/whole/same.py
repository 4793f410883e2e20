#!/usr/bin/env python3
"""same.py PLAN SCENARIO... MUSTER...: the same seed gives the same bytes, journal and reports, in two processes, with every
program named (the other compiler, the sanitizers), in other places, zones, locales and folders, with streams closed, and years later. Programs
are files, scenarios folders. Prints what was compared."""
import glob
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

plan, rest = os.path.abspath(sys.argv[1]), [os.path.abspath(path) for path in sys.argv[2:]]
scenarios, programs = [path for path in rest if os.path.isdir(path)], [path for path in rest if os.path.isfile(path)]
YEARS_LATER = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
WORLDS = [{}, {"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Chatham"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "HOME": "/"},
          {"LANG": "C", "TZ": "America/New_York", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2"},
          {"COLUMNS": "20", "closed": "1"}, {"TERM": "dumb", "closed": "0 1 2"}]


def turkish(folder):
    """Makes the locale whose small I has no dot in a folder of its own, so that it is there on any machine."""
    try:
        return subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", f"{folder}/tr_TR.UTF-8"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def run(program, scenario, world, folder):
    closed = [int(fd) for fd in world.get("closed", "").split()]
    done = subprocess.run([program, "run", plan, scenario, "-o", folder, "--seed", "11"], cwd=os.path.dirname(folder) if world else folder,
                          env={**os.environ, **world}, capture_output=True, text=True, umask=0o27 if closed else -1,
                          preexec_fn=lambda: [os.close(fd) for fd in closed])
    if done.returncode not in (0, 1) and not (1 in closed and done.returncode == 4):
        sys.exit(f"{program} in {world}: {done.stderr}")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in pathlib.Path(folder).rglob("*") if path.is_file()}


wrong, kinds, runs = 0, set(), 0
with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as top: # thousands of syncs
    os.mkdir(f"{top}/locales")
    turkish_is_there = turkish(f"{top}/locales")
    for scenario in scenarios:
        seen = {}
        for p, program in enumerate(programs):
            worlds = [{**world, "LOCPATH": f"{top}/locales"} if "LC_ALL" in world else world for world in WORLDS]
            if p == 0 and YEARS_LATER: # not the sanitized one, which wants to be loaded before anything else
                worlds.append({"LD_PRELOAD": YEARS_LATER[0], "FAKETIME": "2031-02-03 04:05:06", "TZ": "UTC"})
            for w, world in enumerate(worlds):
                folder = f"{top}/{os.path.basename(scenario)}-{p}-{w}" + "x" * w
                os.mkdir(folder)
                runs += 1
                for name, digest in run(program, scenario, world, folder).items():
                    seen.setdefault(name, {}).setdefault(digest, []).append((program, world))
        count = max(sum(map(len, digests.values())) for digests in seen.values())
        for name, digests in seen.items():
            kinds.add(name)
            if len(digests) > 1 or sum(map(len, digests.values())) != count:
                wrong += 1
                print(f"{os.path.basename(scenario)}: {name}: {len(digests)} different files")
                for digest, who in digests.items():
                    print("  ", digest[:12], who)
print(f"{len(programs)} programs, {len(scenarios)} scenarios, {runs} runs, {'a Turkish locale, ' if turkish_is_there else ''}{'another year, ' if YEARS_LATER else ''}"
      f"{len(kinds)} files each: {'the same bytes' if not wrong else 'not the same'}")
sys.exit(1 if wrong or "journal.jsonl" not in kinds or "report.html" not in kinds else 0)
