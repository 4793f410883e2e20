#!/usr/bin/env python3
"""hostile.py MUSTER TEXTS: each hostile text stands in every place where words of a person, a plan, a scenario or a journal can
stand, and no format takes it for its own: HTML, Markdown, CSV, JSON, the terminal."""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import documents

muster, corpus = sys.argv[1:]
TEXTS = [json.loads(line) for line in pathlib.Path(corpus).read_text().splitlines()]
TEXTS += [{"text": "a | b | c", "why": "markdown columns"}, {"text": "~~gone~~ $x$ `code` **loud**", "why": "markdown marks"}, {"text": "\u3000\uff1d1+1", "why": "csv formula in wide letters"}]
READERS = {"report.html": documents.html_wrong, "report.md": documents.markdown_wrong}
failures = []
counts = {"drills": 0, "refused": 0, "documents": 0, "places": 0}


def expect(what, wrong):
    if wrong:
        failures.append(f"{what}: {'; '.join(wrong[:3])}")


def call(*arguments, lines=""):
    done = subprocess.run([muster, *arguments], input=lines.encode("utf-8", "surrogatepass"), capture_output=True)
    return done.returncode, done.stdout.decode("utf-8", "strict"), done.stderr.decode("utf-8", "strict")


# ---- the readers can tell: raw text, put into a document as it is, must be found ----

def readers_find_what_is_wrong():
    page, sheet = '<html lang="en"><body><p>{}</p></body></html>', '"a"\r\n"{}"\r\n'
    for raw in ("<script>alert(1)</script>", '<img src=x onerror=alert(1)>', "</p></body>", '<a href="http://evil.example">x</a>', "<!-- x -->", "\u202egnp.exe\u202c", "\x1b[2J"):
        expect(f"the page's reader overlooks {raw!r}", [] if documents.html_wrong(page.format(raw)) else ["nothing found"])
    for raw in ("![x](http://evil.example/p.png)", "# Heading", "- [x](y)", "<b>", "http://evil.example", "www.evil.example", "```", "1. one", "a | b", "    code"):
        text = f"{documents.FIRST}\n\n# Title\n\n| a |\n| --- |\n| {raw} |\n\n{raw}\n"
        expect(f"the Markdown reader overlooks {raw!r}", [] if documents.markdown_wrong(text) else ["nothing found"])
    for raw in ("=1+1", "\u00a0=1+1", "ok\n=1+1", "\t@SUM(1)", "-1"):
        expect(f"the CSV reader overlooks {raw!r}", [] if documents.csv_wrong(sheet.format(raw)) else ["nothing found"])
    for raw in ("\x1b[2J", "\r[OK]", "\u2066admin\u2069", "\b"):
        expect(f"the terminal's reader overlooks {raw!r}", [] if documents.terminal_wrong(raw) else ["nothing found"])


# ---- words in plan and scenario ----

def yaml_text(text):
    return '"' + "".join(c if " " <= c < "\x7f" and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


def lua_text(text):
    return '"' + "".join(c if " " <= c < "\x7f" and c not in '"\\' else f"\\u{{{ord(c):X}}}" for c in text) + '"'


def edit_plan(source, text):
    """Every line that holds a free text; and every role has one holder only, with the text in a comment on that line, so that gaps
    quote it."""
    quoted, comment = yaml_text(text), text if text.isprintable() else "a comment"
    source, n = re.subn(r"(?m)^(\s+(?:name|title|version|subject|reference|when|kind_of) *: +)(?![{\[])[^\n#{}]+$", lambda m: m[1] + quoted, source)
    source, holders = re.subn(r"(?m)^(\s+holders: +\[\w+)[^\]\n]*\].*$", lambda m: f"{m[1]}]  # {comment}", source)
    counts["places"] = max(counts["places"], n + holders)
    return source


def edit_scenario(source, text):
    quoted = lua_text(text)
    source = re.sub(r'(?m)^(\s+(?:title|from|says|asks)\s+= )(\[\[.*?\]\]|"[^"\n]*")', lambda m: m[1] + quoted, source)
    source = re.sub(r'"(now|watch): +[^"]*"', lambda m: lua_text(f"{m[1]}: {text}"), source)
    for card in sorted(set(re.findall(r'^(?:inject|question|decision) "([^"]*)"', source, re.M))):
        source = source.replace(f'"{card}"', lua_text(f"{card} {text}"))
    return re.sub(r'(?m)^story "[^"]*"', lambda m: "story " + lua_text(text), source)


def lines_of(text):
    parts = re.split(r"[\n\r]", text)
    moves = ["", "a"]
    for part in parts:
        moves += [f":note {part}", f"i {part}", f"b {part}", f"n commander by phone {part}", "w 10m", "1", part, "2", "a"]
    return "".join(move + "\n" for move in [*moves, "w 30m", "1", *parts, "2", ":end", ":end"])


def look(what, folder, shown):
    expect(f"{what}, terminal", documents.terminal_wrong(shown))
    for name, reader in READERS.items():
        counts["documents"] += 1
        expect(f"{what}, {name}", reader(pathlib.Path(folder, name).read_text(encoding="utf-8")))
    for name in ("report.json", "findings.json"):
        text = pathlib.Path(folder, name).read_text(encoding="utf-8")
        json.loads(text)
        expect(f"{what}, {name}", documents.unsafe(text))


def drill(top, n, why, plan, scenario, text):
    folder = pathlib.Path(top, f"drill-{n}")
    status, out, err = call("run", str(plan), str(scenario), "-o", str(folder), "--seed", "7", "--clock", "steps", "--play", "commander", "--fail-on", "never", lines=lines_of(text))
    counts["refused" if status == 3 else "drills"] += 1
    if status not in (0, 3):
        failures.append(f"{why}: the drill ends with {status}: {err[-200:]}")
    expect(f"{why}, what the drill says", documents.terminal_wrong(out + err))
    if status == 0:
        look(why, folder, out)
    return status == 0


def lists(why, plan, scenario):
    for form, reader in (("text", documents.terminal_wrong), ("csv", documents.csv_wrong), ("json", documents.unsafe)):
        status, out, err = call("list", str(plan), str(scenario), "--format", form)
        expect(f"{why}, list --format {form}", documents.terminal_wrong(err) + (reader(out) if status == 0 else []))
    expect(f"{why}, check", documents.terminal_wrong("".join(call("check", str(plan), str(scenario))[1:])))
    expect(f"{why}, explore", documents.terminal_wrong("".join(call("explore", str(plan), str(scenario))[1:])))


# ---- words in a journal: one from a stranger may hold anything, in every field ----

KEPT = {("run.pinned", key) for key in ("starts", "zone", "mode", "plan", "scenario", "assumptions")} | {("act", "seat"), ("clock.start", "clock"), ("clock.start", "starts_with"),
        ("person.pinned", "seat"), ("run.option", "option")}
NAMED = re.compile(r"(person|role|severity|obligation|audience|action|external|channel|asset|team|escalation|playbook|step|phase|task|message|prompt|ladder|consult|decide|assemble|log|tool|section):")


def changed(value, key, kind, text, all_of_it):
    if not isinstance(value, str) or (kind, key) in KEPT or key in ("kind", "prev", "hash"):
        return value
    if NAMED.match(value):
        return value.split(":")[0] + ":" + text if all_of_it else value
    return "card:" + text if value.startswith("card:") else text


def forge(journal, text, all_of_it):
    head, lines = "", []
    for line in journal.splitlines():
        event = json.loads(line)
        event = {key: changed(value, key, event["kind"], text, all_of_it) for key, value in event.items() if key != "hash"}
        event["prev"] = head
        body = json.dumps(event, ensure_ascii=True, separators=(",", ":"))[:-1]
        head = hashlib.blake2b(body.encode(), digest_size=16).hexdigest()
        lines.append(f'{body},"hash":"{head}"}}')
    return "\n".join(lines) + "\n"


def forged(top, why, n, journal, text, plan):
    for all_of_it in (False, True):
        folder = pathlib.Path(top, f"forged-{n}-{int(all_of_it)}")
        folder.mkdir()
        path = folder / "journal.jsonl"
        path.write_text(forge(journal, text, all_of_it))
        for form, name in (("html", "report.html"), ("md", "report.md"), ("json", "report.json")):
            status, out, err = call("report", str(path), "--plan", str(plan), "--format", form, "-o", str(folder / name))
            if status:
                failures.append(f"{why}: a forged journal gives no {name}: {err[-200:]}")
                return
            expect(f"{why}, what report says", documents.terminal_wrong(out + err))
        (folder / "findings.json").write_text("{}")
        look(f"{why}, forged {'in every field' if all_of_it else 'in free texts'}", folder, call("report", str(path), "--plan", str(plan), "--format", "text")[1])
        for reader, form in (("executive", "md"), ("practitioner", "html"), ("practitioner", "md"), ("auditor", "html")) if all_of_it else ():
            status, out, err = call("report", str(path), "--plan", str(plan), "--format", form, "--for", reader)
            expect(f"{why}, forged, for {reader}, {form}", (["no report"] if status else []) + READERS[f"report.{form}"](out) + documents.terminal_wrong(err))
            counts["documents"] += 1
        if text.isascii() and text.isprintable() and text.strip() == text:
            words = "".join(documents.read_page((folder / "report.html").read_text()).words)
            expect(f"{why}: the text is not in the page at all", [] if text in words else ["lost"])


readers_find_what_is_wrong()
with tempfile.TemporaryDirectory() as top:
    starter = pathlib.Path(top, "starter")
    call("init", str(starter))
    plan, scenario = (starter / "plan.yaml").read_text(), (starter / "scenario.lua").read_text()
    drill(top, "clean", "no hostile text", starter / "plan.yaml", starter / "scenario.lua", "we need to see more")
    journal = pathlib.Path(top, "drill-clean", "journal.jsonl").read_text()
    played = 0
    for n, row in enumerate(TEXTS):
        why, text = f"text {n} ({row['why']})", row["text"]
        hostile_plan, hostile_scenario = pathlib.Path(top, f"plan-{n}.yaml"), pathlib.Path(top, f"scenario-{n}.lua")
        hostile_plan.write_text(edit_plan(plan, text), encoding="utf-8")
        hostile_scenario.write_text(edit_scenario(scenario, text), encoding="utf-8")
        played += drill(top, f"{n}-plan", f"{why}, in the plan", hostile_plan, starter / "scenario.lua", text)
        played += drill(top, f"{n}-scenario", f"{why}, in the scenario", starter / "plan.yaml", hostile_scenario, text)
        lists(f"{why}, in the scenario", starter / "plan.yaml", hostile_scenario)
        lists(f"{why}, in the plan", hostile_plan, starter / "scenario.lua")
        forged(top, why, n, journal, text, starter / "plan.yaml")
    if played < len(TEXTS):
        failures.append(f"only {played} of {2 * len(TEXTS)} drills with a hostile plan or scenario were played")
for failure in failures[:20]:
    print("FAILED", failure)
print(f"{len(TEXTS)} texts, {counts['places']} places of the plan, {counts['drills']} drills, {counts['refused']} plans or scenarios refused, {counts['documents']} documents read: {len(failures)} failures")
sys.exit(1 if failures else 0)
