"""oracle.py: what a plan needs and who can serve it, by the words of docs/cover.md alone, over a plan as plain Python. Nothing of the engine
is used: no gates, no decision diagrams; each set of absences is simply tried. It is slow, and meant to be read beside that page."""
import datetime
import itertools
import zoneinfo

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MOMENT = datetime.timedelta(minutes=30)  # the plans that are tried change at half hours
KEYS = ("any_of", "all_of", "two_of")


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def length(text):
    number = int("".join(c for c in text if c.isdigit()))
    unit = {"m": "minutes", "h": "hours", "d": "days"}[text[-1]]
    return datetime.timedelta(**{unit: number})


def moment(text, end=False):
    whole = end and len(text) == 10  # a date: its day is included
    return datetime.datetime.fromisoformat(text) + datetime.timedelta(days=int(whole))


def in_week(ranges, local):
    now = local.weekday() * 1440 + local.hour * 60 + local.minute
    for one in listed(ranges):
        days, hours = one.split(" ")
        first, _, last = days.partition("-")
        begins, ends = (int(t[:2]) * 60 + int(t[3:]) for t in hours.split("-"))
        lasts = ends - begins if ends > begins else ends + 1440 - begins
        for k in range((DAYS.index(last or first) - DAYS.index(first)) % 7 + 1):
            start = (DAYS.index(first) + k) % 7 * 1440 + begins
            if start <= now < start + lasts or start <= now + 10080 < start + lasts:
                return True
    return False


class World:
    """A plan at a moment, with some absent. `at_once`: as each hour is judged, where nothing may wait."""

    def __init__(self, plan, utc, at_once=False):
        self.plan, self.utc, self.at_once, self.gone, self.known = plan, utc, at_once, frozenset(), {}
        self.zone = zoneinfo.ZoneInfo(plan["organisation"]["timezone"])

    def of(self, section, name=None):
        whole = self.plan.get(section, {})
        return whole if name is None else whole[name]

    # ---- what can be absent ----

    def elements(self):
        sites = {person.get("site") for person in self.of("people").values()}
        things = self.of("dependencies")
        return ([f"person:{p}" for p in self.of("people")] + [f"channel:{c}" for c in self.of("channels")] + [f"external:{x}" for x in self.of("externals")] +
                [("site:" if things[d].get("kind") == "site" or d in sites else "dependency:") + d for d in things])

    def absent(self, names):
        self.gone = {name.split(":")[1] for name in names}  # no id stands under two kinds in the plans that are tried

    def thing(self, name):
        places = [self.of(s) for s in ("dependencies", "channels", "externals")] + list(self.of("resources").values())
        return next(place[name] for place in places if name in place)

    def down(self, ref):
        name = ref.split(":")[-1]
        return name in self.gone or any(self.down(d) for d in self.thing(name).get("depends_on", []))

    # ---- who is there ----

    def local(self, utc, zone=None):
        return utc.astimezone(zoneinfo.ZoneInfo(zone) if zone else self.zone).replace(tzinfo=None)

    def holiday(self, local):
        return local.date().isoformat() in self.plan["organisation"].get("holidays", [])

    def office(self, utc):
        hours, local = self.plan["organisation"].get("working_hours"), self.local(utc)
        return hours is not None and not self.holiday(local) and in_week(hours, local)

    def there(self, name, utc, on_call):
        """by leave, hours and holidays alone"""
        person = self.of("people", name)
        local = self.local(utc, person.get("timezone"))
        if any(moment(a["from"]) <= local < moment(a["to"], True) for a in person.get("away", [])):
            return False
        hours, office = person.get("hours", "working_hours"), self.plan["organisation"].get("working_hours")
        if on_call or hours == "24x7":
            return True
        if hours == "working_hours":
            return office is None or (not self.holiday(local) and in_week(office, local))
        return in_week(hours, local)

    def within(self, name, span, on_call):
        """there at some moment of the span; one without an end waits for whoever comes back"""
        key = (name, span, on_call)
        if key not in self.known:
            begins, ends = span
            moments = range(1 if ends is None else -(-(ends - begins) // MOMENT))
            self.known[key] = ends is None or any(self.there(name, begins + k * MOMENT, on_call) for k in moments)
        return self.known[key]

    def here(self, name, span, on_call):
        site = self.of("people", name).get("site")
        return name not in self.gone and not (site and self.down(site)) and self.within(name, span, on_call)

    # ---- lines: people in order, each with whether they are on call ----

    def line(self, role, utc, level=None):
        way = self.of("roles", role)
        if "holders" in way:
            return [(p, False) for p in way["holders"]]
        if "rotation" in way:
            return [(p, True) for p in self.turns(way["rotation"], utc)]
        if "delegated_by" in way:
            return [(p, False) for p in self.of("people")]
        refs = way.get("pool") or listed(way.get("first_responder"))
        if "by_severity" in way:
            cases = way["by_severity"]
            refs = listed(cases.get(level or next(iter(cases))))
        return [one for ref in refs for one in self.meant(ref, utc, level)]

    def turns(self, rotation, utc):
        """overrides, whoever's turn it is, the second, the others; then what the rotation stands on"""
        own, local = self.of("rotations", rotation), self.local(utc)
        out = [o["person"] for o in own.get("overrides", []) if moment(o["from"]) <= local < moment(o["to"])]
        if "restrict" not in own or in_week(own["restrict"], local):
            members, turn = own["members"], 0
            if "turn" in own and local >= moment(own["from"]):
                turn = (local - moment(own["from"])) // length(own["turn"])
            order = [turn] + [turn + own.get("second", 0)] + list(range(turn + 1, turn + len(members)))
            out += [members[k % len(members)] for k in order]
        kind, _, name = own.get("under", "").rpartition(":")
        if name:
            out += self.turns(name, utc) if not kind else [name] if kind == "person" else [p for p, _ in self.line(name, utc)]
        return list(dict.fromkeys(out))

    def meant(self, ref, utc, level=None):
        kind, _, name = ref.rpartition(":")
        name, _, place = name.partition("/")
        kind = kind or next(k for k, s in (("role", "roles"), ("person", "people"), ("team", "teams")) if name in self.of(s))
        if kind == "person":
            return [(name, False)]
        if kind == "team":
            everyone = [f"person:{p}" for p in self.of("people")]
            return [one for m in (everyone if name == "all" else self.of("teams", name)["members"]) for one in self.meant(m, utc, level)]
        line = self.line(name, utc, level)
        if not place:
            return line
        order = list(dict.fromkeys(p for p, _ in line))
        return [(p, any(one == (p, True) for one in line)) for p in order[int(place) - 1:int(place)]]

    # ---- ways, and who can serve ----

    def reached(self, name, section="people"):
        used = set()
        for way in self.of(section, name).get("reach", []):
            channel = self.of("channels", way["via"])
            names = {p for ref in channel.get("enrolled", []) for p, _ in self.meant(ref, self.utc)}
            shut = way["via"] in used or (section == "people" and "enrolled" in channel and name not in names)
            used.add(way["via"])  # the first address of a channel is the one that is used
            kept = channel.get("directory", [])
            if not shut and not self.down(way["via"]) and not any(self.down(d) for d in way.get("depends_on", [])) and not (kept and all(self.down(d) for d in kept)):
                return True
        return False

    def engaged(self, name, reach):
        contract, local = self.of("externals", name).get("contract", {}), self.local(self.utc)
        ended = "until" in contract and local >= moment(contract["until"], True)
        return name not in self.gone and not ended and (not reach or self.reached(name, "externals"))

    def serve(self, ref, span, reach, level=None):
        kind, _, name = ref.rpartition(":")
        role = self.of("roles").get(name.split("/")[0]) if kind in ("", "role") else None
        outside = name if kind == "external" else role.get("external") if role else None
        if outside:
            return {f"external:{outside}"} if "/" not in name and self.engaged(outside, reach) else set()
        return {p for p, on_call in self.meant(ref, span[0], level) if self.here(p, span, on_call) and (not reach or self.reached(p))}

    def some(self, refs, span, reach):
        return set().union(*[self.serve(ref, span, reach) for ref in listed(refs)])

    def now(self):
        return self.utc, self.utc + MOMENT

    def lasting(self, text):
        return (self.utc, self.utc + length(text)) if text and not self.at_once else self.now()

    # ---- different people ----

    def named(self, ref):
        return ref if ":" in ref else f"role:{ref}"

    def apart(self, one, two):
        pairs = [{self.named(a), self.named(b)} for a, b in self.plan.get("separation_of_duties", [])]
        pairs += [{f"role:{r}", self.named(o)} for r, role in self.of("roles").items() for o in role.get("not_with", [])]
        return one == two or {one, two} in pairs

    def filled(self, seats, taken=()):
        """seats: what, who can. An outside party is as many as it is asked to be."""
        if len(taken) == len(seats):
            return True
        what, can = seats[len(taken)]
        free = [p for p in can if p.startswith("external:") or not any(p == q and self.apart(what, seats[i][0]) for i, q in enumerate(taken))]
        return any(self.filled(seats, taken + (p,)) for p in free)

    def seats(self, what, reach, level=None):
        kind, _, name = what.partition(":")
        if kind == "action":
            return [(what, self.doers(name, self.time_of(name), tools=False))]
        return [(what, self.serve(what, self.now(), reach, level))] * self.of("roles", name).get("at_least", 1)

    # ---- actions ----

    def cell(self, action, letter):
        own = self.of("raci", action)
        return listed(own.get(letter, own.get("R/A")))

    def outside(self, action):
        own = self.of("raci", action)
        does = listed(own.get("R"))
        if "by" in own:
            return own["by"].split(":")[1]
        return does[0].split(":")[1] if does and all(ref.startswith("external:") for ref in does) else None

    def able(self, name, action):
        own, who = self.of("raci", action), self.of("people").get(name)
        glass = {g for g, row in self.of("resources")["break_glass"].items() for ref in row["holders"] for p, _ in self.meant(ref, self.utc) if p == name}
        skills = who["skills"] if who else self.of("externals", name.split(":")[1]).get("skills", [])
        access = set(who["access"]) | glass if who else set()
        return set(own.get("access", [])) <= access and set(own.get("skills", [])) <= set(skills)

    def doers(self, action, span, tools=True):
        own = self.of("raci", action)
        refs = self.cell(action, "R") + (self.cell(action, "A") if self.outside(action) else [])
        refs = [ref for ref in refs if not ref.startswith("external:")]
        refs += [o["deputy"] for o in self.of("obligations").values() if o.get("action") == action and "deputy" in o]
        off = any(self.of("resources")["logs"][g]["enabled"] == "no" or self.down(g) for g in own.get("logs", []))
        if tools and (off or any(self.down(a) for a in own.get("access", []))):
            return set()
        return {p for p in self.some(refs, span, True) if self.able(p, action)}

    def unapproved(self, keys, span):
        ways = {"any_of": lambda refs: len(self.some(refs, span, True)) >= 1, "two_of": lambda refs: len(self.some(refs, span, True)) >= 2,
                "all_of": lambda refs: all(self.serve(ref, span, True) for ref in refs)}
        return "if_silent_after" not in keys and not any(ways[k](keys[k]) for k in KEYS if k in keys)

    def unanswered(self, action, span):
        who, word = self.cell(action, "A"), self.of("raci", action).get("authority")
        if not who:
            return True
        name = who[0].split(":")[-1].split("/")[0]
        roles = [name] if name in self.of("roles") else [r for r in self.of("roles") if name in [p for p, _ in self.line(r, self.utc)]]
        powerless = word and not any(word in self.of("roles", r)["authority"] for r in roles)
        return bool(powerless) or not self.serve(who[0], span, True)

    def unadvised(self, action, span):
        own = self.of("raci", action)
        owners = [self.of("audiences", ref.split(":")[1]).get("owner") if ref.startswith("audience:") else ref for ref in listed(own.get("C"))]
        return "consult_within" not in own and any(not owner or not self.serve(owner, span, True) for owner in owners)

    def unengaged(self, action):
        outside = self.outside(action)
        return outside is not None and not self.engaged(outside, True)

    def stuck(self, action, span):
        own = self.of("raci", action)
        approve = own.get("approve", {})
        if set(approve) & set(KEYS):
            undecided = self.unapproved(approve, span)
        else:
            undecided = any(self.unapproved(keys, span) for keys in approve.values()) or ("authority" in own and self.unanswered(action, span))
        return undecided or self.unadvised(action, span) or self.unengaged(action)

    # ---- duties ----

    def window(self, duty):
        own = self.of("obligations", duty)
        text = "72h" if own.get("rule") == "EU-GDPR-33" else own.get("within")
        return self.lasting(text) if text or self.at_once else (self.utc, None)

    def time_of(self, action):
        serves = [o for o, row in self.of("obligations").items() if row.get("action") == action]
        ends = [self.window(o)[1] for o in serves]
        if not serves:
            return self.now()
        return self.utc, None if None in ends and len(set(ends)) == 1 else min(e for e in ends if e)

    def duty(self, name):
        own, span = self.of("obligations", name), self.window(name)
        outside, by = own.get("route", ":").split(":")[1], own.get("decided_by")
        if outside in self.gone:
            return True
        if "action" in own:
            who = self.doers(own["action"], span)
            accounts = self.of("externals", outside).get("portal") if outside else None
            who &= {p for ref in accounts["account_holders"] for p, _ in self.meant(ref, self.utc)} if accounts else who
            if not who or self.stuck(own["action"], span):
                return True
        elif "deputy" in own and not self.serve(own["deputy"], span, False):
            return True
        if not by:
            return False
        decide = self.lasting(own.get("decide_within"))[1] if "decide_within" in own else None
        until = min((e for e in (span[1], decide) if e), default=None)
        kind, _, what = by.partition(":")
        if kind == "action":
            return not self.doers(what, (self.utc, until)) or self.stuck(what, (self.utc, until))
        return not self.serve(by, (self.utc, until), False)

    # ---- calls ----

    def span_at(self, value, utc):
        return length(value["working_hours" if self.office(utc) else "otherwise"] if isinstance(value, dict) else value)

    def called(self, level, ladder):
        own, begins = self.of("severities", level) if level else {}, self.utc
        if own.get("cover") == "working_hours" and not self.office(begins):
            if self.at_once:
                return False
            while not self.office(begins):
                begins += MOMENT
        target = begins + self.span_at(own["acknowledge_within"], begins) if "acknowledge_within" in own else None
        left_out = {p for ref in self.of("escalations", ladder).get("without", []) for p, _ in self.meant(ref, begins)}
        return not self.climb(ladder, begins, target) - left_out

    def climb(self, ladder, at, until):
        found = set()
        for step in self.of("escalations", ladder)["steps"]:
            if until is not None and at >= until:
                return found
            found |= self.some(step["to"], self.now() if self.at_once else (at, at + datetime.timedelta(minutes=1)), True)
            at += self.span_at(step["within"], at) * step.get("tries", 1)
            other = step.get("otherwise", "next")
            if other != "next":
                return found | self.climb(other, at, until) if other in self.of("escalations") else found
        return found

    # ---- what is needed: by id, what is so where it fails ----

    def needs(self):
        return {**self.of_roles(), **self.of_actions(), **self.of_messages(), **{f"obligation:{o}": lambda o=o: self.duty(o) for o in self.of("obligations")}}

    def of_roles(self):
        out = {}
        for r, role in self.of("roles").items():
            wanted, ref = role.get("at_least", 1), f"role:{r}"
            for level in role.get("by_severity", [None]):
                out[f"{ref}@{level}" if level else ref] = lambda ref=ref, level=level, wanted=wanted: len(self.serve(ref, self.now(), False, level)) < wanted
            out[f"reach:{r}"] = lambda ref=ref: not self.serve(ref, self.now(), True)
            depth = role.get("depth", self.of("plan").get("limits", {}).get("command_depth", 3) if role.get("function") == "command" else 0)
            if depth >= 2 and "external" not in role:
                day = self.lasting("24h")
                out[f"depth:{r}"] = lambda r=r, day=day, depth=depth: len({p for p, on_call in self.line(r, self.utc) if self.within(p, day, on_call)}) < depth
        for level, roles in self.of("team").get("quorum", {}).items():
            out[f"quorum:{level}"] = lambda level=level, roles=roles: not self.filled([s for r in roles for s in self.seats(f"role:{r}", True, level)])
        pairs = self.plan.get("separation_of_duties", []) + [[r, o] for r, role in self.of("roles").items() for o in role.get("not_with", [])]
        for one, two in ((self.named(a), self.named(b)) for a, b in pairs):
            known = f"apart:{two.split(':')[1]}+{one.split(':')[1]}"
            if known not in out:
                out[f"apart:{one.split(':')[1]}+{two.split(':')[1]}"] = lambda one=one, two=two: not self.filled(self.seats(one, False) + self.seats(two, False))
        return out

    def of_actions(self):
        out = {}
        for a, own in self.of("raci").items():
            span, approve = self.time_of(a), own.get("approve", {})
            out[f"action:{a}/R"] = lambda a=a, span=span: not self.doers(a, span)
            if set(approve) & set(KEYS):
                out[f"action:{a}/approve"] = lambda keys=approve, span=span: self.unapproved(keys, span)
            else:
                out.update({f"action:{a}/approve@{level}": lambda keys=keys, span=span: self.unapproved(keys, span) for level, keys in approve.items()})
                out[f"action:{a}/A"] = lambda a=a, span=span: self.unanswered(a, span)
            if "C" in own and "consult_within" not in own:
                out[f"action:{a}/C"] = lambda a=a, span=span: self.unadvised(a, span)
            if self.outside(a):
                out[f"action:{a}/by"] = lambda a=a: self.unengaged(a)
        return out

    def of_messages(self):
        shut = lambda row: "via" in row and all(self.down(c) for c in listed(row["via"]))
        out = {f"audience:{u}": lambda row=row: not self.serve(row["owner"], self.lasting(row.get("first_within")), True) or shut(row)
               for u, row in self.of("audiences").items() if "owner" in row}
        for n, row in enumerate(self.plan.get("intake", []), 1):
            out[f"intake:{n}"] = lambda row=row: not self.serve(row["owner"], self.lasting(row.get("within")), False) or shut(row)
        if self.of("backup_communications"):
            out["switch"] = lambda: not self.some(self.of("backup_communications", "who_may_switch"), self.now(), False)
        for g, row in self.of("resources")["break_glass"].items():
            out[f"break_glass:{g}"] = lambda g=g, row=row: self.down(g) or not self.some(row["holders"], self.now(), False)
        for name, row in self.of("related_plans").items():
            out[f"related_plan:{name}"] = lambda row=row: not self.some(row["who_may"], self.now(), False)
        calls = [(s, row["escalation"]) for s, row in self.of("severities").items() if "escalation" in row]
        out.update({f"call:{s}/{ladder}": lambda s=s, ladder=ladder: self.called(s, ladder) for s, ladder in calls})
        loose = [ladder for ladder in self.of("escalations") if ladder not in [own for _, own in calls]]
        return {**out, **{f"call:{ladder}": lambda ladder=ladder: self.called(None, ladder) for ladder in loose}}

    # ---- the answer ----

    def least(self, order, elements=None):
        """what fails with nobody absent; by need the least sets that break it; the least sets that break anything more"""
        needs, whole = self.needs(), []
        self.absent(())
        broken = {n for n, fails in needs.items() if fails()}
        sets = {n: [] for n in needs if n not in broken}
        for some in itertools.chain(*(itertools.combinations(elements or self.elements(), k) for k in range(1, order + 1))):
            now = frozenset(some)
            self.absent(some)
            open_ones = [n for n in sets if not any(s < now for s in sets[n])]
            failing = [n for n in open_ones if needs[n]()]
            for n in failing:
                sets[n].append(now)
            if failing and not any(s < now for s in whole):
                whole.append(now)
        return broken, sets, whole
