/* What every page has: the word EXERCISE, the clock, the frame around what is alive. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "server/inside.h"

const char *mu_page_name(const mu_stage *s, int64_t symbol)
{
    return mu_term_name(s->seen, symbol);
}

const char *mu_page_called(const mu_stage *s, const char *name)
{
    const char *colon = strchr(name, ':'), *text = strcmp(name, "team:all") == 0 ? "everybody" : mu_page_name(s, mu_symbol(s->symbols, name));
    if (strcmp(text, colon ? colon + 1 : name) != 0 || !strchr(text, '_'))
        return text;
    mu_buf plain = {0}; /* an id, in plain letters; it is kept among the symbols */
    mu_buf_puts(&plain, text);
    for (char *p = plain.text; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    text = mu_symbol_text(s->symbols, mu_symbol(s->symbols, plain.text));
    mu_buf_free(&plain);
    return text;
}

const char *mu_page_speaker(const mu_stage *s, int seat, mu_arena *arena)
{
    const mu_seat *n = mu_seat_of(s->seats, seat);
    int person = mu_stage_person(s, seat);
    if (person >= 0)
        return mu_page_name(s, mu_stage_symbol(s, person));
    return strncmp(n->who, "the ", 4) == 0 ? n->who : mu_format(arena, "%s %s", mu_seat_word(n->part), n->who);
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

/* The event by which something real has ended it, or NULL. */
static const mu_event *stop_of(const mu_stage *s)
{
    bool over = s->state == STATE_OVER || s->state == STATE_CLOSED;
    return over && s->stopped ? mu_journal_event(s->journal, s->stopped) : NULL;
}

void mu_page_stopped(const mu_stage *s, mu_buf *out)
{
    const mu_event *e = stop_of(s);
    if (!e)
        return;
    const char *by = mu_journal_text(s->journal, e, "by"), *why = mu_journal_text(s->journal, e, "why");
    mu_buf_puts(out, "<section class=\"stopped\" id=\"stopped\"><h2>■ Stopped at ");
    mu_page_time(s, e->t, out);
    mu_tag(out, ": this is real</h2><p><b>%s</b>%h%s</p><p>Nothing of the exercise is in force any more. What was sent in it was not real; what happens now is. Act by your plan. The hot wash can wait.</p></section>",
           by, *why ? ": " : " says that something real is going on.", why);
}

static void state_words(const mu_stage *s, mu_buf *out)
{
    static const char *const words[] = {"○ Not begun", "▶ Running", "Ⅱ Paused", "■ Over", "■ Closed"};
    static const char *const small[] = {"it begins when the facilitator says so", "", "the clock stands; nobody’s time counts", "the hot wash is open", "the reports are written"};
    char speed[40] = "in real time";
    bool real = stop_of(s) != NULL;
    if (s->rate != 1000)
        snprintf(speed, sizeof speed, "%g times as fast", (double)s->rate / 1000);
    mu_tag(out, "<span class=\"run\" role=\"status\">%s <small>%s</small></span>", real ? "■ Stopped" : words[s->state],
           real ? "this is real: act by your plan" : s->state == STATE_RUNNING ? speed : small[s->state]);
}

/* What stops and starts the clock stands beside it, wherever the page is scrolled to. */
static void clock_form(const mu_stage *s, int looker, mu_buf *out)
{
    bool paused = s->state == STATE_PAUSED;
    mu_tag(out, "<form method=\"post\" action=\"/lead/do\" class=\"acts\" id=\"clock-form\"><input type=\"hidden\" name=\"verb\" value=\"%h\">", paused ? "resume" : "pause");
    mu_page_hidden(s, looker, paused ? "resume" : "pause", out);
    mu_tag(out, "<button class=\"b\" aria-describedby=\"clock-does\">%h</button><small id=\"clock-does\">%h</small></form>", paused ? "Go on" : "Pause",
           paused ? "the clock runs again, for everybody" : "the clock stands at once, for everybody");
}

static mu_kind_of_seat part_of(const mu_stage *s, int looker)
{
    return looker < 0 ? PART_NONE : mu_seat_of(s->seats, looker)->part;
}

/* The pages that the table of routes lets this seat see now, where there is more than one. */
static void ways(const mu_stage *s, mu_route page, int looker, mu_buf *out)
{
    static const struct { mu_route route; const char *path, *title; } pages[] = {
        {ROUTE_LEAD, "/lead", "Facilitator"}, {ROUTE_RATE, "/rate", "Evaluation guide"}, {ROUTE_WATCH, "/watch", "Everything that happens"}, {ROUTE_WASH, "/wash", "Hot wash"},
        {ROUTE_IMPROVE, "/improve", "Improvement plan"}, {ROUTE_REPORT, "/report", "Report as it stands"}};
    const char *rest;
    bool known;
    int count = 0;
    mu_buf list = {0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (mu_may(part_of(s, looker), mu_route_find(pages[i].path, false, &rest, &known), s->state)) {
            mu_tag(&list, "<a href=\"%h\"%h>%h</a>", pages[i].path, pages[i].route == page ? " aria-current=\"page\"" : "", pages[i].title);
            count++;
        }
    if (count > 1)
        mu_tag(out, "<nav class=\"ways\" id=\"ways\" aria-label=\"Pages\">%h</nav>", list.text);
    mu_buf_free(&list);
}

/* All that the clock's face and the words beside it are made of. */
static bool clock_part(const mu_stage *s, const mu_buf *out)
{
    const mu_segment *last = s->clock.count ? &s->clock.list[s->clock.count - 1] : NULL;
    bool ticks = last && s->state == STATE_RUNNING;
    int64_t key[] = {3, s->state, s->rate, s->stopped, ticks, ticks ? last->wall : 0, ticks ? last->exercise : mu_stage_now(s), ticks ? last->rate : 0};
    return mu_pen_part(s->pen, key, sizeof key / sizeof *key, out);
}

void mu_page_bar(const mu_stage *s, mu_route page, int looker, const char *who, mu_buf *out)
{
    static const char *const classes[] = {"still", "running", "paused", "still", "still"};
    bool drill = s->state == STATE_RUNNING || s->state == STATE_PAUSED;
    if (clock_part(s, out)) {
        mu_tag(out, "<header class=\"bar %s\" id=\"bar\"%h><div>", classes[s->state], s->state == STATE_CLOSED ? " data-closed=\"yes\"" : "");
        clock_face(s, out);
        state_words(s, out);
        mu_pen_end(s->pen, out);
    }
    mu_tag(out, "<span class=\"who\">%h</span>", who);
    if (page == ROUTE_LEAD && drill && looker >= 0)
        clock_form(s, looker, out);
    mu_buf_puts(out, "</div></header>");
    int64_t key[] = {4, page, part_of(s, looker), s->state};
    if (mu_pen_part(s->pen, key, sizeof key / sizeof *key, out)) {
        ways(s, page, looker, out);
        mu_pen_end(s->pen, out);
    }
}

void mu_page_said(const mu_stage *s, int looker, mu_buf *out)
{
    if (looker >= 0 && s->said[looker].len)
        mu_tag(out, "<pre class=\"said%h\" id=\"said\" role=\"status\" tabindex=\"-1\">%s</pre>", s->refused[looker] ? " refused" : "", s->said[looker].text);
}

/* The same form of the same screen is the same request, however often it is sent; after the next act it is another. */
void mu_page_hidden(const mu_stage *s, int seat, const char *key, mu_buf *out)
{
    mu_buf text = {0};
    char hash[MU_SHORT_HASH];
    mu_buf_number(&text, seat);
    mu_buf_add(&text, " ", 1);
    mu_buf_number(&text, seat < 0 ? 0 : s->acted[seat]);
    mu_buf_add(&text, " ", 1);
    mu_buf_add(&text, key, strnlen(key, 300));
    mu_short_hash(text.text, text.len, hash);
    mu_buf_free(&text);
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
    case ROUTE_WATCH: mu_watch_live(s, looker, out); break;
    case ROUTE_WASH: mu_wash_live(s, looker, out); break;
    default: break;
    }
}

static void head(mu_buf *out, const mu_stage *s, const char *title, const char *page)
{
    mu_tag(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<title>EXERCISE: %s, %s</title><link rel=\"icon\" href=\"/icon.svg\"><link rel=\"stylesheet\" href=\"/style.css\"><script src=\"/script.js\" defer></script></head>\n", title, s->msel->title);
    mu_tag(out, "<body data-page=\"%s\" data-now=\"%l\"><a class=\"skip\" href=\"#now\">To what matters now</a>"
                "<aside class=\"ex\" aria-label=\"Notice\"><span>EXERCISE EXERCISE EXERCISE</span><span id=\"line\" role=\"status\">%s</span></aside><p class=\"vh\" id=\"news\" role=\"status\"></p>\n",
           page, s->calls.steady(s->calls.self), s->msel->title);
}

/* A link has been used by whoever sees this: leaving is not done in passing. */
static void foot(mu_buf *out, mu_kind_of_seat part)
{
    mu_buf_puts(out, "<footer><p>EXERCISE EXERCISE EXERCISE</p>");
    if (part != PART_NONE)
        mu_buf_puts(out, "<details class=\"leave\"><summary>Leave this screen</summary><p>Your link has been used. To come back you need a new one from the facilitator.</p>"
                         "<form method=\"post\" action=\"/leave\"><button class=\"b s\">Leave all the same</button></form></details>");
    mu_buf_puts(out, "</footer></body></html>\n");
}

/* The script takes the first away before it is seen. */
static void without_script(mu_buf *out)
{
    mu_buf_puts(out, "<p class=\"ways plainly\" id=\"plainly\">Without script this page does not change by itself. <a href=\"\">Look for what is new</a></p>"
                     "<section class=\"over\" id=\"kept\" hidden aria-label=\"What you were writing\"><p>You were writing this when it was no longer asked for. Nobody has been sent it; it is kept here until you leave the page.</p></section>\n");
}

void mu_page(mu_errand *a, const char *title, mu_route page)
{
    mu_buf *out = &a->reply->body;
    head(out, a->stage, title, a->row->path + 1);
    without_script(out);
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
