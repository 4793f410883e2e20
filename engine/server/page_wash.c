/* After ENDEX: three questions to everybody, what they say, and who agrees. */
#include <stdlib.h>
#include <string.h>

#include "server/inside.h"

static const struct { const char *id, *question, *heading; } parts[] = {
    {"held", "What held?", "Strengths"}, {"failed", "What did not?", "To improve"}, {"change", "What would you change first?", "To change"}};

enum { PARTS = sizeof parts / sizeof *parts };

static int votes(const mu_stage *s, uint32_t remark)
{
    int count = 0;
    for (size_t n = remark; n <= mu_journal_count(s->journal); n++) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind == EV_WASH_VOTE && mu_journal_value(s->journal, e, "event") == remark)
            count = (int)mu_journal_value(s->journal, e, "votes");
    }
    return count;
}

static bool has_voted(const mu_stage *s, const char *who, uint32_t remark)
{
    for (size_t n = remark; n <= mu_journal_count(s->journal); n++) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind == EV_WASH_VOTE && mu_journal_value(s->journal, e, "event") == remark && strcmp(mu_journal_text(s->journal, e, "by"), who) == 0)
            return true;
    }
    return false;
}

static void remark(mu_stage *s, int seat, const mu_event *e, mu_buf *out)
{
    char key[40];
    mu_buf text = {0};
    mu_buf_printf(&text, "vote %u", (unsigned)e->n);
    memcpy(key, text.text, text.len + 1);
    mu_buf_free(&text);
    mu_arena *arena = mu_arena_new();
    bool agrees = has_voted(s, mu_page_speaker(s, seat, arena), e->n);
    mu_tag(out, "<li id=\"w%d\"><p>%s <small>%s; %d agree%h</small></p>", (int)e->n, mu_journal_text(s->journal, e, "text"), mu_journal_text(s->journal, e, "by"), votes(s, e->n), agrees ? ", you too" : "");
    mu_arena_free(arena);
    if (s->state == STATE_OVER && mu_seat_of(s->seats, seat)->part != PART_OBSERVER && !agrees) {
        mu_tag(out, "<form method=\"post\" action=\"/wash/vote\"><input type=\"hidden\" name=\"object\" value=\"%d\">", (int)e->n);
        mu_page_hidden(s, seat, key, out);
        mu_buf_puts(out, "<button class=\"b s\">I agree</button></form>");
    }
    mu_buf_puts(out, "</li>");
}

static void part(mu_stage *s, int seat, int k, mu_buf *out)
{
    int count = 0;
    mu_tag(out, "<section id=\"wash-%s\"><h2>%s</h2><ul class=\"list\">", parts[k].id, parts[k].heading);
    for (size_t n = 1; n <= mu_journal_count(s->journal); n++) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind != EV_WASH_SAID || strcmp(mu_journal_text(s->journal, e, "about"), parts[k].id) != 0)
            continue;
        remark(s, seat, e, out);
        count++;
    }
    mu_tag(out, "</ul>%h", count ? "" : "<p class=\"m\">Nobody has said anything yet.</p>");
    if (s->state == STATE_OVER && mu_seat_of(s->seats, seat)->part != PART_OBSERVER) {
        mu_tag(out, "<form method=\"post\" action=\"/wash/say\"><input type=\"hidden\" name=\"object\" value=\"%s\">", parts[k].id);
        mu_page_hidden(s, seat, parts[k].id, out);
        mu_tag(out, "<p><label for=\"say-%s\">%s</label><textarea id=\"say-%s\" name=\"text\" rows=\"2\" maxlength=\"2000\" required></textarea></p><button class=\"b\">Say it</button></form>",
               parts[k].id, parts[k].question, parts[k].id);
    }
    mu_buf_puts(out, "</section>");
}

void mu_wash_live(mu_stage *s, int seat, mu_buf *out)
{
    int person = mu_stage_person(s, seat);
    mu_buf who = {0};
    mu_tag(&who, "<b>%s</b>, hot wash", person >= 0 ? mu_page_name(s, mu_stage_symbol(s, person)) : mu_seat_of(s->seats, seat)->who);
    mu_page_bar(s, ROUTE_WASH, seat, who.text, out);
    mu_buf_free(&who);
    mu_page_stopped(s, out);
    mu_tag(out, "<main id=\"now\" class=\"wide\"><h1>Hot wash: %s</h1><p>The exercise is over. Talk about the plan, not about people: what it made easy, what it made hard. What you say stands in the record, with your name.</p>", s->msel->title);
    mu_page_said(s, seat, out);
    if (s->state == STATE_CLOSED)
        mu_buf_puts(out, "<p class=\"well\" id=\"closed\">■ Closed. The reports are written; whoever led the exercise has them. You may close this page.</p>");
    mu_buf_puts(out, "<div class=\"three\">");
    for (int k = 0; k < PARTS; k++)
        part(s, seat, k, out);
    mu_buf_puts(out, "</div></main>");
}

/* Everybody agrees once; the record holds how many agree. */
static const char *agree(mu_errand *a, mu_act *act)
{
    uint32_t n = act->object ? (uint32_t)strtoul(act->object, NULL, 10) : 0;
    bool there = n >= 1 && n <= mu_journal_count(a->stage->journal) && mu_journal_event(a->stage->journal, n)->kind == EV_WASH_SAID;
    if (!there)
        return "nobody said that";
    if (has_voted(a->stage, act->seat, n))
        return "you have agreed with that already";
    act->choice = mu_format(a->arena, "%d", votes(a->stage, n) + 1);
    return mu_stage_post(a->stage, act);
}

void mu_wash_do(mu_errand *a)
{
    bool vote = strcmp(a->rest, "vote") == 0;
    const char *about = mu_form_value(&a->form, "object");
    mu_act act = {.seat = mu_page_speaker(a->stage, a->seat, a->arena), .verb = vote ? "vote" : "wash", .object = vote ? about : NULL, .choice = vote ? NULL : about,
                  .text = mu_form_value(&a->form, "text"), .id = mu_moves_id(a)};
    if (!vote && strcmp(a->rest, "say") != 0) {
        mu_page_refused(a, 404, "This address leads to nothing that you can see.");
        return;
    }
    const char *why = vote ? agree(a, &act) : mu_stage_post(a->stage, &act);
    mu_stage_say(a->stage, a->seat, !why, why ? mu_format(a->arena, "Not written: %s.", why) : "Written.");
    mu_see_other(a, "/wash");
}
