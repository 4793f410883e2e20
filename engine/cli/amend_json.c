#include <string.h>

#include "base/json.h"
#include "cli/amend.h"
#include "cli/patches.h"
#include "report/json_parts.h"

static void gap(mu_buf *out, const mu_finding *f)
{
    mu_json_member(out, "id", f->id);
    mu_json_member(out, "gap", f->gap->id);
    mu_json_member(out, "subject", f->subject);
    mu_json_member(out, "severity", mu_weight_word(f->weight));
    mu_buf_puts(out, "\"text\": ");
    mu_json_text(out, f->text);
}

static void gaps(mu_buf *out, const char *key, const mu_finding *list, size_t count)
{
    mu_buf_printf(out, "\"%s\": [", key);
    for (size_t i = 0; i < count; i++) {
        mu_buf_puts(out, i ? ",\n   {" : "\n   {");
        gap(out, &list[i]);
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "]");
}

static void one(mu_buf *out, const mu_amended *a)
{
    const mu_finding *f = a->finding;
    mu_buf_puts(out, "{");
    gap(out, f);
    mu_buf_puts(out, ", \"at\": {\"file\": ");
    mu_json_text(out, f->at.file);
    mu_buf_printf(out, ", \"line\": %d, \"column\": %d}, ", f->at.line, f->at.column);
    mu_json_member(out, "fate", mu_fate_word(a->fate));
    mu_json_member(out, "from", a->from);
    mu_json_member(out, "question", a->question);
    mu_json_member(out, "not_proposed", a->why);
    gaps(out, "would_open", a->opens, a->open_count);
    mu_buf_puts(out, "}");
}

static bool is_there(const mu_findings *f, const char *id)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].id && strcmp(f->list[i].id, id) == 0)
            return true;
    return false;
}

static void ids(mu_buf *out, const char *key, const mu_amendment *a, bool there)
{
    int n = 0;
    mu_buf_printf(out, "\"%s\": [", key);
    for (size_t i = 0; i < a->before.count; i++)
        if (is_there(&a->after, a->before.list[i].id) == there)
            mu_buf_printf(out, "%s\"%s\"", n++ ? ", " : "", a->before.list[i].id);
    mu_buf_puts(out, "]");
}

static void proof(mu_buf *out, const mu_amendment *a, const char *words)
{
    mu_buf_puts(out, "\n \"proof\": {");
    mu_json_member(out, "by", words);
    mu_json_member(out, "not_proved", a->unproved);
    mu_buf_printf(out, "\"before\": %zu, \"after\": %zu,\n  ", a->before.count, a->after.count);
    ids(out, "closed", a, false);
    mu_buf_puts(out, ",\n  ");
    ids(out, "stay", a, true);
    mu_buf_puts(out, ",\n  ");
    gaps(out, "opened", a->opened, a->opened_count);
    mu_buf_puts(out, "},");
}

void mu_amend_document(mu_buf *out, const char *schema, const mu_tree *plan)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "schema", schema);
    mu_buf_puts(out, "\"plan\": {\"hash\": ");
    mu_json_text(out, mu_tree_hash(plan));
    mu_buf_puts(out, "}, ");
}

void mu_amend_document_end(mu_buf *out, mu_buf *diff)
{
    mu_buf_puts(out, "\n \"diff\": ");
    mu_json_text(out, diff->text ? diff->text : "");
    mu_buf_puts(out, "\n}\n");
    mu_buf_free(diff);
}

void mu_amend_json(mu_buf *out, const mu_amendment *a, const mu_amend_source *source, const char *words, mu_arena *arena)
{
    mu_buf diff = {0};
    mu_amend_hunks(&diff, a, mu_diff_name, NULL, arena);
    mu_amend_document(out, "muster.amend/1", a->plan);
    mu_json_member(out, "from", source->path);
    mu_buf_puts(out, "\n \"gaps\": [");
    for (size_t i = 0; i < a->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        one(out, &a->list[i]);
    }
    mu_buf_puts(out, "],");
    proof(out, a, words);
    mu_amend_document_end(out, &diff);
}
