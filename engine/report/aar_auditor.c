/* What an auditor asks for: criteria fixed before the run, who was there, who is independent, what deviated, what each clause may take
 * from it, findings with their actions, and the log, whole. */
#include <stdlib.h>
#include <string.h>

#include "report/aar.h"
#include "report/auditor.h"
#include "report/controls.h"
#include "report/parts.h"
#include "report/tried.h"

/* ---- criteria ---- */

static const char *names_in(const mu_report *r, const char *list)
{
    const char *words = "";
    for (const char *p = list; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        const char *one = mu_called(r, mu_copy(r->arena, p, strcspn(p, " ")));
        words = SAY("%s%s%s", words, *words ? "; " : "", mu_begins(one, "act:") ? one + 4 : one);
    }
    return words;
}

void mu_aar_criteria(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Objective", "Card", "Asked of", "Pass", "Within", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "criteria", "Criteria, fixed before the run",
                   SAY("They stand in the journal before record %u (STARTEX), whose hash is %s: no criterion could be changed after it without breaking the chain.", (unsigned)a->startex, a->criteria));
    for (int i = 0; i < a->objective_count; i++)
        mu_doc_term(d, a->objectives[i].id, a->objectives[i].text, MU_NO_REFS);
    mu_doc_table(d, "Criteria", heads, false);
    for (int i = 0; i < a->card_count; i++) {
        const mu_aar_card *c = &a->cards[i];
        bool question = strcmp(c->class, "question") == 0;
        if (question || *c->expect)
            MU_ROW(d, MU_REFS(c->pinned), *c->objective ? c->objective : "none", mu_called(r, c->card), names_in(r, c->to), question ? "an answer" : names_in(r, c->expect),
                   c->within < 0 ? "no time" : mu_report_length(r, c->within));
    }
    mu_doc_table_end(d, "No card expects anything.");
    mu_doc_text(d, "The times of the plan's own targets and of law and contract are those of the plan whose hash is pinned in record 1. The rule by which ratings are proposed stands under the ratings; the rules that find gaps are "
                   "those of the version that is pinned.", MU_REFS(1));
}

/* ---- independence ---- */

static bool is_player(const mu_report *r, const char *who)
{
    for (int i = 0; i < r->person_count; i++)
        if (r->people[i].played && (strcmp(r->people[i].id, who) == 0 || (*who && strncmp(r->people[i].name, who, strlen(r->people[i].name)) == 0)))
            return true;
    return false;
}

static bool owns_plan(const mu_report *r, const char *who)
{
    const char *owner = mu_get_text(mu_get(mu_tree_root(r->plan), "plan"), "owner");
    const mu_node *role = owner ? mu_node_named(r, strchr(owner, ':') ? owner : SAY("role:%s", owner)) : NULL, *holders = mu_get(role, "holders");
    for (const mu_node *h = holders ? (holders->kind == MU_LIST ? holders->first : holders) : NULL; h; h = h->next) {
        const char *id = strchr(h->text, ':') ? h->text : SAY("person:%s", h->text), *name = mu_called(r, id);
        if (strcmp(id, who) == 0 || strncmp(name, who, strlen(name)) == 0)
            return true;
        if (holders->kind != MU_LIST)
            break;
    }
    return false;
}

static const char *stand(const mu_report *r, const char *who)
{
    bool player = is_player(r, who), owner = owns_plan(r, who);
    if (player || owner)
        return mu_marked(r, MU_MARK_BAD, player ? "took part as a player" : "holds the role that owns the plan");
    return mu_marked(r, MU_MARK_OK, "no player, and no owner of the plan");
}

void mu_aar_independence(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Who", "As", "Independence", NULL};
    const mu_report *r = a->r;
    mu_buf seen = {0};
    mu_doc_section(d, "independence", "Independence", "Whoever evaluates is neither a player nor the owner of the plan. Names that the plan does not know are compared as they were written.");
    mu_doc_table(d, "Independence", heads, false);
    mu_buf_puts(&seen, "\n");
    EACH_EVENT (e, r) {
        bool staff = e->kind == EV_STAFF_PINNED, rated = e->kind == EV_RATING || (e->kind == EV_OBSERVATION && *mu_field(r, e, "objective"));
        const char *who = mu_field(r, e, staff ? "who" : "by"), *line = SAY("\n%s\n", who);
        if ((!staff && !rated) || strstr(seen.text, line))
            continue;
        mu_buf_puts(&seen, line + 1);
        MU_ROW(d, MU_REFS(e->n), mu_called(r, who), staff ? mu_field(r, e, "does") : "wrote observations or ratings",
               strcmp(who, "facilitator") == 0 ? mu_marked(r, MU_MARK_LATE, "not signed by name") : stand(r, who));
    }
    mu_buf_free(&seen);
    mu_doc_table_end(d, "Nobody was named as evaluator and nobody rated anything: there is no independent evaluation of this run.");
}

/* ---- exceptions ---- */

static bool exception(const mu_report *r, const mu_event *e)
{
    switch (e->kind) {
    case EV_PAUSE: case EV_RESUME: case EV_SPEED: case EV_JUMP: case EV_STOP: case EV_DOWNTIME: case EV_TAKEN_BACK: case EV_STORY_FAILED: case EV_INJECT_CANCELLED: case EV_INJECT_DEFERRED: case EV_INJECT_HELD: return true;
    case EV_AWAY: case EV_BACK: case EV_DOWN: case EV_UP: return strcmp(mu_field(r, e, "by"), "facilitator") == 0 || strcmp(mu_field(r, e, "by"), "option") == 0;
    default: return false;
    }
}

void mu_aar_exceptions(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"At", "What", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "exceptions", "Exceptions", "What deviated from the script, or was done to the exercise itself. Nothing is ever deleted: what was taken back stands in the log, and that it was.");
    mu_doc_table(d, "Exceptions", heads, false);
    EACH_EVENT (e, r)
        if (exception(r, e))
            MU_ROW(d, MU_REFS(e->n), mu_report_time(r, e->t), mu_event_words(r, e->n));
    mu_doc_table_end(d, "None: no pause, no jump, no card held, cancelled or moved, nothing taken back.");
    if (!*r->ended)
        mu_doc_text(d, "The journal does not hold ENDEX: the exercise is not over.", MU_NO_REFS);
    if (r->other_plan)
        mu_doc_text(d, "The gaps are judged by another plan than the one that was played.", MU_NO_REFS);
}

/* ---- clauses ---- */

typedef struct answer {
    mu_mark_of mark;
    const char *words;
    mu_refs refs;
} answer;

static mu_refs first_and_count(const mu_report *r, mu_kind_of_event kind, int *count)
{
    uint32_t *one = mu_alloc(r->arena, sizeof *one);
    *count = 0;
    EACH_EVENT (e, r) {
        if (e->kind != kind)
            continue;
        *one = *one ? *one : e->n;
        (*count)++;
    }
    return (mu_refs){one, *one ? 1 : 0};
}

static answer by_test(const mu_report *r)
{
    if (r->players == 0 || !*r->played_roles)
        return (answer){MU_MARK_OPEN, "no test: nobody was asked; analysis of the plan, input to a test", MU_NO_REFS};
    if (mu_journal_broken_off(r->journal))
        return (answer){MU_MARK_OPEN, "no test: broken off because something real happened", MU_NO_REFS};
    bool functional = strcmp(mu_journal_counts_as(r->journal), "functional") == 0;
    return (answer){MU_MARK_OK, SAY(functional ? "an operations-based functional exercise of those who acted: %s" : "a discussion-based exercise of those who acted: %s; no functional test", r->played_roles), MU_NO_REFS};
}

static answer by_attendance(const mu_report *r)
{
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->person_count + 1) * sizeof *list);
    mu_refs refs = {list, 0};
    EACH_EVENT (e, r)
        if (e->kind == EV_PERSON_PINNED && refs.count < r->person_count && strcmp(mu_field(r, e, "seat"), "player") == 0)
            list[refs.count++] = e->n;
    return r->players ? (answer){MU_MARK_OK, SAY("%d %s took part: %s", r->players, r->players == 1 ? "person" : "people", *r->played_roles ? r->played_roles : "nobody acted"), refs}
                      : (answer){MU_MARK_OPEN, "nobody took part", refs};
}

static answer by_targets(const mu_report *r, bool law)
{
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->target_count + 1) * sizeof *list);
    int n = 0, met = 0, late = 0, open = 0;
    for (int i = 0; i < r->target_count; i++) {
        const mu_target_row *t = &r->targets[i];
        if (t->law != law)
            continue;
        list[n++] = t->started;
        met += t->state == MU_MET || t->state == MU_ANSWERED;
        late += t->state == MU_LATE || t->state == MU_MISSED;
        open += t->state == MU_OPEN;
    }
    const char *words = SAY("%d clock%s: %d met, %d late or missed, %d still ran at ENDEX", n, n == 1 ? "" : "s", met, late, open);
    return (answer){n == 0 ? MU_MARK_OPEN : late ? MU_MARK_BAD : met ? MU_MARK_OK : MU_MARK_OPEN, n ? words : "no such clock started in this run", {list, n}};
}

static answer by_messages(const mu_report *r)
{
    const int *c = r->flows->counts;
    int bad = c[MU_FLOW_MISSING] + c[MU_FLOW_LATE] + c[MU_FLOW_WRONG_CHANNEL] + c[MU_FLOW_WRONG_ORDER];
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->flows->flow_count + 1) * sizeof *list);
    int n = 0;
    for (int i = 0; i < r->flows->flow_count; i++)
        if (r->flows->flows[i].state != MU_FLOW_SURPLUS)
            list[n++] = r->flows->flows[i].events[1] ? r->flows->flows[i].events[1] : r->flows->flows[i].events[0];
    return (answer){bad ? MU_MARK_BAD : c[MU_FLOW_MET] ? MU_MARK_OK : MU_MARK_OPEN,
                    SAY("of %d messages that the plan wanted %d met, %d late, %d missing, %d over a wrong channel or out of order, %d not due by ENDEX", r->flows->flow_count - c[MU_FLOW_SURPLUS], c[MU_FLOW_MET],
                        c[MU_FLOW_LATE], c[MU_FLOW_MISSING], c[MU_FLOW_WRONG_CHANNEL] + c[MU_FLOW_WRONG_ORDER], c[MU_FLOW_OPEN]), mu_refs_in_order(list, n)};
}

static answer by_ladders(const mu_report *r)
{
    int answered = 0;
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->flows->call_count + 1) * sizeof *list);
    for (int i = 0; i < r->flows->call_count; i++) {
        answered += r->flows->calls[i].state == MU_CALL_ANSWERED;
        list[i] = r->flows->calls[i].event;
    }
    mu_refs refs = mu_refs_in_order(list, r->flows->call_count);
    return (answer){r->flows->call_count == 0 ? MU_MARK_OPEN : answered ? MU_MARK_OK : MU_MARK_BAD,
                    r->flows->call_count ? SAY("calls of ladders: %d, of which %d answered", r->flows->call_count, answered) : "no ladder was climbed", refs};
}

static answer by_decisions(const mu_report *r)
{
    uint32_t *list = mu_alloc(r->arena, (size_t)(r->decision_count + 1) * sizeof *list);
    int without = 0;
    for (int i = 0; i < r->decision_count; i++) {
        list[i] = r->decisions[i].event;
        without += !r->decisions[i].authority_ok;
    }
    return (answer){r->decision_count == 0 ? MU_MARK_OPEN : without ? MU_MARK_BAD : MU_MARK_OK, SAY("%d decision%s or answer%s, %d without the authority", r->decision_count, r->decision_count == 1 ? "" : "s", r->decision_count == 1 ? "" : "s", without), {list, r->decision_count}};
}

static answer by_coverage(const mu_report *r, bool roles)
{
    const mu_covered *k = &r->coverage->kinds[MU_OF_ROLES];
    int done = roles ? k->exercised : r->coverage->exercised, all = roles ? k->count : r->coverage->count;
    uint32_t *list = mu_alloc(r->arena, (size_t)(k->count + 1) * sizeof *list);
    int n = 0;
    for (int i = 0; i < k->count; i++)
        if (k->list[i].event)
            list[n++] = k->list[i].event;
    return (answer){done == 0 ? MU_MARK_OPEN : done < all ? MU_MARK_LATE : MU_MARK_OK, SAY("%d of %d %s exercised", done, all, roles ? "roles" : "elements of the plan"), mu_refs_in_order(list, n)};
}

static answer by_actions(const mu_aar *a)
{
    const mu_report *r = a->r;
    int agreed = 0, registered = 0, n = 0;
    uint32_t *list = mu_alloc(r->arena, (size_t)(a->item_count + 1) * sizeof *list);
    for (int i = 0; i < a->item_count; i++) {
        bool in_room = mu_begins(a->items[i].state, "agreed");
        agreed += in_room;
        registered += !in_room && !mu_begins(a->items[i].state, "proposed");
        list[n] = a->items[i].agreed;
        n += a->items[i].agreed != 0;
    }
    return (answer){agreed + registered == a->item_count ? MU_MARK_OK : agreed + registered ? MU_MARK_LATE : MU_MARK_OPEN,
                    SAY("improvement plan: %d lines; %d with an agreed action, %d in the plan's register or accepted, %d proposed only", a->item_count, agreed, registered, a->item_count - agreed - registered), mu_refs_in_order(list, n)};
}

/* "somebody was taken away once", "a role was needed 93 times that nobody held"; "" of none. */
static const char *often(const mu_report *r, const char *list, const char *before, int n, const char *behind)
{
    return n ? SAY("%s%s%s %s%s", list, *list ? ", " : "", before, n == 1 ? "once" : SAY("%d times", n), behind) : list;
}

static answer by_absence(const mu_report *r)
{
    int away, down, unfilled;
    uint32_t *first = mu_alloc(r->arena, 3 * sizeof *first);
    mu_refs of[] = {first_and_count(r, EV_AWAY, &away), first_and_count(r, EV_DOWN, &down), first_and_count(r, EV_ROLE_UNFILLED, &unfilled)};
    for (int i = 0; i < 3; i++)
        first[i] = of[i].count ? *of[i].list : 0;
    const char *words = often(r, often(r, often(r, "", "somebody was taken away", away, ""), "a thing was down", down, ""), "a role was needed", unfilled, " that nobody held");
    return (answer){*words ? MU_MARK_OK : MU_MARK_OPEN, *words ? words : "everybody and everything was there", mu_refs_in_order(first, 3)};
}

static answer answer_of(const mu_aar *a, mu_evidence_kind by)
{
    static const uint32_t first = 1;
    const mu_report *r = a->r;
    switch (by) {
    case MU_BY_TEST: return by_test(r);
    case MU_BY_ATTENDANCE: return by_attendance(r);
    case MU_BY_ROLES: return by_coverage(r, true);
    case MU_BY_LAW: return by_targets(r, true);
    case MU_BY_MESSAGES: return by_messages(r);
    case MU_BY_LADDERS: return by_ladders(r);
    case MU_BY_DECISIONS: return by_decisions(r);
    case MU_BY_TIMES: return by_targets(r, false);
    case MU_BY_ACTIONS: return by_actions(a);
    case MU_BY_ABSENCE: return by_absence(r);
    case MU_BY_COVERAGE: return by_coverage(r, false);
    case MU_BY_RECORD: break;
    }
    return (answer){MU_MARK_OK, SAY("%d events in a chain of hashes that ends with %s; the same inputs give the same bytes", r->events, r->journal_head), {&first, 1}};
}

void mu_aar_controls(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Standard", "Clause", "Asks", "What this run shows", "Source", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "controls", "Evidence by control",
                   r->players ? "What this run may be put beside a clause. Whether it satisfies the clause is the auditor's judgement; what stand-ins did is no evidence of people."
                              : "Nobody took part: this run is analysis of the plan. It satisfies no clause that asks for a test; what it shows may be put beside a clause as analysis.");
    mu_doc_table(d, "Evidence by control", heads, false);
    for (const mu_control *c = mu_controls; c->framework; c++) {
        answer x = answer_of(a, c->by);
        MU_ROW(d, x.refs, c->framework, c->clause, c->asks, mu_marked(r, x.mark, x.words), c->source);
    }
    mu_doc_table_end(d, "");
}

/* ---- findings, actions ---- */

void mu_aar_findings(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Finding", "Gap", "Weight", "Action", "Owner", "Until", "State", "Re-test: a later run in which", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "findings", "Findings, actions, re-test", "A finding is known again by its id, in every run and every plan. It closes by a later run in which it was exercised and did not appear, or by a signed waiver; muster report with the journals of all runs shows which.");
    mu_doc_table(d, "Findings and actions", heads, false);
    for (int i = 0; i < a->item_count; i++) {
        const mu_aar_item *item = &a->items[i];
        const mu_finding *f = item->finding;
        MU_ROW(d, ((mu_refs){f->evidence, f->evidence_count}), SAY("%s. (%s)", mu_spoken(r, f->text), f->id), f->gap->id, SAY("%s, %s", mu_weight_word(f->weight), f->confidence), item->action, SAY("%s, %s", item->organisation, *item->contact ? item->contact : "nobody named"),
               item->due, item->state, SAY("%s, and it does not appear", mu_tried_words(f->gap->id)));
    }
    mu_doc_table_end(d, SAY("No gap found by %d rules.", r->rules));
}

/* ---- the log ---- */

void mu_aar_log(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Event", "At", "Kind", "What", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "log", "The log, whole", SAY("Every record of the journal in its order, %d of them: none is left out and none was deleted. The journal itself holds every field.", r->events));
    mu_doc_table(d, "The log", heads, true);
    EACH_EVENT (e, r)
        MU_ROW(d, MU_NO_REFS, SAY("%u", (unsigned)e->n), mu_report_time(r, e->t), mu_event_kinds[e->kind].name, mu_event_words(r, e->n));
    mu_doc_table_end(d, "");
}
