/* The evaluator's screen: the guide by objective, what the record proposes by the rule of the report, what evaluators say, and
 * observations tied to events. */
#include <stdlib.h>
#include <string.h>

#include "plan/catalogue.h"
#include "report/aar.h"
#include "server/field.h"

enum { EVENTS = 20, NOTES = 30, GUIDE = 3 };

/* ---- what can be written ---- */

static const mu_move_form moves[] = {
    {"note", NULL, NULL, NULL, {{"text", "What you saw", CHOOSE_TEXT, true}, {"object", "Event", CHOOSE_LINE, false}, {"via", "Objective", CHOOSE_OBJECTIVE, false}, {"choice", "Did it hold", CHOOSE_NOTHING, false}}},
    {"rate", NULL, NULL, NULL, {{"object", "Objective", CHOOSE_OBJECTIVE, true}, {"choice", "Rating", CHOOSE_NOTHING, true}, {"text", "Why", CHOOSE_LINE, false}}},
    {"gap", "A gap of the plan", "Write it down", "What you saw of the plan itself. It stands in the report among the gaps, as observed.",
     {{"choice", "Type of gap", CHOOSE_GAP, true}, {"object", "What of the plan", CHOOSE_SUBJECT, true}, {"text", "What you saw", CHOOSE_TEXT, true}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

static bool taken_down(const mu_stage *s)
{
    return s->state != STATE_RUNNING && s->state != STATE_PAUSED && s->state != STATE_OVER;
}

static void event_link(uint32_t n, mu_buf *out)
{
    mu_tag(out, " <span class=\"mono\">#%d</span>", (int)n);
}

/* ---- critical tasks ---- */

/* What the card allows for it: its target. */
static void target_of(const mu_stage *s, const mu_aar_task *t, mu_buf *out)
{
    char length[24];
    for (int i = 0; i < s->msel->card_count; i++)
        if (strcmp(s->msel->cards[i].name, t->card) == 0 && s->msel->cards[i].within >= 0) {
            mu_term_length(s->msel->cards[i].within, length);
            mu_tag(out, "within %s", length);
            return;
        }
    mu_buf_puts(out, "–");
}

static void proposed(const mu_aar_task *t, mu_buf *out)
{
    static const struct { char rating; const char *class, *shape; } marks[] = {{'P', "ok", "● P"}, {'S', "ok", "● S"}, {'M', "lt", "◐ M"}, {'U', "bd", "■ U"}, {0, "wt", "○ not rated"}};
    int i = 0;
    while (marks[i].rating && marks[i].rating != t->rating)
        i++;
    mu_tag(out, "<span class=\"st %h\">%h</span><small>%s</small>", marks[i].class, marks[i].shape, t->rating ? t->why : "");
}

/* What the report says of it once all is over is not yet so while it goes on. */
static const char *seen_of(const mu_stage *s, const mu_aar_task *t, uint32_t event)
{
    if (event || (s->state != STATE_RUNNING && s->state != STATE_PAUSED))
        return t->outcome;
    return t->events[0] ? "nothing yet" : "nothing yet: its card has not come";
}

static void task_row(const mu_stage *s, const mu_aar_task *t, mu_buf *out)
{
    uint32_t event = t->events[1] ? t->events[1] : t->events[2];
    mu_tag(out, "<tr><th scope=\"row\">%s<small>card “%s”</small></th><td data-head=\"Target\">", t->what, t->card);
    target_of(s, t, out);
    mu_tag(out, "</td><td data-head=\"Seen\">%s", seen_of(s, t, event));
    if (event)
        event_link(event, out);
    mu_buf_puts(out, "</td><td data-head=\"Proposed\">");
    proposed(t, out);
    mu_buf_puts(out, "</td></tr>");
}

static void tasks(const mu_stage *s, const mu_aar_objective *o, mu_buf *out)
{
    mu_buf_puts(out, "<table class=\"rows\"><thead><tr><th scope=\"col\">Critical task</th><th scope=\"col\">Target</th><th scope=\"col\">Seen</th><th scope=\"col\">Proposed</th></tr></thead><tbody>");
    for (int i = 0; i < o->task_count; i++)
        task_row(s, &o->tasks[i], out);
    mu_buf_puts(out, "</tbody></table>");
    if (!o->task_count)
        mu_buf_puts(out, "<p class=\"m\">No card of this scenario tests it. What you see and how you rate it is all that there will be.</p>");
}

/* ---- what evaluators say ---- */

static void said(const mu_stage *s, const mu_aar_objective *o, mu_buf *out)
{
    if (!o->said_count)
        return;
    mu_buf_puts(out, "<ul class=\"list notes\">");
    for (int i = 0; i < o->said_count; i++) {
        const mu_aar_said *n = &o->said[i];
        mu_buf_puts(out, "<li><p>");
        mu_page_time(s, mu_journal_event(s->journal, n->event)->t, out);
        mu_tag(out, " <b>%h</b> %s <small>%s", strcmp(n->holds, "strength") == 0 ? "+ held:" : "– did not:", n->text, n->by);
        if (n->about)
            mu_tag(out, ", of event #%d", (int)n->about);
        mu_buf_puts(out, "</small></p></li>");
    }
    mu_buf_puts(out, "</ul>");
}

/* Every rating that was given stays to be read; the last one stands. */
static void given(const mu_stage *s, const mu_aar_objective *o, mu_buf *out)
{
    int count;
    const uint32_t *ratings = mu_tally_ratings(s, &count);
    for (int i = 0; i < count; i++) {
        const mu_event *e = mu_journal_event(s->journal, ratings[i]);
        if (strcmp(mu_journal_text(s->journal, e, "objective"), o->id) != 0)
            continue;
        const char *why = mu_journal_text(s->journal, e, "why");
        mu_tag(out, "<p class=\"given\"><b>%s</b> by %s at ", mu_rating_word(*mu_journal_text(s->journal, e, "rating")), mu_journal_text(s->journal, e, "by"));
        mu_page_time(s, e->t, out);
        mu_tag(out, ": %s", why);
        event_link(e->n, out);
        mu_buf_puts(out, e->n == o->given_event ? " <small>This one stands.</small></p>" : "</p>");
    }
}

static void letters(char rating, char out[2])
{
    out[0] = rating;
    out[1] = '\0';
}

static void opens(const mu_stage *s, int seat, const char *objective, const char *how, mu_buf *out)
{
    mu_buf key = {0};
    mu_buf_printf(&key, "%s %s", how, objective);
    mu_tag(out, "<form method=\"post\" action=\"/rate/rate\"><input type=\"hidden\" name=\"object\" value=\"%s\">", objective);
    mu_page_hidden(s, seat, key.text, out);
    mu_buf_free(&key);
}

static void confirm(const mu_stage *s, int seat, const mu_aar_objective *o, mu_buf *out)
{
    char letter[2];
    letters(o->proposed, letter);
    if (!o->proposed || o->given == o->proposed)
        return;
    opens(s, seat, o->id, "confirm", out);
    mu_tag(out, "<input type=\"hidden\" name=\"choice\" value=\"%s\"><button class=\"b s\">Confirm %s</button></form>", letter, letter);
}

static void otherwise(const mu_stage *s, int seat, const mu_aar_objective *o, mu_buf *out)
{
    mu_tag(out, "<details id=\"over-%s\"><summary>%h</summary>", o->id, o->proposed ? "Rate it otherwise, with a reason" : "Rate it from what you saw, with a reason");
    opens(s, seat, o->id, "override", out);
    mu_tag(out, "<p><label for=\"rate-%s\">Your rating</label><select id=\"rate-%s\" name=\"choice\" required><option value=\"\">choose</option>", o->id, o->id);
    for (const char *p = "PSMU"; *p; p++) {
        char letter[2];
        letters(*p, letter);
        mu_tag(out, "<option value=\"%s\">%s</option>", letter, mu_rating_word(*p));
    }
    mu_tag(out, "</select></p><p><label for=\"why-%s\">Why <span class=\"hint\">The report shows it beside what the rule proposes.</span></label><textarea id=\"why-%s\" name=\"text\" rows=\"2\" maxlength=\"1000\"></textarea></p>"
                "<button class=\"b\">Write the rating down</button></form></details>", o->id, o->id);
}

static void objective(mu_stage *s, int seat, const mu_aar_objective *o, mu_buf *out)
{
    mu_tag(out, "<section class=\"objective\" id=\"o-%s\"><h2>%s <small>%s</small></h2>", o->id, o->text, o->id);
    tasks(s, o, out);
    mu_tag(out, "<p><b>Proposed: %s.</b> %d of %d tasks observed; the worst counts.</p>", mu_rating_word(o->proposed), o->task_count - o->unobserved, o->task_count);
    said(s, o, out);
    given(s, o, out);
    if (!taken_down(s)) {
        confirm(s, seat, o, out);
        otherwise(s, seat, o, out);
    }
    mu_buf_puts(out, "</section>");
}

static void key(mu_buf *out)
{
    mu_buf_puts(out, "<details id=\"key\"><summary>What P, S, M and U mean, and the rule that proposes them</summary><dl>");
    for (const char *p = "PSMU"; *p; p++)
        mu_tag(out, "<dt>%s</dt><dd>%s</dd>", mu_rating_word(*p), mu_rating_definition(*p));
    mu_buf_puts(out, "</dl><p>The rule: U where a task was not done, was done after the time that was its target, or only after a contingency card supplied it; M where it was achieved without the authority, out of order "
                     "or by somebody whom the plan does not name; S where it was achieved with an improvisation, when asked again, or with more than 80 % of its time; P otherwise. The worst task counts. "
                     "What was not observed is not rated. You confirm what is proposed or say something else, with a reason: both are kept.</p></details>");
}

/* ---- observations ---- */

static void note_form(const mu_stage *s, int seat, mu_buf *out)
{
    mu_buf_puts(out, "<form method=\"post\" action=\"/rate/note\" id=\"note\">");
    mu_page_hidden(s, seat, "note", out);
    mu_buf_puts(out, "<p><label for=\"note-text\">What you saw <span class=\"hint\">Not what should change: that belongs to the improvement plan.</span></label><textarea id=\"note-text\" name=\"text\" rows=\"3\" maxlength=\"2000\" required></textarea></p>"
                     "<p><label for=\"note-via\">Of which objective</label><select id=\"note-via\" name=\"via\"><option value=\"\">none in particular</option>");
    for (int i = 0; i < s->msel->objective_count; i++)
        mu_tag(out, "<option value=\"%s\">%s: %s</option>", s->msel->objectives[i].id, s->msel->objectives[i].id, s->msel->objectives[i].text);
    mu_buf_puts(out, "</select></p><fieldset><legend>Of an objective: did it hold?</legend><div class=\"row\"><label class=\"opt\"><input type=\"radio\" name=\"choice\" value=\"strength\"><span>It held</span></label>"
                     "<label class=\"opt\"><input type=\"radio\" name=\"choice\" value=\"area\"><span>It did not</span></label></div></fieldset>"
                     "<p><label for=\"note-object\">Number of the event <span class=\"hint\">Press it in the list below, or leave it empty: it is about now.</span></label><input id=\"note-object\" name=\"object\" inputmode=\"numeric\" maxlength=\"9\"");
    if (s->reading && s->about)
        mu_tag(out, " value=\"%d\"", (int)s->about);
    mu_buf_puts(out, "></p><button class=\"b\">Write it down</button></form>");
}

/* An observation or a gap, as it was written down. */
static void note_row(const mu_stage *s, const mu_event *e, mu_buf *out)
{
    bool gap = e->kind == EV_GAP_NOTED;
    const mu_gap *type = gap ? mu_gap_of(mu_journal_text(s->journal, e, "gap")) : NULL;
    mu_tag(out, "<li id=\"n%d\"><p>", (int)e->n);
    mu_page_time(s, e->t, out);
    mu_tag(out, " <b>%s</b>: ", mu_journal_text(s->journal, e, "by"));
    if (type)
        mu_tag(out, "%s %s, %s: ", type->id, type->title, mu_page_called(s, mu_journal_text(s->journal, e, "subject")));
    mu_tag(out, "%s", mu_journal_text(s->journal, e, "text"));
    if (!gap && *mu_journal_text(s->journal, e, "objective"))
        mu_tag(out, " <small>%s</small>", mu_journal_text(s->journal, e, "objective"));
    if (!gap && mu_journal_value(s->journal, e, "event"))
        mu_tag(out, " <span class=\"mono\">#%l</span>", mu_journal_value(s->journal, e, "event"));
    mu_buf_puts(out, "</p></li>");
}

static void notes(mu_stage *s, int seat, mu_buf *out)
{
    int count;
    const uint32_t *written = mu_tally_notes(s, &count);
    mu_buf_puts(out, "<section id=\"notes\"><h2>Observations</h2>");
    if (!taken_down(s)) {
        note_form(s, seat, out);
        mu_form_write(s, mu_form_of(moves, "gap"), "/rate/", seat, out);
    }
    mu_buf_puts(out, "<ul class=\"list\">");
    for (int i = count - 1; i >= 0 && i >= count - NOTES; i--)
        note_row(s, mu_journal_event(s->journal, written[i]), out);
    mu_buf_puts(out, "</ul></section>");
}

/* ---- the page ---- */

static void guide(mu_stage *s, int seat, mu_buf *out)
{
    const mu_aar *a = mu_tally_guide(s);
    for (int i = 0; i < a->objective_count; i++)
        objective(s, seat, &a->objectives[i], out);
    if (!a->objective_count)
        mu_buf_puts(out, "<p>This scenario names no objectives: there is nothing to rate. Observations can be written down all the same.</p>");
}

/* To judge anew what nothing has come to would cost the whole record at every change. */
static bool guide_part(const mu_stage *s, int seat, const mu_buf *out)
{
    const int64_t key[] = {GUIDE, seat, s->acted[seat], s->state, mu_tally_judged(s)};
    return mu_pen_part(s->pen, key, sizeof key / sizeof *key, out);
}

void mu_rate_live(mu_stage *s, int seat, mu_buf *out)
{
    mu_buf who = {0};
    mu_tag(&who, "<b>%s</b>, %s", mu_seat_of(s->seats, seat)->who, mu_seat_word(mu_seat_of(s->seats, seat)->part));
    mu_page_bar(s, ROUTE_RATE, seat, who.text, out);
    mu_buf_free(&who);
    if (s->state == STATE_LOBBY) {
        mu_tag(out, "<main id=\"now\" class=\"plain\"><h1>%s</h1><p>It has not begun. When it does, the evaluation guide stands here: each objective with its critical tasks, what was seen of them, and the rating that the record proposes.</p></main>", s->msel->title);
        return;
    }
    mu_page_stopped(s, out);
    mu_buf_puts(out, "<div class=\"page\"><main id=\"now\"><h1>Evaluation guide</h1>");
    mu_page_said(s, seat, out);
    if (guide_part(s, seat, out)) {
        guide(s, seat, out);
        mu_pen_end(s->pen, out);
    }
    key(out);
    mu_buf_puts(out, "</main><div class=\"side\">");
    notes(s, seat, out);
    mu_lead_stream(s, EVENTS, true, out);
    mu_buf_puts(out, "</div></div>");
}

/* ---- writing ---- */

static char proposal(mu_errand *a, const char *objective)
{
    const mu_aar *all = mu_tally_guide(a->stage);
    for (int i = 0; i < all->objective_count; i++)
        if (strcmp(all->objectives[i].id, objective) == 0)
            return all->objectives[i].proposed;
    return 0;
}

/* What the record proposes is kept beside what the evaluator says: in the words of the reason. */
static const char *beside_the_proposed(mu_errand *a, mu_act *act)
{
    char letter[2], is = proposal(a, act->object);
    letters(is, letter);
    bool same = is && act->choice && strcmp(act->choice, letter) == 0;
    if (!same && !act->text)
        return "say why it is not the proposed one";
    act->text = mu_format(a->arena, "%s%s%s%s", same ? "as proposed" : is ? "instead of " : "nothing was proposed", same || !is ? "" : letter, act->text ? ": " : "", act->text ? act->text : "");
    return NULL;
}

/* Whether it held is asked of an objective alone. */
static const char *of_an_objective(mu_act *act)
{
    if (act->via && !act->choice)
        return "say of the objective whether it held";
    act->choice = act->via ? act->choice : NULL;
    return NULL;
}

void mu_rate_do(mu_errand *a)
{
    const mu_move_form *m = mu_form_of(moves, a->rest);
    mu_act act = {.seat = mu_page_speaker(a->stage, a->seat, a->arena), .id = mu_moves_id(a)};
    if (!m) {
        mu_page_refused(a, 404, "Nothing of that name can be written down.");
        return;
    }
    const char *why = mu_form_act(a, m, &act);
    if (!why)
        why = strcmp(m->verb, "rate") == 0 ? beside_the_proposed(a, &act) : strcmp(m->verb, "note") == 0 ? of_an_objective(&act) : NULL;
    why = why ? why : mu_stage_post(a->stage, &act);
    mu_stage_say(a->stage, a->seat, !why, why ? mu_format(a->arena, "Not written: %s.", why) : mu_format(a->arena, "Written (#%zu).", mu_journal_count(a->stage->journal)));
    mu_stage_touch(a->stage);
    mu_see_other(a, "/rate");
}
