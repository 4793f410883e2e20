#!/usr/bin/env python3
"""sarif.py MUSTER SCHEMA PLAN...: what check says as SARIF is valid by the schema of SARIF 2.1.0, and names each gap's line."""
import json
import subprocess
import sys

import jsonschema

muster, schema, plans = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8-sig")), sys.argv[3:]
for plan in plans:
    said = {}
    for form in ("sarif", "json"):
        run = subprocess.run([muster, "check", plan, "--at", "2026-07-10 12:00", "--format", form, "--fail-on", "never"], capture_output=True, text=True)
        said[form] = json.loads(run.stdout)
    jsonschema.validate(said["sarif"], schema)
    results = [(r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in said["sarif"]["runs"][0]["results"]]
    assert results == [(f["gap"], f["at"]["line"]) for f in said["json"]["findings"]], plan
    print(plan, len(results), "results")
