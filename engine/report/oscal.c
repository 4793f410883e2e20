/* OSCAL 1.1.2, plan of action and milestones (NIST): a finding is an observation, a risk and an item that names both.
 *
 * Identifiers are made of the finding's own id, so that the same gap has the same one in every document; they carry
 * version 5 (a name's hash, RFC 9562), with BLAKE2b for the hash. */
#include <string.h>

#include "analysis/lore.h"
#include "base/calendar.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/zone.h"
#include "report/formats.h"

static const char *uuid(mu_arena *arena, const char *what, const char *name)
{
    char a[MU_SHORT_HASH], b[MU_SHORT_HASH];
    const char *first = mu_format(arena, "1 %s %s", what, name), *second = mu_format(arena, "2 %s %s", what, name);
    mu_short_hash(first, strlen(first), a);
    mu_short_hash(second, strlen(second), b);
    return mu_format(arena, "%.8s-%.4s-5%.3s-a%.3s-%.12s", a, a + 8, a + 12, b, b + 3);
}

static void member(mu_buf *out, const char *key, const char *text, const char *after)
{
    mu_buf_printf(out, "\"%s\": ", key);
    mu_json_text(out, text);
    mu_buf_puts(out, after);
}

/* One line of Markdown: line breaks become blanks, and what Markdown would read as its own is escaped. */
static const char *line(mu_arena *arena, const char *text)
{
    mu_buf b = {0};
    mu_buf_puts(&b, "");
    for (const char *p = text; *p; p++) {
        if (strchr("\\`*[]<>#|&", *p))
            mu_buf_puts(&b, "\\");
        mu_buf_add(&b, *p == '\n' ? " " : p, 1);
    }
    return mu_buf_into(&b, arena);
}

/* The blanks of any alphabet and what moves the pen, as far as a schema's \S leaves them out. */
static bool blank(uint32_t c)
{
    return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0xFEFF;
}

/* A value that is no text for people: one line, without blanks at its ends, and not empty. */
static const char *token(mu_arena *arena, const char *text)
{
    mu_buf b = {0};
    size_t len = strlen(text), gap = 0, step;
    for (size_t i = 0; i < len; i += step) {
        uint32_t c = 0;
        int n = mu_utf8(text + i, len - i, &c);
        step = n ? (size_t)n : 1;
        if (blank(c)) {
            gap = b.len > 0;
            continue;
        }
        mu_buf_puts(&b, gap ? " " : "");
        mu_buf_add(&b, text + i, step);
        gap = 0;
    }
    const char *copy = b.len ? mu_copy(arena, b.text, b.len) : "not stated";
    mu_buf_free(&b);
    return copy;
}

static const char *moment(const mu_about *about, mu_arena *arena)
{
    mu_zone *zone = mu_zone_load(arena, about->zone);
    int64_t utc = zone ? mu_zone_utc(zone, about->at) : about->at, day = mu_day_of(utc), ms = utc - day * MU_DAY_MS;
    mu_date d = mu_date_of_day(day);
    return mu_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day, (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60));
}

static void property(mu_buf *out, mu_arena *arena, const char *name, const char *value, const char *after)
{
    mu_buf_printf(out, "{\"name\": \"%s\", ", name);
    member(out, "value", token(arena, value), "}");
    mu_buf_puts(out, after);
}

static void observation(mu_buf *out, const mu_finding *f, const char *when, mu_arena *arena)
{
    mu_buf_puts(out, "{");
    member(out, "uuid", uuid(arena, "observation", f->id), ", ");
    member(out, "title", line(arena, f->gap->title), ", ");
    member(out, "description", line(arena, f->text), ", ");
    mu_buf_puts(out, "\"props\": [");
    property(out, arena, "place", mu_format(arena, "%s:%d:%d", f->at.file, f->at.line, f->at.column), ", ");
    property(out, arena, "subject", f->subject, "], ");
    mu_buf_printf(out, "\"methods\": [\"%s\"], \"types\": [\"finding\"], ", f->evidence_count ? "TEST" : "EXAMINE");
    if (f->proof) {
        mu_buf_puts(out, "\"relevant-evidence\": [{");
        member(out, "description", line(arena, f->proof), "}], ");
    }
    member(out, "collected", when, "}");
}

static void risk(mu_buf *out, const mu_finding *f, mu_arena *arena)
{
    mu_buf_puts(out, "{");
    member(out, "uuid", uuid(arena, "risk", f->id), ", ");
    member(out, "title", line(arena, f->gap->title), ", ");
    member(out, "description", line(arena, f->text), ", ");
    member(out, "statement", line(arena, mu_format(arena, "%s %s", f->gap->meaning, mu_lore_of(f->gap->id)->why)), ", ");
    mu_buf_puts(out, "\"props\": [");
    property(out, arena, "severity", mu_weight_word(f->weight), ", ");
    property(out, arena, "confidence", f->confidence, "], ");
    member(out, "status", f->suppressed ? "deviation-approved" : "open", ", ");
    mu_buf_puts(out, "\"remediations\": [{");
    member(out, "uuid", uuid(arena, "remediation", f->id), ", \"lifecycle\": \"recommendation\", ");
    member(out, "title", "The change that would close it", ", ");
    member(out, "description", line(arena, f->gap->fix), "}]}");
}

static void item(mu_buf *out, const mu_finding *f, mu_arena *arena)
{
    mu_buf_puts(out, "{");
    member(out, "uuid", uuid(arena, "item", f->id), ", ");
    member(out, "title", mu_format(arena, "%s %s", f->gap->id, line(arena, f->gap->title)), ", ");
    member(out, "description", line(arena, f->text), ", ");
    mu_buf_puts(out, "\"props\": [");
    property(out, arena, "maps-to", f->gap->clauses, "], ");
    mu_buf_printf(out, "\"related-observations\": [{\"observation-uuid\": \"%s\"}], ", uuid(arena, "observation", f->id));
    mu_buf_printf(out, "\"related-risks\": [{\"risk-uuid\": \"%s\"}]}", uuid(arena, "risk", f->id));
}

/* The schema wants at least one item: a plan without a gap says so in one. */
static void nothing(mu_buf *out, const mu_about *about, mu_arena *arena)
{
    mu_buf_puts(out, "\n  \"poam-items\": [{");
    member(out, "uuid", uuid(arena, "nothing", about->hash), ", ");
    member(out, "title", "No gap found", ", ");
    member(out, "description", mu_format(arena, "No gap was found by rules for %d types.", mu_rule_count(strcmp(about->mode, "calltree") == 0)), "}]");
}

#define LIST(key, call)                                    \
    do {                                                   \
        mu_buf_puts(out, "\n  \"" key "\": [");            \
        for (size_t i = 0; i < f->count; i++) {            \
            mu_buf_puts(out, i ? ",\n   " : "\n   ");      \
            const mu_finding *x = &f->list[i];             \
            call;                                          \
        }                                                  \
        mu_buf_puts(out, "\n  ]");                         \
    } while (0)

void mu_write_oscal(mu_buf *out, const mu_findings *f, const mu_about *about, mu_arena *arena)
{
    const char *when = moment(about, arena);
    mu_buf_puts(out, "{\"plan-of-action-and-milestones\": {\n  ");
    member(out, "uuid", uuid(arena, "document", about->hash), ",\n  \"metadata\": {");
    member(out, "title", line(arena, mu_format(arena, "Gaps of %s", about->title)), ", ");
    member(out, "last-modified", when, ", ");
    member(out, "version", token(arena, about->version ? about->version : ""), ", \"oscal-version\": \"1.1.2\"},\n  ");
    mu_buf_puts(out, "\"system-id\": {\"identifier-type\": \"https://ietf.org/rfc/rfc4122\", ");
    member(out, "id", uuid(arena, "system", about->title), "},");
    if (f->count) {
        LIST("observations", observation(out, x, when, arena));
        mu_buf_puts(out, ",");
        LIST("risks", risk(out, x, arena));
        mu_buf_puts(out, ",");
        LIST("poam-items", item(out, x, arena));
    } else {
        nothing(out, about, arena);
    }
    mu_buf_puts(out, "\n}}\n");
}
