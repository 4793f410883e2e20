/* Frequencies of tests. What a column holds and where it is from: rules.h. Not legal advice. */
#include "programme/rules.h"

#include <string.h>

#define CHECKED "2026-11-23" /* the day on which the whole table was last gone through */
#define WITH_PEOPLE (MU_FACILITATED | MU_FUNCTIONAL)

const mu_frequency mu_frequencies[] = {
    {"PCI", "PCI DSS 4.0.1", 12, WITH_PEOPLE, "all elements of 12.10.1 are reviewed and tested", "12.10.2", "V", CHECKED},
    {"FEDRAMP-MODERATE", "FedRAMP Rev 5, Moderate", 12, MU_FUNCTIONAL, "a functional test; its plan is approved before it", "IR-3", "V", CHECKED},
    {"FEDRAMP-HIGH", "FedRAMP Rev 5, High", 6, WITH_PEOPLE, "beside the functional test of every year (FEDRAMP-HIGH-FUNCTIONAL)", "IR-3", "V", CHECKED},
    {"FEDRAMP-HIGH-FUNCTIONAL", "FedRAMP Rev 5, High", 12, MU_FUNCTIONAL, "a functional test; its plan is approved before it", "IR-3", "V", CHECKED},
    {"NYDFS", "23 NYCRR 500", 12, WITH_PEOPLE, "all staff and management critical to the response take part", "500.16(d)(1)", "V", CHECKED},
    {"NYDFS-RESTORE", "23 NYCRR 500", 12, 0, "systems are restored from backups, which no drill here does", "500.16(d)(2)", "V", CHECKED},
    {"DORA", "DORA, Regulation (EU) 2022/2554", 12, WITH_PEOPLE, "also on a substantive change; crisis communication plans are tested; switching over is tested elsewhere (25(2)(c))", "art 11(6), 24, 25", "V", CHECKED},
    {"NIS2", "NIS2, Implementing Regulation (EU) 2024/2690", 12, WITH_PEOPLE,
     "roles are tested at planned intervals; the year is ENISA's guidance; a call tree tests contacts and no roles", "annex 3.1.3", "V", CHECKED},
    {"CPS-234", "APRA CPS 234", 12, WITH_PEOPLE, "testers are skilled and functionally independent", "para 30", "V", CHECKED},
    {"CPG", "CISA Cross-Sector Cybersecurity Performance Goals 2.0", 12, WITH_PEOPLE, "with all who have a part in it", "goal 1.C", "V", CHECKED},
    {"RBI-DR", "Reserve Bank of India, disaster recovery drills", 6, 0, "systems are switched over, which no drill here does", "DR drills", "V", CHECKED},
    {"SOC2", "SOC 2, CC7.5", 0, WITH_PEOPLE, "periodically: the text has no number; key personnel may be lacking", "CC7.4, CC7.5", "V", CHECKED},
    {"ISO-22301", "ISO 22301", 0, WITH_PEOPLE, "at planned intervals: the text has no number", "exercise programme", "V", CHECKED},
    {"CMMC", "CMMC, NIST SP 800-171", 0, WITH_PEOPLE, "the capability is tested: the text has no number", "3.6.3", "M", CHECKED},
    {"HIPAA", "HIPAA Security Rule", 0, WITH_PEOPLE, "testing of contingency plans is addressable: the text has no number", "45 CFR 164.308(a)(7)", "M", CHECKED},
    {NULL, NULL, 0, 0, NULL, NULL, NULL, NULL},
};

static const struct { mu_mode mode; const char *word, *is, *is_not; } modes[] = {
    {MU_MODEL, "model", "analysis of the plan: input to the design of an exercise, an argument about risk", "no tabletop, no functional test, no evidence that people can perform"},
    {MU_FACILITATED, "facilitated", "a discussion-based exercise (a tabletop) for those who act in it", "no functional test and no restore test: no system is touched"},
    {MU_CALLTREE, "calltree", "a drill of contacts: who was reached, by which way, and how fast", "no test of the whole plan"},
    {MU_FUNCTIONAL, "functional", "an operations-based functional exercise: real people, real tools, real clock", "no restore of production unless that is done"},
};

const mu_frequency *mu_frequency_of(const char *id)
{
    for (const mu_frequency *f = mu_frequencies; f->id; f++)
        if (strcmp(f->id, id) == 0)
            return f;
    return NULL;
}

mu_mode mu_mode_read(const char *word)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(modes[i].word, word) == 0)
            return modes[i].mode;
    return 0;
}

static size_t place(mu_mode mode)
{
    size_t i = 0;
    while (i < sizeof modes / sizeof *modes - 1 && modes[i].mode != mode)
        i++;
    return i;
}

const char *mu_mode_word(mu_mode mode)
{
    return modes[place(mode)].word;
}

const char *mu_mode_is(mu_mode mode)
{
    return modes[place(mode)].is;
}

const char *mu_mode_not(mu_mode mode)
{
    return modes[place(mode)].is_not;
}
