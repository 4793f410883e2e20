/* An observer reads: the cards and how they stand, the people, what happened. */
#include "server/inside.h"

enum { STREAM = 40 };

void mu_watch_live(mu_stage *s, mu_buf *out)
{
    mu_page_bar(s, "<b>Observer</b>", out);
    if (s->state == STATE_LOBBY) {
        mu_tag(out, "<main id=\"now\" class=\"plain\"><h1>%s</h1><p>It has not begun.</p></main>", s->msel->title);
        return;
    }
    mu_buf_puts(out, "<main id=\"now\" class=\"grid two\"><h1 class=\"vh\">What happens</h1>");
    mu_lead_cards(s, -1, out);
    mu_buf_puts(out, "<div>");
    mu_lead_people(s, -1, out);
    mu_lead_stream(s, STREAM, out);
    mu_buf_puts(out, "</div></main>");
}
