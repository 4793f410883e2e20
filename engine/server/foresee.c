/* What an act of the facilitator would change, told before it is done. The world is marked for as long as it takes to look
 * at it, and put back; nothing is written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/model.h"
#include "server/inside.h"

typedef struct foresight {
    mu_stage *s;
    const mu_act *act;
    mu_buf *out;
} foresight;

#define LINE(f, ...) (mu_buf_puts((f)->out, "<li>"), mu_tag((f)->out, __VA_ARGS__), mu_buf_puts((f)->out, "</li>"))

static const char *clock_at(const foresight *f, int64_t t, char text[32])
{
    mu_term_clock(f->s->seen, t, text);
    return text;
}

static const mu_node *named(const foresight *f)
{
    return f->act->object ? mu_world_node(f->s->world, mu_symbol(f->s->symbols, f->act->object)) : NULL;
}

static const char *title(const mu_node *n)
{
    const char *text = mu_get_text(n, "title");
    text = text ? text : mu_get_text(n, "name");
    return text ? text : n && n->key ? n->key : "";
}

static int card_of(const foresight *f)
{
    for (int i = 0; f->act->object && strncmp(f->act->object, "card:", 5) == 0 && i < f->s->msel->card_count; i++)
        if (strcmp(f->s->msel->cards[i].name, f->act->object + 5) == 0)
            return i;
    return -1;
}

/* ---- whom it reaches ---- */

static void reaches(const foresight *f, const mu_name *to)
{
    const char *why = "";
    const mu_node *n = to->node;
    if (n && mu_is_role(f->s->world, n)) {
        int person = mu_holder(f->s->world, (int)n->value, mu_stage_now(f->s), &why);
        if (person < 0)
            LINE(f, "<b>Reaches nobody</b>: nobody holds %s now (%s).", title(n), why);
        else
            LINE(f, "Reaches %s, %s%h.", title(n), mu_page_name(f->s, mu_stage_symbol(f->s, person)), mu_run_played(f->s->run, person) ? "" : " (a stand-in)");
        return;
    }
    LINE(f, "Reaches %s.", n ? title(n) : mu_page_called(f->s, to->text));
}

static void card_reaches(const foresight *f, const mu_card *c)
{
    for (int i = 0; i < c->to.count; i++)
        reaches(f, &c->to.list[i]);
    if (c->via.text)
        LINE(f, "By %s, or the next way that stands.", mu_page_called(f->s, c->via.text));
    for (int i = 0; i < c->expect.count; i++) {
        char length[24];
        mu_term_length(c->within, length);
        if (c->within >= 0)
            LINE(f, "Expects %s within %s from then.", mu_page_called(f->s, c->expect.list[i].text), length);
        else
            LINE(f, "Expects %s.", mu_page_called(f->s, c->expect.list[i].text));
    }
    for (int i = 0; i < c->down.count; i++)
        LINE(f, "%s goes down.", mu_page_called(f->s, c->down.list[i].text));
    for (int i = 0; i < c->up.count; i++)
        LINE(f, "%s comes up.", mu_page_called(f->s, c->up.list[i].text));
    for (int i = 0; i < c->away.count; i++)
        LINE(f, "%s is away from then.", mu_page_called(f->s, c->away.list[i].text));
}

/* ---- cards ---- */

static void play(const foresight *f)
{
    int card = card_of(f);
    char length[24];
    if (card < 0)
        return;
    const mu_card *c = &f->s->msel->cards[card];
    int64_t at = mu_run_card_at(f->s->run, card), off = at < 0 ? 0 : mu_stage_now(f->s) - at;
    mu_term_length(off < 0 ? -off : off, length);
    LINE(f, "“%s” is %h: “%s”", c->name, c->kind == MU_INJECT ? "delivered at once" : "asked at once", c->says);
    if (off)
        LINE(f, off < 0 ? "That is %s before its time." : "That is %s after its time; the drift is recorded.", length);
    card_reaches(f, c);
}

static void hold(const foresight *f)
{
    LINE(f, "It stays back until you release it, whatever its time. A story that waits for it waits on.");
}

static void cancel(const foresight *f)
{
    LINE(f, "It will not come. A story that asks it goes on as if nobody had answered. The report says that you took it off.");
}

static void reschedule(const foresight *f)
{
    char at[32];
    LINE(f, "It comes at %s.", clock_at(f, strtoll(f->act->choice, NULL, 10), at));
    if (card_of(f) >= 0)
        card_reaches(f, &f->s->msel->cards[card_of(f)]);
}

static void send(const foresight *f)
{
    mu_name to = {f->act->object, named(f)};
    LINE(f, "Somebody reads: “%s”", f->act->text);
    reaches(f, &to);
}

/* ---- the world ---- */

static void roles_that_pass(const foresight *f, int person, bool gone)
{
    bool was = f->s->world->people[person].gone;
    int64_t now = mu_stage_now(f->s);
    int passed = 0;
    for (int i = 0; i < f->s->world->role_count; i++) {
        const char *why = "";
        int before = mu_holder(f->s->world, i, now, &why);
        f->s->world->people[person].gone = gone;
        int after = mu_holder(f->s->world, i, now, &why);
        f->s->world->people[person].gone = was;
        if (before == after)
            continue;
        passed++;
        if (after < 0)
            LINE(f, "<b>Nobody holds %s</b> from then (%s).", title(f->s->world->roles[i].node), why);
        else
            LINE(f, "%s passes to %s.", title(f->s->world->roles[i].node), mu_page_name(f->s, mu_stage_symbol(f->s, after)));
    }
    if (!passed)
        LINE(f, "No role passes to anybody else.");
}

static void away(const foresight *f)
{
    const mu_node *n = named(f);
    bool gone = strcmp(f->act->verb, "away") == 0;
    if (mu_is_person(f->s->world, n))
        roles_that_pass(f, (int)n->value, gone);
    LINE(f, gone ? "What they were asked stays open until its time is over, and goes to the next in line then." : "What was asked of others meanwhile stays with them.");
}

static void fall(const foresight *f)
{
    const mu_node *n = named(f), *because;
    int thing = n ? mu_thing_of(f->s->world, n) : -1, others = 0;
    if (thing < 0)
        return;
    bool was = f->s->world->things[thing].down;
    for (int i = 0; i < f->s->world->thing_count; i++) {
        bool before = mu_stands(f->s->world, f->s->world->things[i].node, &because);
        mu_thing_is_down(f->s->world, thing, !was);
        bool after = mu_stands(f->s->world, f->s->world->things[i].node, &because);
        mu_thing_is_down(f->s->world, thing, was);
        if (before == after || i == thing)
            continue;
        LINE(f, after ? "%s comes up with it." : "%s falls with it.", mu_page_called(f->s, title(f->s->world->things[i].node)));
        others++;
    }
    if (!others)
        LINE(f, "Nothing else stands on it.");
}

static int open_of(const foresight *f, int64_t person)
{
    int count = 0;
    for (int64_t p = 0; p < mu_run_prompts(f->s->run); p++)
        count += mu_run_prompt_open(f->s->run, p) && (!person || mu_run_prompt_person(f->s->run, p) == person);
    for (int64_t m = 0; m < mu_run_messages(f->s->run); m++)
        count += mu_run_message_open(f->s->run, m) && (!person || mu_run_message_person(f->s->run, m) == person);
    return count;
}

static void seat(const foresight *f)
{
    const mu_node *n = named(f);
    if (!mu_is_person(f->s->world, n))
        return;
    int64_t who = mu_stage_symbol(f->s, (int)n->value);
    bool player = strcmp(f->act->choice, "player") == 0;
    LINE(f, player ? "%s is asked at a screen from now on. Make a link for them on your page." : "A stand-in answers for %s from now on, by the plan and the assumptions.", mu_page_name(f->s, who));
    LINE(f, "%d open for them %h.", open_of(f, who), player ? "will stand on that screen" : "are taken up by the stand-in");
}

/* ---- the clock ---- */

static void speed(const foresight *f)
{
    int64_t rate = strtoll(f->act->choice, NULL, 10);
    char text[40];
    snprintf(text, sizeof text, "%g", (double)rate / 1000);
    if (rate == 1000)
        LINE(f, "The exercise’s clock runs in real time, as the clock on the wall.");
    else
        LINE(f, "The exercise’s clock runs %s times as fast as the clock on the wall. Everybody’s time to answer is shorter or longer by as much.", text);
}

static void jump(const foresight *f)
{
    int64_t to = strtoll(f->act->choice, NULL, 10), now = mu_stage_now(f->s);
    char a[32], b[32];
    LINE(f, "The clock moves from %s to %s.", clock_at(f, now, a), clock_at(f, to < f->s->msel->lasts ? to : f->s->msel->lasts, b));
    for (int i = 0; i < f->s->msel->card_count; i++) {
        int64_t at = mu_run_card_at(f->s->run, i);
        if (at > now && at < to && strcmp(mu_run_card_state(f->s->run, i), "to come") == 0)
            LINE(f, "“%s” (%s) is held for you.", f->s->msel->cards[i].name, clock_at(f, at, a));
    }
    LINE(f, "What people have open (%d) moves with it: nobody loses time. Clocks of the law do not move.", open_of(f, 0));
    if (to >= f->s->msel->lasts)
        LINE(f, "<b>The exercise ends</b>, as its time is over then.");
}

static void extend(const foresight *f)
{
    char length[24];
    mu_term_length(strtoll(f->act->choice, NULL, 10), length);
    LINE(f, "Its time ends %s later. Whoever was asked sees that at once.", length);
}

static void end(const foresight *f)
{
    int to_come = 0;
    for (int i = 0; i < f->s->msel->card_count; i++)
        to_come += strcmp(mu_run_card_state(f->s->run, i), "to come") == 0 || strcmp(mu_run_card_state(f->s->run, i), "held") == 0;
    LINE(f, "ENDEX for everybody, at once. It cannot be taken back.");
    LINE(f, "%d %s not come; %d questions and messages are still open.", to_come, to_come == 1 ? "card has" : "cards have", open_of(f, 0));
    LINE(f, "Then the hot wash, and the report.");
}

static void stop(const foresight *f)
{
    LINE(f, "ENDEX for everybody, at once, and on every screen: “Stopped: this is real%s%s”. It cannot be taken back.", f->act->text ? ": " : "", f->act->text ? f->act->text : "");
    LINE(f, "%d questions and messages are still open; nobody is asked them any more.", open_of(f, 0));
    LINE(f, "What was played so far is kept. The hot wash and the report can wait.");
}

/* ---- the record ---- */

static void take_back(const foresight *f)
{
    mu_arena *arena = mu_arena_new();
    uint32_t n = (uint32_t)strtoul(f->act->object, NULL, 10);
    LINE(f, "It was: %s.", mu_tally_act(f->s, mu_tally_words(f->s, arena), n));
    LINE(f, "The world is put back where that can be, and the record says so. What somebody has seen or said cannot be unsaid.");
    mu_arena_free(arena);
}

static void note(const foresight *f)
{
    LINE(f, "It stands in the record and in the report, and no player sees it: “%s”", f->act->text);
}

void mu_foresee(mu_stage *s, const mu_act *act, mu_buf *out)
{
    static const struct { const char *verb; void (*tell)(const foresight *f); } rows[] = {
        {"play", play}, {"hold", hold}, {"cancel", cancel}, {"reschedule", reschedule}, {"send", send}, {"away", away}, {"back", away}, {"down", fall}, {"up", fall},
        {"seat", seat}, {"speed", speed}, {"jump", jump}, {"extend", extend}, {"end", end}, {"stop", stop}, {"take_back", take_back}, {"note", note}};
    foresight f = {s, act, out};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].verb, act->verb) == 0)
            rows[i].tell(&f);
}
