/* What the programme has to tell somebody: written down before it leaves, and sent once. */
#include <stdio.h>
#include <string.h>

#include "cli/due.h"
#include "cli/live.h"
#include "programme/send.h"

static const char *to(const mu_due *d, const mu_message *m)
{
    return mu_format(d->arena, "to %s, %s %s: %s", m->told->who->name, mu_carrier_word(m->way), m->address, mu_message_subject(m, d->arena));
}

typedef struct sender {
    mu_due *due;
    const mu_message *message;
} sender;

/* The last byte leaves only once this is on disk. */
static bool write_sending(void *self)
{
    const sender *s = self;
    return mu_due_write(s->due, "sending", s->message->key, s->message->address);
}

enum { CONNECT_MS = 10000 }; /* no connection is waited for longer */

/* One server that hangs is one wait, however many it has mail for. */
static mu_posted post(mu_due *d, const mu_letter *letter, const char **words)
{
    int64_t began = mu_clock_of(CLOCK_BOOTTIME), all = d->programme->patience < CONNECT_MS ? d->programme->patience : CONNECT_MS;
    *words = "the mail server hung, and was not asked again in this call";
    if (letter->way == MU_MAIL && d->hangs)
        return MU_NOT_POSTED;
    mu_posted posted = mu_post(letter, d->arena, words);
    d->hangs = d->hangs || (letter->way == MU_MAIL && posted == MU_NOT_POSTED && mu_clock_of(CLOCK_BOOTTIME) - began >= all);
    return posted;
}

static void send_one(mu_due *d, const mu_message *m, const char *text)
{
    sender s = {d, m};
    const char *words;
    mu_letter letter = {.programme = d->programme, .key = m->key, .way = m->way, .address = m->address, .text = text, .subject = mu_message_subject(m, d->arena), .now = d->now,
                        .body = m->way == MU_SLACK ? mu_message_slack(text, d->arena) : mu_message_json(d->programme, m, text, d->arena), .last = write_sending, .self = &s};
    mu_posted posted = post(d, &letter, &words);
    if (d->broken)
        return;
    if (posted == MU_POSTED && mu_due_write(d, "sent", m->key, words))
        mu_due_say(d, "sent", m->key, to(d, m));
    else if ((posted == MU_NOT_POSTED || posted == MU_NOT_THEIRS) && mu_due_write(d, "unsent", m->key, words))
        mu_due_say(d, "unsent", m->key, mu_format(d->arena, "%s; it is tried again until %s", words, mu_moment_text(d->arena, mu_programme_local(d->programme, m->until))));
    else if (posted == MU_MAYBE_POSTED)
        mu_due_say(d, "unclear", m->key, mu_format(d->arena, "%s; it may have arrived, so it is not sent again by itself: ask, then --again %s", words, m->key));
    mu_due_worse(d, posted == MU_POSTED ? 0 : 4);
}

static void show_one(mu_due *d, const mu_message *m, const char *text)
{
    mu_due_say(d, "would send", m->key, to(d, m));
    if (d->json)
        return;
    for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n')
        mu_buf_printf(&d->said, "  | %.*s\n", (int)strcspn(p, "\n"), p);
}

static const char *result_of(mu_due *d, const mu_message *m)
{
    const mu_entry *e = mu_ledger_last(d->ledger, m->occasion->key);
    return m->before < 0 && e ? e->note : NULL;
}

static void one(mu_due *d, const mu_message *m)
{
    const char *text = mu_message_text(d->programme, m, result_of(d, m), d->arena);
    switch (m->state) {
    case MU_TO_SEND:
        (d->dry ? show_one : send_one)(d, m, text);
        break;
    case MU_QUIET:
        mu_due_say(d, "held back", m->key, "quiet hours: it goes out when they end");
        break;
    case MU_UNCLEAR:
        mu_due_say(d, "unclear", m->key, mu_format(d->arena, "it was being sent when this was cut off, and may have arrived: ask, then --again %s", m->key));
        mu_due_worse(d, 4);
        break;
    case MU_TOO_LATE_TO_SEND:
        if (mu_due_write(d, "gaveup", m->key, ""))
            mu_due_say(d, "gave up", m->key, "it could not be sent while it was of use");
        mu_due_worse(d, 4);
        break;
    case MU_NOT_OPTED_IN:
        mu_due_say(d, "not told", m->key, mu_format(d->arena, "%s did not opt in%s", m->told->who->name, m->told->who->opted_in == INT64_MAX ? "" : " yet"));
        break;
    }
}

void mu_due_notify(mu_due *d)
{
    const mu_message *list;
    int count = mu_messages(d->programme, d->ledger, d->items, d->item_count, d->now, d->arena, &list);
    for (int i = 0; i < count && !d->broken; i++)
        one(d, &list[i]);
}
