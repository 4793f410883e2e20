/* Gaps of hygiene that a plan's text shows. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "analysis/paths.h"
#include "analysis/shared.h"
#include "base/index.h"
#include "plan/schema.h"

static void sections_missing(mu_judge *j)
{
    static const char *const sections[] = {"team", "raci", "audiences", "backup_communications", "phases", "severities", "escalations"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const mu_node *s = mu_get(j->root, sections[i]);
        if (!s || s->count == 0)
            mu_found(j, "HYG-01", MU_SAY(j, "section:%s", sections[i]), s ? mu_place(s) : mu_top(j), MU_SAY(j, "The plan has no %s", sections[i]));
    }
}

static void not_reviewed(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *date = mu_get(plan, "reviewed");
    const char *every = mu_get_text(plan, "review_every");
    if (!date)
        mu_found(j, "HYG-02", "plan", mu_place(plan), "No review of the plan is on record");
    else if (mu_older(j, date, every ? every : "12 months"))
        mu_found(j, "HYG-02", "plan", mu_place(date), MU_SAY(j, "The plan was last reviewed on %s", mu_dated(j, date)))->limit =
            mu_to_come(j, date) ? NULL : every ? MU_SAY(j, "review_every: %s, as the plan sets it", every) : "review_every: 12 months, a default of Muster, since the plan sets none";
}

static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
enum { PHASES = sizeof phases / sizeof *phases };

unsigned mu_phases_missing(const mu_node *book)
{
    unsigned missing = (1u << PHASES) - 1;
    MU_EACH (step, mu_get(book, "steps")) {
        const mu_node *action = mu_get(step, "action");
        const char *own = mu_get_text(step, "phase"), *phase = own ? own : action && action->ref ? mu_get_text(action->ref, "phase") : NULL;
        for (unsigned i = 0; phase && i < PHASES; i++)
            missing &= ~((unsigned)(strcmp(phase, phases[i]) == 0) << i);
    }
    return missing;
}

const char *mu_phases_named(const mu_judge *j, unsigned bits)
{
    return mu_words_by_bits(j, phases, PHASES, bits, ", ");
}

static void phases_missing(mu_judge *j)
{
    const char *said[1 << PHASES] = {NULL}; /* many lack the same */
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        unsigned missing = mu_phases_missing(book);
        if (!missing)
            continue;
        said[missing] = said[missing] ? said[missing] : mu_phases_named(j, missing);
        mu_found_in(j, "HYG-07", "playbook", book, NULL, MU_SAY(j, "The playbook \"%s\" has no step in %s", book->key, said[missing]));
    }
}

/* "The escalation standard", "The role Incident Commander", "The plan". */
static const char *speaker(mu_judge *j, const char *subject)
{
    const mu_node *what = mu_named_in(j, subject);
    return what ? MU_SAY(j, "The %.*s %s", (int)strcspn(subject, ":"), subject, mu_title(j, what)) : "The plan";
}

static const mu_node *role_with_place(const mu_judge *j, const mu_node *n)
{
    return n->kind == MU_SCALAR && n->ref && n->ref->parent == mu_get(j->root, "roles") && strchr(n->text, '/') ? n->ref : NULL;
}

/* "role:ciso/4" where three are in line. With fewer in line than a role is to have, the role itself is the gap. */
static void nobody_at_place(mu_judge *j, const mu_node *n)
{
    const mu_node *role = role_with_place(j, n);
    mu_set at = MU_SET(j), line = MU_SET(j);
    if (!role)
        return;
    mu_meant(j, n, &at);
    if (at.count)
        return;
    mu_holders(j, role, &line);
    if ((int64_t)line.count >= mu_limit_value(j, "holders"))
        mu_found(j, "HYG-05", mu_subject_of(j, n), n->at,
                 MU_SAY(j, "%s counts on number %s in the line of %s, and there are %zu", speaker(j, mu_subject_of(j, n)), strchr(n->text, '/') + 1, mu_title(j, role), line.count));
}

static void nothing_answers(mu_judge *j, const mu_node *n)
{
    if (n->dangling && !mu_enough(j, "HYG-05")) {
        const char *subject = mu_subject_of(j, n);
        mu_found(j, "HYG-05", subject, n->at, MU_SAY(j, "%s names \"%s\", and the plan has none", speaker(j, subject), n->text));
    }
    nobody_at_place(j, n);
    for (const mu_node *c = n->first; c; c = c->next)
        nothing_answers(j, c);
}

static void dangling(mu_judge *j)
{
    nothing_answers(j, j->root);
}

/* ---- the document ---- */

static void not_approved(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *approved = mu_get(plan, "approved");
    if (!approved)
        mu_found(j, "HYG-03", "plan", mu_place(plan), "No approval of the plan is on record");
    else if (!mu_get(approved, "by") || !mu_get(approved, "date"))
        mu_found(j, "HYG-03", "plan", mu_place(approved), mu_get(approved, "by") ? "The approval of the plan has no date" : "Nobody is named who approved the plan");
    else if (mu_to_come(j, mu_get(approved, "date")))
        mu_found(j, "HYG-03", "plan", mu_place(mu_get(approved, "date")), MU_SAY(j, "The plan is approved on %s", mu_dated(j, mu_get(approved, "date"))));
}

static void not_distributed(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *list = mu_get(plan, "distribution"), *approved = mu_get(mu_get(plan, "approved"), "date");
    if (!list || list->count == 0)
        mu_found(j, "HYG-04", "plan", mu_place(list ? list : plan), "No list says who holds the plan");
    MU_EACH (copy, mu_get(plan, "stored")) {
        const mu_node *seen = mu_get(copy, "verified");
        if (seen && mu_to_come(j, seen) && list && list->count)
            mu_found(j, "HYG-04", MU_SAY(j, "copy:%s", mu_get_text(copy, "at")), mu_place(seen), MU_SAY(j, "The copy in \"%s\" was last looked at on %s", mu_get_text(copy, "at"), mu_dated(j, seen)));
        else if (approved && seen && seen->value < approved->value && list && list->count)
            mu_found(j, "HYG-04", MU_SAY(j, "copy:%s", mu_get_text(copy, "at")), mu_place(seen),
                     MU_SAY(j, "The copy in \"%s\" was last looked at on %s, before this plan was approved on %s", mu_get_text(copy, "at"), seen->text, approved->text));
    }
}

static void not_tested(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *date = mu_get(mu_get(plan, "last_test"), "date");
    if (!date)
        mu_found(j, "HYG-13", "plan", mu_place(mu_get(plan, "last_test") ? mu_get(plan, "last_test") : plan), "No test of the plan is on record");
    else if (mu_older_than_limit(j, date, "tested"))
        mu_too_old(j, mu_found(j, "HYG-13", "plan", mu_place(date), MU_SAY(j, "The plan was last tested on %s", mu_dated(j, date))), date, "tested");
}

static void not_measured(mu_judge *j)
{
    const mu_node *plan = mu_get(j->root, "plan"), *metrics = mu_get(plan, "metrics");
    if (!metrics || metrics->count == 0)
        mu_found(j, "HYG-15", "plan", mu_place(metrics ? metrics : plan), "Nothing is measured that would show whether the plan works");
}

static void no_evidence(mu_judge *j)
{
    const mu_node *evidence = mu_get(j->root, "evidence");
    if (!evidence || evidence->count == 0)
        mu_found(j, "HYG-16", "section:evidence", evidence ? mu_place(evidence) : mu_top(j), "Nothing says how evidence is kept");
}

static bool captured_in(const mu_node *book, const mu_node *capture)
{
    MU_EACH (step, mu_get(book, "steps")) {
        const mu_node *does = mu_get(step, "action");
        if (does && does->ref == capture)
            return true;
    }
    return false;
}

static bool follows(const mu_node *step, const mu_set *steps)
{
    MU_EACH (after, mu_get(step, "after"))
        if (mu_has(steps, after->ref))
            return true;
    return false;
}

/* A playbook that itself begins what evidence is to be captured before. What follows such a step is lost with it. */
static void evidence_in_danger_in(mu_judge *j, const mu_node *book, const mu_set *captures, const mu_set *later)
{
    mu_set settled = mu_behind(j, book, captures);
    const mu_node *capture = captures->list[0];
    bool captured = captured_in(book, capture);
    MU_EACH (step, mu_get(book, "steps")) {
        const mu_node *does = mu_get(step, "action");
        bool lost = !mu_has(&settled, step) && follows(step, &settled), early = does && does->ref != capture && mu_has(later, does->ref) && !mu_has(&settled, step);
        if (early && !lost)
            mu_found_in(j, "HYG-16", "action", does->ref, mu_get(step, mu_get(step, "after") ? "after" : "id"),
                        MU_SAY(j, captured ? "In the playbook \"%s\" the step \"%s\" may begin before \"%s\" is done, so evidence may be lost"
                                           : "In the playbook \"%s\" the step \"%s\" begins and no step does \"%s\", so evidence may be lost",
                               book->key, mu_get_text(step, "id"), capture->key));
        if (early || lost)
            mu_put(&settled, step);
    }
}

static void evidence_in_danger(mu_judge *j)
{
    const mu_node *evidence = mu_get(j->root, "evidence"), *capture = mu_get(evidence, "capture");
    mu_set captures = MU_SET(j), later = MU_SET(j);
    if (!capture || !capture->ref)
        return;
    mu_put(&captures, capture->ref);
    MU_EACH (before, mu_get(evidence, "capture_before"))
        mu_put(&later, before->ref);
    MU_EACH (book, mu_get(j->root, "playbooks"))
        evidence_in_danger_in(j, book, &captures, &later);
}

static const mu_node *reader_among(const mu_judge *j, const mu_node *channel, const mu_set *out)
{
    mu_set in = MU_SET(j);
    MU_EACH (e, mu_get(channel, "enrolled"))
        mu_meant(j, e, &in);
    for (size_t i = 0; i < out->count; i++)
        if (mu_has(&in, out->list[i]))
            return out->list[i];
    return NULL;
}

/* Whoever is to be left out of a call reads the channel that it goes over. */
static void reads_along(mu_judge *j)
{
    MU_EACH (ladder, mu_get(j->root, "escalations")) {
        mu_set out = MU_SET(j), said = MU_SET(j);
        MU_EACH (w, mu_get(ladder, "without"))
            mu_meant(j, w, &out);
        MU_EACH (rung, out.count ? mu_get(ladder, "steps") : NULL)
            for (const mu_node *via = mu_items(mu_get(rung, "via")); via; via = via->parent->kind == MU_LIST ? via->next : NULL) {
                const mu_node *reader = via->ref && !mu_has(&said, via->ref) ? reader_among(j, via->ref, &out) : NULL;
                if (!reader)
                    continue;
                mu_put(&said, via->ref);
                mu_found(j, "HYG-17", MU_SAY(j, "escalation:%s/%s", ladder->key, via->ref->key), via->at,
                         MU_SAY(j, "The ladder \"%s\" leaves %s out and calls over %s, which %s reads", ladder->key, mu_title(j, reader), via->ref->key, mu_title(j, reader)));
            }
    }
}

static void open_copies(mu_judge *j)
{
    mu_set out = MU_SET(j);
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        MU_EACH (w, mu_get(ladder, "without"))
            mu_meant(j, w, &out);
    MU_EACH (copy, mu_get(mu_get(j->root, "plan"), "stored")) {
        static const char *const keys[] = {"readers", "editors"};
        for (size_t k = 0; k < 2; k++) {
            mu_set may = MU_SET(j);
            MU_EACH (r, mu_get(copy, keys[k]))
                mu_meant(j, r, &may);
            for (size_t i = 0; i < out.count; i++)
                if (mu_has(&may, out.list[i]))
                    mu_found(j, "HYG-17", MU_SAY(j, "copy:%s", mu_get_text(copy, "at")), mu_place(mu_get(copy, keys[k])),
                             MU_SAY(j, "%s, whom a ladder leaves out, may %s the plan in %s", mu_title(j, out.list[i]), k ? "change" : "read", mu_get_text(copy, "at")));
        }
    }
}

/* ---- texts ---- */

static bool word_at(const char *text, const char *p, size_t len)
{
    bool before = p > text && (p[-1] == '_' || (p[-1] >= '0' && p[-1] <= '9') || ((p[-1] | 32) >= 'a' && (p[-1] | 32) <= 'z'));
    char next = p[len];
    return !before && next != '_' && !(next >= '0' && next <= '9') && !((next | 32) >= 'a' && (next | 32) <= 'z');
}

/* "TBD" in capitals is a placeholder, and "tbd" or "to be appointed" as all that a text says; "todo" in a sentence may be Spanish. A form's own blanks
 * are always one. */
static bool placeholder(const char *text)
{
    static const char *const marks[] = {"TBD", "TBA", "TBC", "TODO", "FIXME", "XXX"};
    static const char *const alone[] = {"to be appointed", "to be named", "to be decided", "to be announced", "to be assigned", "to be hired", "to be completed", "N.N.", "?", "??"};
    static const char *const words[] = {"to be determined", "to be defined", "to be confirmed", "lorem ipsum", "changeme", "fill in here", "fill me in"};
    static const char *const blanks[] = {"____", ".....", "???", "[insert", "<insert", "[name", "<name", "[phone", "<phone", "[date", "<date", "[tbd", "<tbd"};
    bool may = *text && strchr("TtFfXxNn?", *text); /* what those that stand alone begin with */
    for (size_t i = 0; may && i < sizeof marks / sizeof *marks; i++)
        if (strcasecmp(text, marks[i]) == 0)
            return true;
    for (size_t i = 0; may && i < sizeof alone / sizeof *alone; i++)
        if (strcasecmp(text, alone[i]) == 0)
            return true;
    for (const char *p = text; (p = strpbrk(p, "TFXtlLcCf_.?[<")); p++) { /* what all of them begin with */
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (*p == *marks[i] && strncmp(p, marks[i], strlen(marks[i])) == 0 && word_at(text, p, strlen(marks[i])))
                return true;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if ((*p | 32) == *words[i] && strncasecmp(p, words[i], strlen(words[i])) == 0 && word_at(text, p, strlen(words[i])))
                return true;
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
            if (*p == *blanks[i] && strncasecmp(p, blanks[i], strlen(blanks[i])) == 0)
                return true;
    }
    return false;
}

static void blank_in(mu_judge *j, const mu_node *n)
{
    if (n->kind == MU_SCALAR && placeholder(n->text))
        mu_found(j, "HYG-19", MU_SAY(j, "%s%s%s", mu_subject_of(j, n), n->key ? "/" : "", n->key ? n->key : ""), n->at, MU_SAY(j, "\"%s\" still waits to be filled in", mu_unstopped(j->arena, n->text, 60)));
    for (const mu_node *c = n->first; c; c = c->next)
        blank_in(j, c);
}

static void placeholders(mu_judge *j)
{
    blank_in(j, j->root);
}

/* ---- playbooks ---- */

/* What the playbooks cover, word for word, and the same but for capitals and for what stands between the words. Made once, for
 * every risk asks. */
typedef struct covering {
    mu_index exact, alike;
    const mu_node **first; /* of each that reads alike */
} covering;

static const char *plainly(const mu_judge *j, const char *kind)
{
    char *text = mu_copy(j->arena, kind, strlen(kind));
    for (char *c = text; *c; c++)
        *c = *c == ' ' || *c == '_' ? '-' : (char)tolower((unsigned char)*c);
    return text;
}

static covering kinds_covered(mu_judge *j)
{
    covering k = {0};
    size_t count = 0;
    MU_EACH (book, mu_get(j->root, "playbooks"))
        count += mu_get(book, "covers") ? (size_t)mu_get(book, "covers")->count : 0;
    k.first = mu_alloc(j->arena, (count + 1) * sizeof *k.first);
    MU_EACH (book, mu_get(j->root, "playbooks"))
        MU_EACH (c, mu_get(book, "covers")) {
            size_t before = k.alike.count;
            (void)mu_index_put(&k.exact, c->text);
            if (mu_index_put(&k.alike, plainly(j, c->text)) == before)
                k.first[before] = c;
        }
    return k;
}

static bool covered(const covering *k, const char *kind)
{
    return mu_index_find(&k->exact, kind) < k->exact.count;
}

/* "it"; or where a playbook means the same and writes it otherwise, which a drill does not know: how it writes it. */
static const char *nearly(mu_judge *j, const covering *k, const char *kind)
{
    size_t at = mu_index_find(&k->alike, plainly(j, kind));
    const mu_node *c = at < k->alike.count ? k->first[at] : NULL;
    return c ? MU_SAY(j, "it as it is written (\"%s\" covers %s)", c->parent->parent->key, c->text) : "it";
}

static void no_playbook(mu_judge *j)
{
    const mu_node *books = mu_get(j->root, "playbooks");
    covering k = kinds_covered(j);
    MU_EACH (risk, mu_get(mu_get(j->root, "plan"), "risks"))
        if (!mu_enough(j, "HYG-06") && !covered(&k, risk->text))
            mu_found(j, "HYG-06", MU_SAY(j, "scenario:%s", risk->text), risk->at, MU_SAY(j, "The plan counts %s among its risks, and no playbook covers %s", risk->text, nearly(j, &k, risk->text)));
    for (int i = 0; i < j->scenes->count; i++) {
        const char *kind = j->scenes->list[i].kind;
        bool said = !kind || covered(&k, kind);
        MU_EACH (risk, mu_get(mu_get(j->root, "plan"), "risks"))
            said = said || strcmp(risk->text, kind) == 0;
        if (!said)
            mu_found(j, "HYG-06", MU_SAY(j, "scenario:%s", kind), books ? mu_place(books) : mu_top(j), MU_SAY(j, "\"%s\" plays %s, and no playbook covers %s", j->scenes->list[i].title, kind, nearly(j, &k, kind)));
    }
    mu_index_free(&k.exact);
    mu_index_free(&k.alike);
}

mu_set mu_followed_in(const mu_judge *j, const mu_node *book)
{
    mu_set gates = MU_SET(j), followed = MU_SET(j);
    MU_EACH (step, mu_get(book, "steps"))
        MU_EACH (wanted, mu_get(step, "gate"))
            mu_put(&gates, wanted->ref);
    MU_EACH (step, mu_get(book, "steps")) {
        const mu_node *does = mu_get(step, "action");
        if (mu_get(step, "decides") || (does && mu_has(&gates, does->ref)))
            mu_put(&followed, step);
        MU_EACH (after, mu_get(step, "after"))
            mu_put(&followed, after->ref);
    }
    return followed;
}

const mu_node *mu_last_step(const mu_node *book, const mu_set *followed)
{
    const mu_node *last = NULL;
    MU_EACH (step, mu_get(book, "steps"))
        last = mu_has(followed, step) ? last : step;
    return last;
}

/* A playbook has one last step; another one that nothing follows is where somebody stands and waits. */
static void dead_ends(mu_judge *j)
{
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        mu_set followed = mu_followed_in(j, book);
        const mu_node *last = mu_last_step(book, &followed);
        MU_EACH (step, mu_get(book, "steps")) {
            const char *id = mu_get_text(step, "id");
            if (step != last && !mu_has(&followed, step))
                mu_caused_by(j, mu_found(j, "HYG-08", MU_SAY(j, "step:%s/%s", book->key, id), step->at,
                                         MU_SAY(j, "Nothing follows the step \"%s\" of the playbook \"%s\": its last step, \"%s\", does not wait for it", id, book->key,
                                                mu_get_text(last, "id"))), "playbook", book);
        }
    }
}

/* Everything before a step can be done, or the step waits in a ring, or behind one. */
static void never_reached(mu_judge *j)
{
    MU_EACH (book, mu_get(j->root, "playbooks")) {
        mu_set done = mu_doable_in(j, book);
        mu_set after = mu_behind_rings(j, book, &done);
        MU_EACH (step, mu_get(book, "steps"))
            if (!mu_has(&done, step) && !mu_has(&after, step))
                mu_caused_by(j, mu_found(j, "HYG-08", MU_SAY(j, "step:%s/%s", book->key, mu_get_text(step, "id")), mu_place(mu_get(step, "after")),
                                         MU_SAY(j, "The step \"%s\" of the playbook \"%s\" waits for itself%s", mu_get_text(step, "id"), book->key,
                                                after.count ? MU_SAY(j, ", and %zu more wait behind it", after.count) : "")), "playbook", book);
    }
}

static void not_executable(mu_judge *j)
{
    static const char *const lacking[] = {NULL, "nobody who does it", "no time", "nobody who does it, and no time", "no test that it is done",
                                          "nobody who does it, and no test that it is done", "no time, and no test that it is done",
                                          "nobody who does it, and no time, and no test that it is done"};
    MU_EACH (book, mu_get(j->root, "playbooks"))
        MU_EACH (step, mu_get(book, "steps")) {
            bool done = mu_get(step, "action") || mu_get(step, "by") || mu_get(step, "gate");
            const char *lacks = lacking[!done + 2 * !mu_get(step, "within") + 4 * !mu_get(step, "done_when")];
            if (lacks && mu_enough(j, "HYG-10"))
                return;
            if (lacks)
                mu_found(j, "HYG-10", MU_SAY(j, "step:%s/%s", book->key, mu_get_text(step, "id")), step->at, MU_SAY(j, "The step \"%s\" has %s", mu_get_text(step, "id"), lacks));
        }
}

/* ---- two rules at once, two plans ---- */

/* A step by itself, of a ladder by its number and of a playbook by its id; else what the node stands in. */
static const char *step_or_thing(mu_judge *j, const mu_node *n)
{
    const mu_node *step = n->parent, *of = step && step->parent && step->parent->parent ? step->parent->parent : NULL;
    int number = 1;
    if (of && of->parent == mu_get(j->root, "playbooks") && mu_get(step, "id"))
        return MU_SAY(j, "step:%s/%s", of->key, mu_get_text(step, "id"));
    if (!of || of->parent != mu_get(j->root, "escalations"))
        return mu_subject_of(j, n);
    for (const mu_node *before = step->parent->first; before != step; before = before->next)
        number++;
    return MU_SAY(j, "escalation:%s/%d", of->key, number);
}

/* The first in a list of lengths that is another than the first of all: an hour is 60 minutes, and a day is no business day. */
static const mu_node *another_length(const mu_node *list)
{
    mu_duration first, d;
    for (const mu_node *n = mu_duration_read(list->first->text, &first) ? list->first->next : NULL; n; n = n->next)
        if (mu_duration_read(n->text, &d) && (mu_duration_ms(d) != mu_duration_ms(first) || (d.unit == MU_BUSINESS_DAYS) != (first.unit == MU_BUSINESS_DAYS)))
            return n;
    return NULL;
}

static void two_rules(mu_judge *j, const mu_node *n)
{
    static const char *const keys[] = {"longest_shift", "within"};
    for (size_t i = 0; n->kind == MU_LIST && n->count > 1 && n->key && i < sizeof keys / sizeof *keys; i++) {
        const mu_node *other = strcmp(n->key, keys[i]) == 0 ? another_length(n) : NULL;
        if (other)
            mu_found(j, "HYG-11", MU_SAY(j, "%s/%s", step_or_thing(j, n), n->key), mu_place(n), MU_SAY(j, "Two rules stand for one thing: %s and %s", n->first->text, other->text));
    }
    for (const mu_node *c = n->first; c; c = c->next)
        two_rules(j, c);
}

static void conflicts(mu_judge *j)
{
    two_rules(j, j->root);
}

static void other_plan_says(mu_judge *j)
{
    static const char *const keys[] = {"rto", "rpo", "owner"};
    MU_EACH (plan, mu_get(j->root, "related_plans"))
        MU_EACH (s, mu_get(plan, "states")) {
            const mu_node *asset = mu_get(s, "asset");
            for (size_t k = 0; asset && asset->ref && k < sizeof keys / sizeof *keys; k++) {
                const mu_node *theirs = mu_get(s, keys[k]), *ours = mu_get(asset->ref, keys[k]);
                bool differs = theirs && ours && (theirs->ref ? theirs->ref != ours->ref : theirs->value != ours->value);
                if (differs)
                    mu_found(j, "HYG-11", MU_SAY(j, "related_plan:%s/%s", plan->key, asset->ref->key), mu_place(theirs),
                             MU_SAY(j, "The plan %s gives %s the %s %s, this plan %s", plan->key, asset->ref->key, keys[k], theirs->text, ours->text));
            }
        }
}

/* ---- duties and shared work ---- */

static void reportable_undefined(mu_judge *j)
{
    MU_EACH (o, mu_get(j->root, "obligations"))
        if (!mu_get(o, "rule") && !mu_get(o, "when"))
            mu_found_in(j, "HYG-14", "obligation", o, NULL, MU_SAY(j, "Nothing says what makes an incident reportable under %s", o->key));
}

static void shared_unassigned(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci")) {
        const mu_node *outside = mu_done_outside(j, row);
        if (outside && !mu_get(row, "A") && !mu_get(row, "R/A"))
            mu_found_in(j, "HYG-18", "action", row, NULL, MU_SAY(j, "%s is to do \"%s\", and nobody of ours answers for it", mu_title(j, outside), row->key));
    }
}

/* ---- what the organisation's own registers hold ---- */

static bool stands_in(const mu_node *register_, const mu_node *n, const char *name_key)
{
    const char *name = mu_get_text(n, name_key);
    MU_EACH (row, register_)
        if (strcasecmp(row->text, n->key) == 0 || (name && strcasecmp(row->text, name) == 0))
            return true;
    return false;
}

/* Whoever serves the organisation stands among its suppliers; an authority or an acquirer need not. */
static bool is_supplier(const mu_node *external)
{
    static const char *const kinds[] = {"retainer", "counsel", "pr", "insurer", "cloud_provider", "supplier"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (mu_is(external, "kind", kinds[i]))
            return true;
    return false;
}

static void drifted(mu_judge *j)
{
    static const struct { const char *of, *section, *kind, *name_key; } registers[] = {
        {"people", "people", "person", "name"}, {"suppliers", "externals", "external", "organisation"}, {"systems", "assets", "asset", "name"}};
    MU_EACH (record, mu_get(mu_get(j->root, "organisation"), "records"))
        for (size_t i = 0; i < sizeof registers / sizeof *registers; i++) {
            const mu_node *file = mu_get(record, "file");
            if (!mu_is(record, "of", registers[i].of) || !file || !file->ref)
                continue;
            MU_EACH (n, mu_get(j->root, registers[i].section))
                if ((strcmp(registers[i].kind, "external") != 0 || is_supplier(n)) && !stands_in(file->ref, n, registers[i].name_key))
                    mu_found_in(j, "HYG-20", registers[i].kind, n, n, MU_SAY(j, "%s stands in the plan, and not in %s", mu_title(j, n), file->text));
        }
}

const mu_rule mu_rules_hygiene[] = {
    {"HYG-01", sections_missing,
     "a section that every plan needs is missing or empty"},
    {"HYG-02", not_reviewed,
     "no review on record, one older than review_every (12 months where the plan sets none), or one still to come"},
    {"HYG-05", dangling,
     "a name that nothing in the plan answers, or a place in a role's line of succession that nobody has"},
    {"HYG-07", phases_missing,
     "a playbook without a step in one of the six phases"},
    {"HYG-03", not_approved, "no approval, or one without a name or a date, or whose day is still to come"},
    {"HYG-04", not_distributed, "no distribution list, or a copy last looked at before the plan was approved, or on a day still to come"},
    {"HYG-06", no_playbook, "a risk of the plan, or the kind of a scenario, that no playbook covers"},
    {"HYG-08", dead_ends, "a step that nothing follows, beside the last one"},
    {"HYG-08", never_reached, "a step that waits for itself"},
    {"HYG-10", not_executable, "a step without a time, without done_when, or with neither an action nor somebody who does it"},
    {"HYG-11", conflicts, "two lengths for one shift or one step"},
    {"HYG-11", other_plan_says, "a related plan that states another rto, rpo or owner for an asset"},
    {"HYG-13", not_tested, "no test on record, or one older than tested, or still to come"},
    {"HYG-14", reportable_undefined, "a duty without a rule and without when"},
    {"HYG-15", not_measured, "no metrics"},
    {"HYG-16", no_evidence, "no section on evidence"},
    {"HYG-16", evidence_in_danger, "a step of a playbook by an action of capture_before that does not wait for the action that captures evidence"},
    {"HYG-17", reads_along, "a ladder that leaves somebody out and calls over a channel that they read"},
    {"HYG-17", open_copies, "a copy of the plan that somebody may read or change whom a ladder leaves out"},
    {"HYG-18", shared_unassigned, "an action that an outside party does (by, or as the only R), without A"},
    {"HYG-19", placeholders, "a text that still holds a placeholder: TBD, TBC, TODO, XXX, to be confirmed, a blank to fill in"},
    {"HYG-20", drifted, "a person, a supplier or a system of the plan that the organisation's own register does not hold (organisation: records)"},
    {NULL, NULL, NULL},
};
