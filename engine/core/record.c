/* What is only written down: observations, gaps that were seen, ratings, the hot wash, what is to be done about it. Nothing here
 * changes the world, so it may be said after ENDEX as well. */
#include <string.h>

#include "core/hand.h"
#include "plan/catalogue.h"
#include "plan/fields.h"
#include "plan/schema.h"

static int64_t text(const mu_hand *h)
{
    return mu_sym(h->r, h->act->text);
}

static bool objective(const mu_hand *h, const char *id)
{
    for (int i = 0; id && i < h->r->msel->objective_count; i++)
        if (strcmp(h->r->msel->objectives[i].id, id) == 0)
            return true;
    return false;
}

/* ---- observations ---- */

/* An observation of an objective says what was seen, without its remedy: that belongs to an item. */
static bool remedy(const char *words)
{
    static const char *const marks[] = {"should ", "must ", "need to ", "needs to ", "recommend", "ought to "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(words, marks[i]))
            return true;
    return false;
}

static const char *check_note(const mu_hand *h)
{
    int64_t n = h->act->object ? mu_hand_whole(h->act->object) : 0;
    if (n < 0 || (size_t)n > mu_journal_count(h->r->journal))
        return "there is no event with that number";
    if (h->act->via && !objective(h, h->act->via))
        return "the exercise has no such objective; :list shows them";
    if (h->act->via && (!h->act->choice || (strcmp(h->act->choice, "strength") != 0 && strcmp(h->act->choice, "area") != 0)))
        return "say + for what held or - for what did not";
    if (h->act->via && h->act->text && remedy(h->act->text))
        return "an observation says what was seen; what is to change belongs to the improvement plan (:item) or to the hot wash (:wash change)";
    return h->act->text ? NULL : "say it in words";
}

static void do_note(mu_hand *h)
{
    EMIT(h->r, EV_OBSERVATION, mu_hand_by(h), text(h), h->act->object ? mu_hand_whole(h->act->object) : 0, mu_sym(h->r, h->act->via), mu_sym(h->r, h->act->choice));
}

/* ---- gaps that people saw, what is agreed about them, what is accepted ---- */

/* "section:team", whether the plan has it or lacks it. */
static bool names_section(const char *object)
{
    for (const mu_field *f = mu_fields; mu_hand_prefix(object, "section") && f->in; f++)
        if (!*f->in && strcmp(f->key, object + 8) == 0)
            return true;
    return false;
}

/* What the rules name beside the things of the plan: a step of a ladder or a place in a line, a section, a copy, the plan itself. */
static bool part_of_plan(const mu_hand *h)
{
    const char *object = h->act->object ? h->act->object : "", *slash = strrchr(object, '/');
    bool is = strcmp(object, "plan") == 0 || strcmp(object, "assumptions") == 0 || names_section(object) || (mu_hand_prefix(object, "copy") && object[5]);
    if (is || !slash || slash - object > 255)
        return is;
    char front[256];
    memcpy(front, object, (size_t)(slash - object));
    front[slash - object] = '\0';
    return mu_world_node(h->r->world, mu_sym(h->r, front)) != NULL;
}

static const char *check_subject(const mu_hand *h)
{
    if (!h->act->choice || !mu_gap_of(h->act->choice))
        return "there is no such type of gap; muster explain gaps lists them";
    if (!h->node && !part_of_plan(h))
        return "the plan has nothing of that name; write role:, person:, action: and so on, section:team for a section, or plan";
    return h->act->text ? NULL : "say it in words";
}

static void do_gap(mu_hand *h)
{
    EMIT(h->r, EV_GAP_NOTED, mu_hand_by(h), mu_sym(h->r, h->act->choice), mu_sym(h->r, h->act->object), text(h));
}

/* "role:ciso 2026-08-10": the day is the last word. */
static const char *day_in(const char *via)
{
    const char *blank = via ? strrchr(via, ' ') : NULL;
    return blank ? blank + 1 : "";
}

static const mu_node *owner_in(const mu_hand *h, char owner[256])
{
    size_t n = h->act->via ? strcspn(h->act->via, " ") : 0;
    n = n < 255 ? n : 255;
    memcpy(owner, h->act->via ? h->act->via : "", n);
    owner[n] = '\0';
    return mu_world_node(h->r->world, mu_sym(h->r, owner));
}

/* A day that is over is no day to come. */
static const char *check_day(const mu_hand *h, const char *word, const char *missing)
{
    int64_t day;
    if (!word || !mu_date_read(word, &day))
        return missing;
    return day < mu_day_of(h->r->options.starts_local + h->r->now) ? "that day was over before the exercise" : NULL;
}

static const char *check_item(const mu_hand *h)
{
    char owner[256];
    const char *why = check_subject(h);
    const mu_node *node = owner_in(h, owner);
    if (why)
        return why;
    if (!mu_is_role(h->r->world, node) && !mu_is_person(h->r->world, node))
        return "name a role or a person of the plan who owns it, then the day it is due";
    return check_day(h, day_in(h->act->via), "say when it is due, as 2026-08-10");
}

static void do_item(mu_hand *h)
{
    char owner[256];
    (void)owner_in(h, owner);
    EMIT(h->r, EV_ITEM_AGREED, mu_hand_by(h), mu_sym(h->r, h->act->choice), mu_sym(h->r, h->act->object), mu_sym(h->r, owner), mu_sym(h->r, day_in(h->act->via)), text(h));
}

bool mu_is_named(const char *by)
{
    int letters = 0;
    for (const char *p = by; *p && *p != ',' && *p != '('; p++)
        letters += (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (unsigned char)*p >= 0x80;
    return letters > 1 && strcmp(by, "facilitator") != 0;
}

static const char *check_waive(const mu_hand *h)
{
    const char *why = check_subject(h);
    if (why)
        return why;
    if (!mu_is_named(h->act->seat))
        return "a waiver is signed by name; say first who you are: :as NAME, FUNCTION";
    return check_day(h, h->act->via, "say until when it is accepted, as 2026-12-31");
}

static void do_waive(mu_hand *h)
{
    EMIT(h->r, EV_WAIVED, mu_hand_by(h), mu_sym(h->r, h->act->choice), mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->via), text(h));
}

/* ---- ratings ---- */

static const char *check_rate(const mu_hand *h)
{
    static const char *const ratings[] = {"P", "S", "M", "U"};
    const char *choice = h->act->choice ? h->act->choice : "";
    bool rating = false;
    for (int i = 0; i < 4; i++)
        rating = rating || strcmp(ratings[i], choice) == 0;
    if (!objective(h, h->act->object))
        return "the exercise has no such objective; :list shows them";
    if (!rating)
        return "a rating is P (performed), S (with some challenges), M (with major challenges) or U (unable)";
    return h->act->text ? NULL : "say why: the report shows it beside what the rule proposes";
}

static void do_rate(mu_hand *h)
{
    EMIT(h->r, EV_RATING, mu_hand_by(h), mu_sym(h->r, h->act->object), mu_sym(h->r, h->act->choice), text(h));
}

/* ---- the hot wash ---- */

static const char *check_wash(const mu_hand *h)
{
    static const char *const about[] = {"held", "failed", "change"};
    for (int i = 0; i < 3; i++)
        if (h->act->choice && strcmp(about[i], h->act->choice) == 0)
            return h->act->text ? NULL : "say it in words";
    return "say what it is about: held, failed or change";
}

/* Whoever of the plan says it, or 0. */
static int64_t speaker(const mu_hand *h)
{
    return h->person >= 0 ? h->r->world->people[h->person].name : 0;
}

static void do_wash(mu_hand *h)
{
    EMIT(h->r, EV_WASH_SAID, mu_hand_by(h), mu_sym(h->r, h->act->choice), text(h), speaker(h));
}

/* The number of what was said, or of the act that said it: the screen shows the latter. */
static int64_t said(const mu_hand *h)
{
    int64_t n = mu_hand_whole(h->act->object);
    for (int64_t k = n; k >= 1 && k <= n + 1 && (size_t)k <= mu_journal_count(h->r->journal); k++)
        if (mu_journal_event(h->r->journal, (size_t)k)->kind == EV_WASH_SAID)
            return k;
    return -1;
}

static bool voted(const mu_hand *h, int64_t n)
{
    for (size_t i = (size_t)n + 1; i <= mu_journal_count(h->r->journal); i++) {
        const mu_event *e = mu_journal_event(h->r->journal, i);
        if (e->kind == EV_WASH_VOTE && e->arg[0] == mu_hand_by(h) && e->arg[1] == n && e->arg[3] == speaker(h))
            return true;
    }
    return false;
}

/* One voice each; whoever writes for the room says how many hands there were. */
static const char *check_vote(const mu_hand *h)
{
    int64_t n = said(h), votes = mu_hand_whole(h->act->choice);
    if (n < 0)
        return "nothing was said in the hot wash under that number; it is the one that was shown when it was written";
    if (!h->act->choice || h->person >= 0)
        return voted(h, n) ? "you have agreed with that already" : NULL;
    return votes >= 0 && votes <= 10000 ? NULL : "say how many agree: :vote 412 5";
}

static void do_vote(mu_hand *h)
{
    bool hands = h->act->choice && h->person < 0;
    EMIT(h->r, EV_WASH_VOTE, mu_hand_by(h), said(h), hands ? mu_hand_whole(h->act->choice) : 1, speaker(h));
}

const mu_doing mu_record_doings[] = {
    {"note", check_note, do_note},       {"gap", check_subject, do_gap}, {"rate", check_rate, do_rate}, {"wash", check_wash, do_wash},
    {"vote", check_vote, do_vote},       {"item", check_item, do_item},  {"waive", check_waive, do_waive}, {NULL, NULL, NULL},
};
