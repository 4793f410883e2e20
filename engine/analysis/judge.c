#include "analysis/judge.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/weigh.h"
#include "base/check.h"
#include "plan/schema.h"

static mu_finding *add(mu_judge *j, const mu_gap *gap, const char *subject, mu_mark at, const char *text)
{
    if (j->found.count == j->room) {
        size_t room = j->room ? j->room * 16 : 64; /* room that is not written to is no memory yet, and what is left behind is */
        mu_finding *list = mu_alloc(j->arena, room * sizeof *list);
        if (j->found.count)
            memcpy(list, j->found.list, j->found.count * sizeof *list);
        j->found.list = list;
        j->room = room;
    }
    mu_finding *f = &j->found.list[j->found.count++];
    *f = (mu_finding){.gap = gap, .subject = subject, .at = at, .text = text, .confidence = "deterministic", .weight = gap->weight};
    return f;
}

static uint32_t *count_of(mu_judge *j, const mu_gap *gap)
{
    MU_CHECK(gap && gap - mu_gaps < MU_GAP_TYPES);
    return &j->of_type[gap - mu_gaps];
}

mu_finding *mu_found(mu_judge *j, const char *gap, const char *subject, mu_mark at, const char *text)
{
    const mu_gap *type = mu_gap_of(gap);
    uint32_t *count = count_of(j, type);
    if (*count < MU_ALIKE_MOST) {
        ++*count;
        return add(j, type, subject, at, text);
    }
    if (*count == MU_ALIKE_MOST) {
        ++*count;
        add(j, type, "plan", at, MU_SAY(j, "%d gaps of this type are listed one by one; from here on the plan has more of them", MU_ALIKE_MOST));
    }
    return &j->spare;
}

bool mu_enough(mu_judge *j, const char *gap)
{
    return *count_of(j, mu_gap_of(gap)) > MU_ALIKE_MOST;
}

mu_finding *mu_found_in(mu_judge *j, const char *gap, const char *kind, const mu_node *n, const mu_node *at, const char *text)
{
    return mu_found(j, gap, MU_SAY(j, "%s:%s", kind, n->key), mu_place(at ? at : n), text);
}

mu_mark mu_at_key(const mu_node *n, const char *key)
{
    const mu_node *child = mu_get(n, key);
    return mu_place(child ? child : n);
}

const mu_node *mu_items(const mu_node *n)
{
    return n && n->kind != MU_SCALAR ? n->first : n;
}

static void put_all(const mu_judge *j, mu_set *people)
{
    MU_EACH (p, mu_get(j->root, "people"))
        mu_put(people, p);
}

static inline bool in_section(const mu_judge *j, const mu_node *n, const char *section)
{
    const mu_node *in = n->parent;
    return in && in->parent == j->root && in->word == mu_tree_word(section) && strcmp(in->key, section) == 0;
}

/* People who are being found. Teams and roles may name each other in a ring: each is gone into once at a depth, since
 * what it adds is there then; and a role's order, of which one place is asked for, is found once at a depth. */
enum { DEEPEST = 8 };

/* Roles of which the order is known at one depth, and behind each its people. */
typedef struct known {
    mu_set roles, *people;
    size_t room;
} known;

struct mu_orders {
    mu_arena *arena;
    known at[DEEPEST + 2];
    mu_set asked, away; /* of whom it is known whether they are away now */
    int64_t now;
};

typedef struct finding_people {
    const mu_judge *j;
    mu_set *people, done[DEEPEST + 2];
    struct mu_orders *orders;
} finding_people;

struct mu_orders *mu_orders_new(mu_arena *arena)
{
    struct mu_orders *orders = mu_alloc(arena, sizeof *orders);
    orders->arena = orders->asked.arena = orders->away.arena = arena;
    for (int i = 0; i < DEEPEST + 2; i++)
        orders->at[i].roles.arena = arena;
    return orders;
}

static finding_people into(const mu_judge *j, mu_set *people)
{
    finding_people f = {.j = j, .people = people, .orders = j->orders};
    for (int i = 0; i < DEEPEST + 2; i++)
        f.done[i].arena = people->arena;
    return f;
}

static void holders(finding_people *f, const mu_node *role, int depth);

static const mu_set *keep(known *k, const mu_node *role, mu_set people, mu_arena *arena)
{
    if (k->roles.count == k->room) {
        size_t room = k->room ? k->room * 2 : 8;
        mu_set *list = mu_alloc(arena, room * sizeof *list);
        if (k->room)
            memcpy(list, k->people, k->room * sizeof *list);
        k->people = list;
        k->room = room;
    }
    k->people[k->roles.count] = people;
    mu_put(&k->roles, role);
    return &k->people[k->roles.count - 1];
}

static const mu_set *order_of(finding_people *f, const mu_node *role, int depth)
{
    known *k = &f->orders->at[depth];
    size_t place = mu_place_in(&k->roles, role);
    if (place < k->roles.count)
        return &k->people[place];
    mu_set people = {.arena = f->orders->arena};
    finding_people inner = into(f->j, &people);
    holders(&inner, role, depth); /* goes deeper, so that this depth is as it was */
    return keep(k, role, people, f->orders->arena);
}

/* The one who stands at a place in a role's order. */
static void at_place(finding_people *f, const mu_node *role, size_t place, int depth)
{
    const mu_set *all = order_of(f, role, depth);
    if (place <= all->count)
        mu_put(f->people, all->list[place - 1]);
}

static void meant(finding_people *f, const mu_node *ref, int depth)
{
    const mu_judge *j = f->j;
    const mu_node *to = ref->ref;
    if (!to && strcmp(ref->text, "team:all") == 0)
        put_all(j, f->people);
    if (!to || depth > DEEPEST)
        return;
    if (in_section(j, to, "people")) {
        mu_put(f->people, to);
    } else if (in_section(j, to, "teams") && !mu_has(&f->done[depth], to)) {
        mu_put(&f->done[depth], to);
        MU_EACH (m, mu_get(to, "members"))
            meant(f, m, depth + 1);
    } else if (in_section(j, to, "roles")) {
        size_t place = mu_place_in_line(ref->text);
        if (place)
            at_place(f, to, place, depth + 1);
        else
            holders(f, to, depth + 1);
    }
}

static void holders(finding_people *f, const mu_node *role, int depth)
{
    static const char *const ways[] = {"holders", "pool", "first_responder", "delegated_by", "by_severity"};
    const mu_node *rotation = mu_get(role, "rotation");
    if (mu_has(&f->done[depth], role))
        return;
    mu_put(&f->done[depth], role);
    MU_EACH (m, rotation && rotation->ref ? mu_get(rotation->ref, "members") : NULL)
        mu_put(f->people, m->ref);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const mu_node *way = mu_get(role, ways[i]);
        for (const mu_node *m = mu_items(way); m; m = m->parent->kind == MU_MAP && !m->ref ? NULL : m->next) {
            meant(f, m, depth);
            if (m == way)
                break;
        }
    }
}

void mu_holders(const mu_judge *j, const mu_node *role, mu_set *people)
{
    finding_people f = into(j, people);
    const mu_set *order = order_of(&f, role, 0);
    for (size_t i = 0; i < order->count; i++)
        mu_put(people, order->list[i]);
}

void mu_meant(const mu_judge *j, const mu_node *ref, mu_set *people)
{
    finding_people f = into(j, people);
    meant(&f, ref, 0);
}

const mu_node *mu_stands_first(const mu_judge *j, const mu_node *ref)
{
    const mu_node *to = ref->ref, *rotation = mu_get(to, "rotation");
    if (!to || !in_section(j, to, "roles"))
        return to && in_section(j, to, "people") ? to : NULL;
    const mu_node *line = rotation && rotation->ref ? mu_get(rotation->ref, "members") : mu_get(to, "holders");
    return line && line->kind == MU_LIST && line->first && line->first->ref ? line->first->ref : to;
}

void mu_ground(const mu_node *thing, mu_set *set)
{
    if (!thing || mu_has(set, thing))
        return;
    mu_put(set, thing);
    MU_EACH (d, mu_get(thing, "depends_on"))
        mu_ground(d->ref, set);
}

bool mu_is(const mu_node *n, const char *key, const char *word)
{
    const char *text = mu_get_text(n, key);
    return text && strcmp(text, word) == 0;
}

static bool away_at(const mu_node *person, int64_t t)
{
    static const int64_t day = 86400000;
    MU_EACH (leave, mu_get(person, "away")) {
        const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
        if (from && to && from->value <= t && t < to->value + (to->len == 10 ? day : 0))
            return true;
    }
    return false;
}

const char *mu_hours_without(const mu_node *n)
{
    bool by_day = mu_get(n, "working_hours") != NULL, else_ = mu_get(n, "otherwise") != NULL;
    return !n || n->kind != MU_MAP || by_day == else_ ? NULL : by_day ? "outside working hours" : "in working hours";
}

bool mu_away(const mu_judge *j, const mu_node *person)
{
    struct mu_orders *o = j->orders;
    if (o->now != j->now) {
        o->asked = o->away = (mu_set){.arena = o->arena};
        o->now = j->now;
    }
    if (!mu_has(&o->asked, person)) {
        mu_put(&o->asked, person);
        if (away_at(person, j->now))
            mu_put(&o->away, person);
    }
    return mu_has(&o->away, person);
}

bool mu_is_level(const mu_node *n)
{
    return n->kind == MU_MAP && mu_get(n, "rank");
}

mu_mark mu_top(const mu_judge *j)
{
    return mu_place(j->root->first);
}

bool mu_under(const mu_judge *j, const mu_node *n, const char *section)
{
    while (n->parent && n->parent != j->root)
        n = n->parent;
    return n == mu_get(j->root, section);
}

bool mu_is_primary(const mu_node *channel)
{
    return channel && (!mu_get(channel, "use") || mu_is(channel, "use", "primary"));
}

/* ---- limits ---- */

const mu_limit_row mu_limit_rows[] = {
    {"contact_verified", "90d", "how old the last check of a contact may be"},
    {"trained", "12 months", "how old a person's training may be"},
    {"tested", "12 months", "how old the last test of the plan may be"},
    {"holders", "2", "how many people hold a role at least"},
    {"command_depth", "3", "how deep a role of command is filled"},
    {"out_of_band_tested", "6 months", "how old the last test of a channel out of band may be"},
    {"break_glass_tested", "90d", "how old the last test of an emergency account may be"},
    {"restore_tested", "12 months", "how old the last restore of a backup may be"},
    {"log_retention", "90d", "how long a log that is needed is kept at least"},
    {"retainer_left", "60d", "how long a retainer still runs at least"},
    {"consulted", "3", "how many are consulted on one action at most"},
    {"tasks_each", "8", "how many actions one person does at most"},
    {"decisions_each", "6", "how many actions one person answers for at most"},
    {"consult_share", "50", "the share of an action's time, in percent, that may be spent waiting for advice"},
    {"margin", "80", "the share of a legal window, in percent, that may be used up"},
    {"one_task", "40", "the share of the time to contain, in percent, that one action may take"},
    {"off_hours", "2", "how many times as long an answer may take outside working hours"},
    {"shift", "12h", "how long one person may be on duty"},
    {"queue", "10m", "how long an action may lie while whoever has it is at another"},
    {"improvised", "20", "the share of actions, in percent, that may be made up"},
    {"pages", "5", "how many people an incident of the lowest level may call"},
    {"routed", "1h", "how long a notice from outside may wait for somebody to take it up"},
    {"at_once", "5", "how many actions one person may have open at the same time"},
    {"ladder_rounds", "3", "how often a ladder may begin again"},
    {"exercised", "0", "the share of a playbook's steps, in percent, that a drill of its kind reaches at least; 0 claims nothing"},
    {NULL, NULL, NULL},
};

static const mu_node *limit(const mu_judge *j, const char *key)
{
    return mu_get(mu_get(mu_get(j->root, "plan"), "limits"), key);
}

const char *mu_limit_text(const mu_judge *j, const char *key)
{
    const mu_node *own = limit(j, key);
    const mu_limit_row *row = mu_limit_rows;
    while (row->key && strcmp(row->key, key) != 0)
        row++;
    MU_CHECK(row->key);
    return own ? own->text : row->otherwise;
}

int64_t mu_limit_value(const mu_judge *j, const char *key)
{
    const mu_node *own = limit(j, key);
    mu_duration d;
    if (own)
        return own->value;
    const char *text = mu_limit_text(j, key);
    return mu_duration_read(text, &d) ? mu_duration_ms(d) : strtoll(text, NULL, 10);
}

bool mu_older(const mu_judge *j, const mu_node *date, const char *length)
{
    static const int64_t day = 86400000;
    mu_duration d;
    return mu_to_come(j, date) || (mu_duration_read(length, &d) && mu_time_add(date->value, d) + day <= j->now);
}

bool mu_to_come(const mu_judge *j, const mu_node *date)
{
    static const int64_t day = 86400000; /* elsewhere on earth it is tomorrow already */
    return j->today && date->value > j->now + day;
}

const char *mu_dated(mu_judge *j, const mu_node *date)
{
    return mu_to_come(j, date) ? MU_SAY(j, "%s, a day still to come", date->text) : date->text;
}

bool mu_older_than_limit(const mu_judge *j, const mu_node *date, const char *key)
{
    return mu_older(j, date, mu_limit_text(j, key));
}

void mu_rests_on(const mu_judge *j, mu_finding *f, const char *key)
{
    if (f != &j->spare)
        f->limit = MU_SAY(j, "%s: %s, %s", key, mu_limit_text(j, key), limit(j, key) ? "as the plan sets it" : "a default of Muster, since the plan sets none");
}

void mu_too_old(const mu_judge *j, mu_finding *f, const mu_node *date, const char *key)
{
    if (!mu_to_come(j, date))
        mu_rests_on(j, f, key);
}

void mu_caused_by(const mu_judge *j, mu_finding *f, const char *kind, const mu_node *n)
{
    if (n && f != &j->spare)
        f->cause = MU_SAY(j, "%s:%s", kind, n->key);
}

/* ---- names ---- */

const char *mu_words_by_bits(const mu_judge *j, const char *const *words, size_t count, unsigned bits, const char *between)
{
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        if (bits >> i & 1)
            all = MU_SAY(j, "%s%s%s", all, *all ? between : "", words[i]);
    return all;
}

const char *mu_and_more(const mu_judge *j, const char *names, int count, int named)
{
    return count > named ? MU_SAY(j, "%s and %d more", names, count - named) : names;
}

typedef struct kind_row {
    const char *kind, *section, *inner;
} kind_row;

static const kind_row kinds[] = {
    {"role", "roles", NULL},           {"person", "people", NULL},       {"action", "raci", NULL},
    {"severity", "severities", NULL},  {"escalation", "escalations", NULL}, {"obligation", "obligations", NULL},
    {"audience", "audiences", NULL},   {"external", "externals", NULL},  {"channel", "channels", NULL},
    {"playbook", "playbooks", NULL},   {"dependency", "dependencies", NULL}, {"asset", "assets", NULL},
    {"rotation", "rotations", NULL},   {"phase", "phases", NULL},        {"template", "templates", NULL},
    {"team", "teams", NULL},           {"related_plan", "related_plans", NULL}, {"fact", "facts", NULL},
    {"tool", "resources", "tools"},    {"log", "resources", "logs"},     {"break_glass", "resources", "break_glass"},
    {"backup", "resources", "backups"}, {"repository", "resources", "repository"}, {"room", "resources", "rooms"},
};

static const mu_node *section(const mu_judge *j, const kind_row *row)
{
    const mu_node *outer = mu_get(j->root, row->section);
    return row->inner ? mu_get(outer, row->inner) : outer;
}

const mu_node *mu_named_in(const mu_judge *j, const char *name)
{
    const char *colon = strchr(name, ':');
    for (size_t i = 0; colon && i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind[0] == name[0] && strlen(kinds[i].kind) == (size_t)(colon - name) && strncmp(kinds[i].kind, name, (size_t)(colon - name)) == 0)
            return mu_get(section(j, &kinds[i]), colon + 1);
    return NULL;
}

/* The row whose section that is; NULL where it is none. */
static const kind_row *kind_in(const mu_judge *j, const mu_node *n)
{
    const mu_node *outer = n->parent, *at = outer && outer->parent == j->root ? outer : n;
    bool inside = at != n;
    for (size_t i = 0; at->parent == j->root && at->key && n->key && i < sizeof kinds / sizeof *kinds; i++)
        if (inside == (kinds[i].inner != NULL) && strcmp(kinds[i].section, at->key) == 0 && (!inside || strcmp(kinds[i].inner, n->key) == 0))
            return &kinds[i];
    return NULL;
}

const char *mu_subject_of(const mu_judge *j, const mu_node *n)
{
    for (const mu_node *p = n; p && p->parent; p = p->parent) {
        const kind_row *row = p->key ? kind_in(j, p->parent) : NULL;
        if (row)
            return MU_SAY(j, "%s:%s", row->kind, p->key);
    }
    return "plan";
}

/* A letter that ids do not have may be written there by one or two that they have: "Luís" is luis, "Bürgermeister" buergermeister. */
static bool begins_with(const char *word, const char *part, size_t n)
{
    while (n && *word) {
        bool other = (*word & 0x80) != 0;
        if (!other && strncasecmp(word, part, 1) != 0)
            return false;
        word++;
        while (other && (*word & 0xC0) == 0x80)
            word++;
        part++, n--;
        if (other && n && *part == 'e' && *word != 'e')
            part++, n--;
    }
    return n == 0;
}

/* Each part of an id ("app_owner") begins a word of the name ("Application Owner"): whoever reads the name finds the id. */
static bool leads_to(const char *name, const char *id)
{
    for (const char *part = id; *part; part += strcspn(part, "_-"), part += *part != '\0') {
        size_t n = strcspn(part, "_-");
        const char *word = name;
        while (*word && !begins_with(word, part, n))
            word += strcspn(word, " -"), word += *word != '\0';
        if (!*word)
            return false;
    }
    return true;
}

const char *mu_title(const mu_judge *j, const mu_node *n)
{
    static const char *const names[][2] = {{"people", "name"}, {"roles", "title"}, {"externals", "organisation"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = in_section(j, n, names[i][0]) ? mu_get_text(n, names[i][1]) : NULL;
        if (name)
            return leads_to(name, n->key) ? name : MU_SAY(j, "%s (%s)", name, n->key);
    }
    return n->key;
}

const char *mu_title_of(const mu_judge *j, const mu_node *ref)
{
    return ref->ref && !strchr(ref->text, '/') ? mu_title(j, ref->ref) : ref->text;
}

const char *mu_weight_word(mu_weight weight)
{
    static const char *const words[] = {"critical", "high", "medium", "low"};
    return words[weight];
}

bool mu_weight_read(const char *word, int *weight)
{
    for (*weight = MU_LOW; *weight >= 0 && strcmp(mu_weight_word((mu_weight)*weight), word) != 0; --*weight)
        ;
    return *weight >= 0 || strcmp(word, "never") == 0;
}

static int before(const void *left, const void *right)
{
    const mu_finding *a = left, *b = right;
    if (!a->suppressed != !b->suppressed) /* what the plan accepts stands last */
        return a->suppressed ? 1 : -1;
    if (a->weight != b->weight)
        return (int)a->weight - (int)b->weight;
    int file = strcmp(a->at.file, b->at.file);
    if (file || a->at.line != b->at.line)
        return file ? file : a->at.line - b->at.line;
    int gap = a->at.column != b->at.column ? a->at.column - b->at.column : strcmp(a->gap->id, b->gap->id);
    return gap ? gap : strcmp(a->subject, b->subject);
}

void mu_findings_sort(mu_findings *f)
{
    if (f->count)
        qsort(f->list, f->count, sizeof *f->list, before);
}

const mu_rule *const mu_paper_rules[] = {
    mu_rules_roles,  mu_rules_functions, mu_rules_communications, mu_rules_audiences, mu_rules_escalations, mu_rules_rotations,
    mu_rules_hygiene, mu_rules_duties, mu_rules_register, mu_rules_timing, mu_rules_contracts, mu_rules_resources, mu_rules_evidence,
    NULL,
};

void mu_apply_paper(mu_judge *j)
{
    for (size_t t = 0; mu_paper_rules[t]; t++)
        for (const mu_rule *r = mu_paper_rules[t]; r->gap; r++) {
            j->scratch = mu_arena_new();
            r->judge(j);
            mu_arena_free(j->scratch);
            j->scratch = NULL;
        }
}

mu_findings mu_judge_paper(const mu_tree *tree, const mu_scenes *scenes, int64_t now, mu_arena *arena)
{
    mu_judge j = {.root = mu_tree_root(tree), .scenes = scenes, .now = now, .today = true, .arena = arena, .orders = mu_orders_new(arena)};
    mu_apply_paper(&j);
    j.scratch = mu_arena_new();
    mu_weigh(&j);
    mu_arena_free(j.scratch);
    return j.found;
}
