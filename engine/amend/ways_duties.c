/* What the law says, and what the plan says of one duty, written into another. */
#include "amend/ways.h"

#include <string.h>

#include "analysis/duties.h"
#include "plan/schema.h"

static const mu_node *duty_of(const mu_mender *m, const mu_finding *f)
{
    const mu_node *duty = mu_named_in(m->judge, f->subject);
    return duty && mu_under(m->judge, duty, "obligations") ? duty : NULL;
}

/* Who answers for the duty has somebody behind: the second in the order of succession. */
bool mu_second_is_deputy(mu_mender *m, const mu_finding *f)
{
    const mu_node *duty = duty_of(m, f), *action = mu_get(duty, "action"), *a = action ? mu_get(action->ref, "A") : NULL;
    const mu_node *holders = a && a->kind == MU_SCALAR ? mu_get(a->ref, "holders") : NULL;
    if (!holders || holders->count < 2 || mu_get(duty, "deputy"))
        return false;
    const mu_node *second = holders->first->next;
    MU_FROM(m, "%s stands second in %s, which answers for it", second->text, a->text);
    return mu_put_like(m, duty, "deputy", mu_fresh_word(m, mu_format(m->judge->arena, "person:%s", second->text)), mu_other_with(duty->parent, duty, "deputy"));
}

static bool awareness_is_recorded(mu_mender *m, const mu_node *book)
{
    const mu_node *steps = mu_get(book, "steps"), *first = steps ? steps->first : NULL;
    if (!first || first->kind != MU_MAP)
        return false;
    MU_FROM(m, "it is the playbook's first step, and the clock runs from when one became aware");
    return mu_put_item(m, first, "records", "awareness", mu_other_with(steps, first, "records"));
}

/* The event that starts a clock by law, or the step in which it is written down. */
bool mu_start_of_law(mu_mender *m, const mu_finding *f)
{
    const mu_node *duty = duty_of(m, f), *starts = mu_get(duty, "starts") ? mu_get(duty, "starts") : mu_get(mu_get(duty, "stated"), "starts");
    if (!duty)
        return strncmp(f->subject, "playbook:", 9) == 0 && awareness_is_recorded(m, mu_named_in(m->judge, f->subject));
    const mu_clock_rule *rule = mu_law_of(duty);
    if (!rule || !starts || starts->kind != MU_SCALAR)
        return false;
    MU_FROM(m, "%s starts the clock there (%s)", rule->id, rule->reference);
    return mu_splice_set(m->splice, starts, mu_fresh_word(m, rule->starts));
}

static bool add_fields(mu_mender *m, const mu_node *fields, const mu_clock_rule *rule)
{
    bool ok = true;
    const char *missing = mu_notice_lacks(m->judge, fields, rule->fields.words);
    for (const char *p = missing; *p && ok; p += strcspn(p, ","), p += strspn(p, ", "))
        ok = mu_splice_put(m->splice, fields, NULL, mu_fresh_word(m, mu_copy(m->judge->arena, p, strcspn(p, ","))), NULL);
    return ok;
}

/* One rule at a time: two lists that ask for the same would write it twice. */
bool mu_fields_of_law(mu_mender *m, const mu_finding *f)
{
    const mu_node *template = mu_named_in(m->judge, f->subject), *fields = mu_get(template, "fields");
    MU_EACH (o, fields && fields->kind == MU_LIST ? mu_get(m->judge->root, "obligations") : NULL) {
        const mu_node *own = mu_get(o, "template");
        const mu_clock_rule *rule = mu_law_of(o);
        if (!own || own->ref != template || !rule || !rule->fields.words || !*mu_notice_lacks(m->judge, fields, rule->fields.words))
            continue;
        if (strncmp(f->text, rule->id, strlen(rule->id)) != 0)
            continue;
        MU_FROM(m, "%s asks for them (%s)", rule->id, rule->fields.source);
        return add_fields(m, fields, rule);
    }
    return false;
}

static const char *length_of(const mu_mender *m, const mu_clock_rule *rule)
{
    static const char *const units[][2] = {{"hours", "h"}, {"calendar_days", "d"}, {"business_days", " business days"}, {"months", " months"}};
    for (size_t i = 0; rule->value >= 0 && i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i][0], rule->unit) == 0)
            return mu_format(m->judge->arena, "%d%s", rule->value, units[i][1]);
    return NULL;
}

bool mu_number_of_law(mu_mender *m, const mu_finding *f)
{
    const mu_node *duty = duty_of(m, f), *stated = mu_get(duty, "stated");
    const mu_clock_rule *rule = duty ? mu_law_of(duty) : NULL;
    const mu_node *length = stated && stated->kind == MU_MAP ? mu_get(stated, "within") : stated ? stated : mu_get(duty, "within");
    const char *text = rule ? length_of(m, rule) : NULL;
    if (!text || !length || length->kind != MU_SCALAR)
        return false;
    MU_FROM(m, "%s gives so long (%s)", rule->id, rule->reference);
    return mu_splice_set(m->splice, length, mu_fresh_word(m, text));
}

/* As many days of the calendar, since the law's clock runs through nights and weekends. */
bool mu_days_of_law(mu_mender *m, const mu_finding *f)
{
    const mu_node *slow = mu_node_at(m->judge->root, &f->at), *duty = duty_of(m, f);
    mu_duration d;
    if (!slow || slow->kind != MU_SCALAR || !duty || !mu_law_of(duty) || !mu_duration_read(slow->text, &d) || d.unit != MU_BUSINESS_DAYS)
        return false;
    MU_FROM(m, "the clock of %s runs through nights and weekends", mu_law_of(duty)->id);
    return mu_splice_set(m->splice, slow, mu_fresh_word(m, mu_format(m->judge->arena, "%lldd", (long long)d.count)));
}

static bool stage_listed(const mu_node *obligations, const mu_clock_rule *stage)
{
    MU_EACH (o, obligations) {
        const mu_clock_rule *rule = mu_law_of(o);
        if (rule && rule->chain && strcmp(rule->chain, stage->chain) == 0 && strcmp(rule->stage, stage->stage) == 0)
            return true;
    }
    return false;
}

/* A stage as the one that is there: the same people tell the same authority of the same incident. */
static bool add_stage(mu_mender *m, const mu_node *like, const mu_clock_rule *stage)
{
    static const char *const keys[] = {"when", "action", "deputy", "route", "to", "template"};
    mu_arena *arena = m->judge->arena;
    mu_fresh *duty = mu_fresh_add(arena, mu_fresh_map(arena), "rule", mu_fresh_text(arena, stage->id));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (mu_get(like, keys[i]))
            mu_fresh_add(arena, duty, keys[i], mu_fresh_of(arena, mu_get(like, keys[i])));
    char *id = mu_format(arena, "%s_%s", like->key, stage->stage);
    for (char *p = id; *p; p++)
        *p = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || strchr("_-", *p) ? *p : *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : '_';
    return mu_splice_put(m->splice, like->parent, id, duty, like->next);
}

bool mu_stages_of_law(mu_mender *m, const mu_finding *f)
{
    const mu_node *duty = duty_of(m, f);
    const mu_clock_rule *rule = duty ? mu_law_of(duty) : NULL, *stage;
    bool some = false;
    for (size_t i = 0; rule && rule->chain && (stage = mu_clock_rule_at(i)) != NULL; i++) {
        if (!stage->chain || strcmp(stage->chain, rule->chain) != 0 || !mu_clock_rule_binds(stage) || stage_listed(duty->parent, stage))
            continue;
        if (!add_stage(m, duty, stage))
            return false;
        some = true;
    }
    if (some)
        MU_FROM(m, "%s has this stage as well (%s); who tells whom is as in %s", rule->law, rule->reference, duty->key);
    return some;
}
