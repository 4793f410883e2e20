/* What the programme's messages say. Every one of them says EXERCISE EXERCISE EXERCISE, first and last: nobody may take it for the real thing. */
#include <string.h>

#include "base/json.h"
#include "programme/agenda.h"

void mu_message_name(mu_buf *out, const char *name)
{
    mu_buf_safe(out, name, strlen(name), 300);
}

static const char *when(const mu_occasion *o, mu_arena *arena)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return mu_format(arena, "%s %s %s", days[mu_weekday(mu_day_of(o->local))], mu_moment_text(arena, o->local), mu_zone_name(o->series->zone));
}

const char *mu_message_subject(const mu_message *m, mu_arena *arena)
{
    mu_buf out = {0};
    mu_buf_puts(&out, MU_EXERCISE ": ");
    mu_message_name(&out, m->occasion->series->title);
    mu_buf_printf(&out, m->missed ? ", missed: %s" : m->before < 0 ? ", result of %s" : ", %s", when(m->occasion, arena));
    return mu_buf_into(&out, arena);
}

static void what_comes(mu_buf *out, const mu_message *m, mu_arena *arena)
{
    const mu_series *s = m->occasion->series;
    mu_buf_puts(out, "A drill of the incident response plan is planned.\n\n  What:    ");
    mu_message_name(out, s->title);
    mu_buf_printf(out, "\n  When:    %s\n  Kind:    %s: %s\n", when(m->occasion, arena), mu_mode_word(s->mode), mu_mode_is(s->mode));
    for (int i = 0; i < s->player_count; i++) {
        mu_buf_puts(out, i ? ", " : "  Players: ");
        mu_message_name(out, s->players[i]);
    }
    mu_buf_puts(out, s->player_count ? "\n" : "");
    if (s->unannounced)
        mu_buf_puts(out, "\nIt is unannounced: you know of it as you prepare it. Do not pass this on.\n");
}

static void what_came(mu_buf *out, const mu_message *m, const char *result)
{
    mu_buf_puts(out, "A drill of the incident response plan is over.\n\n  What:    ");
    mu_message_name(out, m->occasion->series->title);
    mu_buf_puts(out, *m->occasion->scenario ? "\n  Played:  " : "");
    mu_message_name(out, m->occasion->scenario);
    mu_buf_printf(out, "\n  Kind:    %s: %s; %s\n  Result:  ", mu_mode_word(m->occasion->series->mode), mu_mode_is(m->occasion->series->mode), mu_mode_not(m->occasion->series->mode));
    mu_message_name(out, result ? result : "");
    mu_buf_printf(out, "\n  Folder:  %s\n", m->occasion->key);
}

static void what_was_missed(mu_buf *out, const mu_message *m, mu_arena *arena)
{
    const mu_series *s = m->occasion->series;
    mu_buf_puts(out, "A drill of the incident response plan was not held, and is not held any more: its time is over.\n\n  What:    ");
    mu_message_name(out, s->title);
    mu_buf_printf(out, "\n  When:    %s\n  Kind:    %s: %s\n", when(m->occasion, arena), mu_mode_word(s->mode), mu_mode_is(s->mode));
}

const char *mu_message_text(const mu_programme *p, const mu_message *m, const char *result, mu_arena *arena)
{
    mu_buf out = {0};
    mu_buf_puts(&out, MU_EXERCISE "\n\n");
    if (m->missed)
        what_was_missed(&out, m, arena);
    else if (m->before < 0)
        what_came(&out, m, result);
    else
        what_comes(&out, m, arena);
    mu_buf_puts(&out, "\nThis is no incident: nothing has happened. A real emergency goes before any drill.\nYou get this as you agreed to in ");
    mu_message_name(&out, p->title);
    mu_buf_puts(&out, "; who keeps it ends it when you ask.\n\n" MU_EXERCISE "\n");
    return mu_buf_into(&out, arena);
}

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, ",\"%s\":", key);
    mu_json_text(out, text);
}

const char *mu_message_json(const mu_programme *p, const mu_message *m, const char *text, mu_arena *arena)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "{\"schema\":\"muster.message/1\"");
    member(&out, "exercise", MU_EXERCISE);
    member(&out, "id", m->key);
    member(&out, "kind", m->missed ? "missed" : m->before < 0 ? "result" : "before");
    member(&out, "programme", p->title);
    member(&out, "drill", m->occasion->series->id);
    member(&out, "title", m->occasion->series->title);
    member(&out, "mode", mu_mode_word(m->occasion->series->mode));
    member(&out, "at", mu_moment_text(arena, m->occasion->at));
    member(&out, "local", mu_moment_text(arena, m->occasion->local));
    member(&out, "zone", mu_zone_name(m->occasion->series->zone));
    member(&out, "text", text);
    mu_buf_puts(&out, "}");
    return mu_buf_into(&out, arena);
}

/* Slack reads & < > as signs of its own (api.slack.com, formatting text). */
const char *mu_message_slack(const char *text, mu_arena *arena)
{
    mu_buf escaped = {0}, out = {0};
    for (const char *p = text; *p; p++)
        mu_buf_printf(&escaped, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : "%c", *p);
    mu_buf_puts(&out, "{\"text\":");
    mu_json_text(&out, escaped.text);
    mu_buf_puts(&out, "}");
    mu_buf_free(&escaped);
    return mu_buf_into(&out, arena);
}
