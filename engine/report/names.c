/* What things are called in a report: people by name, roles by title, messages by what they are about. */
#include <stdlib.h>
#include <string.h>

#include "report/parts.h"

/* The kinds of name that a journal holds, and the section of the plan that explains them. */
static const char *const kinds[][2] = {
    {"person", "people"}, {"role", "roles"}, {"severity", "severities"}, {"obligation", "obligations"}, {"audience", "audiences"}, {"action", "raci"},
    {"external", "externals"}, {"channel", "channels"}, {"asset", "assets"}, {"dependency", "dependencies"}, {"tool", "tools"}, {"log", "logs"},
    {"team", NULL}, {"escalation", NULL}, {"playbook", NULL}, {"step", NULL}, {"phase", NULL}, {"card", NULL}, {"story", NULL}, {"section", NULL},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* At a screen the function comes first ("evaluator Kim Lee"), at the keyboard the name: a report and its pseudonyms know one person. */
static const char *signed_as(const mu_report *r, const char *by)
{
    static const char *const functions[] = {"evaluator ", "observer ", "facilitator "};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        size_t n = strlen(functions[i]);
        if (mu_begins(by, functions[i]))
            return strchr(by, ',') ? by + n : SAY("%s, %.*s", by + n, (int)n - 1, functions[i]);
    }
    return by;
}

const char *mu_field(const mu_report *r, const mu_event *e, const char *key)
{
    const char *text = mu_journal_text(r->journal, e, key);
    return strcmp(key, "by") == 0 ? signed_as(r, text) : text;
}

int64_t mu_value(const mu_report *r, const mu_event *e, const char *key)
{
    return mu_journal_value(r->journal, e, key);
}

bool mu_begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* The row of `kinds` that a name begins with, or -1: what a person wrote may hold a colon too. */
static int kind_of(const char *name)
{
    const char *colon = strchr(name, ':');
    for (int i = 0; colon && i < KINDS; i++)
        if (strlen(kinds[i][0]) == (size_t)(colon - name) && mu_begins(name, kinds[i][0]))
            return i;
    return -1;
}

const mu_node *mu_node_named(const mu_report *r, const char *name)
{
    int k = kind_of(name);
    return k < 0 || !kinds[k][1] ? NULL : mu_get(mu_get(mu_tree_root(r->plan), kinds[k][1]), name + strlen(kinds[k][0]) + 1);
}

const char *mu_plain(const mu_report *r, const char *id)
{
    char *copy = mu_copy(r->arena, id, strlen(id));
    for (char *p = copy; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return copy;
}

/* The second holder of a role is asked as "role:x/2". */
static const char *in_line(const mu_report *r, const char *name)
{
    const char *slash = strrchr(name, '/');
    return mu_begins(name, "role:") && slash ? SAY("%s, number %s in line", mu_called(r, mu_copy(r->arena, name, (size_t)(slash - name))), slash + 1) : NULL;
}

const char *mu_called(const mu_report *r, const char *name)
{
    int k = kind_of(name);
    if (k < 0)
        return name;
    const char *key = strcmp(kinds[k][0], "person") == 0 ? "name" : strcmp(kinds[k][0], "external") == 0 ? "organisation" : "title";
    const char *own = mu_get_text(mu_node_named(r, name), key), *rest = name + strlen(kinds[k][0]) + 1;
    if (own)
        return own;
    if (strcmp(kinds[k][0], "card") == 0 || strcmp(kinds[k][0], "story") == 0)
        return rest;
    if (strcmp(name, "team:all") == 0)
        return "everybody";
    const char *line = in_line(r, name);
    return line ? line : mu_plain(r, rest);
}

/* The words with THING in the place of their %. */
static const char *put_in(const mu_report *r, const char *words, const char *thing)
{
    const char *at = strchr(words, '%');
    return SAY("%.*s%s%s", (int)(at - words), words, thing, at + 1);
}

const char *mu_about(const mu_report *r, const char *about)
{
    const struct { const char *kind, *words; const char *const *of; } counted[] = {
        {"prompt", "question \"%\"", r->cards}, {"ladder", "call, ladder \"%\"", r->ladders}, {"task", "to do: %", r->actions},
        {"consult", "advice on: %", r->actions}, {"decide", "decision on: %", r->actions}, {"engage", "to engage for: %", r->actions}};
    static const struct { const char *kind, *words; } named[] = {
        {"card:", "\"%\""}, {"audience:", "to tell: %"}, {"action:", "told of: %"}, {"severity:", "told of: %"}};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        int64_t n = mu_number_in(about, counted[i].kind);
        if (n >= 0 && n <= r->events && counted[i].of[n])
            return put_in(r, counted[i].words, counted[i].of[n]);
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (mu_begins(about, named[i].kind))
            return put_in(r, named[i].words, mu_called(r, about));
    if (mu_begins(about, "handover:"))
        return put_in(r, "the hand-over of %", mu_called(r, SAY("role:%s", about + strlen("handover:"))));
    if (mu_begins(about, "assemble:"))
        return put_in(r, "call to assemble, %", mu_plain(r, about + strlen("assemble:")));
    return mu_begins(about, "note:") ? mu_unstopped(r->arena, about + strlen("note:"), MU_WHOLE) : mu_called(r, about);
}

const char *mu_needed(const mu_report *r, const char *needed_for)
{
    return mu_begins(needed_for, "action:") || mu_begins(needed_for, "severity:") ? mu_called(r, needed_for) : mu_about(r, needed_for);
}

/* The first of equal ids. */
static mu_pinned *person_of(const mu_report *r, const char *id)
{
    int from = 0, to = r->person_count;
    while (from < to) {
        int middle = from + (to - from) / 2;
        if (strcmp(r->by_id[middle]->id, id) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < r->person_count && strcmp(r->by_id[from]->id, id) == 0 ? r->by_id[from] : NULL;
}

const mu_pinned *mu_person_of(const mu_report *r, const char *id)
{
    return person_of(r, id);
}

const char *mu_lane_of(const mu_report *r, const char *to, const char *person)
{
    const mu_pinned *p = mu_person_of(r, person);
    const char *slash = strrchr(to, '/');
    if (mu_begins(to, "role:"))
        return slash ? mu_copy(r->arena, to, (size_t)(slash - to)) : to;
    return p && p->role ? p->role : *person ? person : to;
}

/* What an event adds to the names: tables by number, and who is there. */
static void learn(mu_report *r, const mu_event *e)
{
    const char **of = e->kind == EV_ESCALATE_TRIGGER ? r->ladders : e->kind == EV_PROMPT_OPEN || e->kind == EV_PROMPT_SILENT || e->kind == EV_PROMPT_ANSWERED ? r->cards
                      : e->kind >= EV_TASK_ASSIGNED && e->kind <= EV_DECISION_MADE ? r->actions : NULL;
    if (of && e->arg[0] >= 0 && e->arg[0] <= r->events && !of[e->arg[0]])
        of[e->arg[0]] = mu_called(r, mu_field(r, e, of == r->ladders ? "ladder" : of == r->cards ? "card" : "action"));
    mu_pinned *holder = e->kind == EV_ROLE_FILLED ? person_of(r, mu_field(r, e, "person")) : NULL;
    if (holder && !holder->role)
        holder->role = mu_field(r, e, "role");
}

static int by_id(const void *a, const void *b)
{
    const mu_pinned *x = *(const mu_pinned *const *)a, *y = *(const mu_pinned *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x > y) - (x < y);
}

static void pin(mu_report *r)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_PERSON_PINNED)
            r->people[r->person_count++] = (mu_pinned){mu_field(r, e, "person"), mu_field(r, e, "name"), NULL, strcmp(mu_field(r, e, "seat"), "player") == 0};
    r->by_id = mu_alloc(r->arena, (size_t)(r->person_count + 1) * sizeof *r->by_id);
    for (int i = 0; i < r->person_count; i++)
        r->by_id[i] = &r->people[i];
    qsort(r->by_id, (size_t)r->person_count, sizeof *r->by_id, by_id);
}

void mu_model_names(mu_report *r)
{
    size_t room = r->names_room = (size_t)r->events + 1;
    r->ladders = mu_alloc(r->arena, room * sizeof *r->ladders);
    r->cards = mu_alloc(r->arena, room * sizeof *r->cards);
    r->actions = mu_alloc(r->arena, room * sizeof *r->actions);
    r->people = mu_alloc(r->arena, room * sizeof *r->people);
    pin(r);
    EACH_EVENT (e, r)
        learn(r, e);
    for (int i = 0; i < r->person_count; i++)
        r->players += r->people[i].played;
}

static const char **longer(const mu_report *r, const char **of, size_t room)
{
    const char **more = mu_alloc(r->arena, room * sizeof *more);
    memcpy(more, of, r->names_room * sizeof *more);
    return more;
}

void mu_model_learn(mu_report *r)
{
    size_t known = (size_t)r->events, count = mu_journal_count(r->journal), room = 2 * count + 1;
    if (count >= r->names_room) {
        r->ladders = longer(r, r->ladders, room);
        r->cards = longer(r, r->cards, room);
        r->actions = longer(r, r->actions, room);
        r->names_room = room;
    }
    r->events = (int)count;
    for (size_t n = known + 1; n <= count; n++)
        learn(r, mu_journal_event(r->journal, n));
}
