#!/usr/bin/env python3
"""explore.py MUSTER: what no outcome reaches, a story that never ends, and a story that fails are named, in text and in JSON."""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

muster = sys.argv[1]
SCENARIO = """
exercise { title = "Holes", starts = "2026-03-09 10:00", lasts = "1h" }
inject "never" { to = "commander", says = "Nobody hears this." }
inject "once" { at = "1m", to = "commander", says = "Somebody hears this." }
question "which" { to = "commander", asks = "Which?", answers = { "a: A", "b: B" }, within = "5m" }
story "ends" (function ()
  local order = ask "which"
  if order.a and order.b then deliver "never" end
end)
story "waits" (function () await "never" end)
story "fails" (function ()
  local order = ask "which"
  if order.b then wait(order.nothing) end
end)
"""


def explore(plan, scenario, form):
    run = subprocess.run([muster, "explore", plan, scenario, "--format", form], capture_output=True, text=True)
    if form == "json":
        jsonschema.validate(json.loads(run.stdout), json.loads((pathlib.Path(__file__).parents[2] / "reports/schema/explore.schema.json").read_text()))
    return run.returncode, run.stdout


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    subprocess.run([muster, "init", folder / "new"], check=True, capture_output=True)
    plan, holes = folder / "new/plan.yaml", folder / "holes.lua"
    holes.write_text(SCENARIO)
    code, text = explore(plan, holes, "text")
    assert code == 1, text
    assert f'{holes}:3:8: never reached: "never"' in text and 'never ends: the story "waits"' in text and 'fails: the story "fails": ' in text, text
    code, text = explore(plan, holes, "json")
    said = json.loads(text)
    assert code == 1 and [c["card"] for c in said["never_reached"]] == ["never"] and said["never_reached"][0]["line"] == 3, said
    assert said["never_end"] == ["waits"] and len(said["failures"]) == 1 and said["failures"][0]["story"] == "fails", said
    code, text = explore(plan, folder / "new/scenario.lua", "json")
    said = json.loads(text)
    assert code == 0 and not (said["never_reached"] or said["never_end"] or said["failures"]) and said["pairs"] > 1, said
    # What loops for ever is ended by fuel, which is the same on every machine, and again in each run: never by a clock.
    for loop, why in (("while true do n = n + 1 end", "line 6: stopped: more than 5000000 steps between two verbs"),
                      ('while true do wait "1s" end', "stopped: more than 5000 verbs in one run of an exploration"),
                      ('while true do note "x" end', "it asked for a thousand things at one moment")):
        holes.write_text('exercise { title = "Loop", starts = "2026-03-09 10:00", lasts = "4h" }\nquestion "which" { to = "commander", asks = "Which?", answers = { "a: A", "b: B" }, within = "5m" }\n'
                         f'story "loops" (function ()\n  local order = ask "which"\n  local n = 0\n  {loop}\nend)\n')
        code, text = explore(plan, holes, "json")
        loops = json.loads(text)
        assert code == 1 and loops["ended_early"] and loops["runs"] == 7 and [f["why"] for f in loops["failures"]] == [why], loops
        code, text = explore(plan, holes, "text")
        assert "not all was tried: a story came to a limit in five runs" in text and 'never ends: the story "loops"' in text, text
    assert not said["ended_early"]
    print(said["runs"], "runs,", said["pairs"], "pairs")
