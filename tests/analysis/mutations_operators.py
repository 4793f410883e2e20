"""The faults that mutations.py plants: a table of operators, each of which knows every place of a plan where its fault can stand."""
import re

from mutations_plan import Block, Fault, Operator, Plan, change, drop, first_key, inside, named, rung, step, top_key, without_section


def unanswered(p):
    """A channel of a ladder that takes no acknowledgement any more."""
    used = {c for _, _, at, _ in p.rungs() if (m := re.search(r"via: \[([^]]*)\]", p.lines[at - 1])) for c in m[1].split(", ")}
    for e in p.entries("channels"):
        if e.name in used and "acknowledge" in (keys := p.keys(e)):
            k = keys["acknowledge"]
            yield Fault(f"{e.name} takes no acknowledgement", named("channels", e), p.put(k, "    acknowledge: no"), {k.first})


def too_long_a_rung(p):
    """On a ladder all of whose steps have a time, and that is to assemble by one."""
    for l, n, at, all_ in p.rungs():
        if all("within:" in p.lines[x - 1] for x in all_) and any("assemble_within:" in p.of(s) and re.search(rf"escalation: +{l.name}\b", p.of(s)) for s in p.entries("severities")):
            yield Fault(f"{l.name}/{n} within 90d", f"escalation:{l.name}", p.sub(Block("", at, at), r"within: \w+", "within: 90d"), {at, l.first})


def same_rung(p):
    for l, n, at, all_ in p.rungs():
        if n > 1:
            before = re.search(r"to: [^,}]+", p.lines[all_[n - 2] - 1])[0]
            yield Fault(f"{l.name}/{n} calls whom {n - 1} called", f"escalation:{l.name}/{n}", p.sub(Block("", at, at), r"to: [^,}]+", before), {at})


def other_doer(p):
    for book, s in p.steps():
        row = next((e for e in p.entries("raci") if re.search(rf"action: {e.name}\b", p.of(s))), None)
        doer = row and next(r.name for r in p.entries("roles") if not re.search(rf"\b{r.name}\b", p.value(p.keys(row)["R"])))
        if doer:
            yield Fault(f"{book.name}/{s.name} by {doer}", f"playbook:{book.name}/{s.name}", p.sub(s, ", phase: ", f", by: {doer}, phase: "), {s.first})


def new_key(p):
    """A tool or an account that is in the plan and that nobody has."""
    if m := re.search(r"\n  (tools|break_glass):\n", p.text):
        at = p.text[:m.end()].count("\n")
        for e in p.entries("raci"):
            k = p.keys(e).get("access")
            text = p.after(at, "    moon_key: {holders: [], tested: 2026-07-01}" if m[1] == "break_glass" else "    moon_key: {}").split("\n")
            text[(k or e).first - 1:(k or e).first] = ([] if k else [p.lines[e.first - 1]]) + ["    access: [moon_key]"]
            yield Fault(f"raci/{e.name}/access: [moon_key]", f"action:{e.name}", "\n".join(text), {k.first if k else e.first + 1})


def each_other(p):
    """Two neighbours whose first and second holders become each other."""
    two = [(r, p.keys(r)["holders"]) for r in p.entries("roles") if "holders" in p.keys(r) and p.value(p.keys(r)["holders"]).count(",") == 1]
    for (a, ours), (b, theirs) in zip(two, two[1:]):
        x, y = re.findall(r"\w+", p.value(ours))
        ring = [r for r, k in two if {x, y} == set(re.findall(r"\w+", p.value(k)))] + [a, b]
        last = max(ring, key=lambda r: r.name)
        yield Fault(f"{b.name} is {a.name} the other way round", f"role:{last.name}", p.put(theirs, f"    holders: [{y}, {x}]"), {last.first, p.keys(last)["holders"].first})


def no_handover(p):
    text = re.sub(r"\n    handover: .*", "", p.text)
    for e in Plan(text).entries("team"):
        if e.name == "handover":
            yield Fault("nobody says how command is handed over", "section:team", Plan(text).cut(e), {p.section["team"].first})


def kept_apart(p):
    """Every pair of roles of which one person is the first holder."""
    first = {r.name: re.findall(r"\w+", p.value(k["holders"]))[:1] for r in p.entries("roles") if "holders" in (k := p.keys(r))}
    for r in p.entries("roles"):
        keys = p.keys(r)
        for other, who in first.items():
            if first.get(r.name) and other != r.name and who == first[r.name]:
                text = p.put(keys["not_with"], f"    not_with: [{other}]") if "not_with" in keys else p.after(r.first, f"    not_with: [{other}]")
                yield Fault(f"{r.name} not with {other}", f"role:{r.name}", text, {r.first, r.first + 1, keys["holders"].first + 1})


def two_accountable(p, e, keys):
    roles = [r.name for r in p.entries("roles")]
    return f"[{roles[0]}, {roles[1]}]"


def first_holder(p, e, keys):
    items = re.findall(r"\w+", p.value(keys["holders"])) if "holders" in keys else []
    return f"[{items[0]}]" if len(items) > 1 else None


def first_reach(p, e, keys):
    m = re.match(r"\[(\{[^}]*\}),", p.value(keys["reach"])) if "reach" in keys else None
    return f"[{m[1]}]" if m else None


def shared_only(p, e, keys):
    ways = [w for w in re.findall(r"\{via: [^}]*", p.value(keys["reach"])) if not re.match(r"\{via: phone", w)] if "reach" in keys else []
    return f"[{', '.join(w + ', shared: yes}' for w in ways)}]" if ways else None


def stranger(p, e, keys):
    return f"[{', '.join(re.findall(r'[a-z_0-9]+', p.value(keys['holders'])) + ['nobody_here'])}]" if "holders" in keys else None


def other_rank(p, e, keys):
    ranks = [p.value(p.keys(x)["rank"]) for x in p.entries("severities") if "rank" in p.keys(x) and x.first < e.first]
    return ranks[0] if ranks else None


def primary_ground(p, e, keys):
    """What a primary channel stands on, for one that is out of band."""
    for c in p.entries("channels"):
        of = p.keys(c)
        if "depends_on" in of and p.value(of["use"]) == "primary":
            return p.value(of["depends_on"])


def phase_gone(p):
    for book in p.entries("playbooks"):
        steps = [s for b, s in p.steps() if b == book]
        for phase in ("detect", "analyze", "contain", "eradicate", "recover", "post"):
            gone = [s for s in steps if re.search(rf"phase: {phase}\b", p.of(s))]
            if gone:
                out = {n for s in gone for n in range(s.first, s.last + 1)}
                text = "\n".join(l for n, l in enumerate(p.lines, 1) if n not in out)
                yield Fault(f"{book.name} without {phase}", f"playbook:{book.name}", text, {book.first})


def dead_end(p):
    for book in p.entries("playbooks"):
        steps = [s for b, s in p.steps() if b == book]
        for s in steps[:-1]:
            if "decides:" in p.of(s):  # it leads on by what it decides
                continue
            does = re.search(r"action: ([\w-]+)", p.of(s))
            if does and re.search(rf"gate: \[[^]]*\b{does[1]}\b", p.of(book)):  # somebody waits for it at a gate
                continue
            new = re.sub(r"after: \[([^]]*)\]", lambda m: f"after: [{', '.join(x for x in re.findall(r'[a-z_0-9]+', m[1]) if x != s.name)}]", p.of(book))
            yield Fault(f"nothing follows {book.name}/{s.name}", f"step:{book.name}/{s.name}", p.put(book, new), {s.first})


def row_gone(p):
    """The row of an action that a phase or a playbook names."""
    for e in p.entries("raci"):
        uses = [n for within in ("phases", "playbooks") if (b := p.section.get(within)) for n in range(b.first, b.last + 1) if re.search(rf"\b{e.name}\b", p.lines[n - 1])]
        yield Fault(f"no row for {e.name}", f"action:{e.name}", p.cut(e), {n - (e.last - e.first + 1) if n > e.last else n for n in uses})


def placeholder(p):
    for section, keys in (("people", ("name",)), ("externals", ("organisation",)), ("phases", ("done_when",)), ("obligations", ("when",)), ("roles", ("title",))):
        for e in p.entries(section):
            for key, k in p.keys(e).items():
                if key in keys:
                    yield Fault(f"TBD in {section}/{e.name}/{key}", f"{named(section, e)}/{key}", p.put(k, f"    {key}: TBD"), {k.first})


def all_done_when(p):
    text = p.text
    for e in reversed(p.entries("phases")):
        if k := p.keys(e).get("done_when"):
            text = Plan(text).cut(k)
    yield Fault("no phase says when it is done", "section:phases", text, {p.section["phases"].first})


def no_out_of_band(p):
    yield Fault("no channel out of band", "section:channels", re.sub(r"(\n    use: +)out_of_band", r"\1primary", p.text), {p.section["channels"].first})


def nowhere_to_meet(p):
    calls = re.sub(r"(\n    kind: +)(bridge|video)\b", r"\1chat", p.text)
    for e in p.entries("resources"):
        if e.name == "rooms":
            yield Fault("no rooms and no bridge", "section:resources", calls.replace("\n  rooms:", "\n  x-rooms:"), {p.section["resources"].first})


def too_shallow(p):
    """A role is to be deeper than it is; what is too short is the line of those who hold it, or take turns in it."""
    members = {e.name: p.keys(e)["members"].first for e in p.entries("rotations")}
    for fault in change("roles", "depth", "9", more=("holders", "rotation"))(p):
        role = next(e for e in p.entries("roles") if named("roles", e) == fault.subject)
        turns = p.keys(role).get("rotation")
        yield fault._replace(lines=fault.lines | ({members[p.value(turns)]} if turns else set()))


def idle_role(p):
    people = [e.name for e in p.entries("people")][:2]
    for e in p.entries("roles")[::3]:
        yield Fault(f"an idle role behind {e.name}", "role:archivist", p.after(e.last, "  archivist:", "    function: records", f"    holders: [{', '.join(people)}]"), {e.last + 1})


def bare_severity(p):
    for e in p.entries("severities"):
        if "rank" in (keys := p.keys(e)) and not re.search(rf"\n    {e.name}: +\[", p.text):  # a quorum is a consequence
            yield Fault(f"{e.name} is a name and a rank", named("severities", e), p.put(e, p.lines[e.first - 1], p.of(keys["rank"])), {e.first})


def function_gone(p):
    for e in p.entries("team"):
        if e.name == "functions":
            for f in ("security", "it", "legal", "communications", "hr", "executive", "application"):
                if re.search(rf"\b{f}\b", p.of(e)):
                    yield Fault(f"team: functions without {f}", f"function:{f}", re.sub(r"\[, ", "[", p.sub(e, rf"(, )?\b{f}\b", "")), {e.first})


def log(old, new):
    """A log that a row of the matrix needs."""
    def faults(p):
        for n, line in enumerate(p.lines, 1):
            m = re.match(r"    (\w+): +\{enabled: yes, retention", line)
            if m and any(m[1] in p.value(k["logs"]) for k in map(p.keys, p.entries("raci")) if "logs" in k):
                yield Fault(f"{m[1]}: {new}", f"log:{m[1]}", p.sub(Block("", n, n), old, new), {n})
    return faults


def outside_panel(p):
    for n, line in enumerate(p.lines, 1):
        if m := re.match(r"      panel: +\[(.*)\]", line):
            for firm in m[1].split(", "):
                yield Fault(f"{firm} not on the panel", f"external:{firm}", p.put(Block("", n, n), "      panel: [" + ", ".join(f for f in m[1].split(", ") if f != firm) + "]"),
                            {n, *(e.first for e in p.entries("externals") if e.name == firm)})


def nobody_spends(p):
    yield Fault("nobody may spend", "section:roles", re.sub(r", \{spend: [^}]*\}", "", p.text), {p.section["roles"].first})


def contract_forgotten(p):
    """The duties to an insurer or an acquirer are taken away, all that go to it."""
    for x in p.entries("externals"):
        if re.search(r"kind: +(insurer|acquirer)\b", p.of(x)):
            gone = {n for o in p.entries("obligations") if f"external:{x.name}" in p.of(o) for n in range(o.first, o.last + 1)}
            yield Fault(f"no duty to {x.name}", named("externals", x), "\n".join(l for n, l in enumerate(p.lines, 1) if n not in gone), {x.first, x.first + 2})


def no_partners(p):
    """No place holds the addresses of partners any more."""
    if re.search(r"holds: \[.*partners", p.text):
        yield Fault("no copy of the partners", "section:resources", re.sub(r"(holds: \[.*)partners, ", r"\1", p.text), {p.section["resources"].first, *(e.first for e in p.entries("resources") if e.name == "repository")})


def law(jurisdiction, rule, when):
    def faults(p):
        for e in p.entries("organisation"):
            if e.name == "jurisdictions" and re.search(when, p.text):
                yield Fault(f"{jurisdiction} applies", rule, p.sub(e, r"\]", f", {jurisdiction}]"), {e.first, first_key(p), p.section["obligations"].first})
    return faults


def of_function(p, word):
    return next((r.name for r in p.entries("roles") if re.search(rf"\n    function: +{word}\b", p.of(r))), None)


def nine_more_rows(p):
    """Nine more actions for the first holder of each role."""
    for r in p.entries("roles") if "raci" in p.section else ():
        who = re.findall(r"\w+", p.value(k["holders"]))[:1] if "holders" in (k := p.keys(r)) else []
        for e in (e for e in p.entries("people") if [e.name] == who):
            rows = [f"  more_{n}: {{R: [{r.name}], A: {r.name}}}" for n in range(9)]
            yield Fault(f"nine more actions for {r.name}", f"person:{e.name}", p.after(p.section["raci"].last, *rows), {e.first})


def unheard(p):
    """IT alone does and answers for an action by which a duty about personal data is met."""
    it = of_function(p, "it")
    for e in p.entries("raci") if it else ():
        if any(re.search(rf"\n    action: +{e.name}\b", p.of(o)) and re.search(r"rule: +(EU-GDPR|US-NY-GBL)", p.of(o)) for o in p.entries("obligations")):
            yield Fault(f"no lawyer in {e.name}", f"action:{e.name}", p.put(e, f"  {e.name}: {{R: [{it}], A: {it}}}"), {e.first})


def tree_of_calls(p):
    people = p.entries("people")
    for first, second, third in zip(people, people[1:], people[2:]):
        if "if_not_reached" not in p.text and "\n    calls:" not in p.text:
            text = Plan(p.after(third.first, f"    calls: [{second.name}]"))
            yield Fault(f"{third.name} calls {second.name} calls {first.name}", f"person:{second.name}", text.after(second.first, f"    calls: [{first.name}]"), {second.first + 1})


def at_home(p):
    """Whoever holds a role of a quorum that is needed at every hour keeps office hours."""
    for level in p.entries("severities"):
        m = re.search(rf"\n    {level.name}: +\[([^]]*)\]", p.text) if re.search(r"cover: +24x7", p.of(level)) else None
        for r in (r for r in p.entries("roles") if m and r.name in m[1].split(", ") and "holders" in p.keys(r)):
            who, lines = re.findall(r"\w+", p.value(p.keys(r)["holders"])), list(p.lines)
            for e in p.entries("people"):
                if e.name in who and "hours" in p.keys(e):
                    lines[p.keys(e)["hours"].first - 1] = "    hours: working_hours"
            yield Fault(f"{r.name} keeps office hours", f"role:{r.name}", "\n".join(lines), {p.keys(r)["holders"].first, r.first})


def no_executive(p):
    text = re.sub(r", audience:board\b", "", re.sub(r"(\n    function: +)executive\b", r"\1records", p.text))
    for e in Plan(text).entries("audiences"):
        if e.name in ("board", "leadership") and "first_within" in Plan(text).keys(e):
            text = Plan(text).cut(Plan(text).keys(e)["first_within"])
    yield Fault("no role is of the executive", "section:severities", text, {Plan(text).section["severities"].first})


def nobody_declares(p):
    text = re.sub(r"(\n    authority: +\[)declare(, )?", r"\1", p.text)
    for e in reversed(Plan(text).entries("raci")):
        if e.name == "declare" or re.search(r"\n    authority: +declare\b", Plan(text).of(e)):
            text = Plan(text).cut(e)
    yield Fault("nobody may declare", "section:roles", text, {Plan(text).section["roles"].first})


def left_out(p):
    """A ladder leaves out somebody who reads a channel that it calls over."""
    first = p.entries("people")[0].name
    for c in p.entries("channels"):
        who = re.findall(r"person:(\w+)", p.value(k["enrolled"])) if "enrolled" in (k := p.keys(c)) else []
        out = first if "enrolled" in k and "team:all" in p.value(k["enrolled"]) else who[0] if who else None
        for ladder in p.entries("escalations") if out else ():
            used = [at for l, _, at, _ in p.rungs() if l == ladder and re.search(rf"via: \[[^]]*\b{c.name}\b", p.lines[at - 1])]
            if used:
                yield Fault(f"{ladder.name} without {out}", f"escalation:{ladder.name}/{c.name}", p.after(ladder.first, f"    without: [person:{out}]"), {used[0] + 1})


def improvement(row):
    def faults(p):
        if "improvements" not in p.section:
            owner = p.entries("roles")[0].name
            text = p.text.rstrip("\n") + "\n\nimprovements:\n  - {id: one, " + row.format(owner=f"role:{owner}") + "}\n"
            yield Fault(row, "improvement:one", text, {text.count("\n")})
    return faults


def claim(words):
    def faults(p):
        at = p.section["plan"].first
        yield Fault(f"a claim: {words}", "claim:one", p.after(at, f"  claims: {{one: {{{words}}}}}"), {at + 1})
    return faults


def last_test(words, when=r"kind: tabletop", subject="plan"):
    def faults(p):
        for e in p.entries("plan"):
            if e.name == "last_test" and re.search(when, p.of(e)):
                yield Fault(f"last_test: {words}", subject, p.sub(e, r"\}", f", {words}}}"), {e.first})
    return faults


def later_stage(p):
    """A later stage of a duty under DORA is taken away."""
    stages = [o for o in p.entries("obligations") if re.search(r"rule: +EU-DORA-(IN|IM|FR)", p.of(o))]
    for o in stages[1:]:
        if re.search(r"EU-DORA-(IM|FR)\b", p.of(o)):
            yield Fault(f"no {o.name}", f"obligation:{stages[0].name}", p.cut(o), {stages[0].first})


def no_duties(when):
    """Of an organisation about which this is so."""
    return lambda p: without_section("obligations")(p) if re.search(when, p.text) else ()


def no_pause(p):
    """Nothing pauses a notice, and no police is known."""
    text = re.sub(r"\n    pause: [^\n]*", "", re.sub(r"(\n    kind: +)law_enforcement", r"\1partner", p.text))
    for o in Plan(text).entries("obligations"):
        if "US-FTC-SAFE" in Plan(text).of(o):
            yield Fault("no delay for the police", named("obligations", o), text, {o.first})


def another_roster(p):
    """The organisation's own list of people, which stands beside each plan here, knows none of them."""
    at, first = p.section["organisation"].first, p.entries("people")[0]
    yield Fault("a roster without them", f"person:{first.name}", p.after(at, "  records: [{of: people, file: roster.csv}]"), {first.first + 1})


SECTIONS = ("team", "raci", "audiences", "backup_communications", "phases", "severities", "escalations")
REFERENCES = (
    ("audiences", "template", "nothing_here", ("COM-10",)), ("audiences", "via", "[nowhere]", ("COM-12", "COM-01")), ("audiences", "owner", "nobody_here", ("COM-12",)),
    ("channels", "depends_on", "[nothing_here]", ("COM-05", "COM-16")), ("roles", "rotation", "no_turns", ("ROL-06", "ROL-08", "ROL-11", "ESC-08", "ROL-12", "ROL-13", "ESC-13", "RES-13")),
    ("phases", "lead", "nobody_here", ()), ("severities", "escalation", "no_ladder", ("ESC-02", "ESC-10", "ESC-08", "ROL-15")),
    ("obligations", "template", "nothing_here", ("COM-10", "REG-07")), ("obligations", "deputy", "person:nobody_here", ("REG-02",)), ("obligations", "route", "external:nowhere", ("REG-06", "REG-17")),
    ("assets", "owner", "nobody_here", ("ROL-17",)), ("raci", "R", "[nobody_here]", ("ROL-03", "ROL-22", "ROL-15", "ROL-21")), ("raci", "A", "nobody_here", ("ROL-01", "ROL-04", "ROL-15", "ROL-22", "REG-02")),
    ("raci", "C", "[nobody_here]", ("ROL-15",)), ("raci", "I", "[nobody_here]", ("ROL-15", "ESC-10")),
)
NO_DUTIES = ("HYG-05", "COM-12", "REG-01", "REG-12", "REG-13", "REG-14", "REG-17", "RES-12", "COM-11")
PAST = "2001-01-01"
DUTY = r"\n    rule: +(?!CTR)"
NUMBERED = r"EU-GDPR-33\n|SG-PDPA|US-NYDFS-\d|EU-DORA-(IN-A|IN-B|FR|IM)|SG-MAS|US-FTC|US-NY-GBL"
SERVES = r"phase: recover|action: (declare|customer_statement|isolate_\w+|rotate_\w+|notify_(cbi|dpc|us_regulators))\b"  # what a level, an asset or a duty gives a time
RETAINER, COUNSEL, CLOUD = r"kind: +retainer", r"kind: +(counsel|pr)\b", r"kind: +cloud_provider"
OPERATORS = [Operator(*row) for row in (
    ("ROL-01", ("HYG-18", "REG-02", "ROL-22", "ROL-15"), drop("raci", "A")),
    ("ROL-02", ("ROL-04", "ROL-11", "ROL-15"), change("raci", "A", two_accountable, add=True)),
    ("ROL-03", ("ROL-22", "RES-10"), drop("raci", "R")),
    ("ROL-04", (), change("raci", "authority", "walk_on_water", r"\n    A: ", add=True, more=("A",))),
    ("ROL-05", ("HYG-05", "ROL-22", "REG-02", "ROL-15", "ESC-13"), row_gone),
    ("ROL-06", ("ROL-08", "ROL-17", "ESC-08", "ESC-13", "RES-13", "COM-09"), change("roles", "holders", "[]")),
    ("ROL-07", ("HYG-05",), change("roles", "holders", stranger)),
    ("ROL-08", ("ROL-09", "ROL-10", "ESC-08", "COM-09", "ESC-13"), change("roles", "holders", first_holder)),
    ("ROL-09", (), too_shallow),
    ("ROL-14", ("TIM-07",), drop("raci", "consult_within", r"\n    C: ")),
    ("ROL-16", (), function_gone),
    ("ROL-17", (), drop("assets", "owner")),
    ("ROL-19", (), change("people", "trained", PAST)),
    ("ROL-19", (), drop("people", "trained")),
    ("ROL-10", ("ROL-12", "ROL-11", "ROL-13", "ROL-21", "ESC-08", "ROL-09", "RES-13", "ESC-13", "COM-09"), each_other),
    ("ROL-12", (), kept_apart),
    ("ROL-18", (), no_handover),
    ("ROL-20", (), other_doer),
    ("ROL-21", (), new_key),
    ("ROL-22", (), idle_role),
    ("COM-01", ("COM-17",), change("people", "reach", first_reach)),
    ("COM-01", ("COM-16",), change("externals", "reach", first_reach)),
    ("COM-02", (), change("people", "verified", PAST)),
    ("COM-02", (), change("externals", "verified", PAST)),
    ("COM-02", (), drop("people", "verified")),
    ("COM-02", (), drop("externals", "verified")),
    ("COM-04", ("COM-16", "RES-07"), no_out_of_band),
    ("COM-05", ("COM-16",), change("channels", "depends_on", primary_ground, "use: +out_of_band")),
    ("COM-06", (), change("channels", "tested", PAST, "use: +out_of_band")),
    ("COM-06", (), drop("channels", "tested", "use: +out_of_band")),
    ("COM-06", (), change("channels", "enrolled", "[]", "use: +out_of_band")),
    ("COM-09", (), top_key("team", "spokesperson", "section:team")),
    ("COM-10", (), drop("audiences", "template")),
    ("COM-10", ("REG-07",), drop("obligations", "template")),
    ("COM-12", (), drop("audiences", "owner")),
    ("COM-12", (), drop("audiences", "via")),
    ("COM-12", (), drop("audiences", "first_within")),
    ("COM-13", ("TIM-08",), drop("severities", "update_every")),
    ("COM-11", (), inside("raci", r"if_silent_after: \w+", "if_silent_after: 90d", when=r"\A  customer_statement")),
    ("COM-16", (), change("channels", "directory", primary_ground, "use: +out_of_band")),
    *(("COM-17", ("COM-01",), change(section, "reach", shared_only)) for section in ("people", "externals")),
    ("COM-18", ("REG-01",), law("EE", "jurisdiction:EE", r"\n    languages: ")),
    ("COM-07", (), unanswered),
    ("COM-19", ("HYG-01",), without_section("intake")),
    ("ESC-01", (), change("severities", "rank", other_rank)),
    ("ESC-02", ("TIM-08", "COM-13", "ESC-10", "ESC-01", "ROL-15", "COM-07"), bare_severity),
    ("ESC-03", ("TIM-07",), rung(r", within: \w+", "")),
    ("ESC-05", (), rung(r"(, otherwise: \w+)?\}", ", otherwise: escalation:{ladder}}}", lambda l, n: f"escalation:{l.name}", True)),
    ("ESC-06", (), same_rung),
    ("ESC-07", ("TIM-07",), too_long_a_rung),
    ("ESC-09", ("ESC-08",), change("rotations", "restrict", "sat-sun 09:00-17:00", add=True)),
    ("ESC-11", ("HYG-01",), without_section("related_plans")),
    ("ESC-11", (), drop("related_plans", "activate_when")),
    ("ESC-11", (), drop("related_plans", "who_may")),
    ("ESC-12", (), top_key("severities", "reassess_every", "section:severities")),
    ("ESC-14", (), inside("externals", r"\n      tier: .*", "")),
    ("ESC-14", (), inside("externals", r"\n      accounts: .*", "")),
    ("ESC-14", (), inside("externals", r"\n      severity_code: .*", "")),
    ("ESC-14", (), inside("externals", r"\n      manager: .*", "")),
    ("ESC-16", (), all_done_when),
    *(("HYG-01", ("ESC-16", "HYG-05", "ROL-18", "COM-09", "COM-12", "ESC-10", "ESC-12", "ESC-13", "REG-12", "ROL-22", "ROL-15", "ROL-05", "REG-02", "ESC-04", "TIM-07", "RES-02"), without_section(s)) for s in SECTIONS),
    ("HYG-02", (), top_key("plan", "reviewed", "plan", PAST)),
    ("HYG-02", (), top_key("plan", "reviewed", "plan")),
    ("HYG-03", (), top_key("plan", "approved", "plan")),
    ("HYG-03", (), top_key("plan", "approved", "plan", "{by: the board}")),
    ("HYG-04", (), top_key("plan", "distribution", "plan")),
    ("HYG-05", ("ROL-07",), change("roles", "holders", stranger)),
    ("HYG-05", (), step(r", phase: ", ", by: nobody_here, phase: ", lambda b, s: f"playbook:{b.name}")),
    ("HYG-05", ("ESC-06", "ESC-08", "ESC-10", "ROL-15", "ROL-22"), rung(r"to: [^,}]+", "to: role:nobody_here", lambda l, n: f"escalation:{l.name}")),
    ("HYG-05", (), rung(r"via: \[", "via: [nowhere, ", lambda l, n: f"escalation:{l.name}")),
    *(("HYG-05", also, change(section, key, to, r"\n    %s: " % key)) for section, key, to, also in REFERENCES),
    ("HYG-06", (), lambda p: (Fault("another risk", "scenario:ddos", p.sub(e, r"\]", ", ddos]"), {e.first}) for e in p.entries("plan") if e.name == "risks")),
    ("HYG-07", ("HYG-05", "HYG-08", "REG-05", "REG-14", "ROL-15", "TIM-07"), phase_gone),
    ("HYG-08", ("TIM-07",), dead_end),
    ("HYG-10", (), step(r", within: \w+", "")),
    ("HYG-10", (), step(r",\n +done_when: [^}]+", "")),
    ("HYG-11", (), change("roles", "longest_shift", "[12h, 6h]", tail="/longest_shift")),
    ("HYG-11", (), rung(r"within: \w+", "within: [3m, 6h]", lambda l, n: f"escalation:{l.name}/{n}/within")),
    ("HYG-13", ("EXR-03", "REG-19"), top_key("plan", "last_test", "plan")),
    ("HYG-14", (), drop("obligations", "when", r"\n    starts: ")),
    ("HYG-15", (), top_key("plan", "metrics", "plan")),
    ("HYG-16", ("HYG-01",), without_section("evidence")),
    ("HYG-18", ("ROL-01", "REG-02"), drop("raci", "A", r"by: +external:")),
    ("HYG-19", (), placeholder),
    ("REG-01", ("COM-18",), law("BR", "rule:BR-LGPD", r"\n  data: .*personal_data")),
    ("REG-02", (), drop("obligations", "deputy")),
    ("REG-05", ("REG-08",), change("obligations", "stated", "{starts: full_moon}", DUTY, add=True)),
    ("REG-06", ("REG-17", "COM-12"), drop("obligations", "route", r"\A(?![\s\S]*(\n    to: |EU-GDPR-33-5))")),
    ("REG-08", (), drop("obligations", "decide_within")),
    ("REG-09", (), change("obligations", "stated", "900d", NUMBERED, add=True)),
    ("REG-07", (), inside("templates", r"fields: \[[^]]*", "fields: [what", lambda s, e: f"template:{e.name}", when=r"gdpr_33|gdpr_34|dora_")),
    ("REG-14", (), step(r"\n +gate: [^\n]*", "", lambda b, s: f"playbook:{b.name}")),
    ("REG-14", ("HYG-08",), step(r"\n +decides: \{pay[^\n]*", "", lambda b, s: f"playbook:{b.name}", of_book=True)),
    ("REG-17", ("HYG-05", "COM-11", "COM-12"), contract_forgotten),
    ("REG-10", (), top_key("organisation", "holidays", "obligation:visa_report")),
    ("TIM-07", (), step(r"within: \w+", "within: 900d", when=SERVES)),
    *(("TIM-08", ("COM-13", "TIM-07", "RES-02"), drop("severities", k)) for k in ("acknowledge_within", "assemble_within", "declare_within", "contain_within", "update_every")),
    ("RES-01", (), inside("externals", r"until: +[-\d]+", "until: 2001-01-01", when=RETAINER)),
    ("RES-03", (), inside("externals", r"until: +[-\d]+", "until: 2001-01-01", when=COUNSEL)),
    ("RES-02", (), inside("externals", r"regions: .*", "regions: [XX]", when=RETAINER)),
    ("RES-02", ("TIM-07",), inside("externals", r"respond_within: \w+", "respond_within: 90d", when=RETAINER)),
    ("RES-05", (), inside("externals", r"\n      tier: .*", "\n      respond_within: 90d\n      tier: gold", when=CLOUD)),
    *(("RES-08", (), retention) for retention in (log("retention: \\w+", "retention: 1d"), log("enabled: yes", "enabled: no"))),
    ("RES-12", (), outside_panel),
    ("RES-13", (), nobody_spends),
    ("RES-15", (), no_partners),
    ("RES-04", (), inside("externals", r"incident_clause: yes", "incident_clause: no")),
    ("RES-07", (), inside("resources", r"tested: [-\d]+\}", "tested: 2001-01-01}", lambda s, e: "break_glass:break_glass_prod")),
    ("RES-11", (), inside("resources", r"immutable: +yes", "immutable: no", lambda s, e: "asset:core_payments")),
    ("RES-11", (), inside("resources", r"restore_tested: [-\d]+", "restore_tested: 2001-01-01", lambda s, e: "asset:core_payments")),
    ("RES-12", (), inside("externals", r"\n      notice: .*", "")),
    ("RES-10", ("RES-02",), change("raci", "skills", "[juggling]", add=True)),
    ("RES-14", (), nowhere_to_meet),
    ("ROL-11", (), nine_more_rows),
    ("ROL-15", ("TIM-07",), unheard),
    ("COM-08", (), tree_of_calls),
    ("ESC-08", (), at_home),
    ("ESC-10", ("COM-12", "ROL-16"), no_executive),
    ("ESC-13", ("HYG-05", "ROL-05", "ROL-22"), nobody_declares),
    ("HYG-12", (), improvement("gap: ROL-08, subject: role:x, action: a deputy, element: organisation, owner: {owner}, start: 2001-01-01, due: 2001-02-01, state: open")),
    ("HYG-17", (), left_out),
    ("HYG-20", (), another_roster),
    ("REG-11", ("HYG-05",), later_stage),
    ("REG-12", NO_DUTIES, no_duties(r"\n  partners:|\n    kind: +(partner|acquirer)|sectors: .*(payment_institution|cloud)")),
    ("REG-13", NO_DUTIES, no_duties(r"\n  data: .*personal_data")),
    ("REG-15", (), no_pause),
    ("REG-19", (), last_test("participants: [role:scribe]")),
    ("EXR-03", (), last_test("exercised: [insider]", r"ransomware", "playbook:insider")),
    ("EXR-06", (), improvement("gap: ROL-08, subject: role:x, action: a deputy, element: organisation, start: 2026-01-01, due: 2027-02-01, state: open")),
    ("EXR-07", (), claim("measure: p90, n: 3")),
    ("EXR-08", (), claim("measure: p90, n: 40, origin: default")),
    ("EXR-09", (), improvement("gap: ROL-08, subject: role:x, action: a deputy, element: organisation, owner: {owner}, start: 2026-01-01, due: 2026-02-01, state: done, closed: 2026-02-01")),
)]
