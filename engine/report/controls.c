#include "report/controls.h"

#include <stddef.h>

#define SP53 "NIST SP 800-53 rev. 5 (2020)"
#define ISO1 "ISO/IEC 27001:2022, Annex A"
#define PCI4 "PCI DSS v4.0.1 (2024)"
#define TSC "AICPA TSP 100, Trust Services Criteria (2017, points of focus 2022)"
#define NIS "Implementing Regulation (EU) 2024/2690, Annex"
#define DOR "Regulation (EU) 2022/2554"
#define DORR "Delegated Regulation (EU) 2024/1774"
#define HIP "45 CFR 164.308"

const mu_control mu_controls[] = {
    {"NIST 800-53", "IR-2(1)", "training with simulated events", MU_BY_ATTENDANCE, SP53},
    {"NIST 800-53", "IR-3", "the capability is tested at a set frequency, by a set kind of test", MU_BY_TEST, SP53},
    {"NIST 800-53", "IR-3(1)", "automated mechanisms give more complete coverage of the test", MU_BY_COVERAGE, SP53},
    {"NIST 800-53", "IR-3(3)", "test data improve the process, and the measures are reproducible", MU_BY_RECORD, SP53},
    {"NIST 800-53", "IR-4", "handling follows the plan, and lessons go back into it", MU_BY_ACTIONS, SP53},
    {"NIST 800-53", "IR-5", "incidents are tracked and documented", MU_BY_RECORD, SP53},
    {"NIST 800-53", "IR-6", "incidents are reported within a set time to set authorities", MU_BY_LAW, SP53},
    {"NIST 800-53", "IR-7", "help can be had in handling incidents", MU_BY_LADDERS, SP53},
    {"NIST 800-53", "IR-8", "the plan names who is responsible, and is updated after problems in testing", MU_BY_ROLES, SP53},
    {"NIST 800-53", "CP-2(1)", "plans that belong together are tested together", MU_BY_COVERAGE, SP53},
    {"ISO 27001", "A.5.5", "contact with authorities is kept up", MU_BY_LAW, ISO1},
    {"ISO 27001", "A.5.24", "incident management is planned and prepared: roles, responsibilities", MU_BY_ROLES, ISO1},
    {"ISO 27001", "A.5.25", "events are assessed, and it is decided whether they are incidents", MU_BY_DECISIONS, ISO1},
    {"ISO 27001", "A.5.26", "response follows documented procedures", MU_BY_TIMES, ISO1},
    {"ISO 27001", "A.5.27", "what is learned strengthens the controls", MU_BY_ACTIONS, ISO1},
    {"ISO 27001", "A.5.28", "evidence is identified, collected and preserved", MU_BY_RECORD, ISO1},
    {"ISO 27001", "A.5.29", "security holds during disruption", MU_BY_ABSENCE, ISO1},
    {"PCI DSS", "12.10.1", "the plan names roles, contact and communication strategies, and legal reporting", MU_BY_MESSAGES, PCI4},
    {"PCI DSS", "12.10.2", "at least every 12 months the plan is reviewed and tested, with all elements of 12.10.1", MU_BY_TEST, PCI4},
    {"PCI DSS", "12.10.3", "named people are reachable at every hour", MU_BY_LADDERS, PCI4},
    {"PCI DSS", "12.10.4", "responders are trained", MU_BY_ATTENDANCE, PCI4},
    {"PCI DSS", "12.10.6", "the plan evolves with lessons learned", MU_BY_ACTIONS, PCI4},
    {"SOC 2", "CC7.3", "security events are evaluated and acted upon", MU_BY_DECISIONS, TSC},
    {"SOC 2", "CC7.4", "a defined programme is executed: roles, containment, communication", MU_BY_TIMES, TSC},
    {"SOC 2", "CC7.5", "recovery is tested, with key people unavailable, and the plan is revised", MU_BY_ABSENCE, TSC},
    {"NIS2", "3.1.2(d)", "escalation charts, contact lists and templates are there and work", MU_BY_LADDERS, NIS},
    {"NIS2", "3.1.3", "roles and responsibilities are tested and reviewed at planned intervals", MU_BY_ROLES, NIS},
    {"NIS2", "3.5.3", "communication with the CSIRT or the authority, and with others, is planned and held to", MU_BY_LAW, NIS},
    {"NIS2", "4.2.4", "people, authority and channels are redundant", MU_BY_ABSENCE, NIS},
    {"NIS2", "4.3.4", "the crisis plan is tested and reviewed at planned intervals", MU_BY_TEST, NIS},
    {"DORA", "Art. 11(6)", "response plans and crisis communication plans are tested at least yearly", MU_BY_MESSAGES, DOR},
    {"DORA", "Art. 17(3)", "roles and responsibilities for each type of incident", MU_BY_ROLES, DOR},
    {"DORA", "Art. 19", "major incidents are reported in time", MU_BY_LAW, DOR},
    {"DORA", "Art. 24(5)", "what a test reveals is prioritised, remedied, and validated", MU_BY_ACTIONS, DOR},
    {"DORA", "RTS 26(2)", "tests are based on severe but plausible scenarios, a critical number of staff away among them", MU_BY_ABSENCE, DORR},
    {"HIPAA", "164.308(a)(6)(ii)", "incidents are identified, responded to, mitigated and documented", MU_BY_RECORD, HIP},
    {"HIPAA", "164.308(a)(7)(ii)(D)", "contingency plans are tested and revised at intervals (addressable)", MU_BY_TEST, HIP},
    {NULL, NULL, NULL, MU_BY_TEST, NULL},
};
