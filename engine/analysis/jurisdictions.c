#include "analysis/jurisdictions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/presence.h"
#include "base/zone.h"
#include "plan/schema.h"

typedef struct place {
    const char *code, *zone, *languages; /* any one of the languages will do */
} place;

/* The capital's zone, or of a federal state the state's; the languages in which its authorities take a report. */
static const place places[] = {
    {"AT", "Europe/Vienna", "de"},        {"AU", "Australia/Sydney", "en"},      {"BE", "Europe/Brussels", "nl fr de"}, {"BG", "Europe/Sofia", "bg"},
    {"BR", "America/Sao_Paulo", "pt"},    {"CA", "America/Toronto", "en fr"},    {"CA-QC", "America/Toronto", "fr"},    {"CH", "Europe/Zurich", "de fr it"},
    {"CN", "Asia/Shanghai", "zh"},        {"CY", "Asia/Nicosia", "el en"},       {"CZ", "Europe/Prague", "cs"},         {"DE", "Europe/Berlin", "de"},
    {"DK", "Europe/Copenhagen", "da"},    {"EE", "Europe/Tallinn", "et"},        {"ES", "Europe/Madrid", "es"},         {"FI", "Europe/Helsinki", "fi sv"},
    {"FR", "Europe/Paris", "fr"},         {"GB", "Europe/London", "en"},         {"GR", "Europe/Athens", "el"},         {"HK", "Asia/Hong_Kong", "zh en"},
    {"HR", "Europe/Zagreb", "hr"},        {"HU", "Europe/Budapest", "hu"},       {"IE", "Europe/Dublin", "en ga"},      {"IN", "Asia/Kolkata", "en hi"},
    {"IT", "Europe/Rome", "it"},          {"JP", "Asia/Tokyo", "ja"},            {"KR", "Asia/Seoul", "ko"},            {"LT", "Europe/Vilnius", "lt"},
    {"LU", "Europe/Luxembourg", "fr de lb"}, {"LV", "Europe/Riga", "lv"},        {"MT", "Europe/Malta", "mt en"},       {"NL", "Europe/Amsterdam", "nl"},
    {"NO", "Europe/Oslo", "no nb nn"},    {"NZ", "Pacific/Auckland", "en"},      {"PH", "Asia/Manila", "en tl"},        {"PL", "Europe/Warsaw", "pl"},
    {"PT", "Europe/Lisbon", "pt"},        {"RO", "Europe/Bucharest", "ro"},      {"SA", "Asia/Riyadh", "ar"},           {"SE", "Europe/Stockholm", "sv"},
    {"SG", "Asia/Singapore", "en zh ms ta"}, {"SI", "Europe/Ljubljana", "sl"},   {"SK", "Europe/Bratislava", "sk"},     {"TR", "Europe/Istanbul", "tr"},
    {"TW", "Asia/Taipei", "zh"},          {"UK", "Europe/London", "en"},         {"US", "America/New_York", "en"},      {"US-CA", "America/Los_Angeles", "en"},
    {"US-TX", "America/Chicago", "en"},   {"ZA", "Africa/Johannesburg", "en"},
};

/* "US-NY" is looked for as it stands, then as "US". */
static const place *place_of(const char *code)
{
    const place *whole = NULL;
    size_t country = strcspn(code, "-");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strcmp(places[i].code, code) == 0)
            return &places[i];
        if (strlen(places[i].code) == country && strncmp(places[i].code, code, country) == 0)
            whole = &places[i];
    }
    return whole;
}

bool mu_people_are_in(const mu_judge *j, const char *jurisdiction)
{
    const place *where = place_of(jurisdiction);
    const char *home = mu_get_text(mu_get(j->root, "organisation"), "timezone");
    MU_EACH (p, where ? mu_get(j->root, "people") : NULL) {
        const char *zone = mu_get_text(p, "timezone") ? mu_get_text(p, "timezone") : home;
        if (zone && strcmp(zone, where->zone) == 0)
            return true;
    }
    return false;
}

/* "de" or "deu", or "de-AT"; "German" is a language, and none that can be looked up. */
static bool is_code(const char *language)
{
    size_t n = strcspn(language, "-_");
    return n == 2 || n == 3;
}

static bool among(const char *languages, const char *code)
{
    size_t n = strcspn(code, "-_");
    for (const char *at = languages; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == n && strncasecmp(at, code, n) == 0)
            return true;
    return false;
}

static bool speaks(const mu_node *person, const char *languages)
{
    const mu_node *own = mu_get(person, "languages");
    bool unread = !own; /* the plan does not say */
    MU_EACH (l, own) {
        unread = unread || !is_code(l->text);
        if (among(languages, l->text))
            return true;
    }
    return unread;
}

/* True where a person's own week, in the person's own zone, covers this UTC moment. */
static bool at_work(const mu_judge *j, mu_zones *zones, const mu_node *person, int64_t utc)
{
    const mu_node *organisation = mu_get(j->root, "organisation"), *hours = mu_get(person, "hours");
    const char *zone = mu_get_text(person, "timezone") ? mu_get_text(person, "timezone") : mu_get_text(organisation, "timezone");
    if (!hours || mu_is(person, "hours", "working_hours"))
        hours = mu_get(organisation, "working_hours");
    int64_t week = (mu_zone_local(mu_zones_get(zones, zone), utc) / 60000 + 3 * 1440) % 10080;
    for (const mu_node *h = mu_items(hours); h; h = hours->kind == MU_LIST ? h->next : NULL) {
        int ranges[16][2], n = mu_hours_read(h->text, ranges, 16);
        for (int i = 0; i < n; i++)
            if ((week >= ranges[i][0] && week < ranges[i][1]) || (week + 10080 >= ranges[i][0] && week + 10080 < ranges[i][1]))
                return true;
    }
    return !hours;
}

static bool covered_at(const mu_judge *j, mu_zones *zones, const mu_set *speakers, int64_t utc)
{
    for (size_t i = 0; i < speakers->count; i++)
        if (at_work(j, zones, speakers->list[i], utc))
            return true;
    return false;
}

const char *mu_uncovered(mu_judge *j, const char *code)
{
    enum { OPENS = 9, CLOSES = 17 };
    static const int64_t hour = 3600000, day = 24 * 3600000;
    const place *p = place_of(code);
    mu_set speakers = MU_SET(j);
    if (!p)
        return NULL;
    MU_EACH (person, mu_get(j->root, "people"))
        if (mu_get(person, "reach") && speaks(person, p->languages)) {
            if (mu_always_there(person))
                return NULL;
            mu_put(&speakers, person);
        }
    if (!speakers.count)
        return "in a language of the place";
    mu_zones *zones = mu_zones_new(j->arena);
    int64_t today = j->now / day, wednesday = today + (9 - (today + 3) % 7) % 7; /* 1970-01-01 was a Thursday */
    for (int h = OPENS; h < CLOSES; h++)
        if (!covered_at(j, zones, &speakers, mu_zone_utc(mu_zones_get(zones, p->zone), wednesday * day + h * hour)))
            return MU_SAY(j, "at %02d:00 of a working day", h);
    return NULL;
}
