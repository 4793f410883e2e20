/* What people may do, each a row: players what a responder may do, a facilitator what is theirs alone. */
#include <stdlib.h>
#include <string.h>

#include "core/hand.h"

const mu_verb_row mu_verbs[] = {
    {"open", false, "message:N or prompt:N", "see a message, or a question", false},
    {"acknowledge", false, "message:N", "say that a message has reached you", false},
    {"answer", false, "prompt:N", "answer a question; choice is the answer", false},
    {"start", false, "action:ID or task:N", "start an action of the plan", false},
    {"finish", false, "action:ID or task:N", "say that it is done; choice is its outcome", false},
    {"consult", false, "task:N", "give the advice that was asked for", false},
    {"request", false, "action:ID or task:N", "ask whoever answers for an action to decide it", false},
    {"decide", false, "task:N or action:ID", "decide what was put to you, or what is coming; choice is yes or no, text the reason", false},
    {"declare", false, "severity:ID", "declare the incident, change its severity, or say that it stands; text is the reason", false},
    {"notify", false, "role:, person:, team:, external: or audience:", "tell somebody, over a channel of your choice", false},
    {"draft", false, "audience:ID", "write the message to an audience", false},
    {"release", false, "audience:ID", "send the message to an audience", false},
    {"escalate", false, "escalation:ID", "start a ladder of the plan", false},
    {"hand_over", false, "role:ID", "hand your role to the person in choice", false},
    {"look_up", false, "what", "look something up in the plan", false},
    {"improvise", false, "", "do what the plan has no words for; text says what", false},
    {"blocked", false, "anything", "say that you cannot go on; text says why", false},
    {"play", true, "card:NAME", "release an inject that is held, or play one early", false},
    {"hold", true, "card:NAME", "keep an inject back until it is released", false},
    {"cancel", true, "card:NAME", "take an inject off the list", false},
    {"reschedule", true, "card:NAME", "move an inject to the exercise time in choice, in milliseconds", false},
    {"send", true, "role:, person: or team:", "send one that is not on the list; text is what it says", false},
    {"away", true, "person:ID", "mark a person away", false},
    {"back", true, "person:ID", "mark a person back", false},
    {"down", true, "a thing", "mark a thing down", false},
    {"up", true, "a thing", "mark a thing up", false},
    {"take_back", true, "event number", "undo an act: the world is put back where that can be, and the record says so", false},
    {"note", true, "event number or nothing", "write an observation down; text says what, via its objective, choice strength or area", false},
    {"gap", true, "what of the plan has the gap, or plan", "write down a gap that was seen: choice is its type, text what was seen", false},
    {"rate", true, "objective", "rate an objective: choice is P, S, M or U, text why; the last one stands", false},
    {"wash", true, "", "what is said in the hot wash: choice is held, failed or change, text what", true},
    {"vote", true, "event number", "as many as in choice agree with what was said in the hot wash", true},
    {"item", true, "what of the plan has the gap, or plan", "agree an improvement: choice is the type of gap, via its owner and due date, text the action", false},
    {"waive", true, "what of the plan has the gap, or plan", "accept a gap: choice is its type, via until when, text why; the seat says who signs", false},
    {"pause", true, "", "stop the clock", false},
    {"resume", true, "", "start the clock again", false},
    {"return", true, "", "the program was away for the wall milliseconds in choice; the exercise stood meanwhile", false},
    {"speed", true, "", "choice is the rate in thousandths", false},
    {"jump", true, "", "move the clock to the exercise time in choice, in milliseconds", false},
    {"seat", true, "person:ID", "who plays a person from now on: choice is player or stand-in", false},
    {"extend", true, "prompt:N or card:NAME", "give more time to a question, or to what a card expects: choice is by how many milliseconds", false},
    {"pass", true, "", "time was let pass until now; where the clock goes in steps", false},
    {"stop", true, "", "real-world stop: something real is happening", false},
    {"end", true, "", "end the exercise", false},
    {"ask", false, "", "ask the exercise for what you would be told only if you asked; text says what", false},
    {NULL, false, NULL, NULL, false},
};

/* ---- what an act names ---- */

bool mu_hand_prefix(const char *text, const char *kind)
{
    size_t n = strlen(kind);
    return text && strncmp(text, kind, n) == 0 && text[n] == ':';
}

int64_t mu_hand_whole(const char *text)
{
    char *end = NULL;
    long long n = text ? strtoll(text, &end, 10) : -1;
    return end && end != text && !*end ? n : -1;
}

int64_t mu_hand_by(const mu_hand *h)
{
    return mu_sym(h->r, h->act->seat);
}

int mu_hand_number(const mu_hand *h, mu_counted what, const char *kind, int count)
{
    const char *object = h->act->object;
    if (h->act->known[ACT_OBJECT] < 0) { /* a counted thing's symbol, without its text */
        int64_t known = mu_symbol_number(h->act->known[ACT_OBJECT], what);
        return known < count ? (int)known : -1;
    }
    if (!mu_hand_prefix(object, kind))
        return -1;
    char *end;
    long n = strtol(object + strlen(kind) + 1, &end, 10);
    return *end || n < 0 || n >= count ? -1 : (int)n;
}

const char *mu_check_any(const mu_hand *h)
{
    (void)h;
    return NULL;
}

static bool everybody(const mu_hand *h)
{
    return h->act->object && strcmp(h->act->object, "team:all") == 0;
}

const char *mu_check_whom(const mu_hand *h)
{
    static const char *const sections[] = {"roles", "people", "teams", "externals", "audiences"};
    for (size_t i = 0; h->node && i < sizeof sections / sizeof *sections; i++)
        if (h->node->parent == mu_get(h->r->root, sections[i]))
            return NULL;
    return everybody(h) ? NULL : "the plan has nobody of that name";
}

void mu_hand_tell(const mu_hand *h, int64_t about)
{
    mu_run *r = h->r;
    mu_letter l = {.to = mu_hand_symbol(h, ACT_OBJECT), .channel = mu_hand_named(h, ACT_VIA), .about = about, .purpose = FOR_NOTICE};
    int role = mu_role_of(r->world, h->node);
    if (role >= 0) {
        (void)mu_send_to_role(r, role, l, about);
        return;
    }
    mu_line them = mu_meant_now(r->world, h->node, h->act->object, r->now);
    for (int i = 0; i < them.count; i++) {
        l.who = r->world->people[them.people[i]].node;
        (void)mu_send(r, &l);
    }
    if (h->node && mu_get(h->node, "organisation")) {
        l.who = h->node;
        (void)mu_send(r, &l);
    }
}

/* ---- the way in ---- */

/* An act that was taken is taken once, however often it comes; one that was refused may come again, changed. */
static bool repeated(mu_run *r, const char *id)
{
    int64_t symbol = mu_sym(r, id);
    return symbol && symbol < r->ids.count && r->ids.list[symbol];
}

static void remember(mu_run *r, const char *id)
{
    int64_t symbol = mu_sym(r, id);
    while (r->ids.count <= symbol)
        *(uint8_t *)MU_MORE(r->ids) = 0;
    r->ids.list[symbol] = symbol != 0;
}

static const mu_doing *in_table(const mu_doing *table, const char *verb)
{
    for (const mu_doing *d = table; verb && d->verb; d++)
        if (strcmp(d->verb, verb) == 0)
            return d;
    return NULL;
}

/* A verb: its row, and what it does. */
struct mu_move {
    const mu_verb_row *row;
    const mu_doing *doing;
};

static const mu_doing *doing_of(const char *verb)
{
    const mu_doing *d = in_table(mu_player_doings, verb);
    d = d ? d : in_table(mu_facilitator_doings, verb);
    return d ? d : in_table(mu_record_doings, verb);
}

void mu_moves_number(mu_run *r)
{
    int64_t most = 0;
    for (const mu_verb_row *v = mu_verbs; v->verb; v++)
        most = mu_sym(r, v->verb) > most ? mu_sym(r, v->verb) : most;
    struct mu_move *moves = mu_alloc(r->arena, (size_t)(most + 1) * sizeof *moves);
    for (const mu_verb_row *v = mu_verbs; v->verb; v++)
        moves[mu_sym(r, v->verb)] = (struct mu_move){v, doing_of(v->verb)};
    r->moves = moves;
    r->move_symbols = most + 1;
}

/* NULL where there is no such verb. */
static const struct mu_move *move_of(const mu_run *r, int64_t verb)
{
    return verb > 0 && verb < r->move_symbols && r->moves[verb].doing ? &r->moves[verb] : NULL;
}

/* What is only written down, or such a thing taken back, may come after ENDEX: the hot wash does. */
static bool of_the_record(const mu_run *r, const mu_act *a)
{
    int64_t n = a->verb && strcmp(a->verb, "take_back") == 0 ? mu_hand_whole(a->object) : 0;
    if (n < 1 || (size_t)n > mu_journal_count(r->journal))
        return in_table(mu_record_doings, a->verb) != NULL;
    const mu_event *e = mu_journal_event(r->journal, (size_t)n);
    return e->kind == EV_ACT && in_table(mu_record_doings, mu_journal_text(r->journal, e, "verb"));
}

static uint32_t record(const mu_hand *h)
{
    return EMIT(h->r, EV_ACT, mu_hand_symbol(h, ACT_SEAT), mu_hand_symbol(h, ACT_ROLE), mu_hand_symbol(h, ACT_PERSON), mu_hand_symbol(h, ACT_VERB), mu_hand_symbol(h, ACT_OBJECT),
                mu_hand_symbol(h, ACT_CHOICE), mu_hand_symbol(h, ACT_VIA), mu_hand_symbol(h, ACT_TEXT), h->act->sure, mu_sym(h->r, h->act->id));
}

static mu_hand hand_of(mu_run *r, const mu_act *act)
{
    mu_hand h = {.r = r, .act = act};
    const mu_node *role = mu_hand_named(&h, ACT_ROLE);
    h.node = mu_hand_named(&h, ACT_OBJECT);
    h.person = mu_world_person(r->world, mu_hand_symbol(&h, ACT_PERSON));
    h.role = mu_is_role(r->world, role) ? (int)role->value : -1;
    return h;
}

/* Why it is not taken, or NULL. */
static const char *judge(mu_run *r, const mu_hand *h, const struct mu_move *move)
{
    if (r->over && !of_the_record(r, h->act))
        return "the exercise is over";
    if (!move)
        return "there is no such move";
    if (!move->row->anybody && move->row->facilitator != (h->person < 0))
        return h->person < 0 ? "name who does it" : "only the facilitator may do that";
    return move->doing->check(h);
}

const char *mu_run_would_refuse(mu_run *r, const mu_act *act)
{
    mu_hand h = hand_of(r, act);
    return r->started ? judge(r, &h, move_of(r, mu_act_symbol(r, act, ACT_VERB))) : "the exercise has not begun";
}

const char *mu_run_post(mu_run *r, int64_t now, const mu_act *act)
{
    const struct mu_move *move = move_of(r, mu_act_symbol(r, act, ACT_VERB));
    if (!r->started)
        return "the exercise has not begun";
    (void)mu_run_advance(r, now);
    if (repeated(r, act->id))
        return NULL;
    mu_hand h = hand_of(r, act);
    const char *why = judge(r, &h, move);
    if (why)
        return why; /* cppcheck-suppress returnDanglingLifetime ; the words are literals, no part of the hand */
    remember(r, act->id);
    h.event = record(&h);
    r->acting = h.event;
    move->doing->act(&h);
    if (h.person >= 0 && !move->row->anybody && strcmp(act->verb, "acknowledge") != 0) /* that is of one card */
        mu_expect_happened(r, NULL, act->verb, h.person, h.role, h.event);
    r->acting = 0;
    return NULL;
}
