#!/usr/bin/env python3
"""rules.py MUSTER STARTER: the engine's rules, each on a small edit of the starter plan and a small scenario. A test is a
function named as a sentence; its drill is played without people and its journal read."""
import json
import pathlib
import subprocess
import sys
import tempfile

muster, starter = sys.argv[1], pathlib.Path(sys.argv[2])
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


def drill(scenario=FIRST, plan=PLAN, assume=ASSUME, lasts="4h", options=()):
    with tempfile.TemporaryDirectory() as top:
        files = {"plan.yaml": plan, "scenario.lua": HEAD % lasts + scenario, "assume.yaml": assume}
        for name, text in files.items():
            pathlib.Path(top, name).write_text(text)
        run = subprocess.run([muster, "run", f"{top}/plan.yaml", f"{top}/scenario.lua", "--assume", f"{top}/assume.yaml", "-o", f"{top}/out",
                              "--seed", "1", *options], capture_output=True, text=True)
        assert run.returncode in (0, 1), run.stderr
        return [json.loads(line) for line in pathlib.Path(top, "out", "journal.jsonl").read_text().splitlines()]


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
    assert of(events, "channel.switched")[0]["to"] == "channel:phone"
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


def a_wrong_address_brings_the_message_back_and_the_next_way_is_taken():
    events = drill('inject "loss" { at = "0m", from = "x", to = "security_lead", via = "pager", says = "y", wrong = { "chiara" }, compromised = { "channel:phone" } }\n')
    assert of(events, "contact.wrong")[0]["who"] == "person:chiara" and of(events, "thing.compromised")[0]["thing"] == "channel:phone"
    back = of(events, "notify.fail", reason="invalid")
    assert back[0]["via"] == "channel:pager" and {e["thing"] for e in back} == {"person:chiara"}
    assert of(events, "notify.delivered", message=back[0]["message"])[0]["via"] == "channel:phone"


tests = [f for name, f in list(globals().items()) if callable(f) and f.__module__ == "__main__" and name not in ("edit", "drill", "of", "minutes")]
failed = 0
for test in tests:
    try:
        test()
    except Exception as wrong:  # pylint: disable=broad-except
        failed += 1
        print(f"FAILED {test.__name__}: {type(wrong).__name__} {wrong} (line {wrong.__traceback__.tb_next.tb_lineno})")
print(f"{len(tests) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
