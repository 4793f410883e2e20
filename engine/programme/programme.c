#include "programme/programme.h"

#include <string.h>
#include <unistd.h>

#include "base/loopback.h"
#include "plan/schema.h"
#include "programme/format.h"
#include "programme/occasions.h"
#include "programme/recur.h"

typedef struct reading {
    mu_programme *p;
    mu_diags *diags;
    mu_zones *zones;
} reading;

#define SAY(...) mu_format(mu_diags_arena(r->diags), __VA_ARGS__)
/* The first value of a single one or of a list. */
#define EACH(child, node) for (const mu_node *child = first_of(node); child; child = next_of(node, child))

static const mu_node *first_of(const mu_node *n)
{
    return !n ? NULL : n->kind == MU_LIST ? n->first : n->kind == MU_SCALAR ? n : NULL;
}

static const mu_node *next_of(const mu_node *n, const mu_node *child)
{
    return n && n->kind == MU_LIST ? child->next : NULL;
}

static void wrong(reading *r, const mu_node *n, int code, const char *text, const char *help)
{
    mu_diag_add(r->diags, MU_ERROR, code, n->at, text, help);
}

static void warn(reading *r, const mu_node *n, int code, const char *text, const char *help)
{
    mu_diag_add(r->diags, MU_WARNING, code, mu_place(n), text, help);
}

static const char *text_or(const mu_node *map, const char *key, const char *otherwise)
{
    const char *text = mu_get_text(map, key);
    return text ? text : otherwise;
}

static int64_t value_or(const mu_node *map, const char *key, int64_t otherwise)
{
    const mu_node *n = mu_get(map, key);
    return n && n->kind == MU_SCALAR ? n->value : otherwise;
}

static bool said(const mu_node *map, const char *key, const char *word)
{
    const char *text = mu_get_text(map, key);
    return text && strcmp(text, word) == 0;
}

const char *mu_beside(const mu_programme *p, const char *name, mu_arena *arena)
{
    const char *slash = strrchr(p->path, '/');
    return name[0] == '/' || !slash ? name : mu_format(arena, "%.*s/%s", (int)(slash - p->path), p->path, name);
}

int64_t mu_programme_local(const mu_programme *p, int64_t utc)
{
    return mu_zone_local(p->zone, utc);
}

bool mu_is_programme(const mu_tree *tree)
{
    return mu_get(mu_tree_root(tree), "muster_programme") != NULL;
}

/* ---- the programme ---- */

static void read_hours(reading *r, const mu_node *n, mu_hours_set *set)
{
    EACH (c, n) {
        int ranges[7][2], count = mu_hours_read(c->text, ranges, 7);
        if (set->count + count > MU_RANGES) {
            wrong(r, c, 211, SAY("%s holds more than %d ranges", n->key, MU_RANGES), NULL);
            return;
        }
        memcpy(set->ranges + set->count, ranges, (size_t)count * sizeof *ranges);
        set->count += count;
    }
}

static void read_holidays(reading *r, const mu_node *n)
{
    EACH (c, n) {
        if (!c->ref)
            mu_calendar_add(r->p->holidays, mu_day_of(c->value));
        for (const mu_node *day = c->ref ? c->ref->first : NULL; day; day = day->next)
            mu_calendar_add(r->p->holidays, mu_day_of(day->value));
    }
}

enum { CLOSED_MOST = 366 };

static void read_closed(reading *r, const mu_node *list)
{
    for (const mu_node *c = list && list->kind == MU_LIST ? list->first : NULL; c; c = c->next) {
        int64_t from = mu_day_of(value_or(c, "from", 0)), to = mu_day_of(value_or(c, "to", 0));
        if (to < from || to - from > CLOSED_MOST)
            wrong(r, mu_get(c, "to") ? mu_get(c, "to") : c, 208, to < from ? "closed ends before it begins" : "closed lasts longer than a year", NULL);
        else
            for (int64_t day = from; day <= to; day++)
                mu_calendar_add(r->p->holidays, day);
    }
}

static void read_rules(reading *r, const mu_node *n)
{
    enum { MOST = sizeof r->p->rules / sizeof *r->p->rules };
    EACH (c, n) {
        const char *ids[64];
        size_t count = 0;
        const mu_frequency *f = mu_frequency_of(c->text);
        for (const mu_frequency *k = mu_frequencies; k->id; k++)
            ids[count++] = k->id;
        const char *near = mu_nearest(c->text, ids, count);
        if (!f)
            wrong(r, c, 206, SAY("\"%s\" is no rule of a frequency", c->text), near ? SAY("did you mean \"%s\"? muster explain frequencies lists them", near) : "muster explain frequencies lists them");
        else if (r->p->rule_count < MOST)
            r->p->rules[r->p->rule_count++] = f;
    }
}

/* A zone that the reader of the table found may still be damaged, or not be readable; then nothing of the programme is used. */
static const mu_zone *zone_of(reading *r, const mu_node *map, const mu_zone *otherwise)
{
    const mu_node *n = mu_get(map, "timezone");
    const mu_zone *zone = n && n->kind == MU_SCALAR ? mu_zones_get(r->zones, n->text) : NULL;
    if (!zone && n && mu_diags_count(r->diags, MU_ERROR) == 0)
        wrong(r, n, 26, SAY("the time zone \"%s\" cannot be read from the tz database", n->text), "look at the file of that name below /usr/share/zoneinfo");
    return zone ? zone : otherwise;
}

static void read_top(reading *r, const mu_node *top)
{
    mu_programme *p = r->p;
    p->title = text_or(top, "title", "");
    p->zone = zone_of(r, top, NULL);
    p->from = value_or(top, "from", 0);
    p->seed = (uint64_t)value_or(top, "seed", 1);
    p->folder = mu_beside(p, text_or(top, "folder", "drills"), p->arena);
    p->late_by = value_or(top, "late_by", MU_DAY_MS);
    read_holidays(r, mu_get(top, "holidays"));
    read_closed(r, mu_get(top, "closed"));
    read_hours(r, mu_get(top, "quiet"), &p->quiet);
    read_rules(r, mu_get(top, "rules"));
    if (p->quiet.count && mu_quiet_end(p, 0) < 0)
        wrong(r, mu_get(top, "quiet"), 207, "every hour of the week is quiet: no drill could ever begin", NULL);
}

/* ---- recipients ---- */

static bool is_mail(const char *s)
{
    const char *at = strchr(s, '@');
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+@";
    return at && at != s && at[1] && !strchr(at + 1, '@') && strspn(s, signs) == strlen(s) && strlen(s) < 255 && *s != '-';
}

static bool is_url(const char *s)
{
    size_t head = strncmp(s, "https://", 8) == 0 ? 8 : strncmp(s, "http://", 7) == 0 ? 7 : 0, len = strlen(s);
    for (size_t i = 0; i < len; i++)
        if (s[i] <= ' ' || s[i] > '~')
            return false;
    return head && s[head] && s[head] != '/' && len < 2000;
}

static void read_recipient(reading *r, const mu_node *n, mu_recipient *out)
{
    const mu_node *sending = mu_get(r->p->root, "sending");
    *out = (mu_recipient){n->key, text_or(n, "name", n->key), mu_get_text(n, "mail"), mu_get_text(n, "webhook"), mu_get_text(n, "slack"), mu_get(n, "opted_in") ? mu_get(n, "opted_in")->value : INT64_MAX, mu_get_text(n, "is")};
    if (out->mail && !is_mail(out->mail))
        wrong(r, mu_get(n, "mail"), 204, SAY("\"%s\" is no mail address", out->mail), "write name@example.org alone");
    if (out->mail && (!mu_get(sending, "smtp") || !mu_get(sending, "from")))
        wrong(r, mu_get(n, "mail"), 204, SAY("%s has a mail address, and the programme does not say how mail is sent", n->key), "write sending: {smtp: \"smtps://mail.example.org\", from: drills@example.org}");
    if (out->webhook && !is_url(out->webhook))
        wrong(r, mu_get(n, "webhook"), 204, SAY("\"%s\" is no web address", out->webhook), "write https://...");
    if (out->slack && !is_url(out->slack))
        wrong(r, mu_get(n, "slack"), 204, SAY("\"%s\" is no web address", out->slack), "write https://...");
    if (out->is && strncmp(out->is, "person:", 7) != 0 && strncmp(out->is, "external:", 9) != 0)
        wrong(r, mu_get(n, "is"), 213, SAY("\"%s\" is nobody of a plan", out->is), "write person:ana or external:counsel, ids of the plan");
    if (!out->mail && !out->webhook && !out->slack && !out->is)
        mu_diag_add(r->diags, MU_ERROR, 204, mu_place(n), SAY("%s has no address: no mail, no webhook, no slack", n->key), "somebody whom only a call tree asks needs none: write is: person:ana");
}

static void same_twice(reading *r, const mu_recipient *out)
{
    for (const mu_recipient *other = r->p->recipients; other < out; other++)
        if (out->is && other->is && strcmp(other->is, out->is) == 0)
            wrong(r, mu_get(mu_get(mu_get(r->p->root, "recipients"), out->id), "is"), 213, SAY("%s and %s are the same one of the plan", other->id, out->id), "write it once");
}

static void read_recipients(reading *r, const mu_node *map)
{
    mu_programme *p = r->p;
    int room = map && map->kind == MU_MAP ? map->count : 0;
    p->recipients = mu_alloc(p->arena, ((size_t)room + 1) * sizeof *p->recipients);
    for (const mu_node *c = room ? map->first : NULL; c; c = c->next)
        if (c->kind == MU_MAP) {
            read_recipient(r, c, &p->recipients[p->recipient_count]);
            same_twice(r, &p->recipients[p->recipient_count++]);
        }
}

static const mu_recipient *recipient(const mu_programme *p, const char *id)
{
    for (int i = 0; i < p->recipient_count; i++)
        if (strcmp(p->recipients[i].id, id) == 0)
            return &p->recipients[i];
    return NULL;
}

/* "https://drills.example.org" alone; without TLS on this machine only. */
static bool is_origin(const char *s)
{
    return is_url(s) && !strpbrk(s + 8, "/?#@") && (strncmp(s, "https://", 8) == 0 || mu_loopback_url(s));
}

static void read_answers(reading *r, const mu_node *n)
{
    mu_answers_at *a = &r->p->answers;
    *a = (mu_answers_at){.at = mu_get_text(n, "at"), .listen = text_or(n, "listen", "127.0.0.1"), .port = (int)value_or(n, "port", 8080), .certificate = mu_get_text(n, "certificate"), .key = mu_get_text(n, "key")};
    if (a->at && !is_origin(a->at))
        wrong(r, mu_get(n, "at"), 214, SAY("\"%s\" is nothing that a link can begin with", a->at), "write https://drills.example.org alone; without TLS http://localhost:8080, for this machine");
    if (!a->certificate != !a->key)
        wrong(r, n, 214, "certificate and key belong together", NULL);
    if (!mu_loopback(a->listen) && !a->certificate)
        wrong(r, mu_get(n, "listen"), 214, "beyond this machine answers are taken with TLS only", "write certificate and key, or listen: 127.0.0.1 behind a server that does TLS");
}

static void read_sending(reading *r, const mu_node *n)
{
    mu_programme *p = r->p;
    p->smtp = mu_get_text(n, "smtp");
    p->mail_from = mu_get_text(n, "from");
    p->smtp_user = mu_get_text(n, "user");
    p->password_in = mu_get_text(n, "password_in");
    p->webhook_key_in = mu_get_text(n, "webhook_key_in");
    p->patience = value_or(n, "patience", 30000);
    p->give_up_after = value_or(n, "give_up_after", 2 * MU_DAY_MS);
    if (p->smtp && strncmp(p->smtp, "smtp://", 7) != 0 && strncmp(p->smtp, "smtps://", 8) != 0)
        wrong(r, mu_get(n, "smtp"), 204, SAY("\"%s\" is no mail server", p->smtp), "write smtps://mail.example.org or smtp://localhost:25");
    if (p->mail_from && !is_mail(p->mail_from))
        wrong(r, mu_get(n, "from"), 204, SAY("\"%s\" is no mail address", p->mail_from), "write name@example.org alone");
    read_answers(r, mu_get(n, "answers"));
}

/* ---- drills ---- */

static void need_file(reading *r, const mu_node *n, const char *what)
{
    if (n && n->kind == MU_SCALAR && *n->text && access(mu_beside(r->p, n->text, mu_diags_arena(r->diags)), R_OK) != 0)
        wrong(r, n, 200, SAY("there is no %s \"%s\" beside the programme", what, n->text), NULL);
}

static void read_scenarios(reading *r, const mu_node *n, mu_series *s)
{
    EACH (c, n) {
        need_file(r, c, "scenario");
        if (s->scenario_count < MU_ROTATION)
            s->scenarios[s->scenario_count++] = c->text;
        else
            wrong(r, c, 211, SAY("a rotation holds more than %d scenarios", MU_ROTATION), NULL);
    }
    if (s->scenario_count && s->mode == MU_CALLTREE)
        wrong(r, n, 205, SAY("%s is a call tree and has a scenario, which nobody plays in it", s->id), "leave scenario out, or make it facilitated");
    if (s->scenario_count == 0 && s->mode != MU_CALLTREE)
        mu_diag_add(r->diags, MU_ERROR, 205, n ? n->at : mu_place(s->node), SAY("%s has no scenario, and only a call tree needs none", s->id), "write scenario: FILE, or a list that is taken in turn");
}

static void read_players(reading *r, const mu_node *n, mu_series *s)
{
    int room = !n ? 0 : n->kind == MU_LIST ? n->count : 1;
    const char **list = mu_alloc(r->p->arena, ((size_t)room + 1) * sizeof *list);
    s->players = list;
    EACH (c, n)
        list[s->player_count++] = c->text;
    if (room && s->mode == MU_MODEL)
        wrong(r, first_of(n), 205, "a model run has players, and nobody is asked in it", "make it facilitated, or leave players out");
    if (!room && (s->mode == MU_FACILITATED || s->mode == MU_FUNCTIONAL) && mu_get(s->node, "mode"))
        wrong(r, mu_get(s->node, "mode"), 205, SAY("a %s drill names nobody who plays", mu_mode_word(s->mode)), "write players: [incident_commander, ...], ids of roles of the plan");
}

static void read_before(reading *r, const mu_node *n, mu_told *told)
{
    EACH (c, n)
        if (told->before_count < MU_BEFORE)
            told->before[told->before_count++] = c->value;
        else
            wrong(r, c, 211, SAY("more than %d times before", MU_BEFORE), NULL);
    for (int i = 1; i < told->before_count; i++) /* the longest first */
        for (int k = i; k > 0 && told->before[k] > told->before[k - 1]; k--) {
            int64_t t = told->before[k];
            told->before[k] = told->before[k - 1];
            told->before[k - 1] = t;
        }
}

static void tell_one(reading *r, const mu_node *row, const mu_node *who, mu_series *s)
{
    const mu_programme *p = r->p;
    const char *ids[256];
    size_t count = 0;
    mu_told told = {.who = recipient(p, who->text), .result = value_or(row, "result", 0) != 0};
    for (int i = 0; i < p->recipient_count && count < 256; i++)
        ids[count++] = p->recipients[i].id;
    const char *near = told.who ? NULL : mu_nearest(who->text, ids, count);
    if (!told.who) {
        wrong(r, who, 203, SAY("tell names unknown recipient \"%s\"", who->text), near ? SAY("did you mean \"%s\"?", near) : "declare it under recipients");
        return;
    }
    read_before(r, mu_get(row, "before"), &told);
    if (told.who->opted_in == INT64_MAX)
        warn(r, who, 212, SAY("%s did not opt in: nothing will be sent there", who->text), "ask, and write opted_in: with the day of the yes");
    if (s->unannounced && told.before_count)
        warn(r, who, 210, SAY("the drill is unannounced, and %s is told before it", who->text), "right for who prepares it; else leave before out");
    s->told[s->told_count++] = told;
}

static void read_tell(reading *r, const mu_node *list, mu_series *s)
{
    int room = 0;
    for (const mu_node *row = list && list->kind == MU_LIST ? list->first : NULL; row; row = row->next)
        EACH (who, mu_get(row, "who"))
            room++;
    s->told = mu_alloc(r->p->arena, ((size_t)room + 1) * sizeof *s->told);
    for (const mu_node *row = list && list->kind == MU_LIST ? list->first : NULL; row; row = row->next)
        EACH (who, mu_get(row, "who"))
            tell_one(r, row, who, s);
}

static void check_recurrence(reading *r, const mu_series *s)
{
    const mu_node *n = mu_get(s->node, "recurrence");
    const char *why = NULL;
    mu_recur *rule = n ? mu_recur_open(mu_diags_arena(r->diags), n->text, s->first, &why) : NULL;
    int64_t local;
    if (n && !rule)
        wrong(r, n, 201, SAY("\"%s\" is no recurrence: %s", n->text, why), strstr(n->text, "QUARTERLY") ? "a quarter is FREQ=MONTHLY;INTERVAL=3" : "write FREQ=MONTHLY;BYDAY=1TU");
    else if (rule && mu_recur_often(rule))
        wrong(r, n, 201, "the drill would come more often than once a day", "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; first: says the time of day");
    else if (rule && !mu_recur_next(rule, &local))
        wrong(r, n, 202, "no day of the rule lies on or after first:, so the drill never comes", strstr(n->text, "UNTIL=") ? "look at UNTIL: it is local time, and must not lie before first:" : NULL);
    if (rule)
        mu_recur_close(rule);
}

static mu_within within_of(const char *word)
{
    static const char *const words[] = {"", "week", "month", "quarter", "year"};
    for (int i = 1; word && i < 5; i++)
        if (strcmp(words[i], word) == 0)
            return (mu_within)i;
    return MU_ANNOUNCED;
}

static void read_when(reading *r, const mu_node *n, mu_series *s)
{
    s->first = value_or(n, "first", 0);
    s->recurrence = mu_get_text(n, "recurrence");
    s->except = mu_get(n, "except");
    s->also = mu_get(n, "also");
    s->zone = zone_of(r, n, r->p->zone);
    s->on_holiday = said(n, "on_holiday", "skip") ? MU_SKIP : said(n, "on_holiday", "keep") || (!mu_get(n, "on_holiday") && s->mode == MU_MODEL) ? MU_KEEP : MU_NEXT_WORKING_DAY;
    s->unannounced = within_of(mu_get_text(n, "unannounced"));
    s->lasts = value_or(n, "lasts", 2 * 3600000);
    s->answer_within = value_or(n, "answer_within", -1);
    read_hours(r, mu_get(n, "between"), &s->between);
    if (s->unannounced && s->between.count == 0)
        wrong(r, mu_get(n, "unannounced"), 207, "an unannounced drill does not say within which hours it may come", "write between: mon-fri 09:00-16:00");
    if (mu_get(n, "first") && mu_get(n, "first")->value && s->first < r->p->from) /* one that is no date was said */
        wrong(r, mu_get(n, "first"), 208, "the drill begins before the programme does", "programme: from: says when it begins");
    check_recurrence(r, s);
}

static void read_series(reading *r, const mu_node *n, mu_series *s)
{
    const mu_node *gates = mu_get(n, "gates");
    *s = (mu_series){.id = n->key, .node = n, .title = text_or(n, "title", n->key), .plan = text_or(n, "plan", ""), .assumptions = mu_get_text(n, "assumptions"),
                     .drawn = said(n, "rotation", "drawn"), .mode = mu_mode_read(text_or(n, "mode", "")), .fail_on = text_or(gates, "fail_on", "never"),
                     .regression = value_or(gates, "regression", 0) != 0, .seed = (uint64_t)value_or(n, "seed", (int64_t)r->p->seed)};
    need_file(r, mu_get(n, "plan"), "plan");
    need_file(r, mu_get(n, "assumptions"), "file of assumptions");
    read_scenarios(r, mu_get(n, "scenario"), s);
    read_when(r, n, s);
    read_players(r, mu_get(n, "players"), s);
    read_tell(r, mu_get(n, "tell"), s);
}

static void read_drills(reading *r, const mu_node *map)
{
    mu_programme *p = r->p;
    int room = map && map->kind == MU_MAP ? map->count : 0;
    p->series = mu_alloc(p->arena, ((size_t)room + 1) * sizeof *p->series);
    for (const mu_node *c = room ? map->first : NULL; c; c = c->next)
        if (c->kind == MU_MAP)
            read_series(r, c, &p->series[p->series_count++]);
    if (map && map->kind == MU_MAP && room == 0)
        wrong(r, map, 202, "the programme holds no drill", NULL);
}

/* ---- what only the whole shows ---- */

/* A drill that comes can still be left out each time: look a few years ahead. */
static void check_comes(reading *r, const mu_series *s)
{
    mu_arena *arena = mu_arena_new();
    mu_programme alone = *r->p;
    alone.series = &(mu_series){0};
    *alone.series = *s;
    alone.series_count = 1;
    const mu_occasion *list;
    if (mu_occasions(&alone, MU_MOMENT_FIRST, MU_MOMENT_LAST, 1, arena, &list) == 0)
        mu_diag_add(r->diags, MU_ERROR, 202, mu_place(s->node), SAY("%s never comes: every day of it is left out", s->id), NULL);
    mu_arena_free(arena);
}

mu_programme *mu_programme_read(const char *path, mu_tree *tree, mu_diags *diags, mu_arena *arena)
{
    static const mu_schema schema = {mu_programme_fields, "programme", "programme-format"};
    mu_programme *p = mu_alloc(arena, sizeof *p);
    *p = (mu_programme){.arena = arena, .root = mu_tree_root(tree), .path = mu_tree_root(tree) ? mu_tree_root(tree)->at.file : path, .holidays = mu_calendar_new(arena, MU_SATURDAY_SUNDAY)};
    reading r = {p, diags, mu_zones_new(arena)};
    if (mu_tree_legible(tree))
        mu_schema_read_by(tree, &schema, diags);
    if (!mu_tree_whole(tree)) /* what the parts say together is asked of a whole one */
        return p;
    bool sound = mu_diags_count(diags, MU_ERROR) == 0;
    read_top(&r, mu_get(p->root, "programme"));
    read_sending(&r, mu_get(p->root, "sending"));
    read_recipients(&r, mu_get(p->root, "recipients"));
    read_drills(&r, mu_get(p->root, "drills"));
    for (int i = 0; sound && mu_diags_count(diags, MU_ERROR) == 0 && i < p->series_count; i++)
        check_comes(&r, &p->series[i]);
    return p;
}
