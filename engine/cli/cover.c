/* muster cover: who can be missing before a plan stops working. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "absence/nodes.h"
#include "base/check.h"
#include "cli/absent.h"
#include "cli/check_scenario.h"
#include "cli/command.h"
#include "cli/moment.h"
#include "cli/progress.h"
#include "plan/schema.h"
#include "report/cover.h"

enum { LONGEST = 400, CHANCES = 256 };

typedef struct options {
    char *plan, *scenario;
    unsigned order, kinds, fail_on, repair;
    int costs[MU_CHANGE_KINDS];
    bool timed;
    int64_t at;         /* local; with `timed` */
    bool stretched;
    int64_t from, until; /* local; with `stretched` */
    const char *format;
    mu_buf command, mend;
    char *chances[CHANCES]; /* as they were given */
    int chance_count;
    bool calendar;          /* chances over the stretch */
} options;

/* ---- the command line ---- */

static bool read_kinds(const mu_args *args, options *o)
{
    int at = 0;
    for (char *value; (value = mu_arg_next(args, "with", &at));)
        if (!mu_absent_kinds(value, &o->kinds))
            return false;
    o->kinds = o->kinds ? o->kinds : MU_EVERY_ELEMENT;
    return true;
}

static bool read_chances(const mu_args *args, options *o)
{
    int at = 0;
    for (char *value; (value = mu_arg_next(args, "chance", &at));) {
        char *rest = NULL;
        for (char *word = strtok_r(value, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
            o->calendar = o->calendar || strcmp(word, "calendar") == 0;
            if (strcmp(word, "calendar") == 0)
                continue;
            if (o->chance_count == CHANCES)
                return false;
            o->chances[o->chance_count++] = word;
        }
    }
    return true;
}

static bool read_costs(const mu_args *args, options *o)
{
    int at = 0;
    for (int k = 0; k < MU_CHANGE_KINDS; k++)
        o->costs[k] = 1;
    for (char *value; (value = mu_arg_next(args, "cost", &at));)
        if (!mu_absent_costs(value, o->costs))
            return false;
    return true;
}

/* False where it was given and is none. */
static bool read_stretch(const mu_args *args, options *o)
{
    int at = 0;
    const char *from = mu_arg_next(args, "between", &at), *until = mu_arg_next(args, "between", &at);
    o->stretched = from != NULL;
    return !from || (until && mu_moment_read(from, &o->from) && mu_moment_read(until, &o->until) && o->from < o->until &&
                     o->until - o->from <= LONGEST * MU_DAY_MS && !mu_arg_next(args, "between", &at));
}

static const char *wrong_value(const mu_args *args, options *o)
{
    const char *absent = mu_arg_or(args, "absent", "2"), *fail_on = mu_arg(args, "fail-on-order"), *at = mu_arg(args, "at");
    o->order = MU_ALL_ORDERS;
    if (strcmp(absent, "all") != 0 && !mu_absent_order(absent, &o->order))
        return "--absent takes how many may be absent at once: 1 to 64, or all";
    if (!read_kinds(args, o))
        return MU_ABSENT_KINDS;
    if (mu_arg(args, "repair") && !mu_absent_order(mu_arg(args, "repair"), &o->repair))
        return "--repair takes how many absences are to break nothing: 1 to 64";
    if (!read_costs(args, o))
        return MU_ABSENT_COSTS;
    if (!read_chances(args, o))
        return "no more than 256 chances can be given";
    o->timed = at != NULL;
    if (at && !mu_moment_read(at, &o->at))
        return "--at takes a day or a moment: 2026-07-10, or \"2026-07-10 17:40\"";
    if (!read_stretch(args, o))
        return "--between takes two days or moments, the earlier first, at most 400 days apart: 2026-07-10 2026-10-10";
    if (o->calendar && !o->stretched)
        return "--chance calendar goes with --between: the stretch whose leave, hours and turns are meant";
    if (fail_on && !mu_absent_order(fail_on, &o->fail_on))
        return "--fail-on-order takes a whole number from 1 to 64";
    if (o->order != MU_ALL_ORDERS && o->fail_on > o->order)
        return "--fail-on-order is more than --absent looks for";
    return NULL;
}

static const char *moment(const mu_house *h, int64_t local)
{
    mu_date d = mu_date_of_day(mu_day_of(local));
    int minute = (int)(mu_time_of_day(local) / 60000);
    return mu_format(h->judge.arena, "%04d-%02d-%02d %02d:%02d", d.year, d.month, d.day, minute / 60, minute % 60);
}

/* As somebody would type it again; --at is named in any case, since without it the answer is another one tomorrow. */
static void write_command(options *o, const char *plan, const char *scenario, const mu_house *h, int64_t utc)
{
    mu_buf_printf(&o->command, "muster cover %s%s%s", plan, scenario ? " " : "", scenario ? scenario : "");
    if (o->order == MU_ALL_ORDERS)
        mu_buf_puts(&o->command, " --absent all");
    else
        mu_buf_printf(&o->command, " --absent %u", o->order);
    mu_absent_with(&o->command, o->kinds);
    mu_buf_printf(&o->command, " --at \"%s\"", moment(h, mu_zone_local(h->zone, utc)));
    if (o->stretched)
        mu_buf_printf(&o->command, " --between \"%s\" \"%s\"", moment(h, o->from), moment(h, o->until));
    if (o->calendar || o->chance_count)
        mu_buf_puts(&o->command, o->calendar ? " --chance calendar" : " --chance ");
    for (int i = 0; i < o->chance_count; i++)
        mu_buf_printf(&o->command, "%s%s", i || o->calendar ? "," : "", o->chances[i]);
    if (o->repair)
        mu_buf_printf(&o->command, " --repair %u", o->repair);
    mu_absent_cost(&o->command, o->costs);
}

/* The patch of the same question. */
static void write_mend(options *o, const char *plan, const char *scenario, const mu_house *h, int64_t utc)
{
    mu_buf_printf(&o->mend, "muster amend %s%s%s --cover %u", plan, scenario ? " " : "", scenario ? scenario : "", o->repair ? o->repair : 1);
    mu_absent_with(&o->mend, o->kinds);
    mu_absent_cost(&o->mend, o->costs);
    mu_buf_printf(&o->mend, " --at \"%s\" > cover.patch", moment(h, mu_zone_local(h->zone, utc)));
}

static int read_options(int argc, char **argv, options *o)
{
    mu_args args;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    *o = (options){.plan = args.operands[0], .scenario = args.operand_count > 1 ? args.operands[1] : NULL, .format = mu_arg_or(&args, "format", "text")};
    const char *wrong = wrong_value(&args, o);
    return wrong ? mu_args_wrong(&args, wrong) : MU_GO_ON;
}

/* ---- the answer ---- */

static void watch(void *self, int done)
{
    mu_progress_bar(self, "the least sets", done);
}

static void watch_hours(void *self, int done)
{
    mu_progress_bar(self, "hour by hour", done);
}

static void watch_odds(void *self, int done)
{
    mu_progress_bar(self, "the chances", done);
}

static void watch_repair(void *self, int rounds)
{
    char text[80];
    if (!mu_progress_due(self, mu_progress_clock()))
        return;
    snprintf(text, sizeof text, "the smallest repair: round %d", rounds);
    mu_progress_show(self, text);
}

static int refuse(const char *why)
{
    fprintf(stderr, "muster: %s\n", why);
    return 5;
}

/* "5%" or "0.05" */
static bool read_chance(const char *text, double *chance)
{
    char *end;
    *chance = strtod(text, &end);
    if (*end == '%')
        *chance /= 100, end++;
    return end != text && !*end && *text >= '0' && *text <= '9' && *chance >= 0 && *chance <= 1;
}

/* "ana", "person:ana", "channel:mail" */
static bool is_called(const char *name, const char *word, size_t len)
{
    bool bare = !memchr(word, ':', len);
    const char *own = bare ? strchr(name, ':') + 1 : name;
    return strlen(own) == len && memcmp(own, word, len) == 0;
}

/* NULL, or what is wrong with one of them. */
static const char *chances_of(const options *o, const mu_needs *needs, double *absent)
{
    for (int i = 0; i < o->chance_count; i++) {
        const char *word = o->chances[i], *sign = strchr(word, '=');
        size_t len = sign ? (size_t)(sign - word) : 0;
        double chance;
        bool known = !sign;
        if (!read_chance(sign ? sign + 1 : word, &chance))
            return mu_format(needs->house->judge.arena, "--chance takes a share from 0 to 1, or percent: 5%%, ana=10%%; not \"%s\"", word);
        for (int e = 0; e < needs->element_count; e++)
            if (!sign || is_called(needs->elements[e].name, word, len)) {
                absent[e] = chance;
                known = true;
            }
        if (!known)
            return mu_format(needs->house->judge.arena, "--chance names \"%.*s\", which is nothing of the plan that --with lets be absent", (int)len, word);
    }
    return NULL;
}

static void say_why(void *self, const char *why)
{
    mu_progress_end(self);
    fprintf(stderr, "muster: %s; an interval of 99%% is drawn from samples instead, at most 0.0001 to either side\n", why);
}

/* NULL with *why; *wrong where a chance cannot be taken as it was given. */
static const mu_odds *odds(const options *o, const mu_needs *needs, const mu_needs_options *asked, mu_progress *progress, const char **why, bool *wrong)
{
    double *absent = mu_alloc(needs->house->judge.arena, ((size_t)needs->element_count + 1) * sizeof *absent);
    mu_odds_options how = {absent, MU_NODES_MOST, say_why, watch_odds, progress};
    *why = chances_of(o, needs, absent);
    *wrong = *why != NULL;
    if (*why)
        return NULL;
    if (!o->calendar)
        return mu_odds_of(needs, &how);
    const mu_zone *zone = needs->house->zone;
    return mu_odds_over(needs, asked, mu_zone_utc(zone, o->from), mu_zone_utc(zone, o->until), &how, why);
}

static int put(const options *o, const mu_cover_page *page)
{
    mu_buf out = {0};
    if (strcmp(o->format, "json") == 0)
        mu_write_cover_json(&out, page);
    else if (strcmp(o->format, "html") == 0)
        mu_write_cover_html(&out, page);
    else
        mu_write_cover_text(&out, page, mu_look_of(stdout));
    return mu_put_all(&out);
}

static bool fails(const options *o, const mu_cover *c)
{
    return o->fail_on && (c->broken_count || (c->set_count && c->sets[0].count <= (int)o->fail_on));
}

static int cover(options *o, const mu_tree *plan, const mu_scenes *scenes, mu_arena *arena)
{
    const mu_scene *scene = scenes->count ? &scenes->list[0] : NULL;
    mu_house *h = mu_house_of(plan, arena);
    int64_t utc = o->timed ? mu_zone_utc(h->zone, o->at) : scene ? mu_zone_utc(h->zone, scene->starts) : mu_moment_now();
    mu_needs_options asked = {.utc = utc, .kinds = o->kinds, .incident = scene ? scene->kind : NULL};
    const char *why;
    mu_needs *needs = mu_needs_of(h, &asked, &why);
    if (!needs)
        return refuse(why);
    if (o->timed)
        mu_moment_meant(mu_zone_name(h->zone), o->at, "the plan is looked at as it is");
    if (o->stretched) {
        o->from = mu_moment_meant(mu_zone_name(h->zone), o->from, "the stretch begins");
        o->until = mu_moment_meant(mu_zone_name(h->zone), o->until, "the stretch ends");
    }
    mu_progress progress;
    mu_progress_begin(&progress, stderr, mu_progress_clock());
    mu_cover *c = mu_cover_of(needs, o->order, MU_NODES_MOST, watch, &progress, &why);
    write_command(o, o->plan, o->scenario, h, utc);
    write_mend(o, o->plan, o->scenario, h, utc);
    mu_cover_page page = {.cover = c, .plan = plan, .command = o->command.text, .mend = o->mend.text, .kinds = o->kinds};
    if (c && o->repair) {
        mu_repair_options mend = {.needs = asked, .order = o->repair, .most = MU_NODES_MOST};
        memcpy(mend.costs, o->costs, sizeof mend.costs);
        page.repair = mu_repair_of(h, &mend, watch_repair, &progress, &why);
        c = page.repair ? c : NULL;
    }
    if (c && o->stretched) {
        page.hours = mu_hours_of(h, asked.incident, mu_zone_utc(h->zone, o->from), mu_zone_utc(h->zone, o->until), watch_hours, &progress, &why);
        c = page.hours ? c : NULL;
    }
    bool wrong = false;
    if (c && (o->chance_count || o->calendar)) {
        page.odds = odds(o, needs, &asked, &progress, &why, &wrong);
        c = page.odds ? c : NULL;
    }
    mu_progress_end(&progress);
    int status = c ? put(o, &page) : refuse(why);
    if (status == 0 && fails(o, c))
        status = 1;
    status = wrong ? 2 : status;
    mu_needs_free(needs);
    mu_buf_free(&o->command);
    mu_buf_free(&o->mend);
    return status;
}

static bool sound(mu_diags *diags)
{
    mu_buf out = {0};
    bool ok = mu_diags_count(diags, MU_ERROR) == 0;
    mu_diags_show(&out, diags, mu_look_of(stderr));
    if (!ok)
        mu_buf_puts(&out, "\nThe plan has errors, and its coverage was not looked at: mend these first.\n");
    if (out.len)
        fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
    return ok;
}

int mu_cmd_cover(int argc, char **argv)
{
    options o;
    int ended = read_options(argc, argv, &o);
    if (ended != MU_GO_ON)
        return ended;
    mu_diags *diags = mu_diags_new();
    mu_tree *plan = mu_tree_read(o.plan, diags);
    mu_schema_read_legible(plan, diags);
    mu_arena *arena = mu_arena_new();
    mu_checked checked = {.arena = arena};
    int status = sound(diags) && plan ? 0 : 3;
    if (status == 0 && o.scenario && mu_check_scenarios(&checked, plan, &o.scenario, 1, mu_look_of(stderr)) > 0)
        status = 3;
    if (status == 0)
        status = cover(&o, plan, &checked.scenes, arena);
    mu_checked_free(&checked);
    mu_arena_free(arena);
    mu_tree_free(plan);
    mu_diags_free(diags);
    return status;
}
