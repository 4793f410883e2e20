#!/usr/bin/env python3
"""aar.py MUSTER SOURCES [--write]: the after-action report for three readers. A drill of the starter plan with two people, an evaluator
and a hot wash; what the reports say of it, that they say it in every format, redacted, locked and over several runs. The samples of
reports/samples are compared byte for byte; --write makes them anew."""
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import documents

muster, sources = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
failures = []
READERS, FORMATS = ("executive", "practitioner", "auditor"), ("md", "html", "json", "csv")
LINES = ["", "a", "start triage", "", "a", "", "a", "done triage", "p", "", "start declare", "done declare sev2 one country so far", "s sev1 two countries at once",
         ":as Dana Okafor, evaluator", ":observe contain + 10 The lead began at once.", ":observe contain - The call to Dilip at +353 1 555 0204 came late.",
         "w 20m", "", "a", "p", "", "w 20m", "1", "it must not spread", "2", "w 20m", "", "w 20m", "", "w 20m", "", "w 20m", "",
         ":end", ":rate contain M One call came late.", ":rate notify U Legal never heard of it.", ":wash held The lead knew the first steps.",
         ":note DILIP took 01 555 0204 and (01)\u00a0555\u00a00205 down, then dilip_priv@weir.example and d\u00edlip@weir.example; Eva said nothing, and EVA was right.",
         ":note quinn has 555-0204 now, not (415) 555-0133 or 1 800 555 0199; D\u00edlip and Chia\u0300ra, as lind said, wait for rao (mailto:eva.quinn@weir.example): a Benign evacuation.",
         ":note EvaQuinn and @dilip_rao wrote as chiara.lind and @clind88; c.lind(at)weir.example, dilip [at] weir [dot] example and rao@desk hold: look at example.org, @here, for the Lindau rally.",
         ":wash failed Nobody told Eva, whose address is eva@weir.example.", ":item ROL-08 legal_lead ben 2026-12-20 Name a deputy.",
         ":waive ROL-22 director 2026-12-31 The director only signs.", "q"]


def expect(what, holds):
    if not holds:
        failures.append(what)


def run(*arguments, lines=None, code=0, env=None):
    done = subprocess.run([muster, *map(str, arguments)], input=lines, capture_output=True, text=True, env=env)
    if done.returncode != code:
        sys.exit(f"FAILED {arguments} ends with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout + (done.stderr if code else "")


def starter(top, name, *edits):
    folder = top / name
    folder.mkdir()
    for file in ("plan.yaml", "scenario.lua"):
        text = (sources / "scenarios/starter" / file).read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
        text = text.replace('  objectives = {', '  evaluators = { "Dana Okafor" },\n  objectives = {')
        for old, new in edits:
            text = text.replace(old, new)
        (folder / file).write_text(text)
    return folder


def drill(top, name, folder, lines=LINES, start="2026-07-10 10:00"):
    typed = "".join(line + "\n" for line in lines)
    play = ["--play", "commander,security_lead", "--clock", "steps"] if lines else []
    run("run", folder / "plan.yaml", folder / "scenario.lua", "-o", top / name, "--fail-on", "never", "--start", start, *play, lines=typed)
    return top / name / "journal.jsonl"


def report(journal, *options):
    return run("report", journal, *options)


def rows(document, table):
    return [row for s in document["sections"] for b in s["blocks"] if b.get("table") == table for row in b["rows"]]


# ---- what is said ----

def events_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "events" and isinstance(inner, list) else events_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from events_of(inner)


def the_documents(journal, events):
    schema = json.loads((sources / "reports/schema/aar.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for reader in READERS:
        document = json.loads(report(journal, "--for", reader, "--format", "json"))
        for error in list(jsonschema.Draft202012Validator(schema).iter_errors(document))[:3]:
            failures.append(f"{reader}: {error.json_path}: {error.message[:200]}")
        expect(f"{reader}: every event that is named is there", all(1 <= n <= len(events) for n in events_of(document)))
        page = documents.read_page(report(journal, "--for", reader, "--format", "html"))
        expect(f"{reader}: the page is whole: {page.wrong[:3]}", not page.wrong)
        expect(f"{reader}: every link of the page leads somewhere: {[x for x in page.links if x not in page.ids][:3]}", all(x in page.ids for x in page.links))
        expect(f"{reader}: no id stands twice", len(page.ids) == len(set(page.ids)))
        expect(f"{reader}: no bare MTTR, and no mean", not re.search(r"\bMTT[A-Z]\b|\baverage\b", " ".join(page.words).replace('bare "MTTR"', "")))


def the_ratings(document, events):
    by_id = {}
    for row in rows(document, "Summary of performance"):
        by_id.setdefault(row["objective"].split(":")[0].split(",")[0], []).append(row)
    contain, notify = by_id["contain"][0], by_id["notify"][0]
    expect("what the rule proposes and what the evaluator says stand side by side", contain["proposed_by_the_rule"] in "PSMU" and contain["evaluator"] == "M" and "One call came late." in contain["what_the_evaluator_says"])
    expect("who rates another way overrides", contain["what_the_evaluator_says"].startswith("overridden by Dana Okafor, evaluator") == (contain["proposed_by_the_rule"] != "M"))
    expect("what was not observed is not rated", notify["proposed_by_the_rule"] == "not rated" and notify["tasks_observed"] == "0 of 1" and notify["evaluator"] == "U")
    said = [b for s in document["sections"] for b in s["blocks"] if b.get("term") in ("Strength", "Area for improvement")]
    expect("observations of an objective stand with it", any(b["term"] == "Area for improvement" and "came late" in b["text"] for b in said) and any("began at once" in b["text"] for b in said))


def the_improvement_plan(journal, document):
    plan = rows(document, "Improvement plan")
    agreed = [row for row in plan if row["state"].startswith("agreed")]
    expect("what was agreed stands in the plan with owner and date", [(r["corrective_action"], r["contact"], r["completion"]) for r in agreed] == [("Name a deputy.", "Ben Okoro", "2026-12-20")])
    expect("each line says which element", all(r["capability_element"] in ("planning", "organisation", "equipment", "training", "exercises") for r in plan))
    sheet = list(csv.reader(io.StringIO(report(journal, "--for", "practitioner", "--format", "csv"))))
    expect("HSEEP's eight columns come first", sheet[0][:8] == ["Core capability", "Issue/area for improvement", "Corrective action", "Capability element", "Primary responsible organization", "Organization POC", "Start date", "Completion date"])
    expect("the sheet has a line for each", len(sheet) == len(plan) + 1)


def the_list(document, events):
    msel = rows(document, "Master scenario events list")
    pinned = [e for e in events if e["kind"] == "card.pinned"]
    expect("every card stands in the list, planned and played", len(msel) == len(pinned) == 4)
    by = {row["card"]: row for row in msel}
    expect("drift is said", by["odd sign-ins"]["planned"] == by["odd sign-ins"]["played"] == "10:00" and by["odd sign-ins"]["drift"] == "none")
    expect("what was never played says so", by["a reader calls"]["played"] == "never played" and by["a reader calls"]["drift"] == "-")
    decided = [e["n"] for e in events if e["kind"] in ("decision.made", "prompt.answered", "incident.declared", "severity.changed")]
    expect("every decision stands in the log", decided == [n for row in rows(document, "Decision log") for n in row["events"] if n in decided])


def the_auditor(journal, events):
    document = json.loads(report(journal, "--for", "auditor", "--format", "json"))
    start = next(e for e in events if e["kind"] == "exercise.start")
    criteria = next(s for s in document["sections"] if s["id"] == "criteria")
    expect("the criteria stand before STARTEX, with the hash of the chain there", start["hash"] in criteria["note"] and all(n < start["n"] for b in criteria["blocks"] for row in b.get("rows", []) for n in row["events"]))
    expect("the log is whole", [row["event"] for row in rows(document, "The log")] == [str(e["n"]) for e in events])
    expect("who rated is no player", [row["independence"] for row in rows(document, "Independence")][0] == "no player, and no owner of the plan")
    controls = {row["clause"]: row for row in rows(document, "Evidence by control")}
    expect("each framework has its rows", {r["standard"] for r in controls.values()} == {"NIST 800-53", "ISO 27001", "PCI DSS", "SOC 2", "NIS2", "DORA", "HIPAA"})
    expect("a tabletop is claimed as one", "discussion-based exercise" in controls["IR-3"]["what_this_run_shows"])
    expect("the exceptions name what deviated or that nothing did", any(s["id"] == "exceptions" for s in document["sections"]))


def nobody(top, folder):
    journal = drill(top, "model", folder, lines=())
    document = json.loads(report(journal, "--for", "auditor", "--format", "json"))
    controls = {row["clause"]: row for row in rows(document, "Evidence by control")}
    expect("a run without people is evidence of no test", controls["12.10.2"]["what_this_run_shows"].startswith("no test"))
    expect("n that carries no percentile has none", all("left out" in row["p90"] or int(row["n"]) >= 29 for row in rows(document, "Response times")))
    page = report(journal, "--for", "executive", "--format", "md")
    expect("a model run speaks of what would have been", "What would have gone wrong" in page and "What it would have cost in time and duty" in page)
    return journal


RULE = [("late", "U"), ("prompt", "U"), ("somebody else", "M"), ("already done", "PM"), ("met", "PSM"), ("was not played", "not rated"), ("was not asked", "not rated"), ("was not over", "not rated"), ("no outcome", "not rated"),
        ("acknowledged", "U"), ("never seen", "U"), ("nobody could be asked", "U"), ("no answer", "U")]


def opened_again(top, folder, journal):
    """The record of a drill that is over is opened again, and what is said then is as sound as the rest."""
    before = journal.read_text()
    run("run", folder / "plan.yaml", folder / "scenario.lua", "-o", journal.parent, "--resume", "--fail-on", "never", lines=":as Eva Quinn, director\n:wash change Call legal first.\ns sev1 too late\nq\n")
    added = [json.loads(line) for line in journal.read_text()[len(before):].splitlines()]
    expect("what was written stays, and only what was said is added", journal.read_text().startswith(before) and [e["kind"] for e in added] == ["act", "hotwash.said"] and added[1]["by"] == "Eva Quinn, director")
    expect("it is replayed like the rest", "which has ended" in run("verify", journal) and run("replay", journal).endswith("events are the same.\n"))
    expect("it stands in the report", "Call legal first. (Eva Quinn, director)" in report(journal, "--for", "practitioner"))


def on_paper(top, journal):
    """What is given to a printer that is no browser: each picture with its own rules, in colours and not in their names."""
    tools = top / "tools"
    tools.mkdir()
    (tools / "weasyprint").write_text("#!/bin/sh\nexec cat\n")
    (tools / "weasyprint").chmod(0o755)
    run("report", journal, "--for", "practitioner", "--format", "pdf", "-o", top / "paper.pdf", env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"})
    given = (top / "paper.pdf").read_text()
    pictures = re.findall(r"<svg [^>]*>(<style>.*?</style>)?", given, re.S)
    expect("each picture has its rules with it, and every colour its value", len(pictures) > 9 and all("svg .act{fill:#0a5a86}" in p and "var(" not in p for p in pictures))
    expect("and nothing else is another", re.sub(r"@media print\{\.piece\{.*\n", "", re.sub(r"(<svg [^>]*>)<style>.*?</style>", r"\1", given)) == report(journal, "--for", "practitioner", "--format", "html"))
    expect("the gaps stand in one column, as two are printed twice", given.index("{columns:2;") < given.index("section[aria-labelledby=gaps]{columns:auto}"))
    expect("the table of the timeline stands upright, whatever the picture does", "body,.wide details{page:sheet}" in given and "{min-width:0;max-width:100%;height:auto}" in given)
    if shutil.which("weasyprint"):
        run("report", journal, "--for", "executive", "--format", "pdf", "-o", top / "one.pdf")
        expect("an executive gets one sheet of paper", len(re.findall(rb"/Type /Page\b", (top / "one.pdf").read_bytes())) == 1)


def friday(top):
    """A drill in which much goes wrong: the rule of the ratings, the one page, what percentiles carry."""
    run("run", sources / "scenarios/plans/meridian-pay.yaml", sources / "scenarios/ransomware-friday", "-o", top / "friday", "--fail-on", "never")
    journal = top / "friday" / "journal.jsonl"
    document = json.loads(report(journal, "--for", "practitioner", "--format", "json"))
    tasks = [row for s in document["sections"] for b in s["blocks"] if b.get("table", "").startswith("Critical tasks") for row in b["rows"]]
    for row in tasks:
        allowed = next((rating for words, rating in RULE if re.search(rf"\b{words}\b", row["outcome"])), "PSMU")
        expect(f"{row['critical_task']}, {row['outcome']}: {row['proposed']}", row["proposed"] == allowed or (len(row["proposed"]) == 1 and row["proposed"] in allowed))
    expect("every way out is seen", {"P", "U", "not rated"} <= {row["proposed"] for row in tasks} and len(tasks) == 17)
    order = ["not rated", "P", "S", "M", "U"]
    summary = rows(document, "Summary of performance")
    expect("an objective is as its worst task", max((row["proposed_by_the_rule"] for row in summary), key=order.index) == max((row["proposed"] for row in tasks), key=order.index))
    times = {row["measure"]: row for row in rows(document, "Response times")}
    expect("36 carry a P90 and its interval", int(times["Acknowledged"]["n"]) >= 36 and "95 %" in times["Acknowledged"]["p90"] and "Wilson" in times["Acknowledged"]["in_time"])
    few = times["Action begun"]
    expect(f"{few['n']} carry a median and no P90", 6 <= int(few["n"]) < 29 and "95 %" in few["median"] and f"left out: n = {few['n']}" in few["p90"])
    expect("what was never done stays in", "not by ENDEX" in times["Action done"]["median"])
    expect("the matrix says who was not there", any(row["in_this_run"] == "nobody held the role" for row in rows(document, "Every cell that the run came to")))
    page = report(journal, "--for", "executive")
    expect("an executive gets one page", len(page.split()) < 820 and page.count("\n## ") == 4)
    expect("and no id of the plan", not re.search(r"\w_\w|\b(role|person|action|external):", page))
    on_paper(top, journal)
    decisions = re.findall(r"\*\*[123]:\*\* .*?([A-Z]{3}-\d\d)", page)
    expect("another plan than the one that was played is named to everybody", all("another plan than the one that was played" in report(journal, "--for", one, "--plan", sources / "scenarios/plans/meridian-pay.clean.yaml") for one in READERS))
    expect("three decisions, each of another kind", len(decisions) == len(set(decisions)) == 3)
    picture = report(journal, "--for", "practitioner", "--format", "html")
    expect("each picture has its table", all(picture.index(f'id="{one}"') < picture.index(f"<caption>{table}</caption>") for one, table in (("cb-t", "Clocks"), ("lim-t", "Every answer that had a limit"), ("rx-t", "Every cell that the run came to"))))


# ---- redaction ----

def redaction(top, journal, other):
    secret, short = top / "secret", top / "short"
    secret.write_bytes(bytes(range(32)))
    short.write_bytes(b"too short")
    plan = (sources / "scenarios/starter/plan.yaml").read_text()
    names = re.findall(r"name: +([A-Z]\w+) ([A-Z]\w+)", plan)
    first = {f for f, _ in names if f != "Weir"}
    seen = {}
    for where in (journal, other):
        for reader in (None, *READERS):
            for form in FORMATS:
                text = report(where, "--format", form, "--redact", secret, *(["--for", reader] if reader else []))
                for name in first | {"Okafor", "Dana", "OKAFOR", "DILIP", "EVA", "555 02", "555\u00a0", "eva@weir", "priv@weir", "lip@weir", "chiara", "+353", "quinn", "lind", "rao", "D\u00edlip", "ra\u0300", "555-0", "(415)", "555 0199", "@weir"}:
                    expect(f"{reader}, {form}: {name} is not told", not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])" if name.isalpha() else re.escape(name), re.sub(r"<style>.*?</style>", "", text, flags=re.S)))
                for hidden in ("EvaQuinn", "dilip", "_rao", "clind", "chiara.", "(at)", "at]", "dot]", "@desk"):
                    expect(f"{reader}, {form}: {hidden}, which hides, is not told", hidden not in re.sub(r"<style>.*?</style>", "", text, flags=re.S))
                expect(f"{reader}, {form}: what hides nobody stays", "hold: look" not in text or re.search(r"look at example.org, @here, for the Lindau rally", text))
                expect(f"{reader}, {form}: a word that only begins like a name stays", "quinn has" not in text and ("(mailto:" not in text or "a Benign evacuation" in text))
                seen.setdefault(where, set()).update(re.findall(r"person-[a-z0-9]{6}", text))
                if form == "json":
                    json.loads(text)
    both = seen[journal] & seen[other]
    expect("who was in both drills has one pseudonym", len(both) >= 6)
    text = report(journal, "--for", "auditor", "--redact", secret)
    head = json.loads(journal.read_text().splitlines()[-1])["hash"]
    expect("the chain is the journal's own", head in text and "sound" in run("verify", journal))
    secret.write_bytes(bytes(32))
    expect("another secret gives other names", not both & set(re.findall(r"person-[a-z0-9]{6}", report(journal, "--for", "auditor", "--redact", secret))))
    expect("a secret that can be tried out is refused", "16 bytes" in run("report", journal, "--redact", short, code=3))
    return secret


def at_a_screen(top, journal, secret):
    """Who came in by a link signs with the function first: the report knows the same person, and does not take a player for an independent one."""
    for name, stand in (("Dana Okafor", "no player, and no owner of the plan"), ("Ana Weir", "took part as a player")):
        head, lines = "", []
        for line in journal.read_text().splitlines():
            event = {k: v.replace("Dana Okafor, evaluator", f"evaluator {name}") if isinstance(v, str) and k in ("by", "seat") else v for k, v in json.loads(line).items() if k != "hash"}
            body = json.dumps({**event, "prev": head}, ensure_ascii=True, separators=(",", ":"))[:-1]
            head = hashlib.blake2b(body.encode(), digest_size=16).hexdigest()
            lines.append(f'{body},"hash":"{head}"}}\n')
        (journal.parent / "screen.jsonl").write_text("".join(lines))
        document = json.loads(report(journal.parent / "screen.jsonl", "--for", "auditor", "--format", "json"))
        who = {r["who"]: r["independence"] for r in rows(document, "Independence")}
        expect(f"{name}: {who}", who.get(f"{name}, evaluator") == stand)
        kept = [set(re.findall(r"(person-\w{6}), evaluator", report(j, "--for", "practitioner", "--redact", secret))) for j in (journal, journal.parent / "screen.jsonl")]
        expect(f"{name} has one pseudonym, at the keyboard and at a screen: {kept}", len(kept[1]) == 1 and (kept[0] == kept[1]) == (name == "Dana Okafor"))


# ---- signing off ----

def openssl_keys(top):
    key, public = top / "key.pem", top / "public.pem"  # RFC 8032, test 1
    key.write_text("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n")
    public.write_text("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n")
    return key, public


def outside(file, journal):
    return subprocess.run([sys.executable, str(pathlib.Path(__file__).parent / "lock.py"), str(file), str(journal)], capture_output=True, text=True).returncode == 0


def signing_off(top, journal, other, secret):
    key, public = openssl_keys(top)
    schema = json.loads((sources / "reports/schema/lock.schema.json").read_text())
    for n, (reader, form, options) in enumerate([("practitioner", "json", ["--key", key]), ("auditor", "html", ["--key", key]), ("executive", "md", []), ("auditor", "json", ["--redact", secret])]):
        file = top / f"signed-{n}.{form}"
        run("report", journal, "--for", reader, "--format", form, "-o", file, "--lock", *options)
        jsonschema.validate(json.loads((top / f"{file.name}.lock").read_text()), schema)
        again = ["--redact", secret] if "--redact" in options else ["--key", public] if "--key" in options else []
        said = run("verify", file, journal, *again)
        expect(f"{file.name} is what the journal gives: {said}", "sound" in said and ("signed with the key d75a98" in said) == ("--key" in options))
        expect(f"{file.name}: the other language agrees", outside(file, journal))
        answer = json.loads(run("verify", file, journal, "--format", "json", *again))
        jsonschema.validate(answer, json.loads((sources / "reports/schema/verify-report.schema.json").read_text()))
        expect(f"{file.name}: as JSON", answer["holds"] and answer["locked"] and answer["for"] == reader)
        expect(f"{file.name}: another journal is not its own", "not sound" in run("verify", file, other, *again, code=3) and not outside(file, other))
        file.write_bytes(file.read_bytes().replace(b"2026", b"2025", 1))
        expect(f"{file.name}: one letter is enough", "not those that were locked" in run("verify", file, journal, *again, code=3) and not outside(file, journal))
    whole = top / "signed-1.html.lock"
    (top / "signed-1.html").write_text(report(journal, "--for", "auditor", "--format", "html"))
    whole.write_text(whole.read_text().replace('"engine": "0', '"engine": "1'))
    expect("a manifest that was changed is not signed", "signature" in run("verify", top / "signed-1.html", journal, code=3) and not outside(top / "signed-1.html", journal))
    moved = top / "moved.md"
    run("report", journal, "--for", "executive", "-o", top / "before.md", "--lock")
    (top / "before.md").rename(moved)
    (top / "before.md.lock").rename(top / "moved.md.lock")
    said = run("verify", moved, journal)
    expect(f"a lock that nobody signed says so, and what the report was called: {said}", "not signed: report, journal and plan belong together" in said and "locked as before.md" in said)
    stolen = top / "stolen.md"
    run("report", journal, "--for", "executive", "-o", stolen, "--lock", "--key", key)
    beside = top / "stolen.md.lock"
    for change in (lambda b: b.replace(b'"signature"', b'"signaturf"'), lambda b: b.replace(b'"scenario": "', b'"scenario": "0'), lambda b: b[:-2], lambda b: b + b" ", lambda b: b[:b.index(b',\n "signature"')] + b"}\n", lambda b: b""):
        kept = beside.read_bytes()
        beside.write_bytes(change(kept))
        said = run("verify", stolen, journal, "--key", public, code=3)
        expect(f"a lock without the signature that it names is none: {said}", "not sound" in said and "sound: the journal" not in said)
        expect("nor does it hold for who asks for no key", "not sound" in run("verify", stolen, journal, code=3))
        beside.write_bytes(kept)
    expect("a key that signs nothing leaves no report behind", "no Ed25519" in run("report", journal, "-o", top / "half.md", "--lock", "--key", public, code=3) and not (top / "half.md").exists())
    torn = top / "torn.jsonl"
    for more in (b" ", b"\n", b"{"):
        torn.write_bytes(journal.read_bytes() + more)
        (top / "inputs").exists() or shutil.copytree(journal.parent / "inputs", top / "inputs")
        expect(f"a journal with {more} behind its end is not the journal", "not sound: the journal" in run("verify", stolen, torn, "--key", public, code=3))
    plain = top / "plain.md"
    plain.write_text(report(journal))
    expect("a report without a lock is made again too", "not locked" in run("verify", plain, journal))
    expect("nothing is written over", "is there already" in run("report", journal, "-o", plain, "--lock", code=5))


# ---- several runs ----

def items(top, alone, folder, journal):
    """legal_lead loses its deputy: found in the first run, mended in the second and exercised only where the one who stands first is away, back in the third."""
    one = drill(top, "run-1", alone, lines=(), start="2026-07-10 10:00")
    there = drill(top, "run-there", folder, lines=(), start="2026-08-09 10:00")
    run("run", folder / "plan.yaml", folder / "scenario.lua", "-o", top / "run-2", "--fail-on", "never", "--start", "2026-08-10 10:00", "--away", "eva")
    two = top / "run-2" / "journal.jsonl"
    three = drill(top, "run-3", alone, lines=["", ":as Eva Quinn, director", ":waive ROL-08 role:legal_lead 2026-12-31 A deputy begins in October.", ":end", "q"], start="2026-09-10 10:00")

    def state(*journals):
        document = json.loads(run("report", *journals, "--format", "json"))
        jsonschema.validate(document, json.loads((sources / "reports/schema/aar.schema.json").read_text()))
        return [(r["state"], r["by"]) for r in rows(document, "Improvement items") if r["gap"].startswith("ROL-08") and r["where"] == "Legal and Privacy"][0]

    expect("one run leaves it open, whatever the order", state(one, one)[0] == "open")
    expect(f"a run in which the deputy was not needed closes nothing: {state(one, there)}", state(one, there)[0] == "not exercised since")
    expect(f"a later run closes it: {state(two, one)}", state(two, one)[0] == "closed by a run" and state(two, one)[1].startswith("run 2, event "))
    seen = drill(top, "run-seen", folder, lines=["", ":as Dana Okafor, evaluator", ":gap COM-01 person:dilip Nobody had his second number.", ":end", "q"], start="2026-07-11 10:00")
    kept = {r["gap"][:6] + r["where"]: r for r in rows(json.loads(run("report", journal, seen, two, three, "--format", "json")), "Improvement items")}
    expect(f"what was agreed is not proposed anew by a later run: {kept['ROL-08Legal and Privacy']}", [kept["ROL-08Legal and Privacy"][k] for k in ("owner", "due")] == ["Ben Okoro", "2026-12-20"])
    expect(f"a gap is as heavy here as the run says: {kept['ROL-08Legal and Privacy']['gap']}", kept["ROL-08Legal and Privacy"]["gap"] == "ROL-08, critical")
    expect(f"what only a person saw, stand-ins do not close: {kept['COM-01Dilip Rao']}", kept["COM-01Dilip Rao"]["state"] == "not exercised since" and "stand-ins alone" in kept["COM-01Dilip Rao"]["run_by_run"])
    expect("it came again, and somebody accepts it by name", state(one, two, three) == ("accepted by waiver", [x for x in [state(one, two, three)[1]] if x.startswith("Eva Quinn, director until 2026-12-31")][0]))
    of_a_whole(top)
    sheet = list(csv.reader(io.StringIO(run("report", one, two, "--format", "csv"))))
    run("run", alone / "plan.yaml", alone / "scenario.lua", "-o", top / "run-signed", "--fail-on", "never", "--start", "2026-07-09 10:00", "--play", "commander", "--clock", "steps",
        lines="\n:as Mona Lindqvist, director\n:waive ROL-08 role:legal_lead 2026-12-31 Ask Mona Lindqvist.\n:end\nq\n")
    secret = top / "over-runs"
    secret.write_bytes(bytes(range(32)))
    shared = run("report", top / "run-signed" / "journal.jsonl", one, "--redact", secret)
    expect("who signed in an earlier run is no more told than the others", "accepted by waiver" in shared and "Mona" not in shared and "Lindqvist" not in shared)
    expect("the same as a sheet", any(r[1] == "ROL-08" and r[6] == "closed by a run" for r in sheet))
    for form in ("md", "html"):
        expect(f"the same as {form}", "closed by a run" in run("report", one, two, "--format", form))
    expect("what goes with one journal alone is refused", "several journals" in run("report", one, two, "--for", "auditor", code=2))


def of_a_whole(top):
    """What is agreed or accepted of a ladder is so of its step; once the day of a waiver is over, the item is open again. Nobody's
    waiver is none, nor is one for a day that is over."""
    waits = starter(top, "waits", (", within: 5m}\n      - {to: team:all", "}\n      - {to: team:all"))
    said = [":as Eva Quinn, director", ":item ESC-03 escalation:standard security_lead 2026-08-20 Give step 2 a time.", ":waive ESC-03 escalation:standard 2026-08-31 Until the new pager is there."]
    cheats = [":as , director", ":waive ESC-03 escalation:standard 2026-12-31 No name.", ":as Eva Quinn, director", ":waive ESC-03 escalation:standard 2026-08-30 Over."]
    runs = [drill(top, f"waits-{n}", waits, lines=["", *(said if n == 0 else cheats if n == 1 else []), ":end", "q"], start=day + " 10:00") for n, day in enumerate(("2026-07-10", "2026-08-31", "2026-09-01"))]
    plan = [r for r in rows(json.loads(report(runs[0], "--for", "practitioner", "--format", "json")), "Improvement plan") if "ESC-03" in r["issue_or_area_for_improvement"]]
    expect(f"a ladder and its step are one line: {plan}", len(plan) == 1 and plan[0]["corrective_action"] == "Give step 2 a time." and plan[0]["state"].startswith("accepted until 2026-08-31"))
    for count, state in ((2, "accepted by waiver"), (3, "open")):
        item = [r for r in rows(json.loads(run("report", *runs[:count], "--format", "json")), "Improvement items") if r["gap"].startswith("ESC-03")]
        expect(f"{count} runs: {item}", [(r["state"], r["due"]) for r in item] == [(state, "2026-08-20")])


# ---- the rest ----

def without_tools(top, journal):
    bare = {**os.environ, "PATH": "/nonexistent"}
    for form, tool in (("docx", "pandoc"), ("pdf", "weasyprint")):
        said = run("report", journal, "--for", "executive", "--format", form, "-o", top / f"x.{form}", code=4, env=bare)
        expect(f"{tool} that is not there is named, and nothing is left behind", tool in said and not (top / f"x.{form}").exists())


def a_word_document(top, journal):
    """What pandoc is told of the looks: a stand-in of its name gives it back. And where pandoc is there, what it makes of it."""
    stand_in = top / "bin" / "pandoc"
    stand_in.parent.mkdir()
    stand_in.write_text("#!/bin/sh\ncat >/dev/null\nfor one; do case $one in --reference-doc=*) cat \"${one#*=}\";; esac; done\n")
    stand_in.chmod(0o755)
    for name, path in (("looks", f"{stand_in.parent}:/bin:/usr/bin"), *([("word", os.environ["PATH"])] if shutil.which("pandoc") else [])):
        file = top / f"{name}.docx"
        run("report", journal, "--for", "executive", "--format", "docx", "-o", file, env={**os.environ, "PATH": path})
        with zipfile.ZipFile(file) as document:
            expect(f"{name}: every file of the archive is whole", document.testzip() is None)
            body, styles = document.read("word/document.xml").decode(), document.read("word/styles.xml").decode()
        expect(f"{name}: it lies on its side, in our type", re.search(r'<w:pgSz [^>]*w:orient="landscape"', body) and 'w:styleId="Compact"' in styles and "Arial" in styles)
    expect("the word document says what the Markdown says", not shutil.which("pandoc") or "What this rests on" in body)


def samples(journal):
    folder = sources / "reports/samples"
    for reader in ("executive", "practitioner"):
        for form in ("md", "html"):
            made, file = report(journal, "--for", reader, "--format", form), folder / f"{reader}.{form}"
            if "--write" in sys.argv:
                file.write_text(made)
            expect(f"{file.name} is the sample, byte for byte (python3 tests/report/aar.py MUSTER SOURCES --write makes it anew; read it first)", file.exists() and file.read_text() == made)


with tempfile.TemporaryDirectory() as name:
    top = pathlib.Path(name)
    folder, alone = starter(top, "starter"), starter(top, "alone", ("function:  legal\n    holders:   [eva, finn]", "function:  legal\n    holders:   [eva]"))
    journal = drill(top, "drill", alone)
    events = [json.loads(line) for line in journal.read_text().splitlines()]
    for reader in READERS:
        for form in FORMATS:
            expect(f"{reader}, {form}: the same journal gives the same bytes", report(journal, "--for", reader, "--format", form) == report(journal, "--for", reader, "--format", form))
    document = json.loads(report(journal, "--for", "practitioner", "--format", "json"))
    the_documents(journal, events)
    the_ratings(document, events)
    the_improvement_plan(journal, document)
    the_list(document, events)
    the_auditor(journal, events)
    other = nobody(top, folder)
    secret = redaction(top, journal, other)
    at_a_screen(top, journal, secret)
    signing_off(top, journal, other, secret)
    friday(top)
    items(top, alone, folder, journal)
    a_word_document(top, journal)
    without_tools(top, journal)
    samples(journal)
    opened_again(top, alone, journal)
for failure in failures:
    print("FAILED", failure)
print(f"{len(failures)} failed")
sys.exit(1 if failures else 0)
