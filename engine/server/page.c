/* What every page has: the word EXERCISE, the clock, the frame around what is alive. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "server/inside.h"

const char *mu_page_name(const mu_stage *s, int64_t symbol)
{
    return mu_term_name(s->seen, symbol);
}

void mu_page_time(const mu_stage *s, int64_t t, mu_buf *out)
{
    char text[32];
    mu_term_clock(s->seen, t, text);
    mu_tag(out, "<time>%s</time>", text);
}

/* How long is left changes by itself, and is no news: a push leaves it to the browser. */
void mu_page_until(const mu_stage *s, int64_t until, mu_buf *out)
{
    char at[32], left[24];
    int64_t ms = until - mu_stage_now(s);
    mu_term_clock(s->seen, until, at);
    mu_term_length(ms < 0 ? -ms : ms, left);
    mu_tag(out, "<span class=\"left\" data-until=\"%l\">", until);
    if (s->reading)
        mu_tag(out, ms < 0 ? "%s over" : "%s left", left);
    mu_tag(out, "</span>, until <time>%s</time>", at);
}

static int64_t day_of_start(const mu_stage *s)
{
    int64_t local = mu_world_local(s->world, NULL, 0);
    return (local % 86400000 + 86400000) % 86400000;
}

static void clock_face(const mu_stage *s, mu_buf *out)
{
    char now[32] = "";
    const mu_segment *last = s->clock.count ? &s->clock.list[s->clock.count - 1] : NULL;
    bool ticks = last && s->state == STATE_RUNNING;
    if (s->reading || !ticks)
        mu_term_clock(s->seen, mu_stage_now(s), now);
    mu_tag(out, "<span class=\"clock\" id=\"clock\" data-wall=\"%l\" data-exercise=\"%l\" data-rate=\"%l\" data-local=\"%l\">%s</span>", ticks ? last->wall : (int64_t)0,
           ticks ? last->exercise : mu_stage_now(s), ticks ? last->rate : (int64_t)0, day_of_start(s), now);
}

static void state_words(const mu_stage *s, mu_buf *out)
{
    char speed[40] = "real time";
    if (s->rate != 1000)
        snprintf(speed, sizeof speed, "%g times as fast", (double)s->rate / 1000);
    static const char *const words[] = {"○ Not begun", "▶ Running", "Ⅱ Paused", "■ Over", "■ Closed"};
    static const char *const small[] = {"the exercise begins when the facilitator says so", "", "the clock stands; nobody's time counts", "the hot wash is open", "the report is written"};
    mu_tag(out, "<span class=\"run\" role=\"status\">%s <small>%s</small></span>", words[s->state], s->state == STATE_RUNNING ? speed : small[s->state]);
}

void mu_page_bar(const mu_stage *s, const char *who, mu_buf *out)
{
    static const char *const classes[] = {"still", "running", "paused", "still", "still"};
    mu_tag(out, "<header class=\"bar %s\" id=\"bar\"><div>", classes[s->state]);
    clock_face(s, out);
    state_words(s, out);
    mu_tag(out, "<span class=\"who\">%h</span></div></header>", who);
}

/* The same form of the same screen is the same request, however often it is sent; after the next act it is another. */
void mu_page_hidden(const mu_stage *s, int seat, const char *key, mu_buf *out)
{
    char text[400], hash[MU_SHORT_HASH];
    snprintf(text, sizeof text, "%d %d %.300s", seat, seat < 0 ? 0 : s->acted[seat], key);
    mu_short_hash(text, strlen(text), hash);
    mu_tag(out, "<input type=\"hidden\" name=\"request\" value=\"%s\">", hash);
}

void mu_page_live(mu_stage *s, mu_route page, int looker, mu_buf *out)
{
    int person = mu_stage_person(s, looker);
    bool lobby = s->state == STATE_LOBBY;
    switch (page) {
    case ROUTE_PLAY:
        if (lobby)
            mu_lobby_player(s, looker, out);
        else if (s->state == STATE_OVER || s->state == STATE_CLOSED)
            mu_tag(out, "<main id=\"now\" class=\"plain\"><h1>The exercise is over</h1><p data-go=\"/wash\"><a href=\"/wash\">To the hot wash</a></p></main>");
        else
            mu_player_live(s, person, looker, out);
        break;
    case ROUTE_LEAD:
        if (lobby)
            mu_lobby_lead(s, looker, out);
        else
            mu_lead_live(s, looker, out);
        break;
    case ROUTE_RATE: mu_rate_live(s, looker, out); break;
    case ROUTE_WATCH: mu_watch_live(s, out); break;
    case ROUTE_WASH: mu_wash_live(s, looker, out); break;
    default: break;
    }
}

static void head(mu_buf *out, const mu_stage *s, const char *title, const char *page)
{
    mu_tag(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<title>EXERCISE: %s, %s</title><link rel=\"icon\" href=\"/icon.svg\"><link rel=\"stylesheet\" href=\"/style.css\"><script src=\"/script.js\" defer></script></head>\n", title, s->msel->title);
    mu_tag(out, "<body data-page=\"%s\" data-now=\"%l\"><a class=\"skip\" href=\"#now\">To what matters now</a>"
                "<aside class=\"ex\" aria-label=\"Notice\"><span>EXERCISE EXERCISE EXERCISE</span><span id=\"line\">%s</span></aside>\n",
           page, s->calls.steady(s->calls.self), s->msel->title);
}

static void foot(mu_buf *out, mu_kind_of_seat part)
{
    mu_buf_puts(out, "<footer><p>EXERCISE. This page works without script; <a href=\"\">read it again</a> if it looks old.</p>");
    if (part != PART_NONE)
        mu_buf_puts(out, "<form method=\"post\" action=\"/leave\"><button class=\"b s\">Leave this screen</button></form>");
    mu_buf_puts(out, "</footer></body></html>\n");
}

void mu_page(mu_errand *a, const char *title, mu_route page)
{
    mu_buf *out = &a->reply->body;
    head(out, a->stage, title, a->row->path + 1);
    bool plays = page == ROUTE_PLAY && (a->stage->state == STATE_RUNNING || a->stage->state == STATE_PAUSED);
    mu_buf_puts(out, plays ? "<div class=\"frame\"><div id=\"live\">" : "<div><div id=\"live\">");
    a->stage->reading = true;
    mu_page_live(a->stage, page, a->seat, out);
    a->stage->reading = false;
    mu_buf_puts(out, "</div>\n");
    if (plays)
        mu_player_still(a->stage, a->seat, out);
    mu_buf_puts(out, "</div>\n");
    foot(out, a->part);
    a->reply->status = 200;
}

void mu_page_plain(mu_errand *a, const char *title, const mu_buf *body)
{
    mu_buf *out = &a->reply->body;
    head(out, a->stage, title, "");
    mu_buf_add(out, body->text ? body->text : "", body->len);
    foot(out, a->part);
    a->reply->status = 200;
}
