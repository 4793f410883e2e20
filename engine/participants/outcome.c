/* What an act came to, in words: of what followed from it only what its actor may know. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "participants/seen.h"

typedef struct telling {
    mu_terminal *t;
    const mu_act *act;
    mu_buf *out;
} telling;

static const char *after_colon(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void safe(const telling *l, const char *text)
{
    mu_buf_safe(l->out, text ? text : "", text ? strlen(text) : 0, 200);
}

static void name(const telling *l, int64_t symbol)
{
    safe(l, mu_term_name(l->t, symbol));
}

static int64_t arg(const mu_event *e, const char *key)
{
    int i = mu_event_field_of(e->kind, key);
    return i < 0 ? 0 : e->arg[i];
}

/* ---- why something does not go on ---- */

static void because(const telling *l, int64_t reason, int64_t thing)
{
    static const char *const words[][2] = {
        {"no_access", "you have no access to"}, {"tool_down", "down is"}, {"log_missing", "there is no log"}, {"nobody_there", "nobody is there of"}, {"nobody_reached", "no way stands to anybody of"},
        {"no_responsible", "the plan names nobody"}, {"nobody_decides", "nobody can decide it, of"}, {"not_unlocked", "that takes the level"},
        {"contract_ended", "the contract has ended, with"}, {"contract_not_begun", "the contract has not begun, with"}, {"no_way", "no way stands to"},
        {"no_address", "no address is known, for"}, {"invalid", "the address is wrong, of"}, {"channel_down", "it is down, because of"}, {"not_enrolled", "they are not enrolled"}, {"no_directory", "the addresses cannot be read, because of"}};
    const char *word = mu_term_text(l->t, reason), *known = NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i][0]) == 0)
            known = words[i][1];
    if (known && !thing)
        mu_buf_add(l->out, known, strcspn(known, ",")); /* what comes behind it waits for a name */
    else
        safe(l, known ? known : word);
    if (thing) {
        mu_buf_puts(l->out, " ");
        name(l, thing);
    }
}

/* ---- one line for each kind of event ---- */

static void line(const telling *l, const char *before, int64_t what, const char *after)
{
    mu_buf_printf(l->out, "         %s", before);
    if (what)
        name(l, what);
    mu_buf_printf(l->out, "%s\n", after);
}

static void failed(const telling *l, const char *before, const mu_event *e, const char *what)
{
    mu_buf_printf(l->out, "         %s", before);
    if (arg(e, what))
        name(l, arg(e, what));
    mu_buf_puts(l->out, ": ");
    because(l, arg(e, "reason"), arg(e, "thing") == arg(e, what) ? 0 : arg(e, "thing"));
    mu_buf_puts(l->out, ".\n");
}

static void waits(const telling *l, const mu_event *e)
{
    bool gate = strcmp(mu_term_text(l->t, arg(e, "why")), "gate") == 0;
    line(l, gate ? "It waits until this is done: " : "It waits for the advice of ", arg(e, "on"), ".");
}

static void delivered(const telling *l, const mu_event *e)
{
    mu_buf_puts(l->out, "         ");
    name(l, arg(e, "person"));
    mu_buf_puts(l->out, " is told by ");
    name(l, arg(e, "via"));
    mu_buf_puts(l->out, ".\n");
}

static void found(const telling *l, const mu_event *e)
{
    line(l, "You find it in ", arg(e, "where"), ".");
    mu_term_page(l->t, mu_term_text(l->t, arg(e, "what")), l->out);
}

static void given(const telling *l, const mu_event *e)
{
    if (arg(e, "person") != l->t->player)
        line(l, "It is given to ", arg(e, "person"), ".");
}

static void released(const telling *l, const mu_event *e)
{
    mu_buf_printf(l->out, "         Message %d to ", (int)arg(e, "number"));
    name(l, arg(e, "audience"));
    mu_buf_puts(l->out, " goes out by ");
    name(l, arg(e, "via"));
    mu_buf_puts(l->out, ".\n");
}

static void vacant(const telling *l, const mu_event *e)
{
    mu_buf_puts(l->out, "         Nobody is there as ");
    name(l, arg(e, "role"));
    mu_buf_puts(l->out, ": ");
    safe(l, mu_term_text(l->t, arg(e, "why")));
    mu_buf_puts(l->out, ".\n");
}

/* The role stays where it is until the other one says so, where the plan wants that. */
static void handed(const telling *l)
{
    const mu_node *role = mu_world_node(mu_run_world(l->t->run), mu_symbol(l->t->symbols, l->act->object));
    const char *manner = mu_get_text(role, "handover");
    if (manner && strcmp(manner, "acknowledged") == 0)
        mu_buf_puts(l->out, "         The role is theirs when they have acknowledged it.\n");
}

static bool among(const char *verbs, const char *verb)
{
    char word[40];
    snprintf(word, sizeof word, " %s ", verb);
    return strstr(verbs, word) != NULL;
}

/* Which events of an act are told, by the act's verb. */
static bool told_of(const char *verb, mu_kind_of_event kind)
{
    static const struct { mu_kind_of_event kind; const char *verbs; } rows[] = {
        {EV_NOTIFY_DELIVERED, " notify send hand_over escalate "}, {EV_NOTIFY_FAIL, " notify send hand_over escalate release "},
        {EV_TASK_ASSIGNED, " start request decide "}, {EV_TASK_START, " start decide consult "}, {EV_TASK_WAIT, " start "},
        {EV_TASK_BLOCKED, " start decide consult "}, {EV_DECISION_REQUESTED, " start request "}, {EV_MESSAGE_RELEASED, " release notify "},
        {EV_HANDOVER, " hand_over take_back "}, {EV_NOTIFY_WAITS, " take_back "}, {EV_ESCALATE_RESUMED, " take_back "}, {EV_ESCALATE_VOID, " take_back "}, {EV_QUORUM_LOST, " take_back "},
        {EV_SEVERITY_BACK, " take_back "}, {EV_CLOCK_RESUMED, " take_back "}, {EV_CLOCK_VOID, " take_back "}, {EV_TASK_BACK, " take_back "}, {EV_STEP_BACK, " take_back "},
        {EV_ROLE_UNFILLED, " notify send request start decide "}, {EV_DECISION_MADE, " decide "}, {EV_SEVERITY_CONFIRMED, " declare "}, {EV_DECLARED, " declare "}, {EV_SEVERITY_CHANGED, " declare "}, {EV_LOOKUP_HIT, " look_up "}, {EV_LOOKUP_MISS, " look_up "}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == kind)
            return among(rows[i].verbs, verb);
    return false;
}

static void missed_page(const telling *l, const mu_event *e)
{
    const char *why = mu_symbol_text(l->t->symbols, arg(e, "because"));
    if (strcmp(why, "no page of that name") == 0)
        mu_term_page(l->t, mu_symbol_text(l->t->symbols, arg(e, "what")), l->out); /* which says what there is */
    else
        line(l, "It cannot be read: ", arg(e, "because"), mu_world_node(mu_run_world(l->t->run), arg(e, "because")) ? " is down." : ".");
}

static void level_back(const telling *l, const mu_event *e)
{
    mu_buf_puts(l->out, "         It is not ");
    name(l, arg(e, "from"));
    mu_buf_puts(l->out, " any more; ");
    if (arg(e, "to"))
        name(l, arg(e, "to"));
    else
        mu_buf_puts(l->out, "nothing");
    mu_buf_puts(l->out, " is declared. What was sent stays sent.\n");
}

static void work_back(const telling *l, const mu_event *e)
{
    mu_buf_puts(l->out, "         ");
    name(l, arg(e, "action"));
    mu_buf_puts(l->out, " is ");
    safe(l, mu_term_text(l->t, arg(e, "state")));
    mu_buf_puts(l->out, " again, by ");
    name(l, arg(e, "person"));
    mu_buf_puts(l->out, ".\n");
}

static void clock_back(const telling *l, const mu_event *e, const char *how)
{
    const char *const *words = mu_clock_words(mu_term_text(l->t, arg(e, "clock")));
    mu_buf_printf(l->out, "         T%s", words[0] + 1);
    name(l, arg(e, "subject"));
    mu_buf_printf(l->out, "%s %s.\n", words[1], how);
}

static void followed(const telling *l, const mu_event *e)
{
    switch (e->kind) {
    case EV_NOTIFY_DELIVERED: delivered(l, e); break;
    case EV_NOTIFY_FAIL: failed(l, arg(e, "via") ? "Not over " : "Not reached", e, "via"); break;
    case EV_TASK_ASSIGNED: given(l, e); break;
    case EV_TASK_START: line(l, "", arg(e, "action"), " is under way."); break;
    case EV_TASK_WAIT: waits(l, e); break;
    case EV_TASK_BLOCKED: failed(l, "Blocked", e, ""); break;
    case EV_DECISION_REQUESTED: line(l, "The decision is asked of ", arg(e, "person"), "."); break;
    case EV_MESSAGE_RELEASED: released(l, e); break;
    case EV_NOTIFY_WAITS: line(l, "What was acknowledged waits again for ", arg(e, "person"), "."); break;
    case EV_ESCALATE_RESUMED: line(l, "The ladder waits again: ", arg(e, "ladder"), "."); break;
    case EV_ESCALATE_VOID: line(l, "The ladder calls nobody further: ", arg(e, "ladder"), "."); break;
    case EV_QUORUM_LOST: line(l, "The quorum is not there any more, without ", arg(e, "person"), "."); break;
    case EV_SEVERITY_BACK: level_back(l, e); break;
    case EV_TASK_BACK: work_back(l, e); break;
    case EV_STEP_BACK: line(l, "Not settled any more: ", arg(e, "step"), "."); break;
    case EV_CLOCK_RESUMED: clock_back(l, e, "runs again"); break;
    case EV_CLOCK_VOID: clock_back(l, e, "counts no more"); break;
    case EV_HANDOVER: line(l, "The role is now with ", arg(e, "to"), "."); break;
    case EV_ROLE_UNFILLED: vacant(l, e); break;
    case EV_DECISION_MADE:
        if (!arg(e, "authority_ok"))
            mu_buf_puts(l->out, "         The plan gives you no authority for it: it waits for whoever has it.\n");
        break;
    case EV_SEVERITY_CONFIRMED: line(l, "It was declared before: that it stands is said again", 0, "."); break;
    case EV_DECLARED:
    case EV_SEVERITY_CHANGED:
        if (!arg(e, "authority_ok"))
            mu_buf_puts(l->out, "         The plan gives you no authority to declare. It stands, and the record says so.\n");
        break;
    case EV_LOOKUP_HIT: found(l, e); break;
    case EV_LOOKUP_MISS: missed_page(l, e); break;
    default: break;
    }
}

/* ---- the first line ---- */

static void answered(const telling *l, size_t event)
{
    for (size_t n = event; n <= mu_journal_count(l->t->journal); n++) {
        const mu_event *e = mu_journal_event(l->t->journal, n);
        const mu_msel *m = mu_run_msel(l->t->run);
        char took[24];
        if (e->kind != EV_PROMPT_ANSWERED)
            continue;
        name(l, arg(e, "role"));
        const char *card = mu_term_text(l->t, arg(e, "card")), *answer = mu_term_text(l->t, arg(e, "answer"));
        for (int i = 0; i < m->card_count; i++)
            for (int k = 0; strcmp(m->cards[i].name, after_colon(card)) == 0 && k < m->cards[i].answer_count; k++)
                if (strcmp(m->cards[i].answers[k].id, answer) == 0)
                    answer = m->cards[i].answers[k].text;
        mu_term_length(arg(e, "took"), took);
        mu_buf_puts(l->out, " answers \"");
        safe(l, answer);
        mu_buf_printf(l->out, "\", after %s.\n", took);
        return;
    }
}

static const char *said(const char *verb)
{
    static const char *const words[][2] = {
        {"acknowledge", "you have "}, {"start", "you start "}, {"finish", "done: "}, {"consult", "your advice on "}, {"request", "asked to be decided: "},
        {"decide", "you decide on "}, {"declare", "declared: "}, {"notify", "you tell "}, {"draft", "drafted, for "}, {"release", "released, to "},
        {"escalate", "you start the ladder "}, {"hand_over", "you hand over "}, {"look_up", "you look up "}, {"improvise", "what you do is noted"}, {"ask", "you have asked the facilitator"}, {"blocked", "that you are blocked is noted"},
        {"play", "played: "}, {"hold", "held: "}, {"cancel", "off the list: "}, {"reschedule", "moved: "}, {"send", "sent to "}, {"away", "marked away: "}, {"back", "marked back: "},
        {"down", "marked down: "}, {"up", "marked up: "}, {"take_back", "taken back: event "}, {"note", "noted"}, {"gap", "a gap is noted at "}, {"rate", "a rating is given for "},
        {"wash", "said in the hot wash"}, {"vote", "votes for event "}, {"item", "an improvement is agreed for "}, {"waive", "a gap is accepted at "}, {"seat", "another answers from now on for "}, {"extend", "more time for "},
        {"pause", "the clock stands"}, {"resume", "the clock runs"}, {"speed", "the clock runs"}, {"jump", "the clock has moved on"}, {"stop", "stopped: something real"}, {"end", "the exercise ends"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(verb, words[i][0]) == 0)
            return words[i][1];
    return verb;
}

static void object(const telling *l)
{
    const char *text = l->act->object;
    int64_t symbol = mu_symbol(l->t->symbols, text), task = mu_symbol_number(symbol, MU_TASK_N);
    if (task < 0 && strncmp(text, "task:", 5) == 0)
        for (const char *p = text + 5; *p >= '0' && *p <= '9'; p++)
            task = (task < 0 ? 0 : task) * 10 + (*p - '0');
    if (task >= 0 && mu_run_task_action(l->t->run, task))
        safe(l, mu_term_action(l->t, task));
    else if (strncmp(text, "message:", 8) == 0)
        mu_buf_printf(l->out, "message %s", text + 8);
    else if (strncmp(text, "prompt:", 7) == 0)
        name(l, mu_run_card_name(l->t->run, mu_run_prompt_card(l->t->run, strtoll(text + 7, NULL, 10))));
    else
        name(l, symbol);
}

/* In thousandths of the wall clock's: told as it was typed, 10, 1.5. */
static void rate(const telling *l)
{
    long long thousandths = strtoll(l->act->choice, NULL, 10);
    char part[8];
    snprintf(part, sizeof part, ".%03d", (int)(thousandths % 1000));
    for (size_t n = strlen(part); n && strchr("0.", part[n - 1]); n--)
        part[n - 1] = '\0';
    mu_buf_printf(l->out, thousandths == 1000 ? ", as fast as the wall's" : ", %lld%s times as fast as the wall's", thousandths / 1000, part);
}

/* What was begun before, and waits. */
static void begun_before(const telling *l)
{
    const char *id = after_colon(l->act->object);
    for (int64_t i = 0; i < mu_run_tasks(l->t->run); i++) {
        const char *state = mu_run_task_state(l->t->run, i);
        if (mu_run_task_person(l->t->run, i) == l->t->player && strcmp(mu_run_task_action(l->t->run, i)->key, id) == 0 && strncmp(state, "waits", 5) == 0)
            mu_buf_printf(l->out, "         It was begun before, and %s.\n", state);
    }
}

/* Of a move that takes no text. */
static bool beside(const mu_act *act)
{
    return act->text && among(" acknowledge start finish request escalate hand_over release away back down up jump speed seat ", act->verb);
}

void mu_term_outcome(mu_terminal *t, const mu_act *act, size_t event, mu_buf *out)
{
    telling l = {t, act, out};
    if (strcmp(act->verb, "answer") == 0) {
        answered(&l, event);
        return;
    }
    mu_buf_puts(out, said(act->verb));
    if (act->object && strcmp(act->verb, "blocked") != 0 && strcmp(act->verb, "note") != 0)
        object(&l);
    if (strcmp(act->verb, "speed") == 0)
        rate(&l);
    if (act->choice && (strcmp(act->verb, "decide") == 0 || strcmp(act->verb, "finish") == 0 || strcmp(act->verb, "rate") == 0))
        mu_buf_printf(out, ", %s", act->choice);
    mu_buf_puts(out, ".\n");
    mu_buf_puts(out, beside(act) ? "         What you said with it stands beside it in the record.\n" : "");
    for (size_t n = event + 1; n <= mu_journal_count(t->journal); n++)
        if (told_of(act->verb, mu_journal_event(t->journal, n)->kind))
            followed(&l, mu_journal_event(t->journal, n));
    if (act->object && strcmp(act->verb, "start") == 0 && mu_journal_count(t->journal) == event)
        begun_before(&l);
    if (strcmp(act->verb, "hand_over") == 0)
        handed(&l);
    if (strcmp(act->verb, "take_back") == 0 && mu_journal_count(t->journal) <= event + 1)
        mu_buf_puts(out, "         The record says so. What it set going stays: that cannot be unsaid.\n");
}
