#include "report/capability.h"

#include <string.h>

static const struct { const char *word, *csf; } capabilities[MU_CAPABILITIES] = {
    [MU_COMMAND] = {"Incident declaration and command", "RS.MA, GV.RR"},
    [MU_ASSEMBLY] = {"Notification and assembly", "RS.MA, RS.CO"},
    [MU_CONTAINMENT] = {"Containment decision", "RS.MI"},
    [MU_REGULATORY] = {"Regulatory notification", "RS.CO, GV.OC"},
    [MU_CRISIS] = {"Crisis communication", "RS.CO, RC.CO"},
    [MU_EVIDENCE_CAP] = {"Evidence and analysis", "RS.AN"},
    [MU_RECOVERY] = {"Recovery", "RC.RP"},
    [MU_THIRD] = {"Third-party coordination", "GV.SC, RS.CO"},
    [MU_UPKEEP] = {"Plan upkeep and improvement", "ID.IM"},
};

/* One row a type of gap, in the order of the catalogue. */
static const struct { const char *gap; mu_capability capability; const char *element; } rows[] = {
    {"ROL-01", MU_COMMAND, "organisation"}, {"ROL-02", MU_COMMAND, "organisation"}, {"ROL-03", MU_COMMAND, "organisation"},
    {"ROL-04", MU_CONTAINMENT, "planning"}, {"ROL-05", MU_COMMAND, "planning"}, {"ROL-06", MU_COMMAND, "organisation"},
    {"ROL-07", MU_COMMAND, "organisation"}, {"ROL-08", MU_COMMAND, "organisation"}, {"ROL-09", MU_COMMAND, "organisation"},
    {"ROL-10", MU_COMMAND, "organisation"}, {"ROL-11", MU_COMMAND, "organisation"}, {"ROL-12", MU_COMMAND, "organisation"},
    {"ROL-13", MU_COMMAND, "organisation"}, {"ROL-14", MU_COMMAND, "planning"}, {"ROL-15", MU_COMMAND, "planning"},
    {"ROL-16", MU_COMMAND, "organisation"}, {"ROL-17", MU_RECOVERY, "organisation"}, {"ROL-18", MU_COMMAND, "planning"},
    {"ROL-19", MU_COMMAND, "training"}, {"ROL-20", MU_COMMAND, "planning"}, {"ROL-21", MU_CONTAINMENT, "equipment"},
    {"ROL-22", MU_COMMAND, "planning"}, {"COM-01", MU_ASSEMBLY, "equipment"}, {"COM-02", MU_ASSEMBLY, "planning"},
    {"COM-03", MU_ASSEMBLY, "exercises"}, {"COM-04", MU_ASSEMBLY, "equipment"}, {"COM-05", MU_ASSEMBLY, "equipment"},
    {"COM-06", MU_ASSEMBLY, "equipment"}, {"COM-07", MU_ASSEMBLY, "planning"}, {"COM-08", MU_ASSEMBLY, "planning"},
    {"COM-09", MU_CRISIS, "organisation"}, {"COM-10", MU_CRISIS, "planning"}, {"COM-11", MU_CRISIS, "planning"},
    {"COM-12", MU_CRISIS, "planning"}, {"COM-13", MU_CRISIS, "planning"}, {"COM-14", MU_CRISIS, "planning"},
    {"COM-15", MU_CRISIS, "planning"}, {"COM-16", MU_ASSEMBLY, "equipment"}, {"COM-17", MU_ASSEMBLY, "equipment"},
    {"COM-18", MU_CRISIS, "organisation"}, {"COM-19", MU_ASSEMBLY, "planning"}, {"COM-20", MU_ASSEMBLY, "planning"},
    {"ESC-01", MU_COMMAND, "planning"}, {"ESC-02", MU_COMMAND, "planning"}, {"ESC-03", MU_ASSEMBLY, "planning"},
    {"ESC-04", MU_ASSEMBLY, "planning"}, {"ESC-05", MU_ASSEMBLY, "planning"}, {"ESC-06", MU_ASSEMBLY, "planning"},
    {"ESC-07", MU_ASSEMBLY, "planning"}, {"ESC-08", MU_ASSEMBLY, "organisation"}, {"ESC-09", MU_ASSEMBLY, "organisation"},
    {"ESC-10", MU_COMMAND, "planning"}, {"ESC-11", MU_RECOVERY, "planning"}, {"ESC-12", MU_COMMAND, "planning"},
    {"ESC-13", MU_COMMAND, "planning"}, {"ESC-14", MU_THIRD, "planning"}, {"ESC-15", MU_ASSEMBLY, "planning"},
    {"ESC-16", MU_COMMAND, "planning"}, {"ESC-17", MU_THIRD, "planning"}, {"HYG-01", MU_UPKEEP, "planning"},
    {"HYG-02", MU_UPKEEP, "planning"}, {"HYG-03", MU_UPKEEP, "planning"}, {"HYG-04", MU_UPKEEP, "planning"},
    {"HYG-05", MU_UPKEEP, "planning"}, {"HYG-06", MU_UPKEEP, "planning"}, {"HYG-07", MU_UPKEEP, "planning"},
    {"HYG-08", MU_UPKEEP, "planning"}, {"HYG-09", MU_COMMAND, "planning"}, {"HYG-10", MU_UPKEEP, "planning"},
    {"HYG-11", MU_UPKEEP, "planning"}, {"HYG-12", MU_UPKEEP, "organisation"}, {"HYG-13", MU_UPKEEP, "exercises"},
    {"HYG-14", MU_REGULATORY, "planning"}, {"HYG-15", MU_UPKEEP, "planning"}, {"HYG-16", MU_EVIDENCE_CAP, "planning"},
    {"HYG-17", MU_UPKEEP, "planning"}, {"HYG-18", MU_THIRD, "planning"}, {"HYG-19", MU_UPKEEP, "planning"},
    {"HYG-20", MU_UPKEEP, "planning"}, {"REG-01", MU_REGULATORY, "planning"}, {"REG-02", MU_REGULATORY, "organisation"},
    {"REG-03", MU_REGULATORY, "planning"}, {"REG-04", MU_REGULATORY, "planning"}, {"REG-05", MU_REGULATORY, "planning"},
    {"REG-06", MU_REGULATORY, "equipment"}, {"REG-07", MU_REGULATORY, "planning"}, {"REG-08", MU_REGULATORY, "planning"},
    {"REG-09", MU_REGULATORY, "planning"}, {"REG-10", MU_REGULATORY, "planning"}, {"REG-11", MU_REGULATORY, "planning"},
    {"REG-12", MU_REGULATORY, "planning"}, {"REG-13", MU_REGULATORY, "planning"}, {"REG-14", MU_REGULATORY, "planning"},
    {"REG-15", MU_REGULATORY, "planning"}, {"REG-16", MU_REGULATORY, "planning"}, {"REG-17", MU_REGULATORY, "planning"},
    {"REG-18", MU_REGULATORY, "planning"}, {"REG-19", MU_REGULATORY, "exercises"}, {"TIM-01", MU_ASSEMBLY, "organisation"},
    {"TIM-02", MU_ASSEMBLY, "planning"}, {"TIM-03", MU_CONTAINMENT, "planning"}, {"TIM-04", MU_COMMAND, "equipment"},
    {"TIM-05", MU_ASSEMBLY, "organisation"}, {"TIM-06", MU_COMMAND, "organisation"}, {"TIM-07", MU_COMMAND, "planning"},
    {"TIM-08", MU_COMMAND, "planning"}, {"TIM-09", MU_EVIDENCE_CAP, "planning"}, {"TIM-10", MU_COMMAND, "organisation"},
    {"TIM-11", MU_THIRD, "organisation"}, {"TIM-12", MU_COMMAND, "planning"}, {"RES-01", MU_THIRD, "organisation"},
    {"RES-02", MU_THIRD, "organisation"}, {"RES-03", MU_THIRD, "organisation"}, {"RES-04", MU_THIRD, "organisation"},
    {"RES-05", MU_THIRD, "organisation"}, {"RES-06", MU_CONTAINMENT, "equipment"}, {"RES-07", MU_CONTAINMENT, "equipment"},
    {"RES-08", MU_EVIDENCE_CAP, "equipment"}, {"RES-09", MU_COMMAND, "organisation"}, {"RES-10", MU_COMMAND, "training"},
    {"RES-11", MU_RECOVERY, "equipment"}, {"RES-12", MU_THIRD, "organisation"}, {"RES-13", MU_COMMAND, "organisation"},
    {"RES-14", MU_RECOVERY, "equipment"}, {"RES-15", MU_RECOVERY, "equipment"}, {"EXR-01", MU_UPKEEP, "exercises"},
    {"EXR-02", MU_UPKEEP, "exercises"}, {"EXR-03", MU_UPKEEP, "exercises"}, {"EXR-04", MU_UPKEEP, "exercises"},
    {"EXR-05", MU_UPKEEP, "exercises"}, {"EXR-06", MU_UPKEEP, "organisation"}, {"EXR-07", MU_UPKEEP, "exercises"},
    {"EXR-08", MU_UPKEEP, "exercises"}, {"EXR-09", MU_UPKEEP, "exercises"},
};

const char *mu_capability_word(mu_capability c)
{
    return capabilities[c].word;
}

const char *mu_capability_csf(mu_capability c)
{
    return capabilities[c].csf;
}

static int row_of(const char *gap)
{
    int i = 0;
    while (i < (int)(sizeof rows / sizeof *rows) - 1 && strcmp(rows[i].gap, gap) != 0)
        i++;
    return i;
}

mu_capability mu_capability_of_gap(const char *gap)
{
    return rows[row_of(gap)].capability;
}

const char *mu_element_of_gap(const char *gap)
{
    return rows[row_of(gap)].element;
}

/* The first row whose word stands in the id. */
static const struct { const char *word; mu_capability capability; } words[] = {
    {"declare", MU_COMMAND}, {"triage", MU_COMMAND}, {"acknowledge", MU_ASSEMBLY}, {"assemble", MU_ASSEMBLY}, {"escalate", MU_ASSEMBLY}, {"forensic", MU_EVIDENCE_CAP},
    {"evidence", MU_EVIDENCE_CAP}, {"collect", MU_EVIDENCE_CAP}, {"analy", MU_EVIDENCE_CAP}, {"isolate", MU_CONTAINMENT}, {"contain", MU_CONTAINMENT}, {"stop", MU_CONTAINMENT},
    {"block", MU_CONTAINMENT}, {"revoke", MU_CONTAINMENT}, {"rotate", MU_CONTAINMENT}, {"eradicate", MU_CONTAINMENT}, {"ransom", MU_CONTAINMENT}, {"restore", MU_RECOVERY},
    {"recover", MU_RECOVERY}, {"engage", MU_THIRD}, {"insurer", MU_THIRD}, {"vendor", MU_THIRD}, {"classify", MU_REGULATORY}, {"breach", MU_REGULATORY}, {"lesson", MU_UPKEEP},
    {"statement", MU_CRISIS}, {"tell", MU_CRISIS}, {"notify", MU_CRISIS}, {"release", MU_CRISIS}, {NULL, MU_COMMAND},
};

static bool of_an_obligation(const mu_tree *plan, const char *id)
{
    const mu_node *all = mu_get(mu_tree_root(plan), "obligations");
    for (const mu_node *o = all ? all->first : NULL; o; o = o->next) {
        const char *action = mu_get_text(o, "action");
        if (action && strcmp(action, id) == 0)
            return true;
    }
    return false;
}

mu_capability mu_capability_of_action(const mu_tree *plan, const char *action)
{
    const char *colon = strchr(action, ':'), *id = colon ? colon + 1 : action;
    if (of_an_obligation(plan, id))
        return MU_REGULATORY;
    int i = 0;
    while (words[i].word && !strstr(id, words[i].word))
        i++;
    return words[i].capability;
}
