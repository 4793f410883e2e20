/* What the words of a line name in the plan. Whoever types at night writes what the screen says and not an id: case does not count,
 * and a blank, a dash and an underscore are one. */
#include <stdio.h>
#include <string.h>

#include "participants/line.h"

enum { FEW = 8, LISTED = 16, MANY = 60, CANDIDATES = 400 }; /* MANY: of what no page lists */

static const struct { const char *kind, *section; } places[] = {
    {"role", "roles"}, {"person", "people"}, {"team", "teams"}, {"external", "externals"}, {"audience", "audiences"}, {"action", "raci"},
    {"severity", "severities"}, {"escalation", "escalations"}, {"channel", "channels"}, {"playbook", "playbooks"}, {"obligation", "obligations"}};
enum { PLACES = sizeof places / sizeof *places };

/* Which of the places a set looks into, first to last; whether it looks into what can be down as well. */
static const struct { const char *lacks, *all; int from, until; bool things; } sets[] = {
    [MU_LINE_ACTION] = {"no action", "l actions lists them", 5, 6, false},
    [MU_LINE_LEVEL] = {"no level", "l severities lists them", 6, 7, false},
    [MU_LINE_LADDER] = {"no ladder", NULL, 7, 8, false},
    [MU_LINE_CHANNEL] = {"no channel", NULL, 8, 9, false},
    [MU_LINE_ROLE] = {"no role", "l contacts lists them", 0, 1, false},
    [MU_LINE_PERSON] = {"no person", NULL, 1, 2, false},
    [MU_LINE_AUDIENCE] = {"no audience", NULL, 4, 5, false},
    [MU_LINE_WHOM] = {"nobody", "l contacts and l partners list them", 0, 5, false},
    [MU_LINE_THING] = {"nothing that can be down and is called", NULL, 0, 0, true},
    [MU_LINE_SUBJECT] = {"nothing", "write role:, person:, action: and so on, section:team for a section, or plan", 0, PLACES, true},
};

typedef struct search {
    const mu_typed_line *l;
    const char *words;
    size_t longest;                    /* of the words, what the best fit takes */
    char found[400];
    const char *near[CANDIDATES];      /* all ids that were looked at, as far as there is room */
    int seen;
} search;

static char plain(char c)
{
    return c == '-' || c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* How much of the words a name takes; 0 where they do not begin with it. */
static size_t fits(const char *words, const char *name)
{
    size_t n = 0;
    while (name[n] && plain(words[n]) == plain(name[n]))
        n++;
    return !name[n] && (!words[n] || words[n] == ' ') ? n : 0;
}

static void try(search *s, const char *kind, const mu_node *n)
{
    const char *names[] = {n->key, mu_get_text(n, "name"), mu_get_text(n, "title"), mu_get_text(n, "organisation")};
    if (!n->key)
        return;
    if (s->seen < CANDIDATES)
        s->near[s->seen++] = n->key;
    for (int i = 0; i < 4; i++) {
        size_t took = names[i] ? fits(s->words, names[i]) : 0;
        if (took <= s->longest)
            continue;
        s->longest = took;
        snprintf(s->found, sizeof s->found, "%s:%s", kind, n->key);
    }
}

static void look_into(search *s, int place)
{
    const mu_node *section = mu_get(mu_run_world(s->l->t->run)->root, places[place].section);
    for (const mu_node *n = section ? section->first : NULL; n; n = n->next)
        if (strcmp(places[place].kind, "severity") != 0 || mu_get(n, "rank"))
            try(s, places[place].kind, n);
}

static void look_at_things(search *s)
{
    const mu_world *w = mu_run_world(s->l->t->run);
    for (int i = 0; i < w->thing_count; i++) {
        char kind[40];
        const char *name = mu_symbol_text(s->l->t->symbols, w->things[i].name);
        snprintf(kind, sizeof kind, "%.*s", (int)strcspn(name, ":") % 40, name);
        try(s, kind, w->things[i].node);
    }
}

static void look(search *s, mu_line_set set)
{
    for (int p = sets[set].from; p < sets[set].until; p++)
        look_into(s, p);
    if (sets[set].things)
        look_at_things(s);
}

/* Whoever stops in the middle means what begins so, before what is spelled nearly so. */
static const char *meant(const search *s, const char *id)
{
    enum { BEGUN = 3 };
    size_t typed = strlen(id), same = 0;
    for (int i = 0; typed >= BEGUN && i < s->seen; i++) {
        for (same = 0; same < typed && plain(id[same]) == plain(s->near[i][same]);)
            same++;
        if (same == typed)
            return s->near[i];
    }
    return mu_nearest(id, s->near, (size_t)s->seen);
}

static void list(mu_buf *text, const search *s)
{
    for (int i = 0; i < s->seen && i < MANY; i++)
        mu_buf_printf(text, "%s%s", i ? ", " : ": it has ", s->near[i]);
    mu_buf_puts(text, s->seen > MANY ? ", and others." : ".");
}

static void unknown(mu_typed_line *l, mu_line_set set, const char *id, const search *s)
{
    const char *near = meant(s, id);
    mu_buf text = {0};
    mu_buf_printf(&text, "The plan has %s \"%s\"", sets[set].lacks, id);
    if (s->seen && (s->seen <= FEW || (!near && (s->seen <= LISTED || !sets[set].all))))
        list(&text, s);
    else if (near)
        mu_buf_printf(&text, "; did you mean %s?", near);
    else
        mu_buf_printf(&text, "%s%s.", sets[set].all ? "; " : "", sets[set].all ? sets[set].all : "");
    mu_term_paragraph(l->t, l->out, text.text, 2);
    mu_buf_free(&text);
}

const char *mu_line_try(mu_typed_line *l, mu_line_set set)
{
    search s = {.l = l, .words = l->rest + strspn(l->rest, " ")};
    look(&s, set);
    if (!s.longest)
        return NULL;
    l->rest = s.words + s.longest;
    return mu_term_keep(l->t, s.found);
}

/* With a kind of its own: "escalation:major". What no table here has is for the engine to judge: "task:3", "section:team". */
static const char *with_kind(mu_typed_line *l, mu_line_set set)
{
    const char *word = mu_line_word(l), *id = strchr(word, ':') + 1;
    size_t kind = (size_t)(id - word) - 1;
    for (int p = 0; p < PLACES && !strchr(id, '/') && strcmp(word, "team:all") != 0; p++) {
        search s = {.l = l, .words = id};
        if (strlen(places[p].kind) != kind || strncmp(places[p].kind, word, kind) != 0)
            continue;
        look_into(&s, p);
        if (s.longest)
            return mu_term_keep(l->t, s.found);
        unknown(l, set, id, &s);
        return NULL;
    }
    return word;
}

const char *mu_line_named(mu_typed_line *l, mu_line_set set)
{
    l->rest += strspn(l->rest, " ");
    size_t word = strcspn(l->rest, " ");
    if (memchr(l->rest, ':', word))
        return with_kind(l, set);
    const char *name = mu_line_try(l, set);
    if (name)
        return name;
    search s = {.l = l, .words = ""};
    look(&s, set);
    const char *id = mu_line_word(l);
    if (strchr(id, '/') || strcmp(id, "plan") == 0 || strcmp(id, "assumptions") == 0)
        return id;
    unknown(l, set, id, &s);
    return NULL;
}
