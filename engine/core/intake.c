/* How a report comes in: by which channel, to whom, within what time it is taken in. */
#include <string.h>

#include "core/parts.h"

static bool by_channel(mu_run *r, const mu_node *entry, int64_t via)
{
    EACH_OF (v, mu_get(entry, "via"))
        if (v->ref && mu_name_of(r, v->ref) == via)
            return true;
    return false;
}

static bool owns(const mu_run *r, const mu_node *entry, int person)
{
    const mu_node *owner = mu_get(entry, "owner"), *who = owner ? owner->ref : NULL;
    const char *why;
    int role = mu_role_of(r->world, who);
    return role >= 0 ? mu_holder(r->world, role, r->now, &why) == person : who && mu_is_person(r->world, who) && who->value == person;
}

/* The entry of whoever reports, by the card's own words; else the first by whose channel it came to its owner. */
static const mu_node *entry_of(mu_run *r, const mu_card *card, int person, int64_t via)
{
    const mu_node *found = NULL;
    EACH (e, mu_get(r->root, "intake")) {
        const char *from = mu_get_text(e, "from");
        if (!by_channel(r, e, via) || !owns(r, e, person))
            continue;
        if (card->from && from && strcmp(card->from, from) == 0)
            return e;
        found = found ? found : e;
    }
    return found;
}

int mu_intake(mu_run *r, const mu_card *card, int person, int64_t via)
{
    const mu_node *entry = person < 0 || card->class == MU_CLASS_CONTEXTUAL ? NULL : entry_of(r, card, person, via);
    int64_t within = mu_length(r, mu_get(entry, "within"));
    if (within < 0)
        return -1;
    return mu_clock_start(r, "intake", mu_get(entry, "owner")->ref, mu_sym(r, card->from), r->now + within);
}
