#!/usr/bin/env python3
"""same.py PLAN SCENARIO MUSTER...: the same seed gives the same bytes in two processes, with every program named (other
compilers, sanitizers), in other places, zones, locales and folders."""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

plan, scenario, programs = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), [os.path.abspath(p) for p in sys.argv[3:]]
WORLDS = [{}, {"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Chatham"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "HOME": "/"},
          {"LANG": "C", "TZ": "America/New_York", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2"}]
seen = {}
with tempfile.TemporaryDirectory() as top:
    for program in programs:
        for i, world in enumerate(WORLDS):
            folder = os.path.join(top, f"{programs.index(program)}-{i}" + "x" * i)
            os.mkdir(folder)
            run = subprocess.run([program, "run", plan, scenario, "-o", folder, "--seed", "11"], cwd=folder if i % 2 else top,
                                 env={**os.environ, **world}, capture_output=True, text=True)
            if run.returncode not in (0, 1):
                print(run.stderr)
                sys.exit(1)
            for name in sorted(os.listdir(folder)):
                path = pathlib.Path(folder, name)
                if path.is_file():
                    seen.setdefault(name, {}).setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append((program, world))
wrong = 0
for name, kinds in seen.items():
    if len(kinds) > 1:
        wrong += 1
        print(f"{name}: {len(kinds)} different files")
        for digest, who in kinds.items():
            print("  ", digest[:12], who)
print(f"{len(programs)} programs, {len(WORLDS)} worlds, {len(seen)} files each: {'the same bytes' if not wrong else 'not the same'}")
sys.exit(1 if wrong else 0)
