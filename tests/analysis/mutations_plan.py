"""A plan as lines that a fault is planted in, and the faults that many operators of mutations_operators.py share."""
import collections
import re

Fault = collections.namedtuple("Fault", "what subject text lines")
Operator = collections.namedtuple("Operator", "gap also faults")
Block = collections.namedtuple("Block", "name first last")  # lines, counted from 1, without what trails


class Plan:
    """A plan as its lines: sections, their entries, the keys of an entry, by indent."""

    def __init__(self, text):
        self.text, self.lines = text, text.split("\n")
        self.section = {b.name: b for b in self.blocks(Block("", 0, len(self.lines)), 0)}

    def blocks(self, within, indent):
        found, head = [], re.compile(rf"^ {{{indent}}}([\w-]+):")
        for at in range(within.first + 1, within.last + 1):
            line = self.lines[at - 1]
            if m := head.match(line):
                found.append(Block(m[1], at, at))
            elif found and line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip()) > indent:
                found[-1] = found[-1]._replace(last=at)
        return found

    def entries(self, section):
        return self.blocks(self.section[section], 2) if section in self.section else []

    def keys(self, entry):
        return {b.name: b for b in self.blocks(entry, 4)}

    def of(self, block):
        return "\n".join(self.lines[block.first - 1:block.last])

    def value(self, block):
        return re.sub(r"\s+#.*", "", self.of(block).split(":", 1)[1]).strip()

    def steps(self):
        """(book, id, block) of each step of a playbook; a block of name `id`."""
        for book in self.entries("playbooks"):
            starts = [n for n in range(book.first, book.last + 1) if self.lines[n - 1].startswith("      - {id: ")]
            for at, end in zip(starts, starts[1:] + [book.last + 1]):
                while not self.lines[end - 2].strip():
                    end -= 1
                yield book, Block(re.match(r"      - \{id: (\w+)", self.lines[at - 1])[1], at, end - 1)

    def rungs(self):
        for ladder in self.entries("escalations"):
            found = [n for n in range(ladder.first, ladder.last + 1) if self.lines[n - 1].startswith("      - {to:")]
            for n, at in enumerate(found, 1):
                yield ladder, n, at, found

    def cut(self, block):
        return "\n".join(self.lines[:block.first - 1] + self.lines[block.last:])

    def put(self, block, *new):
        return "\n".join(self.lines[:block.first - 1] + list(new) + self.lines[block.last:])

    def after(self, at, *new):
        return "\n".join(self.lines[:at] + list(new) + self.lines[at:])

    def sub(self, block, old, new):
        return self.put(block, re.sub(old, new, self.of(block), count=1))


ONE = {"people": "person", "roles": "role", "raci": "action", "channels": "channel", "externals": "external", "audiences": "audience",
       "severities": "severity", "obligations": "obligation", "assets": "asset", "related_plans": "related_plan", "rotations": "rotation", "phases": "phase"}


def named(section, entry):
    return f"{ONE[section]}:{entry.name}"


def drop(section, key, when=r"", subject=None):
    """Takes a key from every entry that has it and whose text is as `when` says."""
    def faults(p):
        for e in p.entries(section):
            k = p.keys(e).get(key)
            if k and re.search(when, p.of(e)):
                yield Fault(f"{section}/{e.name} without {key}", subject or named(section, e), p.cut(k), {e.first})
    return faults


def change(section, key, to, when=r"", add=False, subject=None, more=(), tail=""):
    """Gives a key of every entry another value; with `add` also where it has none. `more`: other keys whose line is as good."""
    def faults(p):
        for e in p.entries(section):
            keys = p.keys(e)
            k = keys.get(key)
            new = to(p, e, keys) if callable(to) else to
            if not new or not re.search(when, p.of(e)):
                continue
            what, of = f"{section}/{e.name}/{key}: {new}", subject or named(section, e) + tail
            if k:
                yield Fault(what, of, p.put(k, f"    {key}: {new}"), {k.first} | {keys[m].first for m in more if m in keys})
            elif add and keys:
                yield Fault(what, of, p.after(e.first, f"    {key}: {new}"), {e.first + 1, e.first} | {keys[m].first + 1 for m in more if m in keys})
    return faults


def inside(section, old, new, subject=lambda s, e: named(s, e), when=r""):
    """Replaces a pattern in the text of each entry, once. What is taken away is missed at the entry, or at the key of the entry it stood in."""
    def faults(p):
        for e in p.entries(section):
            if (m := re.search(old, p.of(e))) and re.search(when, p.of(e)):
                line = e.first + p.of(e)[:m.start()].count("\n") + (old.startswith(r"\n") and new.startswith("\n"))
                keys = [k for k in p.keys(e).values() if k.first <= line <= k.last]
                yield Fault(f"{section}/{e.name}: {m[0].strip()!r} -> {new!r}", subject(section, e), p.sub(e, old, new), {line} if new else {e.first, *(k.first for k in keys)})
    return faults


def top_key(section, key, subject, new=None, lines=None):
    """Takes a key of the section itself, or gives it another value."""
    def faults(p):
        for e in p.entries(section):
            if e.name == key:
                yield Fault(f"{section}: {key} -> {new}", subject, p.put(e, f"  {key}: {new}") if new else p.cut(e),
                            {e.first} if new else {p.section[section].first})
    return faults


def without_section(name, subject=None):
    def faults(p):
        if s := p.section.get(name):
            yield Fault(f"no {name}", subject or f"section:{name}", p.put(s._replace(last=s.first), f"x-{p.lines[s.first - 1]}"), {first_key(p)})
    return faults


def first_key(p):
    return min(b.first for b in p.section.values())


def step(old, new, gap_of=lambda book, s: f"step:{book.name}/{s.name}", when=r"", of_book=False):
    """With `of_book` the playbook lacks what the step lost, and so its line is as good."""
    def faults(p):
        for book, s in p.steps():
            text = p.of(s)
            if (m := re.search(old, text)) and re.search(when, text):
                yield Fault(f"step {book.name}/{s.name}: {m[0].strip()!r} -> {new!r}", gap_of(book, s), p.sub(s, old, new),
                            {s.first, s.first + text[:m.start()].count("\n"), *([book.first] if of_book else [])})
    return faults


def rung(old, new, subject=lambda l, n: f"escalation:{l.name}/{n}", ladder=False):
    def faults(p):
        for l, n, at, _ in p.rungs():
            if re.search(old, p.lines[at - 1]):
                yield Fault(f"{l.name}/{n}: {old} -> {new.format(ladder=l.name)}", subject(l, n),
                            p.sub(Block("", at, at), old, new.format(ladder=l.name)), {at, l.first} if ladder else {at})
    return faults
