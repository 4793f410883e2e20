/* The keys of a plan and of a scenario, in words. */
#include <string.h>

#include "cli/describe.h"
#include "plan/fields.h"
#include "programme/format.h"
#include "scenario/words.h"

/* ---- plans ---- */

/* "a, b or c" of "a b c"; `each` is put before every word, `end` behind it. */
static void either(mu_buf *out, const char *words, const char *each, const char *end)
{
    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " ");
        const char *next = p + len + strspn(p + len, " ");
        mu_buf_printf(out, "%s%s%.*s%s", p == words ? "" : *next ? ", " : " or ", each, (int)len, p, end);
        p = next;
    }
}

/* "id of a role, or person:..., team:..."; words that are no kind stand for themselves. */
static void reference(mu_buf *out, const char *words)
{
    size_t first = strcspn(words, " ");
    bool kind = false;
    for (const mu_kind *k = mu_kinds; k->kind; k++)
        kind = kind || (strlen(k->kind) == first && strncmp(k->kind, words, first) == 0);
    if (!kind) {
        either(out, words, "", "");
        return;
    }
    mu_buf_printf(out, "id of %s %.*s", strchr("aeiou", *words) ? "an" : "a", (int)first, words);
    if (words[first]) {
        mu_buf_puts(out, ", or of another kind: ");
        either(out, words + first + 1, "", "");
    }
}

static void one(mu_buf *out, const mu_field *f)
{
    static const char *const plain[] = {[T_VERSION] = "1", [T_TEXT] = "text", [T_LAW] = "text", [T_ID] = "an id of its own", [T_GAP] = "type of gap (muster explain gaps)", [T_YESNO] = "yes or no",
        [T_DURATION] = "duration", [T_SOME_TIME] = "duration longer than nothing", [T_WORDS_OR_DURATION] = "duration, or words",
        [T_DATE] = "date", [T_DAY] = "date, or date and time", [T_TIME] = "date and time", [T_ZONE] = "time zone",
        [T_HOLIDAY] = "date, or an .ics file beside the plan", [T_FILE] = "file beside the plan", [T_REGISTER] = "CSV file beside the plan, with a column id or name",
        [T_AUTHORITY] = "word, or {spend: 100000 EUR}", [T_TEST] = "words, or all:, any:, not: over facts",
        [T_STEP_WITHIN] = "duration, or {from: event, within: duration}", [T_STATED] = "duration or words, or {starts, within}"};
    switch (f->type) {
    case T_INT: mu_buf_printf(out, "whole number, %s at most", f->of); break;
    case T_ENUM: either(out, f->of, "", ""); break;
    case T_WORD: mu_buf_printf(out, "word of the closed list of %s (muster explain words)", f->of); break;
    case T_REF: reference(out, f->of); break;
    case T_PAIR: mu_buf_puts(out, "two in a list: "), reference(out, f->of); break;
    case T_HOURS:
        mu_buf_puts(out, "hours of a week");
        if (f->of)
            mu_buf_puts(out, ", "), either(out, f->of, "", "");
        break;
    case T_STEP: mu_buf_puts(out, f->of ? "step of the playbook, or go_on" : "step of the playbook"); break;
    case T_STRUCT: mu_buf_printf(out, "keys of %s", f->of); break;
    default: mu_buf_puts(out, plain[f->type]);
    }
}

static void holds(mu_buf *out, const mu_field *f)
{
    if (f->shape & MAP)
        mu_buf_puts(out, f->shape & ONE ? "" : "id → ");
    if (f->shape & MAP_OF_SEVERITY)
        mu_buf_puts(out, f->shape & LISTS ? "severity → list: " : "severity → ");
    if (f->shape & LIST && !(f->shape & ONE))
        mu_buf_puts(out, "list: ");
    one(out, f);
    if (f->shape & ONE && f->shape & LIST)
        mu_buf_puts(out, "; or a list");
    if (f->shape & ONE && f->shape & MAP)
        mu_buf_puts(out, "; or id → list");
    if (f->shape & BY_SEVERITY)
        mu_buf_puts(out, "; or severity → value");
    if (f->shape & BY_HOURS)
        mu_buf_puts(out, "; or {working_hours: value, otherwise: value}");
}

/* True for a section whose keys have its own name: organisation. */
static bool top_of(const mu_field *fields, const char *name)
{
    for (const mu_field *f = fields; f->in && !*f->in; f++)
        if (f->type == T_STRUCT && f->shape == ONE && strcmp(f->key, name) == 0)
            return true;
    return false;
}

/* "person: people.ID", "reach: person.reach[], external.reach[]": where these keys stand. */
static void title_of(mu_buf *out, const mu_field *fields, const char *name)
{
    mu_buf_puts(out, *name ? name : "the file");
    if (top_of(fields, name))
        return;
    for (const mu_field *f = fields, *first = NULL; f->in; f++) {
        if (f->type != T_STRUCT || strcmp(f->of, name) != 0)
            continue;
        mu_buf_puts(out, first ? ", " : ": ");
        mu_buf_printf(out, "%s%s%s", *f->in ? f->in : "", *f->in ? "." : "", f->key);
        mu_buf_puts(out, f->shape & MAP ? ".ID" : f->shape & LIST ? "[]" : "");
        first = f;
    }
}

static void list_fields(mu_buf *out, const mu_field *fields, bool markdown)
{
    for (const mu_field *f = fields; f->in;) {
        const char *name = f->in;
        mu_sheet s;
        mu_buf title = {0};
        title_of(&title, fields, name);
        mu_sheet_title(out, markdown, title.text);
        mu_buf_free(&title);
        mu_sheet_begin(&s, "key", "holds", "required");
        for (; f->in && strcmp(f->in, name) == 0; f++) {
            mu_buf text = {0};
            holds(&text, f);
            mu_sheet_row(&s, f->key, text.text, f->required ? "required" : "");
            mu_buf_free(&text);
        }
        mu_sheet_write(&s, out, markdown);
    }
}

void mu_list_format(mu_buf *out, bool markdown)
{
    list_fields(out, mu_fields, markdown);
}

void mu_list_programme(mu_buf *out, bool markdown)
{
    list_fields(out, mu_programme_fields, markdown);
}

/* ---- scenarios ---- */

static void key_holds(mu_buf *out, const mu_key_word *k)
{
    static const char *const plain[] = {[MU_KEY_TEXT] = "text of any length", [MU_KEY_LINE] = "one line of text",
        [MU_KEY_WORD] = "word", [MU_KEY_DURATION] = "duration", [MU_KEY_TIME] = "date and time", [MU_KEY_YES] = "true or false",
        [MU_KEY_ACTS] = "actions of the plan, or acts; a list may hold within", [MU_KEY_FACTS] = "facts of the plan",
        [MU_KEY_SHOWS] = "names of artefacts", [MU_KEY_TESTS] = "name of an objective", [MU_KEY_ANSWERS] = "list of \"name: text\"",
        [MU_KEY_OBJECTIVES] = "list of \"name: text\"", [MU_KEY_ATTACK] = "ids of ATT&CK", [MU_KEY_PLAYBOOK] = "what a playbook covers",
        [MU_KEY_SEVERITY] = "severity of the plan", [MU_KEY_FILE] = "file beside the scenario"};
    if (k->type == MU_KEY_ENUM) {
        either(out, k->of, "", "");
    } else if (k->type == MU_KEY_NAMES || k->type == MU_KEY_NAME || k->type == MU_KEY_WHO) {
        const char *bar = strchr(k->of, '|');
        mu_buf first = {0};
        mu_buf_printf(&first, "%.*s", bar ? (int)(bar - k->of) : (int)strlen(k->of), k->of);
        either(out, first.text, "", "");
        mu_buf_puts(out, k->type == MU_KEY_NAME ? "" : k->type == MU_KEY_NAMES ? ", one or a list" : ", one or a list; any other name is somebody from outside");
        if (bar) {
            mu_buf_puts(out, "; with its kind: ");
            either(out, bar + 1, "", ":");
        }
        mu_buf_free(&first);
    } else {
        mu_buf_puts(out, plain[k->type]);
    }
}

static void keys_of(mu_buf *out, bool markdown, const char *title, unsigned noun)
{
    mu_sheet s;
    mu_sheet_title(out, markdown, title);
    mu_sheet_begin(&s, "key", "holds", "required");
    for (const mu_key_word *k = mu_key_words; k->key; k++) {
        mu_buf text = {0};
        if (!(k->nouns & noun))
            continue;
        key_holds(&text, k);
        mu_sheet_row(&s, k->key, text.text, k->required & noun ? "required" : "");
        mu_buf_free(&text);
    }
    mu_sheet_write(&s, out, markdown);
}

static const char *takes(mu_takes what)
{
    static const char *const words[] = {[MU_TAKES_DURATION] = "duration", [MU_TAKES_INJECT] = "name of an inject", [MU_TAKES_QUESTION] = "name of a question or decision",
        [MU_TAKES_CARD] = "name of a card", [MU_TAKES_PHASE] = "phase of the plan", [MU_TAKES_FACT] = "fact of the plan", [MU_TAKES_TEXT] = "text",
        [MU_TAKES_PERCENT] = "number from 0 to 100", [MU_TAKES_LIST] = "list"};
    return words[what];
}

void mu_list_scenario(mu_buf *out, bool markdown)
{
    mu_sheet s;
    mu_sheet_title(out, markdown, "nouns, at the top of the file");
    mu_sheet_begin(&s, "noun", "as it is written", NULL);
    for (const mu_noun_word *n = mu_noun_words; n->word; n++)
        mu_sheet_row(&s, n->word, n->example, NULL);
    mu_sheet_write(&s, out, markdown);
    mu_sheet_title(out, markdown, "verbs, inside a story");
    mu_sheet_begin(&s, "verb", "takes", "as it is written");
    for (const mu_verb_word *v = mu_verb_words; v->word; v++)
        mu_sheet_row(&s, v->word, takes(v->takes), v->example);
    mu_sheet_write(&s, out, markdown);
    keys_of(out, markdown, "keys of exercise", MU_EXERCISE);
    keys_of(out, markdown, "keys of inject", MU_NOUN_INJECT);
    keys_of(out, markdown, "keys of question and decision", MU_NOUN_QUESTION);
    keys_of(out, markdown, "keys of artefact", MU_NOUN_ARTEFACT);
}
