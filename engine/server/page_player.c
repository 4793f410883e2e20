/* What a player sees: what reached them, how long they have, what they can do about it. Everything here is out of what was
 * sent to this person; nothing else of the exercise is known to this file. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "server/inside.h"

enum { REACHED = 40, OPEN_MOST = 40 };

static const char *after_colon(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

/* An id in plain letters. */
static void plain(mu_buf *out, const char *id)
{
    mu_buf text = {0};
    mu_buf_puts(&text, id);
    for (char *p = text.text; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    mu_tag(out, "%s", text.text);
    mu_buf_free(&text);
}

static void action_name(const mu_stage *s, int64_t task, mu_buf *out)
{
    const mu_node *action = mu_run_task_action(s->run, task);
    plain(out, action ? action->key : "something");
}

/* ---- numbers of a person's own ---- */

const char *mu_player_object(mu_stage *s, int person, const char *object)
{
    char *end;
    if (strncmp(object, "item:", 5) != 0)
        return strncmp(object, "message:", 8) == 0 || strncmp(object, "prompt:", 7) == 0 || strncmp(object, "task:", 5) == 0 ? NULL : object;
    long number = strtol(object + 5, &end, 10);
    const mu_item *item = *end || number < 0 ? NULL : mu_own_item(s, mu_stage_symbol(s, person), number);
    return item ? mu_symbol_text(s->symbols, mu_symbol_counted(item->kind == ITEM_MESSAGE ? MU_MESSAGE_N : MU_PROMPT_N, item->number)) : NULL;
}

/* ---- what a message says ---- */

static void card(const mu_stage *s, const mu_card *c, mu_buf *out)
{
    mu_tag(out, "<blockquote>%s</blockquote>", c->says);
    for (int i = 0; i < c->show_count; i++) {
        const mu_artefact *a = &s->msel->artefacts[c->shows[i]];
        mu_tag(out, "<figure><figcaption>%s</figcaption><pre tabindex=\"0\">%s</pre></figure>", a->name, a->body);
    }
}

static void task_words(const mu_stage *s, int64_t task, mu_buf *out)
{
    mu_buf_puts(out, "<blockquote>You are asked to do: ");
    action_name(s, task, out);
    mu_buf_puts(out, ".</blockquote>");
}

static void asked(const mu_stage *s, const char *before, int64_t task, mu_buf *out)
{
    const char *authority = mu_get_text(mu_run_task_action(s->run, task), "authority");
    mu_tag(out, "<blockquote>%s ", before);
    action_name(s, task, out);
    mu_buf_puts(out, "</blockquote>");
    if (authority && strncmp(before, "A decision", 10) == 0)
        mu_tag(out, "<p class=\"m\">It takes the authority “%s”.</p>", authority);
}

static void told(const mu_stage *s, const mu_item *item, mu_buf *out)
{
    mu_buf line = {0};
    mu_term_words(s->seen, item, &line);
    mu_tag(out, "<blockquote>%s</blockquote>", line.text);
    mu_buf_free(&line);
}

static void words_about(const mu_stage *s, const mu_item *item, mu_buf *out)
{
    const mu_card *c = mu_term_card(s->seen, item);
    int64_t task = mu_symbol_number(item->about, MU_TASK_N), consult = mu_symbol_number(item->about, MU_CONSULT_N), decide = mu_symbol_number(item->about, MU_DECIDE_N);
    if (c)
        card(s, c, out);
    else if (task >= 0)
        task_words(s, task, out);
    else if (consult >= 0)
        asked(s, "Your advice is asked on:", consult, out);
    else if (decide >= 0)
        asked(s, "A decision is asked of you: may it go ahead?", decide, out);
    else
        told(s, item, out);
}

/* What a card or a word of the facilitator says is the same for all whom it reaches: it is written for the first of them. */
static void message_words(mu_stage *s, const mu_item *item, mu_buf *out)
{
    bool for_all = mu_term_card(s->seen, item) || strncmp(mu_symbol_text(s->symbols, item->about), "note:", 5) == 0;
    if (!for_all) {
        words_about(s, item, out);
        return;
    }
    if (s->words_of != item->about) {
        s->words.len = 0;
        words_about(s, item, &s->words);
        s->words_of = item->about;
    }
    mu_buf_add(out, s->words.text, s->words.len);
}

/* ---- what can be done about it ---- */

static void form(const mu_stage *s, int seat, const char *verb, const char *object, mu_buf *out)
{
    mu_buf key = {0};
    mu_buf_puts(&key, verb);
    mu_buf_add(&key, " ", 1);
    mu_buf_puts(&key, object);
    mu_tag(out, "<form method=\"post\" action=\"/play/%h\"><input type=\"hidden\" name=\"object\" value=\"%s\">", verb, object);
    mu_page_hidden(s, seat, key.text, out);
    mu_buf_free(&key);
}

static void button(const mu_stage *s, int seat, const char *verb, const char *object, const char *words, mu_buf *out)
{
    form(s, seat, verb, object, out);
    mu_tag(out, "<button class=\"b s\">%s</button></form>", words);
}

static void reason(const char *id, const char *label, bool needed, mu_buf *out)
{
    mu_tag(out, "<p><label for=\"%s-why\">%s <span class=\"hint\">One line is enough. It stands in the report.</span></label>"
                "<textarea id=\"%s-why\" name=\"text\" rows=\"2\" maxlength=\"2000\"%h></textarea></p>", id, label, id, needed ? " required" : "");
}

static void sureness(mu_buf *out)
{
    static const char *const words[] = {"Unsure", "Fairly", "Certain"};
    mu_buf_puts(out, "<fieldset><legend>How sure are you?</legend><div class=\"row\">");
    for (int i = 0; i < 3; i++)
        mu_tag(out, "<label class=\"opt\"><input type=\"radio\" name=\"sure\" value=\"%d\"><span>%s</span></label>", i + 1, words[i]);
    mu_buf_puts(out, "</div></fieldset>");
}

static void question(const mu_stage *s, int seat, const mu_item *item, const mu_card *c, mu_buf *out)
{
    char object[40], id[40];
    snprintf(object, sizeof object, "item:%d", mu_own_number(s, item));
    snprintf(id, sizeof id, "q%d", mu_own_number(s, item));
    form(s, seat, "answer", object, out);
    mu_buf_puts(out, "<fieldset><legend>Your answer</legend>");
    for (int i = 0; i < c->answer_count; i++)
        mu_tag(out, "<label class=\"opt\"><input type=\"radio\" name=\"choice\" value=\"%s\" required><span>%s</span></label>", c->answers[i].id, c->answers[i].text);
    mu_buf_puts(out, "</fieldset>");
    reason(id, "Why", false, out);
    sureness(out);
    mu_tag(out, "<p class=\"acts\"><button class=\"b\">%s</button><a class=\"b s\" href=\"#ask-text\">Ask for information</a><a class=\"b s\" href=\"#blocked-text\">I am blocked</a></p></form>", c->kind == MU_DECISION ? "Give this order" : "Answer");
}

static void give(const mu_stage *s, int seat, const mu_item *item, int64_t consult, int64_t decide, mu_buf *out)
{
    char object[200], id[40];
    const mu_node *action = mu_run_task_action(s->run, consult >= 0 ? consult : decide);
    snprintf(object, sizeof object, "action:%s", action ? action->key : "");
    snprintf(id, sizeof id, "m%d", mu_own_number(s, item));
    form(s, seat, consult >= 0 ? "consult" : "decide", object, out);
    if (decide >= 0)
        mu_buf_puts(out, "<fieldset><legend>Your decision</legend><div class=\"row\"><label class=\"opt\"><input type=\"radio\" name=\"choice\" value=\"yes\" required><span>Yes, go ahead</span></label>"
                         "<label class=\"opt\"><input type=\"radio\" name=\"choice\" value=\"no\"><span>No</span></label></div></fieldset>");
    reason(id, consult >= 0 ? "Your advice" : "Why", true, out);
    if (decide >= 0)
        sureness(out);
    mu_tag(out, "<button class=\"b\">%s</button></form>", consult >= 0 ? "Give this advice" : "Decide");
}

static void deeds(const mu_stage *s, int seat, const mu_item *item, mu_buf *out)
{
    char object[40];
    const char *about = mu_symbol_text(s->symbols, item->about);
    int64_t consult = mu_symbol_number(item->about, MU_CONSULT_N), decide = mu_symbol_number(item->about, MU_DECIDE_N);
    snprintf(object, sizeof object, "item:%d", mu_own_number(s, item));
    mu_buf_puts(out, "<div class=\"acts\">");
    if (!item->done)
        button(s, seat, "acknowledge", object, mu_symbol_number(item->about, MU_LADDER_N) >= 0 ? "I take the call" : "I have it", out);
    if (strncmp(about, "audience:", 9) == 0 && !item->done)
        button(s, seat, "release", about, "Send the message", out);
    mu_buf_puts(out, "</div>");
    if ((consult >= 0 || decide >= 0) && !item->given)
        give(s, seat, item, consult, decide, out);
}

static const char *sender(const mu_stage *s, const mu_item *item)
{
    const mu_card *c = mu_term_card(s->seen, item);
    return c && c->from ? c->from : item->kind == ITEM_QUESTION ? "The exercise asks you" : NULL;
}

static int64_t today(mu_stage *s)
{
    if (s->day_at != mu_stage_now(s))
        s->day = mu_day_of(mu_world_local(s->world, NULL, mu_stage_now(s)));
    s->day_at = mu_stage_now(s);
    return s->day;
}

static void write_line(const mu_stage *s, const mu_item *item, mu_buf *out)
{
    const char *from = sender(s, item);
    mu_buf_puts(out, "<p class=\"from\">");
    mu_page_time(s, item->t, out);
    if (from)
        mu_tag(out, ", %s", from);
    if (item->via) {
        mu_buf_puts(out, ", by ");
        plain(out, after_colon(mu_symbol_text(s->symbols, item->via)));
    }
    mu_buf_puts(out, "</p>");
}

/* When it came, from whom and by what: the same for all whom it reached at once. */
static void from_line(mu_stage *s, const mu_item *item, mu_buf *out)
{
    const int64_t of[] = {item->t, item->kind, item->about, item->via, today(s)};
    static_assert(sizeof of == sizeof s->line_of, "all that the line is made of");
    if (!s->line.len || memcmp(of, s->line_of, sizeof of) != 0) {
        s->line.len = 0;
        write_line(s, item, &s->line);
        memcpy(s->line_of, of, sizeof of);
    }
    mu_buf_add(out, s->line.text, s->line.len);
}

static void time_left(const mu_stage *s, const mu_item *item, mu_buf *out)
{
    if (item->until < 0)
        return;
    mu_buf_puts(out, "<p class=\"due\">");
    mu_page_until(s, item->until, out);
    int64_t used = s->reading && mu_stage_now(s) > item->t ? mu_stage_now(s) - item->t : 0;
    mu_tag(out, " <progress max=\"%l\" value=\"%l\" data-from=\"%l\" data-until=\"%l\" aria-label=\"time used\"></progress><small>Your time stops while the exercise is paused.</small></p>",
           item->until - item->t, used, item->t, item->until);
}

static bool is_open(const mu_stage *s, const mu_item *item)
{
    bool asks = mu_symbol_number(item->about, MU_CONSULT_N) >= 0 || mu_symbol_number(item->about, MU_DECIDE_N) >= 0;
    (void)s;
    return !item->done || (asks && !item->given && item->kind == ITEM_MESSAGE);
}

static void open_item(mu_stage *s, int seat, const mu_item *item, mu_buf *out)
{
    const mu_card *c = mu_term_card(s->seen, item);
    bool question_ = item->kind == ITEM_QUESTION && c;
    mu_tag(out, "<section class=\"ask%h\" id=\"%h%d\" aria-label=\"%s\">", question_ ? " decide" : "", question_ ? "q" : "m", mu_own_number(s, item), question_ ? "A question to you" : "A message to you");
    from_line(s, item, out);
    if (question_)
        mu_tag(out, "<blockquote>%s</blockquote>", c->says);
    else
        message_words(s, item, out);
    time_left(s, item, out);
    if (question_)
        question(s, seat, item, c, out);
    else
        deeds(s, seat, item, out);
    mu_buf_puts(out, "</section>");
}

/* All that an item's part of the page is made of: how it stands, the forms' numbers, and the day, for a moment of today has no date. */
static bool part(const mu_stage *s, const mu_item *item, int number, int seat, int64_t which, int64_t day, const mu_buf *out)
{
    int64_t key[] = {which, seat, seat < 0 ? 0 : s->acted[seat], number, item->done, item->given, item->until, day};
    return mu_pen_part(s->pen, key, sizeof key / sizeof *key, out);
}

/* How many messages are open beyond those that are shown: whoever takes nothing is not sent ever more. */
static int older(const mu_stage *s, const int *list, int count)
{
    int open = 0;
    for (int i = 0; i < count; i++)
        open += s->seen->items[list[i]].kind == ITEM_MESSAGE && is_open(s, &s->seen->items[list[i]]);
    return open > OPEN_MOST ? open - OPEN_MOST : 0;
}

/* Questions first, then what came, the oldest first. */
static int open_items(mu_stage *s, int64_t person, int seat, mu_buf *out)
{
    int all, count = 0;
    const int *list = mu_own_list(s, person, &all);
    int skip = older(s, list, all);
    int64_t day = today(s);
    if (skip)
        mu_tag(out, "<p class=\"m\" id=\"older\">%d older %h open as well, and shown when you have taken some of these.</p>", skip, skip == 1 ? "message is" : "messages are");
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < all; i++) {
            const mu_item *item = &s->seen->items[list[i]];
            if ((item->kind == ITEM_QUESTION) != (turn == 0) || !is_open(s, item) || (turn == 1 && skip-- > 0))
                continue;
            count++;
            if (!part(s, item, i, seat, 1, day, out))
                continue;
            open_item(s, seat, item, out);
            mu_pen_end(s->pen, out);
        }
    return count;
}

/* ---- tasks ---- */

static void outcomes(const mu_stage *s, int64_t task, mu_buf *out)
{
    const mu_node *list = mu_run_task_outcomes(s->run, task);
    if (!list || !list->first)
        return;
    const char *key = mu_run_task_action(s->run, task)->key;
    mu_tag(out, "<label for=\"t-%s-choice\">What came of it</label><select id=\"t-%s-choice\" name=\"choice\">", key, key);
    for (const mu_node *o = list->first; o; o = o->next)
        mu_tag(out, "<option value=\"%s\">%s</option>", o->key, mu_page_called(s, o->key));
    mu_buf_puts(out, "</select> ");
}

static void task_row(const mu_stage *s, int seat, int64_t task, mu_buf *out)
{
    char object[200];
    const char *state = mu_run_task_state(s->run, task);
    int64_t due = mu_run_task_due(s->run, task);
    snprintf(object, sizeof object, "action:%s", mu_run_task_action(s->run, task)->key);
    mu_tag(out, "<li id=\"t-%s\"><p><b>", mu_run_task_action(s->run, task)->key);
    action_name(s, task, out);
    mu_tag(out, "</b>, %s</p>", state);
    if (due >= 0) {
        mu_buf_puts(out, "<p class=\"m\">");
        mu_page_until(s, due, out);
        mu_buf_puts(out, "</p>");
    }
    if (strcmp(state, "to be started") == 0 || strcmp(state, "ready") == 0)
        button(s, seat, "start", object, "Start it", out);
    if (strcmp(state, "under way") == 0 && mu_run_to_declare(s->run, mu_run_task_action(s->run, task))) {
        mu_buf_puts(out, "<p class=\"m\">It is done when you declare the severity.</p>");
    } else if (strcmp(state, "under way") == 0) {
        form(s, seat, "finish", object, out);
        outcomes(s, task, out);
        mu_buf_puts(out, "<button class=\"b s\">It is done</button></form>");
    }
    mu_buf_puts(out, "</li>");
}

static void tasks(const mu_stage *s, int64_t person, int seat, mu_buf *out)
{
    int count = 0;
    mu_buf rows = {0};
    for (int64_t i = 0; i < mu_run_tasks(s->run); i++)
        if (mu_run_task_person(s->run, i) == person) {
            task_row(s, seat, i, &rows);
            count++;
        }
    if (count)
        mu_tag(out, "<section id=\"tasks\"><h2>Your open actions, %d</h2><ul class=\"list\">%h</ul></section>", count, rows.text);
    else if (mu_pen_part(s->pen, (const int64_t[]){5}, 1, out)) {
        mu_buf_puts(out, "<section id=\"tasks\"><h2>Your open actions</h2><p class=\"m\">None is yours now. What the plan gives you to do stands here, with its time.</p></section>");
        mu_pen_end(s->pen, out);
    }
    mu_buf_free(&rows);
}

/* ---- what reached them ---- */

static void reached_row(mu_stage *s, const mu_item *item, mu_buf *out)
{
    const mu_card *c = mu_term_card(s->seen, item);
    mu_tag(out, "<li id=\"r%d\">", mu_own_number(s, item));
    if (c)
        mu_tag(out, "<p>%s</p>", c->says);
    else
        message_words(s, item, out);
    from_line(s, item, out);
    mu_tag(out, "<p class=\"m\">%h</p></li>", is_open(s, item) ? "<b class=\"lt\">○ open</b>" : item->kind == ITEM_QUESTION ? "● closed" : "● acknowledged");
}

static void reached(mu_stage *s, int64_t person, int seat, mu_buf *out)
{
    int count;
    const int *list = mu_own_list(s, person, &count);
    int64_t day = today(s);
    if (!count)
        return;
    mu_tag(out, "<section id=\"reached\"><h2>What reached you, %d</h2><ul class=\"list came\">", count);
    for (int i = count - 1; i >= 0 && i >= count - REACHED; i--)
        if (part(s, &s->seen->items[list[i]], i, seat, 2, day, out)) {
            reached_row(s, &s->seen->items[list[i]], out);
            mu_pen_end(s->pen, out);
        }
    mu_buf_puts(out, "</ul>");
    if (count > REACHED)
        mu_tag(out, "<p class=\"m\">The last %d of them.</p>", REACHED);
    mu_buf_puts(out, "</section>");
}

/* ---- the page ---- */

static void roles_of(mu_stage *s, int person, mu_buf *out)
{
    int count = 0;
    for (int i = 0; i < s->world->role_count; i++) {
        if (mu_stage_holder(s, i) != person)
            continue;
        const char *title = mu_get_text(s->world->roles[i].node, "title");
        mu_tag(out, "%h%s", count++ ? ", " : "", title ? title : s->world->roles[i].node->key);
    }
    mu_tag(out, "%h", count ? "" : "no role now");
}

static void declare_due(mu_stage *s, int person, mu_buf *out)
{
    int64_t due = mu_run_declare_due(s->run);
    for (int i = 0; due >= 0 && i < s->world->role_count; i++)
        if (mu_run_authority(s->run, i, "declare") && mu_stage_holder(s, i) == person) {
            mu_buf_puts(out, "<p class=\"due\" id=\"declare-due\">The severity is to be declared: ");
            mu_page_until(s, due, out);
            mu_buf_puts(out, "</p>");
            return;
        }
}

static void nothing_open(const mu_stage *s, int64_t person, mu_buf *out)
{
    if (mu_own_count(s, person)) {
        mu_buf_puts(out, "<p class=\"nothing\" id=\"nothing\">Nothing is open for you. What comes appears here.</p>");
        return;
    }
    mu_buf_puts(out, "<p class=\"nothing\" id=\"nothing\">Nothing has reached you. The exercise began at ");
    mu_page_time(s, 0, out);
    mu_buf_puts(out, "; what comes appears here.</p>");
}

void mu_player_live(mu_stage *s, int person, int seat, mu_buf *out)
{
    mu_buf who = {0};
    int64_t name = mu_stage_symbol(s, person);
    mu_tag(&who, "<b>%s</b>, ", mu_page_name(s, name));
    roles_of(s, person, &who);
    mu_page_bar(s, ROUTE_PLAY, seat, who.text, out);
    mu_buf_free(&who);
    mu_buf_puts(out, "<main id=\"now\"><h1 class=\"vh\">What is asked of you</h1>");
    mu_page_said(s, seat, out);
    bool played = s->world->people[person].played;
    if (!played)
        mu_buf_puts(out, "<p class=\"over\" id=\"stood-in\">– A stand-in answers for you now, as the facilitator has decided. You can read; to have your place back, ask the facilitator.</p><fieldset class=\"look\" disabled>");
    declare_due(s, person, out);
    if (!open_items(s, name, seat, out))
        nothing_open(s, name, out);
    tasks(s, name, seat, out);
    mu_buf_puts(out, played ? "" : "</fieldset>");
    mu_buf_puts(out, "</main><div class=\"side\" id=\"side\">");
    reached(s, name, seat, out);
    mu_buf_puts(out, "</div>");
}

/* What does not change with what comes: it is no part of a push. */
void mu_player_still(mu_stage *s, int seat, mu_buf *out)
{
    mu_buf_puts(out, "<div id=\"still\"><section class=\"moves\" id=\"moves\"><h2>What you can do</h2>");
    mu_moves_menu(s, seat, out);
    mu_buf_puts(out, "</section><section class=\"real\" id=\"real\"><p>Is something real going on? Then stop the exercise, for everybody.</p>"
                     "<form method=\"post\" action=\"/play/stop\"><button class=\"b d\">Stop: this is real…</button></form></section></div>");
}

/* What is in front of somebody's eyes has been opened: from here their answer's time is told apart from the waiting. */
void mu_player_opened(mu_stage *s, int person)
{
    int64_t name = mu_stage_symbol(s, person);
    if (person < 0 || (s->state != STATE_RUNNING && s->state != STATE_PAUSED))
        return;
    for (int i = 0; i < mu_own_count(s, name); i++) {
        const mu_item *item = mu_own_item(s, name, i);
        mu_counted kind = item->kind == ITEM_MESSAGE ? MU_MESSAGE_N : MU_PROMPT_N;
        if (item->opened || item->done)
            continue;
        mu_act act = {.seat = "browser", .person = mu_symbol_text(s->symbols, name), .verb = "open", .object = mu_symbol_text(s->symbols, mu_symbol_counted(kind, item->number))};
        (void)mu_stage_post(s, &act);
        mu_own_item(s, name, i)->opened = true; /* wherever it is by now */
    }
}
