/* Lists to choose from: what the plan and the exercise hold, in the order of the plan. */
#include <stdio.h>
#include <string.h>

#include "plan/catalogue.h"
#include "plan/fields.h"
#include "report/model.h"
#include "server/inside.h"

enum { ACTS = 30 };

static void option(mu_buf *out, const char *kind, const char *id, const char *words)
{
    mu_tag(out, "<option value=\"%s:%s\">%s</option>", kind, id, words);
}

static const char *title_of(const mu_node *n, const char *key)
{
    const char *text = mu_get_text(n, key);
    return text ? text : n->key;
}

static void section(const mu_stage *s, const char *name, const char *kind, const char *title, const char *group, mu_buf *out)
{
    const mu_node *list = mu_get(s->world->root, name);
    if (!list || !list->first)
        return;
    if (group)
        mu_tag(out, "<optgroup label=\"%s\">", group);
    for (const mu_node *n = list->first; n; n = n->next) {
        mu_buf words = {0};
        mu_buf_puts(&words, n->kind == MU_MAP ? title_of(n, title) : n->key);
        for (char *p = words.text; *p; p++)
            *p = *p == '_' ? ' ' : *p;
        option(out, kind, n->key, words.text);
        mu_buf_free(&words);
    }
    if (group)
        mu_buf_puts(out, "</optgroup>");
}

static void whom(const mu_stage *s, mu_buf *out)
{
    section(s, "roles", "role", "title", "Roles", out);
    section(s, "people", "person", "name", "People", out);
    section(s, "teams", "team", "title", "Teams", out);
    section(s, "externals", "external", "organisation", "Outside", out);
    section(s, "audiences", "audience", "title", "Audiences", out);
}

static void owners(const mu_stage *s, mu_buf *out)
{
    section(s, "roles", "role", "title", "Roles", out);
    section(s, "people", "person", "name", "People", out);
}

/* Whatever of the plan may have a gap. */
static void subjects(const mu_stage *s, mu_buf *out)
{
    mu_buf_puts(out, "<option value=\"plan\">the plan as a whole</option>");
    owners(s, out);
    section(s, "raci", "action", "title", "Actions", out);
    section(s, "playbooks", "playbook", "title", "Playbooks", out);
    section(s, "escalations", "escalation", "title", "Ladders", out);
    section(s, "severities", "severity", "title", "Levels", out);
    section(s, "channels", "channel", "title", "Channels", out);
    section(s, "audiences", "audience", "title", "Audiences", out);
    section(s, "obligations", "obligation", "title", "Duties", out);
    section(s, "externals", "external", "organisation", "Outside", out);
    section(s, "templates", "template", "title", "Templates", out);
    mu_buf_puts(out, "<optgroup label=\"Sections\">");
    for (const mu_field *f = mu_fields; f->in; f++)
        if (!*f->in)
            option(out, "section", f->key, f->key);
    mu_buf_puts(out, "</optgroup>");
}

static void own_roles(const mu_stage *s, int person, mu_buf *out)
{
    const char *why;
    for (int i = 0; i < s->world->role_count; i++)
        if (mu_holder(s->world, i, mu_stage_now(s), &why) == person)
            option(out, "role", s->world->roles[i].node->key, title_of(s->world->roles[i].node, "title"));
}

static void cards(const mu_stage *s, mu_buf *out)
{
    for (int i = 0; i < s->msel->card_count; i++)
        option(out, "card", s->msel->cards[i].name, s->msel->cards[i].name);
}

static void things(const mu_stage *s, mu_buf *out)
{
    for (int i = 0; i < s->world->thing_count; i++) {
        const char *name = mu_symbol_text(s->symbols, s->world->things[i].name);
        if (s->world->things[i].node->key)
            mu_tag(out, "<option value=\"%s\">%s%s</option>", name, name, s->world->things[i].down ? " (down)" : "");
    }
}

static void prompts(const mu_stage *s, mu_buf *out)
{
    for (int64_t p = 0; p < mu_run_prompts(s->run); p++)
        if (mu_run_prompt_until(s->run, p) >= 0)
            mu_tag(out, "<option value=\"prompt:%l\">question “%s” to %s</option>", p, s->msel->cards[mu_run_prompt_card(s->run, p)].name,
                   mu_page_name(s, mu_run_prompt_person(s->run, p)));
    for (int i = 0; i < s->msel->card_count; i++) {
        int64_t until;
        const char *state = mu_run_card_expects(s->run, i, &until);
        if (state && until >= 0)
            mu_tag(out, "<option value=\"card:%s\">what “%s” expects</option>", s->msel->cards[i].name, s->msel->cards[i].name);
    }
}

static void objectives(const mu_stage *s, mu_buf *out)
{
    for (int i = 0; i < s->msel->objective_count; i++)
        mu_tag(out, "<option value=\"%s\">%s: %s</option>", s->msel->objectives[i].id, s->msel->objectives[i].id, s->msel->objectives[i].text);
}

/* The last acts. */
static void acts(const mu_stage *s, mu_buf *out)
{
    mu_arena *arena = mu_arena_new();
    const mu_report *words = mu_tally_words(s, arena);
    int most = ACTS;
    for (size_t n = mu_journal_count(s->journal); n > 0 && most > 0; n--) {
        const mu_event *e = mu_journal_event(s->journal, n);
        char at[32];
        if (e->kind != EV_ACT || strcmp(mu_journal_text(s->journal, e, "verb"), "open") == 0)
            continue;
        mu_term_clock(s->seen, e->t, at);
        mu_tag(out, "<option value=\"%d\">%s  %s</option>", (int)n, at, mu_tally_act(s, words, (uint32_t)n));
        most--;
    }
    mu_arena_free(arena);
}

static void gaps(mu_buf *out)
{
    for (const mu_gap *g = mu_gaps; g->id; g++)
        mu_tag(out, "<option value=\"%s\">%s %s</option>", g->id, g->id, g->title);
}

void mu_choices_write(mu_stage *s, mu_choices choices, int person, mu_buf *out)
{
    switch (choices) {
    case CHOOSE_WHOM: whom(s, out); break;
    case CHOOSE_CHANNEL:
        mu_buf_puts(out, "<option value=\"\">as the plan says</option>");
        section(s, "channels", "channel", "title", NULL, out);
        break;
    case CHOOSE_ACTION: section(s, "raci", "action", "title", NULL, out); break;
    case CHOOSE_PERSON: section(s, "people", "person", "name", NULL, out); break;
    case CHOOSE_SEVERITY: section(s, "severities", "severity", "title", NULL, out); break;
    case CHOOSE_LADDER: section(s, "escalations", "escalation", "title", NULL, out); break;
    case CHOOSE_AUDIENCE: section(s, "audiences", "audience", "title", NULL, out); break;
    case CHOOSE_OWN_ROLE: own_roles(s, person, out); break;
    case CHOOSE_CARD: cards(s, out); break;
    case CHOOSE_THING: things(s, out); break;
    case CHOOSE_PROMPT: prompts(s, out); break;
    case CHOOSE_OBJECTIVE: objectives(s, out); break;
    case CHOOSE_ACT: acts(s, out); break;
    case CHOOSE_OWNER: owners(s, out); break;
    case CHOOSE_GAP: gaps(out); break;
    case CHOOSE_SUBJECT: subjects(s, out); break;
    case CHOOSE_SURE:
        mu_buf_puts(out, "<option value=\"\">not said</option><option value=\"1\">Unsure</option><option value=\"2\">Fairly</option><option value=\"3\">Certain</option>");
        break;
    default: break;
    }
}
