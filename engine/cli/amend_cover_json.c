#include "base/json.h"
#include "cli/amend.h"
#include "cli/patches.h"
#include "report/json_parts.h"

static void change(mu_buf *out, const mu_repaired *one)
{
    const mu_change *c = &one->change;
    mu_buf_puts(out, "{");
    mu_json_member(out, "id", c->id);
    mu_json_member(out, "kind", mu_change_word(c->kind));
    mu_json_member(out, "to", c->to->key);
    mu_json_member(out, "adds", c->kind == MU_SHORTEN ? NULL : c->word ? c->word : c->what->key);
    mu_json_member(out, "text", c->text);
    mu_buf_printf(out, "\"written\": %s, ", one->why ? "false" : "true");
    mu_json_member(out, "question", one->question);
    mu_buf_puts(out, "\"not_proposed\": ");
    mu_json_maybe(out, one->why);
    mu_buf_puts(out, "}");
}

static void counts(mu_buf *out, const char *key, const mu_cover *c)
{
    mu_buf_printf(out, "\"%s\": {\"broken\": %d, \"sets\": %d}, ", key, c->broken_count, c->set_count);
}

static void left(mu_buf *out, const mu_cover *c)
{
    mu_buf_puts(out, "\"left\": [");
    for (int i = 0; i < c->set_count; i++) {
        mu_buf_puts(out, i ? ",\n   {\"absent\": [" : "\n   {\"absent\": [");
        for (int k = 0; k < c->sets[i].count; k++) {
            mu_buf_puts(out, k ? ", " : "");
            mu_json_text(out, c->needs->elements[c->sets[i].elements[k]].name);
        }
        mu_buf_puts(out, "], \"text\": ");
        mu_json_text(out, c->sets[i].text);
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "], ");
}

static void ids(mu_buf *out, const char *key, const mu_finding *list, size_t count)
{
    mu_buf_printf(out, "\"%s\": [", key);
    for (size_t i = 0; i < count; i++)
        mu_buf_printf(out, "%s\"%s\"", i ? ", " : "", list[i].id);
    mu_buf_puts(out, "]");
}

static void proof(mu_buf *out, const mu_repairs *r, const char *as_of)
{
    mu_buf_puts(out, "\n \"proof\": {");
    mu_json_member(out, "as_of", as_of);
    mu_json_member(out, "not_proved", r->unproved);
    counts(out, "before", r->repair->before);
    if (r->after) {
        counts(out, "after", r->after);
        left(out, r->after);
    }
    ids(out, "closed", r->closed, r->closed_count);
    mu_buf_puts(out, ", ");
    ids(out, "opened", r->opened, r->opened_count);
    mu_buf_puts(out, "},");
}

void mu_amend_cover_json(mu_buf *out, const mu_repairs *r, const char *as_of, mu_arena *arena)
{
    mu_buf diff = {0};
    mu_repairs_hunks(&diff, r, mu_diff_name, NULL, arena);
    mu_amend_document(out, "muster.amend-cover/1", r->plan);
    mu_buf_printf(out, "\"order\": %u, \"cost\": %d, \"at_least\": %d, \"smallest\": %s,\n \"changes\": [", r->repair->after->order, r->repair->cost, r->repair->least,
                  r->repair->smallest ? "true" : "false");
    for (int i = 0; i < r->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        change(out, &r->list[i]);
    }
    mu_buf_puts(out, "],");
    proof(out, r, as_of);
    mu_amend_document_end(out, &diff);
}
