/* What a run is, what it may be claimed as, and the numbers of its summary with what each of them is made of. */
#include <stdlib.h>
#include <string.h>

#include "base/rate.h"
#include "report/parts.h"
#include "report/write.h"

static bool functional(const mu_report *r)
{
    return strcmp(mu_journal_counts_as(r->journal), "functional") == 0;
}

static const char *kind_of(const mu_report *r)
{
    if (r->calltree)
        return "A call tree: real people were asked to answer over the ways that the plan names, and to do nothing else";
    if (functional(r))
        return "A functional exercise: people acted in their own tools while the clock ran, with stand-ins for the roles that nobody held";
    return r->players ? "A facilitated drill, with stand-ins for the roles that nobody held" : "A model run: nobody was asked";
}

const char *mu_report_kind(const mu_report *r)
{
    return SAY("%s%s%s", kind_of(r), *r->ended ? "" : SAY("; it is not over, and its journal ends at %s", mu_report_time(r, r->end)),
               r->other_plan ? "; judged by another plan than the one that was played" : "");
}

const char *mu_report_claim(const mu_report *r)
{
    if (!*r->ended)
        return r->calltree ? "Nothing may be claimed of a call tree that is not over. To go on with it: muster calltree PROGRAMME CALLS -o DIR --resume."
                              : "Nothing may be claimed of a drill that is not over. To go on with it: muster run PLAN SCENARIO -o DIR --resume.";
    if (r->calltree)
        return "It may be claimed as a drill of contacts: who was reached, by which way, and how fast.";
    if (r->players == 0)
        return "It may be claimed as analysis of the plan: input to the design of an exercise, an argument about risk, and gaps to look into.";
    if (!*r->played_roles)
        return "Nobody at the keyboard did anything: it may be claimed as analysis of the plan, and as no exercise of anybody.";
    if (mu_journal_broken_off(r->journal))
        return SAY("It was broken off after %s because something real happened: it may be claimed as an exercise that was begun, by those who acted: %s. It counts towards nothing.",
                   mu_report_length(r, r->end), r->played_roles);
    if (functional(r))
        return SAY("It may be claimed as an operations-based functional exercise for those who acted: %s. It can count towards FedRAMP IR-3 where its plan was approved before it, and "
                   "towards whatever a tabletop counts for. That people acted in their own tools is the word of whoever began it.", r->played_roles);
    const char *moved = strcmp(r->mode, "functional") == 0 ? " It was begun as a functional exercise; its clock was moved, so that it is none." : "";
    return SAY("It may be claimed as a discussion-based exercise (a tabletop) for those who acted: %s. It can count towards PCI DSS 12.10.2 where all of 12.10.1 is "
               "covered, and towards 23 NYCRR 500.16(d)(1) where all critical staff took part.%s", r->played_roles, moved);
}

/* What a story that failed would still have told, nobody was asked; so much the less may be claimed. */
static const char *stories_failed(const mu_report *r)
{
    const char *events = "";
    int count = 0;
    EACH_EVENT(e, r)
        if (e->kind == EV_STORY_FAILED)
            events = count++ ? SAY("%s, %u", events, (unsigned)e->n) : SAY("event %u", (unsigned)e->n);
    return count ? SAY(" %d %s of the script failed (%s): what was still to be told is missing here.", count, count == 1 ? "story" : "stories", events) : "";
}

const char *mu_report_not(const mu_report *r)
{
    if (r->calltree)
        return "It is no test of the whole plan, and no exercise of anybody in their role.";
    return SAY("%s%s",
               r->players == 0 ? "It is not a tabletop, not a functional test, and no evidence that people can perform."
               : functional(r) ? "It is no restore of production, unless that was done. What stand-ins did is no evidence of people."
                               : "It is not a functional test, as no system was touched, and no restore test. What stand-ins did is no evidence of people.",
               stories_failed(r));
}

/* "2 measured, 1 asked, 4 default": where the values come from that stand-ins went by. */
static const char *origins(const mu_report *r)
{
    static const char *const words[] = {"measured", "asked", "default"};
    int counts[3] = {0};
    EACH_EVENT(e, r)
        for (int i = 0; e->kind == EV_ASSUMED && i < 3; i++)
            counts[i] += strcmp(mu_field(r, e, "origin"), words[i]) == 0;
    return SAY("%d measured, %d asked, %d default", counts[0], counts[1], counts[2]);
}

const char *mu_report_made_of(const mu_report *r)
{
    bool defaults = strcmp(r->assumptions_hash, "defaults") == 0;
    if (r->calltree)
        return SAY("observed: n = 1 call tree, %d %s; nobody was stood in for.", r->players, r->players == 1 ? "was asked" : "were asked");
    const char *simulated = SAY("simulated: n = 1 run, seed %s, %s", r->seed, defaults ? "made of default habits: conventions, and not what people here were measured to do" : SAY("assumptions of the file named under Proof (%s)", origins(r)));
    return r->players ? SAY("of people observed: n = 1 exercise, %d %s; of stand-ins %s.", r->players, r->players == 1 ? "person" : "people", simulated) : SAY("%s.", simulated);
}

const char *mu_report_pauses(const mu_report *r)
{
    const char *pauses = r->pauses == 0 ? "No pause was taken."
                         : SAY("%d pause%s, %s in all, %s in no figure: the exercise's clock stood.", r->pauses, r->pauses == 1 ? "" : "s", mu_report_length(r, r->paused), r->pauses == 1 ? "is" : "are");
    const char *jumps = r->jumps == 0 ? "" : SAY(" The clock was moved forward %d time%s: what was skipped is in the figures that span it.", r->jumps, r->jumps == 1 ? "" : "s");
    const char *standing = r->players && !r->measured ? " Time stood while somebody at the keyboard was asked, so people's figures say when in the story they answered, not how fast." : "";
    return SAY("%s%s%s", pauses, jumps, standing);
}

const char *mu_finding_basis(const mu_report *r, const mu_finding *f)
{
    if (strcmp(f->confidence, "deterministic") == 0)
        return f->evidence_count ? "deterministic; seen in this run" : "deterministic; on paper";
    const char *habits = strcmp(r->assumptions_hash, "defaults") == 0 ? " by default habits" : "";
    return strcmp(f->confidence, "simulated") == 0 ? SAY("simulated%s, n = 1, seed %s", habits, r->seed) : SAY("%s, n = 1", f->confidence);
}

/* A full stop, unless the text, which may be the plan's own sentence, has an end. */
static const char *stop(const char *text)
{
    size_t len = strlen(text);
    return len && strchr(".!?", text[len - 1]) ? "" : ".";
}

int mu_finding_standing(const mu_report *r, const mu_finding *f, const char *lines[MU_STANDING])
{
    const char *until = f->suppressed ? SAY("The plan accepts it until %s", f->suppressed->until) : "";
    const char *const said[MU_STANDING][2] = {{SAY("Here %s", mu_weight_word(f->weight)), f->reasons}, {"Rests on", f->limit},
                                              {"One cause with", mu_same_cause(r, f)}, {until, f->suppressed ? f->suppressed->reason : NULL}};
    int count = 0;
    for (int i = 0; i < MU_STANDING; i++)
        if (said[i][1])
            lines[count++] = SAY("%s: %s%s", said[i][0], said[i][1], stop(said[i][1]));
    return count;
}

const char *mu_suppression_idle(const mu_report *r, const mu_suppression *s)
{
    if (s->state == MU_IN_FORCE)
        return NULL;
    const char *what = s->subject ? SAY("%s of %s", s->gap, mu_called(r, s->subject)) : s->gap;
    const char *why = s->state == MU_EXPIRED ? SAY("The plan accepted %s until %s, and that is over", what, s->until)
                                             : SAY("The plan accepts %s until %s, and no such gap was found", what, s->until);
    return SAY("%s: line %d, \"%s\"", why, s->at.line, s->reason);
}

static int64_t value_of(const mu_report *r, const char *name)
{
    for (int i = 0; i < r->figure_count; i++)
        if (strcmp(r->figures[i].name, name) == 0)
            return r->figures[i].value;
    return 0;
}

static int messages(const mu_report *r)
{
    int n = 0;
    for (int i = 0; i < r->asked_count; i++)
        n += r->asked[i].state != MU_NOBODY;
    return n;
}

const char *mu_report_lead(const mu_report *r)
{
    if (!*r->ended)
        return SAY("The drill is not over: what stands here is what its journal holds up to %s, %d gap%s so far.", mu_report_time(r, r->end), r->open_gaps,
                   r->open_gaps == 1 ? "" : "s");
    int late = 0, decided = 0;
    for (int i = 0; i < r->target_count; i++) {
        late += r->targets[i].state == MU_LATE || r->targets[i].state == MU_MISSED;
        decided += r->targets[i].state != MU_OPEN;
    }
    const char *times = r->calltree ? SAY("%d of %d messages were answered", (int)value_of(r, "acknowledged"), messages(r)) : decided == 0 ? "no target came due"
                        : decided == 1 ? late ? "the one target that came due was late or missed" : "the one target that came due was met"
                        : late == 0 ? SAY("none of the %d targets that came due was late", decided) : SAY("%d of the %d targets that came due %s late or missed", late, decided, late == 1 ? "was" : "were");
    if (r->open_gaps == 0)
        return r->calltree ? SAY("No gap found by %d rules; %s.", r->rules, times) : SAY("No gap found by %d rules; %d roles of %d were exercised; %s.", r->rules, (int)value_of(r, "roles_exercised"), r->roles, times);
    int first;
    (void)mu_worst(r, &first, 1);
    const mu_finding *f = &r->findings->list[first];
    const char *worst = mu_spoken(r, f->text);
    if (r->counts[MU_CRITICAL] == 1)
        return SAY("%s. It is the one critical gap; %s.", worst, times);
    return r->counts[MU_CRITICAL] ? SAY("%s. It is one of %d critical gaps; %s.", worst, r->counts[MU_CRITICAL], times) : SAY("%s. No gap is critical; %s.", worst, times);
}

/* ---- figures ---- */

typedef struct pile {
    uint32_t *list;
    int count, room;
} pile;

static void drop(const mu_report *r, pile *p, uint32_t n)
{
    if (p->count == p->room) {
        uint32_t *more = mu_alloc(r->arena, (size_t)(2 * p->room + 64) * sizeof *more);
        memcpy(more, p->list ? p->list : more, (size_t)p->count * sizeof *more);
        p->list = more;
        p->room = 2 * p->room + 64;
    }
    if (n)
        p->list[p->count++] = n;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* In order, each once. */
static void tidy(pile *p)
{
    int kept = 0;
    if (p->count == 0)
        return;
    qsort(p->list, (size_t)p->count, sizeof *p->list, by_number);
    for (int i = 0; i < p->count; i++)
        if (i == 0 || p->list[i] != p->list[i - 1])
            p->list[kept++] = p->list[i];
    p->count = kept;
}

static mu_figure *figure(mu_report *r, const char *name, const char *section, int64_t value, int64_t of, const char *basis, pile *events)
{
    tidy(events);
    mu_figure *f = &r->figures[r->figure_count++];
    *f = (mu_figure){.name = name, .section = section, .words = "", .value = value, .of = of, .basis = basis, .events = events->list, .event_count = events->count};
    return f;
}

static void gap_figures(mu_report *r)
{
    pile events = {0};
    static const char *const kinds[] = {"deterministic", "simulated", "observed"};
    int fixed = 0, all = r->open_gaps;
    const char *basis = "";
    for (int k = 0; k < 3; k++) {
        int n = 0;
        for (int i = 0; i < all; i++)
            n += strcmp(r->findings->list[i].confidence, kinds[k]) == 0;
        fixed = k == 0 ? n : fixed;
        basis = n ? SAY("%s%s%s", basis, *basis ? " and " : "", kinds[k]) : basis;
    }
    for (int i = 0; i < all; i++) {
        for (int k = 0; k < r->findings->list[i].evidence_count; k++)
            drop(r, &events, r->findings->list[i].evidence[k]);
    }
    mu_figure *f = figure(r, "gaps", "gaps", all, -1, *basis ? basis : "deterministic", &events);
    f->words = all == 0 ? SAY("No gap found by %d rules.", r->rules)
                        : SAY("%d gap%s: %d critical, %d high, %d medium, %d low. %d %s not depend on how people behave.", all, all == 1 ? "" : "s", r->counts[0], r->counts[1], r->counts[2], r->counts[3],
                   fixed, fixed == 1 ? "does" : "do");
    if (r->accepted)
        f->words = SAY("%s %d more the plan accepts for now.", f->words, r->accepted);
}

static void target_figures(mu_report *r)
{
    pile events = {0};
    int met = 0, due = 0, open = 0;
    for (int i = 0; i < r->target_count; i++) {
        open += r->targets[i].state == MU_OPEN;
        if (r->targets[i].state == MU_OPEN)
            continue;
        due++;
        met += r->targets[i].state == MU_MET || r->targets[i].state == MU_ANSWERED;
        drop(r, &events, r->targets[i].ended);
    }
    mu_figure *f = figure(r, "targets_met", "targets", met, due, mu_basis_word(r->players ? MU_BOTH : MU_SIMULATED), &events);
    f->words = SAY("%d of %d targets met that came due%s.", met, due, open ? SAY("; %d more still ran at ENDEX", open) : "");
}

/* Roles of the plan to which something was given and who took it up. */
static void exercised(mu_report *r)
{
    pile events = {0};
    int n = 0;
    const mu_node *roles = mu_get(mu_tree_root(r->plan), "roles");
    for (const mu_node *role = roles ? roles->first : NULL; role; role = role->next) {
        const char *lane = SAY("role:%s", role->key ? role->key : "");
        uint32_t first = 0;
        for (int i = 0; i < r->asked_count && !first; i++)
            first = strcmp(r->asked[i].lane, lane) == 0 ? r->asked[i].ack_event : 0;
        n += first != 0;
        drop(r, &events, first);
    }
    mu_figure *f = figure(r, "roles_exercised", "asked", n, r->roles, mu_basis_word(r->players ? MU_BOTH : MU_SIMULATED), &events);
    f->words = SAY("%d of %d roles of the plan were asked something and answered.", n, r->roles);
}

/* In time, of those whose time was over: by people (where time did not stand for them) or by stand-ins. An interval is of people only: of stand-ins it would be
 * one of the assumptions. */
static void in_time(mu_report *r, bool played)
{
    pile events = {0};
    int met = 0, due = 0;
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        if (a->played != played || (a->state != MU_MET && a->state != MU_LATE && a->state != MU_MISSED))
            continue;
        due++;
        met += a->state == MU_MET;
        drop(r, &events, a->act_event ? a->act_event : a->ack_event ? a->ack_event : a->event);
    }
    if (!due || (played && !r->measured))
        return;
    mu_figure *f = figure(r, played ? "people_in_time" : "stand_ins_in_time", "asked", met, due, mu_basis_word(played ? MU_OBSERVED : MU_SIMULATED), &events);
    mu_interval sure = mu_rate_percent(met, due);
    f->words = played ? SAY("People answered in time: %d of %d that had a limit (95 %% interval %d to %d %%, of this one exercise).", met, due, (int)sure.low, (int)sure.high)
                      : SAY("Stand-ins answered in time: %d of %d that had a limit; what was never answered counts as late.", met, due);
}

static void heard(mu_report *r)
{
    pile events = {0};
    int acked = 0, all = 0, nobody = 0;
    for (int i = 0; i < r->asked_count; i++) {
        nobody += r->asked[i].state == MU_NOBODY;
        if (r->asked[i].state == MU_NOBODY)
            continue;
        all++;
        acked += r->asked[i].acked >= 0;
        drop(r, &events, r->asked[i].ack_event);
    }
    mu_figure *f = figure(r, "acknowledged", "asked", acked, all, mu_basis_word(r->calltree ? MU_OBSERVED : r->players ? MU_BOTH : MU_SIMULATED), &events);
    f->words = SAY("%d of %d messages acknowledged%s.", acked, all, nobody ? SAY("; %d more had nobody to go to", nobody) : "");
}

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static const char *left_out(const mu_report *r, int at_end, int stood)
{
    const char *ended = at_end ? SAY("%d that came at ENDEX", at_end) : "", *still = stood ? SAY("%d to people for whom time stood", stood) : "";
    return at_end + stood ? SAY("; not in it: %s%s%s", ended, at_end && stood ? ", " : "", still) : "";
}

/* The median needs six to say anything: below, it is left out. What was never acknowledged stays in, as longer than all that was; what came
 * at ENDEX itself could not be. A person's wait is no length where time stood; what is left out is said. */
static void median(mu_report *r)
{
    pile events = {0};
    int64_t *took = mu_alloc(r->arena, (size_t)(r->asked_count + 1) * sizeof *took);
    int n = 0, at_end = 0, stood = 0;
    bool people = false;
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        bool ends = a->acked < 0 && a->delivered >= r->end, stands = a->played && !r->measured;
        if (a->state == MU_NOBODY)
            continue;
        at_end += ends;
        stood += stands && !ends;
        if (ends || stands)
            continue;
        people = people || a->played;
        took[n++] = a->acked < 0 ? INT64_MAX : a->acked - a->delivered;
        drop(r, &events, a->ack_event ? a->ack_event : a->event);
    }
    qsort(took, (size_t)n, sizeof *took, by_length);
    int64_t middle = n >= 6 ? took[(n - 1) / 2] : -1;
    r->median = middle == INT64_MAX ? -1 : middle;
    if (middle < 0)
        return;
    mu_figure *f = figure(r, "median_acknowledgement_ms", "asked", r->median, -1, mu_basis_word(r->calltree ? MU_OBSERVED : people ? MU_BOTH : MU_SIMULATED), &events);
    const char *half = r->median < 0 ? "Fewer than half of the messages were acknowledged by ENDEX" : SAY("Half of the messages were acknowledged within %s", mu_report_length(r, r->median));
    f->words = SAY("%s (n = %d; what never was is in it, as longer%s). No higher percentile is given: all are of one run.", half, n,
                   left_out(r, at_end, stood));
}

void mu_model_figures(mu_report *r)
{
    gap_figures(r);
    if (!r->calltree) {
        target_figures(r);
        exercised(r);
    }
    heard(r);
    in_time(r, true);
    in_time(r, false);
    median(r);
}
