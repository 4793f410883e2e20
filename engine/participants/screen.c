/* What one item looks like to whoever it reached. */
#include <stdio.h>
#include <string.h>

#include "participants/seen.h"

static void safe(mu_buf *out, const char *text)
{
    mu_buf_safe(out, text ? text : "", text ? strlen(text) : 0, 2000);
}

static int columns_of(const char *s, size_t len)
{
    int all = 0;
    uint32_t cp;
    for (size_t i = 0; i < len;) {
        int step = mu_utf8(s + i, len - i, &cp);
        all += step ? mu_width(cp) : 1;
        i += step ? (size_t)step : 1;
    }
    return all;
}

void mu_term_paragraph(const mu_terminal *t, mu_buf *out, const char *text, int indent)
{
    mu_buf all = {0};
    mu_buf_safe(&all, text, strlen(text), 4000);
    int column = 0, most = t->width - indent - 2;
    for (const char *p = all.text; p && *p;) {
        size_t word = strcspn(p, " ");
        int wide = columns_of(p, word);
        bool fits = column > 0 && column + 1 + wide <= most;
        if (!fits)
            mu_buf_printf(out, "%s%*s", column > 0 ? "\n" : "", indent, "");
        mu_buf_printf(out, "%s%.*s", fits ? " " : "", (int)word, p);
        column = fits ? column + 1 + wide : wide;
        p += word + strspn(p + word, " ");
    }
    mu_buf_puts(out, "\n");
    mu_buf_free(&all);
}

/* Bytes of the next character or colour of a line, and the columns that it takes. */
static int one(const char *s, size_t len, int *columns)
{
    uint32_t cp;
    size_t n = s[0] == '\x1b' ? strcspn(s, "m") + 1 : 0; /* a colour: there is nothing else that begins so */
    int step = n && n <= len ? (int)n : mu_utf8(s, len, &cp);
    *columns = n && n <= len ? 0 : step ? mu_width(cp) : 1;
    return step ? step : 1;
}

/* Of a line that is too wide for the screen, what fits on it: up to the last blank, or to the edge where there is none. */
static size_t fits(const char *line, size_t len, size_t from, int width)
{
    size_t i = 0, blank = 0;
    for (int at = 0, columns; i < len; at += columns) {
        int step = one(line + i, len - i, &columns);
        if (at + columns > width)
            return blank > from ? blank : i;
        blank = line[i] == ' ' ? i : blank;
        i += (size_t)step;
    }
    return len;
}

/* A moment as mu_term_clock writes it, with or without its day, and what is said of it behind. */
static bool is_clock(const char *s)
{
    static const char shape[] = "0000-00-00 00:00  ", *const shapes[] = {shape, shape + sizeof "0000-00-00"};
    for (int k = 0; k < 2; k++) {
        const char *p = shapes[k];
        size_t i = 0;
        while (p[i] && (p[i] == '0' ? s[i] >= '0' && s[i] <= '9' : s[i] == p[i]))
            i++;
        if (!p[i])
            return true;
    }
    return false;
}

/* What goes on in the next line stands under where it began: behind the bar of a text that came as it is, behind the clock. */
static void fit_line(mu_buf *out, const char *line, size_t len, int width)
{
    size_t indent = strspn(line, " "), head = strncmp(line + indent, "| ", 2) == 0 ? indent + 2 : indent;
    char before[16];
    bool clock = is_clock(line + indent);
    head = clock ? indent + sizeof "00:00 " : head;
    head = head < sizeof before && (int)head < width / 2 && head <= len ? head : 0;
    memcpy(before, line, head);
    memset(before, ' ', clock ? head : 0);
    for (bool first = true; len; first = false) {
        int room = first ? width : width - (int)head;
        size_t n = fits(line, len, first ? head : 0, room);
        if (!first)
            mu_buf_add(out, before, head);
        mu_buf_add(out, line, n);
        while (n < len && line[n] == ' ' && head)
            n++;
        mu_buf_puts(out, n < len ? "\n" : "");
        line += n;
        len -= n;
    }
}

void mu_terminal_fit(const mu_terminal *t, mu_buf *out)
{
    mu_buf wide = *out;
    *out = (mu_buf){0};
    for (size_t i = 0; i < wide.len;) {
        const char *line = wide.text + i, *end = memchr(line, '\n', wide.len - i);
        size_t n = end ? (size_t)(end - line) : wide.len - i;
        fit_line(out, line, n, t->width);
        mu_buf_puts(out, end ? "\n" : "");
        i += n + (end != NULL);
    }
    mu_buf_free(&wide);
}

/* A text of several lines as it came, each line made safe. */
static void verbatim(mu_buf *out, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        mu_buf_puts(out, "      | ");
        mu_buf_safe(out, p, n, 200);
        mu_buf_puts(out, "\n");
        p += n + (p[n] == '\n');
    }
}

static const char *after_colon(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const mu_card *mu_term_card(const mu_terminal *t, const mu_item *item)
{
    const mu_msel *m = mu_run_msel(t->run);
    const char *name = mu_term_text(t, item->about);
    for (int i = 0; strncmp(name, "card:", 5) == 0 && i < m->card_count; i++)
        if (strcmp(m->cards[i].name, name + 5) == 0)
            return &m->cards[i];
    return NULL;
}

static void card(mu_terminal *t, const mu_card *c, mu_buf *out)
{
    if (c->from) {
        mu_buf_puts(out, "  From ");
        safe(out, c->from);
        mu_buf_puts(out, ":\n\n");
    }
    mu_term_paragraph(t, out, c->says ? c->says : "", 6);
    for (int i = 0; i < c->show_count; i++) {
        const mu_artefact *a = &mu_run_msel(t->run)->artefacts[c->shows[i]];
        mu_buf_puts(out, "\n");
        verbatim(out, a->body ? a->body : "");
    }
}

/* Whoever holds two roles that are played is told as which of them. */
static void question(mu_terminal *t, const mu_item *item, const mu_card *c, mu_buf *out)
{
    const char *role = item->role ? mu_term_name(t, item->role) : "";
    mu_buf line = {0};
    mu_buf_printf(&line, *role && strcmp(role, mu_term_role(t, t->player)) != 0 ? "The exercise asks you as %s:" : "The exercise asks you:", role);
    mu_term_paragraph(t, out, line.text, 2);
    mu_buf_puts(out, "\n");
    mu_buf_free(&line);
    mu_term_paragraph(t, out, c->says ? c->says : "", 6);
    mu_buf_puts(out, "\n");
    for (int i = 0; i < c->answer_count; i++) {
        mu_buf_printf(out, "        %d  ", i + 1);
        safe(out, c->answers[i].text);
        mu_buf_puts(out, "\n");
    }
}

static void time_left(const mu_terminal *t, const mu_item *item, mu_buf *out)
{
    char until[32], left[24];
    int64_t due = mu_symbol_number(item->about, MU_TASK_N) >= 0 ? -1 : mu_term_until(t, item); /* of a task it is said with its words */
    if (due < 0)
        return;
    mu_term_clock(t, due, until);
    mu_term_length(due - mu_run_now(t->run), left);
    if (due < mu_run_now(t->run)) {
        mu_buf_printf(out, "\n  Its time was over at %s.\n", until);
        return;
    }
    mu_buf_printf(out, "\n  %s%s left%s, until %s.\n", t->look.colour ? "\x1b[1m" : "", left, t->look.colour ? "\x1b[0m" : "", until);
}

static void action_words(const mu_terminal *t, const char *before, int64_t task, const char *after, mu_buf *out)
{
    mu_buf line = {0};
    mu_buf_printf(&line, "%s%s%s", before, mu_term_action(t, task), after);
    mu_term_paragraph(t, out, line.text, 6);
    mu_buf_free(&line);
}

static void by_when(const mu_terminal *t, int64_t task, mu_buf *line)
{
    int64_t due = mu_run_task_due(t->run, task);
    char until[32];
    if (due < 0)
        return;
    mu_term_clock(t, due, until);
    mu_buf_printf(line, "%sBy %s.", line->len ? " " : "", until);
}

/* How it is begun and ended. */
static void how_to_do(const mu_terminal *t, int64_t task, bool begun, const mu_node *outcomes, mu_buf *line)
{
    const char *key = mu_run_task_action(t->run, task)->key;
    if (!begun)
        mu_buf_printf(line, "start %s begins it, ", key);
    if (mu_run_to_declare(t->run, mu_run_task_action(t->run, task)))
        mu_buf_printf(line, "s LEVEL WHY %s.", begun ? "ends it" : "does both");
    else
        mu_buf_printf(line, "done %s%s ends it.", key, outcomes && outcomes->first ? " OUTCOME" : "");
}

/* What was begun, and waits: for advice, for a decision, for what is in its way. */
static void begun_words(const mu_terminal *t, int64_t task, const char *state, mu_buf *out)
{
    static const char waits[] = "waits for ";
    mu_buf after = {0}, line = {0};
    mu_buf_puts(&after, ".");
    if (strncmp(state, waits, sizeof waits - 1) == 0 || strcmp(state, "blocked") == 0)
        mu_buf_printf(&after, " It %s%s.", *state == 'b' ? "is " : "", state);
    action_words(t, "You have begun: ", task, after.text, out);
    by_when(t, task, &line);
    if (line.len)
        mu_term_paragraph(t, out, line.text, 6);
    mu_buf_free(&after);
    mu_buf_free(&line);
}

void mu_term_task(mu_terminal *t, int64_t task, mu_buf *out)
{
    const mu_node *outcomes = mu_run_task_outcomes(t->run, task);
    const char *state = mu_run_task_state(t->run, task);
    bool goes = strcmp(state, "under way") == 0, asked = strcmp(state, "to be started") == 0;
    mu_buf after = {0}, line = {0};
    if (!goes && !asked) {
        begun_words(t, task, state, out);
        return;
    }
    if (asked)
        mu_term_because(t, task, &after);
    mu_buf_puts(&after, ".");
    action_words(t, goes ? "You are doing: " : "You are asked to do: ", task, after.text, out);
    for (const mu_node *o = outcomes ? outcomes->first : NULL; o; o = o->next)
        mu_buf_printf(out, "      %s %s\n", o == outcomes->first ? "It decides between:" : "                or:", o->key);
    how_to_do(t, task, goes, outcomes, &line);
    by_when(t, task, &line);
    mu_term_paragraph(t, out, line.text, 6);
    mu_buf_free(&after);
    mu_buf_free(&line);
}

static void decision_words(mu_terminal *t, int64_t task, mu_buf *out)
{
    const char *authority = mu_get_text(mu_run_task_action(t->run, task), "authority");
    action_words(t, "A decision is asked of you: may it go ahead? ", task, "", out);
    if (authority)
        mu_buf_printf(out, "      It takes the authority \"%s\".\n", authority);
    mu_buf_puts(out, "      d yes or d no, and why.\n");
}

/* What else reached them, and what answers it. */
static void words(mu_terminal *t, const mu_item *item, mu_buf *out)
{
    const char *about = mu_term_text(t, item->about);
    mu_buf line = {0};
    mu_term_words(t, item, &line);
    if (mu_symbol_number(item->about, MU_LADDER_N) >= 0)
        mu_buf_puts(&line, " (a takes the call)");
    else if (strncmp(about, "assemble:", 9) == 0)
        mu_buf_puts(&line, " (a says that you are there)");
    else if (strncmp(about, "audience:", 9) == 0)
        mu_buf_printf(&line, " (m %s sends the message)", after_colon(about));
    else if (strncmp(about, "handover:", 9) == 0)
        mu_buf_puts(&line, " (a takes it)");
    mu_term_paragraph(t, out, line.text, 6);
    mu_buf_free(&line);
}

static void message(mu_terminal *t, const mu_item *item, mu_buf *out)
{
    const mu_card *c = mu_term_card(t, item);
    int64_t task = mu_symbol_number(item->about, MU_TASK_N), consult = mu_symbol_number(item->about, MU_CONSULT_N), decide = mu_symbol_number(item->about, MU_DECIDE_N);
    if (c)
        card(t, c, out);
    else if (task >= 0)
        mu_term_task(t, task, out);
    else if (consult >= 0)
        action_words(t, "Your advice is asked on: ", consult, ". (c and your words)", out);
    else if (decide >= 0)
        decision_words(t, decide, out);
    else
        words(t, item, out);
}

void mu_term_item(mu_terminal *t, const mu_item *item, mu_buf *out)
{
    char at[32];
    const mu_card *c = mu_term_card(t, item);
    mu_term_clock(t, item->t, at);
    mu_buf_printf(out, "\n  %s", at);
    if (item->via) {
        mu_buf_puts(out, "  by ");
        safe(out, after_colon(mu_term_text(t, item->via)));
    }
    if (item->kind == ITEM_MESSAGE)
        mu_buf_printf(out, "  (message %d)", (int)item->number);
    mu_buf_puts(out, "\n");
    if (item->kind == ITEM_QUESTION && c)
        question(t, item, c, out);
    else
        message(t, item, out);
    time_left(t, item, out);
}

void mu_term_moves(mu_terminal *t, mu_buf *out)
{
    static const char *const words[] = {"1-9 answer", "a acknowledge", "start X", "done X", "d decide", "r ask for a decision", "c advise", "n notify",
                                        "s severity", "e escalate", "h hand over", "m message", "l look up", "i improvise", "b blocked",
                                        "t what is open", "w wait", "p pass it on", "? all moves", "q leave", "! stop: this is real"};
    int column = 0;
    mu_buf_printf(out, "\n%s", t->look.colour ? "\x1b[2m" : "");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int length = (int)strlen(words[i]) + (column ? 3 : 2);
        bool fits = column + length <= t->width;
        mu_buf_printf(out, "%s%s%s", fits ? "" : "\n", fits && column ? "   " : "  ", words[i]);
        column = fits ? column + length : 2 + (int)strlen(words[i]);
    }
    mu_buf_printf(out, "%s\n\n", t->look.colour ? "\x1b[0m" : "");
}

static void open_line(mu_terminal *t, const char *what, const char *how, int64_t until, mu_buf *out)
{
    char at[32];
    mu_buf_printf(out, "    %s", what);
    if (*how)
        mu_buf_printf(out, ", %s", how);
    if (until >= 0) {
        mu_term_clock(t, until, at);
        mu_buf_printf(out, until < mu_run_now(t->run) ? ", late: until %s" : ", until %s", at);
    }
    mu_buf_puts(out, "\n");
}

static void open_item(mu_terminal *t, const mu_item *item, mu_buf *out)
{
    char what[300];
    int64_t consult = mu_symbol_number(item->about, MU_CONSULT_N), decide = mu_symbol_number(item->about, MU_DECIDE_N);
    const mu_node *action = mu_run_task_action(t->run, consult >= 0 ? consult : decide), *ladder = mu_run_called_by(t->run, mu_symbol_number(item->about, MU_LADDER_N));
    if (item->kind == ITEM_QUESTION)
        snprintf(what, sizeof what, "the question put to %s", item->role ? mu_term_name(t, item->role) : "you");
    else if (strncmp(mu_term_text(t, item->about), "audience:", 9) == 0)
        snprintf(what, sizeof what, "message %d, to tell %s: m %s", (int)item->number, mu_term_name(t, item->about), after_colon(mu_term_text(t, item->about)));
    else if (ladder)
        snprintf(what, sizeof what, "message %d, the call of the ladder \"%s\"", (int)item->number, ladder->key);
    else if (strncmp(mu_term_text(t, item->about), "assemble:", 9) == 0)
        snprintf(what, sizeof what, "message %d, the call to the bridge", (int)item->number);
    else if (action)
        snprintf(what, sizeof what, "%s on %s", consult >= 0 ? "your advice" : "your decision", mu_term_action(t, consult >= 0 ? consult : decide));
    else
        snprintf(what, sizeof what, "message %d, to be acknowledged", (int)item->number);
    open_line(t, what, "", mu_term_until(t, item), out);
}

bool mu_term_also(mu_terminal *t, mu_buf *out)
{
    size_t before = out->len;
    int64_t declare = mu_term_may_declare(t, t->player) ? mu_run_declare_due(t->run) : -1;
    mu_buf lines = {0};
    if (declare >= 0)
        open_line(t, "declare the severity", "s LEVEL", declare, &lines);
    for (int64_t i = 0; i < mu_run_tasks(t->run); i++)
        if (mu_run_task_person(t->run, i) == t->player && !(declare >= 0 && mu_declares(mu_run_task_action(t->run, i))))
            open_line(t, mu_term_action(t, i), mu_run_task_state(t->run, i), mu_run_task_due(t->run, i), &lines);
    for (int i = 0; i < t->count; i++) {
        const mu_item *item = &t->items[i];
        bool asked = mu_symbol_number(item->about, MU_CONSULT_N) >= 0 || mu_symbol_number(item->about, MU_DECIDE_N) >= 0;
        bool task = mu_symbol_number(item->about, MU_TASK_N) >= 0;
        if (item->person == t->player && item->shown && !task && (asked ? !item->given : !item->done))
            open_item(t, item, &lines);
    }
    if (lines.len)
        mu_buf_printf(out, "\n  Open for you:\n%s", lines.text);
    mu_buf_free(&lines);
    return out->len != before;
}
