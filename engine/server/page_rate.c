/* The evaluator's screen: the guide by objective, what the record proposes, notes tied to events. */
#include <stdlib.h>
#include <string.h>

#include "server/field.h"
#include "server/rating.h"

enum { EVENTS = 20, NOTES = 30 };

/* ---- what can be written ---- */

static const mu_move_form moves[] = {
    {"note", NULL, NULL, NULL, {{"text", "What you saw", CHOOSE_TEXT, true}, {"object", "Event", CHOOSE_LINE, false}}},
    {"rate", NULL, NULL, NULL, {{"object", "Objective", CHOOSE_OBJECTIVE, true}, {"choice", "Rating", CHOOSE_NOTHING, true}, {"text", "Why", CHOOSE_LINE, false}}},
    {"gap", "A gap of the plan", "Write it down", "What you saw of the plan itself. It stands in the report among the gaps, as observed.",
     {{"choice", "Type of gap", CHOOSE_GAP, true}, {"object", "What of the plan", CHOOSE_SUBJECT, true}, {"text", "What you saw", CHOOSE_TEXT, true}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

static const char *word_of(char rating)
{
    static const char *const words[] = {"P, performed without challenges", "S, performed with some challenges", "M, performed with major challenges", "U, unable to be performed"};
    const char *at = rating ? strchr("PSMU", rating) : NULL;
    return at ? words[at - "PSMU"] : "not rated: nothing was observed";
}

static void letters(char rating, char out[2])
{
    out[0] = rating;
    out[1] = '\0';
}

static void task_row(const mu_stage *s, const mu_task_rating *t, mu_buf *out)
{
    char rating[2];
    const char *colon = strchr(t->what, ':');
    letters(t->rating, rating);
    mu_buf what = {0};
    mu_buf_puts(&what, colon ? colon + 1 : t->what);
    for (char *p = what.text; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    mu_tag(out, "<tr><th scope=\"row\">%s<small>card “%s”</small></th><td data-head=\"Seen\">%s", what.text, s->msel->cards[t->card].name, t->rating ? t->because : "not observed yet");
    if (t->event)
        mu_tag(out, " <span class=\"mono\">#%d</span>", (int)t->event);
    mu_tag(out, "</td><td data-head=\"Proposed\">%s</td></tr>", t->rating ? rating : "–");
    mu_buf_free(&what);
}

/* Ratings that evaluators have given, the latest last. */
static void given(const mu_stage *s, const char *objective, mu_buf *out)
{
    for (size_t n = 1; n <= mu_journal_count(s->journal); n++) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind != EV_RATING || strcmp(mu_journal_text(s->journal, e, "objective"), objective) != 0)
            continue;
        const char *why = mu_journal_text(s->journal, e, "why");
        mu_tag(out, "<p class=\"m\"><span class=\"mono\">#%d</span> <b>%s</b>, %s%h%s</p>", (int)n, mu_journal_text(s->journal, e, "rating"), mu_journal_text(s->journal, e, "by"), *why ? ": " : "", why);
    }
}

static void rating_form(mu_stage *s, int seat, const char *objective, char proposed, mu_buf *out)
{
    mu_tag(out, "<form method=\"post\" action=\"/rate/rate\" class=\"line\"><input type=\"hidden\" name=\"object\" value=\"%s\">", objective);
    mu_page_hidden(s, seat, objective, out);
    mu_tag(out, "<p><label for=\"rate-%s\">Your rating</label><select id=\"rate-%s\" name=\"choice\">", objective, objective);
    for (const char *p = "PSMU"; *p; p++) {
        char letter[2];
        letters(*p, letter);
        mu_tag(out, "<option value=\"%s\"%h>%s%h</option>", letter, *p == proposed ? " selected" : "", word_of(*p), *p == proposed ? " (as proposed)" : "");
    }
    mu_tag(out, "</select></p><p><label for=\"why-%s\">Why <span class=\"hint\">needed where it is not the proposed one</span></label><input id=\"why-%s\" name=\"text\" maxlength=\"1000\"></p>"
                "<button class=\"b s\">Write it down</button></form>", objective, objective);
}

static void objective(mu_stage *s, int seat, const mu_objective *o, mu_buf *out)
{
    mu_task_rating tasks[MU_TASKS_RATED];
    char worst;
    int unobserved, count = mu_rating_of(s->run, s->journal, o->id, tasks, &worst, &unobserved);
    mu_tag(out, "<section class=\"objective\" id=\"o-%s\"><h2>%s <small>%s</small></h2><table class=\"rows\"><thead><tr><th scope=\"col\">Critical task</th><th scope=\"col\">Seen</th><th scope=\"col\">Proposed</th></tr></thead><tbody>",
           o->id, o->text, o->id);
    for (int i = 0; i < count; i++)
        task_row(s, &tasks[i], out);
    mu_tag(out, "</tbody></table><p><b>Proposed: %s.</b> %d of %d tasks observed; the worst counts.</p>", word_of(worst), count - unobserved, count);
    given(s, o->id, out);
    rating_form(s, seat, o->id, worst, out);
    mu_buf_puts(out, "</section>");
}

/* An observation or a gap, as it was written down. */
static bool written(mu_stage *s, const mu_event *e, mu_buf *out)
{
    if (e->kind != EV_OBSERVATION && e->kind != EV_GAP_NOTED)
        return false;
    mu_tag(out, "<li id=\"n%d\"><p>", (int)e->n);
    mu_page_time(s, e->t, out);
    mu_tag(out, " <b>%s</b>: ", mu_journal_text(s->journal, e, "by"));
    if (e->kind == EV_GAP_NOTED)
        mu_tag(out, "%s, %s: ", mu_journal_text(s->journal, e, "gap"), mu_journal_text(s->journal, e, "subject"));
    mu_tag(out, "%s", mu_journal_text(s->journal, e, "text"));
    if (e->kind == EV_OBSERVATION && mu_journal_value(s->journal, e, "event"))
        mu_tag(out, " <span class=\"mono\">#%l</span>", mu_journal_value(s->journal, e, "event"));
    mu_buf_puts(out, "</p></li>");
    return true;
}

static void notes(mu_stage *s, int seat, mu_buf *out)
{
    int most = NOTES;
    mu_buf_puts(out, "<section id=\"notes\"><h2>Observations</h2><form method=\"post\" action=\"/rate/note\">");
    mu_page_hidden(s, seat, "note", out);
    mu_buf_puts(out, "<p><label for=\"note-text\">What you saw</label><textarea id=\"note-text\" name=\"text\" rows=\"3\" maxlength=\"2000\" required></textarea></p>"
                     "<p><label for=\"note-object\">Number of the event it is about <span class=\"hint\">or nothing: it is about now</span></label><input id=\"note-object\" name=\"object\" inputmode=\"numeric\" maxlength=\"9\"></p>"
                     "<button class=\"b\">Write it down</button></form>");
    mu_form_write(s, mu_form_of(moves, "gap"), "/rate/", seat, out);
    mu_buf_puts(out, "<ul class=\"list\">");
    for (size_t n = mu_journal_count(s->journal); n > 0 && most > 0; n--)
        most -= written(s, mu_journal_event(s->journal, n), out);
    mu_buf_puts(out, "</ul></section>");
}

void mu_rate_live(mu_stage *s, int seat, mu_buf *out)
{
    mu_buf who = {0};
    mu_tag(&who, "<b>%s</b>, %s", mu_seat_of(s->seats, seat)->who, mu_seat_word(mu_seat_of(s->seats, seat)->part));
    mu_page_bar(s, who.text, out);
    mu_buf_free(&who);
    if (s->state == STATE_LOBBY) {
        mu_buf_puts(out, "<main id=\"now\" class=\"plain\"><h1>It has not begun</h1><p>The evaluation guide will stand here.</p></main>");
        return;
    }
    mu_buf_puts(out, "<div class=\"page\"><main id=\"now\"><h1>Evaluation guide</h1>");
    if (s->said[seat].len)
        mu_tag(out, "<pre class=\"said\" id=\"said\" role=\"status\">%s</pre>", s->said[seat].text);
    for (int i = 0; i < s->msel->objective_count; i++)
        objective(s, seat, &s->msel->objectives[i], out);
    if (!s->msel->objective_count)
        mu_buf_puts(out, "<p>This scenario names no objectives.</p>");
    mu_buf_puts(out, "</main><div class=\"side\">");
    notes(s, seat, out);
    mu_lead_stream(s, EVENTS, out);
    mu_buf_puts(out, "</div></div>");
}

/* ---- writing ---- */

/* What the record proposes is kept beside what the evaluator says: in the words of the reason. */
static const char *beside_the_proposed(mu_errand *a, mu_act *act)
{
    mu_task_rating tasks[MU_TASKS_RATED];
    char worst, letter[2];
    int unobserved;
    (void)mu_rating_of(a->stage->run, a->stage->journal, act->object, tasks, &worst, &unobserved);
    letters(worst, letter);
    bool same = worst && act->choice && strcmp(act->choice, letter) == 0;
    if (!same && !act->text)
        return "say why it is not the proposed one";
    act->text = mu_format(a->arena, "%s%s%s%s", same ? "as proposed" : worst ? "instead of " : "nothing was proposed", same || !worst ? "" : letter, act->text ? ": " : "", act->text ? act->text : "");
    return NULL;
}

void mu_rate_do(mu_errand *a)
{
    const mu_move_form *m = mu_form_of(moves, a->rest);
    const mu_seat *n = mu_seat_of(a->stage->seats, a->seat);
    mu_act act = {.seat = mu_format(a->arena, "%s %s", mu_seat_word(n->part), n->who), .id = mu_moves_id(a)};
    if (!m) {
        mu_page_refused(a, 404, "There is nothing here.");
        return;
    }
    const char *why = mu_form_act(a, m, &act);
    why = why || strcmp(m->verb, "rate") != 0 ? why : beside_the_proposed(a, &act);
    why = why ? why : mu_stage_post(a->stage, &act);
    mu_stage_say(a->stage, a->seat, why ? mu_format(a->arena, "Not written: %s.", why) : mu_format(a->arena, "Written (#%zu).", mu_journal_count(a->stage->journal)));
    mu_stage_touch(a->stage);
    mu_see_other(a, "/rate");
}
