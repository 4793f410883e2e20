#!/usr/bin/env python3
"""page.py MUSTER CSS SCHEMAS PLAN SCENARIO STARTER: reports of drills without and with people. The page can be read by everybody: by
keyboard, by screen reader, without a network, in the light and in the dark; the JSON documents are what their schemas say, and every
event that they name is there; the same journal gives the same bytes wherever it lies."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import documents

muster, css, schemas, plan, scenario = (str(pathlib.Path(a).resolve()) for a in sys.argv[1:])
LINES = ["", "a", "w", "2", "we need to see more", "2", "w", "a", "start declare", "done declare sev1 it stands", ":note the room is quiet", "w", ":pause lunch", ":resume", "a", "i called the bank",
         "n ciso by phone Please come.", "b nothing in the way", "w 30m", "w 30m", ":end"]
failures = []


def expect(what, holds):
    if not holds:
        failures.append(what)


def run(*arguments, lines=None, cwd=None):
    done = subprocess.run([muster, *map(str, arguments)], input=lines, capture_output=True, text=True, cwd=cwd)
    if done.returncode:
        sys.exit(f"FAILED {arguments[0]} ends with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


# ---- the page ----

def headings(name, page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    expect(f"{name}: one h1, and it comes first", levels.count(1) == 1 and levels[0] == 1)
    expect(f"{name}: no heading skips a level", all(b <= a + 1 for a, b in zip(levels, levels[1:])))


def landmarks(name, page):
    tags = [tag for tag, _ in page.elements]
    for tag in ("main", "footer", "nav"):
        expect(f"{name}: one {tag}", tags.count(tag) == 1)
    expect(f"{name}: one banner", page.elements.count(("header", {"class": "ex"})) == 1)
    expect(f"{name}: the page says its language", ("html", {"lang": "en"}) in page.elements)
    links = [given for tag, given in page.elements if tag == "a"]
    expect(f"{name}: the first link leads to the report", links[0] == {"class": "skip", "href": "#main"})
    expect(f"{name}: every section is named", all(given.get("aria-label") or given.get("aria-labelledby") in page.ids for tag, given in page.elements if tag == "section"))


def tables(name, text):
    for n, table in enumerate(re.findall(r"<table[ >].*?</table>", text, re.S)):
        head, body = table.split("</thead>")
        columns = head.count("<th scope=\"col\">")
        said = dict(re.findall(r"--h(\d+):'([^']*)'", head))
        heads = re.findall(r"<th scope=\"col\">([^<]*)</th>", head)
        expect(f"{name}, table {n}: on a narrow screen each cell's head is said beside it", 'class="t"' not in head or [said.get(str(i)) for i in range(2, columns + 1)] == heads[1:])
        expect(f"{name}, table {n}: the sheet knows as many heads", columns <= 10 and all(f".t td:nth-child({i})::before{{content:var(--h{i})}}" in text for i in range(2, columns + 1)))
        expect(f"{name}, table {n}: a caption, and its heads say that they are", "<caption>" in head and columns == head.count("<th ") > 1)
        for row in re.findall(r"<tr(?: class=\"\w+\")?>(.*?)</tr>", body, re.S):
            band = 'scope="rowgroup"' in row
            expect(f"{name}, table {n}: a row has one head", len(re.findall(r"<th scope=\"row(?:group)?\"", row)) == row.count("<th ") == 1)
            expect(f"{name}, table {n}: a row fills its columns", band or row.count("<t") - row.count("<ti") - row.count("<te") == columns)


def pictures(name, page, text):
    pictured = [given for tag, given in page.elements if tag == "svg" and given.get("aria-hidden") != "true"]
    expect(f"{name}: there are pictures", len(pictured) > 2)
    for given in pictured:
        named = given.get("aria-label") or all(i in page.ids for i in given.get("aria-labelledby", "none").split())
        expect(f"{name}: a picture has a name", given.get("role") == "img" and named)
    for figure in ("What happened, by role", "Who was asked, and how long it took"):
        part = text[text.index(f">{figure}</h2>"):]
        expect(f"{name}: {figure}: a picture, then the same as a table", -1 < part.index("<svg") < part.index("The same as a table") < part.index("<table"))
    expect(f"{name}: every state has a word beside its shape", not re.search(r'<span class="st \w+"><span aria-hidden="true">[^<]*</span>\s*</span>', text))


def the_page(name, text):
    page = documents.read_page(text)
    expect(f"{name}: {page.wrong[:3]}", not page.wrong)
    headings(name, page)
    landmarks(name, page)
    tables(name, text)
    parts = [given["aria-labelledby"] for tag, given in page.elements if tag == "section" and len(given.get("aria-labelledby", "")) > 1]
    expect(f"{name}: the contents lead to every part", re.findall(r'<li><a href="#(\w+)">', text.partition('<nav class="toc"')[2].partition("</nav>")[0]) == parts)
    pictures(name, page, text)
    expect(f"{name}: nothing is asked of a network", not re.search(r"(?i)https?://|//[a-z]|@import|url\((?!#)|<script|<link|<img", text))
    expect(f"{name}: a scrolling part can be reached by keyboard", all("tabindex" in given for tag, given in page.elements if given.get("class") == "lanes" or tag == "pre"))


# ---- colours ----

def light(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)] if len(colour) == 7 else [int(c * 2, 16) / 255 for c in colour[1:]]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    x, y = sorted((light(a), light(b)))
    return (y + 0.05) / (x + 0.05)


def colours():
    sheet = pathlib.Path(css).read_text()
    palettes = [dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block)) for block in re.findall(r":root\{([^}]*)\}", sheet)]
    expect("three palettes: light, dark, paper, each whole", len(palettes) == 3 and all(set(p) == set(palettes[0]) for p in palettes))
    for p in palettes:
        for text, ground, least in [("ink", "paper", 7), ("ink", "well", 7), ("ink2", "paper", 4.5), ("ink2", "well", 4.5), ("link", "paper", 4.5), ("link", "well", 4.5), ("bad", "paper", 4.5), ("bad", "badbg", 4.5),
                                    ("late", "paper", 4.5), ("late", "latebg", 4.5), ("ok", "paper", 4.5), ("paper", "ink", 7), ("edge", "paper", 3)]:
            expect(f"{text} on {ground} has {contrast(p[text], p[ground]):.1f}", contrast(p[text], p[ground]) >= least)
    for part in (":focus-visible{outline:3px", "tr,.sub,.quote,", "[aria-labelledby=targets] td:nth-of-type(2){white-space:nowrap}", "td:nth-of-type(2){min-width:5.9em}", "prefers-color-scheme:dark", "@media print", "@page", "max-width:719px"):
        expect(f"the sheet has {part}", part in sheet)


# ---- the documents ----

def events_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key in ("events", "evidence") and isinstance(inner, list) else events_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from events_of(inner)


def the_json(name, folder):
    kept = {}
    for kind in ("report", "findings"):
        schema = json.loads(pathlib.Path(schemas, f"{kind}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        kept[kind] = json.loads((folder / f"{kind}.json").read_text())
        for error in list(jsonschema.Draft202012Validator(schema).iter_errors(kept[kind]))[:3]:
            failures.append(f"{name}, {kind}.json: {error.json_path}: {error.message[:200]}")
    report, count = kept["report"], sum(1 for _ in (folder / "journal.jsonl").open())
    expect(f"{name}: every event that is named is there", report["run"]["events"] == count and all(1 <= e <= count for e in events_of(report)))
    expect(f"{name}: every figure but that of the paper names its events", all(f["events"] or f["name"] == "gaps" or f["value"] == 0 for f in report["figures"]))
    expect(f"{name}: both documents find the same", report["findings"] == kept["findings"]["findings"])
    people = report["run"]["people"]
    expect(f"{name}: without people nothing is observed", people > 0 or "observed" not in json.dumps(report["messages"] + report["targets"] + report["figures"]))
    expect(f"{name}: with people something is", people == 0 or any(m["made_of"] == "observed" for m in report["messages"]))
    expect(f"{name}: where time stood no length is a person's", people == 0 or report["run"]["measured"] or not any(f["name"] == "people_in_time" for f in report["figures"]))
    for m in report["messages"]:
        moments = [m[k] for k in ("delivered_ms", "acknowledged_ms") if m[k] is not None]
        expect(f"{name}: {m['about']}: in order", moments == sorted(moments))
        expect(f"{name}: {m['about']}: late by as much as it is over", m["late_ms"] is None or m["state"] in ("late", "missed"))
    return report


def the_claim(name, folder, report):
    page, text = (folder / "report.html").read_text(), (folder / "report.md").read_text()
    words = "".join(documents.read_page(page).words)
    expect(f"{name}: page and text say what it may be claimed as, and what not", all(report["run"][k] in words for k in ("claim", "not", "kind")) and report["run"]["not"].split(",")[0] in text)
    expect(f"{name}: a run without people is analysis", report["run"]["people"] > 0 or ("analysis of the plan" in words and "not a tabletop" in words and "n = 1" in words))
    expect(f"{name}: EXERCISE stands first", words.lstrip().startswith("EXERCISE") and text.startswith("**EXERCISE"))
    quoted = [f["at"]["quote"].strip() for f in report["findings"]]
    expect(f"{name}: every gap quotes its line", all(quoted) and all(q in words for q in quoted))


def same_bytes(name, top, folder):
    moved = pathlib.Path(top, "elsewhere", name)
    shutil.copytree(folder, moved)
    for form in ("html", "md", "json"):
        again = run("report", "journal.jsonl", "--format", form, cwd=moved)
        expect(f"{name}: the same {form} as the run wrote, from another folder", again == (folder / f"report.{form}").read_text())


def words_of_events():
    engine = pathlib.Path(__file__).parents[2] / "engine"
    kinds = re.findall(r"\[(EV_\w+)\] = \{\"", (engine / "journal/event.c").read_text())
    said = (engine / "report/say.c").read_text()
    expect(f"every kind of event is told in words: {[k for k in kinds if f'[{k}]' not in said]}", all(f"[{k}]" in said for k in kinds if k != "EV_NONE"))


colours()
words_of_events()
def plain_words(name, text):
    for what in (r"falls to nobody, \w", r": nobody, by ", r"(asked for by|no answer from) person:", r"\baction:\S+ has happened", r"advice on action:", r"(?m)^- missing: .*, done at "):
        found = re.search(what, text)
        expect(f"{name}: nothing is said by an id, and nobody is no person: {found and found[0]}", not found)


def one_story(name, folder, report):
    """No part of a report says what another part of it, or the journal, does not."""
    journal = [json.loads(line) for line in (folder / "journal.jsonl").open()]
    text = (folder / "report.md").read_text()
    for card in {e["by"][5:] for e in journal if e.get("by", "").startswith("card:")}:
        expect(f"{name}: what a card brings is brought by no person: {card}", not re.search(rf", by {re.escape(card)} \|", text.replace("\\_", "_")))
    kinds = {k: [e for e in journal if e["kind"] == k] for k in ("quorum.met", "clock.met", "task.consulted", "incident.declared", "message.released", "task.assigned")}
    for e in kinds["quorum.met"]:
        took = [c["took"] for c in kinds["clock.met"] if c["clock"] == "assemble" and c["t"] == e["t"]]
        expect(f"{name}: a quorum takes as long as its clock: {e['took']}, {took}", took in ([], [e["took"]]))
    simulated, said = sum(f["confidence"] == "simulated" for f in report["findings"]), [f["text"] for f in report["findings"] if f["gap"] == "EXR-08"]
    expect(f"{name}: as many gaps rest on habits as do not stand without: {simulated}, {said}", all(int(t.split()[0]) == simulated for t in said))
    first = [f for f in report["findings"] if f["severity"] == report["findings"][0]["severity"] and not f["gap"].startswith("EXR-")] if report["findings"] else []
    expect(f"{name}: the lead speaks of the plan, not of the exercise: {report['lead'][:60]}", not first or first[0]["gap"][:3] in ("ROL", "COM", "ESC", "HYG", "REG", "TIM", "RES") and "confirmed" not in report["lead"].split(". ")[0])
    for f in report["findings"]:
        part = text.partition("\n- **" + re.sub(r"([\\_])", r"\\\1", f["text"]))[2].partition("\n- **")[0] if len(f["evidence"]) > 6 else ""
        expect(f"{name}: the text names all events of {f['gap']}", not part or set(map(str, f["evidence"])) <= set(re.findall(r"\d+", part.partition("Proof:")[2])))
    given = {(e["action"], e["role"]) for e in kinds["task.consulted"] if e["answered"]}
    advice = [f for f in report["communication"] if f["about"].startswith("advice on ")]
    for f in advice:
        expect(f"{name}: advice that came is not missing: {f}", f["state"] != "missing" or (f["about"].replace("advice on ", "action:"), f["to"]) not in given)
        expect(f"{name}: somebody asked for it: {f}", f["from"])
    setters = {e["role"] for e in kinds["incident.declared"] if e["role"]}
    expect(f"{name}: of a level those tell who set it, as what they set it", not setters or all(f["from"] in setters for f in report["communication"] if f["about"].startswith("severity:")))
    parts = {p["name"]: p["event"] for kind in report["coverage"] for p in kind["parts"]}
    for f in report["communication"]:
        filed = f["about"].startswith("obligation:") and f["state"] in ("met", "late")
        expect(f"{name}: whoever had a notice was exercised: {f['to']}", not filed or f["to"] not in parts or parts[f["to"]])
    shared = [line for line in text.splitlines() if "One cause with" in line]
    for line in shared:
        named = re.split(r", (?=[A-Z]{3}-\d\d of )", re.sub(r": .*", "", line.split("One cause with: ")[1]).rstrip("."))
        expect(f"{name}: a cause is told in words, and each gap of it once: {line}", len(named) == len(set(named)) and not re.search(r"\b[a-z_]+:\w", line))
    for found in re.findall(r"(?:clock [a-z]+ of |lacking |, to (?:gate|consult)\b|\d h \d+ min|limit in time|no notice is on record|\b(?:task|prompt|message):\d|(?:calendar|business)\\?_days).*", text):
        expect(f"{name}: two words for one thing: {found[:80]}", False)


def friday_only(folder, report):
    page, parts = (folder / "report.html").read_text(), {p["name"]: p["event"] for kind in report["coverage"] for p in kind["parts"]}
    expect("who was quick to hear and late to do is not late to hear", "odd calls&#34;, 4 min, triage done late<" in page)
    expect("what came at ENDEX is said to be left out", any("not in it: 13 that came at ENDEX" in f["words"] for f in report["figures"]))
    expect("to decide on a notice is not to have written it", not parts["template:nydfs_notice"] and parts["template:mas_notice"])
    expect("who speaks for two roles speaks as the one that was asked", [t["role"] for t in report["timeline"] if t["what"].startswith("message 1 to insurer")] == ["Chief Financial Officer"])
    expect("an audience is called one", not any(re.match(r"(?:customers|staff|board) heard", f["text"]) for f in report["findings"]))
    expect("one action is named", any(f["text"] == 'Without In\u00eas Costa nobody can do or answer for "restore" in this drill' for f in report["findings"]))
    what, text = [t["what"] for t in report["timeline"]], (folder / "report.md").read_text()
    expect("why a contingency is played is a sentence", "the contingency the insurer calls is played, because notify insurer has not happened" in what)
    expect("a step is named once with its playbook", re.search(r"step \w[\w ]* of ransomware opens", text) and "step ransomware" not in text)
    absent = {m for words in (*what, *(f["text"] for f in report["findings"])) for m in re.findall(r"not there: (.*Core Payments.*)", words)}
    expect(f"who was not there is listed in one way: {absent}", len(absent) == 1 and re.search(r"; Application Owner, Core Payments|Application Owner, Core Payments; ", absent.pop()))
    late = [f for f in report["communication"] if f["about"] == "advice on declare"]
    expect(f"advice after its time is late, and has a time: {late}", [f["state"] for f in late] == ["late"] and late[0]["due_ms"] < late[0]["done_ms"])


with tempfile.TemporaryDirectory() as top:
    run("init", f"{top}/starter")
    drills = {"friday": (plan, scenario, [], None), "starter": (f"{top}/starter/plan.yaml", f"{top}/starter/scenario.lua", ["--assume", f"{top}/starter/assumptions.yaml"], None),
              "played": (plan, scenario, ["--play", "incident_commander", "--clock", "steps"], "".join(line + "\n" for line in LINES))}
    for name, (p, s, more, lines) in drills.items():
        folder = pathlib.Path(top, name + "-drill")
        run("run", p, s, "-o", folder, "--seed", "7", "--fail-on", "never", *more, lines=lines)
        the_page(name, (folder / "report.html").read_text())
        expect(f"{name}: the text holds: {documents.markdown_wrong((folder / 'report.md').read_text())[:2]}", not documents.markdown_wrong((folder / "report.md").read_text()))
        plain_words(name, (folder / "report.md").read_text())
        report = the_json(name, folder)
        the_claim(name, folder, report)
        one_story(name, folder, report)
        if name == "friday":
            friday_only(folder, report)
        same_bytes(name, top, folder)
for failure in failures[:20]:
    print("FAILED", failure)
print(f"{len(drills)} drills: {len(failures)} failures")
sys.exit(1 if failures else 0)
