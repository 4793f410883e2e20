#!/usr/bin/env python3
"""list.py MUSTER HOSTILE: the events list of a scenario made of hostile texts. As CSV no cell is a formula and no row
is torn, as JSON every text comes out as it went in, as text nothing speaks to the terminal."""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

muster, hostile = sys.argv[1], pathlib.Path(sys.argv[2])
SIGNS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
OWN = ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1+1", "\uff1d1+1", "a\"b,c\"", "\"=1\"", "two\r\nlines", "a\tb", "'quoted'",
       "\u202egnp.exe", "=HYPERLINK(\"http://x\",\"y\")", "e\u0301 \U0001f6a8 \u6f22", "cr\rhere"]


def lua(text):
    """A text of Lua for exactly these characters."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else "\\u{%x}" % ord(c) for c in text) + '"'


def scenario(texts):
    cards = ['exercise { title = "Hostile", starts = "2026-03-06 17:40", lasts = "3h" }']
    for n, text in enumerate(texts):
        cards.append('inject "card %d" { at = "%dm", from = %s, to = "commander", says = %s }' % (n, n, lua(text.replace("\r", " ").replace("\n", " ")), lua(text)))
    return "\n".join(cards) + "\n"


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    subprocess.run([muster, "init", folder / "new"], check=True, capture_output=True)
    plan, story = folder / "new/plan.yaml", folder / "hostile.lua"

    def listed(form, texts):
        story.write_text(scenario(texts), encoding="utf-8")
        run = subprocess.run([muster, "list", plan, story, "--format", form], capture_output=True)
        return run.returncode, run.stdout.decode("utf-8")

    texts = OWN + [v for line in hostile.read_text(encoding="utf-8").splitlines() for v in json.loads(line).values() if isinstance(v, str)]
    texts = [t for t in texts if t and listed("json", [t])[0] == 0]
    assert len(texts) >= len(OWN) + 10, len(texts)

    code, text = listed("csv", texts)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert code == 0 and len(rows) == len(texts)
    for row in rows:
        for key, cell in row.items():
            assert key and cell is not None and not cell.lstrip(" \u00a0").startswith(SIGNS), cell
            assert "\r" not in cell and "\n" not in cell and "\t" not in cell and "\x1b" not in cell and "\u202e" not in cell, cell

    code, text = listed("json", texts)
    jsonschema.validate(json.loads(text), json.loads((pathlib.Path(__file__).parents[2] / "reports/schema/msel.schema.json").read_text()))
    assert [c["text"] for c in json.loads(text)["cards"]] == texts

    code, text = listed("text", texts)
    assert code == 0 and not any((ord(c) < 32 and c != "\n") or c == "\u202e" for c in text)
    # What a card is to try stands in every form, and as text the objectives stand before the cards.
    whole = [subprocess.run([muster, "list", plan, folder / "new/scenario.lua", "--format", form], capture_output=True, text=True).stdout for form in ("text", "json", "csv")]
    assert "objective contain: The account is cut off within an hour" in whole[0] and whole[0].count("tests contain\n") == 3, whole[0]
    assert json.loads(whole[1])["objectives"][0] == {"id": "contain", "text": "The account is cut off within an hour"} and '"contain"' in whole[2]
    print(len(texts), "texts")
