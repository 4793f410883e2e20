/* Random plans, random changes: what comes out parses, is what the same change makes of a model, and keeps every other line and
 * every comment. Then the cases that a person would think of, letter by letter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/splice.h"
#include "test.h"

enum { MANY = 6000 };

/* ---- chance ---- */

static uint64_t state;

static unsigned below(unsigned limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % limit;
}

static bool one_in(unsigned n)
{
    return below(n) == 0;
}

/* ---- a model ---- */

typedef struct model {
    mu_node_kind kind;
    const char *key, *text;
    bool gone, fresh, other; /* other: it was given another value */
    struct model *first, *last, *next;
    const mu_node *node; /* what the tree read */
} model;

static mu_arena *arena;
static int comments, keys, lines_wide;
static unsigned parts_most; /* of a map or a list: small plans first, which are easier to look at */

static void add(model *in, model *child)
{
    *(in->last ? &in->last->next : &in->first) = child;
    in->last = child;
}

static const char *words(void)
{
    static const char *const some[] = {"ana", "15m", "no", "07", "role:ciso", "Weir Harbour", "a, b", "it's", "say \"so\"", "x: y", "x #1", "- a", "", "~", "Zo\xc3\xab", "*x", "{a}", "why?", "a:", " b", "\xe4\xb8\xad\xe6\x96\x87", "two\nlines", "tab\there"};
    return some[below(sizeof some / sizeof *some)];
}

static model *grow(int depth)
{
    model *m = mu_alloc(arena, sizeof *m);
    m->kind = depth == 0 ? MU_MAP : depth > 3 || one_in(3) ? MU_SCALAR : one_in(2) ? MU_MAP : MU_LIST;
    m->text = words();
    int parts = m->kind == MU_SCALAR ? 0 : depth == 0 ? 1 + (int)below(parts_most) : (int)below(parts_most);
    for (int i = 0; i < parts; i++) {
        model *c = grow(depth + 1);
        c->key = m->kind == MU_MAP ? mu_format(arena, "k%d", keys++) : NULL;
        add(m, c);
    }
    return m;
}

static void say(mu_buf *out, const model *m)
{
    if (m->kind == MU_SCALAR) {
        mu_buf_printf(out, "'%s'", m->text);
        return;
    }
    mu_buf_puts(out, m->kind == MU_MAP ? "{" : "[");
    for (const model *c = m->first; c; c = c->next) {
        if (c->gone)
            continue;
        mu_buf_printf(out, "%s=", c->key ? c->key : "");
        say(out, c);
        mu_buf_puts(out, ";");
    }
    mu_buf_puts(out, m->kind == MU_MAP ? "}" : "]");
}

static void say_node(mu_buf *out, const mu_node *n)
{
    if (n->kind == MU_SCALAR) {
        mu_buf_printf(out, "'%s'", n->text);
        return;
    }
    mu_buf_puts(out, n->kind == MU_MAP ? "{" : "[");
    for (const mu_node *c = n->first; c; c = c->next) {
        mu_buf_printf(out, "%s=", c->key ? c->key : "");
        say_node(out, c);
        mu_buf_puts(out, ";");
    }
    mu_buf_puts(out, n->kind == MU_MAP ? "}" : "]");
}

/* ---- its text, written as people write ---- */

static const char *eol;

static void comment(mu_buf *out, int indent)
{
    if (one_in(6))
        mu_buf_printf(out, "%*s# own%d, [or {so%s", indent, "", ++comments, eol);
    if (one_in(12))
        mu_buf_puts(out, eol);
}

static void end(mu_buf *out)
{
    if (one_in(8))
        mu_buf_printf(out, " # beside%d", ++comments);
    mu_buf_puts(out, eol);
}

static void scalar(mu_buf *out, const char *text, bool flow)
{
    mu_fresh_put_text(out, text, one_in(3) && !strpbrk(text, "\n\t") ? MU_SINGLE : one_in(3) ? MU_DOUBLE : MU_PLAIN, flow);
}

static void bracket(mu_buf *out, const model *m, bool wide, int indent)
{
    if (m->kind == MU_SCALAR) {
        scalar(out, m->text, true);
        return;
    }
    mu_buf_puts(out, m->kind == MU_MAP ? "{" : "[");
    for (const model *c = m->first; c; c = c->next) {
        if (wide && one_in(2)) {
            if (one_in(3))
                mu_buf_printf(out, " # beside%d", ++comments);
            mu_buf_printf(out, "%s", eol);
            comment(out, indent);
            mu_buf_printf(out, "%*s", indent, "");
        }
        if (c->key)
            mu_buf_printf(out, "%s: ", c->key);
        bracket(out, c, wide && one_in(3), indent + 1);
        mu_buf_puts(out, c->next ? (one_in(5) ? " , " : ", ") : one_in(6) ? "," : "");
    }
    if (wide && one_in(2))
        mu_buf_printf(out, "%s%*s", eol, indent, "");
    mu_buf_puts(out, m->kind == MU_MAP ? "}" : "]");
}

static void block(mu_buf *out, const model *m, int indent, bool dashed);

static bool over_lines(const char *text)
{
    return strcmp(text, "two\nlines") == 0;
}

static void value(mu_buf *out, const model *c, int indent)
{
    if (c->kind == MU_SCALAR && over_lines(c->text) && one_in(2)) {
        mu_buf_printf(out, " |-%s%*stwo%s%*slines%s", eol, indent + 2, "", eol, indent + 2, "", eol);
    } else if (c->kind == MU_SCALAR) {
        mu_buf_puts(out, " ");
        scalar(out, c->text, false);
        end(out);
    } else if (!c->first || one_in(3)) {
        mu_buf_puts(out, " ");
        lines_wide = one_in(3);
        bracket(out, c, lines_wide, indent + 4);
        end(out);
    } else if (!c->key && c->kind == MU_MAP && one_in(2)) {
        mu_buf_puts(out, " ");
        block(out, c, indent + 2, true);
    } else {
        end(out);
        block(out, c, indent + (c->kind == MU_LIST && c->key && one_in(2) ? 0 : one_in(2) ? 2 : 4), false);
    }
}

static void block(mu_buf *out, const model *m, int indent, bool dashed)
{
    for (const model *c = m->first; c; c = c->next) {
        if (!dashed) {
            comment(out, indent);
            mu_buf_printf(out, "%*s", indent, "");
        }
        dashed = false;
        mu_buf_puts(out, c->key ? c->key : "-");
        mu_buf_puts(out, c->key ? ":" : "");
        value(out, c, indent);
    }
}

/* ---- changes ---- */

static void bind(model *m, const mu_node *n)
{
    m->node = n;
    const mu_node *k = n->first;
    for (model *c = m->first; c; c = c->next, k = k->next)
        bind(c, k);
}

static int size(const model *m)
{
    int n = 1;
    for (const model *c = m->first; c; c = c->next)
        n += c->fresh ? 0 : size(c);
    return n;
}

static model *pick(model *m, int *n, model **parent, model *of)
{
    if ((*n)-- == 0) {
        *parent = of;
        return m;
    }
    for (model *c = m->first; c; c = c->next) {
        model *found = c->fresh ? NULL : pick(c, n, parent, m);
        if (found)
            return found;
    }
    return NULL;
}

static mu_fresh *as_fresh(const model *m)
{
    if (m->kind == MU_SCALAR)
        return mu_fresh_text(arena, m->text);
    mu_fresh *f = m->kind == MU_MAP ? mu_fresh_map(arena) : mu_fresh_list(arena);
    for (const model *c = m->first; c; c = c->next)
        mu_fresh_add(arena, f, c->key, as_fresh(c));
    return f;
}

static void insert(model *in, model *fresh, model *before)
{
    fresh->fresh = true;
    if (!before) {
        add(in, fresh);
        return;
    }
    model **at = &in->first;
    while (*at != before)
        at = &(*at)->next;
    fresh->next = before;
    *at = fresh;
}

static model *copy(const model *m)
{
    model *c = mu_alloc(arena, sizeof *c);
    *c = *m;
    c->next = NULL;
    return c;
}

static model *child_from(model *in)
{
    model *c = in->first;
    for (unsigned skip = below(4); c && (skip || c->fresh); c = c->next)
        skip -= skip > 0 && !c->fresh;
    return c;
}

/* One random change, asked of both; false where the splice refuses. */
static bool change(mu_splice *s, model *root)
{
    int n = 1 + (int)below((unsigned)size(root) - 1);
    model *parent, *m = pick(root, &n, &parent, NULL), *fresh = grow(2 + (int)below(3)), *before;
    switch (below(4)) {
    case 0:
        if (!mu_splice_set(s, m->node, as_fresh(fresh)))
            return false;
        m->kind = fresh->kind;
        m->text = fresh->text;
        m->first = fresh->first;
        m->last = fresh->last;
        m->other = true;
        for (model *c = m->first; c; c = c->next)
            c->fresh = true;
        return true;
    case 1:
        if (!mu_splice_drop(s, m->node))
            return false;
        m->gone = true;
        return true;
    case 2:
        m = m->kind == MU_SCALAR ? parent : m;
        before = child_from(m);
        fresh->key = m->kind == MU_MAP ? mu_format(arena, "n%d", keys++) : NULL;
        if (!mu_splice_put(s, m->node, fresh->key, as_fresh(fresh), before ? before->node : NULL))
            return false;
        insert(m, fresh, before);
        return true;
    default:
        before = child_from(parent);
        if (!mu_splice_move(s, m->node, before ? before->node : NULL))
            return false;
        if (before != m && !(before && before->node == m->node->next) && !(!before && !m->node->next)) {
            insert(parent, copy(m), before);
            m->gone = true;
        }
        return true;
    }
}

/* ---- what must hold ---- */

static void broken(const char *why, const char *old, const char *made)
{
    fprintf(stderr, "%s\n--- old\n%s\n--- made\n%s\n", why, old, made); /* more than cmocka prints */
    fail();
}

enum { CHANGES = 1, GOES = 2 }; /* what becomes of a line */

static int line_of(const char *text, size_t byte)
{
    int line = 1;
    for (size_t i = 0; i < byte; i++)
        line += text[i] == '\n';
    return line;
}

/* All but those inside of what was taken away or replaced. */
static void comments_survive(const char *old, const char *made, const unsigned char *near)
{
    for (const char *c = strstr(old, "# own"); c; c = strstr(c + 1, "# own")) {
        if (near[line_of(old, (size_t)(c - old))] & GOES)
            continue;
        char word[40];
        snprintf(word, sizeof word, "%.*s", (int)strcspn(c, "\r\n"), c);
        if (!strstr(made, word))
            broken(word, old, made);
    }
}

static size_t next_line(const char *s)
{
    size_t n = strcspn(s, "\n");
    return n + (s[n] == '\n');
}

/* Old lines in which no change was asked for are there still, in their order. `near`: by line, whether something of it changes. */
static void lines_survive(const char *old, const char *made, const unsigned char *near)
{
    int line = 1;
    size_t bom = memcmp(old, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (const char *o = old + bom, *m = made + bom; *o; o += next_line(o), line++) {
        size_t len = strcspn(o, "\r\n");
        if (near[line] || !len)
            continue;
        while (*m && !(strcspn(m, "\r\n") == len && memcmp(m, o, len) == 0))
            m += next_line(m);
        if (!*m)
            broken(mu_format(arena, "line %d is gone: %.*s", line, (int)len, o), old, made);
        m += next_line(m);
    }
}

/* Lines of the spots that changed: by what the model lost or got. */
static void mark_spot(unsigned char *near, const char *old, const mu_spot *s, unsigned char how)
{
    for (int l = line_of(old, s->begin); l <= line_of(old, s->to); l++)
        near[l] |= how;
}

static void mark_near(unsigned char *near, const char *old, const model *m, const mu_spot *s)
{
    const mu_spot *k = s->first;
    if (m->other) {
        mark_spot(near, old, s, CHANGES | GOES);
        return;
    }
    bool none = true;
    for (const model *c = m->first; c; c = c->next)
        none &= c->gone;
    if (none && s->first) /* then its key gets {} */
        near[line_of(old, s->key ? s->key_from : s->begin)] |= CHANGES;
    for (const model *c = m->first; c; c = c->next) {
        if (c->fresh || c->gone) { /* a comma beside it may come or go */
            if (s->style == MU_FLOW)
                mark_spot(near, old, s, CHANGES);
            if (!c->fresh)
                mark_spot(near, old, k, CHANGES | GOES);
            if (k && k == s->first && k->begin > 1 && old[k->begin - 1] == ' ' && old[k->begin - 2] == '-') /* beside a dash */
                near[line_of(old, c->fresh || !k->next ? k->begin : k->next->begin)] |= CHANGES;
        } else if (c->node) {
            mark_near(near, old, c, k);
        }
        k = c->fresh ? k : k->next;
    }
}

typedef struct tally {
    int made, refused, odds;
} tally;

static void judge(mu_splice *s, const model *root, const char *old, size_t len, tally *t)
{
    unsigned char near[4096] = {0};
    if (!mu_splice_make(s)) {
        assert_non_null(mu_splice_why(s));
        t->odds++;
        return;
    }
    size_t made_len;
    const char *made = mu_splice_text(s, "p.yaml", &made_len);
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("p.yaml", made, made_len, diags);
    const mu_diag *list;
    if (mu_diags_count(diags, MU_ERROR) && mu_diags_list(diags, &list))
        broken(mu_format(arena, "%s at %d", list[0].text, list[0].at.line), old, made);
    mu_buf want = {0}, got = {0};
    say(&want, root);
    say_node(&got, mu_tree_root(tree));
    if (strcmp(want.text, got.text) != 0)
        broken(mu_format(arena, "wanted %s\n   got %s", want.text, got.text), old, made);
    mark_near(near, old, root, mu_spots_read(old, len, arena));
    comments_survive(old, made, near);
    lines_survive(old, made, near);
    if (strstr(old, "\r\n"))
        for (const char *n = strchr(made, '\n'); n; n = strchr(n + 1, '\n'))
            if (n[-1] != '\r')
                broken("a line ends otherwise than the others", old, made);
    assert_int_equal(memcmp(old, "\xef\xbb\xbf", 3) == 0, memcmp(made, "\xef\xbb\xbf", 3) == 0);
    mu_buf_free(&want);
    mu_buf_free(&got);
    mu_tree_free(tree);
    mu_diags_free(diags);
    t->made++;
}

static void one(tally *t)
{
    arena = mu_arena_new();
    comments = keys = 0;
    eol = one_in(4) ? "\r\n" : "\n";
    model *root = grow(0);
    mu_buf text = {0};
    mu_buf_puts(&text, one_in(5) ? "\xef\xbb\xbf" : "");
    block(&text, root, 0, false);
    if (one_in(8)) /* no end of line at the end */
        text.len -= strlen(eol), text.text[text.len] = '\0';
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("p.yaml", text.text, text.len, diags);
    const mu_diag *list;
    if (mu_diags_count(diags, MU_ERROR) && mu_diags_list(diags, &list))
        broken("the test writes no YAML", list[0].text, text.text);
    bind(root, mu_tree_root(tree));
    mu_splice *s = mu_splice_new(tree, arena);
    for (unsigned n = 1 + below(5); n > 0; n--)
        t->refused += !change(s, root);
    judge(s, root, text.text, text.len, t);
    mu_buf_free(&text);
    mu_tree_free(tree);
    mu_diags_free(diags);
    mu_arena_free(arena);
}

static void random_changes_are_what_the_model_says(void **unused)
{
    (void)unused;
    tally t = {0};
    for (int i = 0; i < MANY; i++) {
        state = (uint64_t)i * 7919 + 17;
        parts_most = 2 + (unsigned)i / (MANY / 5);
        one(&t);
    }
    print_message("%d texts changed, %d refused as a whole, %d changes refused\n", t.made, t.odds, t.refused);
    assert_true(t.made > MANY / 2);
}

/* ---- letter by letter ---- */

typedef struct scene {
    mu_tree *tree;
    mu_splice *s;
    mu_diags *diags;
} scene;

static scene open_scene(const char *text)
{
    arena = mu_arena_new();
    scene c = {.diags = mu_diags_new()};
    c.tree = mu_tree_read_bytes("p.yaml", text, strlen(text), c.diags);
    assert_int_equal(mu_diags_count(c.diags, MU_ERROR), 0);
    c.s = mu_splice_new(c.tree, arena);
    return c;
}

static void close_scene(scene *c)
{
    mu_tree_free(c->tree);
    mu_diags_free(c->diags);
    mu_arena_free(arena);
}

static const mu_node *node(scene *c, const char *a, const char *b)
{
    const mu_node *n = mu_get(mu_tree_root(c->tree), a);
    return b ? mu_get(n, b) : n;
}

static void becomes(scene *c, const char *text)
{
    size_t len;
    if (!mu_splice_make(c->s))
        fail_msg("%s", mu_splice_why(c->s));
    assert_string_equal(mu_splice_text(c->s, "p.yaml", &len), text);
    close_scene(c);
}

static mu_fresh *text(const char *s)
{
    return mu_fresh_text(arena, s);
}

static void a_value_keeps_its_quotes_and_its_comment(void **unused)
{
    (void)unused;
    scene c = open_scene("a: 'one' # why\nb: \"two\"\nc: three\nd:\n");
    mu_splice_set(c.s, node(&c, "d", NULL), text("no: yes"));
    mu_splice_set(c.s, node(&c, "a", NULL), text("it's"));
    mu_splice_set(c.s, node(&c, "b", NULL), text("x"));
    mu_splice_set(c.s, node(&c, "c", NULL), text("#4"));
    becomes(&c, "a: 'it''s' # why\nb: \"x\"\nc: \"#4\"\nd: \"no: yes\"\n");
}

static void a_new_step_looks_like_the_steps_beside_it(void **unused)
{
    (void)unused;
    scene c = open_scene("a:\n  steps:\n    - {to: x, within: 5m} # first\n\n# next\nb:\n  - to: x\n    within: 5m\n");
    mu_fresh *step = mu_fresh_add(arena, mu_fresh_add(arena, mu_fresh_map(arena), "to", text("y")), "within", text("9m"));
    assert_true(mu_splice_put(c.s, node(&c, "a", "steps"), NULL, step, NULL));
    assert_true(mu_splice_put(c.s, node(&c, "b", NULL), NULL, step, node(&c, "b", NULL)->first));
    becomes(&c, "a:\n  steps:\n    - {to: x, within: 5m} # first\n    - {to: y, within: 9m}\n\n# next\nb:\n  - to: y\n    within: 9m\n  - to: x\n    within: 5m\n");
}

static void values_stand_in_the_column_of_those_beside_them(void **unused)
{
    (void)unused;
    scene c = open_scene("d:\n  one:\n    rule:    X\n    action:  go\n  two:\n    rule:    Y\n    action:  stay\n");
    mu_fresh *three = mu_fresh_add(arena, mu_fresh_add(arena, mu_fresh_map(arena), "rule", text("Z")), "route", text("r"));
    assert_true(mu_splice_put(c.s, node(&c, "d", NULL), "three", three, NULL));
    assert_true(mu_splice_put(c.s, node(&c, "d", "one"), "deputy", text("b"), mu_last(node(&c, "d", "one"))));
    assert_true(mu_splice_put(c.s, node(&c, "d", "two"), "a_long_key", text("b"), NULL));
    becomes(&c, "d:\n  one:\n    rule:    X\n    deputy:  b\n    action:  go\n  two:\n    rule:    Y\n    action:  stay\n    a_long_key: b\n"
                "  three:\n    rule:    Z\n    route:   r\n");
}

static void what_stands_apart_stays_apart(void **unused)
{
    (void)unused;
    scene c = open_scene("d:\n\n  one: 1\n\n  two: 2\n\n# the end\ne: 1\n");
    assert_true(mu_splice_put(c.s, node(&c, "d", NULL), "three", text("3"), NULL));
    assert_true(mu_splice_put(c.s, node(&c, "d", NULL), "half", text("h"), node(&c, "d", "two")));
    becomes(&c, "d:\n\n  one: 1\n\n  half: h\n\n  two: 2\n\n  three: 3\n\n# the end\ne: 1\n");
}

static void a_list_over_lines_gets_a_line(void **unused)
{
    (void)unused;
    scene c = open_scene("a: [\n  x, # one\n  y # two\n]\n");
    mu_splice_put(c.s, node(&c, "a", NULL), NULL, text("z"), NULL);
    mu_splice_drop(c.s, node(&c, "a", NULL)->first);
    becomes(&c, "a: [\n  y, # two\n  z\n]\n");
}

static void what_an_alias_shares_is_refused(void **unused)
{
    (void)unused;
    scene c = open_scene("a: &team [x, y]\nb: *team\nc: {d: *team}\n");
    assert_false(mu_splice_put(c.s, node(&c, "a", NULL), NULL, text("z"), NULL));
    assert_non_null(strstr(mu_splice_why(c.s), "shared by the anchor &team"));
    assert_false(mu_splice_put(c.s, node(&c, "c", "d"), NULL, text("z"), NULL));
    assert_non_null(strstr(mu_splice_why(c.s), "behind the alias *team"));
    assert_false(mu_splice_drop(c.s, node(&c, "a", NULL)));
    assert_true(mu_splice_set(c.s, node(&c, "b", NULL), text("alone")));
    assert_true(mu_splice_drop(c.s, node(&c, "c", "d")));
    becomes(&c, "a: &team [x, y]\nb: alone\nc: {}\n");
}

static void two_changes_to_one_place_are_refused(void **unused)
{
    (void)unused;
    scene c = open_scene("a: {b: 1}\n");
    assert_true(mu_splice_set(c.s, node(&c, "a", "b"), text("2")));
    size_t mark = mu_splice_mark(c.s);
    assert_true(mu_splice_drop(c.s, node(&c, "a", NULL)));
    assert_false(mu_splice_make(c.s));
    mu_splice_back(c.s, mark);
    assert_false(mu_splice_put(c.s, node(&c, "a", NULL), "b", text("3"), NULL));
    becomes(&c, "a: {b: 2}\n");
}

static void a_question_stands_above_its_line(void **unused)
{
    (void)unused;
    scene c = open_scene("r:\n  legal: {holders: [lena]} # alone\n  new:\n");
    mu_splice_note(c.s, mu_get(node(&c, "r", "legal"), "holders")->first, "TODO(muster): who?\n  (ROL-08)");
    mu_splice_put(c.s, node(&c, "r", "new"), "title", text("A"), NULL);
    mu_splice_put(c.s, node(&c, "r", "new"), "depth", text("2"), NULL);
    becomes(&c, "r:\n  # TODO(muster): who?\n  #   (ROL-08)\n  legal: {holders: [lena]} # alone\n  new: {title: A, depth: 2}\n");
}

static void a_folder_changes_in_its_files(void **unused)
{
    (void)unused;
    arena = mu_arena_new();
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_new();
    mu_tree_add(tree, "d/a.yaml", "a: 1\n", 5, diags);
    mu_tree_add(tree, "d/b.yaml", "b: 2", 4, diags);
    mu_tree_seal(tree);
    mu_splice *s = mu_splice_new(tree, arena);
    const mu_node *root = mu_tree_root(tree);
    assert_true(mu_splice_set(s, mu_get(root, "a"), text("3")));
    assert_true(mu_splice_put(s, root, "c", text("4"), NULL));
    assert_false(mu_splice_put(s, root, "a", text("4"), NULL));
    assert_true(mu_splice_make(s));
    size_t len;
    assert_string_equal(mu_splice_text(s, "d/a.yaml", &len), "a: 3\n");
    assert_string_equal(mu_splice_text(s, "d/b.yaml", &len), "b: 2\nc: 4");
    assert_string_equal(mu_splice_file(s, 0), "d/a.yaml");
    assert_string_equal(mu_splice_file(s, 1), "d/b.yaml");
    assert_null(mu_splice_file(s, 2));
    mu_tree_free(tree);
    mu_diags_free(diags);
    mu_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_keeps_its_quotes_and_its_comment),
        cmocka_unit_test(a_new_step_looks_like_the_steps_beside_it),
        cmocka_unit_test(values_stand_in_the_column_of_those_beside_them),
        cmocka_unit_test(what_stands_apart_stays_apart),
        cmocka_unit_test(a_list_over_lines_gets_a_line),
        cmocka_unit_test(what_an_alias_shares_is_refused),
        cmocka_unit_test(two_changes_to_one_place_are_refused),
        cmocka_unit_test(a_question_stands_above_its_line),
        cmocka_unit_test(a_folder_changes_in_its_files),
        cmocka_unit_test(random_changes_are_what_the_model_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
