/* A line that was typed, as a move. A letter or a word begins it; what follows are words of the plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "participants/line.h"
#include "plan/schema.h"

mu_move mu_line_refused(mu_typed_line *l, const char *text)
{
    mu_buf_printf(l->out, "  %s\n", text);
    return (mu_move){.typed = TYPED_REFUSED};
}

/* A role that whoever has the keyboard holds: with an authority, or else one that is played. */
static const char *role_of(const mu_terminal *t, const char *authority)
{
    const mu_world *w = mu_run_world(t->run);
    const char *why;
    for (int i = 0; i < w->role_count; i++) {
        bool fits = authority ? mu_run_authority(t->run, i, authority) : w->roles[i].played;
        int person = fits ? mu_holder(w, i, mu_run_now(t->run), &why) : -1;
        if (person >= 0 && w->people[person].name == t->player)
            return mu_symbol_text(t->symbols, w->roles[i].name);
    }
    return NULL;
}

static mu_move act(mu_typed_line *l, const char *verb, const char *object)
{
    mu_terminal *t = l->t;
    return (mu_move){.typed = TYPED_ACT, .act = {.seat = "terminal", .role = role_of(t, NULL), .person = mu_term_text(t, t->player), .verb = verb, .object = object}};
}

mu_move mu_line_with_words(mu_typed_line *l, mu_move m)
{
    if (m.typed == TYPED_ACT)
        m.act.text = mu_line_rest(l);
    return m;
}

mu_move mu_line_facilitator(const char *verb, const char *object)
{
    return (mu_move){.typed = TYPED_ACT, .act = {.seat = "facilitator", .verb = verb, .object = object}};
}

/* The next word of the rest; "" at its end. */
const char *mu_line_word(mu_typed_line *l)
{
    char text[300];
    l->rest += strspn(l->rest, " ");
    size_t n = strcspn(l->rest, " ");
    snprintf(text, sizeof text, "%.*s", n > 290 ? 290 : (int)n, l->rest);
    l->rest += n;
    return mu_term_keep(l->t, text);
}

const char *mu_line_rest(mu_typed_line *l)
{
    l->rest += strspn(l->rest, " ");
    return *l->rest ? mu_term_text(l->t, mu_symbol(l->t->symbols, l->rest)) : NULL; /* however long it is */
}

/* Where nothing is named, how it is said; where the plan has no such thing, that was said. */
const char *mu_line_meant(mu_typed_line *l, mu_line_set set, const char *how)
{
    l->rest += strspn(l->rest, " ");
    if (*l->rest)
        return mu_line_named(l, set);
    (void)mu_line_refused(l, how);
    return NULL;
}

static const mu_move refused = {.typed = TYPED_REFUSED};

/* ---- a player's moves ---- */

static mu_move answer(mu_typed_line *l, int choice)
{
    mu_item *q = mu_term_question(l->t, l->t->player);
    const mu_card *c = q ? mu_term_card(l->t, q) : NULL;
    if (!c)
        return mu_line_refused(l, "No question is open for you.");
    if (choice < 1 || choice > c->answer_count) {
        mu_buf_printf(l->out, "  That is none of the answers: they are 1 to %d.\n", c->answer_count);
        return refused;
    }
    mu_move m = act(l, "answer", mu_term_text(l->t, mu_symbol_counted(MU_PROMPT_N, q->number)));
    m.act.choice = c->answers[choice - 1].id;
    mu_term_keep_half(l->t, &m);
    l->t->asking = ASK_WHY;
    return (mu_move){.typed = TYPED_SHOWN};
}

static bool open_message(const mu_terminal *t, const mu_item *m)
{
    return m->kind == ITEM_MESSAGE && !m->done && m->shown && m->person == t->player;
}

static mu_move no_message(mu_typed_line *l, const char *which)
{
    mu_buf text = {0};
    for (int i = 0; *which && i < l->t->count; i++)
        if (open_message(l->t, &l->t->items[i]))
            mu_buf_printf(&text, "%s%d", text.len ? ", " : "That is no message of yours which is open. Open: ", (int)l->t->items[i].number);
    mu_buf_puts(&text, text.len ? "." : "No message of yours is open.");
    mu_term_paragraph(l->t, l->out, text.text, 2);
    mu_buf_free(&text);
    return refused;
}

static mu_move acknowledge(mu_typed_line *l)
{
    const char *which = mu_line_word(l);
    int64_t number = which[strspn(which, "0123456789")] ? -1 : strtoll(which, NULL, 10);
    for (int i = 0; i < l->t->count; i++) {
        const mu_item *m = &l->t->items[i];
        if (open_message(l->t, m) && (!*which || number == m->number))
            return mu_line_with_words(l, act(l, "acknowledge", mu_term_text(l->t, mu_symbol_counted(MU_MESSAGE_N, m->number))));
    }
    return no_message(l, which);
}

/* The one task of theirs in this state; NULL where there is none, or more than one. */
static const char *only_task(const mu_typed_line *l, const char *state)
{
    const mu_run *r = l->t->run;
    const char *one = NULL;
    int n = 0;
    for (int64_t i = 0; i < mu_run_tasks(r); i++)
        if (mu_run_task_person(r, i) == l->t->player && strcmp(mu_run_task_state(r, i), state) == 0 && n++ == 0)
            one = mu_term_text(l->t, mu_symbol_counted(MU_TASK_N, i));
    return n == 1 ? one : NULL;
}

static mu_move start(mu_typed_line *l)
{
    l->rest += strspn(l->rest, " ");
    const char *only = *l->rest ? NULL : only_task(l, "to be started");
    const char *id = only ? only : mu_line_meant(l, MU_LINE_ACTION, "Say which action of the plan: t shows yours, l actions all of them.");
    return id ? mu_line_with_words(l, act(l, "start", id)) : refused;
}

/* The oldest thing of a kind that was asked of the player and not given; of an action where one is named. */
static const mu_item *asked_for(const mu_terminal *t, mu_counted what, const char *action)
{
    for (int i = 0; i < t->count; i++) {
        const mu_item *m = &t->items[i];
        int64_t task = mu_symbol_number(m->about, what);
        const mu_node *of = task >= 0 ? mu_run_task_action(t->run, task) : NULL;
        if (of && m->shown && !m->given && m->person == t->player && (!action || strcmp(of->key, action) == 0))
            return m;
    }
    return NULL;
}

/* As the role by which it was asked. */
static mu_move on_asked(mu_typed_line *l, const char *verb, const mu_item *item, mu_counted what)
{
    mu_move m = act(l, verb, mu_term_text(l->t, mu_symbol_counted(MU_TASK_N, mu_symbol_number(item->about, what))));
    const char *to = mu_run_message_to(l->t->run, item->number);
    m.act.role = strncmp(to, "role:", 5) == 0 ? to : m.act.role;
    return m;
}

/* A reason belongs to it: where none was typed it is asked for. */
static mu_move with_reason(mu_typed_line *l, mu_move m)
{
    m.act.text = mu_line_rest(l);
    if (m.act.text)
        return m;
    mu_term_keep_half(l->t, &m);
    l->t->asking = ASK_WHY;
    return (mu_move){.typed = TYPED_SHOWN};
}

static bool is_choice(const char *word)
{
    return strcmp(word, "yes") == 0 || strcmp(word, "no") == 0;
}

/* d yes REASON of what was asked; d ACTION yes REASON of any action of the plan. */
static mu_move decide(mu_typed_line *l)
{
    const char *all = l->rest, *choice = mu_line_word(l), *of = NULL;
    if (!*choice)
        return mu_line_refused(l, "Say d yes or d no, and why; or d ACTION yes.");
    if (!is_choice(choice)) {
        l->rest = all;
        if (!(of = mu_line_named(l, MU_LINE_ACTION)))
            return refused;
        choice = mu_line_word(l);
    }
    if (!is_choice(choice))
        return mu_line_refused(l, "Say d yes or d no, and why; or d ACTION yes.");
    const mu_item *asked = asked_for(l->t, MU_DECIDE_N, of ? strchr(of, ':') + 1 : NULL);
    if (!asked && !of)
        return mu_line_refused(l, "No decision is asked of you. d ACTION yes decides an action of the plan all the same.");
    mu_move m = asked ? on_asked(l, "decide", asked, MU_DECIDE_N) : act(l, "decide", of);
    m.act.choice = choice;
    return with_reason(l, m);
}

static mu_move ask_decision(mu_typed_line *l)
{
    const char *id = mu_line_meant(l, MU_LINE_ACTION, "Say of which action: r isolate_production.");
    return id ? mu_line_with_words(l, act(l, "request", id)) : refused;
}

/* c TEXT of what was asked first; c ACTION TEXT of what was asked on that action. */
static mu_move consult(mu_typed_line *l)
{
    const char *all = l->rest, *of = mu_line_try(l, MU_LINE_ACTION);
    const mu_item *asked = of ? asked_for(l->t, MU_CONSULT_N, strchr(of, ':') + 1) : NULL;
    if (!asked) { /* it is a word of the advice */
        l->rest = all;
        asked = asked_for(l->t, MU_CONSULT_N, NULL);
    }
    if (!asked)
        return mu_line_refused(l, "Nobody asks for your advice.");
    mu_move m = on_asked(l, "consult", asked, MU_CONSULT_N);
    m.act.text = mu_line_rest(l);
    return m.act.text ? m : mu_line_refused(l, "Say what you advise, in words: c Wait until the bank has answered.");
}

/* "by phone"; false where it names no channel of the plan, which was said. */
static bool over_channel(mu_typed_line *l, mu_move *m)
{
    bool by = strncmp(l->rest + strspn(l->rest, " "), "by ", 3) == 0;
    if (by)
        (void)mu_line_word(l);
    m->act.via = by ? mu_line_named(l, MU_LINE_CHANNEL) : NULL;
    return !by || m->act.via;
}

/* An audience is told what the plan has prepared for it; everybody else is told in words. */
static mu_move notify(mu_typed_line *l)
{
    const char *who = mu_line_meant(l, MU_LINE_WHOM, "Say whom, and what: n legal_counsel by phone The bank has called.");
    if (!who)
        return refused;
    mu_move m = act(l, "notify", who);
    if (!over_channel(l, &m))
        return refused;
    m.act.text = mu_line_rest(l);
    if (!m.act.text && strncmp(who, "audience:", 9) != 0)
        return mu_line_refused(l, "Say what they are told as well: n legal_counsel by phone The bank has called.");
    return m;
}

/* As a role that may declare, where the player holds one. */
static mu_move severity(mu_typed_line *l)
{
    const char *level = mu_line_meant(l, MU_LINE_LEVEL, "Say which level: s sev1 The settlement stands.");
    if (!level)
        return refused;
    mu_move m = act(l, "declare", level);
    const char *role = role_of(l->t, "declare");
    m.act.role = role ? role : m.act.role;
    return with_reason(l, m);
}

static const mu_node *action_of(const mu_typed_line *l, const char *id)
{
    int64_t task = mu_symbol_number(mu_symbol(l->t->symbols, id), MU_TASK_N);
    return task >= 0 ? mu_run_task_action(l->t->run, task) : mu_get(mu_get(mu_run_world(l->t->run)->root, "raci"), strchr(id, ':') + 1);
}

/* Whether the step for which an action is under way decides something. */
static bool has_outcomes(const mu_typed_line *l, const mu_node *action)
{
    for (int64_t i = 0; i < mu_run_tasks(l->t->run); i++)
        if (mu_run_task_action(l->t->run, i) == action && mu_run_task_outcomes(l->t->run, i))
            return true;
    return false;
}

/* To have declared is to have said a level: "done declare sev1" says it. */
static mu_move done(mu_typed_line *l)
{
    l->rest += strspn(l->rest, " ");
    const char *only = *l->rest ? NULL : only_task(l, "under way");
    const char *id = only ? only : mu_line_meant(l, MU_LINE_ACTION, "Say which action: t shows yours.");
    if (!id)
        return refused;
    if (mu_run_to_declare(l->t->run, action_of(l, id)))
        return severity(l);
    mu_move m = act(l, "finish", id);
    const char *choice = has_outcomes(l, action_of(l, id)) ? mu_line_word(l) : "";
    m.act.choice = *choice ? choice : NULL;
    return mu_line_with_words(l, m);
}

static mu_move escalate(mu_typed_line *l)
{
    const char *ladder = mu_line_meant(l, MU_LINE_LADDER, "Say which ladder of the plan: e major.");
    return ladder ? mu_line_with_words(l, act(l, "escalate", ladder)) : refused;
}

static mu_move hand(mu_typed_line *l)
{
    static const char how[] = "Say which role, and to whom: h incident_commander marco.";
    const char *role = mu_line_meant(l, MU_LINE_ROLE, how), *to = role ? mu_line_try(l, MU_LINE_PERSON) : NULL;
    if (!role)
        return refused;
    if (!to && strncmp(l->rest + strspn(l->rest, " "), "to ", 3) == 0)
        (void)mu_line_word(l);
    if (!to && !(to = mu_line_meant(l, MU_LINE_PERSON, how)))
        return refused;
    mu_move m = act(l, "hand_over", role);
    m.act.choice = to;
    return mu_line_with_words(l, m);
}

static mu_move message(mu_typed_line *l)
{
    const char *audience = mu_line_meant(l, MU_LINE_AUDIENCE, "Say to which audience of the plan: m customers.");
    mu_move m = act(l, "release", audience);
    return audience && over_channel(l, &m) ? mu_line_with_words(l, m) : refused;
}

static mu_move look_up(mu_typed_line *l)
{
    const char *what = mu_line_rest(l);
    return act(l, "look_up", what ? what : "playbooks");
}

static mu_move with_text(mu_typed_line *l, const char *verb, const char *how)
{
    const char *text = mu_line_rest(l);
    if (!text)
        return mu_line_refused(l, how);
    mu_move m = act(l, verb, NULL);
    m.act.text = text;
    return m;
}

static mu_move ask(mu_typed_line *l)
{
    return with_text(l, "ask", "Say what you want to know.");
}

static mu_move improvise(mu_typed_line *l)
{
    return with_text(l, "improvise", "Say what you do.");
}

/* "b restore no account": where the first words name an action of the plan, that is what stands still. */
static mu_move blocked(mu_typed_line *l)
{
    const char *action = mu_line_try(l, MU_LINE_ACTION);
    mu_move m = with_text(l, "blocked", "Say what is in your way.");
    m.act.object = action;
    return m;
}

static mu_move tasks(mu_typed_line *l)
{
    if (mu_run_over(l->t->run))
        mu_buf_puts(l->out, "  The exercise is over: nothing is open any more.\n");
    else if (!mu_term_also(l->t, l->out))
        mu_buf_puts(l->out, "  Nothing is open for you.\n");
    return (mu_move){.typed = TYPED_SHOWN};
}

static const int64_t longest = (int64_t)1 << 50; /* ms: no exercise lasts so long */

/* "1h30m", "90m": what its parts come to, or -1. */
static int64_t length_of(const char *word)
{
    int64_t total = *word ? 0 : -1;
    for (size_t n; total >= 0 && *word; word += n) {
        char part[24];
        mu_duration d;
        n = strspn(word, "0123456789");
        n += strcspn(word + n, "0123456789");
        snprintf(part, sizeof part, "%.*s", (int)(n < sizeof part ? n : sizeof part - 1), word);
        total = !mu_duration_read(part, &d) ? -1 : mu_duration_ms(d) > longest - total ? longest : total + mu_duration_ms(d);
    }
    return total;
}

/* Written apart it is one length as well: "1h 30m". */
int64_t mu_line_length(mu_typed_line *l)
{
    int64_t total = length_of(mu_line_word(l));
    const char *behind = l->rest;
    for (int64_t more; total >= 0 && (more = length_of(mu_line_word(l))) >= 0; behind = l->rest)
        total = more > longest - total ? longest : total + more;
    l->rest = total < 0 ? l->rest : behind;
    return total;
}

static mu_move pass(mu_typed_line *l)
{
    l->t->pass = TO_ANYBODY;
    return (mu_move){.typed = TYPED_SHOWN};
}

static mu_move wait(mu_typed_line *l)
{
    bool said = l->rest[strspn(l->rest, " ")];
    int64_t by = mu_line_length(l);
    if (said && by < 0)
        return mu_line_refused(l, "Say w alone, or how long: w 10m, w 1h.");
    l->t->pass = TO_NEWS;
    return (mu_move){.typed = TYPED_WAIT, .ms = by};
}

static mu_move leave(mu_typed_line *l)
{
    (void)l;
    return (mu_move){.typed = TYPED_LEAVE};
}

static mu_move real(mu_typed_line *l)
{
    mu_move m = mu_line_facilitator("stop", NULL);
    m.act.text = mu_line_rest(l);
    return m;
}

static const mu_move_row moves[] = {
    {"a", "acknowledge the oldest message, or a NUMBER", acknowledge},
    {"start", "start an action of the plan: start triage", start},
    {"done", "it is done: done triage [OUTCOME]", done},
    {"d", "decide what was put to you: d yes REASON; d ACTION yes REASON", decide},
    {"r", "ask whoever answers for an action to decide: r ACTION", ask_decision},
    {"c", "give the advice that was asked for: c [ACTION] TEXT", consult},
    {"n", "tell somebody: n WHO [by CHANNEL] TEXT", notify},
    {"s", "declare, change or confirm the severity: s LEVEL REASON", severity},
    {"e", "start a ladder of the plan: e LADDER", escalate},
    {"h", "hand a role over: h ROLE to PERSON", hand},
    {"m", "send the message to an audience: m AUDIENCE [by CHANNEL]", message},
    {"l", "look something up in the plan: l contacts, l triage", look_up},
    {"ask", "ask the facilitator for what is told only if somebody asks: ask TEXT", ask},
    {"i", "do what the plan has no words for: i TEXT", improvise},
    {"b", "say that you cannot go on: b [ACTION] TEXT", blocked},
    {"t", "what is open for you", tasks},
    {"w", "wait until something comes, or w 10m", wait},
    {"p", "pass the keyboard to whoever else has something open", pass},
    {"q", "leave; muster run ... --resume goes on", leave},
    {"!", "stop: something real is happening", real},
    {NULL, NULL, NULL},
};

static void row(const mu_typed_line *l, const mu_move_row *m)
{
    enum { WORD = 11 };
    mu_buf does = {0};
    mu_term_paragraph(l->t, &does, m->does, WORD);
    mu_buf_printf(l->out, "  %-8s %s", m->word, does.text + WORD);
    mu_buf_free(&does);
}

static void rows(const mu_typed_line *l, const mu_move_row *list)
{
    for (const mu_move_row *m = list; m->word; m++)
        row(l, m);
}

/* The players' moves, or the facilitator's: both together are more than a screen holds. */
static mu_move help(mu_typed_line *l, bool steering)
{
    mu_buf_puts(l->out, steering ? "  The facilitator's moves; ? shows the players'.\n" : "  1-9      answer the question that is open\n");
    rows(l, steering ? mu_steering : moves);
    mu_buf_puts(l->out, steering ? "" : "  :?       the facilitator's moves\n");
    return (mu_move){.typed = TYPED_SHOWN};
}

static const mu_move_row *row_of(const char *word)
{
    const mu_move_row *const tables[] = {moves, mu_steering};
    for (int i = 0; i < 2; i++)
        for (const mu_move_row *m = tables[i]; m->word; m++)
            if (mu_line_same(m->word, word))
                return m;
    return NULL;
}

bool mu_term_is_move(const char *line)
{
    return row_of(line) || strcmp(line, "?") == 0;
}

/* Whoever writes the word out that the screen has behind a letter, or another for it, is shown the move. */
static const mu_move_row *row_near(const char *word)
{
    static const char *const out[][2] = {
        {"acknowledge", "a"}, {"ack", "a"}, {"begin", "start"}, {"finish", "done"}, {"decide", "d"}, {"request", "r"}, {"advise", "c"}, {"notify", "n"}, {"tell", "n"},
        {"severity", "s"}, {"declare", "s"}, {"escalate", "e"}, {"hand", "h"}, {"message", "m"}, {"look", "l"}, {"lookup", "l"}, {"improvise", "i"}, {"blocked", "b"},
        {"tasks", "t"}, {"wait", "w"}, {"pass", "p"}, {"quit", "q"}, {"exit", "q"}, {"leave", "q"}, {":quit", "q"}, {"stop", "!"}, {":stop", "!"}, {":release", ":play"},
        {":take-back", ":undo"}, {"start", "start"}, {"done", "done"}};
    enum { OUT = sizeof out / sizeof *out, MOST = OUT + 40, SHORTEST = 3 };
    const char *words[MOST];
    size_t count = 0;
    for (size_t i = 0; i < OUT; i++)
        words[count++] = out[i][0];
    for (const mu_move_row *m = mu_steering; m->word && count < MOST; m++)
        words[count++] = m->word;
    const char *near = strlen(word) < SHORTEST ? NULL : mu_nearest(word, words, count);
    near = near && *near == *word ? near : NULL; /* so short a word is near to much: nobody misses its first letter */
    for (size_t i = 0; near && i < OUT; i++)
        if (near == out[i][0])
            return row_of(out[i][1]);
    return near ? row_of(near) : NULL;
}

/* Whoever writes the name of an action alone means to begin it, or to say that it is done. */
static bool is_action(mu_typed_line *l, const char *line)
{
    l->rest = line;
    const char *id = mu_line_try(l, MU_LINE_ACTION), *key = id ? strchr(id, ':') + 1 : NULL;
    mu_buf text = {0};
    if (!id)
        return false;
    mu_buf_printf(&text, "That is an action of the plan: start %s begins it, done %s ends it, l %s shows it.", key, key, key);
    mu_term_paragraph(l->t, l->out, text.text, 2);
    mu_buf_free(&text);
    return true;
}

static mu_move no_such_move(mu_typed_line *l, const char *line, const char *word)
{
    const mu_move_row *near = row_near(word);
    if (is_action(l, line))
        return refused;
    mu_buf_puts(l->out, near ? "  There is no such move; ? shows them all. Was this meant?\n" : "  There is no such move; ? shows them all.\n");
    if (near)
        row(l, near);
    return refused;
}

mu_move mu_term_parse(mu_terminal *t, const char *line, mu_buf *out)
{
    mu_typed_line l = {.t = t, .rest = line, .out = out};
    l.rest += strspn(l.rest, " ");
    if (*l.rest == '!') { /* whoever calls that out leaves no blank */
        l.rest++;
        return real(&l);
    }
    const char *first = mu_line_word(&l);
    if (!*first)
        return (mu_move){.typed = TYPED_SHOWN};
    if (strcmp(first + (*first == ':'), "?") == 0 || strcmp(first + (*first == ':'), "help") == 0)
        return help(&l, *first == ':');
    if (*first >= '1' && *first <= '9' && !first[1])
        return answer(&l, *first - '0');
    const mu_move_row *m = row_of(first);
    if (!m)
        return no_such_move(&l, line, first);
    bool anybody = *first == ':' || strchr("wq", *m->word);
    return t->player || anybody ? m->parse(&l) : mu_line_refused(&l, "Nothing has reached anybody who is played yet; w waits.");
}
