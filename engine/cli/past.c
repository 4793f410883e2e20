#include "cli/past.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "calltree/result.h"
#include "cli/drill.h"
#include "cli/programme.h"
#include "plan/schema.h"
#include "programme/ledger.h"
#include "report/model.h"

int mu_drill_folders(const char *folder, mu_arena *arena, const char *const **names)
{
    DIR *dir = opendir(folder);
    int count = 0, room = 64;
    const char **list = mu_alloc(arena, (size_t)room * sizeof *list);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.' || access(mu_format(arena, "%s/%s/journal.jsonl", folder, e->d_name), R_OK) != 0)
            continue;
        if (count == room) {
            const char **more = mu_alloc(arena, (size_t)room * 2 * sizeof *more);
            memcpy(more, list, (size_t)count * sizeof *more);
            list = more;
            room *= 2;
        }
        list[count++] = mu_copy(arena, e->d_name, strlen(e->d_name));
    }
    if (dir)
        closedir(dir);
    qsort(list, (size_t)count, sizeof *list, mu_by_text);
    *names = list;
    return count;
}

/* ---- one drill ---- */

typedef struct judged {
    mu_arena *arena; /* of what is kept */
    mu_journal *journal;
    const mu_tree *plan;
    const mu_report *report;
    const mu_findings *findings, *paper;
    bool real; /* the clock ran as clocks do: how long somebody took is what it was */
} judged;

static const char *kept(const judged *j, const char *text)
{
    return mu_copy(j->arena, text ? text : "", text ? strlen(text) : 0);
}

static bool on_paper(const judged *j, const char *id)
{
    for (size_t i = 0; i < j->paper->count; i++)
        if (strcmp(j->paper->list[i].id, id) == 0)
            return true;
    return false;
}

static int64_t shown_at(const judged *j, const mu_finding *f)
{
    int64_t last = 0;
    for (int i = 0; i < f->evidence_count; i++) {
        int64_t at = mu_journal_event(j->journal, f->evidence[i])->t;
        last = at > last ? at : last;
    }
    return last;
}

static void keep_gaps(const judged *j, mu_past_drill *d)
{
    d->gaps = mu_alloc(j->arena, (j->findings->count + 1) * sizeof *d->gaps);
    for (size_t i = 0; i < j->findings->count; i++) {
        const mu_finding *f = &j->findings->list[i];
        d->gaps[d->gap_count++] = (mu_past_gap){kept(j, f->id), "", kept(j, f->gap->id), kept(j, f->subject), kept(j, f->text), kept(j, f->confidence), (int64_t)f->weight,
                                                f->at.line, on_paper(j, f->id), shown_at(j, f), f->suppressed && f->suppressed->state == MU_IN_FORCE};
    }
}

/* The clock was moved on in between: nobody took so long. */
static bool jumped(const judged *j, int64_t from, int64_t took)
{
    for (size_t n = 1; took >= 0 && n <= mu_journal_count(j->journal); n++) {
        const mu_event *e = mu_journal_event(j->journal, n);
        if (e->kind == EV_JUMP && e->t >= from && e->t < from + took)
            return true;
    }
    return false;
}

static void keep_time(const judged *j, mu_past_drill *d, const char *person, const char *role, const char *habit, int64_t from, int64_t took, int in_time, bool played)
{
    bool real = played && j->real && !jumped(j, from, took);
    d->times[d->time_count++] = (mu_past_time){kept(j, person), kept(j, role), kept(j, habit), took, in_time, real};
}

static bool is_played(const judged *j, const char *person)
{
    for (int i = 0; i < j->report->person_count; i++)
        if (strcmp(j->report->people[i].id, person) == 0)
            return j->report->people[i].played;
    return false;
}

/* A drill that was played faster or slower tells of no pace. */
static bool at_its_own_pace(const mu_journal *journal)
{
    for (size_t n = 1; n <= mu_journal_count(journal); n++) {
        const mu_event *e = mu_journal_event(journal, n);
        if (e->kind == EV_SPEED && mu_journal_value(journal, e, "thousandths") != 1000)
            return false;
    }
    return true;
}

/* The report calls people by their names, a file of assumptions by their ids. */
static const char *id_of(const judged *j, const char *name)
{
    for (int i = 0; i < j->report->person_count; i++)
        if (strcmp(j->report->people[i].name, name) == 0)
            return j->report->people[i].id;
    return name;
}

/* Of a call tree each person once, by what reached them first: whoever answered over one way is known to be there, and presses the other buttons
 * when it suits. */
static void keep_calls(const judged *j, mu_past_drill *d)
{
    const char *why;
    const mu_reached *list;
    mu_arena *own = mu_arena_new();
    const mu_calls *calls = mu_calls_of(j->plan, j->journal, own, &why);
    int count = calls ? mu_reached_all(calls, &list) : 0;
    d->times = mu_alloc(j->arena, ((size_t)count + 1) * sizeof *d->times);
    for (int i = 0; i < count; i++)
        if (list[i].timed && strncmp(list[i].who, "person:", 7) == 0)
            d->times[d->time_count++] = (mu_past_time){kept(j, list[i].who), kept(j, list[i].who), "acknowledge", list[i].took, calls->within < 0 ? -1 : list[i].took >= 0 && list[i].took <= calls->within, true};
    mu_arena_free(own);
}

/* Calls come from the report, which knows the limits; the other habits from the events that carry their length. */
static void keep_times(const judged *j, mu_past_drill *d)
{
    static const struct { mu_kind_of_event kind; const char *habit; } kinds[] = {
        {EV_PROMPT_ANSWERED, "answer"}, {EV_TASK_CONSULTED, "consult"}, {EV_DECISION_MADE, "decide"}};
    const mu_report *r = j->report;
    size_t events = mu_journal_count(j->journal);
    d->times = mu_alloc(j->arena, (events + (size_t)r->asked_count + 2 * (size_t)r->task_count + 1) * sizeof *d->times);
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        if (a->state != MU_NOBODY)
            keep_time(j, d, id_of(j, a->person), a->lane, "acknowledge", a->delivered, a->acked < 0 ? -1 : a->acked - a->delivered, a->state == MU_MET ? 1 : a->state == MU_LATE || a->state == MU_MISSED ? 0 : -1, a->played);
    }
    for (size_t n = 1; n <= events; n++) {
        const mu_event *e = mu_journal_event(j->journal, n);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (e->kind == kinds[k].kind) {
                const char *person = mu_journal_text(j->journal, e, "person");
                int64_t took = mu_journal_value(j->journal, e, "took");
                keep_time(j, d, person, mu_journal_text(j->journal, e, "role"), kinds[k].habit, e->t - took, took, -1, is_played(j, person));
            }
    }
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        if (t->assigned >= 0 && t->started >= 0)
            keep_time(j, d, id_of(j, t->person), t->lane, "start", t->assigned, t->started - t->assigned, -1, t->played);
        if (t->started >= 0 && t->done >= 0)
            keep_time(j, d, id_of(j, t->person), t->lane, "work", t->started, t->done - t->started, -1, t->played);
    }
}

static void keep_parts(const judged *j, mu_past_drill *d)
{
    const mu_coverage *c = j->report->coverage;
    d->parts = mu_alloc(j->arena, ((size_t)c->count + 1) * sizeof *d->parts);
    for (int k = 0; k < MU_ELEMENT_KINDS; k++)
        for (int i = 0; i < c->kinds[k].count; i++)
            d->parts[d->part_count++] = (mu_past_part){kept(j, c->kinds[k].kind), kept(j, c->kinds[k].list[i].name), c->kinds[k].list[i].event != 0};
}

static void keep_tasks(const judged *j, mu_past_drill *d)
{
    const mu_node *list = mu_get(mu_tree_root(j->plan), "improvements");
    d->tasks = mu_alloc(j->arena, ((size_t)(list ? list->count : 0) + 1) * sizeof *d->tasks);
    for (const mu_node *c = list && list->kind == MU_LIST ? list->first : NULL; c; c = c->next)
        d->tasks[d->task_count++] = (mu_past_task){kept(j, mu_get_text(c, "id")), kept(j, mu_get_text(c, "gap")), kept(j, mu_get_text(c, "subject")), kept(j, mu_get_text(c, "action")),
                                                   kept(j, mu_get_text(c, "owner")), kept(j, mu_get_text(c, "due")), kept(j, mu_get_text(c, "state"))};
}

static void keep_targets(const judged *j, mu_past_drill *d)
{
    const mu_report *r = j->report;
    d->targets = mu_alloc(j->arena, ((size_t)r->target_count + 1) * sizeof *d->targets);
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        if (t->state != MU_OPEN)
            d->targets[d->target_count++] = (mu_past_target){kept(j, mu_format(j->arena, "%s: %s", t->who, t->what)), t->state == MU_MET || t->state == MU_ANSWERED};
    }
}

/* A story that is over early is over; who ends a drill before its time leaves the rest of it unseen. */
static int64_t ran_to(const mu_journal *journal)
{
    for (size_t n = 1; n <= mu_journal_count(journal); n++) {
        const mu_event *e = mu_journal_event(journal, n);
        if (e->kind == EV_STOP || (e->kind == EV_ACT && strcmp(mu_journal_text(journal, e, "verb"), "end") == 0))
            return e->t;
    }
    return INT64_MAX;
}

static void keep_head(const judged *j, mu_past_drill *d)
{
    const mu_event *pin = mu_journal_event(j->journal, 1);
    const mu_report *r = j->report;
    d->title = kept(j, r->title);
    d->plan = kept(j, r->plan_title);
    d->version = kept(j, r->plan_version);
    d->plan_hash = kept(j, r->plan_hash);
    d->scenario_hash = kept(j, r->scenario_hash);
    d->assumptions = kept(j, r->assumptions_hash);
    d->mode = kept(j, mu_journal_counts_as(j->journal));
    d->seed = kept(j, r->seed);
    d->engine = kept(j, r->engine);
    d->starts = kept(j, mu_journal_text(j->journal, pin, "starts"));
    d->local = r->local0;
    d->ran = ran_to(j->journal);
    d->over = *r->ended != '\0';
    d->players = r->players;
}

static void judge(mu_journal *journal, const mu_tree *plan, int64_t starts, mu_arena *arena, mu_past_drill *d)
{
    mu_arena *own = mu_arena_new();
    const mu_scenes none = {NULL, 0};
    mu_findings paper = mu_judge_paper(plan, &none, starts, own), all = mu_judge_all(plan, journal, starts, own);
    judged j = {arena, journal, plan, mu_report_make(plan, journal, &all, own), &all, &paper, at_its_own_pace(journal)};
    j.real = j.real && j.report->measured;
    keep_head(&j, d);
    keep_gaps(&j, d);
    (j.report->calltree ? keep_calls : keep_times)(&j, d);
    keep_parts(&j, d);
    keep_tasks(&j, d);
    keep_targets(&j, d);
    mu_arena_free(own);
}

/* What is wrong with it, or NULL. */
static const char *judge_folder(const char *path, mu_journal *journal, mu_arena *arena, mu_past_drill *d)
{
    mu_inputs in;
    int64_t starts;
    const mu_event *pin = mu_journal_event(journal, 1);
    if (pin->kind != EV_PINNED || !mu_time_read(mu_journal_text(journal, pin, "starts"), &starts))
        return "record 1 does not say when the drill began";
    if (!mu_inputs_plan(path, &in))
        return "the plan is not beside the journal (inputs/)";
    mu_diags *diags = mu_diags_new();
    mu_tree *plan = mu_tree_read(in.plan, diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(plan, diags);
    const char *wrong = mu_diags_count(diags, MU_ERROR) ? "the plan beside the journal cannot be read"
                        : strcmp(mu_journal_text(journal, pin, "plan"), mu_tree_hash(plan)) != 0 ? "the plan beside the journal is not the one that was played" : NULL;
    if (!wrong)
        judge(journal, plan, starts, arena, d);
    mu_tree_free(plan);
    mu_diags_free(diags);
    return wrong;
}

/* ---- all drills ---- */

static const mu_past_drill *as_it_was(const mu_past *known, const mu_past_drill *d)
{
    for (int i = 0; known && i < known->count; i++)
        if (strcmp(known->drills[i].folder, d->folder) == 0 && strcmp(known->drills[i].source, d->source) == 0)
            return &known->drills[i];
    return NULL;
}

/* False, and said, where it is left out. */
static bool gather_one(const char *folder, const char *name, const mu_past *known, mu_arena *arena, mu_past_drill *d)
{
    mu_reading reading;
    char hex[MU_SHORT_HASH];
    const char *path = mu_format(arena, "%s/%s/journal.jsonl", folder, name), *wrong = NULL;
    mu_journal *journal = mu_journal_read(path, &reading);
    if (reading.soundness == MU_CORRUPT || reading.soundness == MU_UNREADABLE || mu_journal_count(journal) == 0) {
        wrong = mu_format(arena, "%s", *reading.why ? reading.why : "the journal is empty");
    } else {
        const char *source = mu_format(arena, "%s %s", MU_VERSION, mu_journal_head(journal));
        mu_short_hash(source, strlen(source), hex);
        *d = (mu_past_drill){.folder = name, .source = mu_copy(arena, hex, strlen(hex))};
        const mu_past_drill *old = as_it_was(known, d);
        if (old)
            *d = *old;
        else
            wrong = judge_folder(path, journal, arena, d);
    }
    mu_journal_free(journal);
    if (wrong)
        fprintf(stderr, "muster: %s: left out of the history: %s\n", path, wrong);
    return !wrong;
}

/* What the ledger has as held and the folder has not: somebody took it away. */
static int say_gone(const char *folder, const char *const *names, int count, mu_arena *arena)
{
    const char *why;
    mu_opened opened;
    mu_ledger *ledger = mu_ledger_open(folder, false, &opened, &why, arena);
    int gone = 0;
    for (int i = 0; i < mu_ledger_count(ledger); i++) {
        const mu_entry *e = mu_ledger_at(ledger, i);
        bool held = e == mu_ledger_last(ledger, e->key) && (strcmp(e->what, "ran") == 0 || strcmp(e->what, "held") == 0);
        if (!held || bsearch(&e->key, names, (size_t)count, sizeof *names, mu_by_text))
            continue;
        fprintf(stderr, "muster: %s/%s: left out of the history: it was held, as the ledger says, and its journal is not there any more\n", folder, e->key);
        gone++;
    }
    mu_ledger_close(ledger);
    return gone;
}

static int by_start(const void *a, const void *b)
{
    const mu_past_drill *x = a, *y = b;
    return x->local != y->local ? (x->local < y->local ? -1 : 1) : strcmp(x->folder, y->folder);
}

mu_past *mu_past_gather(const char *folder, const mu_past *known, mu_arena *arena, int *left_out)
{
    const char *const *names;
    mu_past *past = mu_alloc(arena, sizeof *past);
    int count = mu_drill_folders(folder, arena, &names);
    past->drills = mu_alloc(arena, ((size_t)count + 1) * sizeof *past->drills);
    *left_out = say_gone(folder, names, count, arena);
    for (int i = 0; i < count; i++) {
        bool taken = gather_one(folder, names[i], known, arena, &past->drills[past->count]);
        past->count += taken;
        *left_out += !taken;
    }
    qsort(past->drills, (size_t)past->count, sizeof *past->drills, by_start);
    mu_past_names(past);
    return past;
}
