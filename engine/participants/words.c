/* What a message that is about no card says, in a sentence: the same at the keyboard and in the browser. */
#include <stdio.h>
#include <string.h>

#include "participants/seen.h"

/* An id of the plan in plain letters, or what the plan calls it. */
static void named(const mu_terminal *t, int64_t symbol, mu_buf *out)
{
    for (const char *p = mu_term_name(t, symbol); *p; p++)
        mu_buf_printf(out, "%c", *p == '_' ? ' ' : *p);
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
    mu_buf_puts(out, " as ");
    named(t, mu_symbol(t->symbols, to), out);
}

static void called(const mu_terminal *t, const mu_item *item, const mu_node *ladder, mu_buf *out)
{
    mu_buf_puts(out, "You are called");
    as_whom(t, item, out);
    mu_buf_printf(out, ": something has happened, and the plan's ladder \"%s\" has come to you.", ladder->key);
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
