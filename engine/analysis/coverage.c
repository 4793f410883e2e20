#include "analysis/coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"

typedef struct table {
    mu_arena *arena;
    const mu_journal *journal;
    const mu_node *root;
    mu_coverage *c;
    int room[MU_ELEMENT_KINDS];
    uint32_t *slots; /* by the hash of a name: element + 1, kind in the upper bits */
    size_t slot_count;
    const char **tasks; /* "action:triage" by the number of a task */
    int task_room;
} table;

/* ---- names to elements ---- */

static uint32_t hash_of(const char *name)
{
    uint32_t h = 2166136261u;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 16777619u;
    return h;
}

static mu_part *element_at(const table *t, uint32_t slot)
{
    return &t->c->kinds[slot >> 24].list[(slot & 0xffffff) - 1];
}

static uint32_t *slot_of(const table *t, const char *name)
{
    size_t i = hash_of(name) & (t->slot_count - 1);
    while (t->slots[i] && strcmp(element_at(t, t->slots[i])->name, name) != 0)
        i = (i + 1) & (t->slot_count - 1);
    return &t->slots[i];
}

static void element(table *t, mu_part_kind kind, const char *name, mu_mark at)
{
    mu_covered *k = &t->c->kinds[kind];
    if (k->count == t->room[kind]) {
        int room = t->room[kind] ? t->room[kind] * 2 : 32;
        mu_part *list = mu_alloc(t->arena, (size_t)room * sizeof *list);
        if (k->count)
            memcpy(list, k->list, (size_t)k->count * sizeof *list);
        k->list = list;
        t->room[kind] = room;
    }
    k->list[k->count++] = (mu_part){name, at, 0};
}

static void index_all(table *t)
{
    size_t all = 0;
    for (int k = 0; k < MU_ELEMENT_KINDS; k++)
        all += (size_t)t->c->kinds[k].count;
    for (t->slot_count = 64; t->slot_count < all * 2; t->slot_count *= 2)
        ;
    t->slots = mu_alloc(t->arena, t->slot_count * sizeof *t->slots);
    for (int k = 0; k < MU_ELEMENT_KINDS; k++)
        for (int i = 0; i < t->c->kinds[k].count; i++)
            *slot_of(t, t->c->kinds[k].list[i].name) = (uint32_t)k << 24 | (uint32_t)(i + 1);
    t->c->count = (int)all;
}

/* ---- what the plan has ---- */

#define NAMED(...) mu_format(t->arena, __VA_ARGS__)

static void section(table *t, mu_part_kind kind, const char *key, const char *word)
{
    MU_EACH (n, mu_get(t->root, key))
        element(t, kind, NAMED("%s:%s", word, n->key), mu_place(n));
}

static void cells(table *t)
{
    static const char *const letters[] = {"R", "A", "R/A", "C", "I"};
    MU_EACH (row, mu_get(t->root, "raci"))
        for (size_t l = 0; l < sizeof letters / sizeof *letters; l++) {
            const mu_node *cell = mu_get(row, letters[l]);
            for (const mu_node *who = mu_items(cell); who; who = cell->kind == MU_LIST ? who->next : NULL)
                element(t, MU_OF_CELLS, NAMED("action:%s %s %s%s", row->key, letters[l], strchr(who->text, ':') ? "" : "role:", who->text), who->at);
        }
}

static void rungs(table *t)
{
    MU_EACH (ladder, mu_get(t->root, "escalations")) {
        int n = 0;
        MU_EACH (rung, mu_get(ladder, "steps"))
            element(t, MU_OF_LADDERS, NAMED("escalation:%s/%d", ladder->key, ++n), rung->at);
    }
}

static void clocks(table *t)
{
    static const char *const keys[][2] = {
        {"acknowledge", "acknowledge_within"}, {"assemble", "assemble_within"}, {"declare", "declare_within"}, {"contain", "contain_within"}, {"update", "update_every"}};
    MU_EACH (s, mu_get(t->root, "severities"))
        for (size_t i = 0; mu_is_level(s) && i < sizeof keys / sizeof *keys; i++)
            if (mu_get(s, keys[i][1]))
                element(t, MU_OF_CLOCKS, NAMED("severity:%s/%s", s->key, keys[i][0]), mu_at_key(s, keys[i][1]));
    section(t, MU_OF_CLOCKS, "obligations", "obligation");
}

static void steps(table *t)
{
    MU_EACH (book, mu_get(t->root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps"))
            element(t, MU_OF_STEPS, NAMED("step:%s/%s", book->key, mu_get_text(step, "id")), step->at);
}

static void collect(table *t)
{
    section(t, MU_OF_ROLES, "roles", "role");
    cells(t);
    rungs(t);
    section(t, MU_OF_CHANNELS, "channels", "channel");
    section(t, MU_OF_EXTERNALS, "externals", "external");
    section(t, MU_OF_TEMPLATES, "templates", "template");
    clocks(t);
    steps(t);
}

/* ---- what the drill came to ---- */

static void came_to(table *t, const mu_event *e, const char *name)
{
    uint32_t slot = *name ? *slot_of(t, name) : 0;
    if (slot && !element_at(t, slot)->event) {
        element_at(t, slot)->event = e->n;
        t->c->kinds[slot >> 24].exercised++;
        t->c->exercised++;
    }
}

static const char *word(const table *t, const mu_event *e, const char *key)
{
    return mu_journal_text(t->journal, e, key);
}

static void cell(table *t, const mu_event *e, const char *action, const char *letter, const char *who)
{
    char name[400];
    if (*action && *who) {
        int n = snprintf(name, sizeof name, "%s %s %s", action, letter, who);
        if (n > 0 && n < (int)sizeof name)
            came_to(t, e, name);
    }
}

static void task(table *t, const mu_event *e, const char *letter)
{
    cell(t, e, word(t, e, "action"), letter, word(t, e, "role"));
    cell(t, e, word(t, e, "action"), "R/A", word(t, e, "role"));
    came_to(t, e, word(t, e, "role"));
}

/* Of "consult:8" the action of task 8; of "action:triage" itself, which its I are told of. */
static void told(table *t, const mu_event *e)
{
    const char *about = word(t, e, "about"), *to = word(t, e, "to");
    came_to(t, e, word(t, e, "via"));
    came_to(t, e, to);
    if (strncmp(about, "action:", 7) == 0)
        cell(t, e, about, "I", to);
    else if (strncmp(about, "consult:", 8) == 0) {
        int n = (int)strtol(about + 8, NULL, 10);
        if (n >= 0 && n < t->task_room && t->tasks[n])
            cell(t, e, t->tasks[n], "C", to);
    }
}

static void numbered(table *t, const mu_event *e, const char *what, const char *form, const char *more)
{
    char name[400];
    int n = snprintf(name, sizeof name, form, what, more);
    if (n > 0 && n < (int)sizeof name)
        came_to(t, e, name);
}

static void assigned(table *t, const mu_event *e)
{
    int n = (int)mu_journal_value(t->journal, e, "task");
    if (n >= 0 && n < t->task_room)
        t->tasks[n] = word(t, e, "action");
    task(t, e, "R");
}

/* A notice that went out was written by the template of its duty, and went to whom the duty names. */
static void filed(table *t, const mu_event *e)
{
    const char *subject = word(t, e, "subject");
    const mu_node *duty = strcmp(word(t, e, "clock"), "obligation") == 0 ? mu_get(mu_get(t->root, "obligations"), subject + strlen("obligation:")) : NULL;
    const char *route = mu_get_text(duty, "route");
    if (duty && mu_get_text(duty, "template"))
        numbered(t, e, mu_get_text(duty, "template"), "template:%s%s", "");
    if (route)
        numbered(t, e, route, strchr(route, ':') ? "%s%s" : "external:%s%s", "");
}

static void saw(table *t, const mu_event *e)
{
    char step[32];
    switch (e->kind) {
    case EV_ACT: came_to(t, e, word(t, e, "role")); break; /* to hold a role is not to have done anything in it */
    case EV_ROLE_UNFILLED:
        if (*word(t, e, "needed_for"))
            came_to(t, e, word(t, e, "role"));
        break;
    case EV_TASK_ASSIGNED: assigned(t, e); break;
    case EV_TASK_START: task(t, e, "R"); break;
    case EV_TASK_BLOCKED: came_to(t, e, word(t, e, "thing")); break;
    case EV_TASK_CONSULTED: cell(t, e, word(t, e, "action"), "C", word(t, e, "role")); break;
    case EV_DECISION_REQUESTED:
    case EV_DECISION_MADE: task(t, e, "A"); break;
    case EV_NOTIFY_ATTEMPT: told(t, e); break;
    case EV_NOTIFY_FAIL: came_to(t, e, word(t, e, "via")); break;
    case EV_ESCALATE_STEP:
        snprintf(step, sizeof step, "%d", (int)mu_journal_value(t->journal, e, "step"));
        numbered(t, e, word(t, e, "ladder"), "%s/%s", step);
        break;
    case EV_ENGAGE_START:
    case EV_ENGAGE_FAIL: came_to(t, e, word(t, e, "external")); break;
    case EV_MESSAGE_DRAFTED: numbered(t, e, word(t, e, "template"), "template:%s%s", ""); break;
    case EV_MESSAGE_RELEASED: came_to(t, e, word(t, e, "via")); break;
    case EV_CLOCK_START:
        came_to(t, e, word(t, e, "subject"));
        numbered(t, e, word(t, e, "subject"), "%s/%s", word(t, e, "clock"));
        break;
    case EV_CLOCK_MET: filed(t, e); break;
    case EV_STEP_OPEN: came_to(t, e, word(t, e, "step")); break;
    default: break;
    }
}

mu_coverage *mu_coverage_of(const mu_tree *plan, const mu_journal *journal, mu_arena *arena)
{
    static const char *const kinds[MU_ELEMENT_KINDS] = {"roles", "cells of the matrix", "steps of ladders", "channels", "outside parties", "templates", "clocks", "steps of playbooks"};
    size_t events = mu_journal_count(journal);
    table t = {.arena = arena, .journal = journal, .root = mu_tree_root(plan), .c = mu_alloc(arena, sizeof *t.c)};
    for (size_t n = 1; n <= events; n++)
        t.task_room += mu_journal_event(journal, n)->kind == EV_TASK_ASSIGNED;
    t.tasks = mu_alloc(arena, (size_t)(t.task_room + 1) * sizeof *t.tasks);
    for (int k = 0; k < MU_ELEMENT_KINDS; k++)
        t.c->kinds[k].kind = kinds[k];
    collect(&t);
    index_all(&t);
    for (size_t n = 1; n <= events; n++)
        saw(&t, mu_journal_event(journal, n));
    return t.c;
}
