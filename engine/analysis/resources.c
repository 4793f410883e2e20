/* Gaps of contracts, tools and accounts that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"
#include "plan/schema.h"

static bool lapsed(const mu_judge *j, const mu_node *until)
{
    mu_duration left;
    static const int64_t day = 86400000;
    return mu_duration_read(mu_limit_text(j, "retainer_left"), &left) && until->value + day < mu_time_add(j->now, left);
}

static void no_retainer(mu_judge *j)
{
    const mu_node *externals = mu_get(j->root, "externals"), *last = NULL;
    MU_EACH (e, externals) {
        const char *kind = mu_get_text(e, "kind");
        const mu_node *until = mu_get(mu_get(e, "contract"), "until");
        if (!kind || strcmp(kind, "retainer") != 0)
            continue;
        if (!until || !lapsed(j, until))
            return;
        last = e;
    }
    if (last) {
        const mu_node *until = mu_get(mu_get(last, "contract"), "until");
        mu_rests_on(j, mu_found_in(j, "RES-01", "external", last, until, MU_SAY(j, "The retainer with %s runs to %s only", last->key, until->text)), "retainer_left");
    } else {
        mu_found(j, "RES-01", "section:externals", externals ? mu_place(externals) : mu_top(j), "No retainer for outside responders is on record");
    }
}

static void break_glass(mu_judge *j)
{
    const mu_node *resources = mu_get(j->root, "resources"), *glass = mu_get(resources, "break_glass");
    if (!glass || glass->count == 0)
        mu_found(j, "RES-07", "section:resources", resources ? mu_place(resources) : mu_top(j), "No emergency account is on record");
    MU_EACH (b, glass) {
        const mu_node *tested = mu_get(b, "tested");
        if (!tested)
            mu_found_in(j, "RES-07", "break_glass", b, NULL, MU_SAY(j, "No test of the emergency account %s is on record", b->key));
        else if (mu_older_than_limit(j, tested, "break_glass_tested"))
            mu_rests_on(j, mu_found_in(j, "RES-07", "break_glass", b, tested, MU_SAY(j, "The emergency account %s was last tested on %s", b->key, tested->text)),
                        "break_glass_tested");
    }
}

static void logs(mu_judge *j)
{
    mu_set said = MU_SET(j);
    int64_t least = mu_limit_value(j, "log_retention");
    MU_EACH (row, mu_get(j->root, "raci"))
        MU_EACH (l, mu_get(row, "logs")) {
            const mu_node *on = l->ref ? mu_get(l->ref, "enabled") : NULL, *kept = l->ref ? mu_get(l->ref, "retention") : NULL;
            bool off = !on || !on->value, brief = kept && kept->value < least;
            if (!l->ref || mu_has(&said, l->ref) || (!off && !brief))
                continue;
            mu_put(&said, l->ref);
            mu_finding *f = mu_found_in(j, "RES-08", "log", l->ref, off ? on : kept,
                        off ? MU_SAY(j, "\"%s\" needs the log %s, which is not switched on", row->key, l->text) : MU_SAY(j, "The log %s is kept for %s only", l->text, kept->text));
            if (!off)
                mu_rests_on(j, f, "log_retention");
        }
}

const mu_rule mu_rules_resources[] = {
    {"RES-01", no_retainer,
     "no retainer that still runs for retainer_left"},
    {"RES-07", break_glass,
     "no emergency account, or one whose last test is missing or older than break_glass_tested"},
    {"RES-08", logs,
     "a log that an action needs, switched off or kept shorter than log_retention"},
    {NULL, NULL, NULL},
};
