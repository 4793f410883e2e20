/* The coverage document. */
#include "base/json.h"
#include "report/cover.h"
#include "report/json_parts.h"

static void place(mu_buf *out, const mu_mark *at)
{
    mu_buf_puts(out, "\"at\": {");
    mu_json_member(out, "file", at->file);
    mu_buf_printf(out, "\"line\": %d, \"column\": %d}, ", at->line, at->column);
}

static void elements(mu_buf *out, const mu_needs *needs, const int *list, int count)
{
    mu_buf_puts(out, "[");
    for (int i = 0; i < count && list[i] >= 0; i++) {
        mu_buf_puts(out, i ? ", " : "");
        mu_json_text(out, needs->elements[list[i]].name);
    }
    mu_buf_puts(out, "]");
}

static void hand(mu_buf *out, const mu_needs *needs, const mu_hand *h)
{
    mu_buf_puts(out, "{\"who\": ");
    mu_json_text(out, mu_format(needs->house->judge.arena, "%s:%s", h->person >= 0 ? "person" : "external", h->node->key));
    mu_buf_puts(out, ", \"missing\": ");
    mu_json_maybe(out, h->missing);
    mu_buf_puts(out, "}");
}

static void requirement(mu_buf *out, const mu_cover *c, int i)
{
    const mu_need *n = &c->needs->list[i];
    mu_buf_puts(out, i ? ",\n  {" : "\n  {");
    mu_json_member(out, "id", n->id);
    mu_json_member(out, "group", n->group);
    mu_json_member(out, "called", n->called);
    place(out, &n->at);
    mu_json_member(out, "without", n->lost);
    mu_json_flag(out, "broken", c->own[i].broken);
    mu_json_member(out, "why", n->why);
    mu_buf_printf(out, "\"wanted\": %d, \"hands\": [", n->wanted);
    for (int k = 0; k < n->hand_count; k++) {
        mu_buf_puts(out, k ? ", " : "");
        hand(out, c->needs, &n->hands[k]);
    }
    mu_buf_puts(out, "], \"sets\": [");
    for (int k = 0; k < c->own[i].set_count; k++) {
        mu_buf_puts(out, k ? ", " : "");
        elements(out, c->needs, c->own[i].sets[k], c->needs->element_count);
    }
    mu_buf_puts(out, "]}");
}

static void set(mu_buf *out, const mu_cover *c, int i)
{
    const mu_cut *a = &c->sets[i];
    mu_buf_puts(out, i ? ",\n  {\"absent\": " : "\n  {\"absent\": ");
    elements(out, c->needs, a->elements, a->count);
    mu_buf_puts(out, ", \"breaks\": [");
    for (int k = 0; k < a->break_count; k++) {
        mu_buf_puts(out, k ? ", " : "");
        mu_json_text(out, c->needs->list[a->breaks[k]].id);
    }
    mu_buf_puts(out, "], \"text\": ");
    mu_json_text(out, a->text);
    mu_buf_puts(out, "}");
}

static void about(mu_buf *out, const mu_cover_page *p)
{
    const mu_node *root = mu_tree_root(p->plan), *plan = mu_get(root, "plan");
    static const char *const words[] = {"people", "sites", "channels", "externals", "dependencies"};
    int said = 0;
    mu_buf_puts(out, "{\"schema\": \"muster.cover/1\", \"plan\": {");
    mu_json_member(out, "title", mu_get_text(plan, "title"));
    mu_json_member(out, "version", mu_get_text(plan, "version"));
    mu_buf_puts(out, "\"hash\": ");
    mu_json_text(out, mu_tree_hash(p->plan));
    mu_buf_puts(out, "},\n \"as_of\": ");
    mu_json_text(out, mu_house_when(p->cover->needs->house, p->cover->needs->utc));
    mu_buf_puts(out, ", \"timezone\": ");
    mu_json_text(out, mu_zone_name(p->cover->needs->house->zone));
    mu_buf_puts(out, ", \"with\": [");
    for (int i = 0; i < 5; i++)
        if (p->kinds >> i & 1)
            mu_buf_printf(out, "%s\"%s\"", said++ ? ", " : "", words[i]);
    if (p->cover->order == MU_ALL_ORDERS)
        mu_buf_puts(out, "], \"order\": \"all\", \"exact\": true,\n");
    else
        mu_buf_printf(out, "], \"order\": %u, \"exact\": true,\n", p->cover->order);
}

static const char *stamp(const mu_house *h, int64_t utc)
{
    int64_t local = mu_zone_local(h->zone, utc);
    mu_date d = mu_date_of_day(mu_day_of(local));
    int minute = (int)(mu_time_of_day(local) / 60000);
    return mu_format(h->judge.arena, "%04d-%02d-%02d %02d:%02d", d.year, d.month, d.day, minute / 60, minute % 60);
}

static void uncovered(mu_buf *out, const mu_house *h, const mu_need_hours *row)
{
    int said = 0;
    for (int i = 0; i < row->span_count; i++) {
        const mu_hours_span *s = &row->spans[i];
        if (s->level != 0)
            continue;
        mu_buf_puts(out, said++ ? ", {" : "{");
        mu_json_member(out, "from", stamp(h, s->from));
        mu_json_member(out, "until", stamp(h, s->until));
        mu_buf_puts(out, "\"why\": ");
        mu_json_text(out, s->who);
        mu_buf_puts(out, "}");
    }
}

static void hours(mu_buf *out, const mu_cover_page *p)
{
    const mu_hours *h = p->hours;
    const mu_house *house = p->cover->needs->house;
    mu_buf_puts(out, ",\n \"hours\": {");
    mu_json_member(out, "from", stamp(house, h->from));
    mu_json_member(out, "until", stamp(house, h->until));
    mu_buf_puts(out, "\"requirements\": [");
    for (int i = 0; i < h->count; i++) {
        const mu_need_hours *row = &h->list[i];
        mu_buf_puts(out, i ? ",\n  {" : "\n  {");
        mu_json_member(out, "id", row->need->id);
        mu_buf_printf(out, "\"minutes\": {\"nobody\": %lld, \"one\": %lld, \"two\": %lld, \"more\": %lld}, \"uncovered\": [", (long long)(row->length[0] / 60000),
                      (long long)(row->length[1] / 60000), (long long)(row->length[2] / 60000), (long long)(row->length[3] / 60000));
        uncovered(out, house, row);
        mu_buf_puts(out, "]}");
    }
    mu_buf_puts(out, "\n ]}");
}

static void chance(mu_buf *out, const mu_chance_is *c)
{
    mu_buf_printf(out, "\"chance\": %.15g, \"half_width\": %.3g, \"exact\": %s}", c->chance, c->half, c->half == 0 ? "true" : "false");
}

static void odds(mu_buf *out, const mu_cover_page *p)
{
    const mu_odds *o = p->odds;
    const mu_needs *needs = p->cover->needs;
    mu_buf_printf(out, ",\n \"probability\": {\"exact\": %s, ", o->exact ? "true" : "false");
    mu_json_member(out, "note", o->note);
    mu_buf_printf(out, "\"samples\": %llu, \"plan\": {", (unsigned long long)o->samples);
    chance(out, &o->plan);
    if (o->until) {
        mu_buf_puts(out, ", \"calendar\": {");
        mu_json_member(out, "from", stamp(needs->house, o->from));
        mu_buf_puts(out, "\"until\": ");
        mu_json_text(out, stamp(needs->house, o->until));
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, ", \"absent\": [");
    for (int i = 0, said = 0; i < needs->element_count; i++) {
        double away = o->until ? o->away[i] : 0;
        if (o->absent[i] <= 0 && away <= 0)
            continue;
        mu_buf_puts(out, said++ ? ", {\"who\": " : "{\"who\": ");
        mu_json_text(out, needs->elements[i].name);
        mu_buf_printf(out, ", \"chance\": %.15g", o->absent[i]);
        if (o->until)
            mu_buf_printf(out, ", \"calendar\": %.15g", away);
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "], \"requirements\": [");
    for (int i = 0; i < needs->count; i++) {
        mu_buf_puts(out, i ? ",\n  {" : "\n  {");
        mu_json_member(out, "id", needs->list[i].id);
        chance(out, &o->needs[i]);
    }
    mu_buf_puts(out, "\n ]}");
}

static void change(mu_buf *out, const mu_change *c)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "id", c->id);
    mu_json_member(out, "kind", mu_change_word(c->kind));
    place(out, &c->at);
    mu_json_member(out, "to", c->to->key);
    mu_json_member(out, "adds", c->kind == MU_SHORTEN ? NULL : c->word ? c->word : c->what->key);
    mu_buf_puts(out, "\"text\": ");
    mu_json_text(out, c->text);
    mu_buf_puts(out, "}");
}

static void counts(mu_buf *out, const char *key, const mu_cover *c)
{
    mu_buf_printf(out, "\"%s\": {\"broken\": %d, \"one\": %d, \"two\": %d}, ", key, c->broken_count, c->by_order[1], c->by_order[2]);
}

static void repair(mu_buf *out, const mu_cover_page *p)
{
    const mu_repair *r = p->repair;
    mu_buf_printf(out, ",\n \"repair\": {\"order\": %u, \"cost\": %d, \"at_least\": %d, \"smallest\": %s, ", r->after->order, r->cost, r->least, r->smallest ? "true" : "false");
    counts(out, "before", r->before);
    counts(out, "after", r->after);
    mu_buf_puts(out, "\"left\": [");
    for (int i = 0; i < r->after->set_count; i++)
        set(out, r->after, i);
    mu_buf_puts(out, "], \"changes\": [");
    for (int i = 0; i < r->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        change(out, &r->changes[i]);
    }
    mu_buf_puts(out, "\n ]}");
}

void mu_write_cover_json(mu_buf *out, const mu_cover_page *p)
{
    const mu_cover *c = p->cover;
    about(out, p);
    mu_buf_puts(out, " \"requirements\": [");
    for (int i = 0; i < c->needs->count; i++)
        requirement(out, c, i);
    mu_buf_puts(out, "\n ],\n \"sets\": [");
    for (int i = 0; i < c->set_count; i++)
        set(out, c, i);
    mu_buf_puts(out, "\n ],\n \"ranking\": [");
    for (int i = 0; i < c->ranked_count; i++) {
        mu_buf_puts(out, i ? ",\n  {" : "\n  {");
        mu_json_member(out, "who", c->needs->elements[c->ranking[i].element].name);
        mu_buf_printf(out, "\"alone\": %d, \"with_one_other\": %d}", c->ranking[i].single, c->ranking[i].paired);
    }
    mu_buf_puts(out, "\n ]");
    if (p->repair)
        repair(out, p);
    if (p->odds)
        odds(out, p);
    if (p->hours)
        hours(out, p);
    mu_buf_puts(out, "}\n");
}
