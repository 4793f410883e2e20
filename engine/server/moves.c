/* What a player may do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "server/field.h"

/* Those of the menu; what belongs to something that came stands beside it. */
static const mu_move_form menu[] = {
    {"ask", "Ask for information", "Ask the facilitator", "Some things are told only to those who ask.", {{"text", "What you want to know", CHOOSE_TEXT, true}}},
    {"notify", "Tell somebody", "Send", NULL,
     {{"object", "Whom", CHOOSE_WHOM, true}, {"via", "By which channel", CHOOSE_CHANNEL, false}, {"text", "What you say", CHOOSE_TEXT, true}}},
    {"look_up", "Look something up in the plan", "Look up", "Pages: contacts, partners, playbooks, templates, severities, actions; or the id of a playbook, an action, a role.",
     {{"object", "What", CHOOSE_PAGE, true}}},
    {"declare", "Declare or change the severity", "Declare", NULL, {{"object", "Which level", CHOOSE_SEVERITY, true}, {"text", "Why", CHOOSE_TEXT, true}, {"sure", "How sure are you?", CHOOSE_SURE, false}}},
    {"escalate", "Escalate", "Start the ladder", "Rings everybody on the ladder, step by step, until somebody acknowledges.", {{"object", "Which ladder", CHOOSE_LADDER, true}}},
    {"start", "Start an action of the plan", "Start", "Where it falls to somebody else, they are asked.", {{"object", "Which action", CHOOSE_ACTION, true}}},
    {"request", "Ask for a decision", "Ask", "Asks whoever answers for the action in the plan.", {{"object", "On which action", CHOOSE_ACTION, true}}},
    {"decide", "Make a decision", "Decide", NULL,
     {{"object", "On which action", CHOOSE_ACTION, true}, {"choice", "May it go ahead?: yes|no", CHOOSE_NOTHING, true}, {"text", "Why", CHOOSE_TEXT, true}, {"sure", "How sure are you?", CHOOSE_SURE, false}}},
    {"release", "Send the message to an audience", "Send the message", NULL, {{"object", "To whom", CHOOSE_AUDIENCE, true}}},
    {"hand_over", "Hand over your role", "Hand over", NULL, {{"object", "Which role", CHOOSE_OWN_ROLE, true}, {"choice", "To whom", CHOOSE_PERSON, true}}},
    {"improvise", "Do something the plan has no words for", "Write it down", NULL, {{"text", "What you do", CHOOSE_TEXT, true}}},
    {"blocked", "Say that you cannot go on", "Say so", NULL, {{"text", "What is in your way", CHOOSE_TEXT, true}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

/* Those that stand beside what they are about. */
static const mu_move_form beside[] = {
    {"acknowledge", NULL, NULL, NULL, {{"object", "What", CHOOSE_NOTHING, true}}},
    {"answer", NULL, NULL, NULL, {{"object", "What", CHOOSE_NOTHING, true}, {"choice", "Your answer", CHOOSE_NOTHING, true}, {"text", "Why", CHOOSE_TEXT, false}}},
    {"finish", NULL, NULL, NULL, {{"object", "What", CHOOSE_NOTHING, true}, {"choice", "Outcome", CHOOSE_NOTHING, false}}},
    {"consult", NULL, NULL, NULL, {{"object", "What", CHOOSE_NOTHING, true}, {"text", "Your advice", CHOOSE_TEXT, true}}},
    {NULL, NULL, NULL, NULL, {{NULL, NULL, CHOOSE_NOTHING, false}}},
};

void mu_moves_menu(mu_stage *s, int seat, mu_buf *out)
{
    static const struct { const char *verb, *heading; } groups[] = {{"ask", "Ask and tell"}, {"declare", "By the plan"}, {"improvise", "Beside the plan"}};
    for (const mu_move_form *m = menu; m->verb; m++) {
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
            if (strcmp(groups[i].verb, m->verb) == 0)
                mu_tag(out, "<h3>%h</h3>", groups[i].heading);
        mu_form_write(s, m, "/play/", seat, out);
    }
}

/* What was sent belongs to it: the same form with other words is another act. */
const char *mu_moves_id(const mu_errand *a)
{
    char hash[MU_SHORT_HASH];
    mu_buf all = {0};
    for (int i = 0; i < a->form.count; i++)
        mu_buf_printf(&all, "%s=%s\n", a->form.name[i], a->form.value[i]);
    mu_short_hash(all.text ? all.text : "", all.len, hash);
    mu_buf_free(&all);
    return mu_form_value(&a->form, "request") ? mu_format(a->arena, "%d.%s", a->seat, hash) : NULL;
}

static int role_with(const mu_stage *s, int person, const char *authority)
{
    const char *why;
    for (int i = 0; i < s->world->role_count; i++)
        if ((!authority || mu_run_authority(s->run, i, authority)) && mu_holder(s->world, i, mu_stage_now(s), &why) == person)
            return i;
    return -1;
}

/* The role by which somebody was asked for what they give now, where it says so. */
static const char *asked_as(const mu_stage *s, int64_t person, const mu_act *act)
{
    bool gives = strcmp(act->verb, "consult") == 0 || strcmp(act->verb, "decide") == 0;
    const char *action = gives && act->object && strncmp(act->object, "action:", 7) == 0 ? act->object + 7 : NULL;
    for (int64_t m = mu_run_messages(s->run) - 1; action && m >= 0; m--) {
        int64_t about = mu_run_message_about(s->run, m), consult = mu_symbol_number(about, MU_CONSULT_N), decide = mu_symbol_number(about, MU_DECIDE_N);
        const mu_node *of = mu_run_task_action(s->run, consult >= 0 ? consult : decide);
        const char *to = mu_run_message_to(s->run, m);
        if (of && strcmp(of->key, action) == 0 && mu_run_message_person(s->run, m) == person && strncmp(to, "role:", 5) == 0)
            return to;
    }
    return NULL;
}

static const char *role_for(const mu_stage *s, int person, const mu_act *act)
{
    const char *asked = asked_as(s, mu_stage_symbol(s, person), act);
    int role = strcmp(act->verb, "declare") == 0 ? role_with(s, person, "declare") : -1;
    role = role >= 0 ? role : role_with(s, person, NULL);
    return asked ? asked : role >= 0 ? mu_symbol_text(s->symbols, s->world->roles[role].name) : NULL;
}

static size_t act_number(const mu_stage *s, const char *id)
{
    for (size_t n = mu_journal_count(s->journal); n > 0; n--) {
        const mu_event *e = mu_journal_event(s->journal, n);
        if (e->kind == EV_ACT && id && strcmp(mu_journal_text(s->journal, e, "id"), id) == 0)
            return n;
    }
    return mu_journal_count(s->journal);
}

/* The record counts the messages of all: of the first line, which names the one that was taken, only what is theirs to know stays. */
static void outcome(mu_stage *s, const mu_act *act, size_t event, mu_buf *out)
{
    mu_buf told = {0};
    bool message = act->object && strncmp(act->object, "message:", 8) == 0;
    mu_term_outcome(s->seen, act, event, &told);
    const char *first = told.text ? strchr(told.text, '\n') : NULL;
    if (message && first)
        mu_buf_puts(out, "you have it.");
    mu_buf_puts(out, message && first ? first : told.text ? told.text : "");
    mu_buf_free(&told);
}

static void say_what_came(mu_stage *s, int seat, int person, const mu_act *act, const char *why)
{
    mu_buf out = {0};
    char now[32];
    mu_term_clock(s->seen, mu_stage_now(s), now);
    if (why) {
        mu_buf_printf(&out, "%s  Not done: %s.", now, why);
    } else {
        size_t n = act_number(s, act->id);
        s->seen->player = mu_stage_symbol(s, person);
        mu_buf_printf(&out, "%s  Written: ", now); /* without its number, which would tell how much others do */
        outcome(s, act, n, &out);
    }
    mu_stage_say(s, seat, !why, out.text);
    mu_buf_free(&out);
}

void mu_moves_do(mu_errand *a)
{
    mu_stage *s = a->stage;
    int person = mu_stage_person(s, a->seat);
    const char *sure = mu_form_value(&a->form, "sure");
    const mu_move_form *m = mu_form_of(menu, a->rest) ? mu_form_of(menu, a->rest) : mu_form_of(beside, a->rest);
    mu_act act = {.seat = "browser", .person = mu_symbol_text(s->symbols, mu_stage_symbol(s, person)), .id = mu_moves_id(a)};
    if (!m || !act.id) {
        mu_page_refused(a, m ? 400 : 404, "There is no such move.");
        return;
    }
    const char *why = s->world->people[person].played ? mu_form_act(a, m, &act) : "a stand-in answers for you now; ask the facilitator for your place";
    act.verb = m->verb;
    act.role = role_for(s, person, &act);
    act.sure = sure && *sure >= '1' && *sure <= '3' && !sure[1] ? *sure - '0' : 0;
    if (!why && act.object && !(act.object = mu_player_object(s, person, act.object)))
        why = "that is none of yours";
    why = why ? why : mu_stage_post(s, &act);
    say_what_came(s, a->seat, person, &act, why);
    s->touched[person] = true;
    mu_see_other(a, "/play");
}
