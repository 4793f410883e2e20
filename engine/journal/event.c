#include "journal/event.h"

#include <string.h>

#define NAME(key) {key, F_NAME}
#define NUM(key) {key, F_NUMBER}
#define YES(key) {key, F_YES}
#define AT(key) {key, F_MOMENT}
#define FOR(key) {key, F_DURATION}
#define REF(key) {key, F_EVENT}

const mu_event_kind mu_event_kinds[EV_KINDS] = {
    [EV_NONE] = {"none", {{NULL, F_END}}},
    [EV_PINNED] = {"run.pinned", {NAME("engine"), NAME("plan"), NAME("scenario"), NAME("assumptions"), NAME("seed"), NAME("title"),
                                  NAME("kind_of_incident"), NAME("starts"), NAME("zone"), FOR("lasts"), NAME("mode")}},
    [EV_OPTION] = {"run.option", {NAME("option"), NAME("value")}},
    [EV_PERSON_PINNED] = {"person.pinned", {NAME("person"), NAME("name"), NAME("seat")}},
    [EV_ASSUMED] = {"assumed", {NAME("habit"), NAME("person"), NAME("origin"), FOR("usual"), NUM("never")}},
    [EV_OBJECTIVE_PINNED] = {"objective.pinned", {NAME("objective"), NAME("text")}},
    [EV_STAFF_PINNED] = {"staff.pinned", {NAME("who"), NAME("does")}},
    [EV_CARD_PINNED] = {"card.pinned", {NAME("card"), NAME("class"), AT("at"), NAME("to"), NAME("from"), NAME("says"), NAME("objective"), NAME("controller"), NAME("expect"),
                                        FOR("within")}},
    [EV_START] = {"exercise.start", {{NULL, F_END}}},
    [EV_END] = {"exercise.end", {NAME("why")}},
    [EV_PAUSE] = {"pause", {NAME("by"), NAME("why")}},
    [EV_RESUME] = {"resume", {NAME("by"), FOR("wall_paused")}},
    [EV_SPEED] = {"speed", {NAME("by"), NUM("thousandths")}},
    [EV_JUMP] = {"jump", {NAME("by"), AT("to")}},
    [EV_STOP] = {"stop", {NAME("by"), NAME("why")}},
    [EV_DOWNTIME] = {"downtime", {FOR("wall_away")}},
    [EV_EXTENDED] = {"deadline.extended", {NAME("what"), NAME("person"), AT("until"), NAME("by")}},
    [EV_ACT] = {"act", {NAME("seat"), NAME("role"), NAME("person"), NAME("verb"), NAME("object"), NAME("choice"), NAME("via"), NAME("text"),
                        NUM("sure"), NAME("id")}},
    [EV_ROLE_FILLED] = {"role.filled", {NAME("role"), NAME("person"), NAME("way")}},
    [EV_ROLE_UNFILLED] = {"role.unfilled", {NAME("role"), NAME("why"), NAME("needed_for")}},
    [EV_ROLE_SHORT] = {"role.short", {NAME("role"), NUM("there"), NUM("needed"), NAME("needed_for")}},
    [EV_HANDOVER] = {"handover", {NAME("role"), NAME("from"), NAME("to"), NAME("way")}},
    [EV_SHIFT_OVER] = {"shift.over", {NAME("role"), NAME("person"), FOR("worked"), NAME("relieved_by")}},
    [EV_AWAY] = {"person.away", {NAME("person"), NAME("by")}},
    [EV_BACK] = {"person.back", {NAME("person"), NAME("by")}},
    [EV_SEAT] = {"seat.changed", {NAME("person"), NAME("seat"), NAME("by")}},
    [EV_DOWN] = {"thing.down", {NAME("thing"), NAME("by")}},
    [EV_UP] = {"thing.up", {NAME("thing"), NAME("by")}},
    [EV_CHANNEL_DOWN] = {"channel.down", {NAME("channel"), NAME("because")}},
    [EV_CHANNEL_UP] = {"channel.up", {NAME("channel")}},
    [EV_CHANNEL_SWITCHED] = {"channel.switched", {NAME("from"), NAME("to"), NAME("person")}},
    [EV_COMPROMISED] = {"thing.compromised", {NAME("thing"), NAME("by")}},
    [EV_WRONG_CONTACT] = {"contact.wrong", {NAME("who"), NAME("by")}},
    [EV_FACT] = {"fact", {NAME("fact"), NAME("by")}},
    [EV_AWARE] = {"aware", {NAME("fact"), NAME("by")}},
    [EV_PHASE] = {"phase", {NAME("phase"), NAME("by")}},
    [EV_INJECT_DELIVERED] = {"inject.delivered", {NAME("card"), NAME("to"), NAME("person"), NAME("via"), REF("message"), NAME("by"), NAME("from")}},
    [EV_INJECT_HELD] = {"inject.held", {NAME("card"), NAME("why")}},
    [EV_INJECT_DEFERRED] = {"inject.deferred", {NAME("card"), FOR("drift"), NAME("by")}},
    [EV_INJECT_CANCELLED] = {"inject.cancelled", {NAME("card"), NAME("by"), NAME("why")}},
    [EV_INJECT_SKIPPED] = {"inject.skipped", {NAME("card"), NAME("why")}},
    [EV_CONTINGENCY] = {"contingency.fired", {NAME("card"), NAME("because")}},
    [EV_INJECT_UNHEARD] = {"inject.unheard", {NAME("card"), NAME("to"), NAME("why")}},
    [EV_PROMPT_OPEN] = {"prompt.open", {NUM("prompt"), NAME("card"), NAME("role"), NAME("person"), AT("until"), REF("message"), NAME("decides")}},
    [EV_PROMPT_ANSWERED] = {"prompt.answered", {NUM("prompt"), NAME("card"), NAME("role"), NAME("person"), NAME("answer"), FOR("took"),
                                                NAME("reason"), NUM("sure"), YES("in_time"), FOR("unseen")}},
    [EV_PROMPT_SILENT] = {"prompt.silent", {NUM("prompt"), NAME("card"), NAME("role"), NAME("person")}},
    [EV_EXPECT_MET] = {"expect.met", {NAME("card"), NAME("action"), NAME("outcome"), NAME("person"), FOR("took"), REF("event")}},
    [EV_EXPECT_MISSED] = {"expect.missed", {NAME("card"), NAME("action"), NAME("outcome"), FOR("window")}},
    [EV_EXPECT_OPEN] = {"expect.open", {NAME("card"), NAME("action"), FOR("left")}},
    [EV_STORY_STARTED] = {"story.started", {NAME("story")}},
    [EV_STORY_ENDED] = {"story.ended", {NAME("story")}},
    [EV_STORY_FAILED] = {"story.failed", {NAME("story"), NAME("why")}},
    [EV_CHANCE] = {"chance", {NAME("story"), NUM("of"), NUM("drawn")}},
    [EV_NOTE] = {"note", {NAME("text"), NAME("by")}},
    [EV_NOTIFY_ATTEMPT] = {"notify.attempt", {NUM("message"), NAME("to"), NAME("person"), NAME("via"), NAME("about"), NAME("reason")}},
    [EV_NOTIFY_DELIVERED] = {"notify.delivered", {NUM("message"), NAME("person"), NAME("via"), NAME("about")}},
    [EV_NOTIFY_OPENED] = {"notify.opened", {NUM("message"), NAME("person")}},
    [EV_NOTIFY_ACK] = {"notify.ack", {NUM("message"), NAME("person"), NAME("about"), FOR("took"), FOR("unseen")}},
    [EV_NOTIFY_WAITS] = {"notify.waits", {NUM("message"), NAME("person"), NAME("about"), REF("undoes")}},
    [EV_NOTIFY_FAIL] = {"notify.fail", {NUM("message"), NAME("to"), NAME("via"), NAME("about"), NAME("reason"), NAME("thing")}},
    [EV_MESSAGE_DRAFTED] = {"message.drafted", {NAME("audience"), NAME("person"), NUM("number"), NAME("template")}},
    [EV_MESSAGE_APPROVED] = {"message.approved", {NAME("audience"), NAME("person"), NUM("number")}},
    [EV_MESSAGE_RELEASED] = {"message.released", {NAME("audience"), NAME("person"), NUM("number"), NAME("via"), YES("order_ok"),
                                                  NAME("before")}},
    [EV_ESCALATE_TRIGGER] = {"escalate.trigger", {NUM("climb"), NAME("ladder"), NAME("because")}},
    [EV_ESCALATE_STEP] = {"escalate.step", {NUM("climb"), NAME("ladder"), NUM("step"), NUM("try"), NAME("to"), NAME("person"), FOR("within")}},
    [EV_ESCALATE_ANSWERED] = {"escalate.answered", {NUM("climb"), NAME("ladder"), NAME("person"), FOR("took")}},
    [EV_ESCALATE_RESUMED] = {"escalate.resumed", {NUM("climb"), NAME("ladder"), NUM("step"), NUM("try"), REF("undoes")}},
    [EV_ESCALATE_EXHAUSTED] = {"escalate.exhausted", {NUM("climb"), NAME("ladder"), NAME("why")}},
    [EV_ESCALATE_VOID] = {"escalate.void", {NUM("climb"), NAME("ladder"), REF("undoes")}},
    [EV_SEVERITY_INDICATED] = {"severity.indicated", {NAME("severity"), NAME("because")}},
    [EV_DECLARED] = {"incident.declared", {NAME("severity"), NAME("person"), NAME("role"), YES("authority_ok")}},
    [EV_SEVERITY_SET] = {"severity.set", {NAME("severity"), NAME("person"), NAME("reason")}},
    [EV_SEVERITY_CHANGED] = {"severity.changed", {NAME("from"), NAME("to"), NAME("person"), NAME("reason"), YES("authority_ok")}},
    [EV_SEVERITY_CONFIRMED] = {"severity.confirmed", {NAME("severity"), NAME("person"), NAME("reason")}},
    [EV_SEVERITY_BACK] = {"severity.back", {NAME("from"), NAME("to"), REF("undoes")}},
    [EV_QUORUM_MET] = {"quorum.met", {NAME("severity"), FOR("took")}},
    [EV_QUORUM_LOST] = {"quorum.lost", {NAME("severity"), NAME("person"), REF("undoes")}},
    [EV_CLOCK_START] = {"clock.start", {NAME("clock"), NAME("subject"), NAME("starts_with"), FOR("window"), AT("due"), NAME("due_local")}},
    [EV_CLOCK_MET] = {"clock.met", {NAME("clock"), NAME("subject"), FOR("took"), FOR("margin"), REF("started")}},
    [EV_CLOCK_MISSED] = {"clock.missed", {NAME("clock"), NAME("subject"), FOR("window"), NAME("lacking"), REF("started")}},
    [EV_CLOCK_PAUSED] = {"clock.paused", {NAME("clock"), NAME("subject"), NAME("because"), REF("started")}},
    [EV_CLOCK_RESUMED] = {"clock.resumed", {NAME("clock"), NAME("subject"), FOR("left"), REF("started"), REF("undoes")}},
    [EV_CLOCK_VOID] = {"clock.void", {NAME("clock"), NAME("subject"), REF("undoes")}},
    [EV_CLOCK_OPEN] = {"clock.open", {NAME("clock"), NAME("subject"), FOR("left"), REF("started")}},
    [EV_STEP_OPEN] = {"step.open", {NAME("playbook"), NAME("step"), NAME("action")}},
    [EV_STEP_DONE] = {"step.done", {NAME("playbook"), NAME("step"), FOR("took"), YES("in_time")}},
    [EV_STEP_SKIPPED] = {"step.skipped", {NAME("playbook"), NAME("step"), NAME("why")}},
    [EV_STEP_BACK] = {"step.back", {NAME("playbook"), NAME("step"), REF("undoes")}},
    [EV_TASK_ASSIGNED] = {"task.assigned", {NUM("task"), NAME("action"), NAME("role"), NAME("person"), NAME("because")}},
    [EV_TASK_START] = {"task.start", {NUM("task"), NAME("action"), NAME("role"), NAME("person")}},
    [EV_TASK_WAIT] = {"task.wait", {NUM("task"), NAME("action"), NAME("on"), NAME("why")}},
    [EV_TASK_CONSULTED] = {"task.consulted", {NUM("task"), NAME("action"), NAME("role"), NAME("person"), FOR("took"), YES("answered")}},
    [EV_TASK_BLOCKED] = {"task.blocked", {NUM("task"), NAME("action"), NAME("reason"), NAME("thing"), NAME("person")}},
    [EV_TASK_BACK] = {"task.back", {NUM("task"), NAME("action"), NAME("role"), NAME("person"), NAME("state"), REF("undoes")}},
    [EV_TASK_DONE] = {"task.done", {NUM("task"), NAME("action"), NAME("role"), NAME("person"), FOR("took"), NAME("choice")}},
    [EV_TASK_OPEN] = {"task.open", {NUM("task"), NAME("action"), NAME("state"), NAME("on")}},
    [EV_DECISION_REQUESTED] = {"decision.requested", {NUM("task"), NAME("action"), NAME("role"), NAME("person"), NAME("authority")}},
    [EV_DECISION_MADE] = {"decision.made", {NUM("task"), NAME("action"), NAME("role"), NAME("person"), YES("authority_ok"), NAME("reason"),
                                            FOR("took"), NAME("choice")}},
    [EV_ENGAGE_START] = {"engage.start", {NAME("external"), NAME("action"), NAME("person")}},
    [EV_ENGAGE_DONE] = {"engage.done", {NAME("external"), NAME("action"), FOR("took"), YES("consent")}},
    [EV_ENGAGE_FAIL] = {"engage.fail", {NAME("external"), NAME("action"), NAME("reason"), NAME("thing")}},
    [EV_LOOKUP_HIT] = {"plan.lookup.hit", {NAME("person"), NAME("what"), NAME("where")}},
    [EV_LOOKUP_MISS] = {"plan.lookup.miss", {NAME("person"), NAME("what"), NAME("because")}},
    [EV_IMPROVISE] = {"improvise", {NAME("role"), NAME("person"), NAME("text")}},
    [EV_BLOCKED_SAID] = {"blocked.said", {NAME("role"), NAME("person"), NAME("object"), NAME("text")}},
    [EV_ASKED] = {"asked", {NAME("role"), NAME("person"), NAME("text")}},
    [EV_OBSERVATION] = {"observation", {NAME("by"), NAME("text"), REF("event"), NAME("objective"), NAME("holds")}},
    [EV_GAP_NOTED] = {"gap.noted", {NAME("by"), NAME("gap"), NAME("subject"), NAME("text")}},
    [EV_RATING] = {"rating.given", {NAME("by"), NAME("objective"), NAME("rating"), NAME("why")}},
    [EV_TAKEN_BACK] = {"taken.back", {REF("event"), NAME("by"), NAME("why")}},
    [EV_WASH_SAID] = {"hotwash.said", {NAME("by"), NAME("about"), NAME("text"), NAME("person")}},
    [EV_WASH_VOTE] = {"hotwash.vote", {NAME("by"), REF("event"), NUM("votes"), NAME("person")}},
    [EV_ITEM_AGREED] = {"improvement.agreed", {NAME("by"), NAME("gap"), NAME("subject"), NAME("owner"), NAME("due"), NAME("action")}},
    [EV_WAIVED] = {"gap.waived", {NAME("by"), NAME("gap"), NAME("subject"), NAME("until"), NAME("why")}},
};

int mu_event_field_of(mu_kind_of_event kind, const char *key)
{
    const mu_event_field *f = mu_event_kinds[kind].fields;
    for (int i = 0; i < MU_FIELDS && f[i].key; i++)
        if (strcmp(f[i].key, key) == 0)
            return i;
    return -1;
}

mu_kind_of_event mu_event_kind_of(const char *name)
{
    for (int k = 1; k < EV_KINDS; k++)
        if (strcmp(mu_event_kinds[k].name, name) == 0)
            return (mu_kind_of_event)k;
    return EV_NONE;
}

const char *const *mu_clock_words(const char *clock)
{
    static const struct { const char *clock, *words[2]; } rows[] = {
        {"acknowledge", {"the time to answer the call of ", ""}}, {"assemble", {"the time for the quorum of ", " to gather"}}, {"declare", {"the time to declare ", ""}},
        {"contain", {"the time to contain ", ""}}, {"update", {"the time to give news of ", ""}}, {"reassess", {"the time to look at the level ", " again"}},
        {"audience", {"the time to tell ", ""}}, {"obligation", {"the time for the duty ", ""}}, {"decide", {"the time to decide on the notice ", ""}},
        {"intake", {"the time for ", " to take the report in"}}, {"engage", {"the time to have help from outside for ", ""}}, {"phase", {"the time for the phase ", ""}}};
    static const char *const other[2] = {"the time of ", ""};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(clock, rows[i].clock) == 0)
            return rows[i].words;
    return other;
}
