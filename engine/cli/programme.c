#include "cli/programme.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/zone.h"
#include "cli/moment.h"
#include "journal/journal.h"
#include "plan/codes.h"
#include "plan/schema.h"
#include "programme/ledger.h"

int mu_load(mu_loaded *l, const char *path)
{
    *l = (mu_loaded){.arena = mu_arena_new(), .diags = mu_diags_new()};
    l->tree = mu_tree_read(path, l->diags);
    bool read = mu_tree_legible(l->tree) && mu_diags_of_code(l->diags, MU_CODE_UNREAD) == 0;
    if (read && !mu_is_programme(l->tree))
        mu_diag_add(l->diags, MU_ERROR, 16, (mu_mark){path, 1, 1, 1}, "this is no programme", "begin with \"muster_programme: 1\"; muster explain programme-format says what it holds");
    else if (read)
        l->programme = mu_programme_read(path, l->tree, l->diags, l->arena);
    if (mu_diags_count(l->diags, MU_ERROR) == 0) /* warnings are for muster check */
        return 0;
    mu_say_diags(l->diags);
    return 3;
}

void mu_loaded_free(mu_loaded *l)
{
    mu_tree_free(l->tree);
    mu_diags_free(l->diags);
    mu_arena_free(l->arena);
}

/* The only reading of a clock for the programme. */
bool mu_now_read(const char *text, const mu_programme *p, int64_t *utc)
{
    char plain[32];
    size_t len = text ? strlen(text) : 0;
    bool zulu = len && text[len - 1] == 'Z';
    if (!text) {
        *utc = (int64_t)time(NULL) * 1000;
        return true;
    }
    if (len >= sizeof plain)
        return false;
    memcpy(plain, text, len + 1);
    plain[len - zulu] = '\0';
    if (!mu_time_read(plain, utc))
        return false;
    *utc = zulu ? *utc : mu_zone_utc(p->zone, mu_moment_meant(mu_zone_name(p->zone), *utc, "the programme is looked at as it is"));
    return true;
}

/* ---- drills that were held ---- */

int mu_by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The day that people spent on it; STARTEX, which the scenario may have on a day of its own, where no wall clock took part. */
static bool day_of(const mu_programme *p, const mu_journal *j, int64_t *local)
{
    for (size_t n = 1; n <= mu_journal_count(j); n++)
        if (mu_journal_event(j, n)->wall >= 0) {
            *local = mu_programme_local(p, mu_journal_event(j, n)->wall);
            return true;
        }
    return mu_time_read(mu_journal_text(j, mu_journal_event(j, 1), "starts"), local);
}

/* A drill counts once it is over, as what its journal shows that it was; one that was broken off for something real is over and counts as nothing. */
bool mu_drill_held(const mu_programme *p, const char *name, mu_arena *arena, mu_held *out)
{
    mu_reading reading;
    mu_journal *j = mu_journal_read(mu_format(arena, "%s/%s/journal.jsonl", p->folder, name), &reading);
    bool over = reading.soundness == MU_SOUND && mu_journal_ended(j);
    *out = (mu_held){.key = name, .mode = over && !mu_journal_broken_off(j) ? mu_mode_read(mu_journal_counts_as(j)) : 0};
    over = over && day_of(p, j, &out->local);
    mu_journal_free(j);
    return over;
}

/* STARTEX may lie some days behind the day on which it was played; muster due has seen that it was over. */
static void not_after_it_was_seen(const mu_programme *p, const mu_ledger *ledger, mu_held *held)
{
    bool seen = mu_ledger_is(ledger, held->key, "held");
    int64_t at = seen ? mu_programme_local(p, mu_ledger_last(ledger, held->key)->at) : held->local;
    held->local = at < held->local ? at : held->local;
}

int mu_drills_held(const mu_programme *p, mu_arena *arena, const mu_held **held)
{
    const char *const *names;
    const mu_node *own = mu_get(p->root, "held");
    int folders = mu_drill_folders(p->folder, arena, &names), count = 0;
    mu_held *out = mu_alloc(arena, (size_t)(folders + (own ? own->count : 0) + 1) * sizeof *out);
    const char *why;
    mu_opened opened;
    mu_ledger *ledger = mu_ledger_open(p->folder, false, &opened, &why, arena);
    for (int i = 0; i < folders; i++)
        if (mu_drill_held(p, names[i], arena, &out[count])) {
            if (opened == MU_OPENED)
                not_after_it_was_seen(p, ledger, &out[count]);
            count++;
        }
    mu_ledger_close(ledger);
    for (const mu_node *c = own && own->kind == MU_LIST ? own->first : NULL; c; c = c->next)
        out[count++] = (mu_held){mu_get_text(c, "evidence"), mu_mode_read(mu_get_text(c, "mode")), mu_get(c, "on")->value};
    *held = out;
    return count;
}
