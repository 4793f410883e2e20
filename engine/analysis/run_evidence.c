/* Gaps of what a drill is evidence of, by its own events. Stands behind the other rules of a run: two of these look at
 * what they found. */
#include "analysis/run_rules.h"

#include <string.h>

/* ---- who took part ---- */

/* Everybody who was at a keyboard; *playing is the first of the events that say so. */
static void players(const mu_trial *t, mu_set *people, mu_proof *proof)
{
    MU_EVENTS (e, t, EV_PERSON_PINNED)
        if (mu_says(t, e, "seat", "player")) {
            mu_put(people, mu_named(t, mu_word(t, e, "person")));
            mu_prove(proof, e);
        }
}

/* True where the role was held, at some time, by one of them. */
static bool played(const mu_trial *t, const mu_node *role, const mu_set *people)
{
    MU_EVENTS (e, t, EV_ROLE_FILLED)
        if (mu_named(t, mu_word(t, e, "role")) == role && mu_has(people, mu_named(t, mu_word(t, e, "person"))))
            return true;
    return false;
}

static void nobody_played(mu_trial *t)
{
    const mu_event *declared = mu_next_of(t, NULL, EV_DECLARED);
    const mu_node *level = declared ? mu_named(t, mu_word(t, declared, "severity")) : NULL;
    mu_set people = MU_SET(&t->judge);
    mu_proof proof = {.count = 0};
    const char *missing = "";
    players(t, &people, &proof);
    if (!level || people.count == 0) /* a run without people claims nobody's part */
        return;
    MU_EACH (role, mu_get(mu_get(mu_get(t->judge.root, "team"), "quorum"), level->key))
        if (!played(t, role->ref, &people))
            missing = SAY("%s%s%s", missing, *missing ? "; " : "", mu_title_of(&t->judge, role));
    if (!*missing)
        return;
    mu_prove(&proof, declared);
    mu_shown(t, "EXR-02", SAY("severity:%s", level->key), mu_at_key(mu_get(mu_get(t->judge.root, "team"), "quorum"), level->key),
             SAY("The quorum of %s needs roles that nobody played: %s", level->key, missing),
             SAY("%s was declared at %s; the people at the keyboard are the first of these events", level->key, mu_clock_time(t, declared->t)),
             "deterministic", &proof);
}

/* ---- how much of a playbook was reached ---- */

static int reached(const mu_trial *t, mu_kind_of_event kind, const char *book, mu_proof *proof)
{
    int n = 0;
    MU_EVENTS (e, t, kind)
        if (mu_says(t, e, "playbook", book)) {
            n++;
            if (proof)
                mu_prove(proof, e);
        }
    return n;
}

static void little_reached(mu_trial *t)
{
    const mu_event *open = mu_next_of(t, NULL, EV_STEP_OPEN);
    const mu_node *book = open ? mu_named(t, mu_word(t, open, "playbook")) : NULL, *steps = mu_get(book, "steps");
    int64_t claim = mu_limit_value(&t->judge, "exercised");
    mu_proof proof = {.count = 0};
    if (!book || !steps || claim == 0)
        return;
    int opened = reached(t, EV_STEP_OPEN, mu_word(t, open, "playbook"), &proof),
        all = steps->count - reached(t, EV_STEP_SKIPPED, mu_word(t, open, "playbook"), NULL);
    if (opened * 100 >= all * claim)
        return;
    mu_finding *f = mu_shown(t, "EXR-03", SAY("playbook:%s", book->key), mu_place(book),
                             SAY("The drill reached %d of the %d steps of \"%s\"", opened, all, book->key),
                             "these are the steps that were opened", "simulated", &proof);
    mu_rests_on(&t->judge, f, "exercised");
}

/* ---- what it rests on ---- */

typedef struct habit_of_act {
    const char *verb, *habit;
} habit_of_act;

static const habit_of_act habits[] = {
    {"acknowledge", "acknowledge"}, {"answer", "answer"}, {"notify", "answer"}, {"start", "start"}, {"look_up", "start"},
    {"finish", "work"}, {"consult", "consult"}, {"decide", "decide"}, {"release", "write"},
};

/* The value by which somebody did this: their own, else that for everybody. */
static const mu_event *value_for(const mu_trial *t, const char *habit, const char *person)
{
    const mu_event *common = NULL;
    MU_EVENTS (e, t, EV_ASSUMED) {
        bool own = mu_says(t, e, "person", person), everybody = !*mu_word(t, e, "person");
        if (mu_says(t, e, "habit", habit) && own)
            return e;
        common = mu_says(t, e, "habit", habit) && everybody ? e : common;
    }
    return common;
}

/* Acts times the values of the assumptions file, which has a few for everybody and a few a person. */
static void values_used(const mu_trial *t, mu_proof *defaults, mu_proof *others)
{
    MU_EVENTS (e, t, EV_ACT)
        for (size_t i = 0; mu_says(t, e, "seat", "stand-in") && i < sizeof habits / sizeof *habits; i++) {
            const mu_event *value = mu_says(t, e, "verb", habits[i].verb) ? value_for(t, habits[i].habit, mu_word(t, e, "person")) : NULL;
            if (value)
                mu_prove(mu_says(t, value, "origin", "default") ? defaults : others, value);
        }
}

/* Those that the text of the plan does not show as well: what it shows, nobody's habits change. */
static int simulated(const mu_trial *t)
{
    int n = 0;
    for (size_t i = 0; i < t->judge.found.count; i++) {
        const mu_finding *f = &t->judge.found.list[i];
        n += strcmp(f->confidence, "simulated") == 0 && !(t->paper && mu_same_finding(t->paper, f));
    }
    return n;
}

static void rests_on_defaults(mu_trial *t)
{
    mu_proof defaults = {.count = 0}, others = {.count = 0};
    const char *words = "";
    int findings = simulated(t);
    if (findings == 0)
        return;
    values_used(t, &defaults, &others);
    for (int i = 0; i < defaults.count; i++)
        words = SAY("%s%s%s", words, *words ? ", " : "", mu_word(t, mu_numbered(t, defaults.list[i]), "habit"));
    if (defaults.count)
        mu_shown(t, "EXR-08", "assumptions", mu_top(&t->judge),
                 SAY("%d gap%s of this drill rest%s on how people behave, and nobody has confirmed %d of the %d values that were used: %s", findings,
                     findings == 1 ? "" : "s", findings == 1 ? "s" : "", defaults.count, defaults.count + others.count, words), "these values were used and are defaults", "deterministic", &defaults);
}

/* ---- what came back ---- */

static void again(mu_trial *t)
{
    size_t count = t->judge.found.count;
    MU_EACH (row, mu_get(t->judge.root, "improvements")) {
        const char *gap = mu_get_text(row, "gap"), *subject = mu_get_text(row, "subject"), *id = mu_get_text(row, "id");
        for (size_t i = 0; gap && subject && mu_is(row, "state", "done") && i < count; i++) {
            mu_finding f = t->judge.found.list[i];
            mu_proof proof = {.count = 0};
            if (strcmp(f.gap->id, gap) != 0 || strcmp(f.subject, subject) != 0)
                continue;
            for (int k = 0; k < f.evidence_count; k++)
                mu_prove(&proof, mu_numbered(t, f.evidence[k]));
            mu_shown(t, "HYG-12", SAY("improvement:%s", id), mu_at_key(row, "state"),
                     SAY("The improvement \"%s\" is called done, and its gap came up again (%s, %s)", id, gap, mu_who(t, subject)),
                     "these events show the gap again", f.confidence, &proof);
            break;
        }
    }
}

const mu_run_rule mu_run_rules_evidence[] = {
    {"EXR-02", nobody_played,
     "a role of the quorum of the declared severity that no person at a keyboard held"},
    {"EXR-03", little_reached,
     "fewer steps of the playbook were reached than the limit exercised claims"},
    {"HYG-12", again,
     "a gap that an improvement is said to have closed came up again"},
    /* last: it counts the others */
    {"EXR-08", rests_on_defaults,
     "gaps that rest on how people behave, by values of the assumptions that are defaults"},
    {NULL, NULL, NULL},
};
