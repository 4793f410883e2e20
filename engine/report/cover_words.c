/* What the writers of a coverage say alike. */
#include <string.h>

#include "report/cover.h"

const char *mu_count_word(mu_arena *arena, int n)
{
    static const char *const words[] = {"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    return n >= 0 && n <= 10 ? words[n] : mu_format(arena, "%d", n);
}

static const char *capital(mu_arena *arena, const char *text)
{
    char *copy = mu_copy(arena, text, strlen(text));
    if (*copy >= 'a' && *copy <= 'z')
        *copy = (char)(*copy - 'a' + 'A');
    return copy;
}

static mu_arena *arena_of(const mu_cover_page *p)
{
    return p->cover->needs->house->judge.arena;
}

const char *mu_cover_kinds(const mu_cover_page *p)
{
    static const char *const words[] = {"people", "sites", "channels", "outside parties", "other things"};
    const char *text = "";
    int said = 0, count = 0;
    if (p->kinds == MU_EVERY_ELEMENT)
        return "People, sites, channels, outside parties and what else things depend on";
    for (int i = 0; i < 5; i++)
        count += (p->kinds >> i & 1u) != 0;
    for (int i = 0; i < 5; i++)
        if (p->kinds >> i & 1) {
            text = mu_format(arena_of(p), "%s%s%s", text, said == 0 ? "" : said == count - 1 ? " and " : ", ", words[i]);
            said++;
        }
    return capital(arena_of(p), text);
}

const char *mu_cover_orders(const mu_cover_page *p)
{
    unsigned order = p->cover->order;
    return order == MU_ALL_ORDERS ? "absences of any number" : order == 1 ? "single absences" : mu_format(arena_of(p), "absences of up to %u", order);
}

const char *mu_cover_lead(const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    mu_arena *arena = arena_of(p);
    const char *broken = c->broken_count == 0 ? "" : mu_format(arena, "%s requirement%s of %d fail%s with nobody absent. ", mu_count_word(arena, c->broken_count), c->broken_count == 1 ? "" : "s",
                                                               c->needs->count, c->broken_count == 1 ? "s" : "");
    const char *ones = c->by_order[1] == 0 ? "No single absence breaks anything more" : mu_format(arena, "%s single absence%s break%s something", mu_count_word(arena, c->by_order[1]),
                                                                                                  c->by_order[1] == 1 ? "" : "s", c->by_order[1] == 1 ? "s" : "");
    const char *pairs = c->order < 2 ? "" : mu_format(arena, ", %s pair%s more", c->by_order[2] ? mu_count_word(arena, c->by_order[2]) : "no", c->by_order[2] == 1 ? "" : "s");
    return mu_format(arena, "%s%s%s.", capital(arena, broken), capital(arena, ones), pairs);
}

int mu_element_of(const mu_needs *needs, const mu_node *node)
{
    for (int i = 0; i < needs->element_count; i++)
        if (needs->elements[i].node == node)
            return i;
    return -1;
}

static bool breaks_alone(const mu_cover *c, int need, int element)
{
    const mu_need_cover *own = &c->own[need];
    for (int i = 0; i < own->set_count; i++)
        if (own->sets[i][0] == element && own->sets[i][1] < 0)
            return true;
    return false;
}

bool mu_stands_behind(const mu_cover *c, int need, int person)
{
    const mu_need *n = &c->needs->list[need];
    for (int i = 0; i < n->hand_count; i++)
        if (n->hands[i].person == person)
            return false;
    return breaks_alone(c, need, mu_element_of(c->needs, c->needs->house->people[person].node));
}

mu_stand mu_stand_of(const mu_cover *c, int need, const mu_hand *hand)
{
    if (hand->lost == MU_FAILS)
        return MU_STAND_MISSING;
    if (breaks_alone(c, need, mu_element_of(c->needs, hand->node)))
        return c->needs->list[need].wanted > 1 ? MU_STAND_NEEDED : MU_STAND_ALONE;
    return MU_STAND_FOLLOWS;
}

bool mu_need_shown(const mu_cover *c, int need)
{
    return c->own[need].broken || c->own[need].order > 0;
}

const char *mu_stands_on(const mu_cover *c, int need)
{
    static const char *const words[] = {"more", "one", "two", "three"};
    int order = c->own[need].order;
    return c->own[need].broken ? "nobody" : order < 4 ? words[order] : "more";
}
