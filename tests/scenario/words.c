#include <stdlib.h>

#include "scenario/words.h"
#include "table.h"

/* scripts/muster.lua is for people and editors; the engine goes by its own tables. They say the same. */
static char *manual(void)
{
    FILE *f = fopen(SCRIPTS "/muster.lua", "rb");
    char *text = calloc(1, 65536);
    assert_non_null(f);
    assert_in_range(fread(text, 1, 65535, f), 1000, 65534);
    fclose(f);
    return text;
}

static int count_of(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void every_word_is_in_the_manual_and_no_other(void **state)
{
    (void)state;
    char *text = manual(), line[128];
    int words = 0;
    for (const mu_noun_word *n = mu_noun_words; n->word; n++, words++) {
        snprintf(line, sizeof line, "\nfunction %s(", n->word);
        assert_int_equal(count_of(text, line), 1);
    }
    for (const mu_verb_word *v = mu_verb_words; v->word; v++, words++) {
        snprintf(line, sizeof line, "\nfunction %s(", v->word);
        assert_int_equal(count_of(text, line), 1);
    }
    assert_int_equal(count_of(text, "\nfunction "), words);
    free(text);
}

/* The fields of one class: each key once, with a "?" where it may be left out. */
static void compare(const char *text, const char *class, unsigned noun)
{
    char line[128];
    snprintf(line, sizeof line, "---@class (exact) muster.%s\n", class);
    const char *from = strstr(text, line), *to = from ? strstr(from, "\n\n") : NULL;
    assert_non_null(to);
    char *body = strndup(from, (size_t)(to - from) + 1);
    int keys = 0;
    for (const mu_key_word *k = mu_key_words; k->key; k++) {
        if (!(k->nouns & noun))
            continue;
        snprintf(line, sizeof line, "\n---@field %s%s ", k->key, k->required & noun ? "" : "?");
        if (count_of(body, line) != 1)
            fail_msg("%s: %s", class, line + 1);
        keys++;
    }
    assert_int_equal(count_of(body, "\n---@field "), keys);
    free(body);
}

static void every_key_of_a_card_is_in_the_manual_and_no_other(void **state)
{
    (void)state;
    char *text = manual();
    compare(text, "Exercise", MU_EXERCISE);
    compare(text, "Inject", MU_NOUN_INJECT);
    compare(text, "Question", MU_NOUN_QUESTION);
    compare(text, "Artefact", MU_NOUN_ARTEFACT);
    assert_non_null(strstr(text, "---@class (exact) muster.Decision : muster.Question\n"));
    for (const mu_key_word *k = mu_key_words; k->key; k++)
        assert_int_equal(!(k->nouns & MU_NOUN_DECISION), !(k->nouns & MU_NOUN_QUESTION));
    free(text);
}

static void every_act_is_in_the_manual(void **state)
{
    (void)state;
    char *text = manual(), list[512] = "one of: ";
    for (int i = 0; mu_act_words[i]; i++) {
        strcat(list, mu_act_words[i]);
        strcat(list, mu_act_words[i + 1] ? " " : "\n");
    }
    assert_non_null(strstr(text, list));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_in_the_manual_and_no_other),
        cmocka_unit_test(every_key_of_a_card_is_in_the_manual_and_no_other),
        cmocka_unit_test(every_act_is_in_the_manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
