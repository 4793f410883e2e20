#!/usr/bin/env python3
"""absence_plan.py PEOPLE TASKS flat|nested CROSS SEED OUT: a made-up response plan as a structure of thresholds over absences, in two
forms: OUT.txt for tests/bench/absence.c, and OUT.xml (Open-PSA) for SCRAM.

Departments of ten; a task takes two to four of its department, with a chance of CROSS one of elsewhere, and one to three of them at
once; half of the people have a deputy in their department, who may stand in wherever they may. A board with a quorum, a commander with
two successors. flat: any task that lacks people fails the plan. nested: five tasks are a team, of which the first is critical and of
the others two must fail; every fourth team is critical to the plan, of the others two must fail.

OUT.txt: "PEOPLE GATES", then a line a gate: how many inputs fail it, how many there are, the inputs; people come first, the last gate
is the plan."""
import random
import sys


class Plan:
    def __init__(self, people, tasks, nested, cross, seed):
        self.people, self.chance, self.gates = people, random.Random(seed * 1000003 + people * 1009 + tasks), []
        count = max(1, round(people / 10))
        self.departments = [[] for _ in range(count)]
        for p in range(people):
            self.departments[p * count // people].append(p)
        deputies = {}
        for d in self.departments:
            for p in d:
                if self.chance.random() < 0.5 and len(d) > 1:
                    deputies[p] = self.chance.choice([q for q in d if q != p])
        staffed = [self.task(self.departments[t * count // tasks], cross, deputies) for t in range(tasks)]
        members = min(9, max(5, people // 10))
        board, line = self.chance.sample(range(people), members), self.chance.sample(range(people), 3)
        for t, (wanted, who) in enumerate(staffed):
            self.gate(f"t{t}", len(who) - wanted + 1, [f"p{p}" for p in who])
        self.gate("board", members - (members // 2 + 1) + 1, [f"p{p}" for p in board])
        self.gate("line", 3, [f"p{p}" for p in line])
        if nested:
            self.teams(tasks)
        else:
            self.gate("plan", 1, [f"t{t}" for t in range(tasks)] + ["board", "line"])

    def gate(self, name, least, inputs):
        self.gates.append((name, least, inputs))

    def task(self, department, cross, deputies):
        wanted, who = self.chance.choice([2, 2, 3, 3, 3, 4]), []
        while len(who) < wanted:
            p = self.chance.choice(department) if self.chance.random() >= cross else self.chance.randrange(self.people)
            if p not in who:
                who.append(p)
        for p in list(who):
            if p in deputies and deputies[p] not in who:
                who.append(deputies[p])
        return min(self.chance.choice([1, 1, 1, 2, 2, 3]), len(who) - 1), who

    def teams(self, tasks):
        critical, ordinary = [], []
        for first in range(0, tasks, 5):
            names = [f"t{t}" for t in range(first, min(tasks, first + 5))]
            if len(names) > 2:
                self.gate(f"rest{first}", 2, names[1:])
                names = [names[0], f"rest{first}"]
            self.gate(f"team{first}", 1, names)
            (critical if first // 5 % 4 == 0 else ordinary).append(f"team{first}")
        self.gate("two", min(2, len(ordinary)), ordinary)
        self.gate("plan", 1, critical + ["two", "board", "line"])

    def text(self):
        number = {f"p{p}": p for p in range(self.people)}
        number.update({name: self.people + i for i, (name, _, _) in enumerate(self.gates)})
        rows = [f"{least} {len(inputs)} " + " ".join(str(number[i]) for i in inputs) for _, least, inputs in self.gates]
        return "\n".join([f"{self.people} {len(self.gates)}", *rows]) + "\n"

    def tree(self):
        out = ['<?xml version="1.0"?>\n<opsa-mef>\n<define-fault-tree name="plan">']
        for name, least, inputs in reversed(self.gates):
            kind = ("or", "") if least == 1 else ("and", "") if least == len(inputs) else ("atleast", f' min="{least}"')
            body = "".join(f'<{"basic-event" if i[0] == "p" and i[1:].isdigit() else "gate"} name="{i}"/>' for i in inputs)
            out.append(f'<define-gate name="{name}">' + (f"<{kind[0]}{kind[1]}>{body}</{kind[0]}>" if len(inputs) > 1 else body) + "</define-gate>")
        used = sorted({int(i[1:]) for _, _, inputs in self.gates for i in inputs if i[0] == "p" and i[1:].isdigit()})
        events = [f'<define-basic-event name="p{i}"><float value="0.1"/></define-basic-event>' for i in used]
        return "\n".join([*out, "</define-fault-tree>\n<model-data>", *events, "</model-data>\n</opsa-mef>\n"])


if __name__ == "__main__":
    people, tasks, form, cross, seed, to = sys.argv[1:]
    made = Plan(int(people), int(tasks), form == "nested", float(cross), int(seed))
    open(to + ".txt", "w").write(made.text())
    open(to + ".xml", "w").write(made.tree())
