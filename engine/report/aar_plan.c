/* What is to be done: areas for improvement with their reference and root cause, and the improvement plan in HSEEP's columns. */
#include <string.h>

#include "base/calendar.h"
#include "base/csv.h"
#include "report/aar.h"
#include "report/parts.h"
#include "report/write.h"

/* ---- who, and until when ---- */

static const char *day(const mu_report *r, int64_t day)
{
    mu_date d = mu_date_of_day(day);
    return SAY("%04d-%02d-%02d", d.year, d.month, d.day);
}

/* By how bad it is, where nobody has agreed another day (doctrine 2.7: ours, editable). */
static const char *due_by_weight(const mu_report *r, mu_weight weight)
{
    static const int days[] = {[MU_CRITICAL] = 30, [MU_HIGH] = 90, [MU_MEDIUM] = 180};
    return weight == MU_LOW ? "next review" : day(r, mu_day_of(r->local0) + days[weight]);
}

/* "Lena Koch" of the first holder of a role; the person itself; "" where nobody holds it. */
static const char *holder_of(const mu_report *r, const char *owner)
{
    const mu_node *node = mu_node_named(r, owner), *holders = mu_get(node, "holders"), *first = holders && holders->kind == MU_LIST ? holders->first : holders;
    if (mu_begins(owner, "person:"))
        return mu_called(r, owner);
    return first ? mu_called(r, SAY("person:%s", mu_begins(first->text, "person:") ? first->text + 7 : first->text)) : "";
}

/* An owner as the plan writes it, "ciso" or "role:ciso", with its kind. */
static const char *with_kind(const mu_report *r, const char *owner)
{
    const mu_node *root = mu_tree_root(r->plan);
    if (!owner || strchr(owner, ':'))
        return owner ? owner : "";
    return mu_get(mu_get(root, "roles"), owner) ? SAY("role:%s", owner) : SAY("person:%s", owner);
}

static const char *plan_owner(const mu_report *r)
{
    return with_kind(r, mu_get_text(mu_get(mu_tree_root(r->plan), "plan"), "owner"));
}

bool mu_place_covers(const char *said, const char *subject)
{
    size_t n = strlen(said);
    return strncmp(said, subject, n) == 0 && (subject[n] == '\0' || subject[n] == '/');
}

/* The last item that people agreed for this gap at this place, or the last waiver of it, or NULL. */
static const mu_event *last_word(const mu_report *r, const mu_finding *f, mu_kind_of_event kind)
{
    const mu_event *last = NULL;
    EACH_EVENT (e, r)
        if (e->kind == kind && strcmp(mu_field(r, e, "gap"), f->gap->id) == 0 && mu_place_covers(mu_field(r, e, "subject"), f->subject) && !mu_withdrawn(r, e->n))
            last = e;
    return last;
}

/* The line of the plan's own register for it, or NULL. */
static const mu_node *registered(const mu_report *r, const mu_finding *f)
{
    const mu_node *list = mu_get(mu_tree_root(r->plan), "improvements");
    for (const mu_node *row = list ? list->first : NULL; row; row = row->next) {
        const char *gap = mu_get_text(row, "gap"), *subject = mu_get_text(row, "subject");
        if (gap && subject && strcmp(gap, f->gap->id) == 0 && mu_place_covers(subject, f->subject))
            return row;
    }
    return NULL;
}

static void owned_by(const mu_report *r, mu_aar_item *item, const char *owner)
{
    item->organisation = mu_begins(owner, "role:") ? mu_called(r, owner) : r->organisation;
    item->contact = *owner ? holder_of(r, owner) : "";
}

/* Where the gap is one of a role, that role's place in the organisation; else the plan's owner. */
static const char *natural_owner(const mu_report *r, const mu_finding *f)
{
    return mu_begins(f->subject, "role:") && mu_node_named(r, f->subject) && *holder_of(r, f->subject) ? f->subject : plan_owner(r);
}

static void from_register(const mu_report *r, mu_aar_item *item, const mu_node *row)
{
    const char *text;
    item->action = (text = mu_get_text(row, "action")) ? text : item->action;
    item->element = (text = mu_get_text(row, "element")) ? text : item->element;
    item->start = (text = mu_get_text(row, "start")) ? text : item->start;
    item->due = (text = mu_get_text(row, "due")) ? text : item->due;
    item->state = SAY("%s, \"%s\" of the plan", mu_get_text(row, "state"), mu_get_text(row, "id"));
    if ((text = mu_get_text(row, "owner")))
        owned_by(r, item, with_kind(r, text));
}

static mu_aar_item item_of(const mu_report *r, const mu_finding *f)
{
    const mu_event *e = last_word(r, f, EV_ITEM_AGREED), *waived = last_word(r, f, EV_WAIVED);
    const mu_node *row = registered(r, f);
    mu_aar_item item = {.finding = f, .capability = mu_capability_word(mu_capability_of_gap(f->gap->id)), .element = mu_element_of_gap(f->gap->id), .action = f->gap->fix,
                        .start = day(r, mu_day_of(r->local0 + r->end)), .due = due_by_weight(r, f->weight), .state = "proposed"};
    owned_by(r, &item, natural_owner(r, f));
    if (row)
        from_register(r, &item, row);
    if (e) {
        item.action = mu_field(r, e, "action");
        item.due = mu_field(r, e, "due");
        item.state = SAY("agreed by %s", mu_field(r, e, "by"));
        item.agreed = e->n;
        owned_by(r, &item, mu_field(r, e, "owner"));
    }
    const char *until = waived ? mu_field(r, waived, "until") : "";
    if (waived && strcmp(until, item.start) < 0)
        item.state = SAY("%s; what %s accepted ended on %s", item.state, mu_field(r, waived, "by"), until);
    else if (waived) {
        item.state = SAY("accepted until %s by %s: %s", mu_field(r, waived, "until"), mu_field(r, waived, "by"), mu_field(r, waived, "why"));
        item.agreed = waived->n;
    }
    if (f->suppressed)
        item.state = SAY("accepted until %s: %s", f->suppressed->until, f->suppressed->reason);
    return item;
}

static bool in_plan(const mu_aar *a, const char *gap, const char *subject)
{
    for (int i = 0; i < a->item_count; i++)
        if (strcmp(a->items[i].finding->gap->id, gap) == 0 && mu_place_covers(subject, a->items[i].finding->subject))
            return true;
    return false;
}

/* What people agreed or saw that no rule found: theirs to improve as well, in their words. */
static const mu_finding *seen_by_people(const mu_report *r, const mu_event *e)
{
    mu_finding *f = mu_alloc(r->arena, sizeof *f);
    uint32_t *event = mu_alloc(r->arena, sizeof *event);
    const mu_gap *gap = mu_gap_of(mu_field(r, e, "gap"));
    const mu_node *node = mu_node_named(r, mu_field(r, e, "subject"));
    *event = e->n;
    *f = (mu_finding){.gap = gap, .subject = mu_field(r, e, "subject"), .at = node ? mu_place(node) : (mu_mark){0}, .weight = gap->weight, .confidence = "observed", .evidence = event, .evidence_count = 1,
                      .cause = mu_field(r, e, "subject"), .id = "noted",
                      .text = e->kind == EV_GAP_NOTED ? mu_field(r, e, "text") : SAY("%s: %s", gap->title, mu_thing(r, mu_field(r, e, "subject")))};
    return f;
}

void mu_aar_items(mu_aar *a)
{
    const mu_report *r = a->r;
    size_t most = r->findings->count + 1;
    EACH_EVENT (e, r)
        most += e->kind == EV_ITEM_AGREED || e->kind == EV_GAP_NOTED;
    a->items = mu_alloc(r->arena, most * sizeof *a->items);
    for (size_t i = 0; i < r->findings->count; i++)
        a->items[a->item_count++] = item_of(r, &r->findings->list[i]);
    EACH_EVENT (e, r)
        if ((e->kind == EV_ITEM_AGREED || e->kind == EV_GAP_NOTED) && mu_gap_of(mu_field(r, e, "gap")) && !in_plan(a, mu_field(r, e, "gap"), mu_field(r, e, "subject")) && !mu_withdrawn(r, e->n))
            a->items[a->item_count++] = item_of(r, seen_by_people(r, e));
}

/* ---- areas for improvement ---- */

static mu_refs evidence(const mu_finding *f)
{
    return (mu_refs){f->evidence, f->evidence_count};
}

/* Why it is so, and how this run shows it: the cause that it may share, what the events say. */
static const char *analysis(const mu_report *r, const mu_finding *f)
{
    const char *others = mu_others_of_cause(r, f), *first = "It stands on paper; this run did not come to it.";
    const char *cause = strchr(f->cause, ':') && !mu_begins(f->cause, "section:") ? SAY(", %s", mu_thing(r, f->cause)) : "";
    if (f->evidence_count)
        first = SAY("First, at %s: %s.", mu_report_time(r, mu_event_time(r, f->evidence[0])), mu_event_words(r, f->evidence[0]));
    return SAY("Root cause: line %d of the plan%s%s%s. %s", f->at.line, cause, others ? "; the same cause stands behind " : "", others ? others : "",
               f->proof ? SAY("%s.", mu_spoken(r, mu_proof_words(r, f))) : first);
}

void mu_aar_areas(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Observation", "Weight", "Reference", "Analysis", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "areas", "Areas for improvement", "An observation states the problem and never its remedy; what to change stands in the improvement plan. The line of the plan and the words of the events stand under Gaps.");
    for (int c = 0; c < MU_CAPABILITIES; c++) {
        bool any = false;
        for (size_t i = 0; i < r->findings->count; i++) {
            const mu_finding *f = &r->findings->list[i];
            if (mu_capability_of_gap(f->gap->id) != (mu_capability)c)
                continue;
            if (!any) {
                mu_doc_subhead(d, mu_capability_word((mu_capability)c));
                mu_doc_table(d, SAY("Areas for improvement: %s", mu_capability_word((mu_capability)c)), heads, false);
            }
            any = true;
            MU_ROW(d, evidence(f), SAY("%s.", mu_spoken(r, f->text)), SAY("%s, %s; %s", mu_weight_word(f->weight), f->gap->id, mu_finding_basis(r, f)), SAY("%s; %s", mu_place_words(r, &f->at), f->gap->clauses),
                   analysis(r, f));
        }
        if (any)
            mu_doc_table_end(d, "");
    }
    if (r->findings->count == 0)
        mu_doc_text(d, SAY("No gap found by %d rules.", r->rules), MU_NO_REFS);
}

/* ---- the improvement plan ---- */

void mu_aar_improvement(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Capability", "Issue or area for improvement", "Corrective action", "Capability element", "Primary responsible organisation", "Contact", "Start", "Completion", "State",
                                        NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "improvement", "Improvement plan",
                   "One line a gap. What is proposed is this program's: the fix of the type of gap, the plan's owner or the role itself, 30 days for critical, 90 for high, 180 for medium. What was agreed in the "
                   "room, or stands in the plan's own register, takes its place. An item closes by a later run in which its gap was exercised and did not appear, or by a signed waiver: muster report with "
                   "the journals of all runs shows it.");
    mu_doc_table(d, "Improvement plan", heads, false);
    for (int i = 0; i < a->item_count; i++) {
        const mu_aar_item *item = &a->items[i];
        MU_ROW(d, item->agreed ? MU_REFS(item->agreed) : evidence(item->finding), item->capability, SAY("%s. (%s, %s)", mu_spoken(r, item->finding->text), item->finding->gap->id, mu_weight_word(item->finding->weight)),
               item->action, item->element, item->organisation, *item->contact ? item->contact : "nobody named", item->start, item->due, item->state);
    }
    mu_doc_table_end(d, SAY("No gap found by %d rules: there is nothing to improve that this run could show.", r->rules));
}

void mu_aar_csv(mu_buf *out, const mu_aar *a)
{
    enum { COLUMNS = 14 };
    static const char *const heads[COLUMNS] = {"Core capability", "Issue/area for improvement", "Corrective action", "Capability element", "Primary responsible organization", "Organization POC", "Start date",
                                               "Completion date", "State", "Item", "Gap", "Severity", "Subject", "Events"};
    const mu_report *r = a->r;
    mu_csv_row(out, heads, COLUMNS);
    for (int i = 0; i < a->item_count; i++) {
        const mu_aar_item *item = &a->items[i];
        const mu_finding *f = item->finding;
        const char *events = "";
        for (int k = 0; k < f->evidence_count; k++)
            events = SAY("%s%s%u", events, k ? " " : "", (unsigned)f->evidence[k]);
        const char *const cells[COLUMNS] = {item->capability, mu_spoken(r, f->text), item->action, item->element, item->organisation, item->contact, item->start, item->due,
                                            item->state, f->id, f->gap->id, mu_weight_word(f->weight), f->subject, events};
        mu_csv_row(out, cells, COLUMNS);
    }
}
