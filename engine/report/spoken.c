/* What the plan's parts are called in a sentence, for somebody who does not have the plan open. */
#include <string.h>

#include "report/parts.h"

/* What stands before the id of a thing that has no name of its own; kinds that are names already are not here. */
static const char *const articles[][2] = {{"severity", "the level"}, {"obligation", "the duty"}, {"audience", "the audience"}, {"action", "the action"}, {"channel", "the channel"},
                                          {"asset", "the asset"}, {"dependency", "the service"}, {"tool", "the tool"}, {"log", "the log"}, {"escalation", "the ladder"},
                                          {"playbook", "the playbook"}, {"template", "the template"}, {"section", "the section"}, {"card", "the card"},
                                          {"scenario", "incidents of the kind"}, {"copy", "the copy in"}, {"improvement", "the improvement"}, {"jurisdiction", "the jurisdiction"}, {"rotation", "the rotation"},
                                          {"rule", "the rule"}, {"function", "the function"}, {"objective", "the objective"}, {"related_plan", "the plan for"}, {"claim", "the claim"},
                                          {"break_glass", "the emergency account"}};

const char *mu_thing(const mu_report *r, const char *name)
{
    const char *colon = strchr(name, ':');
    for (size_t i = 0; colon && i < sizeof articles / sizeof *articles; i++)
        if (strlen(articles[i][0]) == (size_t)(colon - name) && mu_begins(name, articles[i][0]))
            return SAY("%s %s", articles[i][1], strcmp(mu_part_called(r, name), name) == 0 ? colon + 1 : mu_part_called(r, name));
    return strcmp(name, "plan") == 0 ? "the plan" : mu_called(r, name);
}

/* "action:triage R role:ciso". */
static const char *cell_called(const mu_report *r, const char *name)
{
    const char *letter = strchr(name, ' '), *role = letter ? strchr(letter + 1, ' ') : NULL;
    if (!role)
        return NULL;
    return SAY("%s, %.*s: %s", mu_called(r, mu_copy(r->arena, name, (size_t)(letter - name))), (int)(role - letter - 1), letter + 1, mu_called(r, role + 1));
}

const char *mu_part_called(const mu_report *r, const char *name)
{
    const char *colon = strchr(name, ':'), *slash = strrchr(name, '/'), *cell = cell_called(r, name);
    if (cell || !colon)
        return cell ? cell : mu_plain(r, name);
    if (!slash || mu_begins(name, "role:"))
        return mu_begins(name, "template:") ? mu_plain(r, colon + 1) : mu_called(r, name);
    const char *whole = mu_copy(r->arena, name, (size_t)(slash - name)), *part = slash + 1;
    whole = mu_begins(name, "step:") ? mu_plain(r, whole + strlen("step:")) : mu_called(r, whole);
    return SAY(mu_begins(name, "escalation:") ? "%s, step %s" : "%s: %s", whole, mu_plain(r, part));
}

/* ---- sentences of the rules ---- */

/* The length of " (id)" at `p`, where what was said before it is that thing's own name; 0 where it is not. */
static size_t id_behind_name(const mu_report *r, const mu_buf *said, const char *p)
{
    static const char *const sections[][2] = {{"people", "name"}, {"roles", "title"}, {"externals", "organisation"}};
    size_t n = mu_begins(p, " (") ? strcspn(p + 2, " )") : 0;
    if (n == 0 || p[2 + n] != ')')
        return 0;
    const char *id = mu_copy(r->arena, p + 2, n);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const char *name = mu_get_text(mu_get(mu_get(mu_tree_root(r->plan), sections[i][0]), id), sections[i][1]);
        size_t len = name ? strlen(name) : 0;
        if (len && said->len >= len && strcmp(said->text + said->len - len, name) == 0)
            return n + 3;
    }
    return 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* An address or a path keeps its hyphens below the line. */
static bool is_address(const char *begin, const char *p)
{
    while (p > begin && p[-1] != ' ')
        p--;
    return strcspn(p, "@/\\") < strcspn(p, " ");
}

const char *mu_spoken(const mu_report *r, const char *text)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    for (const char *p = text; *p;) {
        size_t gone = id_behind_name(r, &out, p);
        bool between = *p == '_' && p > text && is_letter(p[-1]) && is_letter(p[1]) && !is_address(text, p);
        if (!gone)
            mu_buf_add(&out, between ? " " : p, 1);
        p += gone ? gone : 1;
    }
    return mu_buf_into(&out, r->arena);
}
