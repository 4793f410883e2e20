/* The matrix of who does, answers for, advises and hears, with what the run made of each cell. */
#include <string.h>

#include "report/aar.h"
#include "report/page.h"
#include "report/parts.h"

enum { LEFT = 230, CELL = 40, HEAD = 170, ROW = 24 };

typedef struct cell {
    const char *action, *role, *letter; /* "action:triage", "role:ciso", "R" */
    mu_mark_of mark;
    const char *words;
    uint32_t event;
} cell;

typedef struct cells {
    cell *list;
    int count;
} cells;

/* ---- what became of a cell ---- */

static uint32_t unfilled(const mu_report *r, const char *role, const char *action)
{
    EACH_EVENT (e, r) {
        const char *needed = mu_field(r, e, "needed_for");
        int64_t task = mu_number_in(needed, "task");
        bool about = strcmp(needed, action) == 0 || (task >= 0 && task < r->events && r->actions[task] && strcmp(r->actions[task], mu_called(r, action)) == 0);
        if (e->kind == EV_ROLE_UNFILLED && about && strcmp(mu_field(r, e, "role"), role) == 0)
            return e->n;
    }
    return 0;
}

static const mu_event *last_of(const mu_report *r, mu_kind_of_event kind, const char *action)
{
    const mu_event *last = NULL;
    EACH_EVENT (e, r)
        if (e->kind == kind && strcmp(mu_field(r, e, "action"), action) == 0)
            last = e;
    return last;
}

static void set(cell *c, mu_mark_of mark, const char *words, uint32_t event)
{
    c->mark = mark;
    c->words = words;
    c->event = event;
}

static void does(const mu_report *r, cell *c)
{
    const mu_event *done = last_of(r, EV_TASK_DONE, c->action), *blocked = last_of(r, EV_TASK_BLOCKED, c->action);
    if (done)
        set(c, MU_MARK_OK, "done", done->n);
    else if (blocked)
        set(c, MU_MARK_BAD, "blocked", blocked->n);
    else
        set(c, MU_MARK_LATE, "not done by ENDEX", c->event);
}

static void answers(const mu_report *r, cell *c)
{
    const mu_event *made = last_of(r, EV_DECISION_MADE, c->action), *asked = last_of(r, EV_DECISION_REQUESTED, c->action);
    if (made && !mu_value(r, made, "authority_ok"))
        set(c, MU_MARK_BAD, "decided without the authority", made->n);
    else if (made)
        set(c, MU_MARK_OK, "decided", made->n);
    else if (asked)
        set(c, MU_MARK_LATE, "asked, not decided by ENDEX", asked->n);
    else
        set(c, MU_MARK_OK, "came to it", c->event);
}

static void hears(const mu_report *r, cell *c)
{
    set(c, MU_MARK_OK, "came to it", c->event);
    for (int i = 0; i < r->flows->flow_count; i++) {
        const mu_flow *f = &r->flows->flows[i];
        if (strcmp(f->about, c->action) != 0 || strcmp(f->to, c->role) != 0)
            continue;
        if (f->state == MU_FLOW_MISSING)
            set(c, MU_MARK_BAD, *c->letter == 'C' ? "never asked, or no advice" : "never told", f->events[0]);
        else if (f->state == MU_FLOW_LATE)
            set(c, MU_MARK_LATE, "late", f->events[1]);
    }
}

static void judge(const mu_report *r, cell *c)
{
    uint32_t nobody = unfilled(r, c->role, c->action);
    if (nobody) {
        set(c, MU_MARK_BAD, "nobody held the role", nobody);
        return;
    }
    if (!c->event) {
        set(c, MU_MARK_OPEN, "not reached", 0);
        return;
    }
    if (*c->letter == 'R')
        does(r, c);
    else if (*c->letter == 'A')
        answers(r, c);
    else
        hears(r, c);
}

/* A part of the coverage is named "action:triage R role:ciso". */
static cells cells_of(const mu_report *r)
{
    const mu_covered *k = &r->coverage->kinds[MU_OF_CELLS];
    cells all = {mu_alloc(r->arena, (size_t)(k->count + 1) * sizeof(cell)), 0};
    for (int i = 0; i < k->count; i++) {
        const char *name = k->list[i].name, *one = strchr(name, ' '), *two = one ? strchr(one + 1, ' ') : NULL;
        if (!two)
            continue;
        cell *c = &all.list[all.count++];
        *c = (cell){.action = mu_copy(r->arena, name, (size_t)(one - name)), .letter = mu_copy(r->arena, one + 1, (size_t)(two - one - 1)), .role = two + 1, .event = k->list[i].event};
        judge(r, c);
    }
    return all;
}

/* ---- the picture ---- */

static int place(const char **list, int *count, const char *name)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(list[i], name) == 0)
            return i;
    list[*count] = name;
    return (*count)++;
}

static void draw_cell(mu_buf *out, const mu_report *r, const cell *c, int column, int row)
{
    static const char *const classes[] = {"", "ok", "lt", "bd", "op"}, *const shapes[] = {"", "\xe2\x97\x8f", "\xe2\x97\x90", "\xe2\x96\xa0", ""};
    int x = LEFT + column * CELL, y = HEAD + row * ROW;
    mu_buf_printf(out, "<g class=\"fl %s\"><title>", classes[c->mark]);
    mu_html_text(out, SAY("%s, %s, %s: %s", mu_called(r, c->action), c->letter, mu_called(r, c->role), c->words));
    mu_buf_printf(out, "</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/><text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s%s</text></g>", x + 1, y + 1, CELL - 2, ROW - 2, x + CELL / 2, y + 17, c->letter,
                  shapes[c->mark]);
}

void mu_draw_matrix(mu_buf *out, const mu_report *r)
{
    cells all = cells_of(r);
    const char **actions = mu_alloc(r->arena, (size_t)(all.count + 1) * sizeof *actions), **roles = mu_alloc(r->arena, (size_t)(all.count + 1) * sizeof *roles);
    int rows = 0, columns = 0;
    for (int i = 0; i < all.count; i++) {
        (void)place(actions, &rows, all.list[i].action);
        (void)place(roles, &columns, all.list[i].role);
    }
    if (all.count == 0)
        return;
    int width = LEFT + columns * CELL + 120, height = HEAD + rows * ROW + 6;
    mu_buf_printf(out, "<div class=\"lanes\" tabindex=\"0\" role=\"group\" aria-label=\"Who does what\"><svg class=\"aar rx\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"rx-t rx-d\">"
                       "<title id=\"rx-t\">The matrix of responsibilities, as the run found it</title><desc id=\"rx-d\">Rows are actions, columns are roles. The letter is the plan's; the shape and the ground say what "
                       "became of it. The table below says the same.</desc>\n", width, height, width, height);
    for (int i = 0; i < columns; i++) {
        mu_buf_printf(out, "<text class=\"sb\" transform=\"translate(%d %d) rotate(-50)\">", LEFT + i * CELL + CELL / 2, HEAD - 8);
        mu_html_text(out, mu_called(r, roles[i]));
        mu_buf_puts(out, "</text>");
    }
    for (int i = 0; i < rows; i++) {
        mu_buf_printf(out, "<text class=\"nm\" x=\"0\" y=\"%d\">", HEAD + i * ROW + 17);
        mu_html_text(out, mu_called(r, actions[i]));
        mu_buf_puts(out, "</text>");
    }
    for (int i = 0; i < all.count; i++)
        draw_cell(out, r, &all.list[i], place(roles, &columns, all.list[i].role), place(actions, &rows, all.list[i].action));
    mu_buf_puts(out, "</svg></div>\n");
}

void mu_aar_matrix(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Action", "Letter", "Role", "In this run", NULL};
    const mu_report *r = a->r;
    cells all = cells_of(r);
    int reached = 0;
    for (int i = 0; i < all.count; i++)
        reached += all.list[i].mark != MU_MARK_OPEN;
    mu_doc_section(d, "matrix", "The matrix of responsibilities", SAY("R does it, A answers for it, C advises, I hears of it. The run came to %d of %d cells; nothing is claimed of the rest.", reached, all.count));
    mu_doc_picture(d, mu_draw_matrix);
    mu_doc_table(d, "Every cell that the run came to", heads, true);
    for (int i = 0; i < all.count; i++) {
        const cell *c = &all.list[i];
        if (c->mark != MU_MARK_OPEN)
            MU_ROW(d, MU_REFS(c->event), mu_called(r, c->action), c->letter, mu_called(r, c->role), mu_marked(r, c->mark, c->words));
    }
    mu_doc_table_end(d, "The run came to no cell of it.");
}
