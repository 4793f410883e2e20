#include "report/items.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "report/parts.h"
#include "report/tried.h"

const char *mu_item_state_word(mu_item_state state)
{
    static const char *const words[] = {"open", "came up again", "not exercised since", "closed by a run", "accepted by waiver"};
    return words[state];
}

/* ---- gathering ---- */

static const mu_finding *found(const mu_report *r, const mu_item_over *item)
{
    for (size_t i = 0; i < r->findings->count; i++)
        if (strcmp(r->findings->list[i].gap->id, item->gap) == 0 && mu_place_covers(item->subject, r->findings->list[i].subject))
            return &r->findings->list[i];
    return NULL;
}

static mu_item_over *item_for(mu_items_over *all, const char *gap, const char *subject)
{
    for (int i = 0; i < all->count; i++)
        if (strcmp(all->list[i].gap, gap) == 0 && strcmp(all->list[i].subject, subject) == 0)
            return &all->list[i];
    all->list[all->count] = (mu_item_over){.gap = gap, .subject = subject, .text = mu_gap_of(gap)->title, .owner = "", .due = "", .weight = mu_gap_of(gap)->weight};
    return &all->list[all->count++];
}

static size_t room_for(const mu_aar *a)
{
    const mu_node *list = mu_get(mu_tree_root(a->r->plan), "improvements");
    return (size_t)a->item_count + (size_t)(list ? list->count : 0) + (size_t)a->r->events;
}

static void gather_register(mu_items_over *all, const mu_aar *a)
{
    const mu_node *list = mu_get(mu_tree_root(a->r->plan), "improvements");
    for (const mu_node *row = list ? list->first : NULL; row; row = row->next) {
        const char *gap = mu_get_text(row, "gap"), *subject = mu_get_text(row, "subject"), *text;
        if (!gap || !subject || !mu_gap_of(gap))
            continue;
        mu_item_over *item = item_for(all, gap, subject);
        item->owner = (text = mu_get_text(row, "owner")) ? text : item->owner;
        item->due = (text = mu_get_text(row, "due")) ? text : item->due;
        item->settled = true;
    }
}

/* What was agreed of a whole holds for each of its parts that a run found. */
static void agreed(mu_items_over *all, const mu_report *r, const mu_event *e)
{
    const char *gap = mu_field(r, e, "gap"), *subject = mu_field(r, e, "subject");
    bool any = false;
    for (int i = 0; i < all->count; i++)
        any = any || (strcmp(all->list[i].gap, gap) == 0 && mu_place_covers(subject, all->list[i].subject));
    if (!any)
        (void)item_for(all, gap, subject);
    for (int i = 0; i < all->count; i++) {
        mu_item_over *item = &all->list[i];
        if (strcmp(item->gap, gap) != 0 || !mu_place_covers(subject, item->subject))
            continue;
        item->owner = mu_called(r, mu_field(r, e, "owner"));
        item->due = mu_field(r, e, "due");
        item->settled = true;
    }
}

static void gather_run(mu_items_over *all, const mu_aar *a)
{
    const mu_report *r = a->r;
    for (int i = 0; i < a->item_count; i++) {
        const mu_aar_item *from = &a->items[i];
        mu_item_over *item = item_for(all, from->finding->gap->id, from->finding->subject);
        item->text = mu_spoken(r, from->finding->text);
        item->weight = from->finding->weight;
        if (item->settled) /* what is proposed later takes nothing away that was agreed */
            continue;
        item->owner = *from->contact ? from->contact : from->organisation;
        item->due = from->due;
    }
    EACH_EVENT (e, r) {
        if (e->kind != EV_ITEM_AGREED || !mu_gap_of(mu_field(r, e, "gap")) || mu_withdrawn(r, e->n))
            continue;
        agreed(all, r, e);
    }
}

/* ---- what became of one ---- */

static const char *day_of(const mu_report *r)
{
    return mu_copy(r->arena, r->starts, strcspn(r->starts, " "));
}

/* A waiver that stands on the day of the last run: said in some run by name, or in the last plan with who accepts it. */
static const char *waiver(const mu_items_over *all, const mu_item_over *item)
{
    const mu_report *last = all->runs[all->run_count - 1]->r, *r;
    const mu_finding *f = found(last, item);
    const char *by = NULL;
    for (int i = 0; i < all->run_count; i++) {
        r = all->runs[i]->r;
        EACH_EVENT (e, r)
            if (e->kind == EV_WAIVED && strcmp(mu_field(r, e, "gap"), item->gap) == 0 && mu_place_covers(mu_field(r, e, "subject"), item->subject) && strcmp(mu_field(r, e, "until"), day_of(last)) >= 0 &&
                !mu_withdrawn(r, e->n))
                by = mu_format(last->arena, "%s until %s, run %d, event %u: %s", mu_field(r, e, "by"), mu_field(r, e, "until"), i + 1, (unsigned)e->n, mu_field(r, e, "why"));
    }
    if (!by && f && f->suppressed && f->suppressed->by)
        by = mu_format(last->arena, "%s until %s, in the plan: %s", f->suppressed->by, f->suppressed->until, f->suppressed->reason);
    return by;
}

/* A person saw it, and no rule did. */
static bool written_down(const mu_report *r, const mu_finding *f)
{
    return f->evidence_count && mu_journal_event(r->journal, f->evidence[0])->kind == EV_GAP_NOTED;
}

static void follow(mu_items_over *all, mu_item_over *item)
{
    mu_arena *arena = all->runs[all->run_count - 1]->r->arena;
    bool closed = false, ever = false, by_people = false;
    item->course = item->by = "";
    item->state = MU_ITEM_UNTRIED;
    for (int i = 0; i < all->run_count; i++) {
        const mu_report *r = all->runs[i]->r;
        const mu_finding *f = found(r, item);
        uint32_t n = f ? 0 : mu_tried(r, item->gap, item->subject);
        bool blind = n && by_people && !r->players; /* no rule finds it, and nobody was there to see it */
        const char *what = f ? "found" : blind ? mu_format(arena, "exercised by stand-ins alone (event %u), who do not see what a person saw", (unsigned)n) : n ? mu_format(arena, "exercised (event %u), and it did not appear", (unsigned)n) : "not exercised";
        item->course = mu_format(arena, "%s%srun %d: %s", item->course, i ? "; " : "", i + 1, what);
        if (f) {
            item->state = closed ? MU_ITEM_AGAIN : MU_ITEM_OPEN;
            item->by = mu_format(arena, "run %d", i + 1);
        } else if (n && !blind) {
            item->state = MU_ITEM_CLOSED;
            item->by = mu_format(arena, "run %d, event %u", i + 1, (unsigned)n);
            closed = ever;
        } else if (item->state == MU_ITEM_OPEN || item->state == MU_ITEM_AGAIN) {
            item->state = MU_ITEM_UNTRIED;
        }
        ever = ever || f;
        by_people = f ? written_down(r, f) : by_people;
    }
    const char *by = item->state == MU_ITEM_CLOSED ? NULL : waiver(all, item);
    if (by) {
        item->state = MU_ITEM_WAIVED;
        item->by = by;
    }
}

static int by_weight(const void *a, const void *b)
{
    const mu_item_over *x = a, *y = b;
    int weight = (int)x->weight - (int)y->weight, id = strcmp(x->gap, y->gap);
    return weight ? weight : id ? id : strcmp(x->subject, y->subject);
}

mu_items_over *mu_items_over_runs(const mu_aar *const *runs, int count)
{
    mu_arena *arena = runs[count - 1]->r->arena;
    mu_items_over *all = mu_alloc(arena, sizeof *all);
    size_t most = 1;
    for (int i = 0; i < count; i++)
        most += room_for(runs[i]);
    *all = (mu_items_over){.runs = runs, .run_count = count, .list = mu_alloc(arena, most * sizeof *all->list)};
    for (int i = 0; i < count; i++) {
        gather_register(all, runs[i]);
        gather_run(all, runs[i]);
    }
    qsort(all->list, (size_t)all->count, sizeof *all->list, by_weight);
    for (int i = 0; i < all->count; i++) {
        follow(all, &all->list[i]);
        all->counts[all->list[i].state]++;
    }
    return all;
}

/* ---- telling ---- */

static void runs_of(mu_doc *d, const mu_items_over *all)
{
    static const char *const heads[] = {"Run", "Exercise", "Begun", "Kind", "Plan", "Journal ends with", NULL};
    const mu_report *last = d->report;
    mu_doc_section(d, "runs", "The runs", "In the order in which they were begun. Numbers of events are those of the run that is named.");
    mu_doc_table(d, "Runs", heads, false);
    for (int i = 0; i < all->run_count; i++) {
        const mu_report *r = all->runs[i]->r;
        MU_ROW(d, MU_NO_REFS, mu_format(last->arena, "%d", i + 1), r->title, r->starts, r->players ? "people took part" : "model run", mu_format(last->arena, "%s, %.12s", r->plan_version, r->plan_hash), r->journal_head);
    }
    mu_doc_table_end(d, "");
}

mu_doc *mu_items_doc(const mu_items_over *all)
{
    static const mu_mark_of marks[] = {MU_MARK_BAD, MU_MARK_BAD, MU_MARK_LATE, MU_MARK_OK, MU_MARK_OK};
    static const char *const heads[] = {"Item", "Gap", "Where", "Owner", "Due", "State", "By", "Run by run", NULL};
    const mu_report *r = all->runs[all->run_count - 1]->r;
    mu_doc *d = mu_doc_new(r, MU_OVER_RUNS);
    const int *c = all->counts;
    d->lead = SAY("%d items: %d open, %d came up again, %d not exercised since, %d closed by a run, %d accepted by waiver.", all->count, c[MU_ITEM_OPEN], c[MU_ITEM_AGAIN], c[MU_ITEM_UNTRIED], c[MU_ITEM_CLOSED],
                  c[MU_ITEM_WAIVED]);
    mu_doc_section(d, "items", "Improvement items", "An item closes by a later run in which its gap was exercised and did not appear, or by a waiver that somebody signed by name. That it is called done closes nothing. What exercises it stands with each type of gap (muster explain).");
    mu_doc_table(d, "Improvement items", heads, false);
    for (int i = 0; i < all->count; i++) {
        const mu_item_over *x = &all->list[i];
        MU_ROW(d, MU_NO_REFS, SAY("%s.", x->text), SAY("%s, %s", x->gap, mu_weight_word(x->weight)), mu_thing(r, x->subject), *x->owner ? x->owner : "nobody named", *x->due ? x->due : "no date",
               mu_marked(r, marks[x->state], mu_item_state_word(x->state)), x->by, x->course);
    }
    mu_doc_table_end(d, "No run found a gap, and no plan has a register of improvements.");
    runs_of(d, all);
    return d;
}

void mu_items_csv(mu_buf *out, const mu_items_over *all)
{
    enum { COLUMNS = 9 };
    static const char *const heads[COLUMNS] = {"Issue", "Gap", "Severity", "Subject", "Owner", "Due", "State", "By", "Run by run"};
    mu_csv_row(out, heads, COLUMNS);
    for (int i = 0; i < all->count; i++) {
        const mu_item_over *x = &all->list[i];
        const char *const cells[COLUMNS] = {x->text, x->gap, mu_weight_word(x->weight), x->subject, x->owner, x->due, mu_item_state_word(x->state), x->by, x->course};
        mu_csv_row(out, cells, COLUMNS);
    }
}
