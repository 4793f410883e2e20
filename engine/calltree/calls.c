#include "calltree/calls.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

#define ABOUT "call tree"
enum { FIRST_WAIT = 60000, LONGEST_WAIT = 16 * 60000 };

/* How a state stands in the journal, as the reason of notify.fail. `invalid` is what the rules of gaps know. */
static const char *const reasons[MU_WAY_STATES] = {
    [MU_WAY_WRONG] = "invalid", [MU_WAY_NO_ANSWER] = "no_answer", [MU_WAY_UNSENT] = "not_sent", [MU_WAY_UNCLEAR] = "unclear", [MU_WAY_UNTRIED] = "not_tried"};

static mu_way_state state_of(const char *reason)
{
    for (int s = 0; s < MU_WAY_STATES; s++)
        if (reasons[s] && strcmp(reasons[s], reason) == 0)
            return (mu_way_state)s;
    return MU_WAY_STATES;
}

mu_calls *mu_calls_new(const mu_tree *plan, mu_journal *journal, mu_arena *arena)
{
    mu_calls *c = mu_alloc(arena, sizeof *c);
    *c = (mu_calls){.arena = arena, .journal = journal, .plan = plan, .within = -1, .title = "", .starts = "", .ended = ""};
    return c;
}

/* ---- the fold: events into state ---- */

/* "person:lena/2 mail" */
static bool read_pin(const mu_calls *c, const char *text, char who[128], int *place, const char **rest)
{
    const char *slash = strchr(text, '/');
    char *end;
    if (!slash || slash == text || slash - text >= 128)
        return false;
    snprintf(who, 128, "%.*s", (int)(slash - text), text);
    long n = strtol(slash + 1, &end, 10);
    *place = (int)n;
    *rest = mu_copy(c->arena, *end ? end + 1 : end, *end ? strlen(end + 1) : 0);
    return n > 0 && n < 10000 && *end == ' ';
}

static mu_asked *room_for_way(mu_calls *c)
{
    if (c->count == c->room) {
        mu_asked *more = mu_alloc(c->arena, (size_t)(2 * c->room + 32) * sizeof *more);
        if (c->count)
            memcpy(more, c->list, (size_t)c->count * sizeof *more);
        c->list = more;
        c->room = 2 * c->room + 32;
    }
    return &c->list[c->count++];
}

static bool pin_way(mu_calls *c, const char *text)
{
    char who[128];
    int place;
    const char *by;
    mu_contact way;
    if (!read_pin(c, text, who, &place, &by) || mu_by_of(by) < 0 || !mu_contact_of(c->plan, who, place, c->arena, &way))
        return false;
    way.by = mu_by_of(by);
    *room_for_way(c) = (mu_asked){.way = way, .sent = -1, .answered = -1, .took = -1, .words = ""};
    return true;
}

static bool pin_left_out(mu_calls *c, const char *text)
{
    char who[128];
    int place;
    const char *why;
    mu_contact way;
    if (!read_pin(c, text, who, &place, &why) || !mu_contact_of(c->plan, who, place, c->arena, &way))
        return false;
    if (c->left_count == c->left_room) {
        mu_left_out *more = mu_alloc(c->arena, (size_t)(2 * c->left_room + 32) * sizeof *more);
        if (c->left_count)
            memcpy(more, c->left, (size_t)c->left_count * sizeof *more);
        c->left = more;
        c->left_room = 2 * c->left_room + 32;
    }
    c->left[c->left_count++] = (mu_left_out){way.who, way.name, why, place};
    return true;
}

static bool option(mu_calls *c, const mu_event *e)
{
    const char *what = mu_journal_text(c->journal, e, "option"), *value = mu_journal_text(c->journal, e, "value");
    if (strcmp(what, "answer within") == 0)
        c->within = strtoll(value, NULL, 10);
    return strcmp(what, "way") == 0 ? pin_way(c, value) : strcmp(what, "not asked") == 0 ? pin_left_out(c, value) : true;
}

static void failed(mu_calls *c, mu_asked *a, const mu_event *e)
{
    mu_way_state state = state_of(mu_journal_text(c->journal, e, "reason"));
    const char *words = mu_journal_text(c->journal, e, "about");
    size_t len = strlen(words), head = sizeof ABOUT " (" - 1;
    int64_t wait = FIRST_WAIT;
    for (int i = 1; i < a->tries && wait < LONGEST_WAIT; i++)
        wait *= 2;
    a->again = e->t + wait;
    a->words = len > head ? mu_copy(c->arena, words + head, len - head - 1) : "";
    a->state = state;
}

static void answered(const mu_calls *c, mu_asked *a, const mu_event *e)
{
    bool timed = a->way.by != MU_BY_HAND && a->sent >= 0;
    a->state = MU_WAY_ANSWERED;
    a->answered = e->t;
    a->took = timed ? e->t - a->sent : -1;
    a->late = timed && c->within >= 0 && a->took > c->within;
}

static void was_away(mu_calls *c)
{
    for (int i = 0; i < c->count; i++)
        c->list[i].broken = c->list[i].broken || c->list[i].state == MU_WAY_SENT;
}

static bool message(mu_calls *c, const mu_event *e)
{
    int64_t n = mu_journal_value(c->journal, e, "message");
    if (n < 1 || n > c->count)
        return false;
    mu_asked *a = &c->list[n - 1];
    a->last = e->n;
    if (e->kind == EV_NOTIFY_ATTEMPT) {
        a->tries++;
        a->state = a->way.by == MU_BY_HAND ? a->state : MU_WAY_UNCLEAR; /* until more is known */
    } else if (e->kind == EV_NOTIFY_DELIVERED) {
        a->sent = e->t;
        a->state = a->state == MU_WAY_ANSWERED ? a->state : MU_WAY_SENT;
    } else if (e->kind == EV_NOTIFY_ACK) {
        answered(c, a, e);
    } else {
        failed(c, a, e);
    }
    return e->kind != EV_NOTIFY_FAIL || a->state != MU_WAY_STATES;
}

static void pinned(mu_calls *c, const mu_event *e)
{
    const char *title = mu_journal_text(c->journal, e, "title"), *starts = mu_journal_text(c->journal, e, "starts"), *mode = mu_journal_text(c->journal, e, "mode");
    c->title = mu_copy(c->arena, title, strlen(title));
    c->starts = strcmp(mode, "calltree") == 0 ? mu_copy(c->arena, starts, strlen(starts)) : "";
    c->lasts = mu_journal_value(c->journal, e, "lasts");
}

/* False for what no call tree has. */
static bool apply(mu_calls *c, const mu_event *e)
{
    c->t = e->t;
    switch (e->kind) {
    case EV_PINNED: pinned(c, e); return *c->starts != '\0';
    case EV_OPTION: return option(c, e);
    case EV_NOTIFY_ATTEMPT:
    case EV_NOTIFY_DELIVERED:
    case EV_NOTIFY_ACK:
    case EV_NOTIFY_FAIL: return message(c, e);
    case EV_DOWNTIME: was_away(c); return true;
    case EV_END: {
        const char *why = mu_journal_text(c->journal, e, "why");
        c->ended = mu_copy(c->arena, why, strlen(why));
        return true;
    }
    default: return true;
    }
}

/* ---- events ---- */

static int64_t sym(const mu_calls *c, const char *text)
{
    return mu_symbol(mu_journal_symbols(c->journal), text);
}

static void add(mu_calls *c, mu_event e, int64_t t, int64_t wall)
{
    e.t = t > c->t ? t : c->t;
    e.wall = wall;
    uint32_t n = mu_journal_add(c->journal, &e);
    mu_event kept = *mu_journal_event(c->journal, n);
    MU_CHECK(apply(c, &kept));
}

static void pin_option(mu_calls *c, const char *what, const char *value, int64_t wall)
{
    add(c, (mu_event){.kind = EV_OPTION, .arg = {sym(c, what), sym(c, value)}}, 0, wall);
}

void mu_calls_start(mu_calls *c, const mu_calls_begin *b, int64_t wall)
{
    int64_t none = sym(c, "none");
    add(c, (mu_event){.kind = EV_PINNED, .arg = {sym(c, b->engine), sym(c, mu_tree_hash(c->plan)), none, none, none, sym(c, b->title), 0, sym(c, b->starts), sym(c, b->zone), b->lasts, sym(c, "calltree")}}, 0, wall);
    if (b->within >= 0)
        pin_option(c, "answer within", mu_format(c->arena, "%lld", (long long)b->within), wall);
    const char *last = "";
    for (int i = 0; i < b->way_count; i++) {
        const mu_contact *w = &b->ways[i];
        bool first = !w->not_asked && strcmp(w->who, last) != 0;
        last = first ? w->who : last;
        if (first)
            add(c, (mu_event){.kind = EV_PERSON_PINNED, .arg = {sym(c, w->who), sym(c, w->name), sym(c, "player")}}, 0, wall);
        pin_option(c, w->not_asked ? "not asked" : "way", mu_format(c->arena, "%s/%d %s", w->who, w->place, w->not_asked ? w->not_asked : mu_by_word(w->by)), wall);
    }
    add(c, (mu_event){.kind = EV_START}, 0, wall);
}

bool mu_calls_again(mu_calls *c, const mu_journal *recorded, const char **why)
{
    for (size_t n = 1; n <= mu_journal_count(recorded); n++) {
        mu_event e = *mu_journal_event(recorded, n);
        const mu_event_field *f = mu_event_kinds[e.kind].fields;
        for (int i = 0; i < MU_FIELDS && f[i].key; i++)
            if (f[i].type == F_NAME)
                e.arg[i] = sym(c, mu_journal_text(recorded, mu_journal_event(recorded, n), f[i].key));
        mu_event kept = *mu_journal_event(c->journal, mu_journal_add(c->journal, &e));
        if (!apply(c, &kept)) {
            *why = mu_format(c->arena, "record %zu is none of a call tree of this plan", n);
            return false;
        }
    }
    return true;
}

mu_calls *mu_calls_of(const mu_tree *plan, mu_journal *journal, mu_arena *arena, const char **why)
{
    mu_calls *c = mu_calls_new(plan, journal, arena);
    for (size_t n = 1; n <= mu_journal_count(journal); n++)
        if (!apply(c, mu_journal_event(journal, n))) {
            *why = mu_format(arena, "record %zu is none of a call tree of this plan", n);
            return NULL;
        }
    return c;
}

/* ---- what happens ---- */

static const char *via(const mu_calls *c, int i)
{
    return mu_format(c->arena, "channel:%s", c->list[i].way.channel);
}

void mu_calls_leaves(mu_calls *c, int i, int64_t t, int64_t wall)
{
    const mu_contact *w = &c->list[i].way;
    add(c, (mu_event){.kind = EV_NOTIFY_ATTEMPT, .arg = {i + 1, sym(c, w->who), sym(c, w->who), sym(c, via(c, i)), sym(c, ABOUT), sym(c, mu_by_word(w->by))}}, t, wall);
}

void mu_calls_sent(mu_calls *c, int i, int64_t t, int64_t wall)
{
    add(c, (mu_event){.kind = EV_NOTIFY_DELIVERED, .arg = {i + 1, sym(c, c->list[i].way.who), sym(c, via(c, i)), sym(c, ABOUT)}}, t, wall);
}

void mu_calls_failed(mu_calls *c, int i, mu_way_state state, const char *words, int64_t t, int64_t wall)
{
    const mu_contact *w = &c->list[i].way;
    if (c->list[i].state != MU_WAY_UNCLEAR && c->list[i].state != MU_WAY_SENT && state != MU_WAY_UNTRIED)
        mu_calls_leaves(c, i, t, wall);
    add(c, (mu_event){.kind = EV_NOTIFY_FAIL, .arg = {i + 1, sym(c, w->who), sym(c, via(c, i)), sym(c, mu_format(c->arena, ABOUT "%s%s%s", *words ? " (" : "", words, *words ? ")" : "")), sym(c, reasons[state])}}, t, wall);
}

void mu_calls_answered(mu_calls *c, int i, int64_t t, int64_t wall)
{
    const mu_asked *a = &c->list[i];
    if (a->way.by == MU_BY_HAND) {
        mu_calls_leaves(c, i, t, wall);
        mu_calls_sent(c, i, t, wall);
    }
    int64_t took = a->sent >= 0 ? (t > c->t ? t : c->t) - a->sent : 0;
    add(c, (mu_event){.kind = EV_NOTIFY_ACK, .arg = {i + 1, sym(c, a->way.who), sym(c, ABOUT), took, 0}}, t, wall);
}

void mu_calls_was_away(mu_calls *c, int64_t away, int64_t t, int64_t wall)
{
    add(c, (mu_event){.kind = EV_DOWNTIME, .arg = {away}}, t, wall);
    for (int i = 0; i < c->count; i++)
        if (c->list[i].state == MU_WAY_UNCLEAR && !*c->list[i].words)
            mu_calls_failed(c, i, MU_WAY_UNCLEAR, "it was leaving when the program was cut off", t, wall);
}

/* What is still open comes to its end: what nobody called, and what was never answered, which is told by the absence of an answer. */
void mu_calls_end(mu_calls *c, const char *why, int64_t t, int64_t wall)
{
    for (int i = 0; i < c->count; i++)
        if (c->list[i].state == MU_WAY_WAITS)
            mu_calls_failed(c, i, MU_WAY_UNTRIED, "its time was over", t, wall);
    add(c, (mu_event){.kind = EV_END, .arg = {sym(c, why)}}, t, wall);
}

/* ---- what there is to know ---- */

int mu_calls_next(const mu_calls *c, int64_t t, int64_t *at)
{
    for (int i = 0; i < c->count; i++) {
        const mu_asked *a = &c->list[i];
        bool open = a->way.by != MU_BY_HAND && (a->state == MU_WAY_WAITS || a->state == MU_WAY_UNSENT);
        if (open && a->again <= t)
            return i;
        if (open && a->again < *at)
            *at = a->again;
    }
    return -1;
}

bool mu_way_may_answer(const mu_asked *a)
{
    return a->state != MU_WAY_ANSWERED && a->state != MU_WAY_UNTRIED;
}

bool mu_calls_settled(const mu_calls *c)
{
    for (int i = 0; i < c->count; i++) {
        const mu_asked *a = &c->list[i];
        if (a->state != MU_WAY_ANSWERED && a->state != MU_WAY_WRONG && !(a->way.by == MU_BY_HAND && a->state == MU_WAY_NO_ANSWER))
            return false;
    }
    return true;
}

/* ---- codes ---- */

void mu_calls_draw(mu_calls *c)
{
    randombytes_buf(c->secret, sizeof c->secret);
}

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* without letters that look like others (Crockford's base 32) */

static void code_of(const mu_calls *c, const char *what, char code[MU_CALL_CODE])
{
    unsigned char hash[16];
    int at = 0;
    mu_keyed_hash((const char *)c->secret, sizeof c->secret, what, strlen(what), hash);
    for (int i = 0; i < 12; i++) {
        if (i && i % 4 == 0)
            code[at++] = '-';
        code[at++] = digits[hash[i] & 31];
    }
    code[at] = '\0';
}

void mu_calls_code(const mu_calls *c, int i, char code[MU_CALL_CODE])
{
    char what[32];
    snprintf(what, sizeof what, "way %d", i + 1);
    code_of(c, what, code);
}

void mu_calls_lead(const mu_calls *c, char key[MU_CALL_CODE])
{
    code_of(c, "lead", key);
}

/* As it was meant: in capitals, without what is between, with 0 and 1 for the letters that look like them. */
static bool meant(const char *typed, const char *code)
{
    int differ = 0;
    for (const char *p = typed; *p; p++) {
        char letter = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        letter = letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
        if (!strchr(digits, letter))
            continue;
        code += *code == '-';
        if (!*code)
            return false;
        differ |= letter ^ *code++;
    }
    return !*code && !differ;
}

int mu_calls_of_code(const mu_calls *c, const char *typed)
{
    char code[MU_CALL_CODE];
    for (int i = 0; i < c->count; i++) {
        mu_calls_code(c, i, code);
        if (meant(typed, code))
            return i;
    }
    return -1;
}

bool mu_calls_is_lead(const mu_calls *c, const char *typed)
{
    char key[MU_CALL_CODE];
    mu_calls_lead(c, key);
    return meant(typed, key);
}
