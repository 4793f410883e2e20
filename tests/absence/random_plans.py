"""random_plans.py: small made-up plans in which everything that coverage knows of stands now and then, as plain Python and as YAML."""
import json
import random

HOURS = ["24x7", "24x7", "24x7", "working_hours", "mon-fri 08:00-18:00", "sat-sun 00:00-24:00", ["mon-wed 22:00-06:00", "fri 09:00-17:00"]]
OFFICE = ["mon-fri 09:00-17:30", ["mon-thu 08:00-16:00", "fri 08:00-12:00"]]
LEAVES = [{"from": "2026-07-06", "to": "2026-07-10"}, {"from": "2026-07-10 10:00", "to": "2026-07-11 10:00"}, {"from": "2026-07-11", "to": "2026-07-12"}]


def written(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value) if isinstance(value, str) and ":" in value else str(value)


def yaml(plan):
    rows = []
    for key, value in plan.items():
        if isinstance(value, dict):
            rows += [f"{key}:"] + [f"  {k}: {written(v)}" for k, v in value.items()] if value else []
        else:
            rows.append(f"{key}: {written(value)}")
    return "\n".join(rows) + "\n"


class Maker:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.people, self.roles, self.channels, self.things = self.ids("p", 3, 6), self.ids("r", 3, 6), self.ids("c", 1, 3), self.ids("d", 1, 3)
        self.externals, self.actions, self.audiences, self.ladders = self.ids("x", 0, 2), self.ids("a", 1, 4), self.ids("u", 0, 2), self.ids("l", 0, 3)
        self.duties, self.teams, self.rotations = self.ids("o", 0, 3), self.ids("t", 0, 2), self.ids("turn", 0, 2)

    # ---- words ----

    def ids(self, letter, least, most):
        return [f"{letter}{i}" for i in range(self.chance.randint(least, most))]

    def one(self, choices):
        return self.chance.choice(choices)

    def yes(self, share=0.5):
        return self.chance.random() < share

    def some(self, choices, least=1, most=3):
        return self.chance.sample(choices, min(len(choices), self.chance.randint(least, most)))

    def several(self, make, most=3):
        return list(dict.fromkeys(make() for _ in range(self.chance.randint(1, most))))

    def maybe(self, share, **keys):
        return keys if self.yes(share) else {}

    def who(self):
        return self.one(["role:" + self.one(self.roles), "person:" + self.one(self.people)])

    def ref(self):
        return "role:r0/2" if self.yes(0.05) else self.one(["role:" + self.one(self.roles)] * 4 + ["person:" + self.one(self.people)])

    def team_or(self):
        return self.one([self.ref()] * 4 + ["team:" + t for t in self.teams])

    # ---- sections ----

    def person(self, name):
        ways = [{"via": c, "address": "y", **self.maybe(0.2, depends_on=[self.one(self.things)])} for c in self.chance.choices(self.channels, k=self.chance.randint(1, 3))]
        return {"name": f"N {name}", **self.maybe(0.8, hours=self.one(HOURS)), **self.maybe(0.3, timezone=self.one(["Asia/Singapore", "America/Los_Angeles", "Europe/Dublin"])),
                **self.maybe(0.4, site=self.one(self.things)), **self.maybe(0.9, reach=ways), "access": self.some(["tool0", "tool1"], 0, 2),
                "skills": self.some(["s0", "s1"], 0, 2), **self.maybe(0.2, away=[self.one(LEAVES)])}

    def rotation(self, i):
        under = ["person:" + self.one(self.people), "role:r0"] + ["turn0"] * bool(i)
        return {"members": self.some(self.people), **self.maybe(0.7, turn=self.one(["7d", "1d", "12h"])), "from": "2026-07-06 09:00",
                **self.maybe(0.3, restrict=self.one(["mon-fri 08:00-18:00", ["sat-sun 00:00-24:00"]])),
                **self.maybe(0.3, overrides=[{"from": "2026-07-10 00:00", "to": "2026-07-11 12:00", "person": self.one(self.people)}]),
                **self.maybe(0.2, second=self.chance.randint(1, 2)), **self.maybe(0.5, under=self.one(under))}

    def filled(self, i):
        ways = {"holders": lambda: self.some(self.people), "external": lambda: self.one(self.externals), "rotation": lambda: self.one(self.rotations),
                "pool": lambda: self.several(lambda: self.one(self.people + ["role:" + self.roles[i - 1]] * 4 + ["team:" + t for t in self.teams])),
                "first_responder": lambda: self.one(self.teams), "delegated_by": lambda: "r0",
                "by_severity": lambda: {s: self.one([f"role:r{k}", "person:" + self.one(self.people)]) for k, s in enumerate(("sev1", "sev2"))}}
        open_ways = ["holders"] * 3 + ["external"] * bool(self.externals)
        if i:
            open_ways += ["pool"] * 2 + ["rotation"] * (3 * bool(self.rotations)) + ["first_responder"] * bool(self.teams)
        if i > 1:
            open_ways += ["delegated_by", "by_severity"]
        way = self.one(open_ways)
        return {way: ways[way](), **(self.maybe(0.5, at_least=self.chance.randint(1, 3)) if way == "pool" else {})}

    def role(self, i):
        own = self.filled(i)
        others = [r for r in self.some(self.roles, 1, 2) if r != self.roles[i]]
        apart = self.maybe(0.2, not_with=others) if others and "external" not in own else {}
        return {"title": f"T {self.roles[i]}", **own, **self.maybe(0.2, function=self.one(["command", "security"])), **self.maybe(0.2, depth=self.chance.randint(1, 4)),
                "authority": self.some(["say0", "say1"], 0, 2), **apart}

    def keys(self):
        refs = {"any_of": self.team_or, "all_of": self.ref, "two_of": self.team_or}
        return {**{k: self.several(refs[k], 2) for k in self.some(list(refs), 1, 2)}, **self.maybe(0.1, if_silent_after="1h")}

    def action(self):
        outside = ["external:" + x for x in self.externals]
        cells = {**self.maybe(0.95, R=self.several(self.team_or, 2) if not outside or self.yes(0.8) else [self.one(outside)]), **self.maybe(0.9, A=self.ref())}
        advice = lambda: self.one([self.ref()] + ["audience:" + u for u in self.audiences] + outside)
        return {"phase": self.one(["detect", "contain", "recover"]), **(cells if self.yes(0.8) else {"R/A": "role:" + self.one(self.roles)}),
                **(self.maybe(0.4, C=self.several(advice, 2), **self.maybe(0.3, consult_within="1h"))), **self.maybe(0.4, authority=self.one(["say0", "say1"])),
                **self.maybe(0.4, access=self.some(["tool0", "tool1", "glass0"], 1, 2)), **self.maybe(0.2, logs=["log0"]), **self.maybe(0.2, skills=["s0"]),
                **(self.maybe(0.2, by=self.one(outside)) if outside else {}),
                **self.maybe(0.3, approve=self.keys() if self.yes(0.6) else {s: self.keys() for s in self.some(["sev1", "sev2"])})}

    def channel(self):
        names = ["person:" + p for p in self.people] + ["role:" + self.one(self.roles), "team:all"]
        return {"kind": self.one(["phone", "chat"]), **self.maybe(0.5, depends_on=[self.one(self.things)]),
                **self.maybe(0.3, directory=self.some(self.things + ["repo0"], 1, 2)), **self.maybe(0.2, enrolled=self.some(names))}

    def external(self, name):
        return {"organisation": f"Org {name}", "kind": self.one(["regulator", "retainer", "supplier"]), **self.maybe(0.8, reach=[{"via": self.one(self.channels), "address": "z"}]),
                **self.maybe(0.3, contract={"until": self.one(["2026-07-09", "2026-07-10", "2027-01-01"])}), **self.maybe(0.3, skills=["s0"]),
                **self.maybe(0.4, portal={"address": "w", "account_holders": [self.who()]})}

    def step(self, i):
        within = self.one(["5m", "10m", "30m", {"working_hours": "5m", "otherwise": "30m"}])
        return {"to": self.several(self.team_or, 2), "within": within, **self.maybe(0.3, tries=self.chance.randint(1, 3)),
                **self.maybe(0.2, otherwise=self.one(["proceed", "stop"] + self.ladders[:i])), **self.maybe(0.3, via=[self.one(self.channels)])}

    def duty(self):
        clock = {"starts": "awareness", "within": self.one(["1h", "4h", "24h", "72h"])} if self.yes(0.6) else {"rule": "EU-GDPR-33"} if self.yes(0.3) else {"starts": "awareness"}
        by = self.one(["action:" + self.one(self.actions), "role:" + self.one(self.roles)])
        return {**clock, **self.maybe(0.8, action=self.one(self.actions)), **self.maybe(0.4, deputy=self.who()),
                **(self.maybe(0.5, route="external:" + self.one(self.externals)) if self.externals else {}),
                **self.maybe(0.4, decided_by=by, **self.maybe(0.5, decide_within=self.one(["30m", "2h"])))}

    def severity(self, rank):
        return {"rank": rank, **self.maybe(0.7, acknowledge_within=self.one(["15m", "1h", {"working_hours": "15m", "otherwise": "2h"}])),
                **(self.maybe(0.8, escalation=self.one(self.ladders)) if self.ladders else {}), **self.maybe(0.2, cover=self.one(["working_hours", "24x7"]))}

    def organisation(self):
        return {"name": "T", "timezone": self.one(["Europe/Dublin", "UTC", "America/New_York"]), "working_hours": self.one(OFFICE),
                **self.maybe(0.4, holidays=["2026-07-13", "2026-07-09"])}

    def plan(self):
        pair = self.chance.sample(["role:" + r for r in self.roles] + ["action:" + a for a in self.actions], 2)
        level = lambda: self.some(self.roles, 1, 4)
        things = {d: {"kind": self.one(["site", "network", "identity"]), **(self.maybe(0.3, depends_on=[self.things[i - 1]]) if i else {})} for i, d in enumerate(self.things)}
        return {"muster": 1, "organisation": self.organisation(), "plan": {"title": "T", **self.maybe(0.3, limits={"command_depth": self.chance.randint(1, 4)})},
                "dependencies": things, "people": {p: self.person(p) for p in self.people},
                "teams": {t: {"members": self.several(lambda: self.one(self.people + ["role:r0"]))} for t in self.teams},
                "rotations": {t: self.rotation(i) for i, t in enumerate(self.rotations)}, "roles": {r: self.role(i) for i, r in enumerate(self.roles)},
                **self.maybe(0.6, team={"quorum": {s: level() for s in self.some(["sev1", "sev2"])}}), **self.maybe(0.4, separation_of_duties=[pair]),
                "raci": {a: self.action() for a in self.actions}, "channels": {c: self.channel() for c in self.channels},
                "externals": {x: self.external(x) for x in self.externals},
                "audiences": {u: {"kind": "customers", **self.maybe(0.9, owner=self.who()), **self.maybe(0.8, via=self.some(self.channels, 1, 2)),
                                  **self.maybe(0.7, first_within=self.one(["1h", "4h", "24h"]))} for u in self.audiences},
                "severities": {"sev1": self.severity(1), "sev2": self.severity(2)},
                "escalations": {e: {"steps": [self.step(i) for _ in range(self.chance.randint(1, 3))], **self.maybe(0.2, without=[self.who()])} for i, e in enumerate(self.ladders)},
                "obligations": {o: self.duty() for o in self.duties},
                "resources": {"tools": {t: self.maybe(0.4, depends_on=[self.one(self.things)]) for t in ("tool0", "tool1")}, "logs": {"log0": {"enabled": self.one(["yes", "yes", "yes", "no"])}},
                              "break_glass": {"glass0": {"holders": [self.who()]}}, "repository": {"repo0": self.maybe(0.5, depends_on=[self.one(self.things)])}},
                **self.maybe(0.3, backup_communications={"who_may_switch": [self.who()]}),
                **self.maybe(0.3, intake=[{"from": "staff", "owner": self.who(), **self.maybe(0.5, via=self.one(self.channels)), **self.maybe(0.5, within="1h")}]),
                **self.maybe(0.3, related_plans={"bcp": {"activate_when": "it burns", "who_may": ["role:r0"]}})}
