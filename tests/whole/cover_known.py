#!/usr/bin/env python3
"""cover_known.py MUSTER PLANS: faults that the shipped plans are known to have and that are sets of absences, or hours without anybody; and
strengths that must not be called faults. The real plans: cloud.gov, Sourcegraph, GOV.UK PaaS, GitLab."""
import json
import pathlib
import subprocess
import sys
import tempfile

muster, plans = sys.argv[1], pathlib.Path(sys.argv[2])
EVERY = "people,sites,channels,externals,dependencies"


def document(plan, kinds, *options, at="2026-07-10 12:00"):
    run = subprocess.run([muster, "cover", plans / f"{plan}.yaml", "--at", at, "--with", kinds, "--format", "json", *options], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def cover(plan, kinds, *options, **more):
    found = document(plan, kinds, *options, **more)
    return {" ".join(sorted(e.partition(":")[2] for e in s["absent"])): s for s in found["sets"]}, {n["id"] for n in found["requirements"] if n["broken"]}


def uncovered(plan, need, since, until):
    hours = document(plan, "people", "--absent", "1", "--between", since, until)["hours"]
    row = next(n for n in hours["requirements"] if n["id"] == need)
    return [(u["from"], u["until"]) for u in row["uncovered"]], row["minutes"]["nobody"]


# cloud.gov: the numbers for the fallback are in the chat and in a roster, and both are behind one sign-in
sets, _ = cover("cloud-gov", "dependencies,channels")
assert [s for s in sets if " " not in s] == ["gsa_sso"], sets.keys()
assert "google_workspace slack" in sets and "call:high/leads" in sets["google_workspace slack"]["breaks"]
# ... fewer than five operators mend nothing; but two of them may activate the plan when all three leads are away
sets, _ = cover("cloud-gov", "people", "--absent", "3")
assert all("role:cloud_operations" in sets[f"op{n}"]["breaks"] for n in range(1, 6))
assert not any("action:decide_contingency/approve" in s["breaks"] for s in sets.values())

sets, broken = cover("meridian-pay", "people")
assert [s for s in sets if " " not in s] == ["lena", "ruth", "tom", "ines"], sets.keys()
assert sorted(s for s in sets if " " in s) == ["aoife jun", "aoife marco", "dev ngozi", "dev sara", "marco sara", "noor piotr"], sets.keys()
assert broken == {"action:isolate_production/A", "action:engage_forensics/by"}, broken
assert sets["ruth"]["breaks"] == ["apart:exec_sponsor+cfo"]
assert "nobody may stop payments" in sets["ines"]["text"] and sets["ines"]["text"].startswith("Without Inês Costa nobody is Application Owner, Core Payments;")

# Sourcegraph: the room, the intake and the contacts are behind one sign-in; the worst level has one leader, the notice one lawyer, and
# whom to tell about an insider are two, who may be the insider
sets, _ = cover("sourcegraph", EVERY)
assert "intake:1" in sets["sign_in"]["breaks"] and "intake:1" in sets["slack"]["breaks"], sets.keys()
assert "role:security_incident_lead@s1" in sets["head_of_security"]["breaks"]
assert "obligation:customers_first" in sets["counsel"]["breaks"]
assert "role:insider_contacts" in sets["ceo vp_people"]["breaks"]

# GOV.UK PaaS: the number of the cyber team is in the pager, its other ways are the chat and mail; P4 stands on two people, what is beyond
# the runbooks on a party without a contact, whom no message reaches whoever is there; an emergency at night, or at ten to five on a Friday, has nobody until nine on a working day
sets, broken = cover("govuk-paas", EVERY, "--absent", "3")
cyber = next(n for n in document("govuk-paas", EVERY, "--absent", "3")["requirements"] if n["id"] == "action:escalate_cyber/by")["sets"]
assert ["channel:cyber_mail", "dependency:slack", "dependency:pagerduty"] in cyber, cyber
assert {"role:paas_sre", "action:fix_p4/R"} <= set(sets["paas_sre1 paas_sre2"]["breaks"])
assert {"action:fix_beyond_runbooks/R", "reach:backstop_engineers", "role:out_of_hours_engineer"} <= set(broken) and sets["backstop"]["breaks"] == ["role:backstop_engineers"]
assert "call:P1/around_the_clock" not in broken and "call:P1/around_the_clock" in cover("govuk-paas", "people", at="2026-07-08 02:00")[1]
assert uncovered("govuk-paas", "call:P1/around_the_clock", "2026-07-10 16:50", "2026-07-13 12:00") == ([("2026-07-10 17:00", "2026-07-13 09:00")], 64 * 60)

# GitLab: the three regions and the weekend leave no minute of a quarter open; the manager is one person
assert uncovered("gitlab-sirt", "role:seoc", "2026-07-01", "2026-10-01") == ([], 0)
sets, _ = cover("gitlab-sirt", "people")
assert [s for s in sets if " " not in s] == ["manager1"] and "role:security_manager_on_call" in sets["manager1"]["breaks"]

# a day of DORA that ends on a Saturday goes on until Monday noon, but not for a credit institution: whoever keeps office hours is too late then
starter = (plans.parent / "starter/plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
for name, hours in (("Eva Quinn", "mon-fri 09:00-17:00"), ("Finn Daly", "mon-fri 09:00-17:00")):
    starter = starter.replace(f"    name:     {name}\n    hours:    24x7\n", f"    name:     {name}\n    hours:    {hours}\n")
starter = starter.replace("rule:     EU-GDPR-33\n", "rule:     EU-DORA-IN-B\n")
for sector, late in (("[payment_institution]", False), ("[credit_institution]", True)):
    with tempfile.TemporaryDirectory() as top:
        (pathlib.Path(top) / "bank.yaml").write_text(starter.replace("organisation:\n", f"organisation:\n  sectors: {sector}\n", 1))
        plans = pathlib.Path(top)
        assert ("obligation:gdpr_33" in cover("bank", "people", at="2026-07-10 18:00")[1]) is late, sector
print("ok")
