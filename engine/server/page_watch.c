/* An observer reads: the cards and how they stand, the people, what happened. */
#include "server/inside.h"

enum { STREAM = 40 };

void mu_watch_live(mu_stage *s, int seat, mu_buf *out)
{
    mu_buf who = {0};
    mu_tag(&who, "<b>%s</b>, %s", mu_seat_of(s->seats, seat)->who, mu_seat_word(mu_seat_of(s->seats, seat)->part));
    mu_page_bar(s, ROUTE_WATCH, seat, who.text, out);
    mu_buf_free(&who);
    if (s->state == STATE_LOBBY) {
        mu_tag(out, "<main id=\"now\" class=\"plain\"><h1>%s</h1><p>It has not begun. When it does, every card, who has what open and what happens stand here.</p></main>", s->msel->title);
        return;
    }
    mu_page_stopped(s, out);
    mu_buf_puts(out, "<main id=\"now\" class=\"grid two\"><h1 class=\"vh\">What happens</h1>");
    mu_cards(s, -1, out);
    mu_buf_puts(out, "<div>");
    mu_lead_people(s, -1, out);
    mu_lead_stream(s, STREAM, false, out);
    mu_buf_puts(out, "</div></main>");
}
