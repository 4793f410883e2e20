/* What happened in an event, in words: one row a kind. {key} is a field as a person calls it, {key?yes|no} a choice, and
 * [what stands in brackets] is left out where a field in it is empty. */
#include <string.h>

#include "base/check.h"
#include "report/parts.h"

typedef struct saying {
    const char *words;
    bool told; /* a line of the timeline; what is not told there stands in the line of what it answers */
} saying;

static const saying sayings[EV_KINDS] = {
    [EV_PINNED] = {"the run is pinned: {title}, seed {seed}", false},
    [EV_OPTION] = {"option {option}: {value}", false},
    [EV_PERSON_PINNED] = {"{name}: {seat}", false},
    [EV_ASSUMED] = {"assumed of {habit}[ of {person}]: {usual} as a rule, never {never} of 100 ({origin})", false},
    [EV_OBJECTIVE_PINNED] = {"objective {objective}: {text}", false},
    [EV_STAFF_PINNED] = {"{who} is the {does} of the exercise", false},
    [EV_CARD_PINNED] = {"the list holds the {class} {card}[, expecting {expect}]", false},
    [EV_START] = {"STARTEX", true},
    [EV_END] = {"ENDEX: {why}", true},
    [EV_PAUSE] = {"paused[ by {by}][: {why}]", true},
    [EV_RESUME] = {"resumed[ by {by}], after {wall_paused}", true},
    [EV_SPEED] = {"the clock runs {thousandths} as fast as the wall clock[, by {by}]", true},
    [EV_JUMP] = {"the clock jumps to {to}[, by {by}]", true},
    [EV_STOP] = {"stopped[ by {by}][: {why}]", true},
    [EV_DOWNTIME] = {"the program was away for {wall_away}", true},
    [EV_ACT] = {"act, {seat}: [{person} ]{verb}[ {object}][: {text}]", false},
    [EV_ROLE_SHORT] = {"{role} has {there} of the {needed} people that it needs[, for {needed_for}]", true},
    [EV_SHIFT_OVER] = {"{person} has worked {worked} as {role}; the shift is over[, {relieved_by} takes it on]", true},
    [EV_ROLE_FILLED] = {"{role} is held by {person}", true},
    [EV_ROLE_UNFILLED] = {"{role} is held by nobody: {why}[; needed for {needed_for}]", true},
    [EV_HANDOVER] = {"{role} goes from {from} to {to}", true},
    [EV_AWAY] = {"{person} is away[, by {by}]", true},
    [EV_BACK] = {"{person} is back[, by {by}]", true},
    [EV_DOWN] = {"{thing} is down[, by {by}]", true},
    [EV_COMPROMISED] = {"{thing} is in the hands of the attacker[, by {by}]", true},
    [EV_WRONG_CONTACT] = {"the first address of {who} is wrong[, by {by}]", true},
    [EV_UP] = {"{thing} is up again[, by {by}]", true},
    [EV_CHANNEL_DOWN] = {"the channel {channel} is down[, because of {because}]", true},
    [EV_CHANNEL_UP] = {"the channel {channel} is up again", true},
    [EV_CHANNEL_SWITCHED] = {"{to} for {from}, to reach {person}", true},
    [EV_FACT] = {"fact: {fact}[, by {by}]", true},
    [EV_AWARE] = {"aware: {fact}[, by {by}]", true},
    [EV_PHASE] = {"phase: {phase}[, by {by}]", true},
    [EV_INJECT_DELIVERED] = {"card {card} reaches {person} by {via}", false},
    [EV_INJECT_HELD] = {"card {card} is held[: {why}]", true},
    [EV_INJECT_DEFERRED] = {"card {card} comes {drift} later[, by {by}]", true},
    [EV_INJECT_CANCELLED] = {"card {card} is cancelled[ by {by}][: {why}]", true},
    [EV_INJECT_SKIPPED] = {"card {card} is left out: {why}", true},
    [EV_CONTINGENCY] = {"the contingency {card} is played, because {because}", true},
    [EV_INJECT_UNHEARD] = {"card {card} reaches nobody: {why}", false},
    [EV_PROMPT_OPEN] = {"question {card} to {role}, until {until}", false},
    [EV_PROMPT_ANSWERED] = {"question {card}: {answer}, by {person} after {took}[, because: {reason}]", true},
    [EV_PROMPT_SILENT] = {"question {card}: no answer[ from {role}]", true},
    [EV_EXPECT_MET] = {"expected upon {card}: {action}, {outcome}[, by {person}], after {took}", true},
    [EV_EXPECT_OPEN] = {"expected upon {card}: {action}, not done at ENDEX, {left} left", false},
    [EV_EXPECT_MISSED] = {"expected upon {card}: {action}, {outcome}; {window} were allowed", true},
    [EV_STORY_STARTED] = {"story {story} begins", false},
    [EV_STORY_ENDED] = {"story {story} ends", false},
    [EV_STORY_FAILED] = {"story {story} failed: {why}", true},
    [EV_CHANCE] = {"a chance is drawn in {story}", false},
    [EV_NOTE] = {"note[ by {by}]: {text}", true},
    [EV_NOTIFY_ATTEMPT] = {"{about} is sent to {person} by {via}", false},
    [EV_NOTIFY_DELIVERED] = {"{about}, to {person} by {via}", true},
    [EV_NOTIFY_OPENED] = {"{person} opens it", false},
    [EV_NOTIFY_ACK] = {"{person} acknowledges {about} after {took}", false},
    [EV_NOTIFY_WAITS] = {"{about} waits for {person} again: the acknowledgement is taken back", true},
    [EV_NOTIFY_FAIL] = {"{about} does not reach {to}[ by {via}]: {reason}[, {thing}]", true},
    [EV_MESSAGE_DRAFTED] = {"message {number} to {audience} is drafted by {person}", false},
    [EV_MESSAGE_APPROVED] = {"message {number} to {audience} is approved by {person}", false},
    [EV_MESSAGE_RELEASED] = {"message {number} to {audience} goes out by {via}, from {person}{order_ok?|, out of order}[: before {before}]", true},
    [EV_ESCALATE_TRIGGER] = {"the ladder {ladder} is climbed[, because of {because}]", true},
    [EV_ESCALATE_STEP] = {"ladder {ladder}, step {step}, try {try}: {to}[, {person}]", true},
    [EV_ESCALATE_ANSWERED] = {"the ladder {ladder} is answered by {person} after {took}", true},
    [EV_ESCALATE_RESUMED] = {"the ladder {ladder} waits again at step {step}, try {try}: its answer is taken back", true},
    [EV_ESCALATE_VOID] = {"the ladder {ladder} is climbed no further: what began it is taken back", true},
    [EV_ESCALATE_EXHAUSTED] = {"the ladder {ladder} is at its end: {why}", true},
    [EV_SEVERITY_INDICATED] = {"{severity} is indicated, by {because}", true},
    [EV_DECLARED] = {"{person} declares {severity}[, as {role}]{authority_ok?|, without authority}", true},
    [EV_SEVERITY_SET] = {"{severity} is set[ by {person}][: {reason}]", true},
    [EV_SEVERITY_CHANGED] = {"{from} becomes {to}[, by {person}]{authority_ok?|, without authority}[: {reason}]", true},
    [EV_SEVERITY_CONFIRMED] = {"{severity} stands, says {person}[: {reason}]", true},
    [EV_SEVERITY_BACK] = {"the declaration of {from} is taken back[; {to} stands again]; what was sent stays sent", true},
    [EV_QUORUM_MET] = {"the quorum of {severity} is there, after {took}", true},
    [EV_QUORUM_LOST] = {"the quorum of {severity} is not there any more, without {person}", true},
    [EV_CLOCK_START] = {"{clock} begins: {starts_with}[; it is over at {due_local}]", false},
    [EV_CLOCK_MET] = {"{clock} was {margin}: it took {took}", true},
    [EV_CLOCK_MISSED] = {"{clock} is over, after {window}[; not there: {lacking}]", true},
    [EV_CLOCK_PAUSED] = {"{clock} stands still, because of {because}", true},
    [EV_CLOCK_RESUMED] = {"{clock} runs again: what was done in it is taken back", true},
    [EV_CLOCK_VOID] = {"{clock} counts no more: what began it is taken back, or has come again", true},
    [EV_CLOCK_OPEN] = {"{clock} still runs[, {left} left]", false},
    [EV_STEP_OPEN] = {"step {step} of {playbook} opens[: {action}]", false},
    [EV_STEP_BACK] = {"step {step} of {playbook} is not settled any more: that is taken back", false},
    [EV_STEP_DONE] = {"step {step} of {playbook} is done after {took}{in_time?|, late}", false},
    [EV_STEP_SKIPPED] = {"step {step} of {playbook} is left out: {why}", true},
    [EV_TASK_ASSIGNED] = {"{action} falls to {person}[, {role}][ ({because})]", false},
    [EV_TASK_START] = {"{action} begins, by {person}", true},
    [EV_TASK_WAIT] = {"{action} waits for {on}[, {why}]", true},
    [EV_TASK_CONSULTED] = {"{action}: advice{answered? given|: none came}, after {took}[, by {person}]", true},
    [EV_TASK_BLOCKED] = {"{action} is blocked: {reason}[, {thing}]", true},
    [EV_TASK_BACK] = {"{action} is {state} again, by {person}: that is taken back", true},
    [EV_TASK_DONE] = {"{action} is done by {person}, after {took}[: {choice}]", true},
    [EV_TASK_OPEN] = {"{action} is not done at ENDEX: {state}", false},
    [EV_DECISION_REQUESTED] = {"{action}: a decision is asked of {person}[, {role}]", false},
    [EV_DECISION_MADE] = {"{action} is decided[: {choice}], by {person}{authority_ok?|, without authority}[, because: {reason}]", true},
    [EV_ENGAGE_START] = {"{external} is asked for, for {action}", true},
    [EV_ENGAGE_DONE] = {"{external} is there for {action}, after {took}{consent?|, without consent}", true},
    [EV_ENGAGE_FAIL] = {"{external} cannot be had for {action}: {reason}", true},
    [EV_LOOKUP_HIT] = {"{person} looks up {what}: there, in {where}", true},
    [EV_LOOKUP_MISS] = {"{person} looks up {what}: cannot, because of {because}", true},
    [EV_IMPROVISE] = {"{person}, outside the plan: {text}", true},
    [EV_BLOCKED_SAID] = {"{person} says: blocked[ in {object}]: {text}", true},
    [EV_ASKED] = {"{person} asks the exercise: {text}", true},
    [EV_OBSERVATION] = {"observed[ by {by}][; of {objective}][, as {holds}]: {text}", true},
    [EV_GAP_NOTED] = {"{gap} observed at {subject}[ by {by}]: {text}", true},
    [EV_RATING] = {"rating given[ by {by},] for {objective}: {rating}[, because: {why}]", true},
    [EV_WASH_SAID] = {"said in the hot wash[ by {by}], {about}: {text}", true},
    [EV_WASH_VOTE] = {"in agreement with event {event}: {votes}", true},
    [EV_ITEM_AGREED] = {"agreed[ by {by},] for {gap} at {subject}, to be done by {owner} until {due}: {action}", true},
    [EV_WAIVED] = {"{gap} at {subject} is accepted until {until}, by {by}, because: {why}", true},
    [EV_EXTENDED] = {"more time for {what}[, {person}], until {until}", true},
    [EV_SEAT] = {"{person}: from now on a {seat}", true},
    [EV_TAKEN_BACK] = {"event {event} is taken back[ by {by}][: {why}]", true},
};

const char *mu_names_within(const mu_report *r, const char *text)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        const char *word = mu_copy(r->arena, p, n);
        int64_t task = mu_number_in(word, "task");
        mu_buf_puts(&out, task >= 0 && task <= r->events && r->actions[task] ? r->actions[task] : mu_called(r, word));
        mu_buf_add(&out, " ", p[n] ? 1 : 0);
        p += n + (p[n] ? 1 : 0);
    }
    return mu_buf_into(&out, r->arena);
}

/* Of "legal_counsel, ciso" what the plan calls them; a title may hold a comma. */
static const char *roles_within(const mu_report *r, const char *text)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    for (size_t n; *text; text += n + strspn(text + n, ", ")) {
        n = strcspn(text, ",");
        mu_buf_printf(&out, "%s%s", out.len ? "; " : "", mu_called(r, SAY("role:%.*s", (int)n, text)));
    }
    return mu_buf_into(&out, r->arena);
}

static const char *about_of(const mu_report *r, const char *key, const char *text)
{
    if (strcmp(key, "why") == 0 && (strcmp(text, "consult") == 0 || strcmp(text, "gate") == 0))
        return *text == 'c' ? "for advice" : "which comes first";
    if (strcmp(key, "by") == 0 && strncmp(text, "card:", 5) == 0)
        return SAY("the card \"%s\"", text + 5);
    if (strcmp(key, "about") == 0)
        return mu_about(r, text);
    if (strcmp(key, "needed_for") == 0)
        return mu_needed(r, text);
    if (strcmp(key, "starts_with") == 0)
        return mu_starts_words(r, text);
    if (strcmp(key, "step") == 0 && strchr(text, '/')) /* its playbook is named beside it */
        return mu_plain(r, strchr(text, '/') + 1);
    if (strcmp(key, "lacking") == 0)
        return roles_within(r, text);
    if (strcmp(key, "via") == 0 && !*text)
        return "no way";
    if (strcmp(key, "reason") == 0 || strcmp(key, "why") == 0 || strcmp(key, "state") == 0)
        return strchr(text, ' ') || strchr(text, ':') ? mu_names_within(r, text) : mu_plain(r, text);
    return strcmp(key, "because") == 0 || strcmp(key, "expect") == 0 ? mu_names_within(r, text) : mu_called(r, text);
}

static const char *times(const mu_report *r, int64_t thousandths)
{
    long long whole = (long long)thousandths / 1000, part = (long long)thousandths % 1000;
    return part ? SAY("%lld.%03lld times", whole, part) : SAY("%lld times", whole);
}

/* What a clock gives time for: "the time to declare sev1". */
static const char *time_to(const mu_report *r, const mu_event *e)
{
    const char *const *words = mu_clock_words(mu_field(r, e, "clock"));
    return SAY("%s%s%s", words[0], mu_called(r, mu_field(r, e, "subject")), words[1]);
}

/* A field in words; "" where it is empty. */
static const char *field_words(const mu_report *r, const mu_event *e, const char *key)
{
    int i = mu_event_field_of(e->kind, key);
    MU_CHECK(i >= 0);
    if (strcmp(key, "clock") == 0)
        return time_to(r, e);
    if (strcmp(key, "margin") == 0)
        return e->arg[i] < 0 ? "not kept" : "kept";
    switch (mu_event_kinds[e->kind].fields[i].type) {
    case F_NAME: return about_of(r, key, mu_field(r, e, key));
    case F_MOMENT: return mu_report_time(r, e->arg[i]);
    case F_DURATION: return mu_report_length(r, e->arg[i]);
    default: return strcmp(key, "thousandths") == 0 ? times(r, e->arg[i]) : SAY("%lld", (long long)e->arg[i]);
    }
}

/* {key} or {key?yes|no}, up to its closing brace, which is returned. False in *whole where the field is empty. */
static const char *placeholder(mu_buf *out, const mu_report *r, const mu_event *e, const char *p, bool *whole)
{
    const char *end = strchr(p, '}'), *ask = memchr(p, '?', (size_t)(end - p)), *bar = ask ? memchr(ask, '|', (size_t)(end - ask)) : NULL;
    const char *key = mu_copy(r->arena, p, (size_t)((ask ? ask : end) - p));
    if (ask) {
        bool yes = mu_value(r, e, key) != 0;
        mu_buf_add(out, yes ? ask + 1 : bar + 1, (size_t)(yes ? bar - ask - 1 : end - bar - 1));
        return end;
    }
    const char *words = field_words(r, e, key);
    mu_buf_puts(out, *words ? words : "nobody");
    *whole = *whole && *words;
    return end;
}

static const char *fill(const mu_report *r, const mu_event *e, const char *words)
{
    mu_buf out = {0};
    size_t before = 0;
    bool whole = true;
    mu_buf_puts(&out, "");
    for (const char *p = words; *p; p++) {
        if (*p == '[') {
            before = out.len;
            whole = true;
        } else if (*p == ']') {
            out.len = whole ? out.len : before;
            out.text[out.len] = '\0';
        } else if (*p == '{')
            p = placeholder(&out, r, e, p + 1, &whole);
        else
            mu_buf_add(&out, p, 1);
    }
    return mu_buf_into(&out, r->arena);
}

const char *mu_event_words(const mu_report *r, uint32_t n)
{
    const mu_event *e = n >= 1 && n <= mu_journal_count(r->journal) ? mu_journal_event(r->journal, n) : NULL;
    return !e ? "no such event" : sayings[e->kind].words ? fill(r, e, sayings[e->kind].words) : mu_event_kinds[e->kind].name;
}

int64_t mu_event_time(const mu_report *r, uint32_t n)
{
    return n >= 1 && n <= mu_journal_count(r->journal) ? mu_journal_event(r->journal, n)->t : 0;
}

/* ---- the timeline ---- */

static const char *first_of(const mu_report *r, const mu_event *e, const char *const *keys)
{
    for (; *keys; keys++)
        if (mu_event_field_of(e->kind, *keys) >= 0 && *mu_field(r, e, *keys))
            return mu_field(r, e, *keys);
    return "";
}

static const mu_asked_row *asked_at(const mu_report *r, uint32_t n, int *next)
{
    while (*next < r->asked_count && r->asked[*next].event < n)
        ++*next;
    return *next < r->asked_count && r->asked[*next].event == n ? &r->asked[*next] : NULL;
}

static const char *seen_of(const mu_report *r, const mu_asked_row *a)
{
    if (a->acked < 0 && a->state == MU_OPEN)
        return "not acknowledged by ENDEX";
    if (a->acked < 0)
        return a->own_limit ? SAY("no answer in %s", mu_report_length(r, a->limit)) : "never acknowledged";
    return a->acked == a->delivered ? "acknowledged at once" : SAY("acknowledged after %s", mu_report_length(r, a->acked - a->delivered));
}

static const char *outcome(const mu_report *r, const mu_asked_row *a)
{
    if (a->state == MU_NOBODY)
        return a->again > 0 ? SAY("nobody could be asked; the same %d more time%s, until %s", a->again, a->again == 1 ? "" : "s", mu_report_time(r, a->again_until)) : "nobody could be asked";
    const char *did = *a->did && a->act_event != a->ack_event ? SAY("; %s after %s", a->did, mu_report_length(r, a->acted - a->delivered)) : "";
    return SAY("%s%s", seen_of(r, a), did);
}

/* As what somebody acted whose event names no role: what their act says, or the step of the ladder that they answered. */
static const char *acted_as(const mu_report *r, const mu_event *e)
{
    for (uint32_t n = e->n; e->kind != EV_ESCALATE_ANSWERED && n > 1 && mu_event_time(r, n - 1) == e->t; n--) {
        const mu_event *x = mu_journal_event(r->journal, n - 1);
        if (x->kind == EV_ACT)
            return strcmp(mu_field(r, x, "person"), mu_field(r, e, "person")) == 0 ? mu_field(r, x, "role") : "";
    }
    for (uint32_t n = e->n; e->kind == EV_ESCALATE_ANSWERED && n > 1; n--) {
        const mu_event *x = mu_journal_event(r->journal, n - 1);
        if (x->kind == EV_ESCALATE_STEP && x->arg[0] == e->arg[0] && strcmp(mu_field(r, x, "person"), mu_field(r, e, "person")) == 0)
            return mu_field(r, x, "to");
    }
    return "";
}

/* The lane of an event that is no message. */
static const char *lane_of_event(const mu_report *r, const mu_event *e)
{
    static const char *const who[] = {"person", "on", "to", NULL}, *const role[] = {"role", "to", NULL};
    const char *named = first_of(r, e, role), *as = !*named && mu_event_field_of(e->kind, "person") >= 0 ? acted_as(r, e) : "";
    return mu_lane_of(r, *as ? as : named, first_of(r, e, who));
}

void mu_model_moments(mu_report *r)
{
    int next = 0;
    r->moments = mu_alloc(r->arena, ((size_t)r->events + 1) * sizeof *r->moments);
    EACH_EVENT (e, r) {
        const mu_asked_row *a = asked_at(r, e->n, &next);
        bool standing = e->kind == EV_ROLE_FILLED || (e->kind == EV_ROLE_UNFILLED && !a); /* as it was before the first minute */
        if (!sayings[e->kind].told || (standing && e->t == 0))
            continue;
        const char *lane = a ? a->lane : lane_of_event(r, e);
        r->moments[r->moment_count++] = (mu_moment_row){.t = e->t, .role = mu_called(r, lane), .what = mu_event_words(r, e->n), .outcome = a ? outcome(r, a) : "", .event = e->n,
                                                        .last = !a ? 0 : a->act_event ? a->act_event : a->ack_event, .again = a && a->again < 0};
    }
}
