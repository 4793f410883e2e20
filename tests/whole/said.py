#!/usr/bin/env python3
"""said.py MUSTER STARTER: what is said before anything runs, and as of which moment things are judged."""
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

muster, starter = sys.argv[1], pathlib.Path(sys.argv[2])
PLAN = (starter / "plan.yaml").read_text().replace("@TODAY@", "2026-07-10").replace("@NEXT_YEAR@", "2027-07-10")
HEAD = 'exercise { title = "T", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "4h"%s }\n'
FIRST = 'inject "a" { at = "0m", from = "x", to = "security_lead", says = "y" }\n'


def edit(text, *pairs):
    for old, new in pairs:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def called(*line, typed=None):
    run = subprocess.run([muster, *map(str, line)], capture_output=True, text=True, input=typed)
    return run.returncode, run.stdout + run.stderr


def files(top, plan=PLAN, scenario=HEAD % "" + FIRST):
    (top / "plan.yaml").write_text(plan)
    (top / "scenario.lua").write_text(scenario)
    return top / "plan.yaml", top / "scenario.lua"


def a_window_of_nothing_is_no_window(top):
    for old, new in (("first_within: 8h", "first_within: 0h"), ("declare_within:     1h", "declare_within:     0m")):
        plan, _ = files(top, edit(PLAN, (old, new)))
        status, text = called("check", plan)
        assert status == 3 and "error[MU021]" in text and "it takes a length greater than zero" in text, text


def only_what_can_be_down_is_offered(top):
    plan, scenario = files(top, edit(PLAN, ("\ndependencies:\n", "\ndependencies:\n  comander: {kind: saas}\n")))
    status, text = called("run", plan, scenario, "-o", top / "o", "--down", "commander")
    assert status == 2 and 'did you mean "comander"?' in text, text
    status, text = called("run", plan, scenario, "-o", top / "o", "--down", "directr")
    assert status == 2 and "did you mean" not in text, text  # a role is near, and cannot be down


def who_may_be_named_is_said(top):
    plan, scenario = files(top)
    for option, words in (("--play=incident_commander", 'no role "incident_commander"; did you mean "commander"?'), ("--play=Incident-Commander", 'did you mean "commander"?'),
                          ("--play=xyzzy", 'no role "xyzzy": it has commander, security_lead, it_operator, legal_lead, comms_lead, hr_lead, director, desk_owner\n'),
                          ("--away=xyzzyxyzzy", 'no person "xyzzyxyzzy": it has ana, ben, chiara, dilip, eva, finn\n'), ("--play=commander, xyzzy", 'no role "xyzzy": it has'),
                          ("--down=xyzzyxyzzy", 'nothing that can be down and is named "xyzzyxyzzy": it has sign_in, ')):
        status, text = called("run", plan, scenario, "-o", top / "named", option)
        assert status == 2 and words in text, text


def what_is_no_place_for_a_drill_is_said(top):
    plan, scenario = files(top)
    (top / "file").write_text("x")
    for line, status, words in (((plan, scenario, "-o", top / "file"), 4, f"{top}/file: Not a directory"), ((scenario, plan, "-o", top / "o"), 3, f"the plan comes first, and then the scenario: {plan} {scenario}"),
                                ((plan, scenario, "-o", top / "none", "--resume"), 3, "no drill is there to be taken up; without --resume one begins")):
        code, text = called("run", *line)
        assert code == status and words in text, (code, text)


def slips_of_a_first_plan_are_told_with_what_is_right(top):
    for old, new, words in (("  owner:        security_lead", "  owner:        Chiara Lind", 'owner of "plan" names unknown role "Chiara Lind"'), ("  owner:        security_lead", "  owner:        chiara", "that is a person, and a role is wanted; there are: commander, "),
                            ("  spokesperson: comms_lead", "  spokesperson: nobody_at_all", 'spokesperson of "team" names unknown role'), ("  commander:\n", "  Incident Commander:\n", "an id has no blanks: incident_commander; or quote"),
                            ("  distribution: [team:all]", "  distribution: [nobody_at_all]", 'distribution of "plan" names unknown')):
        plan, _ = files(top, plan=PLAN.replace(old, new, 1))
        code, text = called("check", plan)
        assert words in text and code == 3, text


def lines_to_type_can_be_typed(top):
    """A folder with blanks, quotes and signs of the shell: what is said to come next works as it stands, and a folder without a name is none."""
    name = "it's a $(plan) of ours"
    code, text = called("init", top / name)
    lines = [line.strip() for line in text.splitlines() if line.startswith("  muster ")]
    assert code == 0 and len(lines) == 4, text
    for line in (*lines[:3], f"muster run {lines[1].partition('list ')[2]} -o 'first drill' --fail-on never"):
        done = subprocess.run(["bash", "-c", line.replace("muster", str(pathlib.Path(muster).resolve()), 1)], cwd=top, capture_output=True, text=True)
        assert done.returncode == 0, (line, done.stderr)
    said = done.stdout.split("the truth; ")[1].strip()
    assert subprocess.run(["bash", "-c", said.replace("muster", str(pathlib.Path(muster).resolve()), 1)], cwd=top, capture_output=True).returncode == 0, said
    left = subprocess.run([muster, "run", top / name / "plan.yaml", top / name / "scenario.lua", "-o", top / "left here", "--play", "commander"], input="\nq\n", capture_output=True, text=True)
    again = left.stderr.split("To go on: ")[1].strip()
    assert left.returncode == 130 and subprocess.run(["bash", "-c", again.replace("muster", str(pathlib.Path(muster).resolve()), 1)], cwd=top, input=":end\n:end\n", capture_output=True, text=True).returncode in (0, 1), again
    for line in (("init", ""), ("run", top / name / "plan.yaml", top / name / "scenario.lua", "-o", "")):
        code, text = called(*line)
        assert code == 4 and "a folder without a name" in text, text


def what_stands_at_the_wrong_place_is_said(top):
    plan, scenario = files(top)
    called("run", plan, scenario, "-o", top / "mixed")
    report = top / "mixed" / "report.md"
    for line, status, words in ((("check", scenario, plan), 2, f"the plan comes first, and then the scenarios: muster check {plan} {scenario}"),
                                (("list", plan, plan), 3, "this is YAML; a scenario is a Lua file, or a folder that holds scenario.lua"),
                                (("report", report), 3, "this is no journal of a drill: name journal.jsonl, or the folder that holds it"),
                                (("verify", report), 3, "this is no journal of a drill"), (("verify", top / "mixed" / "findings.json"), 3, "this is no journal of a drill"),
                                (("explain", "rol8"), 2, "did you mean ROL-08?"), (("explain", "clock"), 2, "did you mean clocks?"), (("explain", "xyzzyxyzzy"), 2, 'no code "xyzzyxyzzy"; muster explain codes and')):
        code, text = called(*line)
        assert code == status and words in text and "put a copy from before" not in text, (code, text)


def the_list_shows_objectives_whole(top):
    text = "Within the first hour everybody who has to know does know, and says so in words that the others understand"
    plan, scenario = files(top, scenario=HEAD % f', objectives = {{ "tell: {text}" }}' + FIRST)
    _, said = called("run", plan, scenario, "-o", top / "list", "--play", "commander", typed="\n:list\n\n:end\n")
    assert f"objective tell: {text}" in " ".join(said.split()), said


def a_word_that_no_scenario_has_is_seen_before_a_story_comes_to_it(top):
    story = 'story "s" (function ()\n  local own = { delivr = 1 }\n  wait "1m"\n  if own.delivr == 2 then\n    for i = 1, 3 do delivr "a" end\n  end\nend)\n'
    plan, scenario = files(top, scenario=HEAD % "" + FIRST + story)
    _, text = called("check", plan, scenario)
    assert f'{scenario}:7:21: warning[MU113]: there is no word "delivr": a story that comes here fails' in text and 'did you mean "deliver"?' in text, text
    assert text.count("MU113") == 1
    scenario.write_text(scenario.read_text().replace('do delivr "a"', 'do deliver "a"'))
    assert "MU113" not in called("check", plan, scenario)[1]


def a_plan_is_judged_by_its_own_clock(top):
    """Two zones more than a day apart: in one of them at least it is another day than in UTC. The contract ends so that only its own clock tells whether
    it is over."""
    for zone, hours, back in (("Pacific/Kiritimati", 14, 1), ("Pacific/Pago_Pago", -11, 0)):
        here = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)).date()
        plan, _ = files(top, edit(PLAN, ("  timezone:      Europe/Dublin", f"  timezone:      {zone}")).replace("2027-07-10", str(here - datetime.timedelta(days=back))))
        found = top / "found.json"
        found.write_text(called("check", plan, "--at", f"{here} 12:00", "--format", "json", "--fail-on", "never")[1])
        _, text = called("diff", found, plan)
        assert "\n0 closed, 0 opened, " in text, (zone, text)
        _, text = called("amend", plan, "--format", "json")
        assert json.loads(text)["proof"]["by"].endswith(f"as of {here}"), (zone, here, text[:300])


def what_if_is_judged_when_the_drill_began(top):
    """Dates of the plan have passed by then; on the day that the scenario names they have not."""
    plan, scenario = files(top)
    later = called("run", plan, scenario, "-o", top / "drill", "--start", "2027-06-01 10:00")
    assert later[0] in (0, 1), later
    as_then = json.loads((top / "drill" / "findings.json").read_text())["findings"]
    other = top / "other.yaml"
    other.write_text(PLAN + "\n")
    status, text = called("replay", top / "drill", "--plan", other, "--format", "json")
    said = json.loads(text)
    assert said["before"] == len(as_then) and not said["closed"] and not said["opened"], (said, len(as_then))


def a_gap_of_somebody_with_other_places_is_the_same_gap(top):
    """The id follows the places that a person holds; what is said of the same person in the same words is neither closed nor opened, and known."""
    head, tail = PLAN.split("  chiara:\n")
    stale = head + "  chiara:\n" + tail.replace("verified: 2026-07-10", "verified: 2026-01-10", 1)
    old, _ = files(top, stale)
    known = top / "known.json"
    known.write_text(called("check", old, "--at", "2026-07-10", "--format", "json", "--fail-on", "never")[1])
    new = top / "new.yaml"
    new.write_text(edit(stale, ("    holders:   [ana, chiara]", "    holders:   [ana, ben]")))
    ids = [[g["id"] for g in json.loads(text)["findings"] if g["gap"] == "COM-02"] for text in
           (known.read_text(), called("check", new, "--at", "2026-07-10", "--format", "json", "--fail-on", "never")[1])]
    assert len(ids[0]) == len(ids[1]) == 1 and ids[0] != ids[1], ids
    _, text = called("diff", old, new, "--at", "2026-07-10")
    assert "still   medium    COM-02" in text and not any("COM-02" in line for line in text.splitlines() if line.startswith(("closed", "opened"))), text
    status, text = called("check", new, "--at", "2026-07-10", "--baseline", known, "--fail-on", "medium")
    assert status == 0 and "0 new since the baseline, 1 known, 0 of it gone" in text, (status, text)


def a_fact_that_stands_as_words_is_said(top):
    test = "{any: [personal_data_read, loans_stopped for 2h]}"
    for words, wrong in (("loans_stopped for 2h", True), ("personal_data_read", True), ("personal_data_read by somebody", False), ("{all: [personal_data_read]}", False), ("loans are stopped", False)):
        plan, _ = files(top, edit(PLAN, (test, words)))
        status, text = called("check", plan, "--fail-on", "never")
        assert status == 0 and ("plan.yaml:231:25: warning[MU036]" in text and f"write when: {{all: [{words}]}}" in text) == wrong, (words, status, text)


def a_hole_of_a_rotation_is_said_on_its_day(top):
    """In the last hour of the day as well, and whether each hour is looked at or, where all of a turn is alike, each turn."""
    rota = edit(PLAN, ("\nteam:\n", "\nrotations:\n  rota: {members: [ana, %s], turn: 1d, from: 2026-07-01 09:00%s}\n\nteam:\n"),
                ("    name:     Ana Weir\n    hours:    24x7\n", "    name:     Ana Weir\n    hours:    24x7\n    away:     [{from: 2026-07-11, to: 2026-07-11}]\n"))
    for more, at, words in ((("ben", ""), "2026-07-10 23:00", "Ana Weir is on call and on leave, on 2026-07-11"), (("ben", ""), "2026-07-11 23:00", "Ana Weir is on call and on leave, on 2026-07-11"),
                            (("ana", ", second: 1"), "2026-07-09 23:00", "Ana Weir is first and second, on 2026-07-09")):
        plan, _ = files(top, rota % more if "second" not in more[1] else (rota % more).replace("\n    away:     [{from: 2026-07-11, to: 2026-07-11}]", ""))
        _, text = called("check", plan, "--at", at, "--fail-on", "never")
        assert f"In the rotation rota {words}" in text, (at, text)


def a_drill_of_an_earlier_day_says_nothing_of_what_came_after_it(top):
    """A test that is still to come is none for a check of today; a drill may be set before the plan was tested, and yet praises no test that came after it."""
    later = edit(PLAN, ("emergency_admin]\n    skills:   [command]\n    trained:  2026-07-10\n    verified: 2026-07-10\n  ben", "emergency_admin]\n    skills:   [command]\n    trained:  2026-08-01\n    verified: 2026-07-10\n  ben"), ("restore_tested: 2026-07-10", "restore_tested: 2026-08-01"))
    plan, scenario = files(top, later)
    _, text = called("check", plan, "--at", "2026-07-10", "--fail-on", "never")
    assert "Ana Weir holds a role and was last trained on 2026-08-01, a day still to come" in text and "rests on: trained" not in text, text
    for name, text, praised in (("a", later, False), ("b", PLAN, True)):
        plan.write_text(text)
        called("run", plan, scenario, "-o", top / name, "--fail-on", "never")
        assert not {"ROL-19", "RES-11"} & {f["gap"] for f in json.loads((top / name / "findings.json").read_text())["findings"]}
        assert ("has an owner, and was restored on" in (top / name / "report.md").read_text()) == praised, name


def what_was_not_contained_is_said_beside_the_objectives(top):
    plan, scenario = files(top, edit(PLAN, ("    contain_within:     8h\n", "    contain_within:     5m\n")), HEAD % ', objectives = { "cut: The account is cut off" }' + FIRST.replace("says", 'facts = { "account_taken_over" }, says'))
    called("run", plan, scenario, "-o", top / "o", "--fail-on", "never")
    _, text = called("report", top / "o" / "journal.jsonl", "--for", "practitioner")
    rated = text[text.index("Analysis by objective"):]
    assert "**The plan's own time, not kept:** Contained, sev2: " in rated, rated[:2000]


def a_team_of_rotations_is_called_by_whose_turn_it_is_at_any_hour(top):
    """Whoever is on call is there whatever hours they keep; of a team of people it is whoever keeps those hours."""
    people = [(f"    name:     {name}\n    hours:    24x7\n", f"    name:     {name}\n    hours:    mon-fri 09:00-17:00\n") for name in ("Ana Weir", "Ben Okoro", "Eva Quinn")]
    rota = [("\nteam:\n", "\nrotations:\n  east: {members: [ben], turn: 1w, from: 2026-07-01 00:00, restrict: mon-sun 00:00-12:00}\n  west: {members: [eva], turn: 1w, from: 2026-07-01 00:00, restrict: mon-sun 12:00-24:00}\n"
             "teams:\n  watch: {members: [role:east, role:west]}\n  office: {members: [ana, ben]}\n\nteam:\n"),
            ("  hr_lead:\n    title:     People\n", "  east: {title: East, rotation: east}\n  west: {title: West, rotation: west}\n  hr_lead:\n    title:     People\n"),
            ("{to: role:commander,   via", "{to: team:office, via"), ("{to: role:commander/2, via", "{to: team:watch, via")]
    plan, scenario = files(top, edit(PLAN, *rota, *people), HEAD.replace("10:00", "02:00") % "" + FIRST.replace("says", 'facts = { "account_taken_over" }, says'))
    called("run", plan, scenario, "-o", top / "o", "--fail-on", "never")
    steps = [(e["step"], e["to"], e["person"]) for e in map(json.loads, (top / "o" / "journal.jsonl").read_text().splitlines()) if e["kind"] == "escalate.step"]
    assert steps[:2] == [(1, "team:office", None), (2, "team:watch", "person:ben")], steps


def a_start_that_the_clocks_jump_over_or_show_twice_is_said(top):
    plan, scenario = files(top)
    for day, words in (("2026-03-29 01:30", "never comes in Europe/Dublin, where the clocks are set forward over it: the drill begins at 2026-03-29 02:30\n"),
                       ("2026-10-25 01:30", "comes twice in Europe/Dublin, where the clocks are set back: the drill begins at the first of the two, in IST\n"),
                       ("2026-10-25 00:59", None), ("2026-10-25 02:00", None), ("2026-03-29 02:00", None)):
        _, text = called("run", plan, scenario, "-o", top / day, "--start", day)
        assert f"muster: {day} {words}" in text if words else "clocks are set" not in text, (day, text)
        for command, told in (("check", "the plan is judged as it is"), ("cover", "the plan is looked at as it is")):
            _, text = called(command, plan, "--at", day)
            expected = words and f"muster: {day} {words}".replace("the drill begins", told)
            assert expected in text and ("02:30, Europe/Dublin" in text or "02:30 (Europe/Dublin)" in text or "twice" in words) if words else "clocks are set" not in text, (command, day, text)
        year = day[:4]
        judged, looked, programme = "the plan is judged as it is", "the plan is looked at as it is", starter / "programme.yaml"
        (top / "programme.yaml").write_text(programme.read_text().replace("@TODAY@", "2026-07-10"))
        (top / "assumptions.yaml").write_bytes((starter / "assumptions.yaml").read_bytes())
        for line, told in ((("diff", plan, plan, "--at", day), judged), (("amend", plan, "--at", day), judged), (("amend", plan, "--cover", "1", "--at", day), judged),
                           (("cover", plan, "--absent", "1", "--at", f"{year}-01-01", "--between", day, f"{year}-12-31"), "the stretch begins"),
                           (("cover", plan, "--absent", "1", "--at", f"{year}-01-01", "--between", f"{year}-01-01", day), "the stretch ends"),
                           (("check", top / "programme.yaml", "--at", day), "the programme is judged as it is"),
                           (("schedule", "next", top / "programme.yaml", "--now", day), "the programme is looked at as it is")):
            _, text = called(*line)
            assert text.count("muster: ") == text.count(f"muster: {day} {words}".replace("the drill begins", told)) == 1 if words else "clocks are set" not in text, (line, text)


def questions_are_said_where_their_comment_begins(top):
    text = PLAN + ("# TODO(muster): one TODO(muster): two\nx-own: \"a # TODO(muster): no\" # TODO(muster): three\n#   TODO(muster): and on\n"
                   "x-more: |\n  b # TODO(muster): no\n  c\n# \u00e9 TODO(muster): four\n")
    plan, _ = files(top, text)
    status, said = called("check", plan)
    first = PLAN.count("\n") + 1
    places = [line.split(":")[1:3] + [line.split("open: ")[1]] for line in said.splitlines() if "error[MU035]" in line]
    assert status == 3 and places == [[str(first), "1", "one TODO(muster): two"], [str(first), "1", "two"], [str(first + 1), "31", "three TODO(muster): and on"],
                                      [str(first + 2), "1", "and on"], [str(first + 6), "1", "four"]], places


failed = 0
tests = [f for f in list(globals().values()) if callable(f) and getattr(f, "__module__", "") == "__main__" and f.__code__.co_varnames[:1] == ("top",) and f is not files]
for test in tests:
    with tempfile.TemporaryDirectory() as folder:
        try:
            test(pathlib.Path(folder))
        except Exception as wrong:  # pylint: disable=broad-except
            failed += 1
            print(f"FAILED {test.__name__}: {type(wrong).__name__} {wrong}")
print(f"{len(tests) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
