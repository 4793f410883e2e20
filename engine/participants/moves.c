/* A line that was typed, as a move. A letter or a word begins it; what follows are words of the plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "participants/seen.h"
#include "plan/schema.h"

typedef struct typed_line {
    mu_terminal *t;
    const char *rest; /* behind the move's own word */
    mu_buf *out;
} typed_line;

typedef mu_move (*parser)(typed_line *l);

static mu_move refused(typed_line *l, const char *text)
{
    mu_buf_printf(l->out, "  %s\n", text);
    return (mu_move){.typed = TYPED_REFUSED};
}

/* The role under which whoever has the keyboard acts: the played one that they hold. */
static const char *role_id(const mu_terminal *t)
{
    const mu_world *w = mu_run_world(t->run);
    const char *why;
    for (int i = 0; i < w->role_count; i++) {
        int person = w->roles[i].played ? mu_holder(w, i, mu_run_now(t->run), &why) : -1;
        if (person >= 0 && w->people[person].name == t->player)
            return mu_symbol_text(t->symbols, w->roles[i].name);
    }
    return NULL;
}

static mu_move act(typed_line *l, const char *verb, const char *object)
{
    mu_terminal *t = l->t;
    return (mu_move){.typed = TYPED_ACT, .act = {.seat = "terminal", .role = role_id(t), .person = mu_term_text(t, t->player), .verb = verb, .object = object}};
}

static mu_move facilitator(typed_line *l, const char *verb, const char *object)
{
    (void)l;
    return (mu_move){.typed = TYPED_ACT, .act = {.seat = "facilitator", .verb = verb, .object = object}};
}

/* The next word of the rest; "" at its end. */
static const char *word(typed_line *l)
{
    char text[300];
    l->rest += strspn(l->rest, " ");
    size_t n = strcspn(l->rest, " ");
    snprintf(text, sizeof text, "%.*s", n > 290 ? 290 : (int)n, l->rest);
    l->rest += n;
    return mu_term_keep(l->t, text);
}

static const char *rest(typed_line *l)
{
    l->rest += strspn(l->rest, " ");
    return *l->rest ? mu_term_keep(l->t, l->rest) : NULL;
}

/* "legal" as "role:legal" where the plan has it; a kind that is written stays. */
static const char *kinded(typed_line *l, const char *id, const char *const *kinds, const char *const *sections, int count)
{
    char text[400];
    const mu_node *root = mu_run_world(l->t->run)->root;
    for (int i = 0; i < count && !strchr(id, ':'); i++)
        if (mu_get(mu_get(root, sections[i]), id)) {
            snprintf(text, sizeof text, "%s:%s", kinds[i], id);
            return mu_term_keep(l->t, text);
        }
    return id;
}

static const char *of_kind(typed_line *l, const char *id, const char *kind, const char *section)
{
    return kinded(l, id, &kind, &section, 1);
}

static const char *whom(typed_line *l, const char *id)
{
    static const char *const kinds[] = {"role", "person", "external", "audience"}, *const sections[] = {"roles", "people", "externals", "audiences"};
    return kinded(l, id, kinds, sections, 4);
}

static const char *thing(typed_line *l, const char *id)
{
    static const char *const kinds[] = {"dependency", "channel", "asset"}, *const sections[] = {"dependencies", "channels", "assets"};
    return kinded(l, id, kinds, sections, 3);
}

/* ---- a player's moves ---- */

static mu_move answer(typed_line *l, int choice)
{
    mu_item *q = mu_term_question(l->t, l->t->player);
    const mu_card *c = q ? mu_term_card(l->t, q) : NULL;
    if (!c)
        return refused(l, "No question is open for you.");
    if (choice < 1 || choice > c->answer_count)
        return refused(l, "That is none of the answers.");
    l->t->half = act(l, "answer", mu_term_text(l->t, mu_symbol_counted(MU_PROMPT_N, q->number)));
    l->t->half.act.choice = c->answers[choice - 1].id;
    l->t->asking = ASK_WHY;
    return (mu_move){.typed = TYPED_SHOWN};
}

static mu_move acknowledge(typed_line *l)
{
    const char *which = word(l);
    for (int i = 0; i < l->t->count; i++) {
        const mu_item *m = &l->t->items[i];
        if (m->kind == ITEM_MESSAGE && !m->done && m->shown && m->person == l->t->player && (!*which || strtoll(which, NULL, 10) == m->number))
            return act(l, "acknowledge", mu_term_text(l->t, mu_symbol_counted(MU_MESSAGE_N, m->number)));
    }
    return refused(l, "No message of yours is open.");
}

static mu_move start(typed_line *l)
{
    const char *id = word(l);
    return *id ? act(l, "start", of_kind(l, id, "action", "raci")) : refused(l, "Say which action: start isolate_production. t shows yours.");
}

static mu_move done(typed_line *l)
{
    const char *id = word(l);
    if (!*id)
        return refused(l, "Say which action: done isolate_production.");
    mu_move m = act(l, "finish", of_kind(l, id, "action", "raci"));
    const char *choice = word(l);
    m.act.choice = *choice ? choice : NULL;
    return m;
}

/* The oldest thing of a kind that was asked of the player, answered or not by an acknowledgement. */
static int64_t asked_for(const mu_terminal *t, mu_counted what)
{
    for (int i = t->count - 1; i >= 0; i--)
        if (t->items[i].person == t->player && mu_symbol_number(t->items[i].about, what) >= 0)
            return mu_symbol_number(t->items[i].about, what);
    return -1;
}

static mu_move decide(typed_line *l)
{
    int64_t task = asked_for(l->t, MU_DECIDE_N);
    const char *yes = word(l);
    if (task < 0)
        return refused(l, "No decision is asked of you.");
    if (strcmp(yes, "yes") != 0 && strcmp(yes, "no") != 0)
        return refused(l, "Say d yes or d no, and why.");
    mu_move m = act(l, "decide", mu_term_text(l->t, mu_symbol_counted(MU_TASK_N, task)));
    m.act.choice = yes;
    m.act.text = rest(l);
    return m;
}

static mu_move consult(typed_line *l)
{
    int64_t task = asked_for(l->t, MU_CONSULT_N);
    if (task < 0)
        return refused(l, "Nobody asks for your advice.");
    mu_move m = act(l, "consult", mu_term_text(l->t, mu_symbol_counted(MU_TASK_N, task)));
    m.act.text = rest(l);
    return m;
}

static mu_move notify(typed_line *l)
{
    const char *who = word(l), *via = NULL;
    if (!*who)
        return refused(l, "Say whom: n legal_counsel by phone The bank has called.");
    mu_move m = act(l, "notify", whom(l, who));
    if (strncmp(l->rest + strspn(l->rest, " "), "by ", 3) == 0) {
        (void)word(l);
        via = of_kind(l, word(l), "channel", "channels");
    }
    m.act.via = via;
    m.act.text = rest(l);
    return m;
}

static mu_move severity(typed_line *l)
{
    const char *level = word(l);
    if (!*level)
        return refused(l, "Say which level: s sev1 The settlement stands.");
    mu_move m = act(l, "declare", of_kind(l, level, "severity", "severities"));
    m.act.text = rest(l);
    return m;
}

static mu_move escalate(typed_line *l)
{
    const char *ladder = word(l);
    return *ladder ? act(l, "escalate", of_kind(l, ladder, "escalation", "escalations")) : refused(l, "Say which ladder of the plan: e major.");
}

static mu_move hand(typed_line *l)
{
    const char *role = word(l), *to = word(l);
    if (!*role || !*to)
        return refused(l, "Say which role, and to whom: h incident_commander marco.");
    mu_move m = act(l, "hand_over", of_kind(l, role, "role", "roles"));
    m.act.choice = of_kind(l, to, "person", "people");
    return m;
}

static mu_move message(typed_line *l)
{
    const char *audience = word(l);
    return *audience ? act(l, "release", of_kind(l, audience, "audience", "audiences")) : refused(l, "Say to which audience of the plan: m customers.");
}

static mu_move look_up(typed_line *l)
{
    const char *what = rest(l);
    return act(l, "look_up", what ? what : "playbooks");
}

static mu_move with_text(typed_line *l, const char *verb, const char *how)
{
    const char *text = rest(l);
    if (!text)
        return refused(l, how);
    mu_move m = act(l, verb, NULL);
    m.act.text = text;
    return m;
}

static mu_move improvise(typed_line *l)
{
    return with_text(l, "improvise", "Say what you do.");
}

static mu_move blocked(typed_line *l)
{
    return with_text(l, "blocked", "Say what is in your way.");
}

static mu_move tasks(typed_line *l)
{
    mu_term_tasks(l->t, l->out);
    return (mu_move){.typed = TYPED_SHOWN};
}

static int64_t length(typed_line *l)
{
    mu_duration d;
    const char *text = word(l);
    return *text && mu_duration_read(text, &d) ? mu_duration_ms(d) : -1;
}

static mu_move wait(typed_line *l)
{
    return (mu_move){.typed = TYPED_WAIT, .ms = length(l)};
}

static mu_move leave(typed_line *l)
{
    (void)l;
    return (mu_move){.typed = TYPED_LEAVE};
}

static mu_move real(typed_line *l)
{
    mu_move m = facilitator(l, "stop", NULL);
    m.act.text = rest(l);
    return m;
}

/* ---- the facilitator's, behind a colon ---- */

static mu_move plain(typed_line *l, const char *verb)
{
    mu_move m = facilitator(l, verb, NULL);
    m.act.text = rest(l);
    return m;
}

static mu_move f_pause(typed_line *l)
{
    return plain(l, "pause");
}

static mu_move f_resume(typed_line *l)
{
    return plain(l, "resume");
}

static mu_move f_speed(typed_line *l)
{
    char rate[32];
    double times = strtod(word(l), NULL);
    if (!(times >= 0.01 && times <= 10000))
        return refused(l, "Say how many times as fast: :speed 2");
    snprintf(rate, sizeof rate, "%lld", (long long)(times * 1000 + 0.5));
    mu_move m = facilitator(l, "speed", NULL);
    m.act.choice = mu_term_keep(l->t, rate);
    return m;
}

static mu_move to_moment(typed_line *l, const char *verb, const char *object)
{
    char at[32];
    int64_t by = length(l);
    if (by < 0)
        return refused(l, "Say by how much: 20m, 1h.");
    snprintf(at, sizeof at, "%lld", (long long)mu_run_now(l->t->run) + by);
    mu_move m = facilitator(l, verb, object);
    m.act.choice = mu_term_keep(l->t, at);
    return m;
}

static mu_move f_jump(typed_line *l)
{
    return to_moment(l, "jump", NULL);
}

/* A card's name may hold blanks: all that is left of the line. */
static mu_move on_card(typed_line *l, const char *verb)
{
    char name[400];
    const char *card = rest(l);
    if (!card)
        return refused(l, "Say which card; :list shows them.");
    snprintf(name, sizeof name, "card:%s", card);
    return facilitator(l, verb, mu_term_keep(l->t, name));
}

static mu_move f_play(typed_line *l)
{
    return on_card(l, "play");
}

static mu_move f_hold(typed_line *l)
{
    return on_card(l, "hold");
}

static mu_move f_cancel(typed_line *l)
{
    return on_card(l, "cancel");
}

/* :move 20m ransom note */
static mu_move f_move(typed_line *l)
{
    mu_move when = to_moment(l, "reschedule", NULL), m;
    if (when.typed != TYPED_ACT)
        return when;
    m = on_card(l, "reschedule");
    m.act.choice = when.act.choice;
    return m;
}

static mu_move f_send(typed_line *l)
{
    mu_move m = facilitator(l, "send", whom(l, word(l)));
    m.act.text = rest(l);
    return m;
}

static mu_move on_person(typed_line *l, const char *verb)
{
    return facilitator(l, verb, of_kind(l, word(l), "person", "people"));
}

static mu_move f_away(typed_line *l)
{
    return on_person(l, "away");
}

static mu_move f_back(typed_line *l)
{
    return on_person(l, "back");
}

static mu_move f_down(typed_line *l)
{
    return facilitator(l, "down", thing(l, word(l)));
}

static mu_move f_up(typed_line *l)
{
    return facilitator(l, "up", thing(l, word(l)));
}

static mu_move f_undo(typed_line *l)
{
    mu_move m = facilitator(l, "take_back", word(l));
    m.act.text = rest(l);
    return m;
}

static mu_move f_note(typed_line *l)
{
    return plain(l, "note");
}

static mu_move f_end(typed_line *l)
{
    return plain(l, "end");
}

static mu_move f_list(typed_line *l)
{
    const mu_msel *m = mu_run_msel(l->t->run);
    mu_buf_puts(l->out, "  (for the facilitator's eyes)\n");
    for (int i = 0; i < m->card_count; i++) {
        char at[16] = "story";
        if (m->cards[i].at >= 0)
            mu_term_clock(l->t, m->cards[i].at, at);
        mu_buf_printf(l->out, "  %-6s ", at);
        mu_buf_safe(l->out, m->cards[i].name, strlen(m->cards[i].name), 50);
        mu_buf_puts(l->out, "\n");
    }
    return (mu_move){.typed = TYPED_SHOWN};
}

typedef struct move_row {
    const char *word, *does;
    parser parse;
} move_row;

static const move_row moves[] = {
    {"a", "acknowledge the oldest message, or a N", acknowledge},
    {"start", "start an action of the plan: start triage", start},
    {"done", "it is done: done triage [OUTCOME]", done},
    {"d", "decide what was put to you: d yes REASON", decide},
    {"c", "give the advice that was asked for: c TEXT", consult},
    {"n", "tell somebody: n WHO [by CHANNEL] TEXT", notify},
    {"s", "declare, or change the severity: s LEVEL REASON", severity},
    {"e", "start a ladder of the plan: e LADDER", escalate},
    {"h", "hand a role over: h ROLE PERSON", hand},
    {"m", "send the message to an audience: m AUDIENCE", message},
    {"l", "look something up in the plan: l contacts", look_up},
    {"i", "do what the plan has no words for: i TEXT", improvise},
    {"b", "say that you cannot go on: b TEXT", blocked},
    {"t", "the tasks that were given to you", tasks},
    {"w", "wait until something comes, or w 10m", wait},
    {"q", "leave; muster run ... --resume goes on", leave},
    {"!", "stop: something real is happening", real},
    {":pause", "stop the clock", f_pause},
    {":resume", "start it again", f_resume},
    {":speed", "how many times as fast: :speed 2", f_speed},
    {":jump", "move the clock on: :jump 1h; what is jumped over is held", f_jump},
    {":list", "the cards", f_list},
    {":play", "release a card, or play it early: :play CARD", f_play},
    {":hold", "keep a card back: :hold CARD", f_hold},
    {":cancel", "take a card off the list: :cancel CARD", f_cancel},
    {":move", "move a card on: :move 20m CARD", f_move},
    {":send", "send one off the script: :send WHO TEXT", f_send},
    {":away", "mark a person away", f_away},
    {":back", "mark a person back", f_back},
    {":down", "mark a thing down: :down okta", f_down},
    {":up", "mark a thing up", f_up},
    {":undo", "take an act back: :undo EVENT WHY", f_undo},
    {":note", "write an observation down", f_note},
    {":end", "end the exercise", f_end},
    {NULL, NULL, NULL},
};

static mu_move help(typed_line *l)
{
    mu_buf_puts(l->out, "  1-9      answer the question that is open\n");
    for (const move_row *m = moves; m->word; m++)
        mu_buf_printf(l->out, "  %-8s %s\n", m->word, m->does);
    return (mu_move){.typed = TYPED_SHOWN};
}

mu_move mu_term_parse(mu_terminal *t, const char *line, mu_buf *out)
{
    typed_line l = {.t = t, .rest = line, .out = out};
    const char *first = word(&l);
    if (!*first)
        return (mu_move){.typed = TYPED_SHOWN};
    if (strcmp(first, "?") == 0)
        return help(&l);
    if (*first >= '1' && *first <= '9' && !first[1])
        return answer(&l, *first - '0');
    for (const move_row *m = moves; m->word; m++)
        if (strcmp(m->word, first) == 0)
            return !t->player && *first != ':' && !strchr("wq!", *first) ? refused(&l, "Nothing has reached anybody who is played yet; w waits.") : m->parse(&l);
    return refused(&l, "There is no such move; ? shows them all.");
}
