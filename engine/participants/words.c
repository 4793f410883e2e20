/* What a message that is about no card says, in a sentence: the same at the keyboard and in the browser. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "participants/seen.h"
#include "plan/law.h"

static void named(const mu_terminal *t, int64_t symbol, mu_buf *out)
{
    mu_buf_puts(out, mu_term_name(t, symbol));
}

static int64_t role(const mu_terminal *t, const char *id)
{
    char name[300];
    snprintf(name, sizeof name, "role:%.290s", id);
    return mu_symbol(t->symbols, name);
}

/* As whom: the role that the call was meant for, where it was meant for one. */
static void as_whom(const mu_terminal *t, const mu_item *item, mu_buf *out)
{
    const char *to = mu_run_message_to(t->run, item->number);
    if (strncmp(to, "role:", 5) != 0)
        return;
    const char *slash = strchr(to, '/'); /* "role:commander/2" */
    mu_buf_puts(out, " as ");
    if (slash)
        mu_buf_printf(out, "number %s in the line of ", slash + 1);
    named(t, mu_symbol_n(t->symbols, to, slash ? (size_t)(slash - to) : strlen(to)), out);
}

/* The last event of a kind about a number, as far as it was written; 0 for what it has not. */
static int64_t because_of(const mu_terminal *t, mu_kind_of_event kind, int64_t number)
{
    for (size_t n = mu_journal_count(t->journal); n >= 1; n--) {
        const mu_event *e = mu_journal_event(t->journal, n);
        if (e->kind == kind && e->arg[0] == number)
            return e->arg[mu_event_field_of(kind, "because")];
    }
    return 0;
}

/* Whoever started a ladder has said so by it; of the level that the signs show nothing is told, as that is for people to say. */
static void called(const mu_terminal *t, const mu_item *item, const mu_node *ladder, mu_buf *out)
{
    int64_t because = because_of(t, EV_ESCALATE_TRIGGER, mu_symbol_number(item->about, MU_LADDER_N));
    bool by_person = strncmp(mu_term_text(t, because), "person:", 7) == 0;
    mu_buf_puts(out, "You are called");
    as_whom(t, item, out);
    mu_buf_puts(out, ": ");
    if (by_person)
        named(t, because, out);
    mu_buf_printf(out, by_person ? " has started the plan's ladder \"%s\", and it has come to you." : "something has happened, and the plan's ladder \"%s\" has come to you.", ladder->key);
}

static const char *regime(const mu_terminal *t, int64_t duty)
{
    const mu_clock_rule *row = mu_law_of(mu_world_node(mu_run_world(t->run), duty));
    return row ? row->law : NULL;
}

void mu_term_because(const mu_terminal *t, int64_t task, mu_buf *out)
{
    static const char asked[] = "asked for by ", silent[] = "no answer from ", gate[] = "gate of task:", duty[] = "obligation:", step[] = "step:";
    int64_t because = because_of(t, EV_TASK_ASSIGNED, task);
    const char *words = mu_term_text(t, because), *slash = strchr(words, '/');
    if (strncmp(words, duty, sizeof duty - 1) == 0) {
        const char *law = regime(t, because);
        mu_buf_puts(out, ", for the duty ");
        named(t, because, out);
        mu_buf_printf(out, law ? " (%s)" : "%s", law ? law : "");
    } else if (strncmp(words, step, sizeof step - 1) == 0 && slash) {
        mu_buf_printf(out, ", as the playbook %.*s has it", (int)(slash - words) - (int)sizeof step + 1, words + sizeof step - 1);
    } else if (strncmp(words, asked, sizeof asked - 1) == 0) {
        mu_buf_puts(out, ", as asked for by ");
        named(t, mu_symbol(t->symbols, words + sizeof asked - 1), out);
    } else if (strncmp(words, silent, sizeof silent - 1) == 0) {
        int64_t who = mu_symbol(t->symbols, words + sizeof silent - 1);
        mu_buf_puts(out, who == t->player ? ", once more, as no answer came from you" : ", as no answer came from ");
        if (who != t->player)
            named(t, who, out);
    } else if (strncmp(words, gate, sizeof gate - 1) == 0) {
        mu_buf_printf(out, ", so that this may begin: %s", mu_term_action(t, strtoll(words + sizeof gate - 1, NULL, 10)));
    }
}

static void bridge(const mu_terminal *t, const mu_item *item, mu_buf *out)
{
    mu_buf_puts(out, "You are called to the bridge");
    as_whom(t, item, out);
    mu_buf_puts(out, ": those whom the plan wants at this level of severity gather there.");
}

void mu_term_words(const mu_terminal *t, const mu_item *item, mu_buf *out)
{
    static const char *const rows[][3] = {{"action:", "For your information: it is done: ", "."}, {"severity:", "For your information: the incident is declared, ", "."},
                                          {"handover:", "You are handed a role: ", "."}, {"audience:", "It is yours to tell: ", "."}, {"", "For your information: ", "."}};
    const char *about = mu_term_text(t, item->about), *handed = strncmp(about, "handover:", 9) == 0 ? about + 9 : NULL;
    const mu_node *ladder = mu_run_called_by(t->run, mu_symbol_number(item->about, MU_LADDER_N));
    size_t row = 0;
    if (ladder) {
        called(t, item, ladder, out);
    } else if (strncmp(about, "assemble:", 9) == 0) {
        bridge(t, item, out);
    } else if (strncmp(about, "note:", 5) == 0) {
        mu_buf_puts(out, about + 5);
    } else {
        while (strncmp(about, rows[row][0], strlen(rows[row][0])) != 0)
            row++;
        mu_buf_puts(out, rows[row][1]);
        named(t, handed ? role(t, handed) : item->about, out);
        mu_buf_puts(out, rows[row][2]);
    }
}
