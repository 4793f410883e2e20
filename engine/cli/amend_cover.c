/* muster amend --cover: the smallest repair of what absences break, as a patch that is proved by the cover of the patched plan. */
#include <stdio.h>
#include <string.h>

#include "absence/nodes.h"
#include "cli/absent.h"
#include "cli/amend.h"
#include "cli/check_scenario.h"
#include "cli/command.h"
#include "cli/moment.h"
#include "cli/patches.h"
#include "cli/progress.h"

static void watch(void *self, int rounds)
{
    char text[80];
    if (!mu_progress_due(self, mu_progress_clock()))
        return;
    snprintf(text, sizeof text, "the smallest repair: round %d", rounds);
    mu_progress_show(self, text);
}

/* As it would be typed again. */
static const char *command(const mu_amend_cover *asked, const mu_tree *plan, const char *as_of, mu_arena *arena)
{
    mu_buf out = {0};
    mu_buf_printf(&out, "muster amend %s%s%s --cover %u", mu_tree_root(plan)->at.file, asked->scenario ? " " : "", asked->scenario ? asked->scenario : "", asked->order);
    mu_absent_with(&out, asked->kinds);
    mu_absent_cost(&out, asked->costs);
    mu_buf_printf(&out, " --at \"%s\"", as_of);
    return mu_buf_into(&out, arena);
}

static int put(const mu_amend_cover *asked, const mu_repairs *r, const mu_house *h, const char *as_of)
{
    mu_buf out = {0};
    mu_arena *arena = h->judge.arena;
    if (strcmp(asked->format, "json") == 0) {
        mu_amend_cover_json(&out, r, as_of, arena);
    } else if (strcmp(asked->format, "html") == 0) {
        mu_amend_cover_html(&out, r, h, as_of, command(asked, r->plan, as_of, arena));
    } else {
        mu_repairs_words(&out, r, as_of, arena);
        mu_repairs_hunks(&out, r, mu_diff_name, NULL, arena);
    }
    return mu_put_all(&out);
}

static int mend(const mu_amend_cover *asked, const mu_tree *plan, const mu_scene *scene, mu_arena *arena)
{
    mu_house *h = mu_house_of(plan, arena);
    int64_t utc = asked->timed ? mu_zone_utc(h->zone, asked->at) : scene ? mu_zone_utc(h->zone, scene->starts) : mu_moment_now(), local = mu_zone_local(h->zone, utc);
    mu_repair_options options = {.needs = {.utc = utc, .kinds = asked->kinds, .incident = scene ? scene->kind : NULL}, .order = asked->order, .most = MU_NODES_MOST};
    memcpy(options.costs, asked->costs, sizeof options.costs);
    mu_date day = mu_date_of_day(mu_day_of(local));
    int minute = (int)(mu_time_of_day(local) / 60000);
    const char *why, *as_of = mu_format(arena, "%04d-%02d-%02d %02d:%02d", day.year, day.month, day.day, minute / 60, minute % 60);
    mu_progress progress;
    mu_progress_begin(&progress, stderr, mu_progress_clock());
    mu_repairs *r = mu_repairs_of(plan, h, &options, local, watch, &progress, &why);
    mu_progress_end(&progress);
    if (!r) {
        fprintf(stderr, "muster: %s\n", why);
        return 5;
    }
    int status = put(asked, r, h, as_of);
    status = status ? status : mu_amend_end(r->plan, r->splice, r->unproved, asked->write);
    mu_repairs_free(r);
    return status;
}

int mu_amend_by_cover(const mu_amend_cover *asked, const mu_tree *plan, mu_arena *arena)
{
    mu_checked checked = {.arena = arena};
    char *scenario = asked->scenario;
    if (scenario && mu_check_scenarios(&checked, plan, &scenario, 1, mu_look_of(stderr)) > 0) {
        mu_checked_free(&checked);
        return 3;
    }
    int status = mend(asked, plan, checked.scenes.count ? &checked.scenes.list[0] : NULL, arena);
    mu_checked_free(&checked);
    return status;
}
