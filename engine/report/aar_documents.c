/* Three readers of one journal: what each of them gets, in which order. */
#include <string.h>

#include "report/aar.h"
#include "report/auditor.h"
#include "report/page.h"
#include "report/parts.h"
#include "report/write.h"

/* ---- what an executive reads ---- */

static const mu_aar_item *item_for(const mu_aar *a, const mu_finding *f)
{
    for (int i = 0; i < a->item_count; i++)
        if (a->items[i].finding == f)
            return &a->items[i];
    return NULL;
}

/* What a finding rests on, in words that need no key. */
static const char *rests_on(const mu_report *r, const mu_finding *f)
{
    if (strcmp(f->confidence, "deterministic") == 0)
        return f->evidence_count ? "shows it, and so did this run" : "shows it";
    return strcmp(f->confidence, "simulated") == 0 ? SAY("; %s", mu_finding_basis(r, f)) : "; people did so in this run: observed, n = 1";
}

static bool told(const mu_report *r, const int *list, int n, const mu_finding *f)
{
    for (int i = 0; i < n; i++)
        if (r->findings->list[list[i]].gap == f->gap)
            return true;
    return false;
}

/* The worst, one a type of gap: what is decided once closes all of its kind. What this run showed first, then what the paper alone shows, then what
 * weighs less. */
static int worst_types(const mu_report *r, int *list, int most)
{
    enum { LOOK = 40 };
    int all[LOOK], count = mu_worst(r, all, LOOK), n = 0;
    for (int turn = 0; turn < 3; turn++)
        for (int i = 0; i < count && n < most; i++) {
            const mu_finding *f = &r->findings->list[all[i]];
            bool worst = f->weight == r->findings->list[0].weight;
            if ((!worst ? 2 : f->evidence_count ? 0 : 1) == turn && !told(r, list, n, f))
                list[n++] = all[i];
        }
    return n;
}

/* How many more of its type are open. */
static const char *and_more(const mu_report *r, const mu_finding *f)
{
    int n = -1;
    for (int i = 0; i < r->open_gaps; i++)
        n += r->findings->list[i].gap == f->gap;
    return n ? SAY(", and %d more of this kind", n) : "";
}

static void went_wrong(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    int list[4], n = worst_types(r, list, 4);
    mu_doc_section(d, "wrong", r->players ? "What went wrong, and what would have" : "What would have gone wrong", "");
    for (int i = 0; i < n; i++) {
        const mu_finding *f = &r->findings->list[list[i]];
        const char *proof = f->proof ? SAY(" %s.", mu_spoken(r, mu_proof_words(r, f))) : "", *basis = rests_on(r, f);
        mu_doc_point(d, SAY("%s%s.%s %s: line %d of the plan%s%s.", mu_spoken(r, f->text), and_more(r, f), proof, f->gap->id, f->at.line, *basis == ';' ? "" : " ", basis), (mu_refs){f->evidence, f->evidence_count > 3 ? 3 : f->evidence_count});
    }
    if (n == 0)
        mu_doc_text(d, SAY("No gap found by %d rules.", r->rules), MU_NO_REFS);
}

static const mu_target_row *worst_clock(const mu_report *r, bool law)
{
    const mu_target_row *worst = NULL;
    for (int i = 0; i < r->target_count; i++)
        if (r->targets[i].law == law && r->targets[i].late >= 0 && (!worst || r->targets[i].late > worst->late))
            worst = &r->targets[i];
    return worst;
}

/* "sg mas, to Monetary Authority of Singapore": a duty by its id and whom its notice goes to. */
static const char *duty_words(const mu_report *r, const mu_target_row *t)
{
    const mu_node *all = mu_get(mu_tree_root(r->plan), "obligations");
    for (const mu_node *o = t->law && all ? all->first : NULL; o; o = o->next) {
        const char *route = o->key && strcmp(mu_plain(r, o->key), t->who) == 0 ? mu_get_text(o, "route") : NULL;
        if (route && mu_begins(route, "external:"))
            return SAY("%s, to %s", t->who, mu_called(r, route));
    }
    return t->who;
}

static const char *some_of(const mu_report *r, int n, const char *all)
{
    return n ? SAY("%d of the %s", n, all) : SAY("None of the %s", all);
}

static const char *would_have(const mu_report *r, int n)
{
    return !r->players ? "would have been" : n < 2 ? "was" : "were";
}

static void clocks(mu_doc *d, const mu_report *r, bool law)
{
    const mu_target_row *worst = worst_clock(r, law), *next = NULL;
    int due = 0, late = 0, open = 0;
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->target_count + 1) * sizeof *list);
    int64_t over = 0;
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        if (t->law != law)
            continue;
        bool bad = t->state == MU_LATE || t->state == MU_MISSED;
        due += t->state != MU_OPEN;
        open += t->state == MU_OPEN;
        over += bad && t->late > 0 ? t->late : 0;
        next = t->state == MU_OPEN && t->window >= 0 && (!next || t->began + t->window < next->began + next->window) ? t : next;
        if (bad)
            list[late++] = t->ended;
    }
    const char *longest = worst ? SAY("%s \"%s\" of %s, %s over", late == 1 ? ":" : "; the longest:", worst->what, duty_words(r, worst), mu_report_length(r, worst->late)) : "";
    const char *still = open ? SAY(" %d still ran at ENDEX%s.", open, next ? SAY(", the next due %s: \"%s\" of %s", next->due, next->what, duty_words(r, next)) : "") : "";
    if (due + open == 0)
        mu_doc_term(d, law ? "Duty" : "Time", law ? "No clock of law or contract started." : "No target of the plan's own came up.", MU_NO_REFS);
    else if (due == 0)
        mu_doc_term(d, law ? "Duty" : "Time", SAY("None of the %s had come due.%s", law ? "clocks of law and contract" : "plan's own targets", still), MU_NO_REFS);
    else
        mu_doc_term(d, law ? "Duty" : "Time", SAY("%s %s late or missed%s%s.%s", some_of(r, late, law ? SAY("%d notices that law or contract asked for", due) : SAY("plan's own %d targets", due)), would_have(r, late),
                                                  late > 1 ? SAY(", %s over in all", mu_report_length(r, over)) : "", longest, still), mu_refs_in_order(list, late));
}

static void stuck(mu_doc *d, const mu_report *r)
{
    int undone = 0, blocked = 0;
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->task_count + 1) * sizeof *list);
    const mu_task_row *first = NULL;
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        bool stopped = strcmp(t->state, "blocked") == 0;
        if (t->done < 0)
            list[undone++] = t->last;
        blocked += stopped;
        first = stopped && !first ? t : first;
    }
    if (undone)
        mu_doc_term(d, "Work", SAY("%d of %d actions that were called for %s not done at ENDEX%s%s.", undone, r->task_count, undone == 1 ? "was" : "were", blocked ? SAY("; %d could not be", blocked) : "", first ? SAY(", first %s (%s)", first->action, first->why) : ""),
                    mu_refs_in_order(list, undone));
}

/* Answers that had a limit, and those of them that came late or never; with what was asked, or what came. */
static int late_answers(const mu_report *r, int *due, uint32_t *list)
{
    int late = 0;
    *due = 0;
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        bool bad = a->state == MU_LATE || a->state == MU_MISSED;
        *due += bad || a->state == MU_MET;
        if (bad)
            list[late++] = a->act_event ? a->act_event : a->ack_event ? a->ack_event : a->event;
    }
    return late;
}

static void answers(mu_doc *d, const mu_report *r)
{
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->asked_count + 1) * sizeof *list);
    int due, late = late_answers(r, &due, list);
    if (due)
        mu_doc_term(d, "Answers", SAY("%s %s answered late, or never.", some_of(r, late, SAY("%d calls, questions and orders that had a limit", due)), would_have(r, late)), mu_refs_in_order(list, late));
}

static void cost(mu_doc *d, const mu_aar *a)
{
    mu_doc_section(d, "cost", a->r->players ? "What it cost in time and duty" : "What it would have cost in time and duty", "");
    clocks(d, a->r, false);
    clocks(d, a->r, true);
    answers(d, a->r);
    stuck(d, a->r);
}

/* People end what they agree with a point, or do not. */
static const char *stop_after(const char *words)
{
    size_t n = strlen(words);
    return n && strchr(".!?", words[n - 1]) ? "" : ".";
}

static void decisions(mu_doc *d, const mu_aar *a)
{
    static const char *const terms[] = {"1", "2", "3"};
    const mu_report *r = a->r;
    int list[3], n = worst_types(r, list, 3);
    mu_doc_section(d, "decide", n == 3 ? "The three decisions to take" : n == 1 ? "The decision to take" : n ? "The decisions to take" : "Nothing to decide", "");
    for (int i = 0; i < n && i < 3; i++) {
        const mu_aar_item *item = item_for(a, &r->findings->list[list[i]]);
        mu_doc_term(d, terms[i], SAY("%s: %s%s (%s). To decide: %s%s Owner: %s, %s; by %s; %s.", item->finding->gap->title, mu_thing(r, item->finding->subject), and_more(r, item->finding), item->finding->gap->id, item->action, stop_after(item->action),
                                     item->organisation, *item->contact ? item->contact : "nobody named", item->due, item->state), item->agreed ? MU_REFS(item->agreed) : (mu_refs){item->finding->evidence, item->finding->evidence_count > 3 ? 3 : item->finding->evidence_count});
    }
    if (n == 0)
        mu_doc_text(d, "Nothing that this run found asks for a decision.", MU_NO_REFS);
}

static void in_short(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    mu_doc_section(d, "basis", "What this rests on", "");
    for (int i = 0; i < a->objective_count; i++) {
        const mu_aar_objective *o = &a->objectives[i];
        const char *rule = mu_rating_word(o->proposed);
        mu_doc_term(d, o->id, o->given ? SAY("%s: %s, says %s; the rule proposes %s.", o->text, mu_rating_word(o->given), o->given_by, o->given == o->proposed ? "the same" : rule)
                                       : SAY("%s: %s, by the rule; nobody has confirmed it.", o->text, rule), MU_REFS(o->given_event));
    }
    mu_doc_term(d, "Claim", SAY("%s%s %s", r->other_plan ? "Its gaps are judged by another plan than the one that was played. " : "", mu_report_claim(r), mu_report_not(r)), MU_NO_REFS);
    mu_doc_term(d, "Figures", mu_report_made_of(r), MU_REFS(1));
    mu_doc_term(d, "Proof", SAY("Numbers of events are records of the journal, which has %d and ends with %s; plan %.16s.", r->events, r->journal_head, r->plan_hash), MU_NO_REFS);
}

static const char *critical(const mu_report *r)
{
    int n = r->counts[MU_CRITICAL];
    return SAY("%d gap%s of the plan %s critical.", n, n == 1 ? "" : "s", n == 1 ? "is" : "are");
}

/* "6 of the plan's own times and 1 notice that law or contract asks for would have been". */
static const char *late_words(const mu_report *r, int own, int law)
{
    const char *first = own ? SAY("%d of the plan's own times", own) : "", *second = law ? SAY("%d notice%s that law or contract asks for", law, law == 1 ? "" : "s") : "";
    return SAY("%s%s%s %s", first, own && law ? " and " : "", second, would_have(r, own + law));
}

/* What it comes to, in a sentence: what was late, what could not be done. */
static const char *lead(const mu_report *r)
{
    int own = 0, law = 0, stopped = 0, due;
    for (int i = 0; i < r->target_count; i++) {
        bool bad = r->targets[i].state == MU_LATE || r->targets[i].state == MU_MISSED;
        own += bad && !r->targets[i].law;
        law += bad && r->targets[i].law;
    }
    for (int i = 0; i < r->task_count; i++)
        stopped += strcmp(r->tasks[i].state, "blocked") == 0;
    if (!*r->ended)
        return mu_report_lead(r);
    int silent = late_answers(r, &due, mu_alloc(r->arena, (size_t)(r->asked_count + 1) * sizeof(uint32_t)));
    const char *length = mu_report_length(r, r->end), *and = stopped ? SAY(", and %d action%s could not be done", stopped, stopped == 1 ? "" : "s") : "";
    if (own + law)
        return SAY("In %s, %s late or missed%s. %s", length, late_words(r, own, law), and, critical(r));
    return SAY("In %s, %s that came due was late%s%s. %s", length, silent ? "no clock" : "nothing", stopped ? and : ", and no action was stopped",
               silent ? SAY("; %d of %d answers that had a limit came late, or never", silent, due) : "", critical(r));
}

static void executive(mu_doc *d, const mu_aar *a)
{
    d->lead = lead(a->r);
    went_wrong(d, a);
    cost(d, a);
    decisions(d, a);
    in_short(d, a);
}

/* ---- what a practitioner reads ---- */

static void summary(mu_doc *d, const mu_aar *a)
{
    const mu_report *r = a->r;
    mu_doc_section(d, "summary", "Executive summary", "");
    mu_doc_text(d, SAY("%s", mu_report_lead(r)), MU_NO_REFS);
    for (int i = 0; i < r->figure_count; i++)
        mu_doc_point(d, SAY("%s (%s)", r->figures[i].words, r->figures[i].basis), (mu_refs){r->figures[i].events, r->figures[i].event_count});
    for (int i = 0; i < a->objective_count; i++) {
        const mu_aar_objective *o = &a->objectives[i];
        mu_doc_term(d, o->id, SAY("%s. Proposed by the rule: %s. Evaluator: %s", o->text, mu_rating_word(o->proposed), o->given ? SAY("%s, %s", mu_rating_word(o->given), mu_rating_stand(r, o)) : mu_rating_stand(r, o)),
                    MU_REFS(o->given_event));
    }
}

static void part(mu_doc *d, const char *id, const char *title, void (*html)(mu_buf *, const mu_report *), void (*markdown)(mu_buf *, const mu_report *))
{
    mu_doc_section(d, id, title, "");
    mu_doc_part(d, html, markdown);
}

static void practitioner(mu_doc *d, const mu_aar *a)
{
    mu_aar_overview(d, a);
    mu_aar_claim(d, a);
    summary(d, a);
    mu_aar_ratings(d, a);
    mu_aar_wash(d, a);
    mu_aar_areas(d, a);
    mu_aar_participants(d, a);
    mu_aar_improvement(d, a);
    mu_aar_msel(d, a);
    mu_aar_decisions(d, a);
    mu_aar_times(d, a);
    part(d, "happened", "What happened, by role", mu_page_happened, mu_markdown_happened);
    mu_aar_law(d, a);
    mu_aar_matrix(d, a);
    part(d, "asked", "Who was asked, actions", mu_page_asked, mu_markdown_asked);
    part(d, "gaps", "Gaps and what held", mu_page_gaps, mu_markdown_gaps);
    part(d, "told", "Communication, ladders, coverage", mu_page_compared, mu_markdown_compared);
    mu_aar_check(d, a);
}

/* ---- what an auditor reads ---- */

static void auditor(mu_doc *d, const mu_aar *a)
{
    mu_aar_overview(d, a);
    mu_aar_claim(d, a);
    mu_aar_criteria(d, a);
    mu_aar_participants(d, a);
    mu_aar_independence(d, a);
    mu_aar_exceptions(d, a);
    mu_aar_ratings(d, a);
    mu_aar_controls(d, a);
    mu_aar_law(d, a);
    mu_aar_findings(d, a);
    mu_aar_msel(d, a);
    mu_aar_times(d, a);
    mu_aar_check(d, a);
    mu_aar_log(d, a);
}

mu_doc *mu_aar_doc(const mu_aar *a, mu_reader reader)
{
    static void (*const documents[MU_READERS])(mu_doc *, const mu_aar *) = {executive, practitioner, auditor};
    mu_doc *d = mu_doc_new(a->r, reader);
    documents[reader](d, a);
    return d;
}
