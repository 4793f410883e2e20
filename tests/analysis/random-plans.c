/* random-plans COUNT [FIRST]: so many made-up plans, each whole at first and then spoilt in one place more at a time, are read
 * and judged as `muster check` does: a plan with an error is refused (status 3), another is judged (0 or 1). Nothing may crash
 * or take five seconds; what is said must be whole, in order, and the same when it is judged again. The seed of a plan is its
 * number. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/paper.h"
#include "large.h"
#include "plan/codes.h"
#include "plan/schema.h"

enum { SECONDS = 5, STEPS = 5 };
static const int64_t now = 1783684800000; /* 2026-07-10 12:00 */
static volatile sig_atomic_t number;

static void broke(int signal)
{
    char words[80];
    int n = snprintf(words, sizeof words, "plan %d: %s\n", (int)number, signal == SIGALRM ? "no end in five seconds" : "crashed");
    (void)!write(STDERR_FILENO, words, (size_t)n);
    _exit(1);
}

static void wrong(const char *what)
{
    fprintf(stderr, "plan %d: %s\n", (int)number, what);
    exit(1);
}

/* ---- what is spoilt ---- */

typedef struct part {
    size_t from, to;
} part;

static void put(mu_buf *text, part p, const char *words)
{
    mu_buf out = {0};
    mu_buf_add(&out, text->text, p.from);
    mu_buf_puts(&out, words);
    mu_buf_add(&out, text->text + p.to, text->len - p.to);
    mu_buf_free(text);
    *text = out;
}

/* Some line, and its end with it. */
static part some_line(const mu_buf *text, mu_chance *chance)
{
    part p = {mu_chance_below(chance, text->len), 0};
    while (p.from && text->text[p.from - 1] != '\n')
        p.from--;
    const char *end = strchr(text->text + p.from, '\n');
    p.to = end ? (size_t)(end - text->text) + 1 : text->len;
    return p;
}

/* What stands behind the colon in some line; nothing where it opens a section. */
static part some_value(const mu_buf *text, mu_chance *chance)
{
    part p = some_line(text, chance);
    const char *colon = strstr(text->text + p.from, ": ");
    size_t end = p.to > p.from && text->text[p.to - 1] == '\n' ? p.to - 1 : p.to;
    size_t from = colon ? (size_t)(colon - text->text) + 2 : end;
    return from < end ? (part){from, end} : (part){end, end};
}

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == ':' || c == '-';
}

/* Some word of some value: a reference, a number, a date. */
static part some_word(const mu_buf *text, mu_chance *chance)
{
    part p = some_value(text, chance);
    if (p.from == p.to)
        return p;
    size_t at = p.from + mu_chance_below(chance, p.to - p.from);
    part w = {at, at};
    while (w.from > p.from && in_word(text->text[w.from - 1]))
        w.from--;
    while (w.to < p.to && in_word(text->text[w.to]))
        w.to++;
    return w;
}

static void drop(mu_buf *text, mu_chance *chance)
{
    put(text, some_line(text, chance), "");
}

static char *words_of(const mu_buf *text, part p)
{
    return strndup(text->text + p.from, p.to - p.from);
}

static void exchange(mu_buf *text, mu_chance *chance, part (*some)(const mu_buf *text, mu_chance *chance))
{
    part a = some(text, chance), b = some(text, chance);
    if (a.from > b.from) {
        part c = a;
        a = b;
        b = c;
    }
    if (a.to > b.from)
        return;
    char *first = words_of(text, a), *second = words_of(text, b);
    put(text, b, first);
    put(text, a, second);
    free(first);
    free(second);
}

static void exchange_values(mu_buf *text, mu_chance *chance)
{
    exchange(text, chance, some_value);
}

static void exchange_words(mu_buf *text, mu_chance *chance)
{
    exchange(text, chance, some_word);
}

static void rename_one(mu_buf *text, mu_chance *chance)
{
    static const char *const names[] = {"nobody", "p0", "role:r1", "role:r1/9", "team:all", "team:t0", "external:e0", "x0", "s0", "proceed", "us"};
    put(text, some_word(text, chance), names[mu_chance_below(chance, sizeof names / sizeof *names)]);
}

static void empty(mu_buf *text, mu_chance *chance)
{
    put(text, some_value(text, chance), mu_chance_below(chance, 4) ? "[]" : "{}");
}

static void extreme(mu_buf *text, mu_chance *chance)
{
    static const char *const values[] = {"0", "1", "-1", "100", "1000000", "9223372036854775807", "99999999999999999999", "0001-01-01", "9999-12-31",
                                         "1970-01-01", "2026-02-30", "0s", "1s", "99999h", "9999 months", "999999 business days", "10000d", "24x7"};
    const char *value = values[mu_chance_below(chance, sizeof values / sizeof *values)];
    put(text, mu_chance_below(chance, 2) ? some_word(text, chance) : some_value(text, chance), value);
}

static void (*const ways[])(mu_buf *text, mu_chance *chance) = {drop, exchange_values, exchange_words, rename_one, empty, extreme};

/* ---- what is said of it ---- */

static void check_findings(const mu_findings *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const mu_finding *one = &f->list[i];
        if (!one->gap || !one->subject || !one->text || !*one->text || !one->cause || !one->at.file || one->at.line < 1)
            wrong("a finding is not whole");
        if (!one->id || strlen(one->id) != 16)
            wrong("a finding has no name");
        const mu_finding *last = i ? one - 1 : one;
        if (!last->suppressed == !one->suppressed && last->weight > one->weight)
            wrong("findings are not in order");
    }
}

static void check_same(const mu_findings *a, const mu_findings *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = strcmp(a->list[i].id, b->list[i].id) == 0 && strcmp(a->list[i].text, b->list[i].text) == 0;
    if (!same)
        wrong("judged again, other findings");
}

static size_t judge(const mu_tree *tree, int *status)
{
    static const mu_scenes none = {NULL, 0};
    mu_arena *arena = mu_arena_new();
    mu_findings once = mu_judge_paper(tree, &none, now, arena), again = mu_judge_paper(tree, &none, now, arena);
    check_findings(&once);
    check_same(&once, &again);
    *status = mu_findings_fail(&once, MU_CRITICAL);
    size_t count = once.count;
    mu_arena_free(arena);
    return count;
}

static size_t read_and_judge(const mu_buf *text, int *status)
{
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("plan.yaml", text->text, text->len, diags);
    size_t found = 0;
    *status = 3;
    alarm(SECONDS);
    if (mu_diags_count(diags, MU_ERROR) == 0) {
        mu_schema_read(tree, diags);
        if (mu_diags_count(diags, MU_ERROR) == mu_diags_of_code(diags, MU_CODE_DANGLING))
            found = judge(tree, status);
    }
    mu_buf out = {0};
    mu_diags_show(&out, diags, (mu_look){false});
    mu_buf_free(&out);
    mu_tree_free(tree);
    mu_diags_free(diags);
    alarm(0);
    return found;
}

typedef struct tally {
    long statuses[4], findings;
} tally;

/* Spoilt step by step; a step that has the plan refused is taken back, so that the next ones are judged as well. */
static void spoil(mu_buf *text, mu_chance *chance, tally *t)
{
    for (int step = 0; step < STEPS; step++) {
        mu_buf before = {0};
        int status;
        mu_buf_add(&before, text->text, text->len);
        ways[mu_chance_below(chance, sizeof ways / sizeof *ways)](text, chance);
        t->findings += (long)read_and_judge(text, &status);
        t->statuses[status]++;
        mu_buf *worse = status == 3 ? text : &before;
        mu_buf_free(worse);
        if (worse == text)
            *text = before;
    }
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 0, first = argc > 2 ? atoi(argv[2]) : 0;
    tally t = {{0}, 0};
    signal(SIGALRM, broke);
    signal(SIGSEGV, broke);
    signal(SIGABRT, broke);
    for (number = first; number < first + count; number++) {
        mu_chance chance = {(uint64_t)number, 0};
        mu_buf text = {0};
        int status;
        mu_large_plan(&text, &chance, 3 + mu_chance_below(&chance, 12));
        (void)read_and_judge(&text, &status);
        if (status == 3)
            wrong("a plan that is whole was refused");
        spoil(&text, &chance, &t);
        mu_buf_free(&text);
    }
    long judged = t.statuses[0] + t.statuses[1];
    printf("%d plans, each spoilt %d times: %ld judged (%ld without a critical gap), %ld refused; %ld findings\n", count, STEPS, judged,
           t.statuses[0], t.statuses[3], t.findings);
    return judged > 0 && t.statuses[3] > 0 ? 0 : 1;
}
