#!/usr/bin/env bash
# init.sh MUSTER: what `muster init` writes checks clean, explores clean and runs at once; nothing is ever written over.
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
