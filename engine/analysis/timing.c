/* Gaps of time that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"

static void no_targets(mu_judge *j)
{
    static const char *const keys[] = {"acknowledge_within", "assemble_within", "declare_within", "contain_within", "update_every"};
    static const char *const words[] = {"to acknowledge", "to assemble", "to declare", "to contain", "to update"};
    MU_EACH (s, mu_get(j->root, "severities")) {
        const char *missing = "";
        for (size_t i = 0; i < 5 && s->kind == MU_MAP; i++)
            if (!mu_get(s, keys[i]))
                missing = MU_SAY(j, "%s%s%s", missing, *missing ? ", " : "", words[i]);
        if (*missing)
            mu_found_in(j, "TIM-08", "severity", s, NULL, MU_SAY(j, "%s sets no time %s", s->key, missing));
    }
}

const mu_rule mu_rules_timing[] = {
    {"TIM-08", no_targets,
     "a severity without a time to acknowledge, assemble, declare, contain or update"},
    {NULL, NULL, NULL},
};
