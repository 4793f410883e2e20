#!/usr/bin/env bash
# init.sh MUSTER: what `muster init` writes checks clean, explores clean and runs at once; nothing is ever written over, or half.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
"$1" init "$folder/new" >/dev/null
"$1" check "$folder/new/plan.yaml" --fail-on low >"$folder/said"
grep -q "^0 gaps" "$folder/said"
"$1" check "$folder/new/programme.yaml" 2>"$folder/warned" >/dev/null; [ ! -s "$folder/warned" ]
"$1" schedule list "$folder/new/programme.yaml" >/dev/null
"$1" explore "$folder/new/plan.yaml" "$folder/new/scenario.lua" >/dev/null
"$1" run "$folder/new/plan.yaml" "$folder/new/scenario.lua" --assume "$folder/new/assumptions.yaml" -o "$folder/drill" >/dev/null || [ $? -eq 1 ]
[ "$(tail -n 1 "$folder/drill/journal.jsonl" | grep -c exercise.end)" = 1 ]
before=$(cat "$folder/new/plan.yaml" | sha256sum)
! "$1" init "$folder/new" 2>/dev/null
[ "$before" = "$(cat "$folder/new/plan.yaml" | sha256sum)" ]
(ulimit -f 1; ! "$1" init "$folder/full" 2>"$folder/said") # a disk that is full after a kilobyte
grep -q "plan.yaml: File too large" "$folder/said"
[ -z "$(ls "$folder/full")" ]
(ulimit -v 400000; "$1" --version) >/dev/null 2>&1 || exit 0 # a sanitizer takes more from the start
(ulimit -v 400000 -t 5; "$1" run "$folder/new/plan.yaml" "$folder/new/scenario.lua" -o "$folder/less" >/dev/null 2>"$folder/said") || [ $? -eq 1 ] # less than a worker may have
[ ! -s "$folder/said" ]
