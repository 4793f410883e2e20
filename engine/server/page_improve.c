/* After ENDEX: what the drill and the plan show, and what people make of it: an improvement that is agreed, with an owner and a
 * day; a gap that is accepted for a time, by name; a gap that no rule has found and somebody has seen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/catalogue.h"
#include "report/aar.h"
#include "server/field.h"

static void weight(mu_weight weight, mu_buf *out)
{
    static const struct { const char *class, *words; } rows[] = {[MU_CRITICAL] = {"bd", "■ critical"}, [MU_HIGH] = {"bd", "■ high"}, [MU_MEDIUM] = {"lt", "◐ medium"}, [MU_LOW] = {"wt", "○ low"}};
    mu_tag(out, "<span class=\"st %h\">%h</span>", rows[weight].class, rows[weight].words);
}

static void proof(const mu_finding *f, mu_buf *out)
{
    mu_tag(out, "<small><span class=\"mono\">%s</span> %s", f->gap->id, f->gap->title);
    if (f->at.line)
        mu_tag(out, ", <span class=\"mono\">%s:%d</span>", f->at.file, f->at.line);
    if (f->evidence_count)
        mu_tag(out, ", event %d", (int)f->evidence[0]);
    mu_buf_puts(out, "</small>");
}

/* What people have made of it last; only a proposal where they have not. */
static void stands(const mu_aar_item *item, mu_buf *out)
{
    if (strcmp(item->state, "proposed") == 0)
        mu_tag(out, "<p class=\"m\"><span class=\"st lt\">○ open</span> Proposed: %s</p>", item->action);
    else if (strncmp(item->state, "accepted", 8) == 0)
        mu_tag(out, "<p class=\"m\"><span class=\"st wt\">– %s</span></p>", item->state);
    else
        mu_tag(out, "<p class=\"m\"><span class=\"st ok\">● %s</span> %s; %s%h%s, until %s</p>", item->state, item->action, item->organisation, *item->contact ? ", " : "", item->contact, item->due);
}

/* A name for it in a link: the fingerprint of what a rule has found; of what people have seen, its place. */
static void link_name(const mu_aar *a, int i, char name[24])
{
    const char *id = a->items[i].finding->id;
    if (strcmp(id, "noted") == 0)
        snprintf(name, 24, "n%d", i);
    else
        snprintf(name, 24, "%.20s", id);
}

static void item_row(const mu_aar *a, int i, mu_buf *out)
{
    char name[24];
    const mu_finding *f = a->items[i].finding;
    link_name(a, i, name);
    mu_tag(out, "<li id=\"i-%s\"><p>", name);
    weight(f->weight, out);
    mu_tag(out, " %s", f->text);
    proof(f, out);
    mu_buf_puts(out, "</p>");
    stands(&a->items[i], out);
    if (!f->suppressed)
        mu_tag(out, "<p><a href=\"/improve?item=%s\">Agree who closes it, or accept it<span class=\"vh\">: %s</span></a></p>", name, f->text);
    mu_buf_puts(out, "</li>");
}

/* ---- forms ---- */

static void opens(mu_errand *a, const char *verb, const mu_finding *f, mu_buf *out)
{
    mu_tag(out, "<form method=\"post\" action=\"/improve/%h\">", verb);
    if (f)
        mu_tag(out, "<input type=\"hidden\" name=\"choice\" value=\"%s\"><input type=\"hidden\" name=\"object\" value=\"%s\">", f->gap->id, f->subject);
    mu_page_hidden(a->stage, a->seat, mu_format(a->arena, "%s %s %s", verb, f ? f->gap->id : "", f ? f->subject : ""), out);
}

static void agree_form(mu_errand *a, const mu_aar_item *item, mu_buf *out)
{
    bool day = strlen(item->due) == 10;
    mu_buf_puts(out, "<section class=\"prev\"><h2>Agree an improvement</h2>");
    opens(a, "item", item->finding, out);
    mu_tag(out, "<p><label for=\"item-text\">What is done</label><textarea id=\"item-text\" name=\"text\" rows=\"3\" maxlength=\"2000\" required>%s</textarea></p><p><label for=\"item-owner\">Whose it is</label>"
                "<select id=\"item-owner\" name=\"owner\" required><option value=\"\">choose</option>", item->action);
    mu_choices_write(a->stage, CHOOSE_OWNER, -1, out);
    mu_tag(out, "</select></p><p><label for=\"item-due\">Until</label><input id=\"item-due\" name=\"due\" type=\"date\" required value=\"%s\"></p><button class=\"b\">Agree it</button>"
                "<p class=\"m\">It is closed by a later run in which it does not appear any more, not by being called done.</p></form></section>", day ? item->due : "");
}

static void accept_form(mu_errand *a, const mu_aar_item *item, mu_buf *out)
{
    mu_buf_puts(out, "<section class=\"prev\"><h2>Or accept it for a time</h2>");
    opens(a, "waive", item->finding, out);
    mu_buf_puts(out, "<p><label for=\"waive-by\">Who accepts it <span class=\"hint\">Name and function of somebody who may. It stands in the report.</span></label><input id=\"waive-by\" name=\"by\" maxlength=\"120\" required></p>"
                     "<p><label for=\"waive-until\">Until</label><input id=\"waive-until\" name=\"due\" type=\"date\" required></p>"
                     "<p><label for=\"waive-text\">Why</label><textarea id=\"waive-text\" name=\"text\" rows=\"2\" maxlength=\"2000\" required></textarea></p><button class=\"b\">Accept it until then</button></form></section>");
}

static void gap_form(mu_errand *a, mu_buf *out)
{
    mu_buf_puts(out, "<section class=\"prev\" id=\"seen\"><h2>A gap that only you have seen</h2>");
    opens(a, "gap", NULL, out);
    mu_buf_puts(out, "<p><label for=\"gap-text\">What you saw <span class=\"hint\">One sentence, without its remedy.</span></label><textarea id=\"gap-text\" name=\"text\" rows=\"2\" maxlength=\"2000\" required></textarea></p>"
                     "<p><label for=\"gap-object\">Of what in the plan</label><select id=\"gap-object\" name=\"object\">");
    mu_choices_write(a->stage, CHOOSE_SUBJECT, -1, out);
    mu_buf_puts(out, "</select></p><p><label for=\"gap-choice\">Which type of gap</label><select id=\"gap-choice\" name=\"choice\" required><option value=\"\">choose</option>");
    mu_choices_write(a->stage, CHOOSE_GAP, -1, out);
    mu_buf_puts(out, "</select></p><button class=\"b\">Write it down</button></form></section>");
}

/* ---- the pages ---- */

static void count(const mu_aar *a, mu_buf *out)
{
    int counts[4] = {0}, decided = 0;
    for (int i = 0; i < a->item_count; i++) {
        counts[a->items[i].finding->weight]++;
        decided += strcmp(a->items[i].state, "proposed") != 0;
    }
    mu_tag(out, "<p class=\"well\"><b>%d gaps</b>: %d critical, %d high, %d medium, %d low; %d agreed or accepted so far.</p>", a->item_count, counts[MU_CRITICAL], counts[MU_HIGH], counts[MU_MEDIUM], counts[MU_LOW], decided);
}

static void list_page(mu_errand *a, const mu_aar *aar, mu_buf *out)
{
    bool open = a->stage->state == STATE_OVER;
    mu_buf_puts(out, "<main id=\"now\" class=\"wide\"><h1>Improvement plan</h1><p>What the drill and the plan show, the worst first. Agree for each who closes it until when, or accept it for a time, by name; what is left open stays a proposal.</p>");
    mu_page_said(a->stage, a->seat, out);
    count(aar, out);
    if (open)
        mu_buf_puts(out, "<p><a href=\"#seen\">Write down a gap that only you have seen</a></p>");
    mu_buf_puts(out, "<ul class=\"list gaps\">");
    for (int i = 0; i < aar->item_count; i++)
        item_row(aar, i, out);
    mu_buf_puts(out, "</ul>");
    if (open)
        gap_form(a, out);
    mu_buf_puts(out, "</main>");
}

static void item_page(mu_errand *a, const mu_aar *aar, int i, mu_buf *out)
{
    const mu_aar_item *item = &aar->items[i];
    const mu_finding *f = item->finding;
    mu_buf_puts(out, "<main id=\"now\" class=\"plain\"><p><a href=\"/improve\">All gaps</a></p><h1>");
    mu_tag(out, "%s</h1><p>", f->text);
    weight(f->weight, out);
    proof(f, out);
    mu_tag(out, "</p><p>%s</p>", f->gap->meaning);
    if (f->proof)
        mu_tag(out, "<p>In this run %s.</p>", f->proof);
    stands(item, out);
    if (a->stage->state == STATE_OVER) {
        agree_form(a, item, out);
        accept_form(a, item, out);
    }
    mu_buf_puts(out, "</main>");
}

static int item_named(const mu_aar *a, const char *name)
{
    char own[24];
    for (int i = 0; name && i < a->item_count; i++) {
        link_name(a, i, own);
        if (strcmp(own, name) == 0)
            return i;
    }
    return -1;
}

void mu_improve_page(mu_errand *a)
{
    mu_stage *s = a->stage;
    const mu_aar *aar = mu_aar_make(s->calls.judged(s->calls.self, a->arena));
    const char *name = mu_form_value(&a->form, "item");
    int item = item_named(aar, name);
    mu_buf body = {0}, who = {0};
    mu_tag(&who, "<b>%s</b>", mu_seat_of(s->seats, a->seat)->who);
    mu_page_bar(s, ROUTE_IMPROVE, a->seat, who.text, &body);
    if (item >= 0)
        item_page(a, aar, item, &body);
    else
        list_page(a, aar, &body);
    mu_page_plain(a, "Improvement plan", &body);
    mu_buf_free(&body);
    mu_buf_free(&who);
}

/* ---- writing ---- */

static const mu_move_form moves[] = {
    {"item", NULL, NULL, NULL, {{"object", "Of what", CHOOSE_LINE, true}, {"choice", "Which gap", CHOOSE_LINE, true}, {"text", "What is done", CHOOSE_TEXT, true}}},
    {"waive", NULL, NULL, NULL, {{"object", "Of what", CHOOSE_LINE, true}, {"choice", "Which gap", CHOOSE_LINE, true}, {"text", "Why", CHOOSE_TEXT, true}}},
    {"gap", NULL, NULL, NULL, {{"object", "Of what", CHOOSE_LINE, true}, {"choice", "Which type of gap", CHOOSE_LINE, true}, {"text", "What you saw", CHOOSE_TEXT, true}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

/* An owner and a day; of a waiver the day, and who accepts it beside who writes that down. */
static const char *by_whom(mu_errand *a, mu_act *act)
{
    const char *due = mu_form_value(&a->form, "due"), *owner = mu_form_value(&a->form, "owner"), *by = mu_form_value(&a->form, "by");
    bool item = strcmp(act->verb, "item") == 0, waive = strcmp(act->verb, "waive") == 0;
    if (item && !owner)
        return "say whose it is";
    if (waive && !by)
        return "a waiver is signed: say who accepts it, by name and function";
    if ((item || waive) && !due)
        return "say until when";
    act->via = item ? mu_format(a->arena, "%s %s", owner, due) : waive ? due : NULL;
    if (waive)
        act->seat = mu_format(a->arena, "%s (written down by %s)", by, act->seat);
    return NULL;
}

void mu_improve_do(mu_errand *a)
{
    static const char *const words[][2] = {{"item", "Agreed and written"}, {"waive", "Accepted and written"}, {"gap", "Written"}};
    const mu_move_form *m = mu_form_of(moves, a->rest);
    mu_act act = {.seat = mu_page_speaker(a->stage, a->seat, a->arena), .id = mu_moves_id(a)};
    if (!m || !act.id) {
        mu_page_refused(a, m ? 400 : 404, "Nothing of that name can be written down.");
        return;
    }
    const char *why = mu_form_act(a, m, &act), *done = "";
    why = why ? why : by_whom(a, &act);
    why = why ? why : mu_stage_post(a->stage, &act);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        done = strcmp(words[i][0], m->verb) == 0 ? words[i][1] : done;
    mu_stage_say(a->stage, a->seat, !why, why ? mu_format(a->arena, "Not written: %s.", why) : mu_format(a->arena, "%s: %s %s.", done, act.choice, mu_page_called(a->stage, act.object)));
    mu_stage_touch(a->stage);
    mu_see_other(a, "/improve");
}
