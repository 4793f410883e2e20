#include "server/answers.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/embedded.h"
#include "server/tag.h"

/* ---- the frame ---- */

static void begin(mu_buf *out, const mu_answers *a, const char *title)
{
    mu_tag(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<title>EXERCISE: %s</title><link rel=\"icon\" href=\"/icon.svg\"><link rel=\"stylesheet\" href=\"/style.css\"><script src=\"/script.js\" defer></script></head>\n"
                "<body data-page=\"\" data-now=\"0\"><aside class=\"ex\" aria-label=\"Notice\"><span>EXERCISE EXERCISE EXERCISE</span><span id=\"line\">%s</span></aside>\n"
                "<main id=\"now\" class=\"plain\">", title, a->organisation);
}

static void end(mu_buf *out)
{
    mu_buf_puts(out, "</main><footer><p>EXERCISE. This is no incident: nothing has happened. A real emergency goes before any drill.</p></footer></body></html>\n");
}

static void clock_of(const mu_answers *a, int64_t t, char text[32])
{
    mu_local_write(mu_zone_local(a->zone, a->began + t), text);
}

/* ---- who was asked ---- */

static void page_ask(const mu_answers *a, const char *why, mu_reply *reply)
{
    mu_buf *out = &reply->body;
    begin(out, a, "can you be reached?");
    mu_tag(out, "<h1>Can you be reached?</h1>");
    if (why)
        mu_tag(out, "<p class=\"over\" role=\"alert\">%s</p>", why);
    mu_tag(out, "<p>%s tries whether those whom its incident response plan names can be reached. Answers are taken until %s.</p>", a->organisation, a->until);
    mu_tag(out, "<form method=\"post\" action=\"/\" id=\"got\"><p id=\"typed\"><label for=\"code\">Your code <span class=\"hint\">It stands in the message that you got.</span></label>"
                "<input id=\"code\" name=\"code\" required maxlength=\"40\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\"></p>"
                "<button class=\"b\">I have got this</button></form>");
    end(out);
    reply->status = why ? 403 : 200;
}

/* What else of theirs is still open. */
static int open_ways(const mu_calls *c, const char *who)
{
    int n = 0;
    for (int i = 0; i < c->count; i++)
        n += strcmp(c->list[i].way.who, who) == 0 && c->list[i].state != MU_WAY_ANSWERED && c->list[i].state != MU_WAY_WRONG;
    return n;
}

static void page_thanks(const mu_answers *a, const mu_asked *asked, bool again, mu_reply *reply)
{
    mu_buf *out = &reply->body;
    char at[32];
    int open = open_ways(a->check, asked->way.who);
    clock_of(a, asked->answered, at);
    begin(out, a, "thank you");
    mu_tag(out, "<h1>Thank you, %s</h1><p>%s: over %s, at %s.</p>", asked->way.name, again ? "You have said so already" : "It is written down", asked->way.channel, at);
    mu_tag(out, open ? "<p>The same comes, or came, to you over another way: please answer that as well.</p>" : "<p>That is all. You can close this page.</p>");
    end(out);
    reply->status = 200;
}

static void answer(mu_answers *a, const mu_form *form, mu_reply *reply)
{
    const char *typed = mu_form_value(form, "code");
    int i = typed ? mu_calls_of_code(a->check, typed) : -1;
    if (i < 0) {
        page_ask(a, "That code is none of this check. Look at the message again; letters and digits count, dashes do not.", reply);
        return;
    }
    bool again = !mu_way_may_answer(&a->check->list[i]);
    if (!again && !*a->check->ended) {
        int64_t wall, t = a->now(a->self, &wall);
        mu_calls_answered(a->check, i, t, wall);
    }
    if (a->check->list[i].state == MU_WAY_ANSWERED)
        page_thanks(a, &a->check->list[i], again, reply);
    else
        page_ask(a, "The check is over: answers are not taken any more.", reply);
}

/* ---- who leads ---- */

static void page_lead(mu_answers *a, const char *why, mu_reply *reply)
{
    mu_buf *out = &reply->body;
    begin(out, a, "the call tree");
    mu_tag(out, "<h1>The call tree</h1>");
    if (why)
        mu_tag(out, "<p class=\"over\" role=\"alert\">%s</p>", why);
    mu_tag(out, "<form method=\"post\" action=\"/lead\" id=\"got\"><p id=\"typed\"><label for=\"code\">Your key <span class=\"hint\">Whoever began the check was shown it.</span></label>"
                "<input id=\"code\" name=\"key\" required maxlength=\"40\" autocomplete=\"off\" spellcheck=\"false\"></p><button class=\"b\">Show it</button></form>");
    end(out);
    reply->status = why ? 403 : 200;
}

static void button(mu_buf *out, const char *key, int i, const char *came, const char *words)
{
    mu_tag(out, "<form method=\"post\" action=\"/lead\"><input type=\"hidden\" name=\"key\" value=\"%s\"><input type=\"hidden\" name=\"way\" value=\"%d\"><input type=\"hidden\" name=\"came\" value=\"%s\">"
                "<button class=\"b s\">%s</button></form>", key, i + 1, came, words);
}

static const char *state_words(const mu_asked *w, bool hand)
{
    static const char *const words[MU_WAY_STATES] = {"to be sent", "sent, no answer yet", "answered", "wrong address", "nobody answered", "not sent, is tried again", "may have left", "not tried"};
    return hand && w->state == MU_WAY_WAITS ? "to be called" : words[w->state];
}

static void lead_row(const mu_answers *a, const char *key, int i, mu_buf *out)
{
    const mu_asked *w = &a->check->list[i];
    char at[32] = "", code[MU_CALL_CODE];
    bool hand = w->way.by == MU_BY_HAND, open = w->state != MU_WAY_ANSWERED && w->state != MU_WAY_WRONG && !*a->check->ended;
    if (w->state == MU_WAY_ANSWERED)
        clock_of(a, w->answered, at);
    mu_calls_code(a->check, i, code);
    mu_tag(out, "<li><h2>%s <small>%s %s</small></h2><p>%s%s%s%s%s</p>", w->way.name, w->way.channel, w->way.address, state_words(w, hand), *at ? " at " : "", at, *w->words ? ": " : "", w->words);
    if (hand && open)
        mu_tag(out, "<p class=\"hint\">Or let them type the code <span class=\"mono\">%s</span>.</p>", code);
    mu_buf_puts(out, open ? "<div class=\"acts\">" : "<div>");
    if (hand && open) {
        button(out, key, i, "reached", "Reached");
        button(out, key, i, "silent", "Nobody answered");
    }
    if (open && (hand || w->state == MU_WAY_SENT || w->state == MU_WAY_UNCLEAR))
        button(out, key, i, "wrong", hand ? "Wrong number" : "It came back");
    mu_buf_puts(out, "</div></li>");
}

static void page_ways(const mu_answers *a, const char *key, mu_reply *reply)
{
    mu_buf *out = &reply->body;
    const mu_calls *c = a->check;
    int answered = 0;
    for (int i = 0; i < c->count; i++)
        answered += c->list[i].state == MU_WAY_ANSWERED;
    begin(out, a, "the call tree");
    mu_tag(out, "<h1>The call tree</h1><p role=\"status\">%d of %d ways answered. %s %s.</p>", answered, c->count, *c->ended ? "It is over:" : "Answers are taken until", *c->ended ? c->ended : a->until);
    mu_tag(out, "<form method=\"post\" action=\"/lead\"><input type=\"hidden\" name=\"key\" value=\"%s\"><button class=\"b\">Look again</button></form><ul class=\"links\">", key);
    for (int hand = 1; hand >= 0; hand--)
        for (int i = 0; i < c->count; i++)
            if ((c->list[i].way.by == MU_BY_HAND) == (hand == 1))
                lead_row(a, key, i, out);
    mu_buf_puts(out, "</ul>");
    end(out);
    reply->status = 200;
}

/* What came of a call by hand, or of a message that bounced. False where that cannot be. */
static bool note(mu_answers *a, int i, const char *came)
{
    const mu_asked *w = i >= 0 && i < a->check->count ? &a->check->list[i] : NULL;
    bool hand = w && w->way.by == MU_BY_HAND, open = w && w->state != MU_WAY_ANSWERED && w->state != MU_WAY_WRONG && !*a->check->ended;
    int64_t wall, t = a->now(a->self, &wall);
    if (!open)
        return false;
    if (hand && strcmp(came, "reached") == 0)
        mu_calls_answered(a->check, i, t, wall);
    else if (hand && strcmp(came, "silent") == 0)
        mu_calls_failed(a->check, i, MU_WAY_NO_ANSWER, "it rang out", t, wall);
    else if (strcmp(came, "wrong") == 0 && (hand || w->state == MU_WAY_SENT || w->state == MU_WAY_UNCLEAR))
        mu_calls_failed(a->check, i, MU_WAY_WRONG, hand ? "the number is wrong, or somebody else's" : "it came back", t, wall);
    else
        return false;
    return true;
}

static void lead(mu_answers *a, const mu_form *form, mu_reply *reply)
{
    const char *key = mu_form_value(form, "key"), *way = mu_form_value(form, "way"), *came = mu_form_value(form, "came");
    int i = 0;
    if (!key || !mu_calls_is_lead(a->check, key)) {
        page_lead(a, "That key opens nothing. It was shown to whoever began the check.", reply);
        return;
    }
    for (const char *p = way ? way : ""; *p >= '0' && *p <= '9' && i < 100000; p++)
        i = i * 10 + (*p - '0');
    if (way && came)
        (void)note(a, i - 1, came); /* what came meanwhile stands on the page */
    page_ways(a, key, reply);
}

/* ---- requests ---- */

static void file(mu_reply *reply, const char *name, const char *type)
{
    for (const mu_embedded *e = mu_screens; e->name; e++)
        if (strcmp(e->name, name) == 0)
            *reply = (mu_reply){.status = 200, .type = type, .fixed = e->bytes, .fixed_len = e->len};
}

static void no_page(const mu_answers *a, int status, mu_reply *reply)
{
    begin(&reply->body, a, "nothing here");
    mu_tag(&reply->body, "<h1>There is nothing here</h1><p><a href=\"/\">To the page for your answer</a></p>");
    end(&reply->body);
    reply->status = status;
}

static void look(mu_answers *a, const char *path, mu_reply *reply)
{
    if (strcmp(path, "/") == 0)
        page_ask(a, NULL, reply);
    else if (strcmp(path, "/lead") == 0)
        page_lead(a, NULL, reply);
    else if (strcmp(path, "/style.css") == 0)
        file(reply, "screen.css", "text/css; charset=utf-8");
    else if (strcmp(path, "/script.js") == 0)
        file(reply, "screen.js", "text/javascript; charset=utf-8");
    else if (strcmp(path, "/icon.svg") == 0)
        file(reply, "icon.svg", "image/svg+xml");
    else
        no_page(a, 404, reply);
}

static void asked(void *self, mu_link *link, const mu_request *request, mu_reply *reply)
{
    mu_answers *a = self;
    mu_arena *arena = mu_arena_new();
    mu_form form;
    (void)link;
    bool read = request->post && mu_form_read(arena, request->body, request->length, &form), to_lead = strcmp(request->path, "/lead") == 0;
    if (!request->post)
        look(a, request->path, reply);
    else if (!read || (!to_lead && strcmp(request->path, "/") != 0))
        no_page(a, read ? 404 : 400, reply);
    else
        (to_lead ? lead : answer)(a, &form, reply);
    mu_arena_free(arena);
}

static bool joins(void *self, mu_link *link, const mu_request *request)
{
    (void)self;
    (void)link;
    (void)request;
    return false;
}

static void said(void *self, mu_link *link, const char *text, size_t len)
{
    (void)self;
    (void)link;
    (void)text;
    (void)len;
}

static bool next(void *self, mu_link *link, mu_buf *text)
{
    (void)self;
    (void)link;
    (void)text;
    return false;
}

static void gone(void *self, mu_link *link)
{
    (void)self;
    (void)link;
}

mu_http_calls mu_answers_http(mu_answers *a)
{
    return (mu_http_calls){a, asked, joins, said, next, gone};
}
