/* STARTEX: what the run is made of is written down, whoever it is about is looked up, and the list and the roles begin. */
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "base/zone.h"
#include "core/parts.h"

static const mu_node *any_thing(const mu_run *r, const char *name)
{
    const char *id = strchr(name, ':') ? strchr(name, ':') + 1 : name;
    for (int i = 0; i < r->world->thing_count; i++) {
        const mu_thing *t = &r->world->things[i];
        if (strcmp(t->node->key, id) == 0 && (id == name || strcmp(mu_symbol_text(r->symbols, t->name), name) == 0))
            return t->node;
    }
    return NULL;
}

/* "legal" for legal_counsel, where nothing else begins with that word. */
static const mu_node *only_one(const mu_node *section, const char *word, size_t length)
{
    const mu_node *found = NULL;
    EACH (n, section) {
        bool fits = strncmp(n->key, word, length) == 0 && (n->key[length] == '_' || n->key[length] == '-');
        if (fits && found)
            return NULL;
        found = fits ? n : found;
    }
    return found;
}

static const mu_node *in_section(const mu_run *r, const char *section, const char *name)
{
    const char *id = strchr(name, ':') ? strchr(name, ':') + 1 : name;
    const mu_node *found = mu_get(mu_get(r->root, section), id);
    char other[80];
    size_t n = strlen(id);
    if (found || n >= sizeof other)
        return found;
    for (size_t i = 0; i <= n; i++) /* a person types incident-commander for incident_commander */
        other[i] = id[i] == '-' ? '_' : id[i];
    found = mu_get(mu_get(r->root, section), other);
    return found ? found : only_one(mu_get(r->root, section), other, n);
}

const char *mu_run_unknown(mu_run *r)
{
    for (int i = 0; i < r->options.away.count; i++)
        if (!in_section(r, "people", r->options.away.list[i]))
            return r->options.away.list[i];
    for (int i = 0; i < r->options.down.count; i++)
        if (!any_thing(r, r->options.down.list[i]))
            return r->options.down.list[i];
    for (int i = 0; i < r->options.play.count; i++)
        if (!in_section(r, "roles", r->options.play.list[i]))
            return r->options.play.list[i];
    for (int i = 0; i < r->options.players.count; i++)
        if (!in_section(r, "people", r->options.players.list[i]))
            return r->options.players.list[i];
    return NULL;
}

/* 2026-07-10 17:40 */
static int64_t local_text(mu_run *r, int64_t t)
{
    char text[32];
    mu_local_write(mu_world_local(r->world, NULL, t), text);
    return mu_sym(r, text);
}

static int64_t digits(mu_run *r, uint64_t number)
{
    char text[20], *at = text + sizeof text;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    return mu_symbol_n(r->symbols, at, (size_t)(text + sizeof text - at));
}

/* They are looked up once; the moment of STARTEX again where it is another. */
static const mu_common *in_common(mu_run *r)
{
    mu_common *c = &r->common;
    if (!c->plan)
        *c = (mu_common){.plan = mu_sym(r, mu_tree_hash(r->plan)), .scenario = mu_sym(r, r->msel->hash), .title = mu_sym(r, r->msel->title), .kind = mu_sym(r, r->msel->kind),
                         .zone = mu_sym(r, mu_get_text(mu_get(r->root, "organisation"), "timezone"))};
    if (!c->starts || c->starts_local != r->options.starts_local) {
        c->starts = local_text(r, 0);
        c->starts_local = r->options.starts_local;
    }
    return c;
}

static void pin(mu_run *r)
{
    const mu_run_options *o = &r->options;
    const mu_common *c = in_common(r);
    EMIT(r, EV_PINNED, mu_sym(r, o->engine), c->plan, c->scenario, mu_sym(r, o->assumptions), digits(r, o->seed), c->title, c->kind, c->starts, c->zone, r->msel->lasts,
         mu_sym(r, o->mode));
    const struct { const char *name; const mu_names_list *list; } lists[] = {{"away", &o->away}, {"down", &o->down}, {"play", &o->play}, {"player", &o->players}};
    for (int l = 0; l < 4; l++)
        for (int i = 0; i < lists[l].list->count; i++)
            EMIT(r, EV_OPTION, mu_sym(r, lists[l].name), mu_sym(r, lists[l].list->list[i]));
    if (o->clock)
        EMIT(r, EV_OPTION, LIT(r, "clock"), mu_sym(r, o->clock));
}

static void pin_people(mu_run *r)
{
    r->played = r->options.play.count + r->options.players.count > 0;
    for (int i = 0; i < r->options.play.count; i++)
        r->world->roles[in_section(r, "roles", r->options.play.list[i])->value].played = true;
    for (int i = 0; i < r->options.players.count; i++)
        r->world->people[in_section(r, "people", r->options.players.list[i])->value].played = true;
    for (int i = 0; i < r->world->person_count; i++) {
        const mu_person *p = &r->world->people[i];
        EMIT(r, EV_PERSON_PINNED, p->name, p->called, mu_run_played(r, i) ? LIT(r, "player") : LIT(r, "stand-in"));
    }
}

static void pin_assumptions(mu_run *r)
{
    for (int i = 0; i < r->options.assumed_count; i++) {
        const mu_assumed *a = &r->options.assumed[i];
        EMIT(r, EV_ASSUMED, mu_sym(r, a->habit), mu_sym(r, a->person), mu_sym(r, a->origin), a->usual, a->never);
    }
}

/* Names in a row, "role:a role:b", as one text. */
static int64_t in_a_row(mu_run *r, const mu_names *names)
{
    mu_buf row = {0};
    for (int i = 0; i < names->count; i++)
        mu_buf_printf(&row, "%s%s", i ? " " : "", names->list[i].text);
    int64_t symbol = mu_sym(r, row.text);
    mu_buf_free(&row);
    return symbol;
}

static void keep(mu_run *r, const mu_event *e)
{
    *(mu_event *)MU_MORE(r->criteria) = *e;
}
#define KEEP(r, what, ...) keep(r, &(mu_event){.kind = (what), .arg = {__VA_ARGS__}})

static void keep_card(mu_run *r, int card)
{
    static const char *const classes[] = {"inject", "contextual", "contingency"};
    const mu_card *c = &r->msel->cards[card];
    const char *class = c->kind == MU_QUESTION ? "question" : c->kind == MU_DECISION ? "decision" : classes[c->class];
    KEEP(r, EV_CARD_PINNED, r->laid[card].name, mu_sym(r, class), c->at, in_a_row(r, &c->to), mu_sym(r, c->from), mu_sym(r, c->says), mu_sym(r, c->tests), mu_sym(r, c->controller),
         in_a_row(r, &c->expect), c->within);
}

/* They are the same in every run of the scenario, and made once. */
static void keep_criteria(mu_run *r)
{
    const mu_msel *m = r->msel;
    for (int i = 0; i < m->objective_count; i++)
        KEEP(r, EV_OBJECTIVE_PINNED, mu_sym(r, m->objectives[i].id), mu_sym(r, m->objectives[i].text));
    for (int i = 0; i < m->evaluators.count; i++)
        KEEP(r, EV_STAFF_PINNED, mu_sym(r, m->evaluators.list[i].text), LIT(r, "evaluator"));
    for (int i = 0; i < m->director.count; i++)
        KEEP(r, EV_STAFF_PINNED, mu_sym(r, m->director.list[i].text), LIT(r, "director"));
    for (int i = 0; i < m->card_count; i++)
        keep_card(r, i);
}

/* What the exercise is judged by, written down before it begins: its objectives, who watches, and every card with what is expected. */
static void pin_criteria(mu_run *r)
{
    if (!r->criteria.count)
        keep_criteria(r);
    for (int i = 0; i < r->criteria.count; i++) {
        mu_event *e = mu_emit_begin(r, r->criteria.list[i].kind, MU_FIELDS);
        memcpy(e->arg, r->criteria.list[i].arg, sizeof e->arg);
        (void)mu_emit_end(r, e);
    }
}

static void apply_options(mu_run *r)
{
    int64_t by = LIT(r, "option");
    for (int i = 0; i < r->options.away.count; i++)
        mu_set_away(r, in_section(r, "people", r->options.away.list[i]), true, by);
    for (int i = 0; i < r->options.down.count; i++)
        mu_set_down(r, any_thing(r, r->options.down.list[i]), true, by);
}

static void lay_cards(mu_run *r)
{
    for (int i = 0; i < r->msel->card_count; i++) {
        const mu_card *c = &r->msel->cards[i];
        if (c->at >= 0)
            mu_at(r, c->at, T_CARD, i, 0);
        int group = 0, place = 0;
        for (int k = 0; c->one_of && k < r->msel->card_count; k++) {
            const char *other = r->msel->cards[k].one_of;
            place += other && k < i && strcmp(other, c->one_of) == 0;
            group += other && strcmp(other, c->one_of) == 0;
        }
        if (group && place != (int)mu_draw_below(r->options.seed, mu_purpose("one_of", c->one_of), 0, (uint32_t)group))
            r->cards[i].state = CARD_GONE;
    }
}

/* Leaves of the plan that begin or end while the exercise lasts. */
static void mark_leaves(mu_run *r)
{
    for (int i = 0; i < r->world->person_count; i++)
        EACH (leave, r->world->people[i].leaves) {
            const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
            const int64_t ends[] = {from->value, to->value + (to->len == 10 ? MU_DAY_MS : 0)}; /* a date: its day is included */
            for (int k = 0; k < 2; k++) {
                int64_t t = mu_zone_utc(r->world->people[i].zone, ends[k]) - r->world->t0;
                if (t > 0)
                    mu_at(r, t, T_LEAVE, i, 0);
            }
        }
}

/* Everybody who holds a role at STARTEX, and when a rotation next changes hands. */
static void muster_roles(mu_run *r)
{
    int number = 0;
    for (int i = 0; i < r->world->role_count; i++)
        (void)mu_hold(r, i, 0);
    EACH (rotation, mu_get(r->root, "rotations"))
        mu_at(r, mu_rotation_changes(r->world, rotation, 0), T_TURN, number++, 0);
}

void mu_run_players(mu_run *r, mu_names_list players)
{
    r->options.players = players;
    r->options.facilitator = true;
    if (strcmp(r->options.mode, "functional") != 0)
        r->options.mode = "facilitated";
}

bool mu_run_start(mu_run *r)
{
    if (!r->teller.restart(r->teller.self))
        return false;
    r->started = true;
    pin(r);
    pin_people(r);
    pin_assumptions(r);
    pin_criteria(r);
    EMIT(r, EV_START, 0);
    apply_options(r);
    muster_roles(r);
    mark_leaves(r);
    lay_cards(r);
    mu_at(r, r->msel->lasts, T_END, 0, 0);
    mu_stories_start(r);
    return true;
}
