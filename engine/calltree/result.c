#include "calltree/result.h"

#include <string.h>

#include "base/json.h"

#define SAY(...) mu_format(c->arena, __VA_ARGS__)

/* ---- people ---- */

static bool left_out(const mu_calls *c, const char *who)
{
    for (int i = 0; i < c->left_count; i++)
        if (strcmp(c->left[i].who, who) == 0)
            return true;
    return false;
}

static mu_reached *person_of(mu_reached *list, int *count, const mu_contact *w)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(list[i].who, w->who) == 0)
            return &list[i];
    list[*count] = (mu_reached){.who = w->who, .name = w->name, .took = -1};
    return &list[(*count)++];
}

int mu_reached_all(const mu_calls *c, const mu_reached **list)
{
    mu_reached *out = mu_alloc(c->arena, ((size_t)c->count + 1) * sizeof *out);
    int count = 0;
    for (int i = 0; i < c->count; i++) {
        const mu_asked *a = &c->list[i];
        mu_reached *r = person_of(out, &count, &a->way);
        bool sent = a->way.by != MU_BY_HAND && a->sent >= 0;
        r->asked++;
        r->answered += a->state == MU_WAY_ANSWERED;
        r->late += a->late;
        r->wrong += a->state == MU_WAY_WRONG;
        r->timed = r->timed || sent;
        r->broken = r->broken || a->broken;
        if (sent && a->took >= 0 && (r->took < 0 || a->took < r->took))
            r->took = a->took;
    }
    for (int i = 0; i < count; i++) {
        out[i].timed = out[i].timed && !out[i].broken && (out[i].took >= 0 || out[i].answered == 0);
        out[i].whole = out[i].answered == out[i].asked && !left_out(c, out[i].who);
    }
    *list = out;
    return count;
}

const char *mu_calltree_sentence(const mu_calls *c)
{
    const mu_reached *list;
    int count = mu_reached_all(c, &list), answered = 0, whole = 0, late = 0, wrong = 0;
    for (int i = 0; i < count; i++) {
        answered += list[i].answered > 0;
        whole += list[i].whole;
        late += list[i].late;
        wrong += list[i].wrong;
    }
    const char *more = SAY("%s%s", late ? SAY("; %d answer%s late", late, late == 1 ? " was" : "s were") : "", wrong ? SAY("; %d address%s wrong", wrong, wrong == 1 ? " is" : "es are") : "");
    return SAY("%d of %d who were asked answered, %d of them over each of their ways%s.", answered, count, whole, more);
}

/* ---- ways ---- */

const char *mu_way_words(const mu_calls *c, const mu_asked *a)
{
    static const char *const words[MU_WAY_STATES] = {"to be sent", "sent, no answer yet", "answered", "wrong address", "nobody answered", "not sent", "unclear", "not tried"};
    if (a->state == MU_WAY_ANSWERED && a->late)
        return "answered late";
    if (a->state == MU_WAY_SENT && *c->ended)
        return "never answered";
    if (a->state == MU_WAY_UNCLEAR)
        return "may have left, never answered";
    return a->state == MU_WAY_WAITS && a->way.by == MU_BY_HAND ? "to be called" : words[a->state];
}

/* ---- for a terminal ---- */

static void cell(mu_buf *out, const char *text, int width)
{
    size_t from = out->len;
    int columns = 0;
    mu_buf_safe(out, text, strlen(text), (size_t)width - 3); /* behind it there may be dots */
    for (size_t i = from, step; i < out->len; i += step) {
        uint32_t cp;
        int n = mu_utf8(out->text + i, out->len - i, &cp);
        step = n > 0 ? (size_t)n : 1;
        columns += n > 0 ? mu_width(cp) : 1;
    }
    for (; columns < width + 2; columns++)
        mu_buf_puts(out, " ");
}

static void row(mu_buf *out, const mu_calls *c, const mu_asked *a, bool named)
{
    const char *more = a->state != MU_WAY_ANSWERED ? a->words : a->took >= 0 ? SAY("after %s", mu_span(c->arena, a->took)) : "";
    if (named) {
        mu_buf_puts(out, "  ");
        mu_buf_safe(out, a->way.name, strlen(a->way.name), 70);
        mu_buf_puts(out, "\n");
    }
    mu_buf_puts(out, "    ");
    cell(out, a->way.channel, 12);
    cell(out, a->way.address, 32);
    mu_buf_puts(out, mu_way_words(c, a));
    mu_buf_puts(out, *more ? a->state == MU_WAY_ANSWERED ? " " : ": " : "");
    mu_buf_safe(out, more, strlen(more), 200);
    mu_buf_puts(out, "\n");
}

void mu_calltree_text(mu_buf *out, const mu_calls *c)
{
    mu_buf_puts(out, "EXERCISE EXERCISE EXERCISE\n");
    mu_buf_safe(out, c->title, strlen(c->title), 200);
    mu_buf_printf(out, ", begun %s%s.\n%s\n\n", c->starts, *c->ended ? SAY(", over after %s: %s", mu_span(c->arena, c->t), c->ended) : ", still under way", mu_calltree_sentence(c));
    for (int i = 0; i < c->count; i++)
        row(out, c, &c->list[i], i == 0 || strcmp(c->list[i].way.who, c->list[i - 1].way.who) != 0);
    mu_buf_puts(out, c->left_count ? "\nNot asked:\n" : "");
    for (int i = 0; i < c->left_count; i++) {
        const mu_left_out *l = &c->left[i], *before = i ? &c->left[i - 1] : NULL;
        if (before && strcmp(before->who, l->who) == 0 && strcmp(before->why, l->why) == 0)
            continue;
        mu_buf_puts(out, "  ");
        cell(out, l->name, 34);
        mu_buf_safe(out, l->why, strlen(l->why), 200);
        mu_buf_puts(out, "\n");
    }
}

/* ---- for machines ---- */

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, ", \"%s\": ", key);
    mu_json_text(out, text);
}

static void number(mu_buf *out, const char *key, int64_t value)
{
    if (value < 0)
        mu_buf_printf(out, ", \"%s\": null", key);
    else
        mu_buf_printf(out, ", \"%s\": %lld", key, (long long)value);
}

static void way_json(mu_buf *out, const mu_calls *c, const mu_asked *a)
{
    mu_buf_puts(out, "\n  {\"who\": ");
    mu_json_text(out, a->way.who);
    number(out, "way", a->way.place);
    member(out, "via", a->way.channel);
    member(out, "by", mu_by_word(a->way.by));
    member(out, "state", mu_way_words(c, a));
    number(out, "sent_ms", a->sent);
    number(out, "answered_ms", a->answered);
    number(out, "took_ms", a->took);
    mu_buf_printf(out, ", \"late\": %s", a->late ? "true" : "false");
    member(out, "words", a->words);
    number(out, "event", a->last ? (int64_t)a->last : -1);
    mu_buf_puts(out, "}");
}

static void person_json(mu_buf *out, const mu_reached *r)
{
    mu_buf_puts(out, "\n  {\"who\": ");
    mu_json_text(out, r->who);
    member(out, "name", r->name);
    number(out, "asked", r->asked);
    number(out, "answered", r->answered);
    number(out, "took_ms", r->took);
    mu_buf_printf(out, ", \"verified\": %s}", r->whole ? "true" : "false");
}

void mu_calltree_json(mu_buf *out, const mu_calls *c)
{
    const mu_reached *list;
    int count = mu_reached_all(c, &list);
    mu_buf_puts(out, "{\"schema\": \"muster.calltree/1\"");
    member(out, "title", c->title);
    member(out, "starts", c->starts);
    member(out, "plan", mu_tree_hash(c->plan));
    mu_buf_printf(out, ", \"over\": %s", *c->ended ? "true" : "false");
    member(out, "ended", c->ended);
    number(out, "lasted_ms", c->t);
    number(out, "answer_within_ms", c->within);
    member(out, "journal", mu_journal_head(c->journal));
    member(out, "sentence", mu_calltree_sentence(c));
    mu_buf_puts(out, ", \"people\": [");
    for (int i = 0; i < count; i++) {
        mu_buf_puts(out, i ? "," : "");
        person_json(out, &list[i]);
    }
    mu_buf_puts(out, "], \"ways\": [");
    for (int i = 0; i < c->count; i++) {
        mu_buf_puts(out, i ? "," : "");
        way_json(out, c, &c->list[i]);
    }
    mu_buf_puts(out, "], \"not_asked\": [");
    for (int i = 0; i < c->left_count; i++) {
        mu_buf_puts(out, i ? ",\n  {\"who\": " : "\n  {\"who\": ");
        mu_json_text(out, c->left[i].who);
        number(out, "way", c->left[i].place);
        member(out, "why", c->left[i].why);
        mu_buf_puts(out, "}");
    }
    mu_buf_puts(out, "]}\n");
}
