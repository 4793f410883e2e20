#include "large.h"

#include "base/draw.h"

typedef struct maker {
    mu_buf *out;
    mu_chance *chance;
    size_t people, roles, actions, teams, rotations, channels, ladders, duties, books, audiences, externals, things, assets;
} maker;

enum { STEPS = 20 };

unsigned mu_chance_below(mu_chance *chance, size_t limit)
{
    return mu_draw_below(chance->seed, 0, chance->drawn++, (uint32_t)limit);
}

static unsigned below(maker *m, size_t limit)
{
    return mu_chance_below(m->chance, limit);
}

#define PICK(m, list) (list)[below((m), sizeof(list) / sizeof *(list))]
#define SAY(m, ...) mu_buf_printf((m)->out, __VA_ARGS__)

static const char *const functions[] = {"command", "security", "it", "legal", "communications", "hr", "executive", "application"};
static const char *const phases[] = {"detect", "analyze", "contain", "eradicate", "recover", "post"};
static const char *const days[] = {"2026-07-01", "2026-05-20", "2025-12-03", "2024-02-29"};
static const char *const within[] = {"5m", "15m", "1h", "4h", "24h", "72h", "3 business days"};
static const char *const hours[] = {"24x7", "working_hours", "mon-fri 08:00-18:00", "sat-sun 00:00-24:00"};
static const char *const kinds[] = {"retainer", "counsel", "pr", "insurer", "cloud_provider", "regulator", "law_enforcement", "supplier"};
static const char *const groups[] = {"customers", "staff", "partners", "media", "insurer", "board", "suppliers"};
static const char *const uses[] = {"primary", "out_of_band", "public"};
static const char *const rules[] = {"EU-GDPR-33", "EU-GDPR-34", "EU-NIS2-23", "EU-DORA-19", "contract"};

/* "    key: [prefix3, prefix7]" of ids below `count`, up to `most` of them. */
static void list(maker *m, const char *key, const char *prefix, size_t count, unsigned most)
{
    unsigned n = 1 + below(m, most);
    SAY(m, "    %s: [", key);
    for (unsigned i = 0; i < n; i++)
        SAY(m, "%s%s%u", i ? ", " : "", prefix, below(m, count));
    SAY(m, "]\n");
}

static void one(maker *m, const char *key, const char *prefix, size_t count)
{
    SAY(m, "    %s: %s%u\n", key, prefix, below(m, count));
}

static void day(maker *m, const char *key)
{
    if (below(m, 8))
        SAY(m, "    %s: %s\n", key, PICK(m, days));
}

static void reach(maker *m)
{
    SAY(m, "    reach: [{via: c%u, address: a%u}, {via: c%u, address: a%u}]\n", below(m, m->channels), below(m, 100000), below(m, m->channels),
        below(m, 100000));
}

static void head(maker *m)
{
    SAY(m, "muster: 1\norganisation:\n  name: Large\n  timezone: Europe/Dublin\n  jurisdictions: [IE, EU]\n  data: [personal_data]\n"
           "  working_hours: mon-fri 09:00-17:30\nplan:\n  title: Large\n  owner: r%u\n  reviewed: %s\n  review_every: 12 months\n"
           "  risks: [risk0, risk1]\n  stored:\n    - {at: the wiki, depends_on: [d0]}\n  distribution: [team:all]\n",
        below(m, m->roles), PICK(m, days));
    SAY(m, "  limits:\n    holders: %u\n    tasks_each: %u\n    contact_verified: 90d\n", 1 + below(m, 3), 4 + below(m, 10));
    SAY(m, "suppressions:\n  - {gap: HYG-01, reason: known, until: %s}\n", PICK(m, days));
}

static void person(maker *m, size_t i)
{
    SAY(m, "  p%zu:\n    name: Person %zu\n    hours: %s\n", i, i, PICK(m, hours));
    reach(m);
    one(m, "site", "d", m->things);
    list(m, "access", "tool", 3, 2);
    list(m, "calls", "p", m->people, 2);
    day(m, "trained");
    day(m, "verified");
    if (!below(m, 10))
        SAY(m, "    away: [{from: 2026-07-06, to: 2026-07-17}]\n");
}

static void role(maker *m, size_t i)
{
    size_t known = sizeof functions / sizeof *functions;
    SAY(m, "  r%zu:\n    title: Role %zu\n    authority: [say%u]\n", i, i, below(m, m->actions));
    if (i < known)
        SAY(m, "    function: %s\n", functions[i]);
    switch (i < known ? 0 : below(m, 6)) {
    case 1: one(m, "rotation", "turn", m->rotations); break;
    case 2: list(m, "pool", "team:t", m->teams, 1); break;
    case 3: one(m, "delegated_by", "r", i); break;
    default: list(m, "holders", "p", m->people, 4);
    }
    if (!below(m, 6))
        list(m, "not_with", "r", m->roles, 1);
}

static void team(maker *m, size_t i)
{
    SAY(m, "  t%zu:\n", i);
    list(m, "members", below(m, 2) ? "p" : "role:r", m->roles < m->people ? m->roles : m->people, 12);
}

static void rotation(maker *m, size_t i)
{
    SAY(m, "  turn%zu:\n    turn: 7d\n    from: 2026-07-06 09:00\n", i);
    list(m, "members", "p", m->people, 6);
}

static void action(maker *m, size_t i)
{
    SAY(m, "  x%zu:\n    phase: %s\n", i, PICK(m, phases));
    list(m, "R", "role:r", m->roles, 3);
    one(m, "A", "role:r", m->roles);
    list(m, "C", "role:r", m->roles, 5);
    list(m, "I", "role:r", m->roles, 6);
    SAY(m, "    authority: say%zu\n    consult_within: %s\n", i, PICK(m, within));
    list(m, "access", "tool", 3, 2);
    list(m, "logs", "log", 2, 1);
    if (!below(m, 10))
        SAY(m, "    by: external:e%u\n    engage_within: 4h\n", below(m, m->externals));
    if (!below(m, 5))
        SAY(m, "    approve: {any_of: [role:r%u, team:t%u], if_silent_after: 30m}\n", below(m, m->roles), below(m, m->teams));
}

static void channel(maker *m, size_t i)
{
    SAY(m, "  c%zu:\n    kind: %s\n    use: %s\n", i, below(m, 2) ? "push" : "mail", PICK(m, uses));
    list(m, "depends_on", "d", m->things, 2);
    list(m, "enrolled", "team:t", m->teams, 2);
    day(m, "tested");
}

static void external(maker *m, size_t i)
{
    SAY(m, "  e%zu:\n    organisation: Outside %zu\n    kind: %s\n    hours: %s\n", i, i, PICK(m, kinds), PICK(m, hours));
    reach(m);
    day(m, "verified");
    SAY(m, "    contract: {id: K%zu, from: 2025-01-01, until: 202%u-08-01, respond_within: %s, hours: %u}\n", i, 6 + below(m, 3), PICK(m, within),
        below(m, 200));
}

static void audience(maker *m, size_t i)
{
    SAY(m, "  u%zu:\n    kind: %s\n    first_within: %s\n    every: 24h\n    template: l%zu\n", i, PICK(m, groups), PICK(m, within), i);
    one(m, "owner", "role:r", m->roles);
    list(m, "via", "c", m->channels, 2);
}

static void template(maker *m, size_t i)
{
    SAY(m, "  l%zu:\n    for: audience:u%zu\n    language: en\n    fields: [what, since, next_update]\n", i, i);
    day(m, "approved");
}

static void ladder(maker *m, size_t i)
{
    SAY(m, "  esc%zu:\n    steps:\n", i);
    for (unsigned n = 2 + below(m, 4); n; n--)
        SAY(m, "      - {to: role:r%u, via: [c%u, c%u], within: %s}\n", below(m, m->roles), below(m, m->channels), below(m, m->channels),
            PICK(m, within));
    SAY(m, "      - {to: team:t%u, within: 15m}\n    again: %u\n", below(m, m->teams), below(m, 5));
}

static void book(maker *m, size_t i)
{
    SAY(m, "  b%zu:\n    covers: [risk%zu]\n    steps:\n", i, i);
    for (size_t k = 0; k < STEPS; k++) {
        SAY(m, "      - {id: s%zu, action: x%u, phase: %s, within: %s, done_when: it is seen", k, below(m, m->actions), PICK(m, phases), PICK(m, within));
        if (k)
            SAY(m, ", after: [s%u]", below(m, k));
        if (!below(m, 5))
            SAY(m, ", by: role:r%u", below(m, m->roles));
        SAY(m, "}\n");
    }
}

static void duty(maker *m, size_t i)
{
    SAY(m, "  o%zu:\n    rule: %s\n    when: personal data were seen\n    stated: 72h\n", i, PICK(m, rules));
    one(m, "action", "x", m->actions);
    one(m, "deputy", "role:r", m->roles);
    one(m, "route", "external:e", m->externals);
    one(m, "template", "l", m->audiences);
    one(m, "decided_by", "action:x", m->actions);
}

static void thing(maker *m, size_t i)
{
    SAY(m, "  d%zu:\n    kind: service\n", i);
    if (i)
        list(m, "depends_on", "d", i, 2);
}

static void asset(maker *m, size_t i)
{
    SAY(m, "  as%zu:\n    criticality: critical\n    rto: 24h\n    rpo: 24h\n", i);
    one(m, "owner", "role:r", m->roles);
    one(m, "deputy", "role:r", m->roles);
    list(m, "depends_on", "dependency:d", m->things, 2);
}

static void section(maker *m, const char *name, size_t count, void (*entry)(maker *m, size_t i))
{
    SAY(m, "%s:\n", name);
    for (size_t i = 0; i < count; i++)
        entry(m, i);
}

static void phase(maker *m, size_t i)
{
    SAY(m, "  %s:\n    done_when: it is seen\n", phases[i]);
    one(m, "lead", "r", m->roles);
}

static void severity(maker *m, size_t i)
{
    SAY(m, "  sev%zu:\n    rank: %zu\n    cover: 24x7\n    acknowledge_within: 15m\n    assemble_within: 45m\n    contain_within: %zuh\n"
           "    inform: [role:r%u, audience:u%u]\n",
        i + 1, i + 1, i * 4 + 3, below(m, m->roles), below(m, m->audiences));
    one(m, "escalation", "esc", m->ladders);
}

static void tail(maker *m)
{
    SAY(m, "team:\n  functions: [command, security, it, legal]\n  quorum:\n    sev1: [r0, r1]\n  spokesperson: r4\n"
           "backup_communications:\n  order: [c1]\n  who_may_switch: [role:r0]\n"
           "resources:\n  tools:\n    tool0: {depends_on: [d0]}\n    tool1: {owner: r1}\n    tool2: {}\n"
           "  logs:\n    log0: {enabled: yes, retention: 180d}\n    log1: {enabled: no}\n"
           "  break_glass:\n    glass0: {holders: [p0, p1], tested: %s}\n"
           "  backups:\n    nightly: {of: as0, owner: r2, immutable: yes, restore_tested: %s}\n"
           "intake:\n  - {from: staff, via: c0, owner: role:r1, within: 15m}\n"
           "evidence:\n  capture: x0\n  capture_before: [x1, x2]\n",
        PICK(m, days), PICK(m, days));
}

void mu_large_plan(mu_buf *out, mu_chance *chance, size_t people)
{
    size_t n = people;
    maker m = {out, chance, .people = n, .roles = n / 5 + 8, .actions = n * 3 / 10 + 4, .teams = n / 20 + 1, .rotations = n / 40 + 1,
               .channels = n / 100 + 4, .ladders = n / 50 + 1, .duties = n / 50 + 2, .books = n / 50 + 1, .audiences = n / 50 + 4,
               .externals = n / 50 + 4, .things = n / 50 + 3, .assets = n / 20 + 1};
    head(&m);
    section(&m, "dependencies", m.things, thing);
    section(&m, "people", m.people, person);
    section(&m, "roles", m.roles, role);
    section(&m, "teams", m.teams, team);
    section(&m, "rotations", m.rotations, rotation);
    section(&m, "raci", m.actions, action);
    section(&m, "phases", sizeof phases / sizeof *phases, phase);
    section(&m, "channels", m.channels, channel);
    section(&m, "externals", m.externals, external);
    section(&m, "audiences", m.audiences, audience);
    section(&m, "templates", m.audiences, template);
    section(&m, "severities", 2, severity);
    section(&m, "escalations", m.ladders, ladder);
    section(&m, "playbooks", m.books, book);
    section(&m, "obligations", m.duties, duty);
    section(&m, "assets", m.assets, asset);
    tail(&m);
}
