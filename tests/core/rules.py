#!/usr/bin/env python3
"""rules.py MUSTER STARTER: the engine's rules, each on a small edit of the starter plan and a small scenario. A test is a
function named as a sentence; its drill is played without people and its journal read."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "whole"))
import patience  # noqa: E402

patience.within(840)
muster, starter = sys.argv[1], pathlib.Path(sys.argv[2])
written = set()  # kinds of events of all drills
DAY = "2026-07-10"  # a Friday
PLAN = (starter / "plan.yaml").read_text().replace("@TODAY@", DAY).replace("@NEXT_YEAR@", "2027-07-10")
# Nobody is silent, everybody is equally quick: what is left is the plan's own doing.
PACE = "{fast: 2m, usual: 2m, slow: 2m, never: 0, origin: asked}"
ASSUME = "muster_assumptions: 1\ndefaults:\n" + "".join(
    f"  {habit}: {PACE}\n" for habit in ("acknowledge", "answer", "start", "work", "consult", "decide", "write"))
HEAD = 'exercise { title = "T", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "%s", severity = "sev1" }\n'
FIRST = 'inject "first" { at = "0m", from = "a log", to = "security_lead", via = "pager", says = "x", facts = { "account_taken_over" } }\n'


def edit(text, *pairs):
    for old, new in pairs:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def drill(scenario=FIRST, plan=PLAN, assume=ASSUME, lasts="4h", options=(), head=HEAD, typed=()):
    with tempfile.TemporaryDirectory() as top:
        files = {"plan.yaml": plan, "scenario.lua": head % lasts + scenario, "assume.yaml": assume}
        for name, text in files.items():
            pathlib.Path(top, name).write_text(text)
        run = subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "--assume", f"{top}/assume.yaml", "-o", f"{top}/out",
                              "--seed", "1", *options], capture_output=True, text=True, input="".join(line + "\n" for line in typed))
        assert run.returncode in (0, 1, 3), run.stderr
        events = [json.loads(line) for line in pathlib.Path(top, "out", "journal.jsonl").read_text().splitlines()]
        written.update(e["kind"] for e in events)
        return events


def of(events, kind, **fields):
    return [e for e in events if e["kind"] == kind and all(e.get(k) == v for k, v in fields.items())]


def minutes(event):
    return event["t"] / 60000


def a_role_is_held_by_the_first_of_its_line_who_is_there():
    assert of(drill(), "role.filled", role="role:commander")[0]["person"] == "person:ana"
    gone = of(drill(options=["--away", "ana"]), "role.filled", role="role:commander")
    assert [e["person"] for e in gone] == ["person:ben"] and gone[-1]["way"] == "in succession"


def leave_and_working_hours_count_at_that_moment():
    on_leave = edit(PLAN, ("    name:     Ana Weir\n    hours:    24x7\n", "    name:     Ana Weir\n    hours:    24x7\n    away:     [{from: 2026-07-01, to: 2026-07-10}]\n"))
    assert of(drill(plan=on_leave), "role.filled", role="role:commander")[0]["person"] == "person:ben"
    back = on_leave.replace("to: 2026-07-10}", "to: 2026-07-09}")
    assert of(drill(plan=back), "role.filled", role="role:commander")[0]["person"] == "person:ana"
    abroad = edit(PLAN, ("    name:     Ana Weir\n    hours:    24x7\n", "    name:     Ana Weir\n    timezone: Asia/Tokyo\n    hours:    mon-fri 09:00-17:00\n"))
    assert of(drill(plan=abroad), "role.filled", role="role:commander")[0]["person"] == "person:ben"  # 18:00 in Tokyo


def a_rotation_turns_by_the_local_calendar_and_an_override_stands_before_it():
    rota = edit(PLAN, ("    holders:   [ana, ben, chiara]\n    authority: [declare]", "    rotation:  rota\n    authority: [declare]"),
                ("\nteam:\n", "\nrotations:\n  rota:\n    members: [ana, ben]\n    turn:    7d\n    from:    2026-07-03 11:00\n    second:  1\n\nteam:\n"))
    events = drill(plan=rota)
    assert of(events, "role.filled", role="role:commander")[0]["person"] == "person:ana"
    turn = of(events, "handover", role="role:commander")
    assert [(e["from"], e["to"], minutes(e)) for e in turn] == [("person:ana", "person:ben", 60)]
    over = rota.replace("    second:  1\n", "    second:  1\n    overrides: [{from: 2026-07-10 09:00, to: 2026-07-10 12:00, person: dilip}]\n")
    assert of(drill(plan=over), "role.filled", role="role:commander")[0]["person"] == "person:dilip"


def a_message_goes_over_the_first_way_that_stands():
    events = drill(options=["--down", "pager_cloud"])
    first = [e for e in events if e.get("about") == "card:first"]
    assert [e["kind"] for e in first[:4]] == ["notify.attempt", "notify.fail", "notify.attempt", "notify.delivered"]
    assert first[1]["reason"] == "channel_down" and first[1]["thing"] == "dependency:pager_cloud" and first[3]["via"] == "channel:phone"
    assert of(events, "channel.switched")[0]["to"] == "channel:phone" and of(events, "inject.delivered", card="card:first")[0]["via"] == "channel:phone"
    nothing = drill(options=["--down", "pager_cloud,telephone"])
    assert of(nothing, "notify.fail", reason="no_way") and of(nothing, "inject.unheard", card="card:first")


def a_channel_falls_with_what_is_under_it():
    events = drill(options=["--down", "sign_in"])
    assert {e["channel"] for e in of(events, "channel.down")} == {"channel:bridge", "channel:mail"}
    assert all(e["because"] == "dependency:sign_in" for e in of(events, "channel.down"))


def a_phone_whose_numbers_are_down_is_no_way():
    plan = edit(PLAN, ("directory: [wallet_cards]", "directory: [binder]"), ("    binder:       {holds", "    binder:       {depends_on: [office_suite], holds"))
    fail = of(drill(plan=plan, options=["--down", "pager_cloud,sign_in"]), "notify.fail", via="channel:phone")
    assert fail and fail[0]["reason"] == "no_directory"


def the_ladder_climbs_by_the_plans_own_times():
    silent = ASSUME + "people:\n  ana: {acknowledge: {never: 100}}\n  ben: {acknowledge: {never: 100}}\n"
    events = drill(assume=silent)
    steps = of(events, "escalate.step")
    assert [(e["to"], e["person"], minutes(e)) for e in steps[:2]] == [("role:commander", "person:ana", 0), ("role:commander/2", "person:ben", 5)]
    assert steps[2]["to"] == "team:all" and minutes(steps[2]) == 10
    answered = of(events, "escalate.answered")
    assert minutes(answered[0]) == 12 and of(events, "clock.met", clock="acknowledge")


def tries_again_and_the_end_of_a_ladder_are_counted():
    nobody = ASSUME.replace("acknowledge: {fast: 2m, usual: 2m, slow: 2m, never: 0", "acknowledge: {fast: 2m, usual: 2m, slow: 2m, never: 100")
    plan = edit(PLAN, ("role:commander,   via: [pager, phone], within: 5m}", "role:commander,   via: [pager, phone], within: 5m, tries: 2}"))
    events = drill(plan=plan, assume=nobody)
    to = [(e["to"], e["try"], minutes(e)) for e in of(events, "escalate.step", to="role:commander")]
    assert to == [("role:commander", 1, 0), ("role:commander", 2, 5), ("role:commander", 1, 20), ("role:commander", 2, 25)]
    assert [minutes(e) for e in of(events, "escalate.exhausted")] == [40]
    missed = of(events, "clock.missed", clock="acknowledge")
    assert minutes(missed[0]) == 30


def a_step_may_stop_consent_or_lead_to_another_ladder():
    nobody = ASSUME.replace("acknowledge: {fast: 2m, usual: 2m, slow: 2m, never: 0", "acknowledge: {fast: 2m, usual: 2m, slow: 2m, never: 100")
    stop = edit(PLAN, ("role:commander,   via: [pager, phone], within: 5m}", "role:commander,   via: [pager, phone], within: 5m, otherwise: stop}"))
    events = drill(plan=stop, assume=nobody)
    assert len(of(events, "escalate.step")) == 1 and minutes(of(events, "escalate.exhausted")[0]) == 5
    other = edit(PLAN, ("role:commander,   via: [pager, phone], within: 5m}", "role:commander,   via: [pager, phone], within: 5m, otherwise: escalation:last}"),
                 ("    again: 1\n", "    again: 1\n  last:\n    steps: [{to: role:director, via: [phone], within: 5m}]\n"))
    assert [e["ladder"] for e in of(drill(plan=other, assume=nobody), "escalate.trigger")] == ["escalation:standard", "escalation:last"]


def a_worse_level_takes_the_place_of_the_one_before():
    worse = FIRST + 'inject "second" { at = "20m", from = "x", to = "it_operator", via = "pager", says = "y", facts = { "personal_data_read" } }\n'
    events = drill(worse)
    assert [(e["severity"], minutes(e)) for e in of(events, "severity.indicated")] == [("severity:sev2", 0), ("severity:sev1", 20)]
    clock = of(events, "clock.start", clock="assemble", subject="severity:sev1")[0]
    assert clock["window"] == 45 * 60000
    assert not of(events, "clock.missed", subject="severity:sev2")


def a_fact_may_have_to_last():
    lasting = FIRST + 'inject "second" { at = "10m", from = "x", to = "it_operator", via = "pager", says = "y", facts = { "loans_stopped" } }\n'
    assert [minutes(e) for e in of(drill(lasting), "severity.indicated", severity="severity:sev1")] == [130]


def the_quorum_is_met_by_whoever_holds_its_roles():
    events = drill()
    met = of(events, "quorum.met")
    assert met and of(events, "clock.met", clock="assemble")
    lost = drill(options=["--away", "chiara,dilip"])
    assert not of(lost, "quorum.met") and of(lost, "clock.missed", clock="assemble")[0]["lacking"] == "security_lead"


def the_matrix_assigns_asks_decides_and_informs():
    events = drill()
    task = of(events, "task.assigned", action="action:isolate")[0]["task"]
    order = [e["kind"] for e in events if e.get("task") == task]
    assert order == ["task.assigned", "task.wait", "task.consulted", "decision.requested", "decision.made", "task.start", "task.done"]
    assert of(events, "decision.made", task=task)[0]["authority_ok"] is True
    assert of(events, "notify.delivered", about="action:isolate", person="person:ana")  # I: the commander


def a_decision_without_the_authority_is_seen():
    plan = edit(PLAN, ("    authority: [isolate]\n", ""))
    made = of(drill(plan=plan), "decision.made", action="action:isolate")
    assert made[0]["authority_ok"] is False


def silence_of_the_consulted_ends_with_the_time_for_it():
    silent = ASSUME + "people:\n  ana: {consult: {never: 100}}\n"
    events = drill(assume=silent)
    waits = of(events, "task.wait", action="action:isolate")[0]
    ends = of(events, "task.consulted", action="action:isolate")[0]
    assert ends["answered"] is False and ends["t"] - waits["t"] == 10 * 60000
    forever = edit(PLAN, ("C: [desk_owner], consult_within: 10m,", "C: [desk_owner],"))
    stuck = drill(plan=forever, assume=silent)
    assert not of(stuck, "task.start", action="action:isolate") and of(stuck, "task.open", action="action:isolate", state="waiting")


def approval_goes_ahead_on_silence_where_the_plan_says_so():
    plan = edit(PLAN, ("I: [hr_lead], authority: publish}", "I: [hr_lead], approve: {all_of: [role:director, role:hr_lead], if_silent_after: 30m}}"))
    silent = ASSUME + "people:\n  eva: {decide: {never: 100}}\n"
    made = of(drill(plan=plan, assume=silent), "decision.made", action="action:tell_readers")
    assert [e["person"] for e in made] == ["person:ben", None] and "silence" in made[1]["reason"]


def access_tools_and_logs_block():
    no_access = PLAN.replace("admin_console, emergency_admin]", "emergency_admin]").replace("[admin_console, backup_console, emergency_admin]", "[backup_console]").replace("[admin_console, backup_console]", "[backup_console]")
    assert of(drill(plan=no_access), "task.blocked", action="action:triage")[0]["reason"] == "no_access"
    down = of(drill(options=["--down", "admin_console"]), "task.blocked", action="action:triage")
    assert down[0]["reason"] == "tool_down" and down[0]["thing"] == "tool:admin_console"
    off = edit(PLAN, ("sign_in_log: {enabled: yes,", "sign_in_log: {enabled: no,"))
    assert of(drill(plan=off), "task.blocked", action="action:triage")[0]["reason"] == "log_missing"


def what_was_blocked_goes_on_when_the_thing_is_back():
    there = FIRST + ('inject "fall" { at = "1m", from = "x", to = "director", via = "phone", says = "y", down = { "resource:admin_console" } }\n'
                     'inject "rise" { at = "50m", from = "x", to = "director", via = "phone", says = "z", up = { "resource:admin_console" } }\n')
    events = drill(there)
    assert of(events, "task.blocked", action="action:triage") and minutes(of(events, "task.start", action="action:triage")[0]) == 50


def an_answer_that_never_comes_is_asked_of_the_next():
    silent = ASSUME + "people:\n  chiara: {acknowledge: {never: 100}}\n"
    given = of(drill(assume=silent), "task.assigned", action="action:triage")
    assert [e["person"] for e in given[:2]] == ["person:chiara", "person:dilip"] and minutes(given[1]) == 15


def a_step_opens_when_all_before_it_are_done_and_a_branch_only_if_it_is_chosen():
    plan = edit(PLAN, ("      - {id: declare, action: declare, after: [triage], within: 30m, records: [awareness],",
                       "      - {id: declare, action: declare, after: [triage], within: 30m, records: [awareness], decides: {big: readers, small: regulator},"))
    fixed = ASSUME + "outcomes:\n  declare: big\n"
    events = drill(plan=plan, assume=fixed, lasts="12h")
    assert of(events, "step.skipped")[0]["step"] == "step:account_takeover/regulator"
    assert of(events, "step.open", step="step:account_takeover/readers")
    opened = {e["step"].split("/")[1]: e["t"] for e in of(events, "step.open")}
    done = {e["step"].split("/")[1]: e["t"] for e in of(events, "step.done")}
    assert opened["eradicate"] >= done["isolate"] and opened["lessons"] >= max(done[s] for s in ("restore", "readers"))


def awareness_starts_the_72_hours_and_the_notice_meets_them():
    events = drill(lasts="8h")
    clock = of(events, "clock.start", subject="obligation:gdpr_33")[0]
    assert clock["starts_with"] == "awareness" and clock["window"] == 72 * 3600000
    assert of(events, "clock.met", subject="obligation:gdpr_33")
    before = [e for e in of(events, "clock.start", clock="obligation") if e["t"] < of(events, "aware")[0]["t"]]
    assert not [e for e in before if e["subject"] == "obligation:gdpr_33"]


def business_days_pass_over_the_weekend_and_end_at_midnight():
    plan = edit(PLAN, ("    rule:     EU-GDPR-33\n", "    starts:   awareness\n    within:   2 business days\n"), ("    stated:   72h\n  gdpr_record", "  gdpr_record"))
    clock = of(drill(plan=plan, lasts="8h"), "clock.start", subject="obligation:gdpr_33")[0]
    assert clock["due_local"] == "2026-07-15 00:00"  # Friday; Monday and Tuesday, until their end
    holiday = plan.replace("  working_hours: mon-fri 09:00-17:30\n", "  working_hours: mon-fri 09:00-17:30\n  holidays: [2026-07-13]\n")
    assert of(drill(plan=holiday, lasts="8h"), "clock.start", subject="obligation:gdpr_33")[0]["due_local"] == "2026-07-16 00:00"


def a_contract_that_has_ended_blocks_the_engagement():
    ended = edit(PLAN, ("contract:     {id: NL-1, from: 2026-07-10, until: 2027-07-10, respond_within: 4h}", "contract:     {id: NL-1, from: 2025-07-10, until: 2026-07-09, respond_within: 4h}"))
    fail = of(drill(plan=ended), "engage.fail")
    assert fail[0]["reason"] == "contract_ended" and of(drill(plan=ended), "task.blocked", action="action:engage_forensics")
    good = drill(lasts="12h")
    start, done = of(good, "engage.start")[0], of(good, "engage.done")[0]
    assert done["t"] - start["t"] == 4 * 3600000


def audiences_are_told_in_order_and_on_cadence():
    events = drill(lasts="12h")
    staff, media = of(events, "message.released", audience="audience:staff")[0], of(events, "message.released", audience="audience:media")[0]
    assert media["order_ok"] is (staff["t"] < media["t"])
    second = of(events, "clock.start", subject="audience:customers")
    assert [e["starts_with"] for e in second[:2]] == ["incident.declared", "message.released"]


def the_plan_cannot_be_read_while_its_home_is_down():
    plan = edit(PLAN, ("    - {at: a binder at the front desk, verified: 2026-07-10}\n", ""), ("    binder:       {holds", "    binder:       {depends_on: [office_suite], holds"))
    assert of(drill(plan=plan, options=["--down", "office_suite"]), "plan.lookup.miss")
    assert of(drill(), "plan.lookup.hit")


def a_contingency_is_played_only_where_it_is_needed():
    card = FIRST + 'inject "push" { at = "%s", class = "contingency", unless = "triage", from = "x", to = "director", via = "phone", says = "y", expect = { "triage", within = "10m" } }\n'
    assert of(drill(card % "1m"), "contingency.fired") and of(drill(card % "60m"), "inject.skipped")


def one_of_a_group_is_drawn():
    cards = FIRST + "".join(f'inject "c{i}" {{ at = "5m", one_of = "g", from = "x", to = "director", via = "phone", says = "y" }}\n' for i in range(3))
    events = drill(cards)
    assert len(of(events, "inject.skipped")) == 2 and len([e for e in of(events, "inject.delivered") if e["card"][:6] == "card:c"]) == 1


def a_hold_without_a_facilitator_is_released_and_that_is_said():
    events = drill(FIRST + 'inject "kept" { at = "5m", hold = true, from = "x", to = "director", via = "phone", says = "y" }\n')
    assert "no facilitator" in of(events, "inject.held")[0]["why"] and of(events, "inject.delivered", card="card:kept")


def a_question_goes_down_the_line_until_nobody_is_left():
    ask = FIRST + ('question "q" { to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "10m" }\n'
                   'story "s" (function () local o = ask "q" if o.silence then note "silence" elseif o.late then note "late" elseif o.b then note "b" end end)\n')
    quick = ASSUME + "answers:\n  q: b\n"
    assert of(drill(ask, assume=quick), "note")[0]["text"] == "b"
    late = drill(ask, assume=quick + "people:\n  ana: {answer: {never: 100}}\n")
    assert of(late, "note")[0]["text"] == "late" and [e["person"] for e in of(late, "prompt.open")] == ["person:ana", "person:ben"]
    nobody = ASSUME.replace("  answer: {fast: 2m, usual: 2m, slow: 2m, never: 0", "  answer: {fast: 2m, usual: 2m, slow: 2m, never: 100")
    silent = drill(ask, assume=nobody)
    assert of(silent, "note")[0]["text"] == "silence" and [minutes(e) for e in of(silent, "prompt.silent")] == [10, 20, 30, 30]


def each_outcome_of_an_expectation_is_its_own_thing():
    card = 'inject "x" { at = "0m", from = "a log", to = "%s", via = "pager", says = "x", facts = { "account_taken_over" }, expect = { "triage", within = "%s" } }\n'
    assert of(drill(card % ("security_lead", "60m")), "expect.met")[0]["outcome"] == "met"
    assert of(drill(card % ("security_lead", "3m")), "expect.met")[0]["outcome"] == "met late"
    nobody = drill(card % ("security_lead", "60m"), options=["--away", "chiara,dilip"])
    assert of(nobody, "expect.missed")[0]["outcome"] == "nobody could be asked"
    unseen = drill(card % ("security_lead", "10m"), assume=ASSUME + "people:\n  chiara: {acknowledge: {never: 100}}\n")
    assert of(unseen, "expect.missed")[0]["outcome"] == "never seen"


def the_world_changes_where_a_card_says_so():
    events = drill(FIRST + 'inject "loss" { at = "5m", from = "x", to = "director", via = "phone", says = "y", down = { "sign_in" }, away = { "ana" } }\n')
    assert minutes(of(events, "thing.down", thing="dependency:sign_in")[0]) == 5
    assert minutes(of(events, "person.away", person="person:ana")[0]) == 5
    assert of(events, "role.filled", role="role:commander")[-1]["person"] == "person:ben"


def a_question_with_a_time_is_asked():
    events = drill(FIRST + 'question "q" { at = "5m", to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "10m" }\n')
    assert [minutes(e) for e in of(events, "prompt.open", card="card:q")] == [5] and of(events, "prompt.answered", card="card:q")


def a_story_plays_no_contingency_that_is_not_needed():
    story = FIRST + ('inject "push" { class = "contingency", unless = "triage", from = "x", to = "director", via = "phone", says = "y" }\n'
                     'story "s" (function () wait "%s" deliver "push" end)\n')
    assert of(drill(story % "1m"), "contingency.fired") and of(drill(story % "60m"), "inject.skipped", card="card:push")
    drawn = FIRST + "".join(f'inject "c{i}" {{ one_of = "g", from = "x", to = "director", via = "phone", says = "y" }}\n' for i in range(3))
    events = drill(drawn + 'story "s" (function () deliver "c0" deliver "c1" deliver "c2" end)\n')
    assert len([e for e in of(events, "inject.delivered") if e["card"][:6] == "card:c"]) == 1


def what_is_expected_without_a_time_is_judged_at_the_end():
    card = 'inject "x" { at = "0m", from = "a log", to = "director", via = "pager", says = "x", expect = { %s } }\n'
    assert of(drill(card % '"look_up"', assume=ASSUME + "people:\n  ben: {start: {never: 100}}\n"), "expect.missed")[0]["outcome"] == "acknowledged but not acted on"
    late = drill(card % '"look_up", within = "20h"', assume=ASSUME + "people:\n  ben: {start: {never: 100}}\n")
    assert of(late, "expect.open")[0]["left"] == 16 * 3600000 and not of(late, "expect.missed")


def being_on_call_lifts_the_hours_of_whoever_is_and_of_nobody_else_in_the_line():
    """At seven in the morning, before anybody's hours: Ana by her turn, Ben only where he has one as well."""
    head = HEAD.replace("10:00", "07:00")
    for members, there in (("[ana]", []), ("[ana, ben]", ["person:ben"])):
        rota = edit(PLAN, ("    holders:   [ana, ben, chiara]\n    authority: [declare]", "    pool:      [caller, ben]\n    authority: [declare]"),
                    ("\nteam:\n", f"  caller: {{title: On call, rotation: rota}}\nrotations:\n  rota: {{members: {members}}}\n\nteam:\n"),
                    *((f"    name:     {name}\n    hours:    24x7\n", f"    name:     {name}\n    hours:    mon-fri 09:00-17:00\n") for name in ("Ana Weir", "Ben Okoro")))
        assert [e["person"] for e in of(drill(plan=rota, head=head), "role.filled", role="role:commander")][:1] == ["person:ana"], members
        gone = of(drill(plan=rota, head=head, options=["--away", "ana"], lasts="1h"), "role.filled", role="role:commander")
        assert [e["person"] for e in gone] == there, (members, gone)


def a_rotation_has_hours_a_second_and_something_under_it():
    rota = edit(PLAN, ("    holders:   [ana, ben, chiara]\n    authority: [declare]", "    rotation:  rota\n    authority: [declare]"),
                ("\nteam:\n", "\nrotations:\n  rota: {members: [ana, ben, dilip], turn: 7d, from: 2026-07-03 11:00, second: 2, restrict: mon-fri 12:00-13:00, under: below}\n"
                 "  below: {members: [finn, eva], turn: 7d, from: 2026-07-06 09:00}\n\nteam:\n"))
    assert of(drill(plan=rota), "role.filled", role="role:commander")[0]["person"] == "person:finn"
    open_hours = rota.replace("restrict: mon-fri 12:00-13:00", "restrict: mon-fri 09:00-10:30")
    silent = ASSUME + "people:\n  ana: {acknowledge: {never: 100}}\n"
    events = drill(plan=open_hours, assume=silent)
    assert [(e["to"], e["person"]) for e in of(events, "escalate.step")[:2]] == [("role:commander", "person:ana"), ("role:commander/2", "person:dilip")]


def working_hours_know_holidays():
    office = edit(PLAN, ("    name:     Ana Weir\n    hours:    24x7\n", "    name:     Ana Weir\n    hours:    working_hours\n"))
    assert of(drill(plan=office), "role.filled", role="role:commander")[0]["person"] == "person:ana"
    off = edit(office, ("  working_hours: mon-fri 09:00-17:30\n", "  working_hours: mon-fri 09:00-17:30\n  holidays: {IE: [2026-07-10], UK: [2026-07-13]}\n"))
    assert of(drill(plan=off), "role.filled", role="role:commander")[0]["person"] == "person:ben"


def a_peer_takes_over_from_somebody_who_does_not_answer():
    plan = edit(PLAN, ("    function:  security\n", "    function:  security\n    take_over_after: 7m\n"))
    events = drill(plan=plan, assume=ASSUME + "people:\n  chiara: {acknowledge: {never: 100}}\n")
    over = of(events, "handover", role="role:security_lead")[0]
    assert (over["from"], over["to"], over["way"], minutes(over)) == ("person:chiara", "person:dilip", "took over: no answer", 7)
    assert of(events, "task.assigned", action="action:triage")[1]["person"] == "person:dilip"


def a_shift_ends_and_whoever_worked_it_rests():
    plan = edit(PLAN, ("    function:  command\n", "    function:  command\n    longest_shift: 1h\n    rest: 2h\n"))
    over = of(drill(plan=plan), "shift.over", role="role:commander")
    assert [(minutes(e), e["person"], e["relieved_by"]) for e in over] == [
        (60, "person:ana", "person:ben"), (120, "person:ben", "person:chiara"), (180, "person:chiara", "person:ana")]
    alone = of(drill(plan=plan, options=["--away", "ben,chiara"]), "shift.over", role="role:commander")
    assert [(minutes(e), e["relieved_by"]) for e in alone] == [(60, None)]


def a_pool_of_which_too_few_are_there_is_short():
    plan = edit(PLAN, ("    holders:   [chiara, dilip]\n", "    pool:      [chiara, dilip, finn]\n    at_least:  3\n"))
    assert not of(drill(plan=plan), "role.short")
    short = of(drill(plan=plan, options=["--away", "dilip"]), "role.short")
    assert [(e["there"], e["needed"]) for e in short] == [(2, 3)]


def the_matrix_may_name_teams_audiences_and_outside_parties():
    team = edit(PLAN, ("\nraci:\n", "\nteams:\n  desk: {members: [finn, dilip]}\n\nraci:\n"), ("R: [it_operator], A: security_lead, C: [desk_owner]", "R: [team:desk], A: security_lead, C: [team:desk]"))
    events = drill(plan=team)
    assert of(events, "task.assigned", action="action:isolate")[0]["person"] == "person:dilip"  # the first of the team with the access
    assert len(of(events, "task.consulted", action="action:isolate")) == 1 and of(events, "task.done", action="action:isolate")
    told = edit(PLAN, ("A: security_lead, C: [desk_owner]", "A: security_lead, C: [audience:customers]"))
    assert of(drill(plan=told), "task.consulted", action="action:isolate")[0]["role"] == "role:comms_lead"
    outside = edit(PLAN, ("A: security_lead, C: [desk_owner], consult_within: 10m", "A: security_lead, C: [external:northlight], consult_within: 5h"))
    given = of(drill(plan=outside, lasts="8h"), "task.consulted", action="action:isolate")[0]
    assert given["role"] == "external:northlight" and given["answered"] and given["took"] == 4 * 3600000
    unpromised = edit(PLAN, ("A: security_lead, C: [desk_owner], consult_within: 10m", "A: security_lead, C: [external:quay_legal], consult_within: 1h"))
    silent = of(drill(plan=unpromised, lasts="8h"), "task.consulted", action="action:isolate")[0]
    assert not silent["answered"] and silent["took"] == 3600000
    by = edit(PLAN, ("R: [director], A: director, I: [commander], by: external:northlight, engage_within: 4h", "R: [external:northlight], A: director, I: [commander], engage_within: 3h"))
    events = drill(plan=by, lasts="8h")
    assert of(events, "task.assigned", action="action:engage_forensics")[0]["person"] == "person:ben" and of(events, "engage.done")
    assert of(events, "clock.missed", clock="engage")
    unpromised = drill(plan=edit(by, ("until: 2027-07-10, respond_within: 4h}", "until: 2027-07-10}")), lasts="8h")
    assert of(unpromised, "engage.start") and not of(unpromised, "engage.done") and of(unpromised, "clock.missed", clock="engage")


def an_outside_party_is_there_in_its_hours():
    plan = edit(PLAN, ("    kind:         retainer\n", "    kind:         retainer\n    timezone:     America/New_York\n"), ("203.0", "203.0") if "203.0" in PLAN else ("address: duty@northlight.example}]\n    hours:        24x7", "address: duty@northlight.example}]\n    hours:        mon-fri 09:00-17:00"))
    done = of(drill(plan=plan, lasts="12h"), "engage.done")[0]
    assert minutes(done) == 4 * 60 + 4 * 60  # 09:00 in New York is 14:00 here; four hours after that


def approvals_are_counted_by_who_gives_them():
    row = "I: [hr_lead], authority: publish}"
    def made(approve, **more):
        events = drill(plan=edit(PLAN, (row, "I: [hr_lead], approve: {%s}}" % approve)), **more)
        return [e["person"] for e in of(events, "decision.made", action="action:tell_readers")], of(events, "task.start", action="action:tell_readers")
    silent = ASSUME + "people:\n  eva: {decide: {never: 100}}\n"
    assert made("any_of: [role:director, role:hr_lead]", assume=silent)[1]
    assert not made("all_of: [role:director, role:hr_lead]", assume=silent)[1]
    people, started = made("two_of: [role:director, role:hr_lead, role:commander]", assume=silent)
    assert started and set(people[:2]) == {"person:ben", "person:ana"}
    pool = edit(PLAN, (row, "I: [hr_lead], approve: {two_of: [role:legal_lead]}}"))
    events = drill(plan=pool)
    assert {e["person"] for e in of(events, "decision.made", action="action:tell_readers")} == {"person:eva", "person:finn"} and of(events, "task.start", action="action:tell_readers")
    nested = made("sev1: {all_of: [role:director, role:hr_lead]}, sev2: {any_of: [role:director]}", assume=silent)
    assert nested[1]  # the level in force is sev2


def the_glass_is_broken_by_its_holders_and_skills_are_preferred():
    glass = edit(PLAN, ("A: commander, I: [director], access: [admin_console], logs: [sign_in_log]", "A: commander, I: [director], access: [emergency_admin]")).replace(
        "access:   [admin_console, backup_console, emergency_admin]", "access:   [admin_console, backup_console]")
    held = edit(glass, ("holders:   [chiara, dilip]", "holders:   [ana]"))
    assert of(drill(plan=held), "task.start", action="action:triage")
    assert of(drill(plan=edit(held, ("emergency_admin: {holders: [ana, ben]", "emergency_admin: {holders: [ben]"))), "task.blocked", action="action:triage")[0]["reason"] == "no_access"
    skilled = edit(PLAN, ("A: commander, I: [director], access: [admin_console], logs", "A: commander, I: [director], skills: [forensics], access: [admin_console], logs"),
                   ("    name:     Dilip Rao\n", "    name:     Dilip Rao\n    skills:   [forensics]\n"))
    assert of(drill(plan=skilled), "task.assigned", action="action:triage")[0]["person"] == "person:dilip"


def a_level_unlocks_what_waits_for_it():
    plan = edit(PLAN, ("    inform:             [role:director]\n", "    inform:             [role:director]\n    unlocks:            [triage]\n"))
    events = drill(plan=plan.replace("after: [triage], within: 30m, records", "within: 30m, records"))
    blocked, declared, start = of(events, "task.blocked", action="action:triage")[0], of(events, "incident.declared")[0], of(events, "task.start", action="action:triage")[0]
    assert blocked["reason"] == "not_unlocked" and blocked["thing"] == "severity:sev2" and start["t"] == declared["t"]


def the_level_is_looked_at_again():
    events = drill()
    assert of(events, "severity.confirmed") and of(events, "clock.met", clock="reassess")
    silent = drill(assume=ASSUME + "people:\n  ana: {answer: {never: 100}}\n")
    assert len(of(silent, "clock.missed", clock="reassess")) >= 2


def a_phase_and_a_step_have_times_of_their_own():
    plan = edit(PLAN, ("contain:   {lead: commander,", "contain:   {lead: commander, within: 30m,"))
    events = drill(plan=plan, lasts="12h")
    start, met = of(events, "clock.start", clock="phase")[0], of(events, "clock.met", clock="phase")[0]
    assert start["subject"] == "phase:contain" and met["t"] == max(e["t"] for e in of(events, "step.done") if e["step"].endswith(("/isolate", "/forensics")))
    step = edit(PLAN, ("after: [declare], within: 45m, done_when: the account opens nothing}", "after: [declare], within: {from: detection, within: 45m}, done_when: x}"))
    done = of(drill(plan=step), "step.done", step="step:account_takeover/isolate")[0]
    assert done["took"] == done["t"]


def a_clock_of_the_law_starts_with_its_own_event():
    def started(starts, records="awareness", scenario=FIRST):
        plan = edit(PLAN, ("    rule:     EU-GDPR-33\n", f"    starts:   {starts}\n    within:   72h\n"), ("    stated:   72h\n  gdpr_record", "  gdpr_record"),
                    ("records: [awareness]", f"records: [{records}]"))
        return of(drill(scenario, plan=plan), "clock.start", subject="obligation:gdpr_33")
    events = drill()
    assert [minutes(e) for e in started("detection")] == [0] and [e["starts_with"] for e in started("detection")] == ["detection"]
    assert [e["t"] for e in started("awareness")] == [of(events, "aware")[0]["t"]]
    assert not started("classification_major") and not started("payment_made")
    assert [e["starts_with"] for e in started("classification_major", "awareness, classification_major")] == ["classification_major"]
    assert [e["t"] for e in started("declaration")] == [of(events, "incident.declared")[0]["t"]]
    fact = FIRST + 'inject "later" { at = "7m", from = "x", to = "director", via = "phone", says = "y", facts = { "account_cut_off" } }\n'
    assert [minutes(e) for e in started("account_cut_off", scenario=fact)] == [7]


def a_fact_may_make_something_reportable_later():
    plan = edit(PLAN, ("    when:     personal data were lost, changed or seen, unless nobody is likely to be harmed\n", "    when:     {any: [personal_data_read]}\n"))
    assert not of(drill(plan=plan), "clock.start", subject="obligation:gdpr_33")
    later = FIRST + 'inject "later" { at = "90m", from = "x", to = "director", via = "phone", says = "y", facts = { "personal_data_read" } }\n'
    assert [minutes(e) for e in of(drill(later, plan=plan), "clock.start", subject="obligation:gdpr_33")] == [90]


def deciding_has_a_time_of_its_own():
    plan = edit(PLAN, ("    decide_within: 48h\n", "    decide_within: 3m\n"), ("decided_by:    action:triage", "decided_by:    action:isolate"))
    events = drill(plan=plan)
    assert of(events, "clock.start", clock="decide")[0]["starts_with"] == "awareness" and of(events, "clock.missed", clock="decide", subject="obligation:gdpr_34")
    assert of(events, "clock.met", clock="decide")[0]["margin"] < 0
    assert of(events, "clock.start", clock="obligation", subject="obligation:gdpr_34")[0]["starts_with"] == "decision"  # what was decided has its own time


def a_report_that_repeats_is_due_again():
    plan = edit(PLAN, ("    rule:     EU-GDPR-33\n", "    starts:   awareness\n    within:   4h\n    repeat:   2h\n"), ("    stated:   72h\n  gdpr_record", "  gdpr_record"))
    clocks = of(drill(plan=plan, lasts="8h"), "clock.start", subject="obligation:gdpr_33")
    assert [e["starts_with"] for e in clocks[:3]] == ["awareness", "repeat", "repeat"] and all(e["window"] == 2 * 3600000 for e in clocks[1:])
    assert of(drill(plan=plan, lasts="8h"), "clock.met", subject="obligation:gdpr_33")[1]["took"] >= 3600000


def a_clock_stands_while_somebody_asks_to_wait():
    plan = edit(PLAN, ("    pause:         {when: a law enforcement agency asks in writing, review_every: 14d}", "    pause:         {when: asked in writing, action: isolate, review_every: 1h}"),
                ("    rule:          EU-GDPR-34\n", "    starts:        awareness\n    within:        90m\n"), ("    decided_by:    action:triage\n    decide_within: 48h\n    stated:        72h\n", ""),
                ("A: director, C: [legal_lead], consult_within: 20m", "A: director, C: [legal_lead], consult_within: 3h"))
    silent = ASSUME + "people:\n  eva: {consult: {never: 100}}\n  finn: {consult: {never: 100}}\n"
    events = drill(plan=plan, assume=silent)
    assert of(events, "clock.paused", subject="obligation:gdpr_34") and not of(events, "clock.missed", subject="obligation:gdpr_34")
    assert len(of(events, "task.assigned", action="action:isolate")) > 1  # looked at again


def deadlines_end_in_the_right_calendar():
    def due(rule, starts="2026-07-10 10:00", plan=PLAN, zone=None, records="awareness"):
        edited = edit(plan, ("    rule:     EU-GDPR-33\n", f"    rule:     {rule}\n"), ("    stated:   72h\n  gdpr_record", "  gdpr_record"), ("records: [awareness]", f"records: [{records}]"))
        if zone:
            edited = edit(edited, ("    kind:         regulator\n", f"    kind:         regulator\n    timezone:     {zone}\n"))
        head = HEAD.replace("2026-07-10 10:00", starts)
        events = drill(FIRST, plan=edited, lasts="8h", head=head)
        clock = of(events, "clock.start", subject="obligation:gdpr_33")
        return clock[0]["due_local"] if clock else None
    early, final = "previous_submission", "previous_submission"
    # Friday 10 July 2026, aware at 10:16 (declared): hours run by the clock over the weekend.
    at = of(drill(lasts="8h"), "clock.start", subject="obligation:gdpr_33")[0]["due_local"]
    assert at.startswith("2026-07-13 10:"), at
    # One month from 10 July is 10 August, a Monday. From 11 July it is 11 August; from 8 July, 8 August: a Saturday, so Monday's end.
    assert due("EU-NIS2-FR", records="previous_submission") == "2026-08-11 00:00"
    assert due("EU-NIS2-FR", "2026-07-08 10:00", records="previous_submission") == "2026-08-11 00:00"
    # DORA's own rule: noon of the next working day. The end of Saturday 8 August becomes Monday 12:00.
    assert due("EU-DORA-FR", "2026-07-08 10:00", records="previous_submission") == "2026-08-10 12:00"
    # 24 hours from Friday 10:16 end on a Saturday: noon of Monday; a credit institution has no such noon.
    assert due("EU-DORA-IN-B") == "2026-07-13 12:00"
    bank = edit(PLAN, ("  data:          [personal_data]\n", "  data:          [personal_data]\n  sectors:       [credit_institution]\n"))
    assert due("EU-DORA-IN-B", plan=bank).startswith("2026-07-11 10:")
    # Three business days after Friday: Monday, Tuesday, Wednesday; in Sao Paulo their end is 04:00 in Dublin.
    assert due("BR-LGPD", records="knowledge_personal_data_affected") == "2026-07-16 00:00"
    assert due("BR-LGPD", zone="America/Sao_Paulo", records="knowledge_personal_data_affected") == "2026-07-16 04:00"
    # The holidays of the jurisdiction that the rule is of, not those of the organisation.
    holidays = edit(PLAN, ("  working_hours: mon-fri 09:00-17:30\n", "  working_hours: mon-fri 09:00-17:30\n  holidays: {IE: [2026-07-13], BR: [2026-07-14, 2026-07-15]}\n"))
    assert due("BR-LGPD", plan=holidays, records="knowledge_personal_data_affected") == "2026-07-18 00:00"
    # The day of the assessment does not count: three calendar days after Friday end with Monday.
    assert due("SG-PDPA", records="assessment_notifiable") == "2026-07-14 00:00"
    # Sixty days after the end of the year: 1 March 2027 at its end.
    assert due("US-HIPAA-HHSlt") == "2027-03-02 00:00"
    # Clocks go back on 25 October 2026: 72 hours are 72 hours.
    assert due("EU-GDPR-33", "2026-10-23 10:00").startswith("2026-10-26 09:")


def what_is_no_law_yet_is_never_missed():
    plan = edit(PLAN, ("    rule:     EU-GDPR-33\n", "    rule:     US-CIRCIA-24\n"), ("    stated:   72h\n  gdpr_record", "  gdpr_record"), ("records: [awareness]", "records: [payment_made]"),
                ("R: [legal_lead], A: legal_lead, I: [director]", "R: [legal_lead], A: legal_lead, C: [hr_lead], I: [director]"))
    silent = ASSUME + "people:\n  eva: {acknowledge: {never: 100}}\n  finn: {acknowledge: {never: 100}}\n"
    events = drill(plan=plan, lasts="30h", assume=silent)
    assert of(events, "clock.open", subject="obligation:gdpr_33") and not of(events, "clock.missed", subject="obligation:gdpr_33")


LATER = ["w 10m"] * 20  # each ends early where something reaches the player, or has little time left


def seat(*lines, scenario=FIRST, plan=PLAN, assume=ASSUME, play="commander"):
    return drill(scenario, plan=plan, assume=assume, options=["--play", play, "--clock", "steps", "--fail-on", "never"], typed=["", *lines, ":end", ":end"])  # the first may be taken for the Enter of a hand-over


def acts(events, verb):
    return [e for e in of(events, "act", verb=verb) if e["seat"] != "stand-in"]


def whoever_is_missing_is_missed_once_however_often_it_is_looked_at_again():
    card = 'inject "second" { at = "1m", from = "x", to = "it_operator", via = "pager", says = "y", expect = { "isolate", within = "30m" } }\n'
    events = drill(FIRST + card, options=["--away", "chiara,dilip"], lasts="6h")
    blocked = of(events, "task.blocked", action="action:isolate", reason="nobody_decides")
    assert len(blocked) == 1 and len(of(events, "role.unfilled", role="role:security_lead", needed_for="action:isolate")) == 1
    assert of(events, "decision.requested", action="action:isolate") == []
    card += 'inject "third" { at = "2h", from = "x", to = "commander", via = "pager", says = "back", back = { "chiara" } }\n'
    asked = of(drill(FIRST + card, options=["--away", "chiara,dilip"], lasts="6h"), "decision.requested", action="action:isolate")
    assert [e["person"] for e in asked] == ["person:chiara"] and minutes(asked[0]) >= 120


def an_incident_is_called_once_as_long_as_it_was_called_as_grave_as_it_is():
    card = 'inject "second" { at = "20m", from = "x", to = "it_operator", via = "pager", says = "y", expect = { "declare", within = "15m" }%s }\n'
    early = seat("s sev1 it is clear", *LATER, "start declare", *LATER, scenario=FIRST + card % "")
    assert [e["outcome"] for e in of(early, "expect.met", card="card:second")] == ["already done"] and not acts(early, "start")
    assert not [e for e in of(early, "act", verb="start", object="action:declare") if e["t"] >= 20 * 60000]
    low = seat("s sev2 it seems small", *LATER, scenario=FIRST + card % ', facts = { "personal_data_read" }')
    assert of(low, "severity.indicated", severity="severity:sev1") and not of(low, "expect.met", card="card:second", outcome="already done")


def a_move_that_is_refused_leaves_no_trace():
    events = seat("done triage", "start lessons", "start lessons", "m nobody", "e nothing", "h director dilip", "n nobody hello", "s nothing x", ":away nobody", ":down nothing",
                  ":undo 1 a slip", ":rate nothing P", ":resume", "a", "a", "a", "a")
    assert not acts(events, "finish") and len(acts(events, "start")) == 1 and len(acts(events, "acknowledge")) <= 2
    for verb in ("release", "escalate", "hand_over", "notify", "declare", "away", "down", "take_back", "rate", "resume"):
        assert not acts(events, verb), verb


def a_decision_may_be_asked_for_and_made_before_its_time():
    asked = seat("r isolate", *LATER)
    request = of(asked, "decision.requested", action="action:isolate")
    assert [(e["person"], minutes(e)) for e in request] == [("person:chiara", 0)]
    assert of(asked, "decision.made", action="action:isolate") and of(asked, "task.start", action="action:isolate")
    alone = seat("d isolate yes it spreads", *LATER)
    made = of(alone, "decision.made", action="action:isolate")
    assert made[0]["authority_ok"] is False and made[0]["reason"] == "it spreads" and len(made) > 1  # whoever has the authority is asked all the same
    may = edit(PLAN, ("    authority: [declare]\n", "    authority: [declare, isolate]\n"))
    events = seat("d isolate yes it spreads", *LATER, plan=may)
    assert [e["authority_ok"] for e in of(events, "decision.made", action="action:isolate")] == [True]


def a_role_is_handed_over_and_where_the_plan_says_so_acknowledged():
    at_once = seat("h commander dilip", "w 20m")
    assert [(e["to"], e["way"], minutes(e)) for e in of(at_once, "handover")] == [("person:dilip", "handed over", 0)]
    plan = edit(PLAN, ("    function:  command\n", "    function:  command\n    handover:  acknowledged\n"))
    waits = seat("h commander dilip", *LATER, plan=plan)
    assert [(e["to"], e["way"], minutes(e)) for e in of(waits, "handover")] == [("person:dilip", "handed over, and acknowledged", 2)]
    never = seat("h commander dilip", *LATER, plan=plan, assume=ASSUME + "people:\n  dilip: {acknowledge: {never: 100}}\n")
    assert not of(never, "handover") and not of(never, "role.filled", role="role:commander", person="person:dilip")


def what_is_taken_back_is_put_back():
    def after(act, *then):
        events = seat(act)
        number = acts(events, events[-1] and act.split()[0].lstrip(":") if act[0] == ":" else "hand_over")[0]["n"]
        return seat(act, f":undo {number} a slip", *then)
    assert of(after(":away ben"), "person.back", person="person:ben")
    assert of(after(":down sign_in"), "thing.up", thing="dependency:sign_in")
    back = of(after("h commander dilip"), "handover")
    assert [(e["to"], e["way"]) for e in back] == [("person:dilip", "handed over"), ("person:ana", "taken back")]
    card = FIRST + 'inject "x" { at = "30m", from = "x", to = "director", via = "phone", says = "y", expect = { "improvise", within = "5m" } }\n'
    assert of(seat(":cancel x", *LATER, scenario=card), "inject.cancelled") and not of(seat(":cancel x", *LATER, scenario=card), "inject.delivered", card="card:x")
    number = acts(seat(":cancel x", scenario=card), "cancel")[0]["n"]
    assert of(seat(":cancel x", f":undo {number} a slip", *LATER, scenario=card), "inject.delivered", card="card:x")
    card = card.replace('at = "30m"', 'at = "0m"')
    met = seat("i called", scenario=card)
    number = acts(met, "improvise")[0]["n"]
    assert of(met, "expect.met", action="act:improvise") and of(seat("i called", f":undo {number} a slip", *LATER, scenario=card), "expect.missed", action="act:improvise")


def one_telling_counts_for_the_duty_and_for_the_audience():
    def told(events):
        return [(e["audience"], e["number"], e["t"]) for e in of(events, "message.released", audience="audience:customers")]
    one = edit(PLAN, ("    template:      gdpr_34_letter\n", "    template:      readers_note\n"))
    slow = ASSUME.replace(f"  write: {PACE}", "  write: " + PACE.replace("2m", "3h"))
    def filed(events):
        return [e["t"] for e in of(events, "clock.met", subject="obligation:gdpr_34", clock="obligation")]
    events = drill(plan=one, assume=slow)
    assert told(events) == [("audience:customers", 1, filed(events)[0])] and len(of(events, "task.done", action="action:tell_readers")) == 1
    other = drill(assume=slow)  # another letter is another thing
    assert told(other) and not filed(other)
    late = seat("a", *["w 10m"] * 3, "m customers", *LATER, plan=one, assume=ASSUME + "people:\n  finn: {work: " + PACE.replace("2m", "2h") + "}\n")
    assert filed(late) == [acts(late, "release")[0]["t"]] and len(of(late, "task.done", action="action:tell_readers")) == 1
    # An outside party that is the only one of its kind.
    insurer = edit(PLAN, ("audiences:\n", "audiences:\n  insurer: {owner: director, via: [mail], first_within: 2h}\n"), ("    route:         audience:customers\n    template:      gdpr_34_letter\n", "    route:         external:atlas\n"),
                   ("externals:\n", "externals:\n  atlas: {organisation: Atlas, kind: insurer, reach: [{via: mail, address: a@atlas.example}]}\n"))
    both = drill(plan=insurer)
    assert [(e["number"], e["t"]) for e in of(both, "message.released", audience="audience:insurer")] == [(1, of(both, "task.done", action="action:tell_readers")[0]["t"])]


def nobody_who_is_stood_in_for_does_again_what_a_card_wished_and_was_done():
    card = FIRST + 'inject "x" { at = "1m", from = "x", to = "director", via = "phone", says = "y", expect = { "triage", within = "60m" } }\n'
    late = ASSUME + "people:\n  ben: {acknowledge: {fast: 50m, usual: 50m, slow: 50m, never: 0}}\n"
    events = drill(card, assume=late)
    assert len(of(events, "task.done", action="action:triage")) == 1 and not [e for e in of(events, "act", verb="start") if e["person"] == "person:ben" and e["object"] == "action:triage"]


def in_doubt_a_level_holds_and_its_ladder_is_called():
    both = edit(PLAN, ("    when:               {any: [personal_data_read, loans_stopped for 2h]}\n", "    when:               {all: [account_taken_over, personal_data_read]}\n"),
                ("    when:               {any: [account_taken_over, loans_stopped]}\n", "    when:               {any: [loans_stopped]}\n"))
    def level(plan, scenario=FIRST):
        return [(e["severity"], e["because"]) for e in of(drill(scenario, plan=plan), "severity.indicated")]
    assert level(both) == [("severity:sev1", "in doubt: higher")] and of(drill(plan=both), "escalate.trigger")
    assert level(both.replace("  in_doubt:       higher\n", "")) == []
    assert level(both.replace("in_doubt:       higher", "in_doubt:       sev2")) == [("severity:sev2", "in doubt: sev2")]
    # Where no test is half known, the lowest; a time that is not over is no doubt, and what holds at that moment is none.
    one = edit(PLAN, ("{any: [account_taken_over, loans_stopped]}", "{any: [loans_stopped for 1h]}"), ("{any: [personal_data_read, loans_stopped for 2h]}", "{all: [personal_data_read, loans_stopped]}"))
    unknown = FIRST.replace('"account_taken_over"', '"loans_stopped"')
    assert level(one.replace("in_doubt:       higher", "in_doubt:       sev2"), unknown)[0] == ("severity:sev2", "in doubt: sev2")
    assert level(one, unknown.replace('{ "loans_stopped" }', '{ "loans_stopped", "personal_data_read" }')) == [("severity:sev1", "the plan's test")]
    low = one.replace("{all: [personal_data_read, loans_stopped]}", "{any: [personal_data_read]}")
    assert level(low, unknown) == [("severity:sev2", "in doubt: higher")]


def a_report_that_comes_in_has_its_time_to_be_taken_in():
    events = drill()
    started = of(events, "clock.start", clock="intake")
    assert [(e["subject"], e["window"] // 60000, e["starts_with"]) for e in started] == [("role:security_lead", 10, "a log")]
    assert [minutes(e) for e in of(events, "clock.met", clock="intake")] == [2]
    named = edit(PLAN, ("{from: monitoring, via: pager, owner: security_lead, within: 10m}", "{from: monitoring, via: pager, owner: security_lead, within: 10m}\n  - {from: a log, via: pager, owner: security_lead, within: 1m}"))
    assert of(drill(plan=named), "clock.missed", clock="intake")[0]["window"] == 60000
    assert not of(drill(FIRST.replace('to = "security_lead"', 'to = "director"')), "clock.start", clock="intake")
    assert [e["window"] // 60000 for e in of(drill(FIRST.replace('via = "pager"', 'via = "phone"')), "clock.start", clock="intake")] == [15]


def another_plan_can_be_looked_up():
    events = seat("a", "l continuity", "l plans", "l nonsuch")
    assert [e["what"] for e in of(events, "plan.lookup.hit") if e["person"] == "person:ana"][:2] == ["continuity", "plans"]
    assert [e["what"] for e in of(events, "plan.lookup.miss")] == ["nonsuch"]


def numbered(events, verb, k=0):
    return acts(events, verb)[k]["n"]


def an_acknowledgement_that_is_taken_back_waits_again():
    n = numbered(seat("a"), "acknowledge")
    back = seat("a", f":undo {n} it was not her", *LATER)
    waits, resumed = of(back, "notify.waits"), of(back, "escalate.resumed")
    assert [e["person"] for e in waits] == ["person:ana"] and [(e["step"], e["try"]) for e in resumed] == [(1, 1)]
    assert [minutes(e) for e in of(back, "escalate.step")[:2]] == [0, 5] and len(of(seat("a", *LATER), "escalate.step")) == 1
    assert "acknowledge" in [e["clock"] for e in of(back, "clock.resumed")]
    # Its time was over when it was taken back: the next is called at once.
    silent = ASSUME + "people:\n  ben: {acknowledge: {never: 100}}\n"
    late = seat("a", "w 9m", "w 9m", "w 9m", f":undo {numbered(seat('a', assume=silent), 'acknowledge')} a slip", *LATER, assume=silent)
    assert of(late, "escalate.step")[1]["t"] == acts(late, "take_back")[0]["t"] > 300000
    # A quorum that stood on it does not stand any more, and its clock runs on.
    assert [e["person"] for e in of(late, "quorum.lost")] == ["person:ana"] and "assemble" in [e["clock"] for e in of(late, "clock.resumed")]
    # Somebody else who had taken the call holds it.
    chiara = edit(PLAN, ("{to: role:commander, ", "{to: [role:commander, role:security_lead], "))
    both = seat("a", "w 3m", f":undo {numbered(seat('a', plan=chiara), 'acknowledge')} a slip", *LATER, plan=chiara)
    assert of(both, "notify.waits") and not of(both, "escalate.resumed")


def a_role_that_was_taken_by_an_acknowledgement_goes_back_with_it():
    plan = edit(PLAN, ("    function:  command\n", "    function:  command\n    handover:  acknowledged\n"))
    lines = ("h commander ben", "p", "", "a", "a")
    taken = seat(*lines, plan=plan, play="commander,director")
    given = of(taken, "handover")
    assert [e["to"] for e in given] == ["person:ben"]
    act = max(e["n"] for e in acts(taken, "acknowledge") if e["n"] < given[0]["n"])
    assert [e["to"] for e in of(seat(*lines, f":undo {act} a slip", plan=plan, play="commander,director"), "handover")] == ["person:ben", "person:ana"]


def a_declaration_that_is_taken_back_stops_what_it_started():
    lines, slow = ("a", "s sev2 it is"), ASSUME.replace(f"  write: {PACE}", "  write: " + PACE.replace("2m", "1h"))
    once = seat(*lines, assume=slow)
    started = {(e["clock"], e["subject"]) for e in of(once, "clock.start") if e["n"] > numbered(once, "declare")}
    back = seat(*lines, f":undo {numbered(once, 'declare')} mistyped", "s sev1 it is this", assume=slow)
    assert [(e["from"], e["to"]) for e in of(back, "severity.back")] == [("severity:sev2", None)]
    void = {(e["clock"], e["subject"]) for e in of(back, "clock.void")}
    assert {c for c, _ in void} >= {"audience", "reassess"} and void <= started
    assert [e["clock"] for e in of(back, "clock.resumed")] == ["declare"] and len(of(back, "clock.met", clock="declare")) == 2
    assert [e["severity"] for e in of(back, "incident.declared")] == ["severity:sev2", "severity:sev1"]
    again = [e for e in of(back, "clock.start", clock="audience") if e["n"] > of(back, "severity.back")[0]["n"]]
    assert {e["subject"] for e in again} == {s for c, s in void if c == "audience"}
    # Nobody who is stood in for looks again at a level that is not declared.
    quiet = seat(*lines, f":undo {numbered(once, 'declare')} a slip", "w 3h", *["w"] * 40)
    assert not of(quiet, "severity.confirmed") and len(of(quiet, "incident.declared")) == 1
    # A change goes back to the level before; what is not the last word moves nothing.
    changed = seat(*lines, "s sev1 worse")
    first, second = numbered(changed, "declare"), numbered(changed, "declare", 1)
    back = seat(*lines, "s sev1 worse", f":undo {second} a slip", f":undo {first} a slip")
    assert [(e["from"], e["to"]) for e in of(back, "severity.back")] == [("severity:sev1", "severity:sev2"), ("severity:sev2", None)]
    assert not of(seat(*lines, "s sev1 worse", f":undo {first} a slip"), "severity.back")


def work_that_is_taken_back_goes_on_from_there():
    done = ("a", "start triage", "done triage")
    n = numbered(seat(*done, play="security_lead"), "finish")
    events = seat(*done, f":undo {n} not yet", "w 10m", "done triage", *LATER[:4], play="security_lead")
    first, second = of(events, "task.done", action="action:triage")
    steps = of(events, "step.done", step="step:account_takeover/triage")
    back = of(events, "task.back", action="action:triage")[0]
    assert (back["state"], back["undoes"], back["person"]) == ("under way", first["n"], "person:chiara") and first["n"] < back["n"] < second["n"]
    assert [e["undoes"] for e in of(events, "step.back")] == [steps[0]["n"]] and len(steps) == 2
    assert [e["subject"] for e in of(events, "clock.void")] == ["obligation:gdpr_34"]  # what the decision had started
    assert len(of(events, "clock.start", subject="obligation:gdpr_34", clock="obligation")) == 2
    assert len(of(events, "step.open", step="step:account_takeover/declare")) == 1  # what has opened stays open
    assert len(of(events, "incident.declared")) == 1
    # The begin: it waits to be begun, and what the begin had acknowledged waits again.
    n = numbered(seat("start triage", play="security_lead"), "start")
    events = seat("start triage", f":undo {n} not she", "start triage", *LATER[:2], play="security_lead")
    begun, back = of(events, "task.start", action="action:triage"), of(events, "task.back")
    assert [(e["state"], e["undoes"]) for e in back] == [("to be started", begun[0]["n"])] and len(begun) == 2
    assert [e["about"] for e in of(events, "notify.waits")] == ["task:0"]
    assert not of(seat("start triage", f":undo {n} not she", play="security_lead"), "task.open", state="started")
    # An older act under a newer one moves nothing.
    assert not of(seat(*done, f":undo {numbered(seat(*done, play='security_lead'), 'start')} a slip", play="security_lead"), "task.back")
    # Nobody is asked twice for advice or a decision that was given.
    lines = ("start isolate", f":undo {numbered(seat('start isolate', play='it_operator'), 'start')} a slip", "start isolate", *LATER[:4])
    events = seat(*lines, play="it_operator")
    for kind in ("task.consulted", "decision.requested", "decision.made"):
        assert len(of(events, kind, action="action:isolate")) == 1, kind
    assert [e["n"] > acts(events, "start")[k]["n"] for k, e in enumerate(of(events, "task.start", action="action:isolate"))] == [True, True]


def whoever_is_stood_in_for_does_again_what_was_taken_back():
    n = [e for e in of(seat(*LATER), "act", verb="finish") if e["person"] == "person:chiara"][0]["n"]
    lines = [line for line in LATER[:3]] + [f":undo {n} it was not"] + list(LATER)
    events = seat(*lines)
    again = [e["n"] for e in of(events, "act", verb="finish", object="task:0")]
    assert again[0] == n and len(again) == 2 and n < of(events, "task.back")[0]["n"] < again[1]


def a_drill_with_something_taken_back_is_played_again_and_taken_up_again():
    with tempfile.TemporaryDirectory() as top:
        pathlib.Path(top, "plan.yaml").write_text(PLAN)
        pathlib.Path(top, "scenario.lua").write_text(HEAD % "4h" + FIRST)
        pathlib.Path(top, "assume.yaml").write_text(ASSUME)
        line = [muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "--assume", f"{top}/assume.yaml", "-o", f"{top}/out", "--seed", "1", "--play", "security_lead", "--clock", "steps"]
        n = numbered(seat("a", "start triage", "done triage", play="security_lead"), "finish")
        typed = ["", "a", "start triage", "done triage", f":undo {n} not yet", "w 10m", "done triage", "w 10m", ":end", ":end"]
        subprocess.run(line, capture_output=True, text=True, input="\n".join(typed) + "\n")
        assert subprocess.run([muster, "replay", f"{top}/out"], capture_output=True).returncode == 0
        journal = pathlib.Path(top, "out", "journal.jsonl")
        whole = journal.read_bytes().splitlines(keepends=True)
        cut = next(i for i, e in enumerate(whole) if b'"task.back"' in e) + 1  # in the middle of what the taking back sets going
        journal.write_bytes(b"".join(whole[:cut]))
        subprocess.run([*line, "--resume"], capture_output=True, text=True, input="\n".join(["", *typed[5:]]) + "\n")
        kinds = [json.loads(e)["kind"] for e in journal.read_bytes().splitlines()]
        assert kinds[:cut] == [json.loads(e)["kind"] for e in whole[:cut]] and kinds[cut] == "step.back" and kinds.count("task.done") >= 2
        assert subprocess.run([muster, "verify", journal], capture_output=True).returncode == 0


def the_facilitator_holds_releases_and_takes_off_what_a_story_plays():
    story = FIRST + ('inject "x" { from = "x", to = "director", via = "phone", says = "y" }\n'
                     'question "q" { to = "director", asks = "?", answers = { "a: A", "b: B" }, within = "10m" }\n'
                     'story "s" (function () wait "5m" deliver "x" local o = ask "q" if o.silence then note "silence" else note "answered" end end)\n')
    assert not of(seat(":hold x", *LATER, scenario=story), "inject.delivered", card="card:x")
    late = seat(":hold x", *LATER, ":play x", scenario=story)
    assert [e["t"] for e in of(late, "inject.delivered", card="card:x")] == [e["t"] for e in acts(late, "play")]
    held = seat(":hold q", *LATER, ":play q", *LATER, scenario=story)
    assert [e["t"] for e in of(held, "prompt.open", card="card:q")] == [e["t"] for e in acts(held, "play")] and of(held, "note")[0]["text"] == "answered"
    gone = seat(":cancel q", *LATER, scenario=story)
    assert not of(gone, "prompt.open") and [(e["text"], minutes(e)) for e in of(gone, "note")] == [("silence", 5)]
    while_held = seat(":hold q", *LATER, ":cancel q", scenario=story)
    assert [(e["text"], e["t"]) for e in of(while_held, "note")] == [("silence", acts(while_held, "cancel")[0]["t"])] and acts(while_held, "cancel")[0]["t"] > 300000


def a_story_goes_on_where_a_jump_ends():
    story = FIRST + ('inject "x" { from = "x", to = "director", via = "phone", says = "y" }\ninject "z" { from = "x", to = "director", via = "phone", says = "y" }\n'
                     'story "s" (function () wait "5m" deliver "x" wait "5m" deliver "z" end)\n')
    events = seat(":jump 1h", *LATER, scenario=story)
    assert [(e["card"], minutes(e)) for e in of(events, "inject.delivered")[1:]] == [("card:x", 60), ("card:z", 65)]
    # A ladder climbs by the time that people had; the law's clock runs on.
    silent = ASSUME + "people:\n  ana: {acknowledge: {never: 100}}\n  ben: {acknowledge: {never: 100}}\n"
    climbed = seat(":jump 1h", *LATER, assume=silent)
    assert [minutes(e) for e in of(climbed, "escalate.step")[:2]] == [0, 65]


def time_stands_while_somebody_who_is_played_has_anything_in_hand():
    events = seat("a", "w", "a", "s sev2 it is")
    assert of(events, "incident.declared")[0]["t"] == of(events, "task.assigned", action="action:declare")[0]["t"]
    # Whoever lets time pass is stopped in its last fifth: of the task, of the declaration.
    events = seat("a", "w", "a", *["w"] * 12)
    given, passed = of(events, "task.assigned", action="action:declare")[0], {minutes(e) for e in acts(events, "pass")}
    assert passed == {minutes(given) + 24, 96}  # of 30 minutes, and of two hours
    # That of somebody else who has not the keyboard, as well.
    card = FIRST + 'inject "x" { at = "0m", from = "x", to = "director", via = "phone", says = "y" }\nquestion "q" { at = "1m", to = "director", asks = "?", answers = { "a: A", "b: B" }, within = "20m" }\n'
    both = seat("a", "p", "", *["w"] * 9, scenario=card, play="commander,director")
    assert 17 in {minutes(e) for e in acts(both, "pass")}, [(minutes(e), e["verb"]) for e in of(both, "act")]


def the_record_takes_notes_and_ratings():
    scenario = FIRST
    head = HEAD.replace("severity =", 'objectives = { "contain: It is cut off" }, severity =')
    events = drill(scenario, head=head, options=["--play", "commander", "--clock", "steps", "--fail-on", "never"], typed=["", ":note 12 late", ":note quiet", ":gap ROL-05 commander nobody knew", ":gap ROL-99 commander x", ":gap ROL-05 nobody x", ":rate contain S slow", ":end"])
    assert [(e["text"], e["event"]) for e in of(events, "observation")] == [("late", 12), ("quiet", 0)]
    assert [(e["gap"], e["subject"], e["text"]) for e in of(events, "gap.noted")] == [("ROL-05", "role:commander", "nobody knew")]
    assert [(e["objective"], e["rating"], e["why"]) for e in of(events, "rating.given")] == [("contain", "S", "slow")]


def what_the_exercise_is_judged_by_is_written_down_before_it_begins():
    head = HEAD.replace("severity =", 'objectives = { "contain: It is cut off" }, evaluators = { "Dana Okafor" }, director = "eva", severity =')
    events = drill(FIRST.replace('says = "x"', 'says = "x", expect = { "triage", within = "30m" }, tests = "contain"'), head=head)
    start = of(events, "exercise.start")[0]["n"]
    pins = of(events, "objective.pinned") + of(events, "staff.pinned") + of(events, "card.pinned")
    assert [p["n"] for p in pins] == list(range(start - 4, start))
    assert [(p["who"], p["does"]) for p in pins[1:3]] == [("Dana Okafor", "evaluator"), ("person:eva", "director")]
    card = pins[3]
    assert (card["card"], card["class"], card["at"], card["to"], card["objective"], card["expect"], card["within"]) == ("card:first", "inject", 0, "role:security_lead", "contain", "action:triage", 1800000)


def what_people_say_is_written_down_after_endex_as_well_and_changes_nothing_else():
    head = HEAD.replace("severity =", 'objectives = { "contain: It is cut off" }, severity =')
    before = [":observe contain + 12 The call came at once.", ":observe contain - They should call earlier.", ":observe nothing - x", ":end"]
    after = ["s sev1 too late", ":as Dana Okafor, evaluator", ":rate contain M", ":rate contain M The order came late.", ":wash failed Nobody knew who decides.", ":vote 1 3",
             ":item ROL-08 commander ben 2026-08-10 Name a second deputy.", ":item ROL-08 commander nobody 2026-08-10 x", ":item ROL-08 commander ben soon x", ":waive ROL-22 role:director 2026-12-31 Filled in autumn.",
             ":waive ROL-22 role:director always x", "q"]
    events = drill(head=head, options=["--play", "commander", "--clock", "steps", "--fail-on", "never"], typed=["", *before, *after])
    end = of(events, "exercise.end")[0]
    later = [e for e in events if e["n"] > end["n"]]
    assert [(e["objective"], e["holds"], e["event"]) for e in of(events, "observation")] == [("contain", "strength", 12)]
    assert [e["kind"] for e in later if e["kind"] != "act"] == ["rating.given", "hotwash.said", "improvement.agreed", "gap.waived"]
    assert {e["by"] for e in later if e["kind"] != "act"} == {"Dana Okafor, evaluator"} and {e["t"] for e in later} == {end["t"]}
    item = of(events, "improvement.agreed")[0]
    assert (item["gap"], item["subject"], item["owner"], item["due"], item["action"]) == ("ROL-08", "role:commander", "person:ben", "2026-08-10", "Name a second deputy.")
    assert (of(events, "gap.waived")[0]["until"], of(events, "rating.given")[0]["rating"]) == ("2026-12-31", "M")
    said = of(events, "hotwash.said")[0]["n"]
    voted = drill(head=head, options=["--play", "commander", "--clock", "steps", "--fail-on", "never"], typed=["", *before, *after[:5], f":vote {said - 1} 3", ":waive ROL-22 role:director 2026-12-31 x", f":undo {said - 1} misheard", "q"])
    assert [(e["event"], e["votes"]) for e in of(voted, "hotwash.vote")] == [(said, 3)] and of(voted, "taken.back")[0]["event"] == said - 1
    unsigned = drill(head=head, options=["--play", "commander", "--clock", "steps", "--fail-on", "never"], typed=["", ":end", ":waive ROL-22 role:director 2026-12-31 x"])
    assert not of(unsigned, "gap.waived")


def a_team_is_told_over_the_channel_that_was_chosen():
    events = seat("n team:all by phone come", "n northlight by mail come", "n director by pager come")
    told = of(events, "notify.delivered", about="note:come")
    assert len([e for e in told if e["via"] == "channel:phone"]) == 6 and [e["via"] for e in told if e["person"] == "external:northlight"] == ["channel:mail"]
    assert [e["via"] for e in told if e["person"] == "person:ben"][-1] == "channel:pager"


def everybody_of_a_large_house_is_told():
    more = "".join(f"  p{i}: {{name: P, hours: 24x7, reach: [{{via: pager, address: p{i}}}, {{via: phone, address: p{i}}}]}}\n" for i in range(80))
    plan = edit(PLAN, ("\npeople:\n", "\npeople:\n" + more), ("    holders:   [ana, ben, chiara]\n    authority: [declare]", "    pool:      [team:all]\n    authority: [declare]"))
    people = len(of(drill(plan=plan), "person.pinned"))
    assert people > 80
    card = FIRST + 'inject "all" { at = "1m", from = "x", to = "team:all", via = "phone", says = "y" }\n'
    events = seat("w 2m", "n team:all by phone come", scenario=card, plan=plan)
    assert len(of(events, "inject.delivered", card="card:all", via="channel:phone")) == people
    assert len(of(events, "notify.delivered", about="note:come", via="channel:phone")) == people
    asleep = plan.replace("P, hours: 24x7", "P, hours: mon-fri 02:00-03:00", 79)
    gone = drill(plan=asleep, options=[word for who in ("ana", "ben", "chiara", "dilip", "eva", "finn") for word in ("--away", who)])
    assert of(gone, "role.filled", role="role:commander")[-1]["person"] == "person:p79"  # the eightieth of the line is found


def whoever_declares_says_the_level_and_the_end_of_the_task_does_not_change_it():
    events = seat("a", "w", "s sev1 it is large")
    assert of(events, "severity.set")[0]["severity"] == "severity:sev1" and of(events, "task.done", action="action:declare")
    assert not of(events, "severity.changed")


def to_declare_is_the_action_of_declaring_before_anybody_was_given_it():
    card = FIRST + 'inject "x" { at = "0m", from = "x", to = "director", via = "phone", says = "y", expect = { "declare", within = "30m" } }\n'
    events = seat("a", "s sev1 it is", *["w"] * 9, scenario=card)
    assert [e["outcome"] for e in of(events, "expect.met", action="action:declare")] == ["met"] and not of(events, "task.assigned", action="action:declare")


def a_declaration_without_the_authority_is_not_the_act_that_was_expected():
    card = 'inject "x" { at = "0m", from = "a log", to = "director", via = "pager", says = "x", facts = { "account_taken_over" }, expect = { "act:declare", within = "60m" } }\n'
    ok = seat("s sev2 it is", scenario=card)
    assert of(ok, "expect.met")[0]["outcome"] == "met" and of(ok, "incident.declared")[0]["authority_ok"] is True
    other = seat("a", "s sev2 it is", scenario=card, play="director")
    assert of(other, "expect.met")[0]["outcome"] == "met by somebody else, without authority" and of(other, "incident.declared")[0]["authority_ok"] is False
    late = seat("a", "w 2m", "s sev2 it is", scenario=card.replace("60m", "1m"), play="director")
    assert of(late, "expect.met")[0]["outcome"] == "met late by somebody else, without authority"


def who_was_asked_twice_is_counted_once():
    plan = edit(PLAN, ("I: [hr_lead], authority: publish}", "I: [hr_lead], approve: {two_of: [role:commander, role:director, role:hr_lead]}}"))
    silent = ASSUME + "people:\n  ben: {decide: {never: 100}}\n  eva: {decide: {never: 100}}\n"
    events = seat("r tell_readers", "d yes one", "d yes two", "w 3h", plan=plan, assume=silent)
    assert len(of(events, "decision.made", action="action:tell_readers", person="person:ana")) >= 1 and not of(events, "task.start", action="action:tell_readers")


def the_clock_and_the_list_are_the_facilitators():
    cards = FIRST + 'inject "x" { at = "5m", from = "x", to = "director", via = "phone", says = "y" }\ninject "z" { at = "9m", from = "x", to = "director", via = "phone", says = "y" }\n'
    events = seat(":pause lunch", "w 5m", ":resume", ":speed 2", ":hold x", ":move 20m z", *LATER, ":play x", "b no key", "s sev2 it is", "s sev1 worse", scenario=cards)
    assert of(events, "pause")[0]["why"] == "lunch" and of(events, "resume")[0]["t"] == 0 and of(events, "speed")[0]["thousandths"] == 2000
    deferred = {e["card"]: e["drift"] for e in of(events, "inject.deferred")}
    assert deferred["card:z"] == 11 * 60000 and deferred["card:x"] == of(events, "inject.delivered", card="card:x")[0]["t"] - 300000
    assert [minutes(e) for e in of(events, "inject.delivered", card="card:z")] == [20]
    assert of(events, "blocked.said")[0]["text"] == "no key" and [(e["from"], e["to"]) for e in of(events, "severity.changed")] == [("severity:sev2", "severity:sev1")]
    assert of(seat("! the real one"), "stop")[0]["why"] == "the real one"


def a_story_names_phases_draws_and_may_fail():
    story = FIRST + ('story "s" (function () phase "contain" if chance(50) then note "yes" end local n = pick { "a", "b" } note(n) end)\n'
                     'story "t" (function () wait "5m" local nothing note(nothing.at_all) end)\n')
    events = drill(story)
    assert of(events, "phase")[0]["phase"] == "phase:contain" and len(of(events, "chance")) == 2
    assert of(events, "story.failed")[0]["story"] == "story:t" and of(events, "story.ended")[0]["story"] == "story:s"


def the_exercise_stands_while_the_program_is_away():
    with tempfile.TemporaryDirectory() as top:
        pathlib.Path(top, "plan.yaml").write_text(PLAN)
        pathlib.Path(top, "scenario.lua").write_text(HEAD % "4h" + FIRST)
        run = lambda *more: subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "-o", f"{top}/out", "--fail-on", "never", *more],
                                           capture_output=True, text=True, input="\n:speed 3\n:pause\n" if more[0] == "--play" else "\n:resume\n:end\n", check=False)
        assert run("--play", "commander").returncode == 130
        assert run("--resume").returncode == 0
        events = [json.loads(line) for line in pathlib.Path(top, "out", "journal.jsonl").read_text().splitlines()]
        written.update(e["kind"] for e in events)
        pause, away, resume = of(events, "pause")[0], of(events, "downtime")[0], of(events, "resume")[0]
        assert pause["t"] == away["t"] == resume["t"] and away["wall_away"] >= 0  # it is still paused, and runs as fast as it did
        assert [e["thousandths"] for e in of(events, "speed")] == [3000]


def a_deputy_does_what_a_duty_asks_for():
    events = drill(plan=edit(PLAN, ("holders:   [eva, finn]\n    authority: [approve_notice]", "holders:   [eva]\n    authority: [approve_notice]")), options=["--away", "eva"], lasts="8h")
    assert of(events, "task.assigned", action="action:notify_regulator")[0]["role"] == "role:comms_lead"
    without = PLAN.replace("    deputy:   role:comms_lead\n", "").replace("holders:   [eva, finn]\n    authority: [approve_notice]", "holders:   [eva]\n    authority: [approve_notice]")
    assert of(drill(plan=without, options=["--away", "eva"], lasts="8h"), "task.blocked", action="action:notify_regulator")[0]["reason"] == "nobody_there"


def a_level_that_is_covered_in_working_hours_calls_then():
    plan = edit(PLAN, ("any: [account_taken_over, loans_stopped]}\n    cover:              24x7", "any: [account_taken_over, loans_stopped]}\n    cover:              working_hours"))
    assert minutes(of(drill(plan=plan), "escalate.trigger")[0]) == 0
    evening = HEAD.replace("2026-07-10 10:00", "2026-07-10 20:00")
    assert of(drill(plan=plan, head=evening, lasts="70h"), "escalate.trigger")[0]["t"] == (2 * 24 + 13) * 3600000  # Monday 09:00


def the_clocks_of_a_level_that_is_covered_in_working_hours_begin_and_end_in_them():
    level = "any: [account_taken_over, loans_stopped]}\n    cover:              %s\n    acknowledge_within: %s\n"
    plan = edit(PLAN, (level % ("24x7", "30m"), level % ("working_hours", "{working_hours: 30m}")), ("    update_every:       8h", "    update_every:       7h"))

    def due(start, whose=plan):
        events = drill(plan=whose, head=HEAD.replace("10:00", start), lasts="80h")
        return {name: [e["due_local"] for e in of(events, "clock.start", clock=name)] for name in ("acknowledge", "contain", "update", "reassess")}

    night, day = due("20:00"), due("15:30")
    assert night["acknowledge"] == ["2026-07-13 09:30"] and night["contain"] == ["2026-07-13 17:00"]
    assert day["acknowledge"] == ["2026-07-10 16:00"] and day["contain"] == ["2026-07-13 09:00"]
    assert due("09:30")["contain"] == ["2026-07-10 17:30"]  # the end of the day is still in it
    assert day["update"][:2] == ["2026-07-13 09:00", "2026-07-13 16:00"]
    assert all("09:00" <= at[11:] <= "17:30" and at[:10] != "2026-07-11" for d in (night, day) for at in d["reassess"]) and len(day["reassess"]) > 3
    assert due("20:00", PLAN)["acknowledge"] == ["2026-07-10 20:30"]


def a_ladder_that_tells_nobody_else_keeps_it_quiet():
    quiet = edit(PLAN, ("    again: 1\n", "    again: 1\n    only: yes\n"))
    assert of(drill(), "notify.delivered", about="severity:sev2", person="person:ben")
    assert not of(drill(plan=quiet), "notify.delivered", about="severity:sev2")


def how_long_something_was_not_seen_is_told_apart():
    ask = FIRST + 'question "q" { at = "1m", to = "director", asks = "?", answers = { "a: A", "b: B" }, within = "40h" }\n'
    with tempfile.TemporaryDirectory() as top:
        pathlib.Path(top, "plan.yaml").write_text(PLAN)
        pathlib.Path(top, "scenario.lua").write_text(HEAD % "48h" + ask)
        command = [muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "-o", f"{top}/out", "--fail-on", "never", "--play", "commander,director", "--speed", "600"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
            screen = ""
            while "Somebody else is to have the keyboard: Director. p passes it on." not in screen:  # the commander has something open
                if screen.endswith("you have it.\n"):
                    run.stdin.write("\n")
                    run.stdin.flush()
                letter = run.stdout.read(1)
                assert letter, screen
                screen += letter
            time.sleep(0.3)
            run.communicate("p\n\n1\nbecause\n2\n:end\n:end\n")
        events = [json.loads(line) for line in pathlib.Path(top, "out", "journal.jsonl").read_text().splitlines()]
    answer, asked = of(events, "prompt.answered", card="card:q")[0], of(events, "prompt.open", card="card:q")[0]
    seen = of(events, "notify.opened", message=events[asked["message"] - 1]["message"])[0]
    assert 0 < answer["unseen"] == seen["t"] - asked["t"] <= answer["took"] == answer["t"] - asked["t"]


def a_wrong_address_brings_the_message_back_and_the_next_way_is_taken():
    events = drill('inject "loss" { at = "0m", from = "x", to = "security_lead", via = "pager", says = "y", wrong = { "chiara" }, compromised = { "channel:phone" } }\n')
    assert of(events, "contact.wrong")[0]["who"] == "person:chiara" and of(events, "thing.compromised")[0]["thing"] == "channel:phone"
    back = of(events, "notify.fail", reason="invalid")
    assert back[0]["via"] == "channel:pager" and {e["thing"] for e in back} == {"person:chiara"}
    assert of(events, "notify.delivered", message=back[0]["message"])[0]["via"] == "channel:phone"


def a_stand_in_takes_up_what_was_left_open_and_gives_it_back():
    ask = ('inject "hello" { at = "0m", from = "a", to = "director", via = "phone", says = "y" }\n'
           'question "q" { at = "2m", to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "3h" }\n')
    steer = lambda *typed: drill(ask, options=["--play", "director", "--clock", "steps"], typed=["", *typed, ":end", ":end", ":end"])
    assert of(steer("w 1h"), "prompt.answered")
    assert not of(steer(":seat ana player", "w 1h"), "prompt.answered")  # nobody sits at her screen
    events = steer(":seat ana player", "w 30m", "", ":seat ana stand-in", "w 1h", "w 1h")
    assert [e["seat"] for e in of(events, "seat.changed", person="person:ana")] == ["player", "stand-in"]
    assert of(events, "prompt.answered")[0]["t"] > of(events, "seat.changed", seat="stand-in")[0]["t"] >= 2 * 60000


def more_time_is_given_to_a_question_and_to_what_a_card_expects():
    ask = 'question "q" { at = "2m", to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "10m" }\n'
    play = ["--play", "commander", "--clock", "steps"]
    assert minutes(of(drill(ask, options=play, typed=["", "w 20m", "w 20m", ":end"]), "prompt.silent")[0]) == 12
    events = drill(ask, options=play, typed=["", ":extend 5m 0", "w 20m", "w 20m", ":end"])
    by_card = drill(ask, options=play, typed=["", ":extend 5m Q", "w 20m", "w 20m", ":end"])
    assert [e["object"] for e in acts(by_card, "extend")] == ["prompt:0"] == [e["object"] for e in acts(events, "extend")]
    assert minutes(of(events, "prompt.silent")[0]) == 17 and of(events, "deadline.extended", what="prompt:0")[0]["until"] == 17 * 60000
    card = 'inject "x" { at = "1m", from = "a", to = "commander", via = "phone", says = "y", expect = { "triage", within = "10m" } }\n'
    events = drill(card, options=play, typed=["", ":extend 20m x", "w 40m", "w 40m", "w 40m", ":end"])
    assert minutes(of(events, "expect.missed")[0]) == 31 and of(events, "expect.missed")[0]["window"] == 30 * 60000


def what_is_told_only_to_those_who_ask_is_asked_for():
    asked = of(seat("ask Is the backup from before Tuesday?"), "asked")[0]
    assert asked["person"] == "person:ana" and asked["text"] == "Is the backup from before Tuesday?"


def a_duty_of_minutes_is_due_in_minutes():
    plan = edit(PLAN, ("    rule:     EU-GDPR-33\n", "    starts:   detection\n    within:   90m\n"), ("    template: gdpr_33_notice\n    stated:   72h\n", "    template: gdpr_33_notice\n"))
    clock = of(drill(plan=plan), "clock.start", subject="obligation:gdpr_33")[0]
    assert (clock["window"], clock["due"], clock["due_local"]) == (90 * 60000, 90 * 60000, "2026-07-10 11:30"), clock


def a_step_of_a_ladder_with_nobody_there_counts_and_of_a_role_the_one_who_is_left_out_is_passed_by():
    leave = "    hours:    24x7\n    away:     [{from: 2026-07-01, to: 2026-07-20}]\n"
    first = "      - {to: role:commander,   via: [pager, phone], within: 5m}\n"
    plan = edit(PLAN, (first, first.replace("role:commander,  ", "person:eva,      ")), ("    name:     Eva Quinn\n    hours:    24x7\n", "    name:     Eva Quinn\n" + leave))
    assert [(e["step"], e["to"], e["person"], minutes(e)) for e in of(drill(plan=plan), "escalate.step")] == [(1, "person:eva", None, 0), (2, "role:commander/2", "person:ben", 5)]
    suspect = edit(PLAN, ("    again: 1\n", "    again: 1\n    without: [person:ana]\n"))
    assert [(e["step"], e["person"]) for e in of(drill(plan=suspect), "escalate.step")] == [(1, "person:ben")]


def contained_is_what_is_done_by_whoever_the_cell_names_in_any_form():
    row = "  isolate:\n    {phase: contain, R: [it_operator], A: security_lead, C: [desk_owner], consult_within: 10m, I: [commander],\n     authority: isolate, access: [admin_console]}\n"
    for cell in ("R/A: it_operator", "R: [person:dilip], A: security_lead", "R: [team:ops], A: security_lead"):
        plan = edit(PLAN, (row, "  isolate: {phase: contain, %s}\n" % cell), ("\nteam:\n", "\nteams: {ops: {members: [dilip]}}\n\nteam:\n"))
        met = of(drill(plan=plan), "clock.met", clock="contain")
        assert len(met) == 1 and of(drill(plan=plan), "clock.missed", clock="contain") == [], cell


def what_cannot_reach_one_goes_to_the_next_and_comes_when_a_way_stands_again():
    only = ("    reach:    [{via: pager, address: chiara}, {via: phone, address: \"+353 1 555 0203\"}]\n", "    reach:    [{via: pager, address: chiara}]\n")
    given = of(drill(plan=edit(PLAN, only), options=["--down", "pager_cloud"]), "task.assigned", action="action:triage")
    assert [(e["person"], minutes(e)) for e in given] == [("person:chiara", 0), ("person:dilip", 0)]
    up = 'inject "up" { at = "42m", from = "x", to = "director", via = "phone", says = "y", up = { "pager_cloud", "telephone" } }\n'
    events = drill(FIRST + up, options=["--down", "pager_cloud,telephone"])
    blocked = of(events, "task.blocked", action="action:triage")
    assert [(e["reason"], minutes(e)) for e in blocked] == [("nobody_reached", 0)]
    assert [minutes(e) for e in of(events, "task.assigned", action="action:triage")][-1] == 42 and of(events, "task.done", action="action:triage")


def somebody_named_without_a_role_is_asked_when_they_are_there():
    plan = edit(PLAN, ("  triage:\n    {phase: detect, R: [security_lead]", "  triage:\n    {phase: detect, R: [person:ana]"),
                ("    name:     Ana Weir\n    hours:    24x7\n", "    name:     Ana Weir\n    hours:    mon-fri 10:30-17:00\n"))
    assert [(e["person"], minutes(e)) for e in of(drill(plan=plan), "task.assigned", action="action:triage")] == [("person:ana", 30)]
    team = edit(plan, ("R: [person:ana]", "R: [team:late]"), ("\nteam:\n", "\nteams: {late: {members: [ana]}}\n\nteam:\n"))
    assert [(e["person"], minutes(e)) for e in of(drill(plan=team), "task.assigned", action="action:triage")] == [("person:ana", 30)]


def a_card_for_somebody_who_is_not_there_is_unheard():
    card = 'inject "x" { at = "5m", from = "a", to = { "person:ana", "team:two" }, says = "y", expect = { "isolate", within = "10m" } }\n'
    plan = edit(PLAN, ("\nteam:\n", "\nteams: {two: {members: [ana, ben]}}\n\nteam:\n"))
    events = drill(FIRST + card, plan=plan, options=["--away", "ana,ben"])
    assert [(e["to"], e["why"]) for e in of(events, "inject.unheard", card="card:x")] == [("person:ana", "nobody is there"), ("team:two", "nobody is there")]
    assert of(events, "expect.missed", card="card:x")[0]["outcome"] == "nobody could be asked"


def what_was_declared_by_an_action_of_the_plan_has_happened():
    late = 'inject "late" { at = "3h", class = "contingency", unless = "%s", from = "a", to = "director", says = "y" }\n'
    plan = edit(PLAN, ("  reassess_every: 1h\n", ""))  # whoever looks at the level again says so by a word
    for name in ("act:declare", "declare", "act:change_severity"):
        skipped = of(drill(FIRST + late % name, plan=plan), "inject.skipped", card="card:late")
        assert len(skipped) == (name != "act:change_severity"), name


def to_acknowledge_is_of_the_card_that_expects_it():
    cards = ('inject "x" { at = "5m", from = "a", to = "hr_lead", says = "y", expect = { "acknowledge", within = "10m" } }\n'
             'inject "z" { at = "6m", from = "a", to = "director", says = "y", expect = { "acknowledge", within = "10m" } }\n')
    events = drill(FIRST + cards, assume=ASSUME + "people:\n  eva: {acknowledge: {never: 100}}\n")
    assert of(events, "expect.missed", card="card:x")[0]["outcome"] == "never seen"
    met = of(events, "expect.met", card="card:z")[0]
    assert met["person"] == "person:ben" and events[met["event"] - 1]["kind"] == "notify.ack" and events[met["event"] - 1]["about"] == "card:z"


def what_a_question_expects_is_waited_for():
    ask = 'question "q" { at = "5m", to = "commander", asks = "?", answers = { "a: A", "b: B" }, within = "30m", expect = "%s" }\n'
    met = of(drill(FIRST + ask % "restore"), "expect.met", card="card:q")
    assert met and met[0]["action"] == "action:restore"
    silent = ASSUME + "people:\n" + "".join(f"  {p}: {{answer: {{never: 100}}}}\n" for p in ("ana", "ben", "chiara"))
    missed = of(drill(FIRST + ask % "lessons", assume=silent), "expect.missed", card="card:q")[0]
    assert (missed["outcome"], missed["window"]) == ("never seen", 30 * 60000)


def the_level_that_is_looked_at_again_is_what_the_tests_read_by_then():
    worse = 'inject "worse" { at = "40m", from = "a", to = "security_lead", via = "pager", says = "y", facts = { "personal_data_read" }, expect = { "change_severity", within = "1h" } }\n'
    events = drill(FIRST + worse)
    changed = of(events, "severity.changed")
    assert [(e["from"], e["to"], e["person"], e["authority_ok"]) for e in changed] == [("severity:sev2", "severity:sev1", "person:ana", True)]
    assert of(events, "expect.met", action="act:change_severity")[0]["event"] == changed[0]["n"]
    quorum = of(events, "quorum.met", severity="severity:sev1")[0]
    assert quorum["took"] == quorum["t"] - of(events, "severity.indicated", severity="severity:sev1")[0]["t"]


def news_of_what_is_declared_is_due_until_another_level_is():
    worse = 'inject "worse" { at = "13m", from = "a", to = "security_lead", via = "pager", says = "y", facts = { "personal_data_read" } }\n'
    plan = edit(PLAN, ("  reassess_every: 1h\n", ""), ("    update_every:       8h\n", "    update_every:       1h\n"))
    ends = [e for e in drill(FIRST + worse, plan=plan) if e.get("clock") == "update" and e["kind"] in ("clock.met", "clock.missed")]
    assert len(ends) >= 3 and {e["subject"] for e in ends} == {"severity:sev2"}


def what_was_contained_at_the_level_before_is():
    worse = 'inject "worse" { at = "3h", from = "a", to = "security_lead", via = "pager", says = "y", facts = { "personal_data_read" } }\n'
    met = of(drill(FIRST + worse, lasts="7h"), "clock.met", clock="contain")
    assert [(e["subject"], e["took"] == 0) for e in met] == [("severity:sev2", False), ("severity:sev1", True)]


def nobody_is_waited_for_where_no_quorum_is_named():
    plan = edit(PLAN, ("    sev2: [commander, security_lead]\n", ""))
    assert of(drill(plan=plan), "clock.start", clock="assemble") == []


def a_person_whom_the_plan_names_decides_with_the_authority_that_they_hold():
    row = "  declare:\n    {phase: analyze, R: [commander], A: commander,"
    for who, ok in (("person:ana", True), ("person:finn", False)):
        plan = edit(PLAN, (row, row.replace("R: [commander], A: commander", f"R: [{who}], A: {who}")))
        events = drill(plan=plan)
        assert [e["authority_ok"] for e in of(events, "decision.made", action="action:declare")] == [ok], who
        assert of(events, "incident.declared")[0]["authority_ok"] is ok


def consent_is_what_the_insurer_said_before_the_call():
    insurer = ("\naudiences:\n", "  harbour:\n    organisation: Harbour Mutual\n    kind: insurer\n    reach: [{via: phone, address: \"1\"}]\n    policy: {notice: 24h, consent_before_engaging: yes}\n\naudiences:\n")
    duty = ("\nassets:\n", "  insurer: {starts: %s, within: 24h, action: tell_insurer, route: external:harbour}\n\nassets:\n")
    row = ("  engage_forensics:\n", "  tell_insurer: {R: [legal_lead], A: legal_lead}\n  engage_forensics:\n")
    for starts, consent in (("detection", True), ("incident.declared", False)):
        events = drill(plan=edit(PLAN, insurer, (duty[0], duty[1] % starts), row), lasts="8h") if starts == "detection" else drill(
            plan=edit(PLAN, insurer, (duty[0], duty[1] % "declaration"), row), lasts="8h", assume=ASSUME + "people:\n  eva: {acknowledge: {fast: 1h, usual: 1h, slow: 1h}}\n")
        assert [e["consent"] for e in of(events, "engage.done")] == [consent], starts


def an_owner_who_could_not_be_asked_is_asked_when_they_are_there():
    leave = "    hours:    24x7\n    away:     [{from: 2026-07-10 09:00, to: 2026-07-10 12:00}]\n"
    plan = edit(PLAN, *((f"    name:     {n}\n    hours:    24x7\n", f"    name:     {n}\n" + leave) for n in ("Eva Quinn", "Finn Daly")))
    first = [e for e in of(drill(plan=plan), "message.released", audience="audience:staff") if e["number"] == 1]
    assert len(first) == 1 and 120 <= minutes(first[0]) <= 140, first
    unfilled = of(drill(plan=plan), "role.unfilled", role="role:hr_lead", needed_for="audience:staff")
    assert len(unfilled) == 1


def who_steps_in_is_asked_what_nobody_answered():
    silent = ASSUME + "people:\n  eva: {acknowledge: {never: 100}}\n"
    plan = edit(PLAN, ("    title:     People\n", "    title:     People\n    take_over_after: 20m\n"))
    told = of(drill(plan=plan, assume=silent), "message.released", audience="audience:staff")
    assert told and told[0]["person"] == "person:finn"
    plan = edit(PLAN, ("    title:     Director\n", "    title:     Director\n    take_over_after: 20m\n"))
    events = drill(plan=plan, assume=silent.replace("eva", "ben"))
    asked = [e["person"] for e in of(events, "decision.requested", action="action:tell_readers")]
    assert asked == ["person:ben", "person:eva"] and of(events, "decision.made", action="action:tell_readers")[0]["person"] == "person:eva", asked


def a_leave_that_begins_in_the_drill_hands_on_what_was_in_hand():
    leave = "    hours:    24x7\n    away:     [{from: 2026-07-10 10:10, to: 2026-07-10 11:00}]\n"
    slow = ASSUME + "people:\n  chiara: {work: {fast: 2h, usual: 2h, slow: 2h}}\n"
    plan = edit(PLAN, ("    name:     Chiara Lind\n    hours:    24x7\n", "    name:     Chiara Moss\n" + leave))
    events = drill(plan=plan, assume=slow)
    given = [(e["person"], minutes(e), e["because"]) for e in of(events, "task.assigned", action="action:triage")]
    assert given == [("person:chiara", 0, "step:account_takeover/triage"), ("person:dilip", 10, "person:chiara is away")], given
    assert of(events, "task.done", action="action:triage")[0]["person"] == "person:dilip"
    assert [(e["person"], minutes(e)) for e in of(events, "role.filled", role="role:security_lead")] == [("person:chiara", 0), ("person:dilip", 10), ("person:chiara", 60)]
    away = drill(FIRST + 'inject "gone" { at = "10m", from = "a", to = "director", says = "y", away = { "chiara" } }\n', assume=slow)
    assert [e["person"] for e in of(away, "task.done", action="action:triage")] == ["person:dilip"]


def a_final_report_counts_from_the_report_before_it_not_from_the_first():
    duties = ("\nassets:\n", "".join(f"  {name}: {{rule: {rule}, action: {action}, route: external:csirt}}\n" for name, rule, action in (
        ("early", "EU-NIS2-EW", "warn"), ("notice", "EU-NIS2-IN", "notify_csirt"), ("final", "EU-NIS2-FR", "report"))) + "\nassets:\n")
    rows = ("  engage_forensics:\n", "".join(f"  {a}: {{R: [{r}], A: legal_lead}}\n" for a, r in (("warn", "legal_lead"), ("notify_csirt", "hr_lead"), ("report", "legal_lead"))) + "  engage_forensics:\n")
    csirt = ("\naudiences:\n", "  csirt: {organisation: CSIRT, kind: regulator, reach: [{via: phone, address: \"1\"}]}\n\naudiences:\n")
    aware = 'story "s" (function () wait "5m" aware "personal_data_read" end)\n'
    swapped = ASSUME.replace("defaults", "people:\n  finn: {acknowledge: {usual: 2m}}\ndefaults")
    events = drill(FIRST + aware, plan=edit(PLAN, duties, rows, csirt), assume=swapped, lasts="6h")
    met = {e["subject"]: e["t"] for e in of(events, "clock.met", clock="obligation")}
    begun = [e["t"] for e in of(events, "clock.start", subject="obligation:final")]
    assert met["obligation:early"] < met["obligation:notice"] and begun == [met["obligation:notice"]], (met, begun)
    alone = edit(PLAN, (duties[0], duties[1].replace("  notice: {rule: EU-NIS2-IN, action: notify_csirt, route: external:csirt}\n", "")), rows, csirt)
    events = drill(FIRST + aware, plan=alone, assume=swapped, lasts="6h")
    assert [e["t"] for e in of(events, "clock.start", subject="obligation:final")] == [of(events, "clock.met", subject="obligation:early")[0]["t"]]


def a_rotation_changes_hands_at_each_of_its_turns_and_where_an_override_or_its_hours_begin_and_end():
    def hands(rota, head=HEAD, lasts="30h"):
        plan = edit(PLAN, ("    holders:   [ana, ben, chiara]\n    authority: [declare]", "    rotation:  rota\n    authority: [declare]"), ("\nteam:\n", "\nrotations:\n  rota: {members: [ana, ben, chiara], %s}\n\nteam:\n" % rota))
        return [(e["from"][7:], e["to"][7:], minutes(e)) for e in of(drill(plan=plan, head=head, lasts=lasts), "handover", role="role:commander")]
    assert hands("turn: 12h, from: 2026-07-09 11:00") == [("ben", "chiara", 60), ("chiara", "ana", 780), ("ana", "ben", 1500)]
    assert hands("turn: 1d, from: 2026-07-10 11:00") == [("ana", "ben", 1500)]  # the first turn is still to come
    leap = HEAD.replace("2026-07-10 10:00", "2028-02-29 08:00")
    assert hands("turn: 1 months, from: 2028-01-31 09:00", leap) == [("ana", "ben", 60)]
    spring = HEAD.replace("2026-07-10 10:00", "2026-03-28 20:00")
    assert hands("turn: 1d, from: 2026-03-26 08:00", spring) == [("chiara", "ana", 660)]  # an hour of that night is not
    over = "turn: 7d, from: 2026-07-06 09:00, overrides: [{from: 2026-07-10 10:30, to: 2026-07-10 12:00, person: dilip}]"
    assert hands(over) == [("ana", "dilip", 30), ("dilip", "ana", 120)]
    hours = "turn: 1d, from: 2026-07-10 09:00, restrict: mon-sun 09:00-17:00, under: person:eva"
    assert hands(hours) == [("ana", "eva", 420), ("eva", "ben", 1380)]


def whoever_has_rested_relieves_whom_nobody_could():
    plan = edit(PLAN, ("    holders:   [ana, ben, chiara]\n    authority: [declare]", "    holders:   [ana, ben]\n    longest_shift: 2h\n    rest: 3h\n    authority: [declare]"))
    over = of(drill(plan=plan, lasts="6h"), "shift.over", role="role:commander")
    assert [(e["person"], e["relieved_by"], minutes(e)) for e in over] == [
        ("person:ana", "person:ben", 120), ("person:ben", None, 240), ("person:ben", "person:ana", 300)], over


def nobody_asks_themselves_for_advice():
    plan = edit(PLAN, ("C: [desk_owner], consult_within: 10m", "C: [person:dilip]"))
    events = drill(plan=plan)
    assert of(events, "task.wait", action="action:isolate") == [] and of(events, "task.done", action="action:isolate")


def words_that_are_ready_go_out_when_a_channel_stands_again():
    cards = ('inject "down" { at = "5m", from = "a", to = "director", via = "phone", says = "y", down = { "pager_cloud", "office_suite", "channel:notice_page" } }\n'
             'inject "up" { at = "70m", from = "a", to = "director", via = "phone", says = "y", up = { "office_suite" } }\n')
    events = drill(FIRST + cards)
    failed = [minutes(e) for e in of(events, "notify.fail", to="audience:customers")]
    sent = [(e["via"], minutes(e)) for e in of(events, "message.released", audience="audience:customers") if e["number"] == 1]
    assert len(failed) == 1 and failed[0] < 70 and len(sent) == 1 and sent[0][0] == "channel:mail" and 70 <= sent[0][1] <= 76, (failed, sent)


def a_level_that_is_declared_before_the_tests_read_it_calls_as_it_says():
    play = ["--play", "commander", "--clock", "steps"]
    events = drill(options=play, typed=["", "s sev1 it looks worse", "w 10m", ":end"])
    said = of(events, "act", verb="declare", object="severity:sev1")[0]
    begun = {e["clock"]: e["window"] // 60000 for e in of(events, "clock.start", subject="severity:sev1", starts_with="severity.set")}
    assert begun == {"acknowledge": 15, "assemble": 45, "contain": 180, "reassess": 60}, begun
    assert [e["because"] for e in of(events, "escalate.trigger")] == ["severity:sev2"]  # it calls already: nobody is called twice for one thing
    back = drill(options=play, typed=["", "s sev1 it looks worse", f":undo {said['n']} a slip", "w 10m", ":end"])
    assert {e["clock"] for e in of(back, "clock.void", subject="severity:sev1")} == {"acknowledge", "assemble", "contain", "update", "reassess"}
    again = [e["clock"] for e in of(back, "clock.resumed", subject="severity:sev2")]
    assert {"contain", "declare"} <= set(again) and of(back, "severity.back"), again


def who_could_not_be_called_to_assemble_is_called_when_they_are_there():
    gone = 'inject "gone" { at = "0m", from = "a", to = "director", via = "phone", says = "y", away = { "chiara", "dilip" } }\ninject "back" { at = "30m", from = "a", to = "director", via = "phone", says = "y", back = { "dilip" } }\n'
    events = drill(FIRST + gone)
    assert [(e["severity"], 30 <= minutes(e) < 35) for e in of(events, "quorum.met")] == [("severity:sev2", True)]
    swap = 'inject "out" { at = "0m", from = "a", to = "director", says = "y", away = { "chiara" } }\ninject "swap" { at = "2h", from = "a", to = "director", says = "y", away = { "dilip" }, back = { "chiara" } }\n'
    assert of(drill(FIRST + swap), "role.unfilled", role="role:security_lead") == []


def who_does_not_answer_is_asked_again_in_turn():
    silent = ASSUME + "people:\n" + "".join(f"  {who}: {{acknowledge: {{never: 100}}, start: {{never: 100}}}}\n" for who in ("ana", "ben", "chiara", "dilip"))
    plan = edit(PLAN, ("{phase: detect, R: [security_lead], A: commander", "{phase: detect, R: [commander, it_operator], A: commander"))
    asked = [(e["role"][5:], e["person"][7:]) for e in of(drill(plan=plan, assume=silent, lasts="3h"), "task.assigned", action="action:triage")]
    assert asked[:8] == [("commander", "ana"), ("commander", "ben"), ("commander", "chiara"), ("it_operator", "dilip")] * 2, asked
    down = 'inject "down" { at = "20m", from = "x", to = "director", via = "phone", says = "y", away = { "ana" } }\n'
    asked = [e["person"][7:] for e in of(drill(FIRST + down, plan=plan, assume=silent, lasts="3h"), "task.assigned", action="action:triage")]
    assert asked[:7] == ["ana", "ben", "chiara", "dilip", "ben", "chiara", "dilip"], asked
    nobody = drill(options=["--away", "chiara,dilip"])  # each role is missed once
    assert len(of(nobody, "role.unfilled", role="role:security_lead", needed_for="action:triage")) == 1


OTHER_LADDER = [("    escalation:         standard\n    inform:             [role:director, role:legal_lead", "    escalation:         grave\n    inform:             [role:director, role:legal_lead"),
                ("    again: 1\n", "    again: 1\n  grave:\n    steps:\n      - {to: role:director, via: [phone], within: 10m}\n      - {to: team:all, via: [phone], within: 10m}\n")]
NOBODY = ASSUME.replace("acknowledge: {fast: 2m, usual: 2m, slow: 2m, never: 0", "acknowledge: {fast: 2m, usual: 2m, slow: 2m, never: 100")


def a_ladder_stops_where_the_level_that_began_it_is_taken_back():
    play, plan = ["--play", "commander", "--clock", "steps", "--fail-on", "never"], edit(PLAN, *OTHER_LADDER)
    raised = lambda *typed: drill(options=play, plan=plan, assume=NOBODY, typed=["", "s sev1 it looks worse", *typed, "w 1h", "w 1h", ":end"])
    events = raised()
    said = of(events, "act", verb="declare", object="severity:sev1")[0]
    begun = of(events, "escalate.trigger", ladder="escalation:grave")[0]
    assert [e["because"] for e in of(events, "escalate.trigger")] == ["severity:sev2", "severity:sev1"] and of(events, "escalate.step", ladder="escalation:grave", step=2)
    back = raised(f":undo {said['n']} a slip")
    assert [(e["ladder"], e["undoes"]) for e in of(back, "escalate.void")] == [("escalation:grave", begun["n"])]
    assert not of(back, "escalate.step", ladder="escalation:grave", step=2) and of(back, "escalate.step", ladder="escalation:standard", step=2)
    # What the tests of the plan called stays called, whatever is said of it and taken back.
    same = drill(options=play, assume=NOBODY, typed=["", "s sev2 it is", ":undo %d a slip" % of(drill(options=play, assume=NOBODY, typed=["", "s sev2 it is", ":end"]), "act", verb="declare")[0]["n"], "w 1h", ":end"])
    assert of(same, "severity.back") and not of(same, "escalate.void") and of(same, "escalate.step", step=2)


def a_level_that_a_slip_has_raised_has_its_own_times_again():
    play = ["--play", "commander", "--clock", "steps", "--fail-on", "never"]
    slip = ["", "a", "s sev2 it is", "s sev1 a slip"]
    said = of(drill(options=play, typed=[*slip, ":end"]), "act", verb="declare", object="severity:sev1")[0]
    events = drill(options=play, typed=[*slip, f":undo {said['n']} a slip", *["w 2h"] * 12, ":end"], lasts="20h")
    began = {e["n"]: e for e in of(events, "clock.start")}
    again = {began[e["started"]]["clock"]: began[e["started"]]["due"] - e["t"] - e["left"] for e in of(events, "clock.resumed", subject="severity:sev2")}
    assert again == {"contain": 0, "reassess": 0}, again  # the first news were given
    assert {e["clock"] for e in of(events, "clock.void", subject="severity:sev1")} == {"acknowledge", "assemble", "contain", "update", "reassess"}
    ended = [e for kind in ("clock.met", "clock.missed", "clock.open") for e in of(events, kind) if e["subject"] == "severity:sev1"]
    looked = [e["due"] // 60000 for e in of(events, "clock.start", clock="reassess", subject="severity:sev2")]
    news = [minutes(e) for e in of(events, "clock.start", clock="update", subject="severity:sev2")]
    assert not ended and looked[:2] == [60, 120] and news == [0, 480, 960], (ended, looked, news)
    late = drill(options=play, typed=[*slip, "w 70m", "w 70m", *["w 20m"] * 4, f":undo {said['n']} a slip", *["w 2h"] * 12, ":end"], lasts="20h")
    back = of(late, "severity.back")[0]
    missed = [e for e in of(late, "clock.missed", clock="reassess", subject="severity:sev2") if e["t"] == back["t"]]
    anew = [e for e in of(late, "clock.start", clock="reassess", subject="severity:sev2") if e["t"] == back["t"]]
    assert minutes(back) > 60 and len(missed) == len(anew) == 1, (back, missed, anew)


def a_level_of_working_hours_that_is_taken_back_calls_nobody_when_they_begin():
    plan = edit(PLAN, ("personal_data_read, loans_stopped for 2h]}\n    cover:              24x7", "personal_data_read, loans_stopped for 2h]}\n    cover:              working_hours"))
    night = 'exercise { title = "T", kind = "account_takeover", starts = "2026-07-10 03:00", lasts = "%s" }\n'
    quiet = 'inject "first" { at = "0m", from = "a log", to = "commander", via = "pager", says = "x" }\n'
    play = dict(scenario=quiet, plan=plan, lasts="8h", head=night, options=["--play", "commander", "--clock", "steps", "--fail-on", "never"])
    events = drill(typed=["", "a", "s sev1 it is", *["w 4h"] * 9, ":end"], **play)
    said = of(events, "act", verb="declare")[0]
    assert [minutes(e) for e in of(events, "escalate.trigger")] == [360]
    back = drill(typed=["", "a", "s sev1 it is", f":undo {said['n']} a slip", *["w 4h"] * 9, ":end"], **play)
    assert of(back, "severity.back") and not of(back, "escalate.trigger") and of(back, "exercise.end")


def a_ladder_that_still_calls_is_not_begun_again_by_a_worse_level():
    worse = 'inject "worse" { at = "%s", from = "a log", to = "director", via = "phone", says = "y", facts = { "personal_data_read" } }\n'
    open_still = drill(FIRST + worse % "7m", assume=NOBODY)
    assert [e["severity"] for e in of(open_still, "severity.indicated")] == ["severity:sev2", "severity:sev1"]
    assert [e["because"] for e in of(open_still, "escalate.trigger")] == ["severity:sev2"]
    assert [(e["step"], minutes(e)) for e in of(open_still, "escalate.step", person="person:ana")][:3] == [(1, 0), (3, 10), (1, 15)]
    answered = drill(FIRST + worse % "7m")  # by whoever took the call; the worse level calls anew
    assert [e["because"] for e in of(answered, "escalate.trigger")] == ["severity:sev2", "severity:sev1"]
    over = drill(FIRST + worse % "50m", assume=NOBODY)
    assert [e["because"] for e in of(over, "escalate.trigger")] == ["severity:sev2", "severity:sev1"] and minutes(of(over, "escalate.exhausted")[0]) < 50
    other = drill(FIRST + worse % "7m", plan=edit(PLAN, *OTHER_LADDER), assume=NOBODY)
    assert [e["ladder"] for e in of(other, "escalate.trigger")] == ["escalation:standard", "escalation:grave"]


def the_final_report_counts_from_the_latest_intermediate_one():
    """Delegated Regulation (EU) 2025/301, article 5(1)(c): one month after the intermediate report or, where there is one, the latest updated one."""
    duties = ("  gdpr_34:\n    rule:          EU-GDPR-34\n", "  middle:\n    rule:   EU-DORA-IM\n    action: file_middle\n    route:  external:dpc\n%s"
              "  final:\n    rule:   EU-DORA-FR\n    action: file_final\n    route:  external:dpc\n  gdpr_34:\n    rule:          EU-GDPR-34\n")
    first = ("    rule:     EU-GDPR-33\n", "    rule:     EU-DORA-IN-B\n"), ("    stated:   72h\n  gdpr_record", "  gdpr_record"), (
        "  tell_readers:\n", "  file_middle: {R: [legal_lead], A: legal_lead}\n  file_final: {R: [legal_lead], A: legal_lead, access: [backup_console]}\n  tell_readers:\n")
    plan = edit(PLAN, *first, (duties[0], duties[1] % "    repeat: 26h\n"))
    stuck = dict(options=["--down", "backup_console"], lasts="72h")  # the final report is not written
    events = drill(plan=plan, **stuck)
    sent, final = of(events, "clock.met", clock="obligation", subject="obligation:middle"), of(events, "clock.start", subject="obligation:final")
    assert len(sent) >= 3 and [e["t"] for e in final] == [e["t"] for e in sent] and len({e["due_local"] for e in final}) > 1, (sent, final)
    assert [e["undoes"] for e in of(events, "clock.void", subject="obligation:final")] == [e["n"] for e in final[:-1]]
    nis = edit(PLAN, ("    rule:     EU-GDPR-33\n", "    rule:     EU-NIS2-EW\n"), *first[1:], (duties[0], duties[1].replace("DORA-IM", "NIS2-IN").replace("DORA-FR", "NIS2-FR") % "    repeat: 26h\n"))
    events = drill(plan=nis, **stuck)
    assert len(of(events, "clock.met", clock="obligation", subject="obligation:middle")) > 1 and len(of(events, "clock.start", subject="obligation:final")) == 1


def every_kind_of_event_is_written_by_some_drill_above():
    table = (pathlib.Path(__file__).parents[2] / "engine/journal/event.c").read_text()
    kinds = set(re.findall(r'\] = \{"([a-z.]+)", ', table)) - {"none"}
    assert not kinds - written, sorted(kinds - written)
    assert not written - kinds, sorted(written - kinds)


tests = [f for name, f in list(globals().items()) if callable(f) and f.__module__ == "__main__" and name not in ("edit", "drill", "of", "minutes", "seat", "acts", "numbered")]
failed = 0
for test in tests:
    try:
        test()
    except Exception as wrong:  # pylint: disable=broad-except
        failed += 1
        print(f"FAILED {test.__name__}: {type(wrong).__name__} {wrong} (line {wrong.__traceback__.tb_next.tb_lineno})")
print(f"{len(tests) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
