/* What the facilitator may do: rows, their forms, and from a form to an act. Each is shown with what it will change before
 * it is done; only the clock is stopped at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/schema.h"
#include "server/field.h"

static const mu_move_form moves[] = {
    {"send", "Send one off the script", "Show what it reaches", NULL, {{"object", "To whom", CHOOSE_WHOM, true}, {"text", "What it says", CHOOSE_TEXT, true}}},
    {"extend", "Give more time", "Show what it changes", NULL, {{"object", "To what", CHOOSE_PROMPT, true}, {"choice", "How much more", CHOOSE_LENGTH, true}}},
    {"away", "Mark a person away", "Show what it changes", NULL, {{"object", "Who", CHOOSE_PERSON, true}}},
    {"back", "Mark a person back", "Show what it changes", NULL, {{"object", "Who", CHOOSE_PERSON, true}}},
    {"down", "Mark a thing down", "Show what it changes", NULL, {{"object", "What", CHOOSE_THING, true}}},
    {"up", "Mark a thing up", "Show what it changes", NULL, {{"object", "What", CHOOSE_THING, true}}},
    {"seat", "Who plays somebody", "Show what it changes", "A stand-in can be taken over by a person, and a person by a stand-in, at any time.",
     {{"object", "Who", CHOOSE_PERSON, true}, {"choice", "Played by: player|stand-in", CHOOSE_NOTHING, true}}},
    {"speed", "Change the speed", "Show what it changes", NULL, {{"choice", "How many times as fast as the wall clock", CHOOSE_LINE, true}}},
    {"jump", "Move the clock on", "Show what it changes", NULL, {{"choice", "By how much", CHOOSE_LENGTH, true}}},
    {"take_back", "Take an act back", "Show what it changes", NULL, {{"object", "Which act", CHOOSE_ACT, true}, {"text", "Why", CHOOSE_LINE, false}}},
    {"note", "Write an observation down", "Show it", NULL, {{"text", "What you saw", CHOOSE_TEXT, true}, {"object", "Number of the event (or nothing)", CHOOSE_LINE, false}}},
    {"end", "End the exercise", "Show what is left open", NULL, {{"text", "Why", CHOOSE_LINE, false}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

/* Those that stand elsewhere: under a card, beside the clock, under all the rest. */
static const mu_move_form others[] = {
    {"play", "Play a card now", NULL, NULL, {{"object", "Which card", CHOOSE_NOTHING, true}}},
    {"hold", "Hold a card back", NULL, NULL, {{"object", "Which card", CHOOSE_NOTHING, true}}},
    {"reschedule", "Move a card", NULL, NULL, {{"object", "Which card", CHOOSE_NOTHING, true}, {"choice", "To how long from now", CHOOSE_LENGTH, true}}},
    {"cancel", "Take a card off the list", NULL, NULL, {{"object", "Which card", CHOOSE_NOTHING, true}, {"text", "Why", CHOOSE_LINE, false}}},
    {"pause", "Pause", NULL, NULL, {{"text", "Why", CHOOSE_LINE, false}}},
    {"resume", "Go on", NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
    {"stop", "Stop: this is real", NULL, NULL, {{"text", "What is it", CHOOSE_LINE, false}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

static const mu_move_form *move_of(const char *verb)
{
    const mu_move_form *m = verb ? mu_form_of(moves, verb) : NULL;
    return m || !verb ? m : mu_form_of(others, verb);
}

void mu_lead_moves(mu_stage *s, int seat, mu_buf *out)
{
    for (const mu_move_form *m = moves; m->verb; m++)
        mu_form_write(s, m, "/lead/show", seat, out);
    mu_buf_puts(out, "<form method=\"post\" action=\"/lead/show\" class=\"real\"><input type=\"hidden\" name=\"verb\" value=\"stop\">");
    mu_page_hidden(s, seat, "stop", out);
    mu_buf_puts(out, "<p><label for=\"stop-text\">Is something real going on? <span class=\"hint\">What is it, in one line</span></label><input id=\"stop-text\" name=\"text\" maxlength=\"400\"></p>"
                     "<button class=\"b d\">Stop: this is real…</button></form>");
}

/* ---- from a form to an act ---- */

static int64_t length_of(const char *text)
{
    mu_duration d;
    return text && mu_duration_read(text, &d) ? mu_duration_ms(d) : -1;
}

/* What was typed as a length or a factor, as the engine counts it. */
static const char *count(mu_errand *a, mu_act *act)
{
    bool from_now = strcmp(act->verb, "reschedule") == 0 || strcmp(act->verb, "jump") == 0, length = from_now || strcmp(act->verb, "extend") == 0;
    if (strcmp(act->verb, "speed") == 0) {
        double times = act->choice ? strtod(act->choice, NULL) : 0;
        if (!(times >= 0.01 && times <= 10000))
            return "say how many times as fast: 2, or 0.5";
        act->choice = mu_format(a->arena, "%lld", (long long)(times * 1000 + 0.5));
    } else if (length) {
        int64_t ms = length_of(act->choice);
        if (ms < 0)
            return "say how long: 20m, or 1h";
        ms += from_now ? mu_stage_now(a->stage) : 0;
        act->choice = mu_format(a->arena, "%lld", (long long)ms);
    }
    return NULL;
}

mu_act *mu_lead_act(mu_errand *a, const char *verb, const char **why)
{
    const mu_move_form *m = move_of(verb);
    mu_act *act = mu_alloc(a->arena, sizeof *act);
    *act = (mu_act){.seat = "facilitator", .id = mu_moves_id(a)};
    *why = m ? mu_form_act(a, m, act) : "there is no such move";
    if (!*why && !mu_form_value(&a->form, "counted"))
        *why = count(a, act);
    return *why ? NULL : act;
}

static void keep(mu_buf *out, const char *name, const char *value)
{
    if (value)
        mu_tag(out, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, value);
}

void mu_lead_show(mu_errand *a)
{
    const char *why, *verb = mu_form_value(&a->form, "verb");
    mu_act *act = mu_lead_act(a, verb, &why);
    const mu_move_form *m = act ? move_of(verb) : NULL;
    mu_buf body = {0};
    if (!act) {
        mu_page_refused(a, 400, mu_format(a->arena, "Nothing was shown and nothing has changed: %s.", why));
        return;
    }
    why = mu_run_would_refuse(a->stage->run, act);
    if (why) {
        mu_page_refused(a, 409, mu_format(a->arena, "%s: that cannot be done now: %s. Nothing has changed.", m->title, why));
        return;
    }
    mu_tag(&body, "<main id=\"now\" class=\"plain\"><h1>%s</h1><section class=\"prev\">", m->title);
    if (act->object)
        mu_tag(&body, "<p><b>%h%s</b></p>", strcmp(verb, "take_back") == 0 ? "Event " : "", mu_page_called(a->stage, act->object));
    mu_buf_puts(&body, "<p>Nothing has changed yet. If you do this:</p><ul class=\"foresee\">");
    mu_foresee(a->stage, act, &body);
    mu_buf_puts(&body, "</ul><form method=\"post\" action=\"/lead/do\">");
    keep(&body, "verb", verb);
    keep(&body, "object", act->object);
    keep(&body, "choice", act->choice);
    keep(&body, "text", act->text);
    keep(&body, "counted", "yes");
    mu_page_hidden(a->stage, a->seat, mu_format(a->arena, "do %s %s", verb, act->object ? act->object : ""), &body);
    mu_tag(&body, "<p class=\"acts\"><button class=\"b%h\">Do it now</button> <a class=\"b s\" href=\"/lead\">Leave it</a></p></form></section></main>", strcmp(verb, "end") == 0 || strcmp(verb, "stop") == 0 ? " d" : "");
    mu_page_plain(a, m->title, &body);
    mu_buf_free(&body);
}

void mu_lead_do(mu_errand *a)
{
    const char *why = NULL, *verb = mu_form_value(&a->form, "verb");
    mu_act *act = strcmp(a->rest, "do") == 0 ? mu_lead_act(a, verb, &why) : NULL;
    char now[32];
    if (strcmp(a->rest, "do") != 0) {
        mu_page_refused(a, 404, "This address leads to nothing that you can see.");
        return;
    }
    const mu_move_form *m = act ? move_of(verb) : NULL;
    why = act ? mu_stage_post(a->stage, act) : why;
    mu_term_clock(a->stage->seen, mu_stage_now(a->stage), now);
    const char *title = m ? m->title : "", *of = act && act->object ? mu_page_called(a->stage, act->object) : "";
    mu_stage_say(a->stage, a->seat, !why, why ? mu_format(a->arena, "%s  Not done: %s. Nothing has changed.", now, why)
                                        : mu_format(a->arena, "%s  Done and written: %s%s%s.", now, title, *of ? ", " : "", of));
    mu_stage_touch(a->stage);
    mu_see_other(a, "/lead");
}
