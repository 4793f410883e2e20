/* From a request to its answer: who asks, whether they may, and which file of this room knows the rest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/hash.h"
#include "server/inside.h"

enum { WRITES = 20, WRITES_MS = 10000 };

const char *mu_cookie_name(const mu_stage *s)
{
    return s->tls ? "__Host-muster" : "muster";
}

void mu_cookie(const mu_stage *s, const char *token, mu_arena *arena, mu_reply *reply)
{
    reply->cookie = mu_format(arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", mu_cookie_name(s), token, s->tls ? "; Secure" : "", *token ? "; Max-Age=86400" : "; Max-Age=0");
}

void mu_see_other(mu_errand *a, const char *path)
{
    a->reply->status = 303;
    a->reply->location = path;
}

void mu_page_refused(mu_errand *a, int status, const char *why)
{
    mu_buf body = {0};
    const char *head = status == 404 || status == 405 ? "There is nothing here" : status == 401 ? "You are not in" : status == 409 ? "Not now" : "Not done";
    mu_tag(&body, "<main id=\"now\" class=\"plain\"><h1>%h</h1><p role=\"alert\">%s</p><p><a class=\"b s\" href=\"/\">%h</a></p></main>", head, why, a->part == PART_NONE ? "Come in" : "Back to your screen");
    mu_page_plain(a, head, &body);
    a->reply->status = status;
    mu_buf_free(&body);
}

const char *mu_own_page(const mu_errand *a)
{
    static const char *const pages[] = {"/join", "/play", "/rate", "/watch", "/lead"};
    bool wash = a->stage->state == STATE_OVER && a->part == PART_PLAYER;
    return wash ? "/wash" : pages[a->part];
}

/* ---- pages and files ---- */

static void home(mu_errand *a)
{
    if (a->part == PART_NONE)
        mu_join_page(a, mu_join_lost(a));
    else
        mu_see_other(a, mu_own_page(a));
}

static void file(mu_errand *a, const char *name, const char *type)
{
    for (const mu_embedded *e = mu_screens; e->name; e++)
        if (strcmp(e->name, name) == 0)
            *a->reply = (mu_reply){.status = 200, .type = type, .fixed = e->bytes, .fixed_len = e->len};
}

static void style(mu_errand *a)
{
    file(a, "screen.css", "text/css; charset=utf-8");
}

static void script(mu_errand *a)
{
    file(a, "screen.js", "text/javascript; charset=utf-8");
}

static void icon(mu_errand *a)
{
    file(a, "icon.svg", "image/svg+xml");
}

static void join(mu_errand *a)
{
    mu_join_page(a, mu_join_lost(a));
}

static void page(mu_errand *a)
{
    static const struct { mu_route route; const char *title; } titles[] = {
        {ROUTE_PLAY, "Your screen"}, {ROUTE_LEAD, "Facilitator"}, {ROUTE_RATE, "Evaluator"}, {ROUTE_WATCH, "Observer"}, {ROUTE_WASH, "Hot wash"}};
    const char *event = mu_form_value(&a->form, "event");
    a->stage->about = event ? (uint32_t)strtoul(event, NULL, 10) : 0;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].route == a->row->route)
            mu_page(a, titles[i].title, a->row->route);
}

static void play(mu_errand *a)
{
    if (a->stage->state == STATE_OVER) {
        mu_see_other(a, "/wash");
        return;
    }
    mu_player_opened(a->stage, mu_stage_person(a->stage, a->seat));
    page(a);
}

static void ready(mu_errand *a)
{
    mu_seats_ready(a->stage->seats, a->seat);
    mu_stage_touch(a->stage);
    mu_see_other(a, "/play");
}

/* Anybody may say that something real is happening: it ends the exercise for all, at once. */
static void real(mu_errand *a)
{
    mu_act act = {.seat = mu_page_speaker(a->stage, a->seat, a->arena), .verb = "stop", .text = mu_form_value(&a->form, "text"), .id = mu_moves_id(a)};
    if (!mu_form_value(&a->form, "sure")) {
        mu_buf body = {0};
        mu_tag(&body, "<main id=\"now\" class=\"plain\"><section class=\"real\"><h1>Is something real going on?</h1><p>This ends the exercise for everybody, at once, and says on every screen that it is real and that you said so. "
                      "It cannot be taken back. If only the exercise has to wait, ask the facilitator to pause it.</p><form method=\"post\" action=\"/play/stop\"><input type=\"hidden\" name=\"sure\" value=\"yes\">");
        mu_page_hidden(a->stage, a->seat, "stop", &body);
        mu_tag(&body, "<p><label for=\"text\">What is it? <span class=\"hint\">One line; it stands on every screen. You may leave it empty.</span></label><input id=\"text\" name=\"text\" maxlength=\"400\"></p>"
                      "<p class=\"acts\"><button class=\"b d\">Stop: this is real</button> <a class=\"b s\" href=\"/\">No, go on with the exercise</a></p></form></section></main>");
        mu_page_plain(a, "Stop", &body);
        mu_buf_free(&body);
        return;
    }
    (void)mu_stage_post(a->stage, &act);
    mu_see_other(a, "/");
}

/* What a player's screen looks like now; nothing can be done in it. */
static void as(mu_errand *a)
{
    const char *who = mu_form_value(&a->form, "person");
    const mu_node *node = who ? mu_world_node(a->stage->world, mu_symbol(a->stage->symbols, who)) : NULL;
    mu_buf body = {0};
    if (!node || !mu_is_person(a->stage->world, node)) {
        mu_page_refused(a, 404, "The plan has nobody of that name.");
        return;
    }
    mu_tag(&body, "<p class=\"over\">This is what stands on the screen of %s now. Nothing can be done here, and they do not see that you look. <a href=\"/lead\">Back to yours</a></p><fieldset class=\"look\" disabled><div class=\"frame\">",
           mu_page_name(a->stage, a->stage->world->people[node->value].name));
    a->stage->reading = true;
    mu_player_live(a->stage, (int)node->value, -1, &body);
    a->stage->reading = false;
    mu_buf_puts(&body, "</div></fieldset>");
    mu_page_plain(a, "A player's screen", &body);
    mu_buf_free(&body);
}

/* True where it has said so. */
static bool refuses_to_begin(mu_errand *a)
{
    mu_buf body = {0};
    mu_buf_puts(&body, "<main id=\"now\" class=\"plain\"><h1>Not begun: somebody would be asked whom nothing reaches</h1><div class=\"prev\">");
    bool nobody = mu_lobby_reaches_nobody(a->stage, &body);
    mu_buf_puts(&body, "<p class=\"m\">What goes to nobody is written down as having reached nobody. Where the plan is meant to be found out that way, begin all the same.</p>"
                       "<form method=\"post\" action=\"/lead/start\"><input type=\"hidden\" name=\"anyway\" value=\"yes\"><p class=\"acts\">"
                       "<button class=\"b\">Begin all the same</button> <a class=\"b s\" href=\"/lead\">Back to the lobby</a></p></form></div></main>");
    if (nobody)
        mu_page_plain(a, "Not begun", &body);
    mu_buf_free(&body);
    return nobody;
}

static void start(mu_errand *a)
{
    if (a->stage->state != STATE_LOBBY) {
        mu_see_other(a, "/lead"); /* sent again */
        return;
    }
    if (!mu_form_value(&a->form, "anyway") && refuses_to_begin(a))
        return;
    if (mu_stage_begin(a->stage))
        mu_see_other(a, "/lead");
    else
        mu_page_refused(a, 503, "The exercise cannot be begun: see the terminal in which the program runs.");
}

static void leave(mu_errand *a)
{
    mu_seats_leave(a->stage->seats, a->session);
    mu_cookie(a->stage, "", a->arena, a->reply);
    mu_see_other(a, "/join");
}

static void close_all(mu_errand *a)
{
    mu_buf body = {0};
    a->stage->closing = true;
    mu_buf_puts(&body, "<main id=\"now\" class=\"plain\"><h1>■ Closed</h1><p>The reports are written into the drill’s folder, where the program was started: <span class=\"mono\">report.html</span> for people, "
                       "<span class=\"mono\">report.md</span>, <span class=\"mono\">report.json</span> and <span class=\"mono\">findings.json</span> for programs, beside the journal that they are made of.</p>"
                       "<p>The program ends now. Every other screen says that it is closed; you may close this page.</p></main>");
    mu_page_plain(a, "Closed", &body);
    mu_buf_free(&body);
}

static void report(mu_errand *a)
{
    a->stage->calls.report(a->stage->calls.self, &a->reply->body);
    a->reply->status = 200;
    a->reply->styled = true;
}

static void (*const handlers[MU_ROUTES])(mu_errand *a) = {
    [ROUTE_HOME] = home, [ROUTE_JOIN] = join, [ROUTE_ENTER] = mu_join_enter, [ROUTE_LEAVE] = leave, [ROUTE_STYLE] = style, [ROUTE_SCRIPT] = script, [ROUTE_ICON] = icon,
    [ROUTE_PLAY] = play, [ROUTE_READY] = ready, [ROUTE_MOVE] = mu_moves_do, [ROUTE_REAL] = real, [ROUTE_LEAD] = page, [ROUTE_AS] = as,
    [ROUTE_SHOW] = mu_lead_show, [ROUTE_DO] = mu_lead_do, [ROUTE_START] = start, [ROUTE_INVITE] = mu_join_invite, [ROUTE_REVOKE] = mu_join_revoke,
    [ROUTE_CLOSE] = close_all, [ROUTE_RATE] = page, [ROUTE_NOTE] = mu_rate_do, [ROUTE_WATCH] = page, [ROUTE_WASH] = page, [ROUTE_SAY] = mu_wash_do,
    [ROUTE_IMPROVE] = mu_improve_page, [ROUTE_AGREE] = mu_improve_do, [ROUTE_REPORT] = report,
};

/* ---- the way in ---- */

static void who_asks(mu_errand *a)
{
    a->session = mu_request_cookie(a->request, mu_cookie_name(a->stage), a->arena);
    a->seat = mu_seats_session(a->stage->seats, a->session);
    a->part = a->seat < 0 ? PART_NONE : mu_seat_of(a->stage->seats, a->seat)->part;
    if (a->seat < 0)
        return;
    mu_link_known(a->link);
    mu_stage_hear(a->stage, a->seat);
    a->stage->asked[a->seat] = true;
}

static bool too_often(mu_errand *a)
{
    if (!a->request->post || a->seat < 0)
        return false;
    return !mu_seats_often(a->stage->seats, mu_format(a->arena, "seat %d", a->seat), WRITES, WRITES_MS, a->stage->calls.steady(a->stage->calls.self));
}

static void denied(mu_errand *a)
{
    int status = mu_may_not(a->part, a->row);
    if (status == 401 && !a->request->post)
        mu_see_other(a, "/join");
    else
        mu_page_refused(a, status, status == 401 ? "You have not come in, or your place was taken from you. Ask the facilitator for a link. Nothing that was written is lost."
                                   : status == 409 ? "The exercise is not at that point: it has not begun, or it is over already. Nothing was done." : "This address leads to nothing that you can see.");
}

static void answer(mu_errand *a)
{
    bool known;
    const char *fields = a->request->post ? a->request->body : a->request->query;
    size_t len = a->request->post ? a->request->length : strlen(fields);
    who_asks(a);
    a->row = mu_route_find(a->request->path, a->request->post, &a->rest, &known);
    if (!a->row)
        mu_page_refused(a, known && a->part != PART_NONE ? 405 : 404, "This address leads to nothing that you can see.");
    else if (!mu_may(a->part, a->row, a->stage->state) || !handlers[a->row->route])
        denied(a);
    else if (too_often(a))
        mu_page_refused(a, 429, "That was too much at once, and this last one was not taken. Wait ten seconds, go back, and send it again. What was taken before is safe.");
    else if (!mu_form_read(a->arena, fields, len, &a->form))
        mu_page_refused(a, 400, "That could not be read: a text was too long, or was no text. Nothing was done. Go back, make it shorter, and send it again.");
    else
        handlers[a->row->route](a);
}

/* The reply is copied out before the arena goes. */
void mu_answer(void *stage, mu_link *link, const mu_request *request, mu_reply *reply)
{
    static char location[64], cookie[200];
    mu_errand a = {.stage = stage, .link = link, .request = request, .reply = reply, .arena = mu_arena_new()};
    answer(&a);
    if (reply->location) {
        snprintf(location, sizeof location, "%s", reply->location);
        reply->location = location;
    }
    if (reply->cookie) {
        snprintf(cookie, sizeof cookie, "%s", reply->cookie);
        reply->cookie = cookie;
    }
    mu_arena_free(a.arena);
}

/* ---- pages that stay open ---- */

bool mu_answer_joins(void *stage, mu_link *link, const mu_request *request)
{
    mu_stage *s = stage;
    mu_errand a = {.stage = s, .link = link, .request = request, .arena = mu_arena_new()};
    const char *rest;
    bool known;
    who_asks(&a);
    const mu_route_row *live = mu_route_find(request->path, false, &rest, &known);
    bool may = live && live->route == ROUTE_LIVE && mu_may(a.part, live, s->state);
    const mu_route_row *page = may ? mu_route_find(mu_format(a.arena, "/%s", rest), false, &rest, &known) : NULL;
    may = page && mu_may(a.part, page, s->state) && handlers[page->route] && page->route != ROUTE_REPORT && page->route != ROUTE_IMPROVE && page->route != ROUTE_JOIN;
    if (may) {
        mu_viewer *v = mu_grow(NULL, sizeof *v);
        *v = (mu_viewer){.link = link, .seat = a.seat, .person = mu_stage_person(s, a.seat), .page = page->route, .next = s->viewers};
        s->viewers = v;
        s->pages[a.seat]++;
        s->live[a.seat] = true;
        mu_link_own(link, v);
        s->anything = true; /* the facilitator sees who is there */
    }
    mu_arena_free(a.arena);
    return may;
}

/* A page in front of somebody's eyes says so: what is on it has been seen. */
void mu_answer_said(void *stage, mu_link *link, const char *text, size_t len)
{
    mu_viewer *v = mu_link_owner(link);
    mu_stage *s = stage;
    bool runs = s->state == STATE_RUNNING || s->state == STATE_PAUSED;
    if (v && runs && v->page == ROUTE_PLAY && len == 4 && memcmp(text, "seen", 4) == 0)
        mu_player_opened(s, v->person);
}

static bool still_there(const mu_stage *s, const mu_viewer *v)
{
    const mu_seat *n = mu_seat_of(s->seats, v->seat);
    return n->joined && !n->revoked;
}

static void forget_push(mu_shown *shown)
{
    mu_buf_free(&shown->push);
    mu_version_drop(shown->was);
    shown->was = NULL;
    shown->made = false;
}

void mu_answer_turned(mu_stage *s)
{
    for (int i = 0; i < mu_seats_count(s->seats); i++)
        forget_push(&s->shown[i]);
}

void mu_answer_forget(mu_stage *s)
{
    mu_answer_turned(s);
    mu_buf_free(&s->page);
    if (s->kept)
        mu_pen_free(s->kept);
    for (int i = 0; i < mu_seats_count(s->seats); i++)
        mu_version_drop(s->shown[i].is);
}

/* The page as it is now, and the push that makes it of what the browser has: at the end of `out`. */
static void write_push(mu_stage *s, mu_route page, int seat, mu_version *has, mu_shown *shown, mu_buf *out)
{
    s->page.len = 0;
    s->kept = s->kept ? s->kept : mu_pen_new(NULL);
    s->pen = s->kept;
    mu_pen_again(s->pen, has);
    mu_page_live(s, page, seat, &s->page);
    mu_version *is = mu_pen_version(s->pen, &s->page);
    mu_pen_push(s->pen, is, &s->page, s->calls.steady(s->calls.self), out);
    s->pen = NULL;
    bool known = mu_version_same(shown->is, is); /* then all hold the same one */
    mu_version_drop(known ? is : shown->is);
    shown->is = known ? shown->is : is;
}

/* What other tabs of theirs may be sent as well is kept as long as the turn is. */
static void write_for_all(mu_stage *s, mu_route page, int seat, mu_version *has, mu_shown *shown)
{
    if (shown->made && (shown->was == has || shown->is == has))
        return;
    forget_push(shown);
    write_push(s, page, seat, has, shown, &shown->push);
    shown->was = has ? mu_version_hold(has) : NULL;
    shown->made = true;
}

bool mu_answer_news(mu_stage *s, mu_route page, int seat, mu_version **has, mu_buf *text)
{
    mu_shown own = {.is = NULL}, *shown = page == ROUTE_PLAY ? &s->shown[seat] : &own;
    size_t before = text->len;
    if (page == ROUTE_PLAY && s->pages[seat] > 1) {
        write_for_all(s, page, seat, *has, shown);
        mu_buf_add(text, shown->push.text, shown->push.len);
    } else {
        forget_push(shown);
        write_push(s, page, seat, *has, shown, text);
    }
    bool news = !mu_version_same(*has, shown->is);
    text->len = news ? text->len : before;
    mu_version_hold(shown->is);
    mu_version_drop(*has);
    *has = shown->is;
    mu_version_drop(own.is);
    return news;
}

/* What is new of the page, with the time that the browser sets its clock by; nothing where it is as it was. */
bool mu_answer_next(void *stage, mu_link *link, mu_buf *text)
{
    mu_stage *s = stage;
    mu_viewer *v = mu_link_owner(link);
    if (v && still_there(s, v))
        return mu_answer_news(s, v->page, v->seat, &v->has, text);
    mu_link_end(link);
    return false;
}

void mu_answer_gone(void *stage, mu_link *link)
{
    mu_stage *s = stage;
    mu_viewer *gone = mu_link_owner(link);
    for (mu_viewer **p = &s->viewers; gone && *p; p = &(*p)->next)
        if (*p == gone) {
            *p = gone->next;
            s->pages[gone->seat]--;
            mu_stage_hear(s, gone->seat);
            mu_version_drop(gone->has);
            free(gone);
            s->anything = true;
            return;
        }
}
