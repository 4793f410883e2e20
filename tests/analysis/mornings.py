"""Drills of the starter's own morning, in which everybody is quick."""
from edits import run as drill

QUICK = "muster_assumptions: 1\ndefaults:\n" + "".join(
    f"  {habit}: {{fast: 2m, usual: 2m, slow: 2m, never: 0, origin: asked}}\n" for habit in ("acknowledge", "answer", "start", "work", "consult", "decide", "write"))


def run(gap, subject, must, near, **more):
    """Played with the starter's own morning; nobody is silent and everybody is quick, unless the row says otherwise."""
    must, near = ({"assume": QUICK, **(c if isinstance(c, dict) else {"plan": c})} for c in (must, near))
    return drill(gap, subject, must, near, scenario="starter/scenario.lua", **more)


def silent(who, habit="acknowledge"):
    return QUICK + "people:\n" + "".join(f"  {p}: {{{habit}: {{never: 100}}}}\n" for p in who.split())


def away(*who):
    return [x for p in who for x in ("--away", p)]
