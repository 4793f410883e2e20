"""Gaps of what an exercise is evidence of: one edit that must show each, one near miss that must not."""
from edits import ASSUME, FIRST, edit, run

STARTER = "starter/plan.yaml"
DONE = ("improvements:\n  - {id: two, gap: ROL-08, subject: role:legal_lead, action: a second holder, element: organisation, owner: role:director, start: 2026-01-01, due: 2026-03-01,\n"
        "     state: done, closed: 2026-02-01, retest: {date: 2026-02-10, result: passed}}\n")
OPEN = DONE.replace("state: done, closed: 2026-02-01, retest: {date: 2026-02-10, result: passed}", "state: open").replace("2026-03-01", "2026-12-01")
CLAIM = '  claims:       {answer: {text: the night desk answers in four minutes, measure: median, n: 6, value: 4m, origin: asked}}\n'
EXERCISE = '  lasts    = "3h",\n'


def rows(gap, must, near, subject="improvement:two", **more):
    return edit(gap, subject, "facts:\n", must + "facts:\n", near + "facts:\n", base=STARTER, **more)


def scene(gap, subject, old, new, near, scenario="starter/scenario.lua", base=STARTER, **more):
    return edit(gap, subject, "", [(old, new)], [(old, near)], base=base, scenario=scenario, script=[(old, old)], **more)

RATE = '  claims:       {on_time: {text: most notices were in time, measure: rate, n: %d, value: %s}}\n'

PAPER = [
    scene('EXR-01', 'objective:notify', '  tests  = "notify",\n}', '  tests  = "contain",\n}', '  tests  = "notify",\n  controller = "call twice",\n}'),
    scene('EXR-01', 'objective:notify',
          '  says   = [["I got a mail from you that asks for my card number. Was that you?"]],\n  expect = { "tell_readers", within = "60m" },\n',
          '  says   = [["I got a mail from you that asks for my card number. Was that you?"]],\n',
          '  says   = [["I got a mail from you that asks for my card number. Was that you?"]],\n  expect = { "look_up", within = "60m" },\n', also=("EXR-05",)),
    edit('EXR-03', 'playbook:insider',
         'kind: tabletop, scenarios: [ransomware]}', 'kind: tabletop, scenarios: [ransomware], exercised: [ransomware, insider]}', 'kind: tabletop, scenarios: [ransomware, insider_exfiltration], exercised: [ransomware, insider]}'),
    scene('EXR-04', 'person:finn', EXERCISE, EXERCISE + '  evaluators = { "finn", "Mo Lund" },\n', EXERCISE + '  evaluators = { "Mo Lund" },\n'),  # may have to play
    scene('EXR-04', 'person:eva', EXERCISE, EXERCISE + '  evaluators = { "person:eva" },\n', EXERCISE + '  evaluators = { "Mo Lund" },\n'),  # answers for tell_readers
    scene('EXR-04', 'person:eva', EXERCISE, EXERCISE + '  evaluators = { "eva" },\n', EXERCISE + '  director = "eva",\n',  # owns the plan
          first=[('  owner:        security_lead\n', '  owner:        hr_lead\n'), ('    {R: [comms_lead], A: director, C: [legal_lead]', '    {R: [comms_lead], A: comms_lead, C: [legal_lead]')]),
    scene('EXR-04', 'person:ben', EXERCISE, EXERCISE + '  director = "role:commander",\n', EXERCISE + '  director = "person:eva",\n'),
    scene('EXR-05', 'card:an export', '  expect = { "isolate", within = "45m" },\n', '', '  class  = "contextual",\n'),
    rows('EXR-06', OPEN.replace("owner: role:director, ", ""), OPEN),
    rows('EXR-06', OPEN.replace("element: organisation, ", ""), OPEN.replace("element: organisation, ", "").replace("state: open", "state: waived")),
    edit('EXR-07', 'claim:answer', '  stored:\n', '  claims:       {answer: {text: nine in ten pages are answered in eight minutes, measure: p90, n: 28, value: 8m}}\n  stored:\n',
         '  claims:       {answer: {text: nine in ten pages are answered in eight minutes, measure: p90, n: 29, value: 8m}}\n  stored:\n', base=STARTER),
    edit('EXR-07', 'claim:on_time', '  stored:\n', '  claims:       {on_time: {text: every notice was in time, measure: rate, value: 100%}}\n  stored:\n',
         '  claims:       {on_time: {text: every notice was in time, measure: rate, n: 3, value: 100%}}\n  stored:\n', base=STARTER),
    edit('EXR-08', 'claim:answer', '  stored:\n', CLAIM.replace('asked', 'default') + '  stored:\n', CLAIM + '  stored:\n', base=STARTER),
    rows('EXR-09', DONE.replace(", retest: {date: 2026-02-10, result: passed}", ""), DONE),
    rows('EXR-09', DONE.replace("result: passed", "result: failed"), DONE),
    rows('EXR-09', DONE.replace("date: 2026-02-10", "date: 2026-07-12"), DONE.replace("date: 2026-02-10", "date: 2026-07-11")),
    rows('EXR-09', DONE.replace("date: 2026-02-10", "date: 2026-01-31"), DONE.replace("date: 2026-02-10", "date: 2026-02-01")),
    rows('HYG-12', OPEN.replace("2026-12-01", "2026-07-09"), OPEN.replace("2026-12-01", "2026-07-10")),
    rows('HYG-12', DONE + OPEN.split("\n", 1)[1].replace("id: two", "id: again"), DONE + OPEN.split("\n", 1)[1].replace("id: two", "id: again").replace("role:legal_lead", "role:hr_lead"), subject="improvement:again"),
    rows('HYG-12', DONE, DONE.replace("role:legal_lead", "role:hr_lead"), first=[("  legal_lead:\n    title:     Legal and Privacy\n    function:  legal\n    holders:   [eva, finn]", "  legal_lead:\n    title:     Legal and Privacy\n    function:  legal\n    holders:   [eva]")]),
    edit('EXR-07', 'claim:on_time', '  stored:\n', RATE % (3, '95 %') + '  stored:\n', RATE % (19, '95 %') + '  stored:\n', base=STARTER),
    edit('EXR-07', 'claim:on_time', '  stored:\n', RATE % (3, '66.6 %') + '  stored:\n', RATE % (3, '66.7 %') + '  stored:\n', base=STARTER),
    rows('HYG-12', OPEN.replace('2026-12-01', '2026-07-09'), OPEN.replace('2026-12-01', '2026-07-10'), at='2026-07-10 00:00'),
]

FEW = ('  metrics:      [', '  limits:       {exercised: 95}\n  metrics:      [')
MANY = ('  metrics:      [', '  limits:       {exercised: 40}\n  metrics:      [')
GUESSED = ASSUME.replace("origin: asked", "origin: default")
SHORT = ('    acknowledge_within: 30m\n', '    acknowledge_within: 1m\n')  # nobody can keep this, so a gap rests on how people behave
# The whole quorum of sev2 at the keyboard, and one of them declares it.
PLAYED = {'args': ["--play", "commander,security_lead", "--clock", "steps"], 'lines': "\na\nstart triage\ndone triage\nw 5m\na\nstart declare\ndone declare sev2 it is\n:end\n:end\n"}
CALLED = FIRST.replace("facts = {", "expect = { \"declare\" }, facts = {")
CLOSED = "improvements:\n  - {id: quick, gap: TIM-01, subject: severity:sev2, action: a louder pager, element: equipment, owner: role:director, start: 2026-01-01, due: 2026-03-01,\n" \
         "     state: done, closed: 2026-02-01, retest: {date: 2026-02-10, result: passed}}\n"

RUNS = [
    run('EXR-02', 'severity:sev2', {'args': ["--play", "director", "--clock", "steps"], 'lines': "\nw 170m\n:end\n", 'script': CALLED}, PLAYED),
    run('EXR-03', 'playbook:account_takeover', {'plan': [FEW]}, {'plan': [MANY]}),
    run('EXR-08', 'assumptions', {'plan': [SHORT], 'assume': GUESSED}, {'plan': [SHORT]}),
    run('HYG-12', 'improvement:quick', {'plan': [SHORT, ('facts:\n', CLOSED + 'facts:\n')]}, {'plan': [('facts:\n', CLOSED + 'facts:\n')]}),
]
