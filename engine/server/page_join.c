/* Coming in: a link that works once, or the code of the table and a name; and the links that the facilitator makes. */
#include <string.h>
#include <strings.h>

#include "server/inside.h"

enum { FAILS = 5, FAILS_MS = 60000, FAILS_IN_ALL = 50, FAILS_IN_ALL_MS = 3600000 };

const char *mu_join_lost(const mu_errand *a)
{
    return a->session && *a->session ? "You were in, and are not any more: your place was taken back, or you have left. Nothing that you wrote is lost. Ask the facilitator for a new link." : NULL;
}

void mu_join_page(mu_errand *a, const char *why)
{
    mu_buf body = {0};
    char request[MU_TOKEN];
    mu_token_make(request);
    mu_buf_puts(&body, "<main id=\"now\" class=\"plain\"><h1>Come in</h1><p>This is an exercise. You were given a link, a QR code, or the code of the table: any of them is enough, and no account is needed.</p>");
    if (why)
        mu_tag(&body, "<p class=\"over\" role=\"alert\">%s</p>", why);
    mu_tag(&body, "<form method=\"post\" action=\"/join\" id=\"enter\"><input type=\"hidden\" name=\"request\" value=\"%s\">"
                  "<p><label for=\"token\">The code <span class=\"hint\">Of the table, or what stands behind # in your link.</span></label><input id=\"token\" name=\"token\" required maxlength=\"60\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\"></p>"
                  "<p><label for=\"name\">Your name <span class=\"hint\">With the code of the table: as the plan writes it. With a link of your own: leave it empty.</span></label>"
                  "<input id=\"name\" name=\"name\" maxlength=\"90\" autocomplete=\"name\"></p><button class=\"b\">Come in</button></form></main>", request);
    mu_page_plain(a, "Come in", &body);
    mu_buf_free(&body);
}

/* A person of the plan by id or name. */
static const mu_person *person_named(const mu_stage *s, const char *name)
{
    for (int i = 0; name && i < s->world->person_count; i++) {
        const char *full = mu_get_text(s->world->people[i].node, "name");
        if (strcasecmp(s->world->people[i].node->key, name) == 0 || (full && strcasecmp(full, name) == 0))
            return &s->world->people[i];
    }
    return NULL;
}

static int seat_of(mu_stage *s, mu_kind_of_seat part, const char *who)
{
    int seat = mu_seats_find(s->seats, part, who);
    return seat >= 0 ? seat : mu_seats_add(s->seats, part, who);
}

/* At the table: whoever names themselves as somebody of the plan who has not come in. -1 with *why. */
static int by_table(mu_errand *a, const char *name, const char **why)
{
    const mu_person *p = person_named(a->stage, name);
    int seat = p ? seat_of(a->stage, PART_PLAYER, mu_symbol_text(a->stage->symbols, p->name)) : -1;
    *why = !p ? "The code is right. The plan has nobody of that name: write it as the plan does." : seat < 0 ? "There are too many seats." : NULL;
    const char *request = mu_form_value(&a->form, "request");
    if (seat >= 0 && mu_seat_of(a->stage->seats, seat)->joined && !mu_seats_used(a->stage->seats, seat, request ? request : "")) {
        *why = "Somebody has come in under that name already. Ask the facilitator for a link.";
        return -1;
    }
    return seat;
}

static bool tired(mu_errand *a)
{
    int64_t now = a->stage->calls.steady(a->stage->calls.self);
    return mu_seats_tired(a->stage->seats, mu_link_address(a->link), FAILS, FAILS_MS, now) || mu_seats_tired(a->stage->seats, "all", FAILS_IN_ALL, FAILS_IN_ALL_MS, now);
}

static void failed(mu_errand *a, const char *why)
{
    int64_t now = a->stage->calls.steady(a->stage->calls.self);
    (void)mu_seats_often(a->stage->seats, mu_link_address(a->link), FAILS, FAILS_MS, now);
    (void)mu_seats_often(a->stage->seats, "all", FAILS_IN_ALL, FAILS_IN_ALL_MS, now);
    mu_join_page(a, why);
    a->reply->status = 403;
}

/* In a drill that runs, whoever comes in takes their own place over from the stand-in. */
static void take_place(mu_errand *a, int seat)
{
    mu_stage *s = a->stage;
    bool runs = s->state == STATE_RUNNING || s->state == STATE_PAUSED;
    int person = mu_stage_person(s, seat);
    mu_act act = {.seat = "facilitator", .verb = "seat", .object = mu_seat_of(s->seats, seat)->who, .choice = "player"};
    if (runs && person >= 0 && !s->world->people[person].played)
        (void)mu_stage_post(s, &act);
    mu_stage_touch(s);
}

void mu_join_enter(mu_errand *a)
{
    const char *token = mu_form_value(&a->form, "token"), *name = mu_form_value(&a->form, "name"), *request = mu_form_value(&a->form, "request"), *why = NULL;
    char session[MU_TOKEN];
    if (tired(a)) {
        mu_page_refused(a, 429, "Too many wrong codes came from there. Wait a minute, or ask the facilitator for a link.");
        return;
    }
    int seat = token && request ? mu_seats_enter(a->stage->seats, token, request) : -1;
    if (seat < 0 && token && mu_seats_at_table(a->stage->seats, token))
        seat = by_table(a, name, &why);
    if (seat < 0) {
        failed(a, why ? why : "That code opens nothing: it was used, has been taken back, ended with the exercise, or is mistyped. Ask the facilitator for another.");
        return;
    }
    mu_seats_join(a->stage->seats, seat, request, session);
    take_place(a, seat);
    mu_stage_hear(a->stage, seat);
    mu_cookie(a->stage, session, a->arena, a->reply);
    mu_see_other(a, "/");
}

/* ---- links ---- */

static void link_row(mu_errand *a, int seat, mu_buf *out)
{
    char token[MU_TOKEN], home[MU_HOME];
    const mu_seat *n = mu_seat_of(a->stage->seats, seat);
    int person = mu_stage_person(a->stage, seat);
    mu_seats_invite(a->stage->seats, seat, token);
    mu_http_home(a->stage->http, a->request->header[H_HOST], home);
    const char *url = mu_format(a->arena, "%s/join#%s", home, token);
    mu_tag(out, "<li><h2>%s <small>%s</small></h2><p class=\"mono url\">%s</p>", person >= 0 ? mu_page_name(a->stage, mu_stage_symbol(a->stage, person)) : n->who, mu_seat_word(n->part), url);
    mu_qr(url, out);
    mu_buf_puts(out, "</li>");
}

static bool holds_role(const mu_stage *s, int person)
{
    const char *why;
    for (int i = 0; i < s->world->role_count; i++)
        if (mu_holder(s->world, i, mu_stage_now(s), &why) == person)
            return true;
    return false;
}

static void invite_all(mu_errand *a, mu_buf *out)
{
    for (int i = 0; i < a->stage->world->person_count; i++) {
        int seat = holds_role(a->stage, i) ? seat_of(a->stage, PART_PLAYER, mu_symbol_text(a->stage->symbols, mu_stage_symbol(a->stage, i))) : -1;
        if (seat >= 0 && !mu_seat_of(a->stage->seats, seat)->joined)
            link_row(a, seat, out);
    }
}

static mu_kind_of_seat part_of(const char *word)
{
    for (int i = PART_PLAYER; word && i < MU_SEAT_KINDS; i++)
        if (strcmp(mu_seat_word((mu_kind_of_seat)i), word) == 0)
            return (mu_kind_of_seat)i;
    return PART_NONE;
}

static void invite_one(mu_errand *a, mu_buf *out)
{
    const char *name = mu_form_value(&a->form, "name"), *who = mu_form_value(&a->form, "person");
    mu_kind_of_seat part = part_of(mu_form_value(&a->form, "part"));
    const mu_person *p = part == PART_PLAYER ? person_named(a->stage, who && strncmp(who, "person:", 7) == 0 ? who + 7 : who) : NULL;
    const char *seat_name = p ? mu_symbol_text(a->stage->symbols, p->name) : part == PART_PLAYER ? NULL : name;
    int seat = part != PART_NONE && seat_name ? seat_of(a->stage, part, seat_name) : -1;
    if (seat >= 0)
        link_row(a, seat, out);
    else
        mu_buf_puts(out, "<li><p>No link was made: say for whom. A player is somebody of the plan; anybody else needs a name.</p></li>");
}

static void table_code(mu_errand *a, mu_buf *out)
{
    char code[MU_TOKEN], home[MU_HOME];
    mu_http_home(a->stage->http, a->request->header[H_HOST], home);
    mu_seats_code(a->stage->seats, code);
    mu_tag(out, "<li><h2>The code of the table</h2><p class=\"code\">%s</p><p>Whoever has it comes in at <span class=\"mono\">%s/join</span> under a name of the plan. The code before this one works no more.</p></li>",
           code, home);
}

void mu_join_invite(mu_errand *a)
{
    mu_buf body = {0};
    mu_buf_puts(&body, "<main id=\"now\" class=\"wide\"><h1>Links</h1><p>Give each to the one whose name stands over it, by a way that nobody else reads. Each works once, in one browser. They are shown only here and now: "
                       "the program keeps no copy. A new link takes the place of one that was not used. Printed, each stands on its own and can be cut out.</p><ul class=\"links\">");
    if (mu_form_value(&a->form, "all"))
        invite_all(a, &body);
    else if (mu_form_value(&a->form, "table"))
        table_code(a, &body);
    else
        invite_one(a, &body);
    mu_buf_puts(&body, "</ul><p><a class=\"b\" href=\"/lead\">Back to your screen</a></p></main>");
    mu_stage_touch(a->stage);
    mu_page_plain(a, "Links", &body);
    mu_buf_free(&body);
}

/* Their links and screens end at once; in a drill that runs a stand-in takes their place. */
void mu_join_revoke(mu_errand *a)
{
    mu_stage *s = a->stage;
    const char *text = mu_form_value(&a->form, "seat");
    int seat = -1;
    for (int i = 0; text && i < mu_seats_count(s->seats); i++)
        seat = strcmp(mu_format(a->arena, "%d", i), text) == 0 ? i : seat;
    if (seat < 0 || seat == a->seat) {
        mu_page_refused(a, 400, "There is no such seat, or it is your own.");
        return;
    }
    mu_act act = {.seat = "facilitator", .verb = "seat", .object = mu_seat_of(s->seats, seat)->who, .choice = "stand-in"};
    mu_seats_revoke(s->seats, seat);
    if (mu_stage_person(s, seat) >= 0 && s->state != STATE_LOBBY)
        (void)mu_stage_post(s, &act);
    mu_stage_touch(s);
    mu_see_other(a, "/lead");
}
