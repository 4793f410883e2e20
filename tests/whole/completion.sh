#!/usr/bin/env bash
# completion.sh MUSTER: bash itself completes commands, options, their words, and files, in a session of its own.
set -euo pipefail; export LC_ALL=C
muster=$(realpath "$1")
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir plans "a folder" && touch plan.yaml other.yml "my plan.yaml" notes.txt scenario.lua journal.jsonl
"$muster" completion bash >muster.bash
cat >try.bash <<'END'
source ./muster.bash
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
$(complete -p muster | sed 's/.*-F \([^ ]*\).*/\1/') muster "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd '|'
END
wrong=0
gives() { # what is offered, then the words before the cursor
  local want=$1; shift
  local got; got=$(bash --norc try.bash "$@")
  [ "$got" = "$want" ] || { echo "$*: offered \"$got\", not \"$want\""; wrong=1; }
}
gives 'check' muster ch
gives 'replay|report' muster rep
gives '--fail-on|--format' muster check --f
gives 'csv|github|json|junit|oscal|sarif|text' muster check --format ''
gives 'json|junit' muster check --format = j
gives 'csv|github|json|junit|oscal|sarif|text' muster check --format =
gives 'csv|json|text' muster list plan.yaml --format ''
gives 'always|auto|never' muster list --color ''
gives 'a folder|my plan.yaml|other.yml|plan.yaml|plans' muster check ''
gives 'my plan.yaml' muster check my
gives 'a folder|plans|scenario.lua' muster check plan.yaml ''
gives 'a folder|plans|scenario.lua' muster check --format json plan.yaml x.lua ''
gives 'a folder|plans|scenario.lua' muster list --format = csv plan.yaml ''
gives 'a folder|journal.jsonl|plans' muster verify ''
gives 'a folder|plans' muster run plan.yaml scenario.lua -o ''
gives 'steps|wall' muster run --clock ''
gives '' muster run --seed ''
gives 'bash|fish|zsh' muster completion ''
gives 'MU023' muster explain MU023
gives 'ROL-08' muster explain ROL-08
gives 'plan-format' muster explain plan-
gives 'explain|explore' muster help exp
[ "$wrong" = 0 ] && echo "22 lines completed"
exit $wrong
