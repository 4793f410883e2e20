/* The register of duties held against the table of law: what applies and is not listed, what a notice must hold, which
 * stages belong together. What the table does not know is never a gap. Obligations are held against each other and against
 * the rows of the table; both are short, and neither grows with the people of a plan. */
#include "analysis/duties.h"

#include <string.h>

/* ---- which laws apply ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool mu_mentions(const char *words, const char *part, size_t len)
{
    for (; words && *words; words++) {
        size_t i = 0;
        while (i < len && words[i] && lower(words[i]) == lower(part[i]))
            i++;
        if (i == len)
            return true;
    }
    return false;
}

/* An obligation that writes its clock itself may be meant for a law: it says so in its name, its reference or its route. */
static bool written_for(const mu_node *o, const char *regime)
{
    const mu_node *route = mu_get(o, "route");
    size_t len = strlen(regime);
    return mu_mentions(o->key, regime, len) || mu_mentions(mu_get_text(o, "reference"), regime, len) ||
           (route && route->ref && (mu_mentions(route->ref->key, regime, len) || mu_mentions(mu_get_text(route->ref, "organisation"), regime, len)));
}

bool mu_regime_listed(const mu_judge *j, const char *regime)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        if (rule ? strcmp(rule->regime, regime) == 0 : written_for(o, regime))
            return true;
    }
    return false;
}

static bool sure(const mu_clock_rule *rule)
{
    return strcmp(rule->confidence, "high") == 0 && strncmp(rule->status, "in_force", 8) == 0;
}

void mu_each_unlisted(mu_judge *j, void *self, void (*judge)(void *self, const mu_clock_rule *rule))
{
    const mu_clock_rule *rule;
    const char *last = "";
    for (size_t i = 0; (rule = mu_clock_rule_at(i)) != NULL; i++) /* the rows of a regime stand together */
        if (strcmp(rule->regime, last) != 0 && sure(rule) && mu_clock_rule_applies(rule, mu_get(j->root, "organisation"))) {
            last = rule->regime;
            if (!mu_regime_listed(j, rule->regime))
                judge(self, rule);
        }
}

static void unlisted(void *self, const mu_clock_rule *rule)
{
    mu_judge *j = self;
    mu_found(j, "REG-01", MU_SAY(j, "rule:%s", rule->id), mu_register(j),
             MU_SAY(j, "%s applies to an organisation like this one (%s), and no obligation names it", rule->law, rule->reference));
}

static void not_in_register(mu_judge *j)
{
    mu_each_unlisted(j, j, unlisted);
}

/* ---- what a notice must hold ---- */

/* One of the names of an item, "people|individuals", stands in the field "people_number" as a word of its own. */
static bool names_item(const char *field, const char *item, size_t len)
{
    for (const char *a = item; a < item + len; a += strcspn(a, "| ") + 1) {
        size_t n = strcspn(a, "| ");
        for (const char *p = field; *p; p++) {
            bool begins = p == field || p[-1] == '_' || p[-1] == '-' || p[-1] == ' ', ends = strncmp(p, a, n) == 0 && strchr("_- ", p[n]);
            if (begins && ends)
                return true;
        }
    }
    return false;
}

static bool holds_item(const mu_node *fields, const char *item, size_t len)
{
    MU_EACH (f, fields)
        if (names_item(f->text, item, len))
            return true;
    return false;
}

const char *mu_notice_lacks(mu_judge *j, const mu_node *fields, const char *items)
{
    const char *missing = "";
    for (const char *p = items; *p; p += strcspn(p, " "), p += *p == ' ') {
        size_t len = strcspn(p, " ");
        if (!holds_item(fields, p, len))
            missing = MU_SAY(j, "%s%s%.*s", missing, *missing ? ", " : "", (int)strcspn(p, "| "), p);
    }
    return missing;
}

/* A list of the table, and the templates that were held against it; the table has few lists. */
typedef struct held {
    const char *words;
    mu_set templates;
    struct held *next;
} held;

/* One template for several rules with the same list is judged once. */
static bool judged_before(mu_judge *j, held **all, const mu_node *template, const mu_clock_rule *rule)
{
    held *h = *all;
    while (h && h->words != rule->fields.words)
        h = h->next;
    if (!h) {
        h = mu_alloc(j->arena, sizeof *h);
        *h = (held){.words = rule->fields.words, .templates = MU_SET(j), .next = *all};
        *all = h;
    }
    bool before = mu_has(&h->templates, template);
    mu_put(&h->templates, template);
    return before;
}

static void notice_lacks(mu_judge *j)
{
    held *all = NULL;
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        const mu_node *template = mu_get(o, "template"), *fields = template && template->ref ? mu_get(template->ref, "fields") : NULL;
        if (!rule || !rule->fields.words || !fields || judged_before(j, &all, template->ref, rule))
            continue;
        const char *missing = mu_notice_lacks(j, fields, rule->fields.words);
        if (*missing)
            mu_found_in(j, "REG-07", "template", template->ref, fields,
                        MU_SAY(j, "%s must say more than \"%s\" does: %s (%s)", rule->id, template->ref->key, missing, rule->fields.source));
    }
}

/* ---- the stages of one duty ---- */

static bool stage_listed(const mu_judge *j, const mu_clock_rule *stage)
{
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        if (rule && rule->chain && strcmp(rule->chain, stage->chain) == 0 && strcmp(rule->stage, stage->stage) == 0)
            return true;
    }
    return false;
}

/* Each chain of the table is judged once, by the first duty that is a stage of it; the table has few. */
typedef struct chain {
    const char *name;
    struct chain *next;
} chain;

static bool first_of_chain(mu_judge *j, chain **seen, const char *name)
{
    for (const chain *c = *seen; c; c = c->next)
        if (strcmp(c->name, name) == 0)
            return false;
    chain *c = mu_alloc(j->arena, sizeof *c);
    *c = (chain){name, *seen};
    *seen = c;
    return true;
}

static void stages_missing(mu_judge *j)
{
    chain *seen = NULL;
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o), *stage;
        const char *missing = "";
        if (!rule || !rule->chain || !first_of_chain(j, &seen, rule->chain))
            continue;
        for (size_t i = 0; (stage = mu_clock_rule_at(i)) != NULL; i++)
            if (stage->chain && strcmp(stage->chain, rule->chain) == 0 && mu_clock_rule_binds(stage) && !stage_listed(j, stage))
                missing = MU_SAY(j, "%s%s%s (%s)", missing, *missing ? ", " : "", stage->stage, stage->id);
        if (*missing)
            mu_found_in(j, "REG-11", "obligation", o, NULL, MU_SAY(j, "%s is one stage of %s; the register lacks: %s", o->key, rule->law, missing));
    }
}

/* ---- a delay that law enforcement asks for ---- */

static void no_delay(mu_judge *j)
{
    const mu_node *first = NULL;
    MU_EACH (o, mu_get(j->root, "obligations")) {
        const mu_clock_rule *rule = mu_law_of(o);
        if (mu_get(o, "pause"))
            return;
        first = !first && rule && rule->delay ? o : first;
    }
    MU_EACH (e, mu_get(j->root, "externals"))
        if (mu_is(e, "kind", "law_enforcement"))
            return;
    if (first)
        mu_found_in(j, "REG-15", "obligation", first, NULL,
                    MU_SAY(j, "Law enforcement may ask for a delay of %s (%s), and the plan knows neither a pause nor whom to talk to", first->key,
                           mu_law_of(first)->delay));
}

/* ---- what a test must be ---- */

static bool regime_applies(mu_judge *j, const char *regime)
{
    const mu_clock_rule *rule;
    for (size_t i = 0; (rule = mu_clock_rule_at(i)) != NULL; i++)
        if (strcmp(rule->regime, regime) == 0 && mu_clock_rule_binds(rule) && mu_clock_rule_applies(rule, mu_get(j->root, "organisation")))
            return true;
    return false;
}

static bool kind_among(const char *kind, const char *words)
{
    for (const char *p = words; *p; p += strcspn(p, " "), p += *p == ' ')
        if (mu_mentions(kind, p, strcspn(p, " ")))
            return true;
    return false;
}

static const mu_node *worst_quorum(const mu_judge *j)
{
    const mu_node *worst = NULL;
    MU_EACH (s, mu_get(j->root, "severities"))
        if (mu_is_level(s) && (!worst || mu_get(s, "rank")->value < mu_get(worst, "rank")->value))
            worst = s;
    return worst ? mu_get(mu_get(mu_get(j->root, "team"), "quorum"), worst->key) : NULL;
}

/* The roles of the quorum of which nobody took part. */
static const char *who_was_missing(mu_judge *j, const mu_node *participants)
{
    mu_set there = MU_SET(j);
    const char *missing = "";
    MU_EACH (p, participants)
        mu_meant(j, p, &there);
    MU_EACH (role, worst_quorum(j)) {
        mu_set people = MU_SET(j);
        bool took_part = false;
        mu_meant(j, role, &people);
        for (size_t i = 0; i < people.count; i++)
            took_part = took_part || mu_has(&there, people.list[i]);
        if (!took_part)
            missing = MU_SAY(j, "%s%s%s", missing, *missing ? "; " : "", mu_title_of(j, role));
    }
    return missing;
}

static void test_of_another_kind(mu_judge *j)
{
    const mu_node *test = mu_get(mu_get(j->root, "plan"), "last_test"), *kind = mu_get(test, "kind"), *participants = mu_get(test, "participants");
    for (const mu_test_rule *r = mu_test_rules; r->regime; r++) {
        if (!test || !regime_applies(j, r->regime))
            continue;
        const char *missing = r->all_who_are_needed && participants ? who_was_missing(j, participants) : "";
        if (r->not_kinds && kind && kind_among(kind->text, r->not_kinds))
            mu_found(j, "REG-19", "plan", mu_place(kind),
                     MU_SAY(j, "The last test was a %s, which does not satisfy %s (%s)", kind->text, r->regime, r->reference));
        if (*missing)
            mu_found(j, "REG-19", "plan", mu_place(participants),
                     MU_SAY(j, "%s (%s) wants everybody in the test who is critical to the response; not there were: %s", r->regime, r->reference, missing));
    }
}

const mu_rule mu_rules_register[] = {
    {"REG-01", not_in_register,
     "a law that applies by jurisdiction, sector and data, and that no obligation names"},
    {"REG-07", notice_lacks,
     "a template whose fields leave out what the law wants in the notice"},
    {"REG-11", stages_missing,
     "one stage of a duty is listed and another of its stages is not"},
    {"REG-15", no_delay,
     "a rule that knows a delay for law enforcement, no pause on any obligation and no law enforcement among the externals"},
    {"REG-19", test_of_another_kind,
     "a last test of a kind, or without people, that a law which applies does not accept"},
    {NULL, NULL, NULL},
};
