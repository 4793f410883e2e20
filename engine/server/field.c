#include "server/field.h"

#include <string.h>

static bool listed(mu_choices c)
{
    return c != CHOOSE_TEXT && c != CHOOSE_LINE && c != CHOOSE_LENGTH && c != CHOOSE_PAGE;
}

static void typed(const mu_field_row *f, const char *id, mu_buf *out)
{
    const char *needed = f->needed ? " required" : "";
    if (f->choices == CHOOSE_TEXT)
        mu_tag(out, "<textarea id=\"%s-%s\" name=\"%s\" rows=\"2\" maxlength=\"2000\"%h></textarea>", id, f->name, f->name, needed);
    else if (f->choices == CHOOSE_LENGTH)
        mu_tag(out, "<input id=\"%s-%s\" name=\"%s\" maxlength=\"20\" placeholder=\"15m, 1h\"%h>", id, f->name, f->name, needed);
    else
        mu_tag(out, "<input id=\"%s-%s\" name=\"%s\" maxlength=\"400\"%h>", id, f->name, f->name, needed);
}

/* A choice whose words stand in the label: "Who plays: player|stand-in". */
static void words(const mu_field_row *f, const char *id, const char *list, mu_buf *out)
{
    mu_tag(out, "<select id=\"%s-%s\" name=\"%s\">", id, f->name, f->name);
    for (const char *p = list; *p;) {
        char word[40] = "";
        size_t n = strcspn(p, "|");
        memcpy(word, p, n < sizeof word ? n : sizeof word - 1);
        mu_tag(out, "<option value=\"%s\">%s</option>", word, word);
        p += n + (p[n] == '|');
    }
    mu_buf_puts(out, "</select>");
}

void mu_field_write(mu_stage *s, const mu_field_row *f, const char *id, int person, mu_buf *out)
{
    const char *list = strstr(f->label, ": ");
    char label[120] = "";
    size_t n = f->choices == CHOOSE_NOTHING && list ? (size_t)(list - f->label) : strlen(f->label);
    memcpy(label, f->label, n < sizeof label ? n : sizeof label - 1);
    mu_tag(out, "<p><label for=\"%s-%s\">%s</label>", id, f->name, label);
    if (f->choices == CHOOSE_NOTHING) {
        words(f, id, list + 2, out);
    } else if (listed(f->choices)) {
        mu_tag(out, "<select id=\"%s-%s\" name=\"%s\">", id, f->name, f->name);
        mu_choices_write(s, f->choices, person, out);
        mu_buf_puts(out, "</select>");
    } else {
        typed(f, id, out);
    }
    mu_buf_puts(out, "</p>");
}

void mu_form_write(mu_stage *s, const mu_move_form *m, const char *path, int seat, mu_buf *out)
{
    int person = mu_stage_person(s, seat);
    mu_tag(out, "<details id=\"move-%s\"><summary>%s</summary><form method=\"post\" action=\"%s%s\">", m->verb, m->title, path, strcmp(path, "/lead/show") == 0 ? "" : m->verb);
    if (strcmp(path, "/lead/show") == 0)
        mu_tag(out, "<input type=\"hidden\" name=\"verb\" value=\"%s\">", m->verb);
    mu_page_hidden(s, seat, m->verb, out);
    if (m->hint)
        mu_tag(out, "<p class=\"m\">%s</p>", m->hint);
    for (const mu_field_row *f = m->fields; f->name; f++)
        mu_field_write(s, f, m->verb, person, out);
    mu_tag(out, "<button class=\"b\">%s</button></form></details>", m->button);
}

const mu_move_form *mu_form_of(const mu_move_form *rows, const char *verb)
{
    for (; rows->verb; rows++)
        if (strcmp(rows->verb, verb) == 0)
            return rows;
    return NULL;
}

const char *mu_form_act(const mu_errand *a, const mu_move_form *m, mu_act *act)
{
    act->verb = m->verb;
    for (const mu_field_row *f = m->fields; f->name; f++) {
        const char *value = mu_form_value(&a->form, f->name);
        if (f->choices == CHOOSE_SURE) /* no text of an act */
            continue;
        const char **to = strcmp(f->name, "object") == 0 ? &act->object : strcmp(f->name, "choice") == 0 ? &act->choice : strcmp(f->name, "via") == 0 ? &act->via : &act->text;
        if (f->needed && !value)
            return mu_format(a->arena, "%s: say that too", f->label);
        *to = value;
    }
    return NULL;
}
